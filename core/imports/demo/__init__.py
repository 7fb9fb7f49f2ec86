"""The sample conference: two days, two languages, six rooms, two hundred people; written for this project."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.imports.demo.queries import write_people
from core.imports.models import Schedule
from core.imports.read import read_schedule
from core.imports.writing import ImportReport, Progress, write
from core.kernel.tools import Transaction

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample: an ordinary schedule, and the people around it as JSON data."""

    schedule: Schedule
    people: dict[str, Any]


def load_demo(first_day: date) -> Demo:
    """Return the sample with its first day on ``first_day``; local times stay, whatever the clocks do."""
    given = read_schedule(_FOLDER / "schedule.json")
    zone = ZoneInfo(given.event.time_zone)
    schedule = moved_to(given, first_day)
    people: dict[str, Any] = json.loads((_FOLDER / "people.json").read_text("utf-8"))
    for item in people["checklist"]:
        item["due_at"] = _at(first_day, item["due"], zone)
    for vendor in people["vendors"]:
        vendor["arrives_at"] = _at(first_day, vendor["arrives"], zone)
    return Demo(schedule, people)


def moved_to(given: Schedule, first_day: date) -> Schedule:
    """Return a schedule with its first day on ``first_day``; local times stay, whatever the clocks do."""
    zone = ZoneInfo(given.event.time_zone)
    shift = first_day - given.event.starts_on

    def moved(at: datetime) -> datetime:
        return (at.astimezone(zone).replace(tzinfo=None) + shift).replace(tzinfo=zone)

    return replace(
        given,
        event=replace(given.event, starts_on=given.event.starts_on + shift, ends_on=given.event.ends_on + shift),
        sessions=tuple(replace(each, start=moved(each.start), end=moved(each.end)) for each in given.sessions),
    )


async def write_demo(tx: Transaction, demo: Demo, progress: Progress) -> ImportReport:
    """Write the sample like any import, and the people, vendors and checklists around it. Nothing comes twice."""
    report = await write(tx, demo.schedule, progress)
    assert report.event_id is not None  # noqa: S101 it was written
    await write_people(tx, report.event_id, demo.people)
    return report


def _at(day: date, clock: str | None, zone: ZoneInfo) -> str | None:
    if clock is None:
        return None
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC).isoformat()
