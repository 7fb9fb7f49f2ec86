"""What an event's reads answer: how it stands, what runs now, what collides, what changed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.tools import Refused
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import ask, decided, shown, told
from tests.integration.flows.office import change, press, slack_message, suggested
from tests.world import ZONE, World, at, make_world

pytestmark = pytest.mark.db

SETUP = (
    "insert into public.vendors (organization_id, name) select organization_id, unnest(array['Food', 'Sound', 'Taxi']) "
    "from public.events",
    "insert into public.event_vendors (organization_id, event_id, vendor_id, status) "
    "select event.organization_id, event.id, vendor.id, case vendor.name when 'Taxi' then 'arrived' else 'invited' end "
    "from public.events as event join public.vendors as vendor on vendor.organization_id = event.organization_id",
    "insert into public.checklist_items (organization_id, event_id, title, is_done, due_at) "
    "select organization_id, id, title, done, due::timestamptz from public.events cross join (values "
    "('Badges', true, '2031-04-30 10:00Z'), ('Water', false, '2031-05-01 05:59Z'), ('Signs', false, null)) "
    "as item(title, done, due)",
    "update public.schedules set status = 'cancelled' where title = 'Closing Panel'",
    "update public.rooms set capacity = 1 where name = 'Hall A'",
)
TALK = (
    "insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time) "
    "select organization_id, id, %s, %s, %s, %s, %s from public.events"
)


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_the_overview_counts_what_an_event_holds(db: Database, world: World, database_url: str) -> None:
    for statement in SETUP:
        await change(db, world, statement)
    await shown(db, database_url, "add_room", name="Garden")
    await make_world(db, "Beth Shows", team="T2")
    assert await told(db, world.people["viewer"], "get_event_overview") == {
        "event": {
            "id": str(world.event_id),
            "name": "Spring Conference",
            "starts_on": "2031-05-01",
            "ends_on": "2031-05-02",
            "time_zone": "Asia/Jerusalem",
            "status": "published",
        },
        "sessions": 4,
        "rooms": 3,
        "participants": 2,
        "vips": 1,
        "vendors": {"invited": 2, "arrived": 1},
        "checklist": {"done": 1, "all": 3, "overdue": 1},
        "open_suggestions": 1,
        "conflicts": {"room_too_small": 1},
    }


@pytest.mark.parametrize(
    ("clock", "running", "coming"),
    [
        ("10:30", {"Hall A": [("Opening Keynote", 30)], "Hall B": [("Lighting Basics", 30)]},
         {"Hall A": ("ניהול קהל", 90), "Hall B": ("Sound Check Live", 30), None: ("Break", 150)}),
        # The moment one ends, the next one runs.
        ("11:00", {"Hall B": [("Sound Check Live", 60)]}, {"Hall A": ("ניהול קהל", 60), None: ("Break", 120)}),
        ("13:10", {None: [("Break", 20)]}, {"Hall A": ("Closing Panel", 26 * 60 + 50)}),
    ],
)  # fmt: skip
async def test_what_runs_now_and_what_comes_next_is_told_for_each_room(
    db: Database, world: World, clock: str, running: dict[Any, Any], coming: dict[Any, Any]
) -> None:
    await change(db, world, TALK, "Break", None, None, at("13:00"), at("13:30"))
    data = await told(db, world.people["viewer"], "get_agenda_now", now=at(clock))
    assert (data["event"], data["time_zone"], data["time"]) == (
        "Spring Conference",
        "Asia/Jerusalem",
        f"2031-05-01T{clock}",
    )
    assert {row["room"] for row in data["rooms"]} == {"Hall A", "Hall B", "Workshop", None}
    now = {row["room"]: [(each["title"], each["minutes_left"]) for each in row["now"]] for row in data["rooms"]}
    assert {room: sessions for room, sessions in now.items() if sessions} == running
    later = {row["room"]: (row["next"]["title"], row["next"]["in_minutes"]) for row in data["rooms"] if row["next"]}
    assert later == coming


async def test_a_session_that_runs_now_is_told_with_its_local_times(db: Database, world: World) -> None:
    await change(db, world, "update public.schedules set room = 'hall  a' where title = 'Opening Keynote'")
    data = await told(db, world.people["viewer"], "get_agenda_now", now=at("10:30"))
    [running] = [row["now"][0] for row in data["rooms"] if row["room"] == "Hall A"]
    assert running == {
        "id": str(world.sessions["Opening Keynote"]),
        "title": "Opening Keynote",
        "start": "2031-05-01T10:00",
        "end": "2031-05-01T11:00",
        "room": "Hall A",
        "speaker": "Dana Levi",
        "status": "scheduled",
        "minutes_left": 30,
    }


async def test_every_conflict_of_the_event_is_found_once(db: Database, world: World) -> None:
    await change(db, world, TALK, "Duet", "Workshop", "DANA levi; tom  harris", at("10:30"), at("11:00"))
    await change(db, world, TALK, "Touching", "Workshop", "Dana Levi", at("11:00"), at("11:30"))
    await change(db, world, TALK, "Too late", None, "Guest", at("10:00", 3), at("11:00", 3))
    await change(db, world, TALK, "Long night", None, None, at("23:00", 2), at("06:00", 3))
    await change(db, world, "update public.schedules set max_capacity = 21 where title = 'Touching'")
    await change(db, world, TALK, "Off", "Workshop", "Dana Levi", at("16:00", 2), at("17:00", 2))
    await change(db, world, "update public.schedules set status = 'cancelled' where title = 'Off'")
    data = await told(db, world.people["viewer"], "find_conflicts")
    assert (data["total"], data["more"]) == (4, False)
    told_of = [
        (each["kind"], each["session"]["title"], each.get("other", {}).get("title"), each.get("speaker"))
        for each in data["conflicts"]
    ]
    assert sorted(told_of, key=str) == [
        ("outside_event", "Too late", None, None),
        ("room_too_small", "Touching", None, None),
        ("speaker_overlap", "Lighting Basics", "Duet", "Tom Harris"),
        ("speaker_overlap", "Opening Keynote", "Duet", "Dana Levi"),
    ]
    [small] = [each for each in data["conflicts"] if each["kind"] == "room_too_small"]
    assert (small["room"], small["seats"], small["needed"]) == ("Workshop", 20, 21)


async def test_everybody_who_stands_in_both_sessions_is_named_once(db: Database, world: World) -> None:
    await change(db, world, TALK, "First", None, "Dana Levi, Ruth Bar; Noa  Mizrahi", at("16:00"), at("17:00"))
    await change(db, world, TALK, "Second", None, "noa mizrahi + Tom Ron & RUTH BAR", at("16:30"), at("17:30"))
    data = await told(db, world.people["viewer"], "find_conflicts")
    found = [
        (each["session"]["title"], each["other"]["title"], each["speaker"], each["people"])
        for each in data["conflicts"]
        if each["kind"] == "speaker_overlap"
    ]
    assert found == [("First", "Second", "Ruth Bar, Noa Mizrahi", 2)]


async def test_a_thousand_sessions_of_one_speaker_are_all_told_of(db: Database, world: World) -> None:
    await change(
        db,
        world,
        "insert into public.schedules (organization_id, event_id, title, speaker_name, start_time, end_time) "
        "select organization_id, id, 'Talk ' || n, 'Speaker ' || n %% 500, '2031-05-01 05:00Z', '2031-05-01 06:00Z' "
        "from public.events cross join generate_series(1, 1000) as n",
    )
    data = await told(db, world.people["viewer"], "find_conflicts")
    assert (data["total"], len(data["conflicts"]), data["more"]) == (500, 60, True)


async def test_what_changed_says_what_who_asked_and_who_approved(db: Database, world: World, database_url: str) -> None:
    await decided(
        db, database_url, "update_schedule_item", schedule_id="Lighting Basics", changes={"start_time": "14:00"}
    )
    now = datetime.now(UTC) + timedelta(minutes=1)
    data = await told(db, world.people["viewer"], "what_changed", now=now)
    [done] = data["changes"]
    assert abs(now - datetime.fromisoformat(done.pop("at")).replace(tzinfo=ZoneInfo(ZONE))) < timedelta(hours=2)
    assert done == {
        "action": "schedule_update",
        "what": "Lighting Basics",
        "asked_by": "Manager of Aleph Events",
        "approved_by": "Manager of Aleph Events",
        "changes": {
            "start_time": {"before": "2031-05-01T10:00", "after": "2031-05-01T14:00"},
            "end_time": {"before": "2031-05-01T11:00", "after": "2031-05-01T15:00"},
        },
    }
    later = await told(db, world.people["viewer"], "what_changed", now=now + timedelta(days=1))
    assert later["changes"] == []
    since = await told(
        db, world.people["viewer"], "what_changed", now=now + timedelta(days=9), since="2020-01-01T00:00"
    )
    assert (since["since"], [each["what"] for each in since["changes"]]) == ("2020-01-01T00:00", ["Lighting Basics"])
    beth = await make_world(db, "Beth Shows", team="T2")
    assert (await told(db, beth.people["viewer"], "what_changed", now=now))["changes"] == []


async def test_what_changed_knows_of_an_events_own_creation_and_of_nothing_undecided(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db)
    for name, args in (
        ("create_event_draft", {"name": "Autumn Fair", "first_day": "2031-10-01"}),
        ("add_room", {"name": "Garden", "event": "Autumn Fair"}),
        ("add_room", {"name": "Yard", "event": "Autumn Fair"}),
    ):
        model.script += [calls((name, args)), says("It waits.")]
        await suggested(rt, slack_message("please", event=f"E-{args['name']}"), database_url)
        ref, card = list(slack.cards.items())[-1]
        if args["name"] != "Yard":
            assert await on_decision(rt, press(card.suggestion_id, message=ref.message)) is None
    now = datetime.now(UTC) + timedelta(minutes=1)
    data = await told(db, world.people["viewer"], "what_changed", now=now, event="Autumn Fair")
    assert [(each["action"], each["what"]) for each in data["changes"]] == [
        ("room_add", "Garden"),
        ("event_create", "Autumn Fair"),
    ]
    assert (await told(db, world.people["viewer"], "what_changed", now=now, event="Spring"))["changes"] == []


async def test_a_time_that_cannot_be_read_is_asked_back(db: Database, world: World) -> None:
    refused = await ask(db, world.people["viewer"], "what_changed", since="yesterday")
    assert isinstance(refused, Refused)
    assert refused.why.id == "time-unreadable"


@pytest.mark.parametrize(
    "name", ["get_event_overview", "get_agenda_now", "find_conflicts", "what_changed", "get_room_use"]
)
async def test_another_organisations_event_is_exactly_one_that_does_not_exist(
    db: Database, world: World, name: str
) -> None:
    beth = await make_world(db, "Beth Shows", team="T2")
    theirs = await ask(db, beth.people["owner"], name, event=str(world.event_id))
    nobodys = await ask(db, beth.people["owner"], name, event="01890a5d-ac96-774b-bcce-b302099a8057")
    assert isinstance(theirs, Refused)
    assert isinstance(nobodys, Refused)
    assert (theirs.why.id, nobodys.why.id) == ("event-unknown", "event-unknown")


async def test_conflicts_of_another_organisations_event_are_none(db: Database, world: World) -> None:
    for statement in SETUP:
        await change(db, world, statement)
    beth = await make_world(db, "Beth Shows", team="T2")
    counted: list[int] = []
    for who in (world.people["viewer"], beth.people["owner"]):
        async with db.acting_as(who) as tx:
            rows = await (
                await tx.execute("select count(*) as found from app.event_conflicts(%s)", (world.event_id,))
            ).fetchall()
        counted.append(rows[0]["found"])
    assert counted == [1, 0]
