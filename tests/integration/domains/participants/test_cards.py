"""How every change of people reads on its card, in both languages, from the bytes that will run."""

from typing import Any

import pytest

from core.actions.card import conflict_phrase
from core.db import Database
from core.kernel.phrases import Phrase
from core.kernel.principal import Locale
from core.kernel.proposals import Proposal
from core.kernel.tools import Description
from core.texts import LOCALES, say
from tests.integration.domains.participants.office import action_of, add_people, limit, proposed, seat, write_of
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

KEYNOTE, LIGHT, SOUND = "Opening Keynote", "Lighting Basics", "Sound Check Live"
TO_SOUND = {"from_session": KEYNOTE, "to_session": SOUND}


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    add_people(owner_url, made, "Gal One", "Gal Two")
    seat(owner_url, made, SOUND, "Gal One")
    seat(owner_url, made, SOUND, "Gal Two", waiting_since="2021-04-02 10:00Z")
    return made


def plain(said: Phrase, locale: Locale = "en") -> str:
    return say(locale, said).translate({0x2068: None, 0x2069: None})


def described(proposal: Proposal) -> Description:
    return write_of(proposal.action_type).describe(action_of(proposal))


def read(proposal: Proposal) -> tuple[str, dict[str, str], dict[str, tuple[str, str]]]:
    said = described(proposal)
    return (
        plain(said.title),
        {plain(fact.label): plain(fact.value) for fact in said.facts},
        {plain(change.label): (plain(change.now), plain(change.proposed)) for change in said.changes},
    )


@pytest.mark.parametrize(
    ("tool", "args", "title", "facts", "changes"),
    [
        (
            "assign_participant",
            {"participant": "Gal Two", "session": SOUND},
            f"Register Gal Two for {SOUND}",
            {"When": "Thu 1 May · 11:00 to 12:00", "Room": "Hall B"},
            {"Registration": ("on the waiting list since Fri 2 Apr at 13:00", "has a place")},
        ),
        (
            "unassign_participant",
            {"participant": "Gal One", "session": SOUND},
            f"Take Gal One off {SOUND}",
            {
                "When": "Thu 1 May · 11:00 to 12:00",
                "Room": "Hall B",
                "First on the waiting list": "Gal Two",
            },
            {"Registration": ("has a place", "not registered")},
        ),
        (
            "move_participants",
            {**TO_SOUND, "everyone": True},
            f"Move 2 people from {KEYNOTE} to {SOUND}",
            {"Who": "Eli Katz and Ruth Bar"},
            {
                "Session": (KEYNOTE, SOUND),
                "When": ("Thu 1 May · 10:00 to 11:00", "Thu 1 May · 11:00 to 12:00"),
                "Room": ("Hall A", "Hall B"),
            },
        ),
        (
            "add_participant",
            {"name": "Noa", "email": "noa@example.org"},
            "New participant: Noa",
            {"E-mail": "noa@example.org"},
            {},
        ),
        (
            "remove_participant",
            {"participant": "Ruth Bar"},
            "Remove participant: Ruth Bar",
            {"VIP": "Sits in the front row", "Registrations lost with it": "one session"},
            {},
        ),
        (
            "update_participant",
            {"participant": "Ruth Bar", "changes": {"phone": "03 123"}},
            "Change of participant: Ruth Bar",
            {"VIP": "Sits in the front row"},
            {"Phone": ("none", "03 123")},
        ),
        (
            "set_vip",
            {"participant": "Eli Katz", "is_vip": True, "note": "Nuts"},
            "VIP: Eli Katz",
            {},
            {"VIP": ("no", "yes"), "Note for the VIP": ("none", "Nuts")},
        ),
        (
            "check_in_participant",
            {"participant": "Ruth Bar"},
            "Arrival: Ruth Bar",
            {"VIP": "Sits in the front row"},
            {"Arrived": ("none", "Thu 1 May at 09:00")},
        ),
    ],
)
async def test_a_card_says_what_will_run(
    db: Database, world: World, tool: str, args: dict[str, Any], title: str, facts: Any, changes: Any
) -> None:
    proposal = await proposed(db, world.people["staff"], tool, **args)
    assert read(proposal) == (title, facts, changes)
    said = described(proposal)
    parts = [said.title, *(each.value for each in said.facts), *(each.proposed for each in said.changes)]
    assert all(plain(part, "he") for part in parts)


async def test_many_names_are_counted_not_left_out(db: Database, world: World, owner_url: str) -> None:
    names = [f"Adi {number:02}" for number in range(40)]
    add_people(owner_url, world, *names)
    seat(owner_url, world, KEYNOTE, *names)
    proposal = await proposed(db, world.people["staff"], "move_participants", **TO_SOUND, everyone=True)
    title, facts, _ = read(proposal)
    assert title == f"Move 42 people from {KEYNOTE} to {SOUND}"
    assert facts["Who"] == f"{', '.join(names[:29])}, and Adi 29 and 12 more"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("number", [0, 1, 2, 7])
async def test_conflicts_are_said_in_every_number(
    db: Database, world: World, owner_url: str, locale: Locale, number: int
) -> None:
    names = [f"Adi {each}" for each in range(number)]
    add_people(owner_url, world, *names)
    seat(owner_url, world, LIGHT, *names)
    seat(owner_url, world, KEYNOTE, *names)
    seat(owner_url, world, SOUND, *names[1:], waiting_since="2021-04-03 10:00Z")
    limit(owner_url, world, SOUND, 1 + number)
    owner_run(
        owner_url, "update public.schedules set start_time = '2031-05-01 07:30Z', room = null where title like 'Sound%'"
    )
    who = world.people["staff"]
    for to in (SOUND, LIGHT):
        move = await proposed(db, who, "move_participants", from_session=KEYNOTE, to_session=to, everyone=True)
        said = [plain(conflict_phrase(conflict, move.zone), locale) for conflict in move.conflicts]
        assert len(set(said)) == len(said)
        assert all("{" not in sentence for sentence in said)
        assert bool(number) <= bool(said)


async def test_overlaps_name_five_and_count_the_rest(db: Database, world: World, owner_url: str) -> None:
    names = [f"Adi {each}" for each in range(7)]
    add_people(owner_url, world, *names)
    seat(owner_url, world, SOUND, *names)
    seat(owner_url, world, KEYNOTE, *names)
    proposal = await proposed(
        db, world.people["staff"], "move_participants", from_session=SOUND, to_session=LIGHT, participants=names
    )
    assert [plain(conflict_phrase(each, proposal.zone)) for each in proposal.conflicts] == [
        "Adi 0, Adi 1, Adi 2, Adi 3, Adi 4 and 2 more are also registered for Opening Keynote, "
        "which starts Thu 1 May at 10:00."
    ]
    assert [plain(conflict_phrase(each, proposal.zone), "he") for each in proposal.conflicts] == [
        "ל־Adi 0, Adi 1, Adi 2, Adi 3, Adi 4 ולעוד שני אנשים יש רישום גם למושב Opening Keynote, "
        "שמתחיל יום ה׳, 1 במאי בשעה 10:00."
    ]
