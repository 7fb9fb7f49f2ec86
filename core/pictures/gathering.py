"""What a picture shows is gathered when something is suggested, as the person who asks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.kernel.claims import Claim, Claims
from core.kernel.proposals import Conflict, Proposal
from core.kernel.tools import Transaction
from core.pictures import queries
from core.pictures.models import Bar, Kind, Move, Slot, Timeline

Row = dict[str, Any]

MOST_ROOMS = 8
"""Rows that a phone shows at a readable size."""
_MARGIN = timedelta(hours=1)
_LEAST, _MOST = timedelta(hours=4), timedelta(hours=9)
"""Hours that are shown: enough to see what is around, and not so many that titles have no room."""


async def timeline_of(tx: Transaction, proposal: Proposal, now: datetime) -> Timeline | None:
    """Return the rooms around what a proposal moves; None where it moves nothing, or to no room."""
    moves = tuple(moves_of(proposal.claims))
    if proposal.event_id is None or not any(each.proposed.room for each in moves):
        return None
    start, end = _window(moves)
    found, rows = await queries.around(tx, proposal.event_id, start, end)
    if found is None:
        return None
    return timeline(found, rows, moves, proposal.conflicts, (start, end), zone=proposal.zone, at=now)


def moves_of(claims: Claims) -> Iterator[Move]:
    """Yield what an action puts at another time or into another room, a bundle's line by line."""
    for each in claims:
        # What needs something else has a place of its own; the room belongs to it.
        if each.part == "takes" and each.of is None and each.start is not None:
            was = next((other for other in claims if other.part == "leaves" and other.thing == each.thing), None)
            yield Move(
                id=None if was is None else UUID(each.id),
                title=each.name,
                now=None if was is None else _slot(was, claims),
                proposed=_slot(each, claims),
            )


def timeline(
    event: Row,
    rows: Sequence[Row],
    moves: tuple[Move, ...],
    conflicts: Sequence[Conflict],
    window: tuple[datetime, datetime],
    *,
    zone: str,
    at: datetime,
) -> Timeline:
    """Return the timeline of these rows; what moves is drawn twice, and everybody in its way is marked. Pure."""
    moving = {each.id for each in moves}
    items = (conflict.item for conflict in conflicts if conflict.item is not None)
    in_the_way = {item.id: item.title for item in items if item.kind == "session"}
    bars = [
        _bar(row["title"], Slot(room=row["room"], start=row["start_time"], end=row["end_time"]), kind)
        for row in rows
        if row["id"] not in moving
        for kind in ("collides" if row["id"] in in_the_way else "other",)
    ]
    for move in moves:
        if move.now is not None and move.now != move.proposed:
            bars.append(_bar(move.title, move.now, "now"))
        bars.append(_bar(move.title, move.proposed, "proposed"))
    shown = [bar for bar in bars if bar is not None and bar.start < window[1] and bar.end > window[0]]
    rooms = _rooms(event["rooms"], shown)
    return Timeline(
        event=event["name"],
        zone=zone,
        at=at,
        start=window[0],
        end=window[1],
        rooms=rooms,
        more_rooms=len({*event["rooms"], *(bar.room for bar in shown)} - {*rooms}),
        bars=tuple(bar for bar in shown if bar.room in rooms),
        moves=moves,
        in_the_way=tuple(title for ident, title in in_the_way.items() if ident not in moving),
    )


def _slot(stay: Claim, claims: Claims) -> Slot:
    rooms = (each.name for each in claims if each.kind == "room" and each.part == stay.part and each.of == stay.id)
    assert stay.start is not None and stay.end is not None  # noqa: S101 a stay has both
    return Slot(room=next(rooms, None), start=stay.start, end=stay.end)


def _bar(title: str, slot: Slot, kind: Kind) -> Bar | None:
    return Bar(title=title, room=slot.room, start=slot.start, end=slot.end, kind=kind) if slot.room else None


def _rooms(known: Sequence[str], bars: Sequence[Bar]) -> tuple[str, ...]:
    """Return the rooms to show: where something happens, then their neighbours by name; in the order of their names."""
    touched = dict.fromkeys(bar.room for kind in ("proposed", "now", "collides") for bar in bars if bar.kind == kind)
    order = {room: place for place, room in enumerate(dict.fromkeys([*known, *touched]))}
    centre = [order[room] for room in touched] or [0]
    nearest = sorted(order, key=lambda room: (room not in touched, min(abs(order[room] - at) for at in centre)))
    return tuple(sorted(nearest[:MOST_ROOMS], key=order.__getitem__))


def _window(moves: Sequence[Move]) -> tuple[datetime, datetime]:
    """Return the hours around where sessions shall stand, and where they stand now if that is near enough."""
    start, end = min(each.proposed.start for each in moves), max(each.proposed.end for each in moves)
    for slot in (each.now for each in moves if each.now is not None):
        if max(end, slot.end) - min(start, slot.start) <= _MOST - 2 * _MARGIN:
            start, end = min(start, slot.start), max(end, slot.end)
    start, end = start - _MARGIN, end + _MARGIN
    if end - start < _LEAST:
        missing = (_LEAST - (end - start)) / 2
        start, end = start - missing, end + missing
    start = start.replace(minute=0, second=0, microsecond=0)
    return start, min(end, start + _MOST)
