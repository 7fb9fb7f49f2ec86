"""What a change of the agenda claims: its session, and the room and the speakers for a stretch of time. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.kernel.claims import Claim, Claims, about, named
from core.kernel.names import name_key, name_keys

Row = dict[str, Any]

_PLACE = frozenset({"start_time", "end_time", "room"})
_SPEECH = frozenset({"start_time", "end_time", "speaker_name"})
_SEATS = frozenset({"start_time", "end_time", "room", "max_capacity"})


def claims(change: Row, before: Row | None) -> Claims:
    """Return the session, and what it needs; what a change leaves alone it has already and does not claim."""
    wanted: Row = change.get("set") or {}
    ident = str(change.get("schedule_id") or change.get("new_id"))
    found = [about("session", ident, before, wanted, is_exclusive=True)]
    if "schedule_id" in change and ("set" not in change or wanted.keys() & _SEATS):
        found.append(Claim(kind="places", id=ident, part="takes"))
    after = {**(before or {}), **wanted}
    if wanted and after.get("start_time") and after.get("end_time"):
        found += _stays(ident, wanted, before, after)
    return tuple(found)


def _stays(ident: str, wanted: Row, before: Row | None, after: Row) -> Iterator[Claim]:
    start, end = _times(after)
    if wanted.keys() & _PLACE:
        yield Claim(kind="session", id=ident, part="takes", name=named(after), start=start, end=end)
        yield from _room(ident, after, is_new=True)
        if before is not None and before.get("start_time"):
            was = _times(before)
            yield Claim(kind="session", id=ident, part="leaves", name=named(before), start=was[0], end=was[1])
            yield from _room(ident, before, is_new=False)
    if wanted.keys() & _SPEECH:
        names = after.get("speaker_name") or ""
        for key in name_keys(names):
            yield Claim(
                kind="speaker", id=key, part="takes", name=names, start=start, end=end, of=ident, is_exclusive=True
            )


def _room(ident: str, row: Row, *, is_new: bool) -> Iterator[Claim]:
    room = row.get("room")
    key = name_key(room)
    if room is not None and key is not None:
        start, end = _times(row)
        part = "takes" if is_new else "leaves"
        yield Claim(kind="room", id=key, part=part, name=room, start=start, end=end, of=ident, is_exclusive=is_new)


def _times(row: Row) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(row["start_time"]), datetime.fromisoformat(row["end_time"])
