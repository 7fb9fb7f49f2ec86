"""Undo is exact: for every write there is, the database is whole and the same before do and after undo, and again."""

import json
from typing import Any

import pytest

from core.db import Database
from core.flows.runtime import TOOLS
from core.kernel.tools import WriteTool
from tests.fakes import runtime
from tests.integration.undo.stage import do, empty_columns, enrich, preview, state, take_back
from tests.subjects import known
from tests.world import World, make_world

pytestmark = pytest.mark.db

EVERY: dict[str, tuple[dict[str, Any], ...]] = {
    "create_event_draft": ({"name": "Winter Days", "first_day": "2031-12-01"},),
    "update_event": ({"changes": {"name": "Spring Days", "last_day": "2031-05-03"}},),
    "publish_event": ({"event": "Autumn Draft"},),
    "unpublish_event": ({"event": "Spring Conference"},),
    "delete_event_draft": ({"event": "Autumn Draft"},),
    "create_schedule_item": (
        {"title": "Late Talk", "start_time": "18:00", "end_time": "19:00", "room": "Hall A"},
        {
            "title": "Later Talk",
            "start_time": "19:00",
            "end_time": "20:00",
            "track": "Main",
            "description": "Late",
        },
    ),
    "update_schedule_item": (
        {"schedule_id": "Opening Keynote", "changes": {"start_time": "14:00", "room": "Hall B", "title": "Keynote"}},
        {"schedule_id": "ניהול קהל", "changes": {"speaker_name": "Noa Mizrahi", "max_capacity": 30}},
        {
            "schedule_id": "Opening Keynote",
            "changes": {"clear": ["room", "speaker", "track", "description", "capacity"]},
        },
        {"schedule_id": "Opening Keynote", "changes": {"track": "Sound", "description": "Other words"}},
    ),
    "delete_schedule_item": (
        {"schedule_id": "Opening Keynote", "reason": "The speaker is ill"},
        {"schedule_id": "Closing Panel"},
        {"schedule_id": "ניהול קהל"},
    ),
    "add_room": ({"name": "Cellar", "capacity": 40},),
    "update_room": ({"room": "Hall B", "changes": {"name": "Blue Hall", "capacity": 90, "may_be_shared": True}},),
    "remove_room": ({"room": "Attic"},),
    "assign_participant": (
        {"participant": "Maya Golan", "session": "Lighting Basics"},
        # Gets a place and stood in the line before.
        {"participant": "Maya Golan", "session": "Closing Panel"},
    ),
    "unassign_participant": (
        {"participant": "Guest 020", "session": "Opening Keynote"},
        {"participant": "Guest 135", "session": "Opening Keynote"},
    ),
    "move_participants": (
        {"from_session": "Opening Keynote", "to_session": "Closing Panel", "everyone": True},
        {"from_session": "Opening Keynote", "to_session": "ניהול קהל", "participants": ["Guest 133", "Guest 040"]},
    ),
    "add_participant": ({"name": "Late Guest", "email": "late@example.org", "phone": "+972501"},),
    "update_participant": ({"participant": "Guest 040", "changes": {"name": "Guest Forty", "email": "x@example.org"}},),
    "set_vip": (
        {"participant": "Guest 040", "is_vip": False},
        {"participant": "Guest 041", "is_vip": True, "note": "Arrives late"},
    ),
    "check_in_participant": ({"participant": "Guest 040"},),
    "remove_participant": ({"participant": "Maya Golan"}, {"participant": "Guest 001"}),
    "assign_vendors": ({"vendors": ["Flowers"], "arrives_at": "08:00", "notes": "Two vases"},),
    "unassign_vendor": ({"vendor": "Sound and Light"},),
    "update_vendor_status": (
        {"vendor": "Sound and Light", "status": "cancelled"},
        {"vendor": "Sound and Light", "status": "arrived", "arrives_at": "07:30"},
    ),
    "add_vendor": (
        {"name": "Tents"},
        {"name": "Shade", "category": "Tents", "phone": "+972 50-1234567", "email": "a@shade.example"},
    ),
    "update_vendor": (
        {"vendor": "Flowers", "changes": {"name": "Flowers and More", "phone": "+97250"}},
        {"vendor": "Sound and Light", "changes": {"clear": ["category", "phone", "email"]}},
    ),
    "remove_vendor": ({"vendor": "Flowers"},),
    "add_checklist_items": (
        {
            "items": [
                {"title": "Charge radios", "due_at": "08:00", "assignee": "Staff of Aleph Events"},
                {"title": "Water"},
            ]
        },
    ),
    "complete_checklist_item": ({"item": "Check microphones"},),
    "assign_checklist_item": ({"item": "Check microphones", "assignee": "Owner of Aleph Events"},),
    "remove_checklist_items": ({"event_id": "EVENT", "item_ids": ["ITEM: Print badges", "ITEM: Check microphones"]},),
    "reopen_checklist_item": ({"event_id": "EVENT", "item_ids": ["ITEM: Print badges"]},),
    "swap_sessions": ({"session_a": "Opening Keynote", "session_b": "Sound Check Live"},),
    "shift_sessions": ({"after": "10:00", "minutes": 20},),
    "switch_off_person": ({"person": "Staff of Aleph Events"},),
    "switch_on_person": ({"person": "Gone Viewer"},),
    "change_person_role": ({"person": "Staff of Aleph Events", "role": "manager"},),
    "change_policy": ({"two_people_for": ["critical"], "buffer_minutes": 15},),
    "create_delegation": ({"delegate": "Manager of Aleph Events", "last_day": "2031-05-09"},),
    "end_delegation": ({"absent": "Manager of Aleph Events"},),
    **{name: args for subject in known().values() for name, args in subject.writes.items()},
}
"""What each write is tried with."""

