"""How both sides of P7 and P10 ask: the program through its door, the floor past every policy; and that they agree."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Any, LiteralString, TypeAlias

from bots.bench.large.tenants import Tenant
from core.db import Database

Row: TypeAlias = dict[str, Any]

_NOBODY: LiteralString = "select set_config('role', 'none', true), set_config('request.jwt.claims', '', true)"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What one tenant asks about."""

    tenant: Tenant
    values: Row


Ask: TypeAlias = Callable[[Lookup], Awaitable[list[Row]]]


class DifferentAnswers(Exception):
    """The program and its floor did not answer alike: the figure would compare two different things."""


def as_person(db: Database, query: LiteralString) -> Ask:
    """Return how a tenant's manager asks: one round trip, identity included."""

    async def ask(asked: Lookup) -> list[Row]:
        return await db.read_as(asked.tenant.manager, query, asked.values)

    return ask


def by_hand(floor: Database, query: LiteralString) -> Ask:
    """Return how a superuser asks who names the organisation, in an envelope like the door's: one pipeline, with a
    ``set_config`` of the same size before the statement."""

    async def ask(asked: Lookup) -> list[Row]:
        async with floor.raw() as conn:
            async with conn.pipeline():
                await conn.execute(_NOBODY)
                cursor = await conn.execute(query, asked.values | {"organization": asked.tenant.organization_id})
            return await cursor.fetchall()

    return ask


def one_by_one(asked: Iterable[Lookup], ask: Ask) -> Callable[[], Awaitable[object]]:
    """Ask one after the other, then begin again: whoever is given the same list is asked the same."""
    turns = cycle(asked)
    return lambda: ask(next(turns))


async def compare(what: str, asked: Iterable[Lookup], ours: Ask, theirs: Ask) -> int:
    """Return how many rows both sides answer with, all in all.

    Raises ``DifferentAnswers`` where they do not answer with the same rows in the same order, or with none at all.
    """
    rows = 0
    for each in asked:
        mine, other = await ours(each), await theirs(each)
        if mine != other:
            raise DifferentAnswers(f"{what}: {len(mine)} rows as a person, {len(other)} by hand, and not the same.")
        rows += len(mine)
    if not rows:
        raise DifferentAnswers(f"{what}: nothing was found, so nothing is measured.")
    return rows
