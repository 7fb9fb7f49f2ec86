"""Rooms: added, changed and taken back, on the real database and through the flows."""

import asyncio
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase
from core.kernel.proposals import Conflict, Impact, Item, Vip
from core.kernel.tools import Inverse
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import carry_out, decided, proposed, read_out, refusal, shown, told, way_back
from tests.integration.flows.office import change, press, slack_message, statuses, suggested
from tests.owner import owner_rows
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

ROOMS = "select id, name, capacity, may_be_shared from public.rooms order by name"
PLACES = "select title, room, room_shared from public.schedules order by start_time, title"
OVERLAPPING = (
    "insert into public.schedules (organization_id, event_id, title, room, start_time, end_time) "
    "select organization_id, id, %s, %s, '2031-05-01 07:30Z', '2031-05-01 08:30Z' from public.events"
)
SHARED_B = "update public.rooms set may_be_shared = true where name = 'Hall B'"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def rooms(owner_url: str) -> list[tuple[Any, ...]]:
    return [(row["name"], row["capacity"], row["may_be_shared"]) for row in owner_rows(owner_url, ROOMS)]


def places(owner_url: str) -> dict[str, tuple[str | None, bool]]:
    return {row["title"]: (row["room"], row["room_shared"]) for row in owner_rows(owner_url, PLACES)}


