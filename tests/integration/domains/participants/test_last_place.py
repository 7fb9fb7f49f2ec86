"""Through the flows: one place, two approvals at once; cards that tell the line; decisions that the world overtook."""

import asyncio
from typing import Any

import pytest

from core.db import Database, DatabaseDown, WorldMoved
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.kernel.cards import Card
from core.kernel.phrases import phrase
from core.kernel.tools import Action
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.domains.participants.office import (
    action_of,
    add_people,
    limit,
    proposed,
    seat,
    seats,
    write_of,
)
from tests.integration.flows.office import log_rows, press, slack_message, statuses, suggested
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

SOUND = "Sound Check Live"
MOVED = say("he", phrase("decision-moved"))


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def assign(person: str, session: str = SOUND) -> tuple[str, dict[str, Any]]:
    return ("assign_participant", {"participant": person, "session": session})


async def cards_for(
    rt: Runtime, slack: FakePlatform, database_url: str, *, event: str = "E1"
) -> list[tuple[str, Card]]:
    before = len(slack.cards)
    await suggested(rt, slack_message("please", event=event), database_url)
    return [(ref.message, card) for ref, card in list(slack.cards.items())[before:]]


def plain(text: str) -> str:
    return text.translate({0x2068: None, 0x2069: None})


async def test_of_two_approvals_for_the_last_place_one_runs_and_the_other_waits_in_the_line(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    limit(owner_url, world, SOUND, 1)
    one, two = calls(assign("Gal One")), calls(assign("Gal Two"))
    rt, slack, _telegram, _model = runtime(db, one, says("She waits."), two, says("So does he."))
    # Two turns: the writes of one turn are one suggestion.
    cards = [card for turn in ("E1", "E2") for card in await cards_for(rt, slack, database_url, event=turn)]
    told = await asyncio.gather(
        *(on_decision(rt, press(card.suggestion_id, message=message)) for message, card in cards)
    )
    await drain(rt, database_url)
    assert set(told) == {None, MOVED}
    assert [waits for _, waits in seats(owner_url, SOUND)] == [False]
    rows = log_rows(owner_url)
    assert sorted(row["execution_status"] for row in rows) == ["executed", "suggested", "superseded"]
    [renewed] = [row for row in rows if row["execution_status"] == "suggested"]
    assert renewed["action_data"]["args"]["set"] == {"waiting": True}
    [(message, card)] = [
        (ref.message, card) for ref, card in slack.cards.items() if card.suggestion_id == renewed["id"]
    ]
    assert await on_decision(rt, press(card.suggestion_id, message=message)) is None
    assert sorted(waits for _, waits in seats(owner_url, SOUND)) == [False, True]


PROOF = (
    "create or replace function app.assert_participant_unchanged(change jsonb, shown_digest text) returns void "
    "language plpgsql volatile set search_path = pg_catalog, pg_temp as $$ begin {body} end $$"
)


async def _both(db: Database, world: World) -> list[Action]:
    who = world.people["manager"]
    names = ("Gal One", "Gal Two")
    return [action_of(await proposed(db, who, "assign_participant", participant=name, session=SOUND)) for name in names]


async def test_the_second_waits_for_the_first_and_then_finds_the_place_taken(
    db: Database, world: World, owner_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    limit(owner_url, world, SOUND, 1)
    who, tool, (one, two) = world.people["manager"], write_of("assign_participant"), await _both(db, world)
    async with db.acting_as(who) as first:
        await tool.execute(first, one)
        await (await first.execute("select 1")).fetchone()
        with pytest.raises(DatabaseDown, match="lock timeout"):
            async with db.acting_as(who) as second:
                await second.execute("set local lock_timeout = '50ms'")
                await tool.execute(second, two)
    with pytest.raises(WorldMoved):
        async with db.acting_as(who) as second:
            await tool.execute(second, two)
    assert seats(owner_url, SOUND) == [("Gal One", False)]


async def test_without_the_lock_both_would_sit_on_the_last_place(db: Database, world: World, owner_url: str) -> None:
    """The twin: each looks before the other's write is there, and finds a free place."""
    add_people(owner_url, world, "Gal One", "Gal Two")
    limit(owner_url, world, SOUND, 1)
    look = "perform app.assert_unchanged(app.participant_facts(change), shown_digest);"
    owner_run(owner_url, PROOF.format(body=look))
    who, tool, (one, two) = world.people["manager"], write_of("assign_participant"), await _both(db, world)
    async with db.acting_as(who) as first:
        await tool.execute(first, one)
        await (await first.execute("select 1")).fetchone()
        async with db.acting_as(who) as second:
            await tool.execute(second, two)
    assert seats(owner_url, SOUND) == [("Gal One", False), ("Gal Two", False)]


async def test_without_the_proof_the_second_would_not_look(db: Database, world: World, owner_url: str) -> None:
    """The other twin: waiting for the lock alone asks nothing."""
    add_people(owner_url, world, "Gal One", "Gal Two")
    limit(owner_url, world, SOUND, 1)
    lock = "perform from public.schedules where id = (change ->> 'schedule_id')::uuid for update;"
    owner_run(owner_url, PROOF.format(body=lock))
    who, tool = world.people["manager"], write_of("assign_participant")
    for action in await _both(db, world):
        async with db.acting_as(who) as tx:
            await tool.execute(tx, action)
    assert seats(owner_url, SOUND) == [("Gal One", False), ("Gal Two", False)]


async def test_two_moves_against_each_other_do_not_wait_for_ever(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, SOUND, "Gal One", "Gal Two")
    there = ("move_participants", {"from_session": SOUND, "to_session": "Opening Keynote", "participants": ["Gal One"]})
    back = ("move_participants", {"from_session": "Opening Keynote", "to_session": SOUND, "participants": ["Eli Katz"]})
    rt, slack, _telegram, model = runtime(db)
    for number in range(5):
        model.script += [calls(there, back), says("They wait.")]
        cards = await cards_for(rt, slack, database_url, event=f"E{number}")
        told = await asyncio.gather(
            *(on_decision(rt, press(card.suggestion_id, message=message)) for message, card in cards)
        )
        assert set(told) <= {None, MOVED}
        assert None in told
        await drain(rt, database_url)
        owner_run(owner_url, "delete from public.participant_schedules", "delete from public.card_copies")
        seat(owner_url, world, SOUND, "Gal One", "Gal Two")
        seat(owner_url, world, "Opening Keynote", "Eli Katz", "Ruth Bar")
    assert "failed" not in statuses(owner_url)


async def test_a_card_says_the_place_in_the_line_in_both_languages(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, SOUND, "Gal One")
    seat(owner_url, world, SOUND, "Gal Two", waiting_since="2021-04-02 10:00Z")
    limit(owner_url, world, SOUND, 1)
    rt, slack, _telegram, _model = runtime(db, calls(assign("Ruth Bar")), says("It waits."))
    [(_, card)] = await cards_for(rt, slack, database_url)
    [change] = card.changes
    assert plain(say("en", card.title)) == "Register Ruth Bar for Sound Check Live"
    assert [plain(say("en", each)) for each in (change.label, change.now, change.proposed)] == [
        "Registration",
        "not registered",
        "on the waiting list, number 2",
    ]
    [caution] = card.warnings
    assert caution.severity == "warning"
    assert plain(say("en", caution.text)) == (
        "Ruth Bar gets no place yet: number 2 on the waiting list of Sound Check Live."
    )
    assert plain(say("he", caution.text)) == ("עדיין אין מקום עבור Ruth Bar: מספר 2 ברשימת ההמתנה של Sound Check Live.")
    assert [plain(say("en", line)) for line in card.impact] == [
        "One registered person is affected.",
        "VIP: Ruth Bar (Sits in the front row)",
    ]


async def test_a_card_says_who_is_next_and_nobody_is_moved_up(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    add_people(owner_url, world, "Gal One", "Gal Two")
    seat(owner_url, world, SOUND, "Gal One")
    seat(owner_url, world, SOUND, "Gal Two", waiting_since="2021-04-02 10:00Z")
    seat(owner_url, world, SOUND, "Ruth Bar", waiting_since="2021-04-03 10:00Z")
    off = ("unassign_participant", {"participant": "Gal One", "session": SOUND})
    rt, slack, _telegram, _model = runtime(db, calls(off), says("It waits."))
    [(message, card)] = await cards_for(rt, slack, database_url)
    assert [(plain(say("en", fact.label)), plain(say("en", fact.value))) for fact in card.facts] == [
        ("When", "Thu 1 May · 11:00 to 12:00"),
        ("Room", "Hall B"),
        ("First on the waiting list", "Gal Two"),
    ]
    assert await on_decision(rt, press(card.suggestion_id, message=message)) is None
    assert seats(owner_url, SOUND) == [("Gal Two", True), ("Ruth Bar", True)]
    assert statuses(owner_url) == ["executed"]


@pytest.mark.parametrize(
    "what",
    [
        "update public.schedules set title = 'Sound' where title = 'Sound Check Live'",
        "update public.schedules set keeps_waiting_list = false where title = 'Sound Check Live'",
        "update public.rooms set capacity = 7 where name = 'Hall B'",
        "update public.participants set is_vip = true where full_name = 'Eli Katz'",
        "update public.participants set full_name = 'Eli Cohen' where full_name = 'Eli Katz'",
        "update public.schedules set start_time = '2031-05-01 08:30Z', end_time = '2031-05-01 08:45Z' "
        "where title = 'Opening Keynote'",
        "update public.events set time_zone = 'UTC'",
    ],
)
async def test_when_a_fact_changed_nothing_runs(
    db: Database, world: World, owner_url: str, database_url: str, what: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(assign("Eli Katz")), says("It waits."))
    [(message, card)] = await cards_for(rt, slack, database_url)
    owner_run(owner_url, what)
    assert await on_decision(rt, press(card.suggestion_id, message=message)) == MOVED
    assert (seats(owner_url, SOUND), statuses(owner_url)) == ([], ["superseded", "suggested"])


async def test_when_the_person_is_gone_the_suggestion_ends(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(assign("Eli Katz")), says("It waits."))
    [(message, card)] = await cards_for(rt, slack, database_url)
    owner_run(owner_url, "delete from public.participants where full_name = 'Eli Katz'")
    assert await on_decision(rt, press(card.suggestion_id, message=message)) == say("he", phrase("participant-gone"))
    assert statuses(owner_url) == ["failed"]


async def test_who_waits_is_not_counted_as_registered_when_a_session_moves(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    seat(owner_url, world, SOUND, "Ruth Bar", waiting_since="2021-04-03 10:00Z")
    seat(owner_url, world, SOUND, "Eli Katz")
    move = ("update_schedule_item", {"schedule_id": SOUND, "changes": {"start_time": "14:00"}})
    rt, slack, _telegram, _model = runtime(db, calls(move), says("It waits."))
    [(_, card)] = await cards_for(rt, slack, database_url)
    assert [plain(say("en", line)) for line in card.impact] == ["One registered person is affected."]
