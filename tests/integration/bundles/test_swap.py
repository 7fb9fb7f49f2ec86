"""Two sessions change places in one transaction, and only because each is judged beside the other."""

from uuid import uuid4

import pytest

from core.actions.bundles.models import lines_of
from core.audit.history import queries as chains
from core.db import Database, WorldMoved
from core.domains.schedule import queries as schedule
from core.flows.bundles.making import LINE_TOOLS
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase, verbatim
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.bundles.office import PLACES, kinds, look, moved, places
from tests.integration.flows.office import press, slack_message, statuses, suggested
from tests.owner import owner_rows, owner_run
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db

SWAP = ("swap_sessions", {"session_a": "Opening Keynote", "session_b": "Sound Check Live"})
SWAPPED = {
    "Opening Keynote": ("Hall B", at("11:00"), at("12:00")),
    "Sound Check Live": ("Hall A", at("10:00"), at("11:00")),
}


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_a_swap_really_swaps_and_is_taken_back_exactly(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(SWAP), says("It waits."))
    before = owner_rows(owner_url, PLACES)
    await suggested(rt, slack_message("swap them"), database_url)
    [card] = slack.cards.values()
    title = phrase("card-bundle-swap", one=verbatim("Sound Check Live"), other=verbatim("Opening Keynote"))
    assert (card.title, card.gesture, card.warnings) == (title, "acknowledge", ())
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    assert places(owner_url, *SWAPPED) == SWAPPED
    [done] = slack.cards.values()
    assert [line.id for line in done.lines] == ["bundle-line-done"] * 2
    assert await on_decision(rt, press(card.suggestion_id, "undo")) is None
    await drain(rt, database_url)
    back = list(slack.cards.values())[-1]
    assert await on_decision(rt, press(back.suggestion_id, message="2")) is None
    assert (owner_rows(owner_url, PLACES), statuses(owner_url)) == (before, ["executed", "executed"])
    async with db.as_operator() as tx:
        assert [chain.fault for chain in await chains.verify(tx, None)] == [None]


async def test_every_line_of_the_card_is_one_sentence(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(SWAP), says("It waits."))
    await suggested(rt, slack_message("swap them"), database_url)
    [card] = slack.cards.values()
    plain = [say("en", line).translate(dict.fromkeys(map(ord, "\u2068\u2069"))) for line in card.lines]
    assert plain == [
        "10:00 to 11:00 Sound Check Live · instead of 11:00 to 12:00 · Hall A instead of Hall B",
        "11:00 to 12:00 Opening Keynote · instead of 10:00 to 11:00 · Hall B instead of Hall A",
    ]


async def test_a_session_that_is_longer_than_the_gap_says_what_it_collides_with(
    db: Database, world: World, owner_url: str
) -> None:
    owner_run(
        owner_url,
        f"update public.schedules set end_time = '{at('11:45').isoformat()}' where title = 'Opening Keynote'",
    )
    # Hall B is free for an hour after the lighting, and then there is this.
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(
            "insert into public.schedules (organization_id, event_id, title, room, start_time, end_time) "
            "values (%s, %s, 'Lunch talk', 'Hall B', %s, %s)",
            (world.organization_id, world.event_id, at("12:00"), at("13:00")),
        )
    swap = [
        moved(world, "Opening Keynote", start_time=at("11:00"), end_time=at("12:45"), room="Hall B"),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00"), room="Hall A"),
    ]
    looked = await look(db, world.people["staff"], *swap)
    collides = [(2, "room_overlap", "Lunch talk"), (2, "speaker_overlap", "ניהול קהל")]
    assert (kinds(looked), looked.is_blocked) == (collides, True)


async def test_without_the_look_beside_each_stands_in_the_others_way(db: Database, world: World) -> None:
    """The twin: the same two lines, each judged as if it were alone."""
    wanted = [
        moved(world, "Opening Keynote", start_time=at("11:00"), end_time=at("12:00"), room="Hall B"),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00"), room="Hall A"),
    ]
    who = world.people["staff"]
    async with db.acting_as(who) as tx:
        ctx = context(tx, who)
        alone = [(await schedule.PROOF.facts(ctx.tx, each.args))[0]["room_overlaps"] for each in wanted]
    assert [[row["title"] for row in rows] for rows in alone] == [["Sound Check Live"], ["Opening Keynote"]]
    assert kinds(await look(db, who, *wanted)) == []


async def test_without_deferral_the_first_of_the_two_stands_where_the_other_still_is(
    db: Database, world: World, owner_url: str
) -> None:
    """The twin of the first: the same writes in the same transaction, checked after each statement."""
    who, before = world.people["manager"], places(owner_url)
    swap = await look(
        db,
        who,
        moved(world, "Opening Keynote", start_time=at("11:00"), end_time=at("12:00"), room="Hall B"),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00"), room="Hall A"),
    )
    with pytest.raises(WorldMoved):
        async with db.acting_as(who) as tx:
            for line in lines_of(swap.args):
                await LINE_TOOLS[line.action_type].execute.write(tx, line.action(uuid4()))
    assert places(owner_url) == before
