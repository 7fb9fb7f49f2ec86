"""What the agenda's tools answer, on the real database and as a real person."""

from typing import Any

import pytest

from core.db import Database
from core.domains import TOOLS
from core.kernel.principal import Principal
from core.kernel.proposals import Conflict, Impact, Item, Proposal, Vip
from core.kernel.tools import Done, ReadTool, Refused, WriteTool
from core.texts import say
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db
_ISOLATES = {0x2068: None, 0x2069: None}


async def ask(db: Database, who: Principal, name: str, **args: Any) -> Done | Refused:
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, ReadTool)
    async with db.acting_as(who) as tx:
        return await tool.run(context(tx, who), tool.args.model_validate(args))


async def propose(db: Database, who: Principal, name: str, **args: Any) -> Proposal | Refused:
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        return await tool.preview(context(tx, who), tool.args.model_validate(args))


def titles(answer: Done | Refused) -> list[str]:
    assert isinstance(answer, Done), answer
    return [session["title"] for session in answer.data["sessions"]]


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_the_agenda_at_a_time_holds_what_runs_then_half_open(db: Database, world: World) -> None:
    who = world.people["viewer"]
    assert titles(await ask(db, who, "get_agenda", at="10:00")) == ["Opening Keynote", "Lighting Basics"]
    assert titles(await ask(db, who, "get_agenda", at="11:00")) == ["Sound Check Live"]
    assert titles(await ask(db, who, "get_agenda", at="10:59", room="hall  b")) == ["Lighting Basics"]


async def test_the_agenda_by_day_and_speaker(db: Database, world: World) -> None:
    who = world.people["viewer"]
    assert titles(await ask(db, who, "get_agenda", day="2031-05-02")) == ["Closing Panel"]
    assert titles(await ask(db, who, "get_agenda", speaker="DANA levi")) == [
        "Opening Keynote",
        "ניהול קהל",
        "Closing Panel",
    ]
    assert titles(await ask(db, who, "get_agenda", speaker="D%")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("keynot", "Opening Keynote"),
        ("lihgting basics", "Lighting Basics"),
        ("ניהול קהלל", "ניהול קהל"),
        ("mizrahi", "Sound Check Live"),
    ],
)
async def test_search_forgives_typing_mistakes_in_both_languages(
    db: Database, world: World, query: str, found: str
) -> None:
    assert titles(await ask(db, world.people["viewer"], "find_sessions", query=query))[0] == found


async def test_a_session_is_told_with_its_people_vips_first(db: Database, world: World) -> None:
    answer = await ask(db, world.people["viewer"], "get_session", session="opening keynote")
    assert isinstance(answer, Done)
    told = {key: answer.data[key] for key in ("registered", "capacity", "vips", "participants")}
    assert told == {
        "registered": 2,
        "capacity": 300,
        # Viewers are told who the VIPs are, and no notes about them.
        "vips": [{"name": "Ruth Bar", "note": None}],
        "participants": ["Ruth Bar", "Eli Katz"],
    }


@pytest.mark.parametrize(
    ("after", "day", "window"),
    [
        # After the doors close, what is left of the day; and the day that a moment names goes before the one beside it.
        ("22:30", "2031-05-01", ("2031-05-01T22:30", "2031-05-02T00:00")),
        ("2031-05-02T09:00", None, ("2031-05-02T09:00", "2031-05-02T22:00")),
        ("2031-05-02T23:00", "2031-05-01", ("2031-05-02T23:00", "2031-05-03T00:00")),
    ],
)
async def test_free_slots_of_a_late_hour_are_those_of_its_day(
    db: Database, world: World, after: str, day: str | None, window: tuple[str, str]
) -> None:
    asked = {"minutes": 30, "room": "Workshop", "after": after} | ({"day": day} if day else {})
    answer = await ask(db, world.people["viewer"], "find_free_slots", **asked)
    assert isinstance(answer, Done)
    assert (answer.data["day"], answer.data["slots"]) == (
        window[0][:10],
        [{"room": "Workshop", "capacity": 20, "start": window[0], "end": window[1]}],
    )


