"""Values of every type are edited before a write is approved: read by their type, judged by the tool, run as edited."""

from typing import Any

import pytest

from core.db import Database
from core.kernel.phrases import Phrase, phrase
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import MANAGER, Desk, kinds
from tests.integration.flows.office import log_rows, statuses
from tests.owner import owner_rows
from tests.world import World, make_world

pytestmark = pytest.mark.db

BIGGER = ("update_room", {"room": "Hall A", "changes": {"capacity": 150}})
SEATS = phrase("edit-field-range", label=phrase("field-room-capacity"), least=1, most=1_000_000)
TENT = ("add_room", {"name": "Tent"})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def desk_with(db: Database, database_url: str, *what: Any, user: str = MANAGER) -> Desk:
    rt, _slack, telegram, _model = runtime(db, calls(*what), says("It waits."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("please", user=user)
    return desk


async def approve(desk: Desk) -> str | None:
    return await desk.press("approve", evidence=all_that_it_asks(desk.card()))


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
