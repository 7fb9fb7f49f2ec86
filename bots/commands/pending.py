"""`eventflow pending`: what waits for a decision, or what somebody asked for; the same rows as in the chats."""

from datetime import UTC
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bots.commands.console import database, fail, out, run, settings_from_environment
from bots.commands.naming import check_named, near
from bots.commands.tables import print_json
from core.actions.desk import queries as lists
from core.actions.desk.queries import Filter, Seen
from core.actions.phrasing import in_one_line, what_changes
from core.flows.deliver import card_for
from core.kernel.cards import Risk
from core.texts import plain as bare
from core.texts import say

_RISKS: dict[str, tuple[Risk, str]] = {
    "low": ("low", "green"),
    "medium": ("medium", "yellow"),
    "high": ("high", "dark_orange"),
    "critical": ("critical", "red"),
}
_COLOURS = {"suggested": "yellow", "executed": "green", "approved": "green", "rejected": "red", "failed": "red"}


def pending(
    *,
    organization: Annotated[str | None, typer.Option("--org", "--organization", help="Only this organisation.")] = None,
    mine: Annotated[str | None, typer.Option("--mine", help="What this person (by e-mail) asked for lately.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="Only this event, by name or id.")] = None,
    risk: Annotated[str | None, typer.Option("--risk", help="Only low, medium, high or critical.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Show what waits for a decision: what, how risky, who asked, until when, and where its cards stand."""
    if risk is not None and risk not in _RISKS:
        fail(f'There is no risk "{risk}". {near(risk, _RISKS)}Write one of: {", ".join(_RISKS)}.')
    of = Filter(event, _RISKS[risk][0] if risk is not None else None, limit)
    settings = settings_from_environment()

    async def work() -> list[Seen]:
        async with database(settings) as db, db.as_operator() as tx:
            await check_named(tx, organization, event)
            return await lists.seen(tx, of, organization=organization, email=mine)

    rows = run(work())
    if as_json:
        print_json(map(_data, rows))
    elif not rows:
        out.print(
            "Nothing waits for a decision." if mine is None else f"{mine} asked for nothing lately.", markup=False
        )
    else:
        out.print(_table(rows))


def _table(rows: list[Seen]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("Asked by", "What", "Risk", "Status", "Waits until (UTC)", "Cards in"):
        # A narrow terminal breaks words rather than to leave any out.
        table.add_column(title, overflow="fold")
    several = len({row.organization for row in rows}) > 1
    for row in rows:
        found = row.suggestion
        what = Text(_title(row))
        about = [found.action_type, *([row.event] if row.event else []), *([row.organization] if several else [])]
        change = _change(row)
        what.append(f"\n{change}" if change else "").append("\n" + ", ".join(about), style="dim")
        table.add_row(
            Text(found.asker_name),
            what,
            Text(found.risk, style=_RISKS[found.risk][1]),
            _status(row),
            found.deadline.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
            Text("\n".join(row.stands_in) or "nowhere"),
        )
    return table


def _title(row: Seen) -> str:
    return bare(say("en", card_for(row.suggestion, can_decide=False).title))


def _change(row: Seen) -> str:
    """Say from what to what, as the cards do; the lines of a bundle below each other."""
    card = card_for(row.suggestion, can_decide=False)
    parts = what_changes(card.changes, card.facts, is_short=bool(card.lines))
    lines = [*([in_one_line(*parts)] if parts else []), *card.lines]
    return "\n".join(bare(say("en", line)) for line in lines)


def _status(row: Seen) -> Text:
    found = row.suggestion
    said = Text(found.status, style=_COLOURS.get(found.status, ""))
    if found.status == "suggested" and found.is_blocked:
        said.append("\nblocked", style="red")
    return said


def _data(row: Seen) -> dict[str, Any]:
    found = row.suggestion
    return {
        "id": found.id,
        "organization": row.organization,
        "event": row.event,
        "title": _title(row),
        "change": _change(row),
        "action_type": found.action_type,
        "risk": found.risk,
        "blocked": found.is_blocked,
        "status": found.status,
        "asked_by": found.asker_name,
        "deadline": found.deadline,
        "stands_in": list(row.stands_in),
    }
