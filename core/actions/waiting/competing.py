"""Which suggestions cannot both be: they want the same session, the same room or the same speaker at one time. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from core.actions.bundles.models import BUNDLE
from core.actions.phrasing import in_one_line
from core.actions.suggestion import Rival
from core.kernel.phrases import Phrase, phrase
from core.texts import plain

Row = Mapping[str, Any]

_AGENDA = "schedule_"
_SPEAKERS = re.compile("[,;&+]")
"""As ``app.name_keys`` divides the names in one field."""
_MOST_NAMED = 3
"""Rivals that a card names; the rest is counted."""
_TIMES = frozenset({"start_time", "end_time"})


@dataclass(frozen=True, slots=True)
class Stay:
    """A room, or a speaker, for a stretch of time; half-open, so that one may begin the moment another ends."""

    kind: Literal["room", "speaker"]
    key: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Wants:
    """What a suggestion claims for itself: the sessions that it changes, and who or what has to be where."""

    sessions: frozenset[str] = frozenset()
    stays: tuple[Stay, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything else could get in its way at all."""
        return bool(self.sessions or self.stays)


def may_compete(action_type: str) -> bool:
    """Whether such an action can want a session, a room or a speaker."""
    return action_type == BUNDLE or action_type.startswith(_AGENDA)


def wants(action_type: str, args: Row, before: Row | None, shared_rooms: Collection[str] = ()) -> Wants:
    """Return what an action claims. ``shared_rooms``: keys of rooms where several sessions may stand at one time."""
    found = [_of_line(line, shared_rooms) for line in _lines(action_type, args, before)]
    return Wants(
        frozenset().union(*(each.sessions for each in found)), tuple(stay for each in found for stay in each.stays)
    )


def competes(one: Wants, other: Wants) -> bool:
    """Whether only one of two can be."""
    if one.sessions & other.sessions:
        return True
    return any(_clash(mine, theirs) for mine in one.stays for theirs in other.stays)


def rival_lines(rivals: Collection[Rival]) -> tuple[Phrase, ...]:
    """Say on a card which others lose if this one is approved: a few by name, the rest in number."""
    named = tuple(_line(rival) for rival in list(rivals)[:_MOST_NAMED])
    more = len(rivals) - len(named)
    return (*named, phrase("waiting-more-rivals", count=more)) if more > 0 else named


def rivals_key(rivals: Collection[Rival]) -> str:
    """Return what tells one set of rivals from another, in a few characters."""
    ids = ",".join(sorted(str(rival.id) for rival in rivals))
    return hashlib.sha256(ids.encode()).hexdigest()[:12]


def name_key(name: object) -> str:
    """Return what names are compared by, as ``app.name_key`` does: whatever their case, width and spaces."""
    return " ".join(plain(unicodedata.normalize("NFKC", str(name or ""))).lower().split())


def _line(rival: Rival) -> Phrase:
    return phrase("waiting-rival", title=in_one_line(rival.title, *rival.what), name=rival.asker_name)


def _lines(action_type: str, args: Row, before: Row | None) -> Iterator[tuple[str, Row, Row]]:
    if action_type != BUNDLE:
        yield action_type, args, before or {}
        return
    for line in args.get("lines") or ():
        yield line["action_type"], line["args"], line.get("before") or {}


def _of_line(line: tuple[str, Row, Row], shared_rooms: Collection[str]) -> Wants:
    action_type, args, before = line
    if not action_type.startswith(_AGENDA):
        return Wants()
    session = args.get("schedule_id") or args.get("new_id")
    sessions = frozenset({str(session)}) if session else frozenset[str]()
    return Wants(sessions, tuple(_stays(args.get("set") or {}, before, shared_rooms)))


def _stays(change: Row, before: Row, shared_rooms: Collection[str]) -> Iterator[Stay]:
    """Yield who has to be where. What a change leaves alone it does not want: it has it already."""
    row = {**before, **change}
    if not row.get("start_time") or not row.get("end_time"):
        return
    start, end = datetime.fromisoformat(row["start_time"]), datetime.fromisoformat(row["end_time"])
    room = name_key(row.get("room"))
    if room and room not in shared_rooms and change.keys() & {"room", *_TIMES}:
        yield Stay("room", room, start, end)
    if change.keys() & {"speaker_name", *_TIMES}:
        for name in _SPEAKERS.split(row.get("speaker_name") or ""):
            if key := name_key(name):
                yield Stay("speaker", key, start, end)


def _clash(one: Stay, other: Stay) -> bool:
    same = (one.kind, one.key) == (other.kind, other.key)
    return same and one.start < other.end and other.start < one.end
