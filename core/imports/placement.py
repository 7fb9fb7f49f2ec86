"""Who gets the room: real schedules contain overlaps, and a room holds one session at a time. Pure."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.imports.models import Schedule, SessionInfo

_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A session that is kept without a room, and the one that has it."""

    session: SessionInfo
    room: str
    taken_by: str
    """Title of the session that stands there."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Every session of the schedule, none lost, no two in one room at one time."""

    schedule: Schedule
    unplaced: tuple[Unplaced, ...]


def room_key(name: str | None) -> str | None:
    """Return the key under which names of a room are the same; twin of ``app.name_key`` in SQL."""
    if name is None:
        return None
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name))
    # Letter by letter, as PostgreSQL does it: the full mapping makes two letters of some.
    lower = "".join(letter.lower()[:1] for letter in re.sub(r"\s+", " ", plain))
    return lower.strip(" ") or None


def place(
    schedule: Schedule,
    standing: Mapping[str, Iterable[SessionInfo]] | None = None,
    shared: frozenset[str] = frozenset(),
) -> Placement:
    """Give each session its room, in order of start, unless another stands there.

    ``standing`` holds, by room key, sessions that are in the agenda already and do not come from this file; they do
    not overlap each other, as the database guarantees. ``shared`` are keys of rooms that hold several at a time.
    """
    rooms: dict[str, _Room] = {}
    for key, sessions in (standing or {}).items():
        rooms[key] = _Room()
        for session in sessions:
            rooms[key].add(session)
    placed: list[SessionInfo] = []
    unplaced: list[Unplaced] = []
    for session in sorted(
        schedule.sessions, key=lambda session: (session.start, session.room or "", session.source_id)
    ):
        key = room_key(session.room)
        other = None if key is None or key in shared else rooms.setdefault(key, _Room()).take(session)
        if other is None:
            placed.append(session)
        else:
            placed.append(replace(session, room=None))
            unplaced.append(Unplaced(session, session.room or "", other.title))
    return Placement(replace(schedule, sessions=tuple(placed)), tuple(unplaced))


@dataclass(slots=True)
class _Room:
    """What stands in one room, in order of time. Only the neighbours of a session can be in its way."""

    starts: list[datetime] = field(default_factory=list[datetime])
    sessions: list[SessionInfo] = field(default_factory=list[SessionInfo])

    def take(self, session: SessionInfo) -> SessionInfo | None:
        """Put a session in, or return the one that is in its way."""
        at = bisect_right(self.starts, session.start)
        for other in self.sessions[max(at - 1, 0) : at + 1]:
            if session.start < other.end and other.start < session.end:
                return other
        self.add(session)
        return None

    def add(self, session: SessionInfo) -> None:
        """Put a session in."""
        at = bisect_right(self.starts, session.start)
        self.starts.insert(at, session.start)
        self.sessions.insert(at, session)
