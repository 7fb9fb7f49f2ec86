"""An import from its plan to its report: what a file will do to the agenda, and doing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from uuid import UUID

from core.imports import queries
from core.imports.conferences import Choice, choose, new_id
from core.imports.models import EventInfo, Schedule, SessionInfo
from core.imports.placement import Unplaced
from core.imports.planning import Kind, Left, Planned, SessionPlan, plan_sessions
from core.imports.rooms import Renamed, RoomPlan, plan_rooms
from core.kernel.tools import Transaction

Progress = Callable[[int, int], None]
"""Told how many of how many sessions are written."""
Gone: TypeAlias = Literal["keep", "cancel"]
"""What becomes of sessions that left their file; they are never removed."""

_BATCH = 100


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. Each entry of the file is counted once: as a session, or as reported."""

    schedule: Schedule
    event: EventInfo
    """As the agenda has it: a known event keeps its id, and its name where a person gave it."""
    event_id: UUID | None
    """None where the event is new and nothing is written yet."""
    event_is_new: bool
    sessions: tuple[Planned, ...]
    left: tuple[Left, ...]
    unplaced: tuple[Unplaced, ...]
    renamed: tuple[Renamed, ...] = ()
    rooms_left: tuple[str, ...] = ()
    namesakes: tuple[EventInfo, ...] = ()
    """Other events that look like this one: the same acronym, address or name."""
    gone: Gone = "keep"

    def of(self, kind: Kind) -> tuple[Planned, ...]:
        """Return the sessions that were added, moved, changed or left as they are."""
        return tuple(each for each in self.sessions if each.kind == kind)

    @property
    def cancelled(self) -> tuple[SessionInfo, ...]:
        """The sessions that the file itself calls off."""
        return tuple(each.session for each in self.sessions if each.session.is_cancelled)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the agenda is as the file says already."""
        return not (
            self.event_is_new
            or self.renamed
            or any(each.must_be_written for each in self.sessions)
            or any(each.taken_by is not None for each in self.left)
        )


class SeveralEvents(Exception):
    """Two events have the name that a person gave."""


async def plan(tx: Transaction, schedule: Schedule) -> ImportReport:
    """Say what an import would do, and change nothing."""
    choice = await _choice(tx, schedule)
    return (await _planned(tx, schedule, choice))[0]


async def write(tx: Transaction, schedule: Schedule, progress: Progress, gone: Gone = "keep") -> ImportReport:
    """Write a schedule: new sessions are added, changed ones updated, others left alone, nothing removed.

    A session whose room is taken at that time is kept without a room. One that is in the file comes before one that
    left it; one that people made keeps its room. Raises ``SeveralEvents``.
    """
    await queries.begin(tx)
    choice = await _choice(tx, schedule)
    report, rooms, sessions = await _planned(tx, schedule, choice, lock=True)
    event_id = report.event_id
    if event_id is None:
        event_id = await queries.insert_event(tx, report.event)
    else:
        await queries.update_event(tx, event_id, report.event)
    await queries.write_rooms(tx, event_id, rooms)
    await _write_sessions(tx, event_id, sessions, progress)
    if gone == "cancel":
        await queries.cancel(tx, event_id, [each.id for each in sessions.left])
    return replace(report, event_id=event_id, gone=gone)


async def cancel_left(tx: Transaction, report: ImportReport) -> int:
    """Cancel the sessions that left the file; return how many."""
    assert report.event_id is not None  # noqa: S101 the report of a write
    return await queries.cancel(tx, report.event_id, [each.id for each in report.left])


async def _choice(tx: Transaction, schedule: Schedule) -> Choice:
    event = schedule.event
    known = await queries.known_events(tx, schedule)
    if not event.is_named:
        return choose(event, len(schedule.sessions), known)
    named = await queries.events_named(tx, event.name)
    if len(named) > 1:
        raise SeveralEvents
    if named:
        return Choice(named[0], named[0].info.source_id or new_id(event, known))
    return Choice(None, new_id(event, known))


def _event(schedule: Schedule, choice: Choice) -> EventInfo:
    """Return the event as it will be: the file's, but what a person named keeps its name, its zone and its days."""
    event, known = schedule.event, choice.event
    if event.is_named and known is not None:
        days = {
            "starts_on": min(event.starts_on, known.info.starts_on),
            "ends_on": max(event.ends_on, known.info.ends_on),
        }
        return replace(known.info, source_id=choice.source_id, address=event.address, **days)
    return replace(event, source_id=choice.source_id)


async def _planned(
    tx: Transaction, schedule: Schedule, choice: Choice, *, lock: bool = False
) -> tuple[ImportReport, RoomPlan, SessionPlan]:
    event, known = _event(schedule, choice), choice.event
    event_id = None if known is None else known.id
    rooms_known = [] if event_id is None else await queries.known_rooms(tx, event_id)
    sessions_known = [] if event_id is None else await queries.known_sessions(tx, event_id, lock=lock)
    rooms = plan_rooms(schedule.rooms, rooms_known)
    shared = frozenset(rooms.shared(rooms_known))
    sessions = plan_sessions(
        schedule,
        [replace(each, session=replace(each.session, room=rooms.now(each.session.room))) for each in sessions_known],
        shared,
    )
    report = ImportReport(
        schedule=schedule,
        event=event,
        event_id=event_id,
        event_is_new=event_id is None,
        sessions=sessions.sessions,
        left=sessions.left,
        unplaced=sessions.unplaced,
        renamed=rooms.renamed,
        rooms_left=tuple(room.name for room in rooms.left if room.in_file),
        namesakes=tuple(each.info for each in choice.namesakes),
    )
    return report, rooms, sessions


async def _write_sessions(tx: Transaction, event_id: UUID, plan: SessionPlan, progress: Progress) -> None:
    """Write what differs, in batches; who needs a room that another leaves in the same import gets it."""
    to_write = [each for each in plan.sessions if each.must_be_written]
    await queries.collisions_count(tx, at_once=False)
    await queries.make_room(tx, [each.id for each in plan.left if each.taken_by is not None], to_write)
    as_they_are = len(plan.sessions) - len(to_write)
    for start in range(0, len(to_write), _BATCH):
        batch = to_write[start : start + _BATCH]
        await queries.write_sessions(tx, event_id, batch)
        progress(as_they_are + start + len(batch), len(plan.sessions))
    await queries.collisions_count(tx, at_once=True)
