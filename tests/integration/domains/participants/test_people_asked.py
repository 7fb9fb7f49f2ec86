"""Whom people mean, and what they ask: somebody's day, the VIPs and where they are next."""

from typing import Any

import pytest

from core.db import Database
from core.kernel.phrases import phrase
from core.kernel.tools import Done, Refused
from tests.integration.domains.participants.office import add_people, ask, limit, propose, proposed, seat
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

KEYNOTE, SOUND = "Opening Keynote", "Sound Check Live"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def name_of(db: Database, world: World, said: str) -> Any:
    answer = await ask(db, world.people["staff"], "get_participant_agenda", participant=said)
    return answer.data["participant"]["name"] if isinstance(answer, Done) else answer


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ELI  katz", "Eli Katz"),
        ("Rut Bar", "Ruth Bar"),
        ("ruth", "Ruth Bar"),
        ("דנה לוי", "דנה לוי"),
        ("דנה לויי", "דנה לוי"),
        ("Dan Cohen", "Dan Cohen"),
    ],
)
async def test_people_are_meant_by_what_is_said(
    db: Database, world: World, owner_url: str, said: str, meant: str
) -> None:
    add_people(owner_url, world, "דנה לוי", "Dan Cohen", "Dana Cohen")
    assert await name_of(db, world, said) == meant


async def test_several_that_match_are_handed_back(db: Database, world: World, owner_url: str) -> None:
    one, two = add_people(owner_url, world, "Gal Adar", "Gal Adam")
    owner_run(owner_url, "update public.participants set email = 'adam@example.org' where full_name = 'Gal Adam'")
    candidates = [
        {"id": str(two), "name": "Gal Adam", "email": "adam@example.org"},
        {"id": str(one), "name": "Gal Adar", "email": None},
    ]
    which = phrase("participant-which", names=("Gal Adam (adam@example.org)", "Gal Adar"))
    assert await name_of(db, world, "gal") == Refused(which, {"candidates": candidates})
    assert await name_of(db, world, str(two)) == "Gal Adam"


@pytest.mark.parametrize("said", ["Zebulon", "%", "_", "'; drop table public.participants; --", "\u200b"])
async def test_nobody_is_guessed(db: Database, world: World, said: str) -> None:
    assert await name_of(db, world, said) == Refused(
        phrase("participant-unknown", name=said, event="Spring Conference")
    )


async def test_of_namesakes_who_is_in_the_session_is_meant(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, "Eli Katz")
    who = world.people["staff"]
    off = await proposed(db, who, "unassign_participant", participant="eli katz", session=KEYNOTE)
    assert off.impact.affected_participants == 1
    outcome = await propose(db, who, "assign_participant", participant="eli katz", session=SOUND)
    assert isinstance(outcome, Refused)
    assert outcome.why == phrase("participant-which", names=("Eli Katz", "Eli Katz"))


async def test_a_name_that_is_only_like_it_in_the_session_does_not_stand_in_for_the_very_name(
    db: Database, world: World, owner_url: str
) -> None:
    add_people(owner_url, world, "Eli Kats")
    outcome = await propose(db, world.people["staff"], "unassign_participant", participant="Eli Kats", session=KEYNOTE)
    assert outcome == Refused(phrase("participant-not-registered", name="Eli Kats", title=KEYNOTE))


async def test_somebodys_day_in_order_with_rooms_and_lines(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, "Gal One")
    seat(owner_url, world, SOUND, "Gal One", waiting_since="2021-04-02 10:00Z")
    seat(owner_url, world, SOUND, "Ruth Bar", waiting_since="2021-04-03 10:00Z")
    owner_run(
        owner_url, "update public.participants set checked_in_at = '2031-05-01 05:55Z' where full_name = 'Ruth Bar'"
    )
    answer = await ask(db, world.people["staff"], "get_participant_agenda", participant="Ruth Bar")
    assert isinstance(answer, Done)
    told = {key: answer.data["participant"][key] for key in ("name", "is_vip", "vip_note", "checked_in_at")}
    assert told == {
        "name": "Ruth Bar",
        "is_vip": True,
        "vip_note": "Sits in the front row",
        "checked_in_at": "2031-05-01T08:55",
    }
    columns = ("title", "start", "room", "waiting_list_position")
    assert [tuple(row[column] for column in columns) for row in answer.data["sessions"]] == [
        (KEYNOTE, "2031-05-01T10:00", "Hall A", None),
        (SOUND, "2031-05-01T11:00", "Hall B", 2),
    ]


async def test_vips_are_listed_with_what_they_come_to_next(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, "Adi Vip")
    owner_run(owner_url, "update public.participants set is_vip = true where full_name = 'Adi Vip'")
    seat(owner_url, world, "Lighting Basics", "Ruth Bar")
    seat(owner_url, world, "Closing Panel", "Ruth Bar")
    seat(owner_url, world, SOUND, "Ruth Bar", waiting_since="2021-04-03 10:00Z")
    # Nine o'clock is the tests' time: the one session is over, the other runs.
    for title, hours in ((KEYNOTE, 2), ("Lighting Basics", 1.5)):
        owner_run(
            owner_url,
            f"update public.schedules set start_time = start_time - interval '{hours} hours', "
            f"end_time = end_time - interval '{hours} hours', room = null where title = '{title}'",
        )
    answer = await ask(db, world.people["staff"], "list_vips")
    assert isinstance(answer, Done)
    short = [
        (vip["name"], vip["note"], [(row["title"], row["is_running"]) for row in vip["next_sessions"]])
        for vip in answer.data["vips"]
    ]
    assert short == [
        ("Adi Vip", None, []),
        ("Ruth Bar", "Sits in the front row", [("Lighting Basics", True), ("Closing Panel", False)]),
    ]
    assert answer.data["more"] is False


async def test_a_list_of_vips_that_is_cut_says_so(db: Database, world: World, owner_url: str) -> None:
    add_people(owner_url, world, *(f"Gal {number}" for number in range(60)))
    owner_run(owner_url, "update public.participants set is_vip = true")
    limit(owner_url, world, SOUND, 1)
    answer = await ask(db, world.people["viewer"], "list_vips")
    assert isinstance(answer, Done)
    assert (len(answer.data["vips"]), answer.data["more"]) == (60, True)
