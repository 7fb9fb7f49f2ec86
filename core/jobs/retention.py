"""How long what is not the log is kept, per organisation, and the upkeep that takes out what is older."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from core.db import Database
from core.kernel.tools import Transaction

PERIODS = ("messages", "deliveries", "cards", "copies", "runs", "jobs", "codes")
"""What an organisation sets a period for; the standard ones are in ``migrations/functions/retention.sql``."""
TABLES = (
    "messages",
    "conversations",
    "inbound_events",
    "card_questions",
    "acknowledgements",
    "suggestion_pictures",
    "suggestion_reminders",
    "card_copies",
    "ai_runs",
    "jobs",
    "link_tokens",
    "invitations",
)
_BATCH = 2000
"""Rows of one statement, and so of one transaction: nobody waits long behind it."""
_MOST_BATCHES = 500
"""Of one table in one round; the next round goes on."""

DAYS: LiteralString = "select what, days from app.retention_days(%(organization)s)"
SET_DAYS: LiteralString = """
insert into public.retention_periods (organization_id, what, days) values (%(organization)s, %(what)s, %(days)s)
on conflict (organization_id, what) do update set days = excluded.days
"""
SWEEP: LiteralString = """
select organization_id, swept from app.sweep(%(table)s, %(most)s, %(is_dry)s, %(organization)s)
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows of a table went, or would go; ``organization_id`` is None where they belong to none."""

    organization_id: UUID | None
    table: str
    rows: int


async def days_of(tx: Transaction, organization: UUID | None) -> dict[str, int]:
    """Return the periods of an organisation in days, by what they are for; the standard ones for None."""
    found = await (await tx.execute(DAYS, {"organization": organization})).fetchall()
    days = {row["what"]: row["days"] for row in found}
    return {what: days[what] for what in PERIODS}


async def set_days(tx: Transaction, organization: UUID, days: dict[str, int]) -> None:
    """Keep periods, each within what the table allows (1 to 3,650 days; deliveries 3 at least, runs 31)."""
    for what, count in days.items():
        await tx.execute(SET_DAYS, {"organization": organization, "what": what, "days": count})


async def sweep(
    db: Database, *, is_dry: bool = False, organization: UUID | None = None, batch: int = _BATCH
) -> list[Swept]:
    """Take out what is older than its organisation keeps it, or only count it; the log is never touched.

    ``organization``: only its rows. Each batch is a transaction of its own, so what was done stays done.
    """
    values = {"most": batch, "is_dry": is_dry, "organization": organization}
    return [gone for table in TABLES for gone in await _sweep_table(db, table, values)]


async def _sweep_table(db: Database, table: str, values: dict[str, Any]) -> list[Swept]:
    gone: Counter[UUID | None] = Counter()
    for _ in range(1 if values["is_dry"] else _MOST_BATCHES):
        rows = await db.run_as_system(SWEEP, {"table": table, **values})
        gone.update({row["organization_id"]: row["swept"] for row in rows})
        if sum(row["swept"] for row in rows) < values["most"]:
            break
    return [Swept(whose, table, count) for whose, count in sorted(gone.items(), key=lambda each: str(each[0]))]