ELSEWHERE = {
    "bundle": "made of several writes: undo/test_bundles.py",
    "import_schedule": "needs a file, and its card says that no press takes it back: flows/test_shared_files.py",
    "resume_delegation": "needs one that was ended: it is the way back of end_delegation, which goes both ways here",
    **{name: "the way back of another" for subject in known().values() for name in subject.ways_back},
}
_CASES = [
    pytest.param(name, args, id=f"{name}-{place}") for name, all_ in EVERY.items() for place, args in enumerate(all_)
]


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    enrich(owner_url)
    return made


def test_no_write_is_left_out() -> None:
    assert {tool.name for tool in TOOLS if isinstance(tool, WriteTool)} == {*EVERY, *ELSEWHERE}


async def test_no_column_is_left_out(db: Database, world: World, owner_url: str) -> None:
    tables = "events rooms schedules participants participant_schedules vendors event_vendors checklist_items"
    assert empty_columns(owner_url, *tables.split()) == set()


@pytest.mark.parametrize(("name", "args"), _CASES)
async def test_do_and_undo_change_nothing(
    db: Database, world: World, owner_url: str, name: str, args: dict[str, Any]
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    before = state(owner_url)
    done = await do(rt, owner_url, world, await preview(db, world.people["owner"], name, with_ids(args, world, before)))
    after = state(owner_url)
    assert after != before
    back = await take_back(rt, owner_url, world, done)
    assert state(owner_url) == before
    again = await take_back(rt, owner_url, world, back)
    assert state(owner_url) == after
    await take_back(rt, owner_url, world, again)
    assert state(owner_url) == before


def with_ids(args: dict[str, Any], world: World, before: dict[str, list[str]]) -> dict[str, Any]:
    """Put in the ids that only a world has."""
    items = {row["title"]: row["id"] for row in map(json.loads, before["checklist_items"])}
    filled = {key: str(world.event_id) if value == "EVENT" else value for key, value in args.items()}
    if "item_ids" in filled:
        filled["item_ids"] = [items[each.removeprefix("ITEM: ")] for each in filled["item_ids"]]
    return filled
