"""What the model says beside a write: its reason, a higher risk, and that a rejected suggestion is asked for again."""

from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime, declared_for
from core.texts import plain, say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, statuses, suggested
from tests.world import make_world

pytestmark = pytest.mark.db

NAME, ARGS = MOVE


def beside(**said: Any) -> tuple[str, dict[str, Any]]:
    """The same write with something said beside it."""
    return NAME, {**ARGS, **said}


async def rejected(db: Database, database_url: str, owner_url: str, *script: Any) -> Runtime:
    """A runtime in whose organisation the move was suggested and rejected."""
    await make_world(db)
    rt, _, _, _ = runtime(db, calls(MOVE), says("It waits."), *script)
    await suggested(rt, slack_message("Move the keynote to 14:00"), database_url)
    [row] = log_rows(owner_url)
    assert await on_decision(rt, press(row["id"], "reject")) is None
    await drain(rt, database_url)
    return rt


async def test_the_card_says_why_in_the_models_words(db: Database, database_url: str, owner_url: str) -> None:
    await make_world(db)
    rt, slack, _, _ = runtime(db, calls(beside(because="The <b>speaker</b> lands at noon")), says("It waits."))
    await suggested(rt, slack_message("Move the keynote to 14:00"), database_url)
    [card] = slack.cards.values()
    assert card.why is not None
    assert plain(say("en", card.why)) == "The assistant suggests it because: “The <b>speaker</b> lands at noon”"
    [row] = log_rows(owner_url)
    assert row["action_data"]["reasoning"] == "The <b>speaker</b> lands at noon"
    assert "reasoning" not in row["action_data"]["args"]


@pytest.mark.parametrize(("asked", "shown"), [("critical", "critical"), ("low", "high"), ("high", "high")])
async def test_the_model_raises_a_risk_and_never_lowers_it(
    db: Database, database_url: str, owner_url: str, asked: str, shown: str
) -> None:
    await make_world(db)
    rt, _, _, _ = runtime(db, calls(beside(raise_risk_to=asked)), says("It waits."))
    await suggested(rt, slack_message("Move the keynote to 14:00"), database_url)
    assert [row["risk"] for row in log_rows(owner_url)] == [shown]


async def test_what_was_rejected_is_not_raised_again(db: Database, database_url: str, owner_url: str) -> None:
    rt = await rejected(db, database_url, owner_url, calls(MOVE), says("It was rejected."))
    await suggested(rt, slack_message("Something else", event="E2"), database_url)
    assert statuses(owner_url) == ["rejected"]
    [refusal] = log_rows(owner_url, "kind = 'refusal'")
    assert refusal["execution_error"] == "suggestion-was-rejected"


async def test_a_person_may_ask_for_it_again(db: Database, database_url: str, owner_url: str) -> None:
    rt = await rejected(db, database_url, owner_url, calls(beside(asked_again=True)), says("It waits again."))
    await suggested(rt, slack_message("Suggest it again", event="E2"), database_url)
    assert statuses(owner_url) == ["rejected", "suggested"]


async def test_another_change_of_the_same_session_is_no_repetition(
    db: Database, database_url: str, owner_url: str
) -> None:
    later = (NAME, {**ARGS, "changes": {"start_time": "15:00"}})
    rt = await rejected(db, database_url, owner_url, calls(later), says("It waits."))
    await suggested(rt, slack_message("Then 15:00", event="E2"), database_url)
    assert statuses(owner_url) == ["rejected", "suggested"]


async def test_an_aside_that_is_none_is_told_to_the_model(db: Database, database_url: str, owner_url: str) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls(beside(raise_risk_to="enormous")), says("I cannot."))
    await on_message(rt, slack_message("Move the keynote to 14:00"))
    [part] = model.requests[1].contents[-1]["parts"]
    assert part["function_response"]["response"]["error"].startswith("Invalid arguments. raise_risk_to: ")
    assert log_rows(owner_url) == []


def test_every_write_takes_an_aside_and_no_read_does() -> None:
    beside = {"because", "raise_risk_to", "asked_again"}
    takes = {tool.name: beside <= tool.parameters["properties"].keys() for tool in declared_for("owner")}
    assert {name for name, has in takes.items() if has and name.startswith(("get_", "list_", "find_"))} == set()
    assert takes["update_schedule_item"] is True
