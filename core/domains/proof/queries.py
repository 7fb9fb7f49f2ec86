"""A change is judged by facts that PostgreSQL gathers, and runs only while they are those that were shown."""

from collections.abc import Awaitable, Callable
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

    def before(self, statement: LiteralString) -> Callable[[Transaction, Action], Awaitable[None]]:
        """Return the ``execute`` of a write: its statement, queued behind the proof that nothing has moved."""

        async def execute(tx: Transaction, action: Action) -> None:
            change = Jsonb(action.args)
            await tx.execute(self.asserting, {"change": change, "digest": action.facts_digest})
            await tx.execute(statement, {"change": change})

        return execute
