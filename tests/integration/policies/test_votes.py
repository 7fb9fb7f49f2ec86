"""Two different people for what is risky: each counts once, for what they saw, and two at once are two."""

import asyncio
from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.actions.queries import claim
from core.db import Database
from core.kernel.principal import Principal
from core.policies import queries
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, slack_message, suggested
from tests.integration.policies.rules import another, one
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db


_WAITS_FOR_A_LOCK = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def _waiting(db: Database, database_url: str, owner_url: str) -> tuple[World, UUID]:
    world = await make_world(db)
    rt, *_ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("Move the keynote"), database_url)
    return world, log_rows(owner_url)[-1]["id"]


async def _vote(db: Database, who: Principal, suggestion: UUID) -> list[str]:
    async with db.acting_as(who) as tx:
        # Where there is nothing to claim, nobody may vote for it all the same.
        await claim(tx, suggestion, approve=True)
        return [each.name for each in await queries.vote(tx, who.organization_id, suggestion)]


async def test_two_people_are_two_and_one_who_presses_twice_is_one(
    db: Database, database_url: str, owner_url: str
) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    owner, manager = world.people["owner"], world.people["manager"]
    assert await _vote(db, manager, suggestion) == [manager.name]
    assert await _vote(db, manager, suggestion) == [manager.name]
    assert await _vote(db, owner, suggestion) == [manager.name, owner.name]
    async with db.as_system() as tx:
        assert len(await queries.votes(tx, world.organization_id, suggestion)) == 2


async def test_of_two_who_press_at_once_the_second_waits_and_counts_the_first(
    db: Database, database_url: str, owner_url: str
) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    owner, manager = world.people["owner"], world.people["manager"]
    async with db.acting_as(owner) as tx:
        assert await claim(tx, suggestion, approve=True) is not None
        assert len(await queries.vote(tx, world.organization_id, suggestion)) == 1
        second = asyncio.create_task(_vote(db, manager, suggestion))
        while not second.done() and not owner_rows(owner_url, _WAITS_FOR_A_LOCK):
            await asyncio.sleep(0.01)
    assert len(await second) == 2


async def test_the_twin_without_the_claim_counts_neither(db: Database, database_url: str, owner_url: str) -> None:
    """What the claim's lock is for: both see themselves alone, and what two have approved would wait for ever."""
    world, suggestion = await _waiting(db, database_url, owner_url)
    values = {"id": suggestion, "organization": world.organization_id}
    async with db.acting_as(world.people["owner"]) as tx, db.acting_as(world.people["manager"]) as other:
        for each in (tx, other):
            await each.execute(queries.VOTE, values)
        counted = [len(await (await each.execute(queries.VOTES, values)).fetchall()) for each in (tx, other)]
    assert counted == [1, 1]


async def test_many_who_press_at_once_are_each_counted(db: Database, database_url: str, owner_url: str) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    people = [await another(db, world, f"Manager{number}") for number in range(8)]
    counts = await asyncio.gather(*(_vote(db, who, suggestion) for who in people))
    assert sorted(len(names) for names in counts) == list(range(1, 9))


@pytest.mark.parametrize(
    "damage",
    [
        "update public.ai_insights_log set shown_hash = 'another'",
        "update public.user_profiles set is_active = false where role = 'manager'",
        "update public.user_profiles set role = 'staff' where role = 'manager'",
    ],
    ids=["the-card-shows-something-else", "who-voted-left", "who-voted-decides-no-more"],
)
async def test_a_vote_counts_for_what_was_seen_by_one_who_still_decides(
    db: Database, database_url: str, owner_url: str, damage: str
) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    owner = world.people["owner"]
    await _vote(db, world.people["manager"], suggestion)
    owner_run(owner_url, damage)
    assert await _vote(db, owner, suggestion) == [owner.name]


@pytest.mark.parametrize(
    "damage",
    [
        "update public.ai_insights_log set execution_status = 'rejected', decided_at = now()",
        "update public.ai_insights_log set deadline = now() - interval '1 minute'",
        "update public.ai_insights_log set is_blocked = true",
    ],
    ids=["decided", "expired", "blocked"],
)
async def test_nobody_votes_for_what_does_not_wait(
    db: Database, database_url: str, owner_url: str, damage: str
) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    owner_run(owner_url, damage)
    assert await _vote(db, world.people["owner"], suggestion) == []
    assert owner_rows(owner_url, "select from public.approvals") == []


async def test_another_organisations_suggestion_does_not_exist(db: Database, database_url: str, owner_url: str) -> None:
    _world, suggestion = await _waiting(db, database_url, owner_url)
    beth = await make_world(db, "Beth Halls", team="T2")
    assert await _vote(db, beth.people["owner"], suggestion) == []


ADD = "insert into public.approvals (organization_id, suggestion_id, user_id, shown_hash) values (%s, %s, %s, 'h')"


async def _forged(db: Database, who: Principal, suggestion: UUID, voter: Principal) -> Any:
    try:
        await one(db, who, ADD + " returning 1", who.organization_id, suggestion, voter.user_id)
    except psycopg.Error as error:
        return error.sqlstate
    return None


async def test_nobody_votes_in_anothers_name_and_staff_not_at_all(
    db: Database, database_url: str, owner_url: str
) -> None:
    world, suggestion = await _waiting(db, database_url, owner_url)
    owner, manager, staff = world.people["owner"], world.people["manager"], world.people["staff"]
    assert await _forged(db, manager, suggestion, owner) == "42501"
    assert await _forged(db, staff, suggestion, staff) == "42501"
    owner_run(owner_url, "create policy open on public.approvals for insert to authenticated with check (true)")
    assert await _forged(db, manager, suggestion, owner) is None
