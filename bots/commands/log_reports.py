"""`eventflow log decisions | rejections | edited | vips | conflicts`: what the log says as a whole."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

import typer
from rich.text import Text

from bots.commands.console import database, out, run, settings_from_environment
from bots.commands.naming import check_named
from bots.commands.tables import AsJson, Cell, Clock, cell, counted, lines, one_line, print_json, show, told_of
from core.actions.rejections import REASONS
from core.audit.reports import queries as reports
from core.kernel.tools import Transaction
from core.texts import say

T = TypeVar("T")
Row = dict[str, Any]

Organization = Annotated[str | None, typer.Option("--org", help="Only this organisation.")]
Event = Annotated[str | None, typer.Option("--event", help="Only this event, by name or id.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, newest first.")]

_COLOURS = {"executed": "green", "approved": "green", "rejected": "red", "failed": "red"}


def decisions(
    organization: Organization = None, event: Event = None, limit: Limit = 50, as_json: AsJson = False
) -> None:
    """Show who decided what, in which chat, and after how long."""
    rows, every = _rows(
        organization, event, lambda tx: reports.decisions(tx, organization=organization, event=event, limit=limit)
    )
    clock = _clock(rows)
    told = [
        (
            clock.say(row["ended_at"], row["zone"]),
            lines(row["title"] or "", cell(row["action_type"], "dim" if row["title"] else "")),
            row["asked_by_name"],
            _outcome(row),
        )
        for row in rows
    ]
    total = clock.below(told_of(len(rows), every, "suggestion"))
    _show(rows, ("When", "About", "Asked by", "Outcome"), told, total=total, as_json=as_json)


def rejections(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show what was rejected, by type of action and reason."""
    rows = _rows(organization, event, lambda tx: reports.rejections(tx, organization=organization, event=event))
    clock = _clock(rows)
    told = [
        (
            row["action_type"],
            _reason(row["reason"]) if row["reason"] else cell("none given", "dim"),
            clock.say(row["last_at"], row["zone"]),
            f"{row['rejected']:,}",
        )
        for row in rows
    ]
    total = clock.below(f"{counted(sum(row['rejected'] for row in rows), 'suggestion')} rejected.")
    _show(rows, ("Suggested", "Reason", "Last"), told, ("Times",), total=total, as_json=as_json)


def edited(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show how much of what was approved had been edited before.

    An alternative that was taken counts as edited.
    """
    rows = _rows(organization, event, lambda tx: reports.edited_approvals(tx, organization=organization, event=event))
    clock = _clock(rows)
    told = [
        (
            row["action_type"],
            clock.say(row["last_at"], row["zone"]),
            f"{row['approved']:,}",
            f"{row['edited']:,}",
            f"{row['edited'] / row['approved']:.0%}",
        )
        for row in rows
    ]
    approved, changed = (sum(row[column] for row in rows) for column in ("approved", "edited"))
    total = clock.below(f"{changed:,} of {approved:,} approved were edited.")
    _show(rows, ("Approved", "Last"), told, ("All", "Edited", "Share"), total=total, as_json=as_json)


def vips(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show how many suggestions touched VIPs, and their end."""
    rows = _rows(organization, event, lambda tx: reports.vip_impact(tx, organization=organization, event=event))
    columns = {
        "All": "suggestions",
        "With VIPs": "with_vips",
        "VIPs": "vips_named",
        "Executed": "executed",
        "Rejected": "rejected",
        "Lapsed": "lapsed",
        "Waiting": "waiting",
    }
    told = [(row["action_type"], *(f"{row[column]:,}" for column in columns.values())) for row in rows]
    touched, everything = (sum(row[column] for row in rows) for column in ("with_vips", "suggestions"))
    total = f"VIPs were touched by {touched:,} of {counted(everything, 'suggestion')}."
    _show(rows, ("Suggested",), told, tuple(columns), total=total, as_json=as_json)


def conflicts(organization: Organization = None, event: Event = None, as_json: AsJson = False) -> None:
    """Show what the conflict checks caught, and its end."""
    rows = _rows(organization, event, lambda tx: reports.conflict_catches(tx, organization=organization, event=event))
    everything = sum(row["suggestions"] for row in rows)
    columns = {
        "Executed": "executed",
        "Rejected": "rejected",
        "Replaced": "superseded",
        "Expired": "expired",
        "Failed": "failed",
        "Waiting": "waiting",
    }
    told = [
        (
            row["caught"],
            f"{row['suggestions']:,}",
            f"{row['suggestions'] / everything:.0%}",
            *(f"{row[column]:,}" for column in columns.values()),
        )
        for row in rows
    ]
    caught = sum(row["suggestions"] for row in rows if row["caught"] != "clear")
    share = f" ({caught / everything:.0%})" if everything else ""
    total = f"Conflicts were caught in {caught:,} of {counted(everything, 'suggestion')}{share}."
    _show(rows, ("Checked",), told, ("All", "Share", *columns), total=total, as_json=as_json)


def _rows(organization: str | None, event: str | None, asked: Callable[[Transaction], Awaitable[T]]) -> T:
    settings = settings_from_environment()

    async def work() -> T:
        async with database(settings) as db, db.as_operator() as tx:
            await check_named(tx, organization, event)
            return await asked(tx)

    return run(work())


def _clock(rows: list[Row]) -> Clock:
    return Clock(row["zone"] for row in rows)


def _show(
    rows: list[Row],
    titles: tuple[str, ...],
    told: list[tuple[Cell, ...]],
    numbers: tuple[str, ...] = (),
    *,
    total: str,
    as_json: bool,
) -> None:
    """Print what was asked for; ``numbers`` are the titles of the last columns, which stand to the right."""
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("The log holds nothing like that.")
    else:
        show((*titles, *numbers), told, numbers=range(len(titles), len(titles) + len(numbers)), total=total)


def _outcome(row: Row) -> Text:
    """Say it in one line: ``executed by Dana Levi in slack after 4 min``."""
    told = f"by {row['decided_by_names']}" if row["decided_by_names"] else ""
    told += f" in {row['decided_on']}" if row["decided_on"] else ""
    told += f" after {_stretch(row['took'])}" if row["took"] is not None else ""
    said = cell(row["decision"], _COLOURS.get(row["decision"], "")).append(f" {one_line(told)}", style="default")
    return lines(said, _reason(row["reason"]) if row["reason"] else row["execution_error"] or "")


def _reason(kept: str) -> str:
    """Say a common reason in words; anybody's own words as they are."""
    common = REASONS.get(kept)
    return say("en", common) if common else kept


def _stretch(took: timedelta) -> str:
    """Return a stretch of time in the largest unit of which it has two."""
    seconds = int(took.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
