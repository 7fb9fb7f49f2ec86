"""Registrations: a place, a place in the line, a move; each checked in SQL, run once, and taken back exactly."""

import pytest

from core.db import Database, WorldMoved
from core.kernel.phrases import phrase
from core.kernel.proposals import Conflict, Impact, Item, Proposal, Vip
from core.kernel.tools import Refused
from tests.integration.domains.participants.office import (
    add_people,
    all_seats,
    inverse_of,
    limit,
    propose,
    proposed,
    review,
    run,
    seat,
    seats,
    take_back,
)
from tests.owner import owner_run
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

KEYNOTE, LIGHT, SOUND = "Opening Keynote", "Lighting Basics", "Sound Check Live"
RUTH = Vip(name="Ruth Bar", note="Sits in the front row")


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def item(world: World, title: str) -> Item:
    rooms = {KEYNOTE: ("Hall A", "Dana Levi", "10:00"), LIGHT: ("Hall B", "Tom Harris", "10:00")}
    room, speaker, start = rooms.get(title, ("Hall B", "Noa Mizrahi", "11:00"))
    starts = at(start)
    return Item(
        id=world.sessions[title],
        title=title,
        start_time=starts,
        end_time=starts.replace(hour=starts.hour + 1),
        room=room,
        speaker_name=speaker,
    )


async def test_somebody_is_registered_and_taken_off_again(db: Database, world: World, owner_url: str) -> None:
    who, before = world.people["manager"], all_seats(owner_url)
    proposal = await proposed(db, who, "assign_participant", participant="eli katz", session="sound check")
    assert (proposal.conflicts, proposal.impact) == ((), Impact(affected_participants=1))
    assert (proposal.args["set"], proposal.starts_at, proposal.least_risk) == ({"waiting": False}, at("11:00"), "low")
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Eli Katz", False)]
    await take_back(db, who, proposal)
    assert all_seats(owner_url) == before


async def test_an_overlap_is_a_warning_that_names_the_session(db: Database, world: World, owner_url: str) -> None:
    proposal = await proposed(db, world.people["staff"], "assign_participant", participant="Ruth Bar", session=LIGHT)
    assert proposal.conflicts == (
        Conflict(
            kind="participant_overlap",
            severity="warning",
            item=item(world, KEYNOTE),
            details={"people": 1, "names": "Ruth Bar", "more": 0},
        ),
    )
    assert proposal.impact == Impact(affected_participants=1, vips=(RUTH,))


async def test_sessions_that_touch_do_not_overlap(db: Database, world: World) -> None:
    assert (
        await proposed(db, world.people["staff"], "assign_participant", participant="Ruth", session=SOUND)
    ).conflicts == ()


async def test_who_is_already_registered_is_not_registered_again(db: Database, world: World) -> None:
    outcome = await propose(db, world.people["staff"], "assign_participant", participant="Eli Katz", session=KEYNOTE)
    assert outcome == Refused(phrase("participant-already-registered", name="Eli Katz", title=KEYNOTE))


