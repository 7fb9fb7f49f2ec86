"""The three audit queries that the product was asked for, word for word, and the keys of the log that they read."""

from pathlib import Path
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from migrations.apply import migrate
from tests.data import shared_data
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, press, slack_message
from tests.integration.history.story import INTO_BASICS, approval, behind_the_back, history, newest
from tests.owner import owner_rows
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

REMOVE = ("delete_schedule_item", {"schedule_id": "ניהול קהל", "because": "The speaker is ill"})
CREATE = (
    "create_schedule_item",
    {"title": "Yoga", "start_time": "2031-05-01T08:00", "end_time": "2031-05-01T09:00"},
)
SEED = "seeds/001_b7e941c609dec0f9.txt"
NONSENSE = ("create_event_draft", {"name": ""})


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    """A day: approved, rejected with a conflict, removed, proposed, refused, read."""
    world = await make_world(db)
    script = [(MOVE, "approve"), (INTO_BASICS, "reject"), (REMOVE, "approve"), (CREATE, ""), (NONSENSE, "")]
    rt, *_ = runtime(db, *(reply for call, _ in script for reply in (calls(call), says("It waits."))))
    for number, (call, verdict) in enumerate(script):
        await on_message(rt, slack_message(f"Please: {call[0]}", event=f"E{number}"))
        if verdict == "approve":
            assert await on_decision(rt, approval(owner_url)) is None
        elif verdict:
            assert await on_decision(rt, press(newest(owner_url), "reject")) is None
    return world


def queries(text: str, world: World) -> list[str]:
    """Return the three queries, about this world's event."""
    told = text.partition("-- View all AI actions for an event")[2].partition("```")[0]
    return [part.replace("'...'", f"'{world.event_id}'") for part in told.split(";") if "SELECT" in part]


@pytest.mark.parametrize("whose", ["ours", "the seed's"])
async def test_each_query_tells_the_truth(world: World, owner_url: str, whose: str) -> None:
    ours = Path(__file__).with_name("audit_queries.sql").read_text("utf-8")
    all_actions, rejected, vips = queries(ours if whose == "ours" else shared_data(SEED).read_text("utf-8"), world)
    told = [
        (row["action_type"], row["execution_status"], row["suggested_by"], row["approved_by"], row["affected_schedule"])
        for row in owner_rows(owner_url, all_actions)
    ]
    sessions = {title: str(known) for title, known in world.sessions.items()}
    manager = "Manager of Aleph Events"
    assert told == [
        ("schedule_create", "suggested", manager, None, None),
        ("schedule_delete", "executed", manager, manager, sessions["ניהול קהל"]),
        ("schedule_update", "rejected", manager, None, sessions["Sound Check Live"]),
        ("schedule_update", "executed", manager, manager, sessions["Opening Keynote"]),
    ]
    assert owner_rows(owner_url, rejected) == [
        {"action_type": "schedule_update", "rejection_count": 1, "had_conflicts": 1}
    ]
    assert sorted(tuple(row.values()) for row in owner_rows(owner_url, vips)) == [
        ("schedule_create", "suggested", False, 1),
        ("schedule_delete", "executed", False, 1),
        ("schedule_update", "executed", True, 1),
        ("schedule_update", "rejected", False, 1),
    ]


async def test_what_the_log_keeps_of_a_change(world: World, owner_url: str) -> None:
    moved, clashes, removed, created = log_rows(owner_url)
    data = moved["action_data"]
    times = {"start_time": at("14:00").isoformat(), "end_time": at("15:00").isoformat()}
    assert data == {
        "args": data["args"],
        "claims": data["claims"],
        "renewed": False,
        "user_message": "Please: update_schedule_item",
        "correlation_id": str(moved["correlation_id"]),
        "schedule_id": str(world.sessions["Opening Keynote"]),
        "changes": times,
        "current_state": moved["before_state"],
        "proposed_state": {**moved["before_state"], **times},
        "vip_affected": True,
        "vip_details": [{"name": "Ruth Bar", "note": "Sits in the front row"}],
    }
    assert [(claim["part"], claim["kind"]) for claim in data["claims"]] == [
        ("about", "session"),
        ("takes", "places"),
        ("takes", "session"),
        ("takes", "room"),
        ("leaves", "session"),
        ("leaves", "room"),
        ("takes", "speaker"),
    ]
    assert clashes["action_data"]["conflicts"] == clashes["action_data"]["conflicts_detected"] == clashes["conflicts"]
    assert [each["kind"] for each in clashes["conflicts"]] == ["room_overlap"]
    gone = removed["action_data"]
    assert (gone["reasoning"], gone["current_state"], "changes" in gone, "proposed_state" in gone) == (
        "The speaker is ill",
        removed["before_state"],
        False,
        False,
    )
    new = created["action_data"]
    assert (new["changes"], new["proposed_state"], "current_state" in new) == (
        new["args"]["set"],
        new["args"]["set"],
        False,
    )


async def test_several_changes_together_tell_of_each(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    both = (MOVE, ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"title": "Light"}}))
    rt, *_ = runtime(db, calls(*both), says("Both wait."))
    await on_message(rt, slack_message("Both, please"))
    [row] = log_rows(owner_url)
    data: dict[str, Any] = row["action_data"]
    assert [line["title"] for line in data["current_state"]["lines"]] == ["Opening Keynote", "Lighting Basics"]
    assert [line["title"] for line in data["proposed_state"]["lines"]] == ["Opening Keynote", "Light"]
    assert ("schedule_id" in data, data["vip_affected"], row["event_id"]) == (False, True, world.event_id)


async def test_what_was_refused_keeps_the_words_that_led_to_it(world: World, owner_url: str) -> None:
    [refused] = log_rows(owner_url, "kind = 'refusal'")
    assert (refused["execution_status"], refused["execution_error"]) == ("failed", "invalid_arguments")
    assert refused["action_data"] == {
        "args": {"name": ""},
        "user_message": "Please: create_event_draft",
        "correlation_id": str(refused["correlation_id"]),
    }


async def test_refusals_of_yesterday_are_no_rejections_any_more_and_the_chain_tells_of_it(
    db: Database, world: World, owner_url: str
) -> None:
    behind_the_back(
        owner_url,
        "alter table public.ai_insights_log drop constraint only_suggestions_are_decided",
        "update public.ai_insights_log set execution_status = 'rejected' where kind = 'refusal'",
        "delete from app.migrations where name = '0021_refusals.sql'",
    )
    before = len(history(owner_url))
    await migrate(owner_url)
    [refused] = log_rows(owner_url, "kind = 'refusal'")
    assert refused["execution_status"] == "failed"
    [step] = history(owner_url)[before:]
    assert (step["entry_id"], step["from_status"], step["to_status"], step["actor"]) == (
        refused["id"],
        "rejected",
        "failed",
        None,
    )


def test_the_seed_names_the_same_queries() -> None:
    ours = Path(__file__).with_name("audit_queries.sql").read_text("utf-8")
    assert ours.strip() in shared_data(SEED).read_text("utf-8")
