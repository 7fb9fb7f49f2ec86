"""What a chat platform lacks is made up for: the core asks what it can, never which it is."""

from dataclasses import replace

import pytest

from core.db import Database
from core.kernel.cards import Abilities
from core.kernel.phrases import phrase
from core.texts import say
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.decisions.desk import TO_NOON, Desk
from tests.world import World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def desk_of(db: Database, database_url: str, can: Abilities) -> tuple[Desk, FakePlatform]:
    rt, _slack, telegram, _model = runtime(db, calls(TO_NOON), says("It waits."))
    telegram.can = can
    return Desk(rt, telegram, database_url), telegram


@pytest.mark.parametrize(
    ("can", "states", "pictures"),
    [
        (Abilities(), ["rejected"], 1),
        (Abilities(pictures=False), ["rejected"], 0),
        # What cannot be edited stands below, as it is now.
        (Abilities(editing=False), ["suggested", "rejected"], 1),
    ],
)
async def test_a_card_is_true_and_readable_whatever_its_chat_lacks(
    db: Database, world: World, database_url: str, can: Abilities, states: list[str], pictures: int
) -> None:
    desk, telegram = desk_of(db, database_url, can)
    await desk.hears("move it to noon")
    await desk.press("reject")
    shown = [card.state for card in telegram.cards.values()]
    assert (shown, len(telegram.pictures)) == (states, pictures)


@pytest.mark.parametrize("private", [True, False])
async def test_a_stranger_in_a_group_is_invited_alone_or_where_they_asked(
    db: Database, world: World, database_url: str, *, private: bool
) -> None:
    desk, telegram = desk_of(db, database_url, Abilities(private_answers=private))
    group = replace(desk.message("hello", user="4711"), direct=False)
    await desk.receives(replace(group, address=replace(group.address, channel="-100")))
    told = say("en", phrase("link-invitation"))
    assert (telegram.whispers, telegram.said) == (([("4711", told)], []) if private else ([], [("-100", told)]))
