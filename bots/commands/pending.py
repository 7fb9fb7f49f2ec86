"""`eventflow pending`: what waits for a decision, or what somebody asked for; the same rows as in the chats."""

from typing import Annotated, Any

import typer
from rich.text import Text

from bots.commands.console import database, fail, out, point_to_the_demo, run, settings_from_environment
from bots.commands.naming import check_address, check_named, near
from bots.commands.tables import AsJson, Clock, cell, lines, print_json, show, told_of
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
    as_json: AsJson = False,
) -> None:
    """Show what waits for a decision.

    What would change, how risky it is, who asked, until when it waits, and where its cards stand.
    """
    if risk is not None and risk not in _RISKS:
        fail(f'There is no risk "{risk}". {near(risk, _RISKS)}Write one of: {", ".join(_RISKS)}.')
    of = Filter(event, _RISKS[risk][0] if risk is not None else None, limit)
    settings = settings_from_environment()

    async def work() -> tuple[list[Seen], int]:
        async with database(settings) as db, db.as_operator() as tx:
            await check_named(tx, organization, event)
            if mine is not None:
                await check_address(tx, mine, organization)
            return await lists.seen(tx, of, organization=organization, email=mine)

    rows, every = run(work())
    if as_json:
        print_json(map(_data, rows))
    elif not rows:
        out.print("Nothing waits for a decision." if mine is None else f"{mine} asked for nothing lately.")
        point_to_the_demo(settings)
    else:
        _print(rows, told_of(len(rows), every, "suggestion"))


def _print(rows: list[Seen], total: str) -> None:
    several = len({row.organization for row in rows}) > 1
    clock = Clock(row.suggestion.request.zone for row in rows)
    told = [
        (
            cell(row.suggestion.request.asker_name),
            _what(row, with_organization=several),
            cell(row.suggestion.request.risk, _RISKS[row.suggestion.request.risk][1]),
            _status(row),
            cell(clock.say(row.suggestion.request.deadline, row.suggestion.request.zone)),
            lines(*row.stands_in) if row.stands_in else cell("nowhere"),
        )
        for row in rows
    ]
    show(("Asked by", "What", "Risk", "Status", "Waits until", "Cards in"), told, total=clock.below(total))


def _what(row: Seen, *, with_organization: bool) -> Text:
    """Say what is suggested, from what to what, and where it belongs."""
    about = [row.suggestion.request.action_type, row.event or "", row.organization if with_organization else ""]
    return lines(_title(row), *_changes(row), cell(", ".join(filter(None, about)), "dim"))


def _title(row: Seen) -> str:
    return bare(say("en", card_for(row.suggestion, can_decide=False).title))


def _changes(row: Seen) -> list[str]:
    """Say from what to what, as the cards do; each line of a bundle."""
    card = card_for(row.suggestion, can_decide=False)
    parts = what_changes(card.changes, card.facts, is_short=bool(card.lines))
    told = [*([in_one_line(*parts)] if parts else []), *card.lines]
    return [bare(say("en", line)) for line in told]


def _status(row: Seen) -> Text:
    found = row.suggestion
    is_blocked = found.review.status == "suggested" and found.request.is_blocked
    return lines(
        cell(found.review.status, _COLOURS.get(found.review.status, "")), cell("blocked" if is_blocked else "", "red")
    )


def _data(row: Seen) -> dict[str, Any]:
    found = row.suggestion
    return {
        "id": found.id,
        "organization": row.organization,
        "event": row.event,
        "title": _title(row),
        "change": "\n".join(_changes(row)),
        "action_type": found.request.action_type,
        "risk": found.request.risk,
        "blocked": found.request.is_blocked,
        "status": found.review.status,
        "asked_by": found.request.asker_name,
        "deadline": found.request.deadline,
        "stands_in": list(row.stands_in),
    }
