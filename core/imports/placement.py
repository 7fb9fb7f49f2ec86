"""Who gets the room: real schedules contain overlaps, and a room holds one session at a time. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

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


def place(schedule: Schedule, standing: Mapping[str, tuple[SessionInfo, ...]] | None = None) -> Placement:
    """Give each session its room, in order of start, unless another stands there.

    ``standing`` holds, by room key, sessions that are in the agenda already and do not come from this file.
    """
    taken: dict[str, list[SessionInfo]] = {key: list(each) for key, each in (standing or {}).items()}
    placed: list[SessionInfo] = []
    unplaced: list[Unplaced] = []
    for session in schedule.sessions:
        key = room_key(session.room)
        if session.room is None or key is None:
            placed.append(session)
            continue
        other = next(
            (each for each in taken.get(key, ()) if session.start < each.end and each.start < session.end), None
        )
        if other is None:
            taken.setdefault(key, []).append(session)
            placed.append(session)
        else:
            placed.append(replace(session, room=None))
            unplaced.append(Unplaced(session, session.room, other.title))
    return Placement(replace(schedule, sessions=tuple(placed)), tuple(unplaced))
