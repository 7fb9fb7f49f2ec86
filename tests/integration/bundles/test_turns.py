"""All writes of one turn are one suggestion, merged and judged together; the model is told its one id."""

import json
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase, verbatim
from tests.drain import drain
from tests.fakes import ScriptedModel, calls, runtime, says
from tests.integration.bundles.office import places
from tests.integration.flows.office import log_rows, press, slack_message, suggested
from tests.world import World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def update(session: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    return "update_schedule_item", {"schedule_id": session, "changes": changes}


def told(model: ScriptedModel) -> list[dict[str, Any]]:
    """Return what the model heard of its calls."""
    parts = model.requests[-1].contents[-1]["parts"]
    return [json.loads(json.dumps(part["function_response"]["response"])) for part in parts]


async def test_two_writes_that_make_room_for_each_other_are_one_card_without_a_conflict(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    wanted = (
        update("Lighting Basics", start_time="11:00"),
        update("Sound Check Live", start_time="10:00", speaker_name="Guest"),
    )
    rt, slack, _telegram, model = runtime(db, calls(*wanted), says("Both wait."))
    await suggested(rt, slack_message("the other way round"), database_url)
    [card] = slack.cards.values()
    title = phrase("card-bundle-swap", one=verbatim("Sound Check Live"), other=verbatim("Lighting Basics"))
    assert (card.title, card.warnings, card.gesture) == (title, (), "confirm")
    heard = told(model)
    assert [each["suggestion_id"] for each in heard] == [str(card.suggestion_id)] * 2
    assert [each.get("one_suggestion_together_with") for each in heard] == [None, ["Lighting Basics"]]
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    assert places(owner_url, "Lighting Basics", "Sound Check Live") == {
        "Lighting Basics": ("Hall B", at("11:00"), at("12:00")),
        "Sound Check Live": ("Hall B", at("10:00"), at("11:00")),
    }


async def test_two_writes_that_collide_with_each_other_say_so(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    wanted = (update("Closing Panel", room="Workshop"), update("Opening Keynote", room="Workshop", title="Keynote"))
    onto = update("Lighting Basics", room="Workshop")
    rt, slack, _telegram, _model = runtime(db, calls(*wanted, onto), says("Look."))
    await suggested(rt, slack_message("all into the workshop"), database_url)
    [card] = slack.cards.values()
    errors = [warning.text for warning in card.warnings if warning.severity == "error"]
    assert [(error.id, error.args["line"]) for error in errors] == [("bundle-conflict", 1), ("bundle-conflict", 2)]
    assert card.gesture == "none"


async def test_two_changes_of_one_session_are_one_change(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    wanted = (update("Closing Panel", title="End"), update("Closing Panel", title="The end", room="Hall B"))
    rt, slack, _telegram, _model = runtime(db, calls(*wanted), says("It waits."))
    await suggested(rt, slack_message("rename and move it"), database_url)
    [row] = log_rows(owner_url)
    assert (row["action_type"], row["action_data"]["args"]["set"]) == (
        "schedule_update",
        {"title": "The end", "room": "Hall B"},
    )
    [card] = slack.cards.values()
    assert card.title == phrase("card-schedule-update", title="Closing Panel")


async def test_a_write_that_cannot_go_with_the_others_is_refused_to_the_model(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    wanted = (
        ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"max_capacity": 1}}),
        ("assign_participant", {"participant": "Eli Katz", "session": "Closing Panel"}),
    )
    rt, slack, _telegram, model = runtime(db, calls(*wanted), says("One at a time."))
    await suggested(rt, slack_message("shrink it and add Eli"), database_url)
    assert [each["status"] for each in told(model)] == ["waiting_for_approval", "refused"]
    assert [row["action_type"] for row in log_rows(owner_url)] == ["schedule_update"]
    assert len(slack.cards) == 1


async def test_a_swap_and_another_write_are_one_bundle_of_three(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    wanted = (
        ("swap_sessions", {"session_a": "Lighting Basics", "session_b": "Sound Check Live"}),
        update("Closing Panel", title="End"),
    )
    rt, slack, _telegram, _model = runtime(db, calls(*wanted), says("They wait."))
    await suggested(rt, slack_message("swap and rename"), database_url)
    [card] = slack.cards.values()
    names = (verbatim("Sound Check Live"), verbatim("Lighting Basics"))
    assert (card.title, len(card.lines)) == (phrase("card-bundle", count=3, names=names, more=1), 3)
    assert [line["action_type"] for line in log_rows(owner_url)[0]["action_data"]["args"]["lines"]] == [
        "schedule_update"
    ] * 3
