"""1,000 changes of the world between the showing of a card and the press: nothing runs, and a fresh card is shown.

A fifth of it by default; EVENTFLOW_PROOF=1 for the whole.
"""

import asyncio
from random import Random
from typing import Any, LiteralString
from uuid import UUID

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, runtime
from tests.owner import owner_rows
from tests.proof.office import PART, add_talks, agenda, ends, gestures, suggest
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db

MOVES, SHARDS, AT_ONCE = 1_000 // PART, max(10 // PART, 1), 4
CHANGES: tuple[tuple[str, LiteralString], ...] = (
    ("its title", "update public.schedules set title = title || ' (new)' where id = %(id)s"),
    ("its room", "update public.schedules set room = 'Tent of ' || title where id = %(id)s"),
    ("its speaker", "update public.schedules set speaker_name = 'Somebody Else' where id = %(id)s"),
    ("its places", "update public.schedules set max_capacity = 7 where id = %(id)s"),
    ("its time", "update public.schedules set end_time = end_time + interval '5 minutes' where id = %(id)s"),
    (
        "who comes",
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select organization_id, %(id)s, id from public.participants where full_name = 'Eli Katz' "
        "and organization_id = (select app.organization_id())",
    ),
    (
        "a VIP who comes",
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select organization_id, %(id)s, id from public.participants where full_name = 'Ruth Bar' "
        "and organization_id = (select app.organization_id())",
    ),
    (
        "where its speaker is at that time",
        "insert into public.schedules (organization_id, event_id, title, speaker_name, start_time, end_time) "
        "select organization_id, event_id, 'Elsewhere', speaker_name, '2031-05-02 05:00Z', '2031-05-02 20:00Z' "
        "from public.schedules where id = %(id)s",
    ),
)
"""What is judged by when the session moves to another time, and how somebody else changes it."""


def press(suggestion: UUID, evidence: dict[str, str]) -> Decision:
    return Decision(
        event_id=str(suggestion),
        sender=ChatUser("slack", TEAM, "UMANAGER"),
        suggestion_id=suggestion,
        verdict="approve",
        pressed=MessageRef("slack", TEAM, "C1", str(suggestion)),
        evidence=evidence,
    )


async def shown(db: Database, world: World, count: int, random: Random) -> tuple[Any, FakePlatform, dict[UUID, str]]:
    """Suggest to move every talk; return who can decide and the suggestion about each."""
    rt, slack, _, _ = runtime(db)
    await add_talks(db, world, count)
    made = {
        await suggest(
            rt,
            world,
            "update_schedule_item",
            schedule_id=f"Talk {number}",
            changes={"start_time": f"2031-05-02T{8 + number % 10:02d}:{random.randrange(60):02d}"},
        ): f"Talk {number}"
        for number in range(1, count + 1)
    }
    return rt, slack, made


@pytest.mark.parametrize("shard", range(SHARDS))
async def test_nothing_runs_and_a_fresh_card_is_shown_each_time(
    db: Database, database_url: str, owner_url: str, shard: int
) -> None:
    random, count = Random(shard), MOVES // SHARDS
    world = await make_world(db)
    rt, slack, made = await shown(db, world, count, random)
    asks = gestures(owner_url)
    ids = {row["title"]: row["id"] for row in agenda(owner_url)}
    async with db.acting_as(world.people["owner"]) as tx:
        for title in made.values():
            _, change = random.choice(CHANGES)
            await tx.execute(change, {"id": ids[title]})
    before = agenda(owner_url)

    waiting = iter(made)

    async def one_after_the_other() -> list[str | None]:
        return [await on_decision(rt, press(each, asks[each])) for each in waiting]

    told = [each for some in await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE))) for each in some]

    assert set(told) == {say("he", phrase("decision-moved"))}
    assert agenda(owner_url) == before
    assert ends(owner_url) == {"superseded": count, "suggested": count}
    fresh = owner_rows(
        owner_url, "select id, superseded_by from public.ai_insights_log where superseded_by is not null"
    )
    await drain(rt, database_url)
    seen = {UUID(ref.message): card.suggestion_id for ref, card in slack.cards.items() if ref.channel == "C1"}
    assert seen == {row["id"]: row["superseded_by"] for row in fresh}


async def test_where_nothing_moved_everything_runs(db: Database, owner_url: str) -> None:
    """The twin: it is the change of the world that stops them, and not something else."""
    world = await make_world(db)
    rt, _, made = await shown(db, world, 20, Random(1))
    asks = gestures(owner_url)
    assert [await on_decision(rt, press(each, asks[each])) for each in made] == [None] * 20
    assert ends(owner_url) == {"executed": 20}
