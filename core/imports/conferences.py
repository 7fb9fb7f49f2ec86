"""Which event a file belongs to: an acronym alone is no identity, because many conferences are called 2027. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from core.imports.models import EventInfo
from core.kernel.names import name_key

_SAME_EDITION = timedelta(days=92)
"""How far a conference may be put off before it is taken for its next edition, where no session tells."""
_MUCH = 3
"""One session in so many: two conferences may both begin with a session 1 called Opening."""
_ADDRESS = re.compile(r"^[a-z]+://(?:www\.)?", re.IGNORECASE)
_SUFFIX = "  @"
"""No acronym of a file holds two spaces in a row."""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event of the agenda that came from a file, how many sessions it has, and how many of them the new file."""

    id: UUID
    info: EventInfo
    sessions: int = 0
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The event that a file belongs to, None where it is a new one; and the others that look like it."""

    event: KnownEvent | None
    source_id: str
    """What the event is called from now on, unique in the organisation."""
    namesakes: tuple[KnownEvent, ...] = field(default=())


def address_of(text: str | None) -> str | None:
    """Return an address in the form in which two are compared: without scheme, ``www.``, query and last slash."""
    bare = _ADDRESS.sub("", (text or "").strip()).split("?")[0].split("#")[0].rstrip("/").lower()
    return bare.removesuffix("/schedule")[:500] or None


def acronym_of(source_id: str) -> str:
    """Return the acronym in an event's id."""
    return source_id.split(_SUFFIX, maxsplit=1)[0]


def choose(event: EventInfo, sessions: int, known: Sequence[KnownEvent]) -> Choice:
    """Say which of the known events a conference with so many sessions is.

    Many sessions in common decide. Else two of acronym, address and title must agree, the addresses must not contradict
    each other, and the days must be near: the next edition is another event.
    """
    alike = [each for each in known if _signs(event, each.info)]
    same = [each for each in alike if _has_much_in_common(each, sessions) or _is_same(event, each.info)]
    if same:
        best = max(same, key=lambda each: (each.shared, _signs(event, each.info), each.info.starts_on))
        return Choice(best, best.info.source_id)
    return Choice(None, new_id(event, known), tuple(alike))


def _has_much_in_common(known: KnownEvent, sessions: int) -> bool:
    return known.shared > 0 and known.shared * _MUCH >= min(sessions, known.sessions)


def _signs(event: EventInfo, known: EventInfo) -> int:
    return sum(
        (
            acronym_of(event.source_id) == acronym_of(known.source_id),
            event.address is not None and event.address == known.address,
            name_key(event.name) == name_key(known.name),
        )
    )


def _is_same(event: EventInfo, known: EventInfo) -> bool:
    contradict = event.address is not None and known.address is not None and event.address != known.address
    return not contradict and _signs(event, known) > 1 and _gap(event, known) <= _SAME_EDITION


def _gap(event: EventInfo, known: EventInfo) -> timedelta:
    def apart(earlier: date, later: date) -> timedelta:
        return max(later - earlier, timedelta(0))

    return max(apart(event.ends_on, known.starts_on), apart(known.ends_on, event.starts_on))


def new_id(event: EventInfo, known: Iterable[KnownEvent]) -> str:
    """Return what a new event is called: its acronym, and more where another has it."""
    used = {each.info.source_id for each in known}
    if event.source_id not in used:
        return event.source_id
    stem = f"{event.source_id}{_SUFFIX}{event.address or event.name}"
    return next(name for number in range(1, len(used) + 2) if (name := f"{stem}  {number}") not in used)
