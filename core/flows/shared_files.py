"""Somebody shared a schedule in a chat: read it, say what it would do, and suggest it."""

import asyncio
from dataclasses import replace
from pathlib import PurePosixPath
from uuid import uuid4

from core.flows.runtime import Runtime
from core.flows.store_turn import Turn
from core.flows.suggesting import weigh
from core.flows.tool_calls import Proposed
from core.imports.models import Answers, BadSchedule, MissingAnswer, Schedule
from core.imports.people.read import kind_of
from core.imports.read import parse_schedule
from core.imports.report import counts, sections, summary
from core.imports.shared.caption import answers_in, in_chat
from core.imports.shared.tools import SharedSchedule, packed, proposed
from core.imports.writing import ImportReport, SeveralEvents, plan
from core.kernel.errors import Unreachable
from core.kernel.messages import Document, SharedFile
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext
from core.naming.queries import events as known_events
from core.texts import plain, say

LARGEST = 20_000_000
"""Bytes: what Telegram hands to bots at most (Bot API, getFile)."""
_MOST_LINES = 40
"""Of a report that a chat takes as words alone."""
_DONE = ("added", "moved", "changed", "left", "unplaced", "reported")


async def answer_to_files(rt: Runtime, turn: Turn) -> str:
    """Answer a message that brings schedules; what each would do becomes a suggestion of the turn."""
    locale = turn.principal.locale
    if not turn.principal.may_decide:
        return say(locale, phrase("shared-not-yours"))
    return "\n\n".join([await _answer(rt, turn, file) for file in turn.message.files])


async def _answer(rt: Runtime, turn: Turn, file: SharedFile) -> str:
    locale, name = turn.principal.locale, file.name
    if file.size > LARGEST:
        return say(locale, phrase("shared-too-large", name=name))
    try:
        body = await rt.platforms[turn.message.address.platform].download(file.source, LARGEST)
    except Unreachable as refused:
        return say(locale, refused.phrase)
    try:
        if await asyncio.to_thread(kind_of, body) != "schedule":
            return say(locale, phrase("shared-people", name=name))
        answers, schedule = await _read(rt, turn, name, body)
        args = packed(name, body, answers)
        return say(locale, args.why) if isinstance(args, Refused) else await _suggest(rt, turn, args, schedule)
    except BadSchedule as bad:
        return say(locale, phrase("shared-unreadable", name=name, why=in_chat(bad.phrase)))
    except SeveralEvents:
        return say(locale, phrase("shared-several-events", name=name))


async def _read(rt: Runtime, turn: Turn, name: str, body: bytes) -> tuple[Answers, Schedule]:
    """Read the file; what it does not say is taken from the event that the organisation runs now or next."""
    told = answers_in(turn.message.text)
    try:
        return told, await asyncio.to_thread(parse_schedule, body, told)
    except MissingAnswer:
        async with rt.db.acting_as(turn.principal) as tx:
            events = [each for each in await known_events(tx, rt.now().date()) if each["is_current"]]
    if len(events) == 1:
        zone, event = events[0]["time_zone"], events[0]["name"]
    else:
        zone, event = turn.principal.timezone, PurePosixPath(name).stem.replace("_", " ").strip() or name
    answers = replace(told, zone=told.zone or zone, event=told.event or event)
    # First the zone alone: a file that names its conference means that one.
    try:
        given = replace(answers, event=told.event)
        return given, await asyncio.to_thread(parse_schedule, body, given)
    except MissingAnswer:
        return answers, await asyncio.to_thread(parse_schedule, body, answers)


async def _suggest(rt: Runtime, turn: Turn, args: SharedSchedule, schedule: Schedule) -> str:
    locale = turn.principal.locale
    async with rt.db.acting_as(turn.principal) as tx:
        ctx = ToolContext(tx, turn.principal, rt.now())
        report = await plan(tx, schedule)
        looked: Proposal | Refused = await proposed(ctx, args.model_dump(), report)
        if isinstance(looked, Refused):
            return say(locale, looked.why)
        weighed = await weigh(ctx, looked)
    turn.run.proposed.append(Proposed(uuid4(), weighed))
    document = _document(turn, args.file, report)
    turn.documents.append(document)
    return "\n".join(say(locale, each) for each in (_summary(args.file, report), phrase("shared-report-beside")))


def _summary(name: str, report: ImportReport) -> Phrase:
    """Return what the file does, in one sentence of numbers."""
    numbers = counts(report)
    parts = tuple(phrase(f"shared-does-{each}", count=numbers[each]) for each in _DONE if numbers[each])
    if not parts:
        return summary(report)
    return phrase("shared-summary", name=name, event=report.event.name, parts=parts)


def _document(turn: Turn, name: str, report: ImportReport) -> Document:
    """Return everything by name, in the reader's language; its beginning for a chat that takes no files."""
    locale, zone = turn.principal.locale, turn.principal.timezone
    found: list[Phrase] = [summary(report)]
    for section in sections(report):
        found += [section.title, *section.lines]
    lines = [say(locale, in_chat(line), reader_zone=zone) for line in found]
    short = lines
    if len(lines) > _MOST_LINES:
        short = [*lines[:_MOST_LINES], say(locale, phrase("shared-more", count=len(lines) - _MOST_LINES))]
    title = plain(say(locale, phrase("shared-report", name=PurePosixPath(name).stem)))
    return Document(f"{title}.txt", "\n".join(lines) + "\n", "\n".join(short))
