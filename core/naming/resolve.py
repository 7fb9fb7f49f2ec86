"""From what people say to rows: an event by name or by the calendar, a session by title or id."""

from functools import partial
from typing import Any
from uuid import UUID

from core.kernel.phrases import phrase
from core.kernel.tools import Refused, ToolContext
from core.naming import queries
from core.naming.events import in_event, same_words, the_event, which_event
from core.naming.times import local_text

Row = dict[str, Any]

_SURE = 0.6
"""Word similarity from which a search hit counts as meant; pg_trgm's own default threshold."""


async def the_session(ctx: ToolContext, said: str, event_name: str | None = None) -> tuple[Row, Row] | Refused:
    """Return a session and its event, by id, by title, or by the only one that is like the title.

    One that stands only in another event than the current one is found there. Several that match are handed back as
    candidates: the person is asked which one they mean.
    """
    by_id = await _by_id(ctx, said)
    if by_id is not None:
        return by_id
    found = await in_event(ctx, event_name, partial(_session_in, ctx, said))
    return found if event_name is not None else await _or_the_very_title(ctx, said, found)


async def _or_the_very_title(
    ctx: ToolContext, said: str, found: tuple[Row, Row] | Refused
) -> tuple[Row, Row] | Refused:
    """Where it is only like titles of one event and the very title of another, either may be meant."""
    if isinstance(found, Refused):
        event = await the_event(ctx, None)
        titles = [each.get("title", said) for each in (found.data or {}).get("candidates", ())]
    else:
        event, titles = found[1], [found[0]["title"]]
    if isinstance(event, Refused) or not titles or any(same_words(title, said) for title in titles):
        return found
    elsewhere = await queries.titled_elsewhere(ctx.tx, event["id"], said)
    return which_event([event, *elsewhere]) if elsewhere else found


async def _session_in(ctx: ToolContext, said: str, event: Row) -> tuple[Row, Row] | Refused:
    found = await queries.sessions_by_title(ctx.tx, event["id"], said)
    if not found:
        found = _meant(await queries.search(ctx.tx, said, event["id"], 6))
    if len(found) == 1:
        return found[0], event
    if not found:
        return Refused(phrase("session-unknown", title=said, event=event["name"]), is_unknown=True)
    candidates = [candidate(row, event["time_zone"]) for row in found]
    return Refused(phrase("session-which", titles=tuple(row["title"] for row in found)), {"candidates": candidates})


async def the_room(ctx: ToolContext, event: Row, said: str) -> str | Refused:
    """Return the room's own name, or ask back with the rooms there are; an event without a list takes any name."""
    known = await queries.rooms(ctx.tx, event["id"], said)
    meant = next((row["name"] for row in known if row["is_meant"]), None)
    if meant is not None:
        return meant
    if not known:
        return said
    names = tuple(row["name"] for row in known)
    return Refused(phrase("room-unknown", room=said, rooms=names), {"rooms": list(names)}, is_unknown=True)


def candidate(row: Row, zone: str) -> Row:
    """Return a session as one of several that may be meant."""
    start = local_text(row["start_time"], zone)
    return {"id": str(row["id"]), "title": row["title"], "start": start, "room": row["room"]}


def session_data(row: Row, zone: str) -> Row:
    """Return a session as the model reads it, times local to the event."""
    return {
        "id": str(row["id"]),
        "title": row["title"],
        "start": local_text(row["start_time"], zone),
        "end": local_text(row["end_time"], zone),
        "room": row["room"],
        "speaker": row["speaker_name"],
        "status": row["status"],
    }


async def _by_id(ctx: ToolContext, said: str) -> tuple[Row, Row] | None:
    try:
        session_id = UUID(said)
    except ValueError:
        return None
    session = await queries.session_by_id(ctx.tx, session_id)
    if session is None:
        return None
    event = await queries.event_by_id(ctx.tx, session["event_id"])
    return (session, event) if event else None


def _meant(hits: list[Row]) -> list[Row]:
    if not hits or hits[0]["match"] < _SURE:
        return hits if len(hits) > 1 else []
    best = hits[0]["match"]
    return [row for row in hits if row["match"] >= best - 0.1]
