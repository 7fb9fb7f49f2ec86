"""A conference schedule, whatever format it came in, and what became of each entry of its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from core.kernel.phrases import Phrase, PhraseValue, phrase
from core.texts import plain, say

Place: TypeAlias = Phrase | str
"""Where something stands in a file: a line, or a path of keys; empty for the file as a whole."""
DayOrder: TypeAlias = Literal["day", "month"]
"""What stands first in a date that is written with numbers only."""
Clock: TypeAlias = Literal["date", "start"]
"""Which of the two times that an entry gives: its point in time, or its local time of day."""


THE_FILE = phrase("import-the-file")


def line(number: int, column: int | None = None) -> Phrase:
    """Return a place in a text file; both count from 1."""
    if column is None:
        return phrase("import-line", line=str(number))
    return phrase("import-line-column", line=str(number), column=str(column))


def in_english(said: Phrase) -> str:
    """Return a phrase for the terminal: in English, and without anything that a terminal would obey."""
    return plain(say("en", said))


def visible(said: Phrase) -> Phrase:
    """Return a phrase that quotes a file with a mark in the place of each letter that cannot be printed."""
    return Phrase(said.id, {name: _visible(value) for name, value in said.args.items()})


def _visible(value: PhraseValue) -> PhraseValue:
    if isinstance(value, str):
        return "".join(letter if letter.isprintable() else "\ufffd" for letter in value)
    return visible(value) if isinstance(value, Phrase) else value


def at_place(place: Place, said: Phrase) -> Phrase:
    """Return a sentence with the place in the file before it."""
    return phrase("import-at", place=place, said=said) if place else said


class BadSchedule(Exception):
    """A file, or an entry of one, that cannot be read: one sentence with what is wrong, and its place in the file."""

    def __init__(self, place: Place, wrong: Phrase) -> None:
        super().__init__(wrong.id)
        self.place, self.wrong = place, visible(wrong)
        self.phrase = visible(at_place(place, wrong))

    def __str__(self) -> str:
        return in_english(self.phrase)


class MissingAnswer(BadSchedule):
    """What no entry can be read without, and the file does not say; the command has an option for it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a file that says it badly or not at all."""

    zone: str | None = None
    """The IANA time zone of the place; wins over what the file names."""
    clock: Clock | None = None
    """Which time is right where an entry gives two that contradict each other."""
    event: str | None = None
    """The name of the event that the file belongs to, known or new; needed where the file has none."""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Which column of a table holds what: ``{"title": "Talk name"}``."""
    dates: DayOrder | None = None
    """Whether 5/6 in a table is the fifth of June or the sixth of May."""


NOTHING_SAID = Answers()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: the value for ``Answers``, and how it reads."""

    value: str
    said: Phrase


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a file leaves open, to be asked where a person is there; ``taken`` is what is taken else."""

    about: Literal["clock"]
    """The field of ``Answers`` that answers it."""
    said: Phrase
    options: tuple[Option, ...]
    taken: str


@dataclass(frozen=True, slots=True)
class Reported:
    """An entry of the file that becomes no session of the agenda, and why."""

    place: Place
    why: Phrase
    title: str | None = None


@dataclass(frozen=True, slots=True)
class EventInfo:
    """The conference. ``time_zone`` is an IANA name; both days are included."""

    source_id: str
    name: str
    starts_on: date
    ends_on: date
    time_zone: str
    address: str | None = None
    """Where its schedule is published; tells two conferences of one acronym apart."""
    is_named: bool = False
    """A person said which event it is: the one of this name, whatever its acronym."""


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A room as the file names it; its id stays when the name changes."""

    name: str
    capacity: int | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInfo:
    """One session; times are aware, ``end`` is when the room is free again."""

    source_id: str
    """Unique in the file: occurrences of one repeated id are numbered."""
    title: str
    start: datetime
    end: datetime
    room: str | None
    speakers: tuple[str, ...] = ()
    description: str | None = None
    track: str | None = None
    language: str | None = None
    max_capacity: int | None = None
    code: str | None = None
    """What the planning tool calls the submission; several sessions may share it, and it outlives the id."""
    is_cancelled: bool = False
    """Such a session holds no room."""

    @property
    def speaker_name(self) -> str | None:
        """All speakers in one field, as the agenda keeps them."""
        return ", ".join(self.speakers) or None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that a file says, in order of time. Each entry is a session or reported, never neither."""

    event: EventInfo
    rooms: tuple[RoomInfo, ...]
    sessions: tuple[SessionInfo, ...]
    notes: tuple[Phrase, ...] = ()
    """What had to be assumed or shortened."""
    reported: tuple[Reported, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def entries(self) -> int:
        """How many entries the file has."""
        return len(self.sessions) + len(self.reported)
