"""A conference schedule, whatever format it came in."""

from dataclasses import dataclass
from datetime import date, datetime


class BadSchedule(Exception):
    """A file that cannot be read: one sentence with what is wrong, and its place in the file."""

    def __init__(self, place: str, wrong: str) -> None:
        sentence = f"{place}: {wrong}" if place else wrong
        # The sentence quotes the file and is printed on a terminal, which obeys control characters.
        super().__init__("".join(letter if letter.isprintable() else "\ufffd" for letter in sentence))


@dataclass(frozen=True, slots=True)
class EventInfo:
    """The conference. ``time_zone`` is an IANA name; both days are included."""

    source_id: str
    name: str
    starts_on: date
    ends_on: date
    time_zone: str


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A room as the file names it."""

    name: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInfo:
    """One session; times are aware, ``end`` is when the room is free again."""

    source_id: str
    title: str
    start: datetime
    end: datetime
    room: str | None
    speakers: tuple[str, ...] = ()
    description: str | None = None
    track: str | None = None
    language: str | None = None
    max_capacity: int | None = None

    @property
    def speaker_name(self) -> str | None:
        """All speakers in one field, as the agenda keeps them."""
        return ", ".join(self.speakers) or None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that a file says, in order of time."""

    event: EventInfo
    rooms: tuple[RoomInfo, ...]
    sessions: tuple[SessionInfo, ...]
    notes: tuple[str, ...] = ()
    """What had to be assumed."""
