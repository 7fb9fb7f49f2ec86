"""What a picture of the rooms shows, free of any language and of any pixel."""

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict

Kind: TypeAlias = Literal["other", "now", "proposed", "collides"]
"""``now`` and ``proposed``: where a session that moves stands and shall stand; ``collides``: what is in its way."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Slot(_Frozen):
    """A stretch of time in a room; times are aware, half-open."""

    room: str | None
    start: datetime
    end: datetime


class Move(_Frozen):
    """A session that a suggestion puts somewhere; ``now`` is None where it is new."""

    id: UUID | None
    title: str
    now: Slot | None
    proposed: Slot


class Bar(_Frozen):
    """One session in one room."""

    title: str
    room: str
    start: datetime
    end: datetime
    kind: Kind


class Timeline(_Frozen):
    """The rooms of an event around a change, as they were at one moment."""

    event: str
    zone: str
    """IANA name; times are shown in it."""
    at: datetime
    """When this was gathered."""
    start: datetime
    end: datetime
    """The hours that are shown."""
    rooms: tuple[str, ...]
    """From top to bottom; those that the change touches come first."""
    more_rooms: int = 0
    """How many there are that are not shown."""
    bars: tuple[Bar, ...] = ()
    moves: tuple[Move, ...] = ()
    in_the_way: tuple[str, ...] = ()
    """Titles of what collides."""
