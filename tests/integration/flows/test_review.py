"""What a renewed card may offer: only what can still be done."""

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, change, press, slack_message, states, statuses, suggested
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

TO_WORKSHOP = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Workshop"}})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_a_room_that_is_gone_ends_the_suggestion(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(TO_WORKSHOP), says("It waits."))
    await suggested(rt, slack_message("to the workshop"), database_url)
    [card] = slack.cards.values()
    await change(db, world, "update public.rooms set name = 'Attic' where name = 'Workshop'")
    told = await on_decision(rt, press(card.suggestion_id))
    await drain(rt, database_url)
    assert told == say("he", phrase("room-unknown", room="Workshop", rooms=("Attic", "Hall A", "Hall B")))
    assert (states(slack), statuses(owner_url)) == (["failed"], ["failed"])


async def test_a_change_that_somebody_has_made_meanwhile_is_not_offered_again(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("one"))
    await suggested(rt, slack_message("move it"), database_url)
    [card] = slack.cards.values()
    moved = "update public.schedules set start_time = %s, end_time = %s where title = 'Opening Keynote'"
    await change(db, world, moved, at("14:00"), at("15:00"))
    told = await on_decision(rt, press(card.suggestion_id))
    await drain(rt, database_url)
    assert told == say("he", phrase("change-nothing", title="Opening Keynote"))
    assert (states(slack), statuses(owner_url)) == (["failed"], ["failed"])
