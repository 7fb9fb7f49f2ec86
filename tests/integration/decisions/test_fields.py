"""Values of every type are edited before a write is approved: read by their type, judged by the tool, run as edited."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from core.db import Database
from core.flows.deciding.fields import edited
from core.flows.runtime import write_tool
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Refused, ToolContext
from core.texts import plain, say
from tests.integration.decisions.desk import OWNER, approve, desk_with, kinds
from tests.integration.flows.office import log_rows, statuses
from tests.owner import owner_rows
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db

BIGGER = ("update_room", {"room": "Hall A", "changes": {"capacity": 150}})
SEATS = phrase("edit-field-range", label=phrase("field-room-capacity"), least=1, most=1_000_000)
TENT = ("add_room", {"name": "Tent"})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.mark.parametrize(
    ("what", "values", "expected"),
    [
        (BIGGER, {"capacity": "180"}, {"capacity": 180, "may_be_shared": False, "name": "Hall A"}),
        (BIGGER, {"capacity": "1,200", "may_be_shared": "yes"}, {"capacity": 1200, "may_be_shared": True}),
        (BIGGER, {"may_be_shared": "כן", "name": "Great Hall"}, {"name": "Great Hall", "may_be_shared": True}),
        (TENT, {"name": "Big Tent", "capacity": "80"}, {"name": "Big Tent", "capacity": 80}),
        (TENT, {"capacity": "٨٠"}, {"name": "Tent", "capacity": 80}),
    ],
)
async def test_a_room_runs_as_it_was_edited(
    db: Database, world: World, owner_url: str, database_url: str, what: Any, values: dict[str, str], expected: Any
) -> None:
    desk = await desk_with(db, database_url, what)
    old = desk.card()
    assert await desk.press("edit", evidence=values) is None
    assert desk.card().suggestion_id != old.suggestion_id
    first, second = log_rows(owner_url)
    assert (first["execution_status"], second["edited_from"]) == ("superseded", first["id"])
    assert first["shown_hash"] != second["shown_hash"]
    assert await approve(desk) is None
    rooms = owner_rows(owner_url, "select * from public.rooms")
    assert [row["name"] for row in rooms if expected.items() <= row.items()] == [expected.get("name", "Hall A")]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"capacity": "many"},
            SEATS,
        ),
        ({"capacity": "0"}, SEATS),
        ({"capacity": ""}, phrase("edit-field-empty", label=phrase("field-room-capacity"))),
        ({"may_be_shared": "maybe"}, phrase("edit-field-flag", label=phrase("field-may-be-shared"))),
        ({"name": "x" * 201}, phrase("edit-too-long", longest=200)),
        ({"capacity": "150"}, phrase("edit-unchanged")),
        ({"name": "Hall B"}, phrase("rooms-exists", room="Hall B")),
        # What it is about is nothing that a form asks for.
        ({"room": "Hall B"}, phrase("edit-unchanged")),
        ({"room_id": "Hall B", "event": "x"}, phrase("edit-unchanged")),
    ],
)
async def test_a_value_that_cannot_be_is_one_sentence_and_changes_nothing(
    db: Database, world: World, owner_url: str, database_url: str, values: dict[str, str], told: Phrase
) -> None:
    desk = await desk_with(db, database_url, BIGGER)
    before = desk.card()
    assert await desk.press("edit", evidence=values) == say("he", told)
    assert (desk.card(), statuses(owner_url)) == (before, ["suggested"])


async def test_a_yes_or_no_is_pressed_and_a_number_is_answered(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, BIGGER)
    await desk.press("menu", "edit")
    menu = [("edit", "name"), ("edit", "capacity"), ("edit", "may_be_shared"), ("menu", "")]
    assert kinds(desk.card()) == menu
    await desk.press("edit", "capacity")
    label = phrase("field-room-capacity")
    assert list(desk.telegram.questions.values()) == [
        say("he", phrase("ask-field-number", label=label, title="Hall A"))
    ]
    assert await desk.answers("hundred") == say("he", phrase("edit-field-range", label=label, least=1, most=1_000_000))
    assert statuses(owner_url) == ["suggested"]
    await desk.answers("90")
    assert log_rows(owner_url)[-1]["action_data"]["args"]["set"] == {"capacity": 90}


VENDOR = ("add_vendor", {"name": "Aleph Sound", "category": "sound", "phone": "03-555 1234"})
GUEST = ("add_participant", {"name": "Nina Gold", "email": "nina@example.com"})
TASK = ("add_checklist_items", {"items": [{"title": "Order water", "due_at": "2031-05-01T12:00"}]})
FAIR = ("create_event_draft", {"name": "Fair", "first_day": "2031-06-01"})
LONGER = ("update_event", {"changes": {"last_day": "2031-05-03"}})


@pytest.mark.parametrize(
    ("what", "values", "expected"),
    [
        (VENDOR, {"category": "", "email": "hi@aleph.example"}, {"category": None, "email": "hi@aleph.example"}),
        (GUEST, {"name": "Nina Golan", "phone": "050-7654321"}, {"full_name": "Nina Golan", "phone": "050-7654321"}),
        (FAIR, {"first_day": "2 June", "last_day": "ב־3 ביוני"}, {"starts_on": "2031-06-02", "ends_on": "2031-06-03"}),
        (FAIR, {"first_day": "מחר", "name": "Spring Fair"}, {"starts_on": "2031-05-02", "name": "Spring Fair"}),
        (LONGER, {"last_day": "2031-05-04"}, {"ends_on": "2031-05-04"}),
    ],
)
async def test_a_row_is_proposed_with_other_values(
    db: Database, world: World, owner_url: str, database_url: str, what: Any, values: dict[str, str], expected: Any
) -> None:
    desk = await desk_with(db, database_url, what)
    assert await desk.press("edit", evidence=values) is None
    proposed = log_rows(owner_url)[-1]["action_data"]["args"]["set"]
    assert {key: proposed[key] for key in expected} == expected
    assert await approve(desk) is None
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_a_task_is_given_another_hour_and_to_another_person(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TASK)
    who = str(world.people["staff"].user_id)
    assert await desk.press("edit", evidence={"due_at": "tomorrow 09:30", "assignee": who}) is None
    [entry] = log_rows(owner_url)[-1]["action_data"]["args"]["items"]
    assert entry == {"title": "Order water", "due_at": at("09:30", 2).isoformat(), "assigned_to": who}
    await desk.press("edit", "assignee")
    names = dict(desk.telegram.offered)
    assert sorted(plain(name) for name in names) == sorted(
        each.name for role, each in world.people.items() if role != "staff"
    )
    assert await approve(desk) is None
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_a_role_is_another_one_and_only_owners_change_what_they_alone_may_suggest(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    role = ("change_person_role", {"person": world.people["staff"].name, "role": "viewer"})
    desk = await desk_with(db, database_url, role, user=OWNER)
    assert await desk.press("edit", evidence={"role": "manager"}) == say("he", phrase("edit-not-yours"))
    assert statuses(owner_url) == ["suggested"]
    told = await desk.press("edit", user=OWNER, evidence={"role": "king"})
    roles = tuple(phrase(f"access-role-{each}") for each in ("owner", "manager", "staff", "viewer"))
    assert told is not None
    assert plain(told) == plain(
        say("en", phrase("edit-field-choice", label=phrase("access-field-role"), options=roles))
    )
    assert await desk.press("edit", user=OWNER, evidence={"role": "ניהול"}) is None
    assert log_rows(owner_url)[-1]["action_data"]["args"]["role"] == "manager"


async def test_an_edit_that_would_be_about_something_else_changes_nothing(db: Database, world: World) -> None:
    """Whatever a tool makes of the words it is given: what was suggested stays what it is about."""
    tool = write_tool("room_update")
    async with db.acting_as(world.people["manager"]) as tx:
        ctx = context(tx, world.people["manager"])
        one, other = [
            await tool.preview(ctx, tool.args.model_validate({"room": room, "changes": {"capacity": 5}}))
            for room in ("Hall A", "Hall B")
        ]
        assert isinstance(one, Proposal)
        assert isinstance(other, Proposal)
        action = Action(uuid4(), "room_update", one.args, one.before, one.zone, one.facts_digest)
        strays = replace(tool, preview=_always(other))
        assert await edited(ctx, strays, action, {"capacity": "7"}) == Refused(phrase("edit-nothing-to"))


def _always(proposal: Proposal) -> Any:
    async def preview(_ctx: ToolContext, _args: Any) -> Proposal:
        return proposal

    return preview