@pytest.mark.parametrize("person", ["Eli Katz", "Ruth Bar"])
async def test_a_full_session_puts_everybody_on_its_list_a_vip_too(
    db: Database, world: World, owner_url: str, person: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two", "Gal Three")
    seat(owner_url, world, SOUND, "Gal One")
    seat(owner_url, world, SOUND, "Gal Two", waiting_since="2021-04-02 10:00Z")
    limit(owner_url, world, SOUND, 1)
    who = world.people["manager"]
    proposal = await proposed(db, who, "assign_participant", participant=person, session=SOUND)
    assert proposal.args["set"] == {"waiting": True}
    assert [(each.kind, each.severity, each.details) for each in proposal.conflicts] == [
        ("waiting_list", "warning", {"name": person, "position": 2})
    ]
    before = all_seats(owner_url)
    await run(db, who, proposal)
    assert (person, True) in seats(owner_url, SOUND)
    again = await propose(db, who, "assign_participant", participant=person, session=SOUND)
    assert again == Refused(phrase("participant-already-waiting", name=person, title=SOUND, position=2))
    await take_back(db, who, proposal)
    assert all_seats(owner_url) == before


@pytest.mark.parametrize("person", ["Eli Katz", "Ruth Bar"])
async def test_a_full_session_without_a_list_takes_nobody_a_vip_neither(
    db: Database, world: World, owner_url: str, person: str
) -> None:
    add_people(owner_url, world, "Gal One")
    seat(owner_url, world, SOUND, "Gal One")
    limit(owner_url, world, SOUND, 1, line=False)
    proposal = await proposed(db, world.people["staff"], "assign_participant", participant=person, session=SOUND)
    assert proposal.conflicts == (
        Conflict(kind="session_full", severity="error", item=item(world, SOUND), details={"capacity": 1}),
    )
    assert (proposal.is_blocked, proposal.args["set"]) == (True, {"waiting": False})


async def test_without_a_limit_of_its_own_a_session_has_the_rooms_places(
    db: Database, world: World, owner_url: str
) -> None:
    add_people(owner_url, world, "Gal One")
    seat(owner_url, world, SOUND, "Gal One")
    owner_run(owner_url, "update public.rooms set capacity = 1 where name = 'Hall B'")
    proposal = await proposed(db, world.people["staff"], "assign_participant", participant="Eli", session=SOUND)
    assert [each.kind for each in proposal.conflicts] == ["waiting_list"]
    owner_run(owner_url, "delete from public.rooms where name = 'Hall B'")
    proposal = await proposed(db, world.people["staff"], "assign_participant", participant="Eli", session=SOUND)
    assert proposal.conflicts == ()


async def test_who_waits_gets_a_free_place_and_who_would_be_overtaken_is_named(
    db: Database, world: World, owner_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two", "Gal Three")
    seat(owner_url, world, SOUND, "Gal One", waiting_since="2021-04-02 10:00Z")
    seat(owner_url, world, SOUND, "Gal Two", waiting_since="2021-04-03 10:00Z")
    who = world.people["manager"]
    for person, ahead in (("Gal One", 0), ("Gal Two", 1), ("Gal Three", 2)):
        proposal = await proposed(db, who, "assign_participant", participant=person, session=SOUND)
        passed = [each.details for each in proposal.conflicts if each.kind == "waiting_passed"]
        assert passed == ([{"ahead": ahead, "first": "Gal One"}] if ahead else [])
    before = all_seats(owner_url)
    proposal = await proposed(db, who, "assign_participant", participant="Gal Two", session=SOUND)
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Gal One", True), ("Gal Two", False)]
    await take_back(db, who, proposal)
    assert all_seats(owner_url) == before


@pytest.mark.parametrize("waiting_since", [None, "2021-04-02 10:00:00.654321Z"])
async def test_taking_somebody_off_is_taken_back_to_the_microsecond(
    db: Database, world: World, owner_url: str, waiting_since: str | None
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, SOUND, "Gal One", waiting_since=waiting_since)
    seat(owner_url, world, SOUND, "Gal Two", waiting_since="2021-04-02 11:00Z")
    who, before = world.people["manager"], all_seats(owner_url)
    proposal = await proposed(db, who, "unassign_participant", participant="Gal One", session=SOUND)
    assert (proposal.effect, proposal.conflicts, proposal.impact) == ("update", (), Impact(affected_participants=1))
    waits = {"name": "Gal Two", "is_vip": False, "note": None}
    assert (proposal.before or {}).get("next") == (waits if waiting_since is None else None)
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Gal Two", True)]
    back = await take_back(db, who, proposal)
    assert all_seats(owner_url) == before
    kind = "waiting_passed" if waiting_since is None else "waiting_list"
    assert [each.kind for each in back.conflicts] == [kind]
    await take_back(db, who, back)
    assert seats(owner_url, SOUND) == [("Gal Two", True)]


async def test_a_place_that_was_given_away_does_not_come_back(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, SOUND, "Gal One")
    limit(owner_url, world, SOUND, 1)
    who = world.people["manager"]
    proposal = await proposed(db, who, "unassign_participant", participant="Gal One", session=SOUND)
    await run(db, who, proposal)
    seat(owner_url, world, SOUND, "Gal Two")
    inverse = inverse_of(proposal)
    looked = await review(db, who, inverse.action_type, inverse.args)
    assert isinstance(looked, Proposal)
    assert [(each.kind, each.severity) for each in looked.conflicts] == [("session_full", "error")]


async def test_who_is_not_registered_cannot_be_taken_off(db: Database, world: World) -> None:
    outcome = await propose(db, world.people["staff"], "unassign_participant", participant="Eli Katz", session=SOUND)
    assert outcome == Refused(phrase("participant-not-registered", name="Eli Katz", title=SOUND))


async def test_everyone_moves_and_moves_back(db: Database, world: World, owner_url: str) -> None:
    [gal] = add_people(owner_url, world, "Gal One")
    seat(owner_url, world, KEYNOTE, "Gal One", waiting_since="2021-04-02 10:00Z")
    who, before = world.people["manager"], all_seats(owner_url)
    proposal = await proposed(db, who, "move_participants", from_session=KEYNOTE, to_session=LIGHT, everyone=True)
    assert (proposal.conflicts, proposal.impact) == ((), Impact(affected_participants=2, vips=(RUTH,)))
    assert str(gal) not in proposal.args["participant_ids"]
    assert (proposal.before or {})["next"] == {"name": "Gal One", "is_vip": False, "note": None}
    await run(db, who, proposal)
    assert seats(owner_url, LIGHT) == [("Eli Katz", False), ("Ruth Bar", False)]
    assert seats(owner_url, KEYNOTE) == [("Gal One", True)]
    add_people(owner_url, world, "Gal Two")
    seat(owner_url, world, LIGHT, "Gal Two")
    await take_back(db, who, proposal)
    assert seats(owner_url, LIGHT) == [("Gal Two", False)]
    assert [row for row in all_seats(owner_url) if row["title"] == KEYNOTE] == before


async def test_named_people_move_and_who_waited_waits_again(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, KEYNOTE, "Gal One", waiting_since="2021-04-02 10:00:00.5Z")
    seat(owner_url, world, KEYNOTE, "Gal Two", waiting_since="2021-04-03 10:00Z")
    who, before = world.people["manager"], all_seats(owner_url)
    limit(owner_url, world, KEYNOTE, 1)
    proposal = await proposed(
        db, who, "move_participants", from_session=KEYNOTE, to_session=SOUND, participants=["gal one", "Eli"]
    )
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Eli Katz", False), ("Gal One", False)]
    limit(owner_url, world, KEYNOTE, 2)
    back = await take_back(db, who, proposal)
    assert [each.kind for each in back.conflicts] == ["waiting_passed"]
    assert all_seats(owner_url) == before


async def test_more_than_fit_do_not_move(db: Database, world: World, owner_url: str) -> None:
    limit(owner_url, world, LIGHT, 1)
    move = {"from_session": KEYNOTE, "to_session": LIGHT}
    who = world.people["manager"]
    proposal = await proposed(db, who, "move_participants", **move, everyone=True)
    assert proposal.conflicts == (
        Conflict(kind="places_exceeded", severity="error", item=item(world, LIGHT), details={"needed": 2, "free": 1}),
    )
    assert (await proposed(db, who, "move_participants", **move, participants=["Ruth"])).conflicts == ()


async def test_a_move_warns_of_overlaps_and_leaves_who_is_there(db: Database, world: World, owner_url: str) -> None:
    names = [f"Gal {number}" for number in range(7)]
    add_people(owner_url, world, *names)
    seat(owner_url, world, SOUND, *names)
    seat(owner_url, world, KEYNOTE, *names)
    seat(owner_url, world, LIGHT, "Gal 6")
    who = world.people["manager"]
    proposal = await proposed(db, who, "move_participants", from_session=SOUND, to_session=LIGHT, everyone=True)
    there = {"people": 1, "names": "Gal 6", "more": 0}
    crowd = {"people": 6, "names": "Gal 0, Gal 1, Gal 2, Gal 3, Gal 4", "more": 1}
    assert [(each.kind, each.severity, each.details) for each in proposal.conflicts] == [
        ("already_in_target", "warning", there),
        ("participant_overlap", "warning", crowd),
    ]
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Gal 6", False)]
    assert seats(owner_url, LIGHT) == [(name, False) for name in names]


@pytest.mark.parametrize(
    ("to", "named", "why"),
    [
        (SOUND, ["Gal One"], phrase("participant-not-registered", name="Gal One", title=KEYNOTE)),
        (LIGHT, ["Ruth Bar"], phrase("participant-already-registered", name="Ruth Bar", title=LIGHT)),
        (KEYNOTE, ["Ruth Bar"], phrase("participants-other-session", title=KEYNOTE, event="Spring Conference")),
    ],
)
async def test_a_move_that_cannot_be_is_asked_about(
    db: Database, world: World, owner_url: str, to: str, named: list[str], why: object
) -> None:
    add_people(owner_url, world, "Gal One")
    seat(owner_url, world, LIGHT, "Ruth Bar")
    outcome = await propose(
        db, world.people["staff"], "move_participants", from_session=KEYNOTE, to_session=to, participants=named
    )
    assert outcome == Refused(why)  # pyright: ignore[reportArgumentType]


async def test_nobody_moves_out_of_an_empty_session(db: Database, world: World) -> None:
    outcome = await propose(
        db, world.people["staff"], "move_participants", from_session=LIGHT, to_session=SOUND, everyone=True
    )
    assert outcome == Refused(phrase("participants-nobody-moves", title=LIGHT))


async def test_a_move_of_everyone_is_void_once_somebody_joins_and_holds_them_after_another_look(
    db: Database, world: World, owner_url: str
) -> None:
    who = world.people["manager"]
    proposal = await proposed(db, who, "move_participants", from_session=KEYNOTE, to_session=SOUND, everyone=True)
    [gal] = add_people(owner_url, world, "Gal One")
    seat(owner_url, world, KEYNOTE, "Gal One")
    with pytest.raises(WorldMoved):
        await run(db, who, proposal)
    looked = await review(db, who, "participants_move", proposal.args)
    assert isinstance(looked, Proposal)
    assert looked.args["participant_ids"] == sorted([*proposal.args["participant_ids"], str(gal)])
    await run(db, who, looked)
    assert len(seats(owner_url, SOUND)) == 3


async def test_of_named_people_only_those_who_are_still_there_are_moved(
    db: Database, world: World, owner_url: str
) -> None:
    who = world.people["manager"]
    proposal = await proposed(
        db, who, "move_participants", from_session=KEYNOTE, to_session=SOUND, participants=["Ruth Bar", "Eli Katz"]
    )
    owner_run(owner_url, "delete from public.participants where full_name = 'Eli Katz'")
    looked = await review(db, who, "participants_move", proposal.args)
    assert isinstance(looked, Proposal)
    await run(db, who, looked)
    assert (seats(owner_url, SOUND), looked.impact.affected_participants) == ([("Ruth Bar", False)], 1)


async def test_nobody_is_sent_to_a_cancelled_session(db: Database, world: World, owner_url: str) -> None:
    owner_run(owner_url, f"update public.schedules set status = 'cancelled' where id = '{world.sessions[SOUND]}'")
    who = world.people["staff"]
    assign = await proposed(db, who, "assign_participant", participant="Eli", session=SOUND)
    move = await proposed(db, who, "move_participants", from_session=KEYNOTE, to_session=SOUND, everyone=True)
    wanted = Conflict(kind="session_cancelled", severity="error", item=item(world, SOUND))
    assert (assign.conflicts, move.conflicts) == ((wanted,), (wanted,))


async def test_others_registering_where_there_is_room_do_not_make_a_card_stale(
    db: Database, world: World, owner_url: str
) -> None:
    who = world.people["manager"]
    proposal = await proposed(db, who, "assign_participant", participant="Eli", session=SOUND)
    add_people(owner_url, world, "Gal One")
    seat(owner_url, world, SOUND, "Gal One")
    await run(db, who, proposal)
    assert seats(owner_url, SOUND) == [("Eli Katz", False), ("Gal One", False)]