async def test_a_new_room_can_be_taken_back_while_nothing_stands_in_it(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    who, before = world.people["manager"], rooms(owner_url)
    suggestion = await decided(db, database_url, "add_room", name="Garden", capacity=40, may_be_shared=True)
    assert rooms(owner_url) == [("Garden", 40, True), *before]
    back = await way_back(db, who, suggestion)
    [garden] = [row for row in owner_rows(owner_url, ROOMS) if row["name"] == "Garden"]
    assert back == Inverse("room_remove", {"event_id": str(world.event_id), "room_id": str(garden["id"])})
    await change(db, world, "update public.schedules set room = 'garden' where title = 'Closing Panel'")
    assert await carry_out(db, who, back) == "rooms-in-use"
    await change(db, world, "update public.schedules set room = null where title = 'Closing Panel'")
    assert await carry_out(db, who, back) is None
    assert rooms(owner_url) == before
    wanted = {"name": "Garden", "capacity": 40, "may_be_shared": True}
    again = Inverse("room_add", {"event_id": str(world.event_id), "new_id": str(garden["id"]), "set": wanted})
    assert await carry_out(db, who, again) is None
    assert garden in owner_rows(owner_url, ROOMS)


@pytest.mark.parametrize("name", ["Hall B", " hall  b", "HALL\u200b B"])
async def test_a_room_that_is_there_whatever_its_case_and_spaces_is_not_added_again(
    db: Database, world: World, name: str
) -> None:
    who = world.people["staff"]
    assert await refusal(db, who, "add_room", name=name) == ("rooms-exists", None)
    assert await refusal(db, who, "update_room", room="Hall A", changes={"name": name}) == ("rooms-exists", None)


async def test_a_room_needs_a_name_that_can_be_seen(db: Database, world: World) -> None:
    assert await refusal(db, world.people["staff"], "add_room", name="\u200b\u200b") == ("rooms-nameless", None)


async def test_a_room_that_the_event_does_not_have_is_asked_back_with_those_it_has(db: Database, world: World) -> None:
    who = world.people["staff"]
    there = {"rooms": ["Hall A", "Hall B", "Workshop"]}
    assert await refusal(db, who, "update_room", room="Hal B", changes={"capacity": 9}) == ("room-unknown", there)
    await change(db, world, "delete from public.rooms")
    assert await refusal(db, who, "update_room", room="Hall B", changes={"capacity": 9}) == ("rooms-none", None)


async def test_a_change_that_changes_nothing_is_told_so(db: Database, world: World) -> None:
    same = {"name": "Hall B", "capacity": 80, "may_be_shared": False}
    assert await refusal(db, world.people["staff"], "update_room", room="hall b", changes=same) == (
        "change-nothing",
        None,
    )


async def test_a_new_name_takes_the_sessions_along_and_goes_back_exactly(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    who = world.people["manager"]
    await change(db, world, "update public.schedules set room = 'hall  a' where title = 'Closing Panel'")
    await change(db, world, OVERLAPPING, "Early bird", "Main Hall")
    await change(
        db,
        world,
        "update public.schedules set start_time = '2031-05-01 05:00Z', end_time = '2031-05-01 06:00Z' "
        "where title = 'Early bird'",
    )
    before = (owner_rows(owner_url, ROOMS), places(owner_url))
    rt, _slack, card = await shown(
        db, database_url, "update_room", room="HALL A", changes={"name": "Main hall", "capacity": 310}
    )
    assert card.risk == "high"
    assert read_out(card) == [
        "Change of the room: Hall A",
        "Sessions: 3 sessions go along",
        "Sharing: one session at a time",
        "Room: Hall A | Main hall",
        "Seats: 300 | 310",
        "2 registered people are affected.",
        "VIP: Ruth Bar (Sits in the front row)",
    ]
    assert read_out(card, "he")[1:3] == ["מושבים: 3 מושבים עוברים יחד איתו", "שיתוף: מושב אחד בכל פעם"]
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    assert rooms(owner_url) == [("Hall B", 80, False), ("Main hall", 310, False), ("Workshop", 20, False)]
    assert places(owner_url) == {
        "Early bird": ("Main Hall", False),
        "Opening Keynote": ("Main hall", False),
        "Lighting Basics": ("Hall B", False),
        "Sound Check Live": ("Hall B", False),
        "ניהול קהל": ("Main hall", False),
        "Closing Panel": ("Main hall", False),
    }
    assert await carry_out(db, who, await way_back(db, who, card.suggestion_id)) is None
    assert (owner_rows(owner_url, ROOMS), places(owner_url)) == before


async def test_a_shared_room_keeps_its_sessions_together_under_its_new_name(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    who = world.people["manager"]
    await change(db, world, SHARED_B)
    await change(db, world, OVERLAPPING, "Book fair", "Hall B")
    before = (owner_rows(owner_url, ROOMS), places(owner_url))
    suggestion = await decided(db, database_url, "update_room", room="Hall B", changes={"name": "Market"})
    assert {title: place for title, place in places(owner_url).items() if place[1]} == {
        "Lighting Basics": ("Market", True),
        "Sound Check Live": ("Market", True),
        "Book fair": ("Market", True),
    }
    assert await carry_out(db, who, await way_back(db, who, suggestion)) is None
    assert (owner_rows(owner_url, ROOMS), places(owner_url)) == before


async def test_a_room_in_which_sessions_overlap_cannot_stop_being_shared(db: Database, world: World) -> None:
    who = world.people["staff"]
    await change(db, world, SHARED_B)
    await change(db, world, OVERLAPPING, "Book fair", "Hall B")
    looked = await proposed(db, who, "update_room", room="Hall B", changes={"may_be_shared": False})
    first = Item(
        id=world.sessions["Lighting Basics"],
        title="Lighting Basics",
        start_time=at("10:00"),
        end_time=at("11:00"),
        room="Hall B",
        speaker_name="Tom Harris",
    )
    assert looked.conflicts == (
        Conflict(kind="room_sessions_overlap", severity="error", item=first, details={"other": "Book fair"}),
    )


async def test_a_new_name_that_colliding_sessions_stand_under_is_an_error_too(
    db: Database, world: World, database_url: str
) -> None:
    await change(db, world, OVERLAPPING, "Book fair", "Market")
    rt, _slack, card = await shown(db, database_url, "update_room", room="Hall B", changes={"name": "market"})
    assert read_out(card)[-1] == (
        "error: Lighting Basics and Book fair would stand in the same room at the same time, "
        "from Thu 1 May at 10:00. Move one of them first."
    )
    assert (card.gesture, [button.verdict for button in card.buttons]) == ("none", ["edit", "reject", "show"])
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("notice-blocked"))


async def test_a_smaller_room_names_the_sessions_that_it_is_too_small_for(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    _rt, _slack, card = await shown(db, database_url, "update_room", room="Hall A", changes={"capacity": 1})
    assert (card.risk, read_out(card)[2:]) == (
        "medium",
        [
            "Seats: 300 | 1",
            "warning: 2 people are registered for Opening Keynote, Thu 1 May at 10:00, more than the room would seat.",
        ],
    )
    await change(
        db,
        world,
        "update public.participant_schedules set waiting_since = now() where participant_id = "
        "(select id from public.participants where full_name = 'Eli Katz')",
    )
    looked = await proposed(db, world.people["staff"], "update_room", room="Hall A", changes={"capacity": 1})
    assert (looked.conflicts, looked.impact) == ((), Impact(counts_people=False))
    assert rooms(owner_url)[0] == ("Hall A", 300, False)


async def test_many_sessions_that_are_too_full_are_counted_after_five(db: Database, world: World) -> None:
    for number in range(6):
        await change(
            db,
            world,
            "insert into public.schedules (organization_id, event_id, title, room, start_time, end_time) "
            "select organization_id, id, %s, 'Hall A', '2031-05-02 05:00Z'::timestamptz + %s * interval '1 hour', "
            "'2031-05-02 05:30Z'::timestamptz + %s * interval '1 hour' from public.events",
            f"Talk {number}", number, number,
        )  # fmt: skip
    await change(
        db,
        world,
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select session.organization_id, session.id, person.id from public.schedules as session "
        "cross join public.participants as person where session.title like 'Talk%%'",
    )
    looked = await proposed(db, world.people["staff"], "update_room", room="Hall A", changes={"capacity": 1})
    assert [(each.kind, each.item.title if each.item else each.details) for each in looked.conflicts] == [
        ("room_below_registered", "Opening Keynote"),
        *(("room_below_registered", f"Talk {number}") for number in range(4)),
        ("room_below_registered_more", {"count": 2}),
    ]


async def test_a_new_name_touches_each_registered_person_once(db: Database, world: World) -> None:
    await change(
        db,
        world,
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select organization_id, %s, id from public.participants",
        world.sessions["Closing Panel"],
    )
    looked = await proposed(db, world.people["staff"], "update_room", room="Hall A", changes={"name": "Main hall"})
    vips = (Vip(name="Ruth Bar", note="Sits in the front row"),)
    assert looked.impact == Impact(affected_participants=2, vips=vips, counts_people=False)
    assert looked.before is not None
    assert looked.before.pop("created_at") is not None
    assert (looked.starts_at, looked.before) == (
        at("10:00"),
        {
            "id": looked.args["room_id"],
            "name": "Hall A",
            "in_file": None,
            "source_id": None,
            "capacity": 300,
            "may_be_shared": False,
            "sessions": 3,
            "written": {},
        },
    )


RENAME = ("update_room", {"room": "Hall A", "changes": {"name": "Main hall"}})
SHRINK = ("update_room", {"room": "Hall A", "changes": {"capacity": 100}})
UNSHARE = ("update_room", {"room": "Hall B", "changes": {"may_be_shared": False}})


@pytest.mark.parametrize(
    ("call", "what", "why"),
    [
        (RENAME, "update public.schedules set room = 'Hall A' where title = 'Sound Check Live'", "moved"),
        (RENAME, "delete from public.participant_schedules", "moved"),
        (RENAME, "update public.participants set vip_notes = null", "moved"),
        (SHRINK, "update public.rooms set capacity = 200 where name = 'Hall A'", "moved"),
        (
            UNSHARE,
            "update public.schedules set end_time = '2031-05-01 08:30Z' where title = 'Lighting Basics'",
            "blocked-now",
        ),
    ],
)
async def test_when_a_fact_changed_nothing_runs(
    db: Database, world: World, owner_url: str, database_url: str, call: Any, what: str, why: str
) -> None:
    if call is UNSHARE:
        await change(db, world, SHARED_B)
    name, args = call
    rt, _slack, card = await shown(db, database_url, name, **args)
    await change(db, world, what)
    before = (rooms(owner_url), places(owner_url))
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase(f"decision-{why}"))
    assert (rooms(owner_url), places(owner_url)) == before
    assert statuses(owner_url) == ["superseded", "suggested"]


async def test_of_two_equal_rooms_at_once_one_is_added(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db)
    for event, name in (("E1", "Garden"), ("E2", "garden ")):
        model.script += [calls(("add_room", {"name": name})), says("It waits.")]
        await suggested(rt, slack_message("add it", event=event), database_url)
    presses = [press(card.suggestion_id, message=ref.message) for ref, card in slack.cards.items()]
    verdicts = await asyncio.gather(*(on_decision(rt, each) for each in presses))
    await drain(rt, database_url)
    [added] = [name for name, *_ in rooms(owner_url) if name not in {"Hall A", "Hall B", "Workshop"}]
    assert set(verdicts) == {None, say("he", phrase("rooms-exists", room=added))}
    assert sorted(statuses(owner_url)) == ["executed", "failed"]


async def test_another_organisations_room_is_exactly_one_that_does_not_exist(
    db: Database, world: World, owner_url: str
) -> None:
    [hall_a, *_] = owner_rows(owner_url, ROOMS)
    beth = await make_world(db, "Beth Shows", team="T2")
    who, event = beth.people["manager"], str(world.event_id)
    there = {"rooms": ["Hall A", "Hall B", "Workshop"]}
    asked = await refusal(db, who, "update_room", room=str(hall_a["id"]), changes={"capacity": 1})
    assert asked == ("room-unknown", there)
    assert await refusal(db, who, "add_room", name="Garden", event=event) == ("event-unknown", None)
    for args in ({"set": {"capacity": 1}}, {}):
        for in_event in (event, str(beth.event_id)):
            forged = Inverse(
                "room_update" if args else "room_remove", {"event_id": in_event, "room_id": str(hall_a["id"]), **args}
            )
            assert await carry_out(db, who, forged) == "rooms-gone"


async def test_room_use_says_minutes_share_and_longest_gap_per_day(db: Database, world: World) -> None:
    await change(db, world, SHARED_B)
    await change(db, world, OVERLAPPING, "Book fair", "hall b")
    await change(db, world, OVERLAPPING, "Yard talk", "Yard")
    data = await told(db, world.people["viewer"], "get_room_use", day="2031-05-01")
    assert (data["time_zone"], data["more"]) == ("Asia/Jerusalem", False)
    told_of = [
        (row["room"], row["capacity"], row["sessions"], row["booked_minutes"], row["share_percent"], row["longest_gap"])
        for row in data["use"]
    ]

    def gap(start: str, end: str, minutes: int) -> dict[str, Any]:
        return {"start": f"2031-05-01T{start}", "end": f"2031-05-01T{end}", "minutes": minutes}

    assert told_of == [
        ("Hall A", 300, 2, 120, 67, gap("11:00", "12:00", 60)),
        ("Hall B", 80, 3, 120, 67, gap("12:00", "13:00", 60)),
        ("Workshop", 20, 0, 0, 0, gap("10:00", "13:00", 180)),
        ("Yard", None, 1, 60, 33, gap("11:30", "13:00", 90)),
    ]
    assert {tuple(row["span"].values()) for row in data["use"]} == {("2031-05-01T10:00", "2031-05-01T13:00")}


async def test_room_use_of_one_room_goes_by_every_day(db: Database, world: World) -> None:
    data = await told(db, world.people["viewer"], "get_room_use", room="HALL a")
    assert [(row["room"], row["day"], row["booked_minutes"], row["longest_gap"]) for row in data["use"]][1:] == [
        ("Hall A", "2031-05-02", 60, None)
    ]
    empty = await told(db, world.people["viewer"], "get_room_use", day="2031-06-01")
    assert empty["use"] == []