async def test_free_slots_are_the_gaps_of_a_room(db: Database, world: World) -> None:
    answer = await ask(db, world.people["viewer"], "find_free_slots", minutes=45, day="2031-05-01", room="Hall B")
    assert isinstance(answer, Done)
    starts = [(slot["start"][11:], slot["end"][11:]) for slot in answer.data["slots"]]
    assert ("12:00") in {start for start, _end in starts}
    assert not any(start < "11:30" < end for start, end in starts)


async def test_another_organisations_session_is_exactly_one_that_does_not_exist(db: Database, world: World) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    who = other.people["manager"]
    theirs = await ask(db, who, "get_session", session=str(world.sessions["Opening Keynote"]))
    nobodys = await ask(db, who, "get_session", session="01890a5d-ac96-774b-bcce-b302099a8057")
    assert isinstance(theirs, Refused)
    assert isinstance(nobodys, Refused)
    assert theirs.why.id == nobodys.why.id == "session-unknown"


async def test_a_move_into_a_taken_room_is_an_error_with_the_session_in_the_way(db: Database, world: World) -> None:
    moved = await propose(
        db,
        world.people["staff"],
        "update_schedule_item",
        schedule_id="Opening Keynote",
        changes={"start_time": "10:30", "room": "HALL B"},
    )
    assert isinstance(moved, Proposal)
    assert moved.is_blocked
    assert moved.args["set"] == {
        "start_time": at("10:30").isoformat(),
        "end_time": at("11:30").isoformat(),
        "room": "Hall B",
    }
    assert moved.impact == Impact(affected_participants=2, vips=(Vip(name="Ruth Bar", note="Sits in the front row"),))
    in_the_way = [
        Item(
            id=world.sessions[title],
            title=title,
            start_time=at(start),
            end_time=at(end),
            room="Hall B",
            speaker_name=speaker,
        )
        for title, start, end, speaker in (
            ("Lighting Basics", "10:00", "11:00", "Tom Harris"),
            ("Sound Check Live", "11:00", "12:00", "Noa Mizrahi"),
        )
    ]
    assert moved.conflicts == tuple(Conflict(kind="room_overlap", severity="error", item=item) for item in in_the_way)


async def test_touching_sessions_are_no_conflict(db: Database, world: World) -> None:
    moved = await propose(
        db,
        world.people["staff"],
        "update_schedule_item",
        schedule_id="Opening Keynote",
        changes={"start_time": "11:00"},
    )
    assert isinstance(moved, Proposal)
    assert moved.conflicts == ()


async def test_a_speaker_in_two_places_is_a_warning(db: Database, world: World) -> None:
    proposed = await propose(
        db,
        world.people["staff"],
        "create_schedule_item",
        title="Encore",
        start_time="10:30",
        end_time="11:30",
        room="Workshop",
        speaker_name="tom  HARRIS",
        max_capacity=25,
    )
    assert isinstance(proposed, Proposal)
    assert [(each.kind, each.severity) for each in proposed.conflicts] == [
        ("speaker_overlap", "warning"),
        ("room_too_small", "warning"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "kind"),
    [
        ("2031-05-07T10:00", "2031-05-07T11:00", "outside_event"),
        ("2031-05-01T18:00", "2031-05-01T17:00", "ends_before_start"),
    ],
)
async def test_impossible_times_block(db: Database, world: World, starts: str, ends: str, kind: str) -> None:
    proposed = await propose(
        db, world.people["staff"], "create_schedule_item", title="Encore", start_time=starts, end_time=ends
    )
    assert isinstance(proposed, Proposal)
    assert [(each.kind, each.severity) for each in proposed.conflicts] == [(kind, "error")]


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("2031-03-28T02:30", "time-never"),
        ("2031-10-26T01:30", "time-twice"),
        ("half past never", "time-unreadable"),
    ],
)
async def test_a_time_that_a_clock_change_removes_or_doubles_is_asked_back(
    db: Database, world: World, start: str, why: str
) -> None:
    refused = await propose(
        db, world.people["staff"], "create_schedule_item", title="Encore", start_time=start, end_time="03:30"
    )
    assert isinstance(refused, Refused)
    assert refused.why.id == why


