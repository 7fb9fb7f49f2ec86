"""What an import will do to the sessions of an event, computed before anything is written. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from uuid import UUID

from core.imports.matching import Known, Matching, match
from core.imports.models import Schedule, SessionInfo
from core.imports.placement import Unplaced, in_the_way, place
from core.kernel.names import name_key

Kind: TypeAlias = Literal["added", "moved", "changed", "unchanged"]
"""``moved``: another time or room; ``changed``: anything else that the agenda shows."""

_KEPT = ("description", "track", "language", "max_capacity")
"""What a file that does not say it leaves as it is: many formats have no room for it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A session of the file as the agenda will have it, and what it is now, if anything."""

    session: SessionInfo
    known: Known | None
    kind: Kind

    @property
    def must_be_written(self) -> bool:
        """Tell whether its row differs, be it only in what the file calls it."""
        if self.known is None or self.kind != "unchanged":
            return True
        before = self.known.session
        return (before.source_id, before.code) != (self.session.source_id, self.session.code)


@dataclass(frozen=True, slots=True)
class Left:
    """A session that is in the file no more."""

    id: UUID
    session: SessionInfo
    taken_by: str | None = None
    """Title of the session of the file that takes its room."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What becomes of every session of the file, and of those that left it."""

    sessions: tuple[Planned, ...]
    left: tuple[Left, ...]
    unplaced: tuple[Unplaced, ...]


def plan_sessions(schedule: Schedule, known: Sequence[Known], shared: frozenset[str]) -> SessionPlan:
    """Return what an import of ``schedule`` does to the sessions that are ``known``, of whatever state.

    A session of the file has its room before one that left it; one that people made keeps its own. ``shared`` are the
    keys of rooms that hold several at a time.
    """
    matching = match(schedule.sessions, known)
    sessions = {session.source_id: known for session, known in matching.pairs}
    whole = replace(schedule, sessions=tuple(session for session, _ in matching.pairs))
    placement = place(whole, _made_by_people(known, matching), shared, _rooms_now(matching))
    left = [each for each in matching.left if not each.session.is_cancelled]
    others = in_the_way([each.session for each in left], placement.schedule.sessions, shared)
    return SessionPlan(
        tuple(_planned(session, sessions[session.source_id]) for session in placement.schedule.sessions),
        tuple(
            Left(each.id, each.session, None if other is None else other.title)
            for each, other in zip(left, others, strict=True)
        ),
        placement.unplaced,
    )


def _made_by_people(known: Sequence[Known], matching: Matching) -> dict[str, list[SessionInfo]]:
    matched = {each.id for _, each in matching.pairs if each is not None} | {each.id for each in matching.left}
    found: dict[str, list[SessionInfo]] = {}
    for each in known:
        key = name_key(each.session.room)
        if key is not None and each.id not in matched and not each.session.is_cancelled:
            found.setdefault(key, []).append(each.session)
    return found


def _rooms_now(matching: Matching) -> dict[str, str]:
    """Return the rooms that people gave to sessions whose own was taken, while their time stays."""
    return {
        session.source_id: known.session.room
        for session, known in matching.pairs
        if known is not None
        and known.session.room is not None
        and (known.session.start, known.session.end) == (session.start, session.end)
    }


def _planned(session: SessionInfo, known: Known | None) -> Planned:
    if known is None:
        return Planned(session, None, "added")
    before = known.session
    kept = {name: getattr(before, name) for name in _KEPT if getattr(session, name) is None}
    now = replace(session, **kept)
    if (now.start, now.end, now.room) != (before.start, before.end, before.room):
        return Planned(now, known, "moved")
    shown = (now.title, now.speaker_name, now.is_cancelled, *(getattr(now, name) for name in _KEPT))
    was = (before.title, known.speaker_name, before.is_cancelled, *(getattr(before, name) for name in _KEPT))
    return Planned(now, known, "unchanged" if shown == was else "changed")
