"""`eventflow log`: the whole story of what was asked, suggested, decided and done."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bots.commands.console import database, out, run, settings_from_environment
from core.audit import queries as audit

_COLOURS = {"suggested": "yellow", "approved": "green", "executed": "green", "rejected": "red", "failed": "red"}


def log(
    event: Annotated[str | None, typer.Option("--event", help="Only this event, by name or id.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only this status, such as executed.")] = None,
    organization: Annotated[str | None, typer.Option("--org", help="Only this organisation.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line, with every column.")] = False,
) -> None:
    """Show what the assistant did: suggestions and decisions, reads, refusals and errors."""
    settings = settings_from_environment()

    async def work() -> list[dict[str, Any]]:
        async with database(settings) as db, db.as_operator() as tx:
            return await audit.latest(tx, organization=organization, event=event, status=status, limit=limit)

    rows = run(work())
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False, default=_plain))
        return
    if not rows:
        out.print("The log holds nothing like that.")
        return
    out.print(_table(rows))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("When (UTC)", "Asked by", "What", "About", "Risk", "Status", "Decided by, or why"):
        # A narrow terminal breaks words rather than to leave any out.
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(
            row["created_at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            Text(row["asked_by"]),
            row["action_type"],
            Text(_about(row)),
            row["risk"] or "",
            Text(row["execution_status"], style=_COLOURS.get(row["execution_status"], "")),
            Text(row["decided_by"] or row["execution_error"] or ""),
        )
    return table


def _about(row: dict[str, Any]) -> str:
    data: dict[str, Any] = row["action_data"]
    args: dict[str, Any] = data.get("args") or {}
    named = (row["before_state"] or args.get("set") or {}).get("title")
    if named:
        return str(named)
    return ", ".join(f"{key}={value}" for key, value in args.items() if isinstance(value, str | int))[:60]
