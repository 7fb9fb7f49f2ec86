"""Bundles in SQL: their locks in one order, the moment in which sessions trade places, and what became of each line."""

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import Transaction

Row = dict[str, Any]

LOCK: LiteralString = "select app.lock_lines(%(lines)s)"
LATER: LiteralString = "set constraints public.no_room_overlap deferred"
NOW: LiteralString = "set constraints public.no_room_overlap immediate"
OUTCOME: LiteralString = """
with noted as (
    update public.ai_insights_log set outcome = %(outcome)s
    where organization_id = (select app.organization_id()) and id = %(id)s and outcome is null
    returning 1)
select app.assert_one((select count(*) from noted))
"""
TOUCHED: LiteralString = "select app.people_touched(%(sessions)s::uuid[], %(people)s::uuid[]) as people"


async def lock(tx: Transaction, lines: list[Row]) -> None:
    """Queue every lock that the proofs of these lines want. Lines: ``action_type`` and ``args``."""
    await tx.execute(LOCK, {"lines": Jsonb(lines)})


async def let_places_be_traded(tx: Transaction) -> None:
    """Queue: two sessions may stand in one place until ``check_places``."""
    await tx.execute(LATER)


async def check_places(tx: Transaction) -> None:
    """Queue: from now on no two sessions stand in one place; it fails where two do."""
    await tx.execute(NOW)


async def keep_outcome(tx: Transaction, suggestion_id: UUID, outcome: list[Row]) -> None:
    """Queue what became of each line."""
    await tx.execute(OUTCOME, {"id": suggestion_id, "outcome": Jsonb(outcome)})


async def people_touched(tx: Transaction, sessions: Collection[str], people: Collection[str]) -> int:
    """Return how many people hold a place in the sessions or are named, each once."""
    values = {"sessions": sorted(sessions), "people": sorted(people)}
    row = await (await tx.execute(TOUCHED, values)).fetchone()
    return row["people"] if row else 0
