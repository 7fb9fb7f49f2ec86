"""A shared schedule as a suggestion. No model proposes it: its door is a file, and its bytes are what runs."""

import asyncio
import base64
import hashlib
import zlib
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from core.db import WorldMoved
from core.imports.models import Answers, BadSchedule, Clock, DayOrder, Schedule, SessionInfo
from core.imports.queries import begin
from core.imports.read import parse_schedule
from core.imports.report import counts
from core.imports.shared import queries
from core.imports.shared.caption import in_chat
from core.imports.writing import ImportReport, plan, write
from core.kernel.cards import Fact
from core.kernel.claims import claiming
from core.kernel.phrases import phrase, verbatim
from core.kernel.proposals import Impact, Proposal, Vip
from core.kernel.tools import Action, Description, Refused, ToolContext, Transaction, WriteTool

Row = dict[str, Any]

LARGEST_PACKED = 1_000_000
"""Bytes of a file when packed, for they stand in the suggestion; a thousand sessions take about 200,000."""
_ANSWERS = ("zone", "event", "clock", "dates", "columns")
"""The fields of ``Answers``, all of which a suggestion keeps: the file is read again when it runs."""
_SHOWN = ("added", "moved", "changed", "left", "unplaced", "reported")


class SharedSchedule(BaseModel):
    """A file as it was shared, and what was taken for granted where it says nothing."""

    file: str
    body: str
    zone: str | None = None
    event: str | None = None
    clock: Clock | None = None
    dates: DayOrder | None = None
    columns: dict[str, str] = Field(default_factory=dict)


def packed(name: str, body: bytes, answers: Answers) -> SharedSchedule | Refused:
    """Return a file as a suggestion carries it."""
    small = zlib.compress(body, 9)
    if len(small) > LARGEST_PACKED:
        return Refused(phrase("shared-too-large", name=name))
    said = {field: getattr(answers, field) for field in _ANSWERS}
    return SharedSchedule(file=name, body=base64.b64encode(small).decode(), **said)


async def preview(ctx: ToolContext, args: SharedSchedule) -> Proposal | Refused:
    """Propose to import the file."""
    return await review(ctx, args.model_dump())


async def review(ctx: ToolContext, args: Row) -> Proposal | Refused:
    """Look at the world again: what would the file do to the agenda now?"""
    try:
        schedule = await _schedule(args)
    except BadSchedule as bad:
        return Refused(in_chat(bad.phrase))
    return await proposed(ctx, args, await plan(ctx.tx, schedule))


async def proposed(ctx: ToolContext, args: Row, report: ImportReport) -> Proposal | Refused:
    """Return the suggestion for a planned import."""
    event = report.event
    if report.changes_nothing:
        return Refused(phrase("shared-nothing-new", name=args["file"], event=event.name))
    touched = [each.known.id for each in report.sessions if each.known and each.kind in ("moved", "changed")]
    touched += [each.id for each in report.left if each.taken_by is not None]
    people = await queries.registered(ctx.tx, touched)
    numbers = counts(report)
    canonical = {
        **{name: args.get(name) for name in ("file", "body", *_ANSWERS)},
        "sha256": hashlib.sha256(_body(args)).hexdigest(),
        "set": {"name": event.name},
        "sessions": [_told(each.session) for each in report.sessions if each.must_be_written],
        "counts": {name: numbers[name] for name in (*_SHOWN, "unchanged", "read")},
        "is_new": report.event_is_new,
        "time_zone": event.time_zone,
    }
    begins = datetime.combine(event.starts_on, time(), ZoneInfo(event.time_zone))
    return Proposal(
        action_type="import_schedule",
        effect="create" if report.event_is_new else "update",
        event_id=report.event_id,
        args=canonical,
        before=None,
        zone=event.time_zone,
        facts_digest=await queries.digest(ctx.tx, report.event_id),
        conflicts=(),
        impact=Impact(
            affected_participants=len(people),
            vips=tuple(Vip(name=each["name"], note=each["note"]) for each in people if each["is_vip"]),
            # That nobody is registered says nothing about a whole schedule.
            counts_people=False,
        ),
        # An agenda is corrected while its event runs, too: then the ordinary time to decide holds.
        starts_at=begins if begins > ctx.now else None,
        least_risk="medium",
    )


class _Import:
    """Proves that nothing has moved since the card was shown, and imports the bytes that it was made from."""

    async def __call__(self, tx: Transaction, action: Action) -> None:
        await self.prove(tx, action)
        await self.write(tx, action)

    async def prove(self, tx: Transaction, action: Action) -> None:
        """Raise ``WorldMoved`` when an event, a session or a room is no longer what was shown."""
        await begin(tx)
        report = await plan(tx, await _schedule(action.args))
        if await queries.digest(tx, report.event_id) != action.facts_digest:
            raise WorldMoved

    async def write(self, tx: Transaction, action: Action) -> None:
        """Import the file; sessions that left it are kept, as on the card."""
        await write(tx, await _schedule(action.args), lambda _done, _total: None)


def describe(action: Action) -> Description:
    """Say what the file will do, in numbers; the sessions by name stand in the report beside the card."""
    args, numbers = action.args, action.args["counts"]
    facts = [
        Fact(phrase("shared-file"), verbatim(args["file"])),
        *(
            Fact(phrase(f"shared-{name}"), phrase("shared-count", count=numbers[name]))
            for name in _SHOWN
            if numbers[name]
        ),
        Fact(phrase("field-time-zone"), verbatim(args["time_zone"])),
    ]
    title = phrase("shared-title-new" if args["is_new"] else "shared-title", event=args["set"]["name"])
    return Description(title, facts=(*facts, Fact(phrase("shared-undo"), phrase("shared-no-undo"))))


def _told(session: SessionInfo) -> Row:
    """Return what a session will be, for the database to prove that it was done."""
    return {
        "source_id": session.source_id,
        "title": session.title,
        "start_time": session.start.astimezone(UTC).isoformat(),
        "end_time": session.end.astimezone(UTC).isoformat(),
        "room": session.room,
    }


def _body(args: Row) -> bytes:
    return zlib.decompress(base64.b64decode(args["body"]))


async def _schedule(args: Row) -> Schedule:
    # What an earlier version stored lacks what came later.
    answers = Answers(**{name: args[name] for name in _ANSWERS if args.get(name) is not None})
    return await asyncio.to_thread(parse_schedule, _body(args), answers)


SCHEDULE_IMPORT = WriteTool(
    name="import_schedule",
    action_type="import_schedule",
    description="Import a schedule that somebody shared as a file.",
    args=SharedSchedule,
    preview=preview,
    review=review,
    execute=_Import(),
    describe=describe,
    claims=claiming("file", "file"),
    inverse=lambda _action: None,
    # Nobody is offered it: a model cannot make up a file.
    roles=frozenset(),
)
