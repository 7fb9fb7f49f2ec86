"""Look at and prepare the database as its owner, past every rule: what no part of the program can do."""

from typing import Any, LiteralString, cast

import psycopg
from psycopg.rows import dict_row


def owner_rows(owner_url: str, query: str, params: Any = None) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    with psycopg.Connection[dict[str, Any]].connect(owner_url, row_factory=dict_row) as conn:
        return conn.execute(cast(LiteralString, query), params).fetchall()


def owner_run(owner_url: str, *statements: str) -> None:
    """Run statements, each in a transaction of its own."""
    with psycopg.connect(owner_url, autocommit=True) as conn:
        for statement in statements:
            conn.execute(cast(LiteralString, statement))
