"""`eventflow log decisions | rejections | edited | vips | conflicts`: what the log says as a whole."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bots.commands.console import database, out, run, settings_from_environment
from bots.commands.naming import check_named
from bots.commands.tables import print_json
from core.actions.rejections import REASONS
from core.audit.reports import queries as reports
from core.kernel.tools import Transaction
from core.texts import say

Row = dict[str, Any]

Organization = Annotated[str | None, typer.Option("--org", help="Only this organisation.")]
Event = Annotated[str | None, typer.Option("--event", help="Only this event, by name or id.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, newest first.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line, with every column.")]

_COLOURS = {"executed": "green", "approved": "green", "rejected": "red", "failed": "red"}


def decisions(
    organization: Organization = None, event: Event = None, limit: Limit = 50, as_json: AsJson = False
) -> None:
    """Show who decided what, from which chat, and how long it took, newest first."""
    rows = _rows(
        organization, event, lambda tx: reports.decisions(tx, organization=organization, event=event, limit=limit)
    )
    table = _table("When (UTC)", "About", "Asked by", "Outcome")
    for row in rows:
        about = Text(row["title"] or row["action_type"])
        if row["title"]:
            about.append(f"\n{row['action_type']}", style="dim")
        table.add_row(_moment(row["ended_at"]), about, Text(row["asked_by_name"]), _outcome(row))
    _show(rows, table, as_json=as_json)


def rejections(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show what was rejected, by type of action and reason, most often first."""
    rows = _rows(organization, event, lambda tx: reports.rejections(tx, organization=organization, event=event))
    table = _table("Suggested", "Reason", "Last (UTC)", numbers=("Times",))
    for row in rows:
        reason = Text(_reason(row["reason"])) if row["reason"] else Text("none given", style="dim")
        table.add_row(row["action_type"], reason, _moment(row["last_at"]), f"{row['rejected']:,}")
    _show(rows, table, as_json=as_json)


def edited(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show how many of what was approved had been edited before, or was an alternative, by type of action."""
    rows = _rows(organization, event, lambda tx: reports.edited_approvals(tx, organization=organization, event=event))
    table = _table("Approved", "Last (UTC)", numbers=("All", "Edited", "Share"))
    for row in rows:
        share = f"{row['edited'] / row['approved']:.0%}"
        table.add_row(row["action_type"], _moment(row["last_at"]), f"{row['approved']:,}", f"{row['edited']:,}", share)
    _show(rows, table, as_json=as_json)


def vips(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show how many suggestions touched VIPs, by type of action, and what became of those."""
    rows = _rows(organization, event, lambda tx: reports.vip_impact(tx, organization=organization, event=event))
    counted = {
        "All": "suggestions",
        "With VIPs": "with_vips",
        "VIPs": "vips_named",
        "Executed": "executed",
        "Rejected": "rejected",
        "Lapsed": "lapsed",
        "Waiting": "waiting",
    }
    table = _table("Suggested", numbers=tuple(counted))
    for row in rows:
        table.add_row(row["action_type"], *(f"{row[column]:,}" for column in counted.values()))
    _show(rows, table, as_json=as_json)


def conflicts(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show how many suggestions the conflict checks caught, and what became of them."""
    rows = _rows(organization, event, lambda tx: reports.conflict_catches(tx, organization=organization, event=event))
    everything = sum(row["suggestions"] for row in rows)
    counted = {
        "Executed": "executed",
        "Rejected": "rejected",
        "Replaced": "superseded",
        "Expired": "expired",
        "Failed": "failed",
        "Waiting": "waiting",
    }
    table = _table("Checked", numbers=("All", "Share", *counted))
    for row in rows:
        share = f"{row['suggestions'] / everything:.0%}"
        outcomes = (f"{row[column]:,}" for column in counted.values())
        table.add_row(row["caught"], f"{row['suggestions']:,}", share, *outcomes)
    _show(rows, table, as_json=as_json)
    if rows and not as_json:
        caught = sum(row["suggestions"] for row in rows if row["caught"] != "clear")
        out.print(f"\nConflicts were caught in {caught:,} of {everything:,} suggestions ({caught / everything:.0%}).")


def _rows(
    organization: str | None, event: str | None, asked: Callable[[Transaction], Awaitable[list[Row]]]
) -> list[Row]:
    settings = settings_from_environment()

    async def work() -> list[Row]:
        async with database(settings) as db, db.as_operator() as tx:
            await check_named(tx, organization, event)
            return await asked(tx)

    return run(work())


def _table(*titles: str, numbers: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in titles:
        # A narrow terminal breaks words rather than to leave any out.
        table.add_column(title, overflow="fold")
    for title in numbers:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _show(rows: list[Row], table: Table, *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    if not rows:
        out.print("The log holds nothing like that.")
        return
    out.print(table)


def _outcome(row: Row) -> Text:
    """Say it in one line: ``executed by Dana Levi in slack after 4 min``."""
    said = Text(row["decision"], style=_COLOURS.get(row["decision"], ""))
    told = f" by {row['decided_by_names']}" if row["decided_by_names"] else ""
    told += f" in {row['decided_on']}" if row["decided_on"] else ""
    told += f" after {_stretch(row['took'])}" if row["took"] is not None else ""
    why = _reason(row["reason"]) if row["reason"] else row["execution_error"]
    return said.append(told + (f"\n{why}" if why else ""), style="default")


def _reason(kept: str) -> str:
    """Say a common reason in words; anybody's own words as they are."""
    common = REASONS.get(kept)
    return say("en", common) if common else kept


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else ""


def _stretch(took: timedelta) -> str:
    """Return a stretch of time in the largest unit of which it has two."""
    seconds = int(took.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
