"""Who gets the room: real schedules contain overlaps, and a room holds one session at a time. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.imports.models import Schedule, SessionInfo
from core.kernel.names import name_key


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


def place(
    schedule: Schedule,
    standing: Mapping[str, Iterable[SessionInfo]] | None = None,
    shared: frozenset[str] = frozenset(),
    rooms_now: Mapping[str, str] | None = None,
) -> Placement:
    """Give each session its room, in order of start, unless another stands there. A cancelled one holds none.

    ``standing`` holds, by room key, sessions that are in the agenda already and do not come from this file; they do
    not overlap each other, as the database guarantees. ``shared`` are keys of rooms that hold several at a time.
    ``rooms_now`` says by id where a session stands that finds its room taken; it stays there if nobody else comes.
    """
    rooms = _Rooms(shared)
    for key, sessions in (standing or {}).items():
        for session in sessions:
            rooms.at(key).add(session)
    placed: list[SessionInfo] = []
    homeless: list[Unplaced] = []
    for session in sorted(
        schedule.sessions, key=lambda session: (session.start, session.room or "", session.source_id)
    ):
        other = rooms.take(session)
        placed.append(session if other is None else replace(session, room=None))
        if other is not None:
            homeless.append(Unplaced(session, session.room or "", other.title))
    elsewhere = {
        each.session.source_id: room
        for each in homeless
        if (room := (rooms_now or {}).get(each.session.source_id)) is not None
        and rooms.take(replace(each.session, room=room)) is None
    }
    return Placement(
        replace(
            schedule, sessions=tuple(replace(each, room=elsewhere.get(each.source_id, each.room)) for each in placed)
        ),
        tuple(each for each in homeless if each.session.source_id not in elsewhere),
    )


def in_the_way(
    leaving: Iterable[SessionInfo], placed: Iterable[SessionInfo], shared: frozenset[str]
) -> list[SessionInfo | None]:
    """Return for each session that left its file the one that needs its room, if any."""
    rooms = _Rooms(shared)
    for session in placed:
        if (key := rooms.key(session)) is not None:
            rooms.at(key).add(session)
    return [rooms.other(session) for session in leaving]


class _Rooms:
    """The rooms of an event that hold one session at a time."""

    def __init__(self, shared: frozenset[str]) -> None:
        self._shared = shared
        self._rooms: dict[str, _Room] = {}

    def key(self, session: SessionInfo) -> str | None:
        """Return the key of the room that a session needs for itself."""
        key = name_key(session.room)
        return None if session.is_cancelled or key in self._shared else key

    def at(self, key: str) -> "_Room":
        """Return the room of this key."""
        return self._rooms.setdefault(key, _Room())

    def other(self, session: SessionInfo) -> SessionInfo | None:
        """Return who stands where a session would."""
        key = self.key(session)
        return None if key is None else self.at(key).other(session)

    def take(self, session: SessionInfo) -> SessionInfo | None:
        """Put a session into its room, or return the one that is in its way."""
        other = self.other(session)
        if other is None and (key := self.key(session)) is not None:
            self.at(key).add(session)
        return other


@dataclass(slots=True)
class _Room:
    """What stands in one room, in order of time. Only the neighbours of a session can be in its way."""

    starts: list[datetime] = field(default_factory=list[datetime])
    sessions: list[SessionInfo] = field(default_factory=list[SessionInfo])

    def other(self, session: SessionInfo) -> SessionInfo | None:
        """Return the session that is in the way of another, if any."""
        at = bisect_right(self.starts, session.start)
        for other in self.sessions[max(at - 1, 0) : at + 1]:
            if session.start < other.end and other.start < session.end:
                return other
        return None

    def add(self, session: SessionInfo) -> None:
        """Put a session in."""
        at = bisect_right(self.starts, session.start)
        self.starts.insert(at, session.start)
        self.sessions.insert(at, session)
