"""Which event is meant: by name, by one of its days, by what stands in it, else the current one; or a question back."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar

from core.kernel.phrases import phrase
from core.kernel.tools import Refused, ToolContext
from core.naming import queries

Row = dict[str, Any]
Found = TypeVar("Found")
Look = Callable[[Row], Awaitable[Found | Refused]]


async def the_event(ctx: ToolContext, name: str | None, day: date | None = None) -> Row | Refused:
    """Return the event that was named (by name, id or a day of it), else the only one on ``day``, else the current one.

    Where several are meant they are handed back as candidates.
    """
    day = day if name is None else _as_day(name)
    if name is not None and day is None:
        found = await queries.named_events(ctx.tx, name)
        return _one(found, Refused(phrase("event-unknown", name=name)))
    found, others = await _nearest(ctx, day)
    if name is not None and not any(_is_on(event, day) for event in (*found, *others)):
        return Refused(phrase("event-unknown", name=name))
    return _one(found, Refused(phrase("event-none")))


async def in_event(ctx: ToolContext, name: str | None, look: Look[Found], day: date | None = None) -> Found | Refused:
    """Return what ``look`` finds in the event that is meant.

    Where none was named and the current one has nothing of the kind (``is_unknown``), the others are looked through:
    what one of them has is meant, what several have is asked back. Where the one that was named has nothing, the answer
    tells which ones do.
    """
    if name is not None:
        event = await the_event(ctx, name)
        if isinstance(event, Refused):
            return event
        first, others = [event], [each for each in await _all(ctx) if each["id"] != event["id"]]
    else:
        first, others = await _nearest(ctx, day)
        if not first:
            return Refused(phrase("event-none"))
    here = [(event, await look(event)) for event in first]
    meant = [each for each in here if not _is_unknown(each[1])]
    if not meant:
        meant = [(event, found) for event in others if not _is_unknown(found := await look(event))]
        # What is found there is meant before what would be asked about.
        meant = [each for each in meant if not isinstance(each[1], Refused)] or meant
        if name is not None and meant:
            there = tuple(event["name"] for event, _found in meant)
            return Refused(phrase("event-elsewhere", event=first[0]["name"], others=there))
    if len(meant) == 1:
        return meant[0][1]
    if not meant and len(here) == 1:
        return here[0][1]
    return which_event([event for event, _found in meant or here])


def which_event(found: list[Row]) -> Refused:
    """Return the question which of several events is meant; those of one name are told apart by their first day."""
    names = [row["name"] for row in found]
    told = tuple(
        f"{row['name']} ({row['starts_on']})" if names.count(row["name"]) > 1 else row["name"] for row in found
    )
    return Refused(phrase("event-which", names=told), {"candidates": [_candidate(row) for row in found]})


def same_words(one: str, other: str) -> bool:
    """Whether two names are one, whatever their case and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def said_day(text: str | None) -> date | None:
    """Return the day that a time was said with, or None where it is a time alone or cannot be read."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _one(found: list[Row], nothing: Refused) -> Row | Refused:
    if len(found) == 1:
        return found[0]
    return which_event(found) if found else nothing


async def _all(ctx: ToolContext) -> list[Row]:
    return await queries.events(ctx.tx, ctx.now.date()) if ctx.events is None else ctx.events


async def _nearest(ctx: ToolContext, day: date | None) -> tuple[list[Row], list[Row]]:
    """Return the events that are meant where none is named, and all others: those on the day, else the current ones."""
    known = await _all(ctx)
    current = [event for event in known if event["is_current"]]
    there = [event for event in known if _is_on(event, day)]
    first = [event for event in current if event in there] or there or current
    return first, [event for event in known if event not in first]


def _as_day(name: str) -> date | None:
    return said_day(name) if len(name) == len("YYYY-MM-DD") else None


def _is_on(event: Row, day: date | None) -> bool:
    return day is not None and event["starts_on"] <= day <= event["ends_on"]


def _is_unknown(found: object) -> bool:
    return isinstance(found, Refused) and found.is_unknown


def _candidate(event: Row) -> Row:
    days = {key: event[key].isoformat() for key in ("starts_on", "ends_on")}
    return {"id": str(event["id"]), "name": event["name"], **days}
