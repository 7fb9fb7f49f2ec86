"""A change is judged by facts that PostgreSQL gathers, and runs only while they are those that were shown."""

from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

from core.kernel.tools import Action, Transaction

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """One subject's two functions: what its changes are judged by, and that this is still so."""

    asking: LiteralString
    """Answers with one row of ``facts`` and ``digest`` for a ``change``."""
    asserting: LiteralString
    """Locks the rows that are judged, and fails where the facts of ``change`` have another ``digest``."""

    async def facts(self, tx: Transaction, change: Row) -> tuple[Row, str]:
        """Return every fact that a change is judged by, and PostgreSQL's digest over them."""
        row = await (await tx.execute(self.asking, {"change": Jsonb(change)})).fetchone()
        assert row is not None  # noqa: S101 the function always answers with one row
        return row["facts"], row["digest"]

    def before(self, statement: LiteralString) -> "Proven":
        """Return the ``execute`` of a write: its statement, queued behind the proof that nothing has moved."""
        return Proven(self, statement)


@dataclass(frozen=True, slots=True)
class Proven:
    """A write and the proof behind which it runs."""

    proof: Proof
    statement: LiteralString

    async def __call__(self, tx: Transaction, action: Action) -> None:
        """Queue the proof and the write."""
        await self.prove(tx, action)
        await self.write(tx, action)

    async def prove(self, tx: Transaction, action: Action) -> None:
        """Queue the proof."""
        await tx.execute(self.proof.asserting, {"change": Jsonb(action.args), "digest": action.facts_digest})

    async def write(self, tx: Transaction, action: Action) -> None:
        """Queue the write alone."""
        await tx.execute(self.statement, {"change": Jsonb(action.args)})
