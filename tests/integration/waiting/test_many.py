"""Many who want the same: what one more costs grows neither with how many there are nor with what their cards say."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import pytest

from core.db import Database
from core.delivery import queries as copies
from core.delivery.queries import Posted
from core.flows.deliver import refresh_cards, replace_card
from core.flows.runtime import Runtime
from core.kernel.messages import Address, MessageRef
from core.kernel.tools import Transaction
from tests.fakes import runtime
from tests.integration.waiting.rivals import add
from tests.owner import owner_rows, owner_run
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


class Counted:
    """A database that counts what is asked of it as the system role."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.statements = 0

    @asynccontextmanager
    async def as_system(self) -> AsyncGenerator[Transaction]:
        async with self._db.as_system() as tx:
            yield cast(Transaction, _Asked(tx, self))


class _Asked:
    def __init__(self, tx: Transaction, counted: Counted) -> None:
        self._tx = tx
        self._counted = counted

    async def execute(self, *asked: Any) -> Any:
        self._counted.statements += 1
        return await self._tx.execute(*asked)


async def one_more(rt: Runtime, db: Database, world: World, number: int) -> UUID:
    """Another wish for the same room at the same time, with its card."""
    start, end = f"2031-05-01T15:{number:02d}", f"2031-05-01T16:{number:02d}"
    said = {"title": f"Session {number}", "start_time": start, "end_time": end, "room": "Workshop"}
    ident = await add(db, world, Address("slack", TEAM, "D1"), ("create_schedule_item", said))
    async with db.as_system() as tx:
        ref = MessageRef("slack", TEAM, "D1", f"{number}")
        await copies.add(tx, world.organization_id, ident, Posted(ref, "en", can_decide=True))
    return ident


async def refreshed(rt: Runtime, db: Database, world: World, owner_url: str, ident: UUID) -> tuple[int, int]:
    """Refresh; return how many statements that took, and how many cards are to be edited. Then they are."""
    counted = Counted(db)
    await refresh_cards(replace(rt, db=cast(Database, counted)), world.organization_id, ident)
    due = owner_rows(
        owner_url,
        "select (args ->> 'copy_id')::uuid as id from procrastinate.procrastinate_jobs "
        "where task_name = 'replace_card'",
    )
    owner_run(owner_url, "delete from procrastinate.procrastinate_jobs where task_name = 'replace_card'")
    await _edit(rt, world, [row["id"] for row in due])
    return counted.statements, len(due)


async def _edit(rt: Runtime, world: World, ids: list[UUID]) -> None:
    for each in ids:
        await replace_card(rt, world.organization_id, each)


async def test_one_more_rival_costs_as_many_statements_and_no_edits_of_those_that_say_many_already(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    cost: list[tuple[int, int]] = []
    for number in range(20):
        ident = await one_more(rt, db, world, number)
        cost.append(await refreshed(rt, db, world, owner_url, ident))
    # The first stands alone. Up to ten beyond the three that are named each card says how many there are; from then on
    # that there are more than ten, so that only the new card is written.
    assert [edits for _statements, edits in cost] == [*range(1, 15 + 1), *[1] * 5]
    assert len({statements for statements, _edits in cost[1:]}) == 1
