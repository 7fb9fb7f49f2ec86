"""Where a room is taken or too small, the card says what could be done instead; pressed, it is a suggestion."""

from typing import Any

import pytest

from core.db import Database
from core.kernel.phrases import phrase
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import STAFF, TO_B, Desk, kinds, said
from tests.integration.flows.office import change, log_rows, statuses
from tests.owner import owner_rows, owner_run
from tests.world import World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def desk_with(db: Database, database_url: str, *what: Any) -> Desk:
    rt, _slack, telegram, _model = runtime(db, calls(*what), says("It is taken."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("please")
    return desk


def new(**args: Any) -> tuple[str, dict[str, Any]]:
    given = {"title": "Yoga", "start_time": "10:15", "end_time": "10:45", "room": "Hall B", **args}
    return "create_schedule_item", given


def offered(desk: Desk) -> list[str]:
    return [said(each.label) for each in desk.card().buttons if each.verdict == "alternative"]


def place(owner_url: str, title: str) -> tuple[Any, Any, str]:
    [row] = owner_rows(owner_url, f"select * from public.schedules where title = '{title}'")
    return row["start_time"], row["end_time"], row["room"]


async def test_a_taken_room_offers_another_room_a_later_time_and_a_swap(
    db: Database, world: World, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    # Hall B is taken until noon, and Dana speaks elsewhere until one; the Workshop holds the two who are registered.
    assert offered(desk) == ["10:00 in Workshop", "13:00 in Hall B", "Swap with Lighting Basics"]
    assert kinds(desk.card()) == [
        ("alternative", "0"),
        ("alternative", "1"),
        ("alternative", "2"),
        ("edit", ""),
        ("reject", ""),
        ("show", ""),
    ]


async def test_the_later_time_is_the_first_at_which_the_speaker_is_free(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "update public.schedules set speaker_name = 'Gil' where title = 'ניהול קהל'")
    desk = await desk_with(db, database_url, TO_B)
    assert offered(desk)[1] == "12:00 in Hall B"


async def test_a_press_makes_a_suggestion_of_its_own_in_the_first_ones_place(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert await desk.press("alternative", "0") is None
    first, second = log_rows(owner_url)
    assert (first["execution_status"], second["edited_from"], second["user_id"]) == (
        "superseded",
        first["id"],
        first["user_id"],
    )
    assert [each.severity for each in desk.card().warnings] == []
    assert desk.card().notice == phrase("notice-edited", name=world.people["manager"].name)
    assert await desk.press("approve", evidence=all_that_it_asks(desk.card())) is None
    assert place(owner_url, "Opening Keynote") == (at("10:00"), at("11:00"), "Workshop")


async def test_the_later_time_runs(db: Database, world: World, owner_url: str, database_url: str) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert await desk.press("alternative", "1") is None
    assert await desk.press("approve", evidence=all_that_it_asks(desk.card())) is None
    assert place(owner_url, "Opening Keynote") == (at("13:00"), at("14:00"), "Hall B")


async def test_the_swap_runs_as_one(db: Database, world: World, owner_url: str, database_url: str) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert await desk.press("alternative", "2") is None
    assert await desk.press("approve", evidence=all_that_it_asks(desk.card())) is None
    assert place(owner_url, "Opening Keynote") == (at("10:00"), at("11:00"), "Hall B")
    assert place(owner_url, "Lighting Basics") == (at("10:00"), at("11:00"), "Hall A")


async def test_a_room_that_is_too_small_offers_rooms_that_hold_everybody(
    db: Database, world: World, database_url: str
) -> None:
    desk = await desk_with(
        db, database_url, new(room="Workshop", max_capacity=70, start_time="17:00", end_time="18:00")
    )
    assert offered(desk) == ["17:00 in Hall B", "17:00 in Hall A"]


async def test_where_nobody_is_counted_a_room_like_the_wanted_one_comes_first(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "delete from public.schedules where title = 'Opening Keynote'")
    desk = await desk_with(db, database_url, new())
    assert offered(desk) == ["10:15 in Hall A", "10:15 in Workshop", "12:00 in Hall B"]


async def test_shared_rooms_and_taken_ones_are_not_offered(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "update public.rooms set may_be_shared = true where name = 'Workshop'")
    desk = await desk_with(db, database_url, new())
    assert offered(desk) == ["12:00 in Hall B"]


async def test_no_time_is_offered_after_ten_at_night(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(
        owner_url,
        "update public.schedules set end_time = '2031-05-01 21:45+03' where title = 'Sound Check Live'",
    )
    desk = await desk_with(db, database_url, new(start_time="11:15", end_time="11:45", room="Hall B"))
    assert offered(desk) == ["11:15 in Hall A", "11:15 in Workshop"]


async def test_nothing_is_offered_where_another_conflict_would_stay(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, new(start_time="10:45", end_time="10:15"))
    assert ([each.text.id for each in desk.card().warnings][:1], offered(desk)) == (["conflict-ends-before-start"], [])


async def test_the_model_is_told_what_can_be_pressed(db: Database, world: World, database_url: str) -> None:
    rt, _slack, telegram, model = runtime(db, calls(TO_B), says("It is taken."))
    await Desk(rt, telegram, database_url).hears("please")
    answer = model.requests[1].contents[-1]["parts"][0]["function_response"]["response"]
    assert [len(answer["alternatives"]), "Workshop" in answer["alternatives"][0]] == [3, True]


async def test_an_alternative_that_is_gone_brings_the_card_up_to_date(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    await change(
        db,
        world,
        "insert into public.schedules (organization_id, event_id, title, room, start_time, end_time) "
        "values (%s, %s, 'Poster', 'Workshop', '2031-05-01 10:00+03', '2031-05-01 10:30+03')",
        world.organization_id,
        world.event_id,
    )
    assert await desk.press("alternative", "0") == say("he", phrase("alternative-gone"))
    assert offered(desk) == ["13:00 in Hall B", "Swap with Lighting Basics"]
    assert statuses(owner_url) == ["superseded", "suggested"]


@pytest.mark.parametrize("choice", ["3", "-1", "", "0x0", "room"])
async def test_what_was_never_offered_is_nothing(
    db: Database, world: World, owner_url: str, database_url: str, choice: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert await desk.press("alternative", choice) == say("he", phrase("decision-unknown"))
    assert statuses(owner_url) == ["suggested"]


async def test_who_may_not_decide_takes_no_alternative(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert await desk.press("alternative", "0", user=STAFF) == say("en", phrase("decision-not-allowed"))
    assert statuses(owner_url) == ["suggested"]


async def test_another_organisations_rooms_are_none(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    other = await make_world(db, "Bet Events", team="T2")
    async with db.acting_as(world.people["manager"]) as tx:
        row = await (
            await tx.execute(
                "select app.schedule_alternatives(jsonb_build_object('event_id', %(event)s::text, 'set', "
                "jsonb_build_object('room', 'Hall B', 'start_time', '2031-05-01 10:00+03', "
                "'end_time', '2031-05-01 11:00+03'))) as found",
                {"event": str(other.event_id)},
            )
        ).fetchone()
    assert row == {"found": {"rooms": []}}