async def test_two_sessions_of_one_title_are_asked_back_with_both(db: Database, world: World) -> None:
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(
            "update public.schedules set title = 'Lighting  BASICS' where id = %s",
            (world.sessions["Sound Check Live"],),
        )
    refused = await propose(db, world.people["staff"], "delete_schedule_item", schedule_id="lighting basics")
    assert isinstance(refused, Refused)
    assert refused.why.id == "session-which"
    assert refused.data is not None
    assert [each["id"] for each in refused.data["candidates"]] == [
        str(world.sessions["Lighting Basics"]),
        str(world.sessions["Sound Check Live"]),
    ]


async def test_a_change_that_changes_nothing_is_told_so(db: Database, world: World) -> None:
    refused = await propose(
        db, world.people["staff"], "update_schedule_item", schedule_id="Opening Keynote", changes={"room": "Hall A"}
    )
    assert isinstance(refused, Refused)
    assert refused.why.id == "change-nothing"


async def test_a_room_that_the_event_does_not_have_is_asked_back_with_those_it_has(db: Database, world: World) -> None:
    refused = await propose(
        db, world.people["staff"], "update_schedule_item", schedule_id="Opening Keynote", changes={"room": "Hal B"}
    )
    assert isinstance(refused, Refused)
    assert (refused.why.id, refused.data) == ("room-unknown", {"rooms": ["Hall A", "Hall B", "Workshop"]})


@pytest.mark.parametrize(
    ("changes", "conflicts"),
    [
        pytest.param({"start_time": "10:30", "room": "HALL B"}, ["room_overlap", "room_overlap"], id="the-twin"),
        pytest.param({"start_time": "10:30", "clear": ["room"]}, [], id="no-room"),
    ],
)
async def test_a_session_without_a_room_is_in_nobodys_way(
    db: Database, world: World, changes: dict[str, Any], conflicts: list[str]
) -> None:
    who = world.people["staff"]
    moved = await propose(db, who, "update_schedule_item", schedule_id="Opening Keynote", changes=changes)
    assert isinstance(moved, Proposal)
    assert [conflict.kind for conflict in moved.conflicts] == conflicts


@pytest.mark.parametrize(
    ("more", "conflicts"),
    [
        pytest.param({}, ["speaker_overlap", "speaker_overlap"], id="the-twin"),
        pytest.param({"clear": ["speaker"]}, [], id="no-speaker"),
    ],
)
async def test_without_its_speaker_nobody_stands_in_two_places(
    db: Database, world: World, more: dict[str, Any], conflicts: list[str]
) -> None:
    moved = await propose(
        db,
        world.people["staff"],
        "update_schedule_item",
        schedule_id="Closing Panel",
        changes={"start_time": "2031-05-01T10:15", "room": "Workshop", **more},
    )
    assert isinstance(moved, Proposal)
    assert [conflict.kind for conflict in moved.conflicts if conflict.kind == "speaker_overlap"] == conflicts


async def test_track_and_description_are_set_and_taken_away(db: Database, world: World) -> None:
    who, session = world.people["staff"], {"schedule_id": "Opening Keynote"}
    wished = {"track": "Main", "description": "What comes", "clear": ["speaker", "capacity", "speaker"]}
    looked = await propose(db, who, "update_schedule_item", **session, changes=wished)
    assert isinstance(looked, Proposal)
    # There is no limit that could be taken away.
    assert looked.args["set"] == {"track": "Main", "description": "What comes", "speaker_name": None}
    assert looked.proposed == {**(looked.before or {}), **looked.args["set"]}
    assert looked.impact.vips == (Vip(name="Ruth Bar", note="Sits in the front row"),)


async def test_what_is_set_and_taken_away_at_once_is_asked_back(db: Database, world: World) -> None:
    wished = {"room": "Hall B", "clear": ["room", "track"]}
    answer = await propose(
        db, world.people["staff"], "update_schedule_item", schedule_id="Opening Keynote", changes=wished
    )
    assert isinstance(answer, Refused)
    assert say("en", answer.why).translate(_ISOLATES) == (
        "Room: to be set and taken away in one change. Say which of the two you mean."
    )


async def test_taking_away_what_is_not_there_changes_nothing(db: Database, world: World) -> None:
    answer = await propose(
        db,
        world.people["staff"],
        "update_schedule_item",
        schedule_id="Opening Keynote",
        changes={"clear": ["track"]},
    )
    assert isinstance(answer, Refused)
    assert answer.why.id == "change-nothing"
