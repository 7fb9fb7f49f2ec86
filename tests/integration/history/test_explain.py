"""The model tells why: the whole story of one suggestion, for those in whose organisation it was made."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.audit.tools import ExplainSuggestion, explain_suggestion
from core.db import Database
from core.flows.on_message import on_message
from core.kernel.phrases import phrase
from core.kernel.principal import Role
from core.kernel.tools import Refused
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import log_rows, slack_message
from tests.integration.history.story import LONG_AGO, entry, history, live_a_day
from tests.owner import owner_run
from tests.world import World, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    return await live_a_day(db, owner_url)


async def explained(db: Database, world: World, said: str, role: Role = "staff") -> dict[str, Any] | Refused:
    async with db.acting_as(world.people[role]) as tx:
        found = await explain_suggestion(context(tx, world.people[role]), ExplainSuggestion(suggestion=said))
    if isinstance(found, Refused):
        return found
    json.dumps(found.data)
    return found.data


async def told(db: Database, world: World, said: str) -> dict[str, Any]:
    found = await explained(db, world, said)
    assert not isinstance(found, Refused)
    return found


async def test_what_was_executed_is_told_from_the_asking_to_the_end(db: Database, world: World, owner_url: str) -> None:
    story = await told(db, world, str(entry(owner_url, "executed")))
    [row] = log_rows(owner_url, "kind = 'suggestion' and execution_status = 'executed'")
    steps = [{**step, "at": None} for step in story["steps"]]
    here = {"platform": "slack", "channel": "D1"}
    assert steps == [
        {
            "position": 1,
            "at": None,
            "from": None,
            "to": "suggested",
            "by": "Manager of Aleph Events",
            "in": here,
            "error": None,
        },
        {
            "position": 2,
            "at": None,
            "from": "suggested",
            "to": "executed",
            "by": "Owner of Aleph Events",
            "in": here,
            "error": None,
        },
    ]
    kept = ("action", "title", "event", "asked_by", "asked_in_their_words", "asked_in", "risk", "blocked", "status")
    assert [story[key] for key in kept] == [
        "schedule_update",
        "Opening Keynote",
        "Spring Conference",
        "Manager of Aleph Events",
        "Move the keynote to two",
        here,
        "high",
        False,
        "executed",
    ]
    assert (story["proposed"], story["before"]) == (row["action_data"]["args"], row["before_state"])
    assert (story["conflicts"], story["impact"]) == (row["conflicts"], row["impact"])
    assert story["ended"] == {
        "as": "executed",
        "at": story["ended"]["at"],
        "by": "Owner of Aleph Events",
        "in": here,
        "reason": None,
        "error": None,
        "replaced_by": None,
    }
    assert "others_that_match" not in story


_TOOLS = {"update_schedule_item": 1}
_RUN = {"model": "scripted", "tools": _TOOLS, "steps": 2, "tokens": 165, "cost_usd": 0.000165}


@pytest.mark.parametrize(("role", "run"), [("owner", _RUN), ("manager", _RUN), ("staff", None), ("viewer", None)])
async def test_the_run_that_led_to_it_is_told_to_who_asked_and_who_leads(
    db: Database, world: World, owner_url: str, role: Role, run: dict[str, Any] | None
) -> None:
    story = await explained(db, world, str(entry(owner_url, "executed")), role)
    assert not isinstance(story, Refused)
    assert story["run"] == run


async def test_without_its_policy_everybody_would_be_told_what_a_run_cost(
    db: Database, world: World, owner_url: str
) -> None:
    owner_run(
        owner_url, "alter policy own_or_led_read on public.ai_runs using (organization_id = app.organization_id())"
    )
    assert (await told(db, world, str(entry(owner_url, "executed"))))["run"] == _RUN


async def test_times_are_those_of_the_event(db: Database, world: World, owner_url: str) -> None:
    story = await told(db, world, str(entry(owner_url, "expired")))
    assert (story["time_zone"], story["deadline"]) == ("Asia/Jerusalem", "2021-05-02T03:00:00+03:00")
    assert story["ended"]["at"] == "2021-05-02T03:00:00+03:00"
    assert (story["ended"]["by"], story["steps"][-1]["by"], story["steps"][-1]["to"]) == (None, None, "expired")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("sound check", "Sound Check Live"),
        ("SOUND  check live", "Sound Check Live"),
        ("Sond Check", "Sound Check Live"),
        ("basics at noon", "Lighting Basics"),
    ],
)
async def test_a_suggestion_is_found_by_what_people_say(db: Database, world: World, said: str, title: str) -> None:
    assert (await told(db, world, said))["title"] == title


async def test_of_several_the_newest_is_told_and_the_others_are_listed(
    db: Database, world: World, owner_url: str
) -> None:
    again = ("update_schedule_item", {"schedule_id": "Sound Check Live", "changes": {"start_time": "10:45"}})
    rt, *_ = runtime(db, calls(again), says("It waits."))
    await on_message(rt, slack_message("A quarter to eleven, then", event="E9"))
    story = await told(db, world, "sound check")
    assert (story["status"], story["ended"], story["asked_in_their_words"]) == (
        "suggested",
        None,
        "A quarter to eleven, then",
    )
    assert [(other["id"], other["status"]) for other in story["others_that_match"]] == [
        (str(entry(owner_url, "rejected")), "rejected")
    ]


async def test_another_organisations_suggestion_is_one_that_does_not_exist(
    db: Database, world: World, owner_url: str
) -> None:
    beth = await make_world(db, "Beth Halls", team="T2")
    theirs, nobodys = str(entry(owner_url, "executed")), str(uuid4())
    assert await explained(db, beth, theirs, "owner") == Refused(phrase("history-unknown", said=theirs))
    assert await explained(db, beth, nobodys, "owner") == Refused(phrase("history-unknown", said=nobodys))
    assert await explained(db, beth, "Opening Keynote") == Refused(phrase("history-unknown", said="Opening Keynote"))
    refusal = next(UUID(str(row["entry_id"])) for row in history(owner_url) if row["what"]["kind"] == "refusal")
    assert isinstance(await explained(db, world, str(refusal)), Refused)


@pytest.mark.parametrize("said", ["%", "_", "\\", "' or true --", "  ", "\u200f", "nothing like it"])
async def test_what_is_no_name_is_refused_with_a_sentence(db: Database, world: World, said: str) -> None:
    assert await explained(db, world, said) == Refused(phrase("history-unknown", said=said))


async def test_the_model_asks_and_is_told(db: Database, world: World) -> None:
    rt, _slack, _telegram, model = runtime(
        db,
        calls(("explain_suggestion", {"suggestion": "keynote"})),
        says("The owner approved it."),
        now=lambda: LONG_AGO,
    )
    await on_message(rt, slack_message("Why was the keynote moved?", user="UVIEWER", event="E9"))
    answer = model.requests[1].contents[-1]["parts"][0]["function_response"]["response"]
    assert (answer["title"], answer["ended"]["by"]) == ("Opening Keynote", "Owner of Aleph Events")
