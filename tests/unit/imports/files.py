"""The smallest schedule in both formats, to be bent by the tests."""

import json
from collections.abc import Iterable
from typing import Any

from core.imports.models import Answers, Schedule, in_english
from core.imports.read import parse_schedule
from core.kernel.phrases import Phrase

JSON_EVENT = 'schedule.conference.days[0].rooms["Hall A"][0]'


def event(**fields: object) -> dict[str, Any]:
    """Return a session as schedule.json has it; a field that is None is left out."""
    given: dict[str, object] = {
        "guid": "g1",
        "id": 1,
        "date": "2026-05-01T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:30",
        "title": "Opening",
        "persons": [{"id": 7, "public_name": "Dana Levi"}],
    }
    return {name: value for name, value in (given | fields).items() if value is not None}


def conference(*events: dict[str, Any], **fields: object) -> dict[str, Any]:
    """Return a schedule.json of one day with these sessions in Hall A; a field that is None is left out."""
    given: dict[str, object] = {
        "acronym": "spring",
        "title": "Spring",
        "start": "2026-05-01",
        "end": "2026-05-01",
        "time_zone_name": "Europe/Berlin",
        "days": [{"index": 1, "date": "2026-05-01", "rooms": {"Hall A": list(events)}}],
    }
    return {"schedule": {"conference": {name: value for name, value in (given | fields).items() if value is not None}}}


def read(data: object, zone: str | None = None) -> Schedule:
    """Read JSON data as if it stood in a file."""
    return parse_schedule(json.dumps(data).encode(), Answers(zone))


def xml(events: str, *, head: str = "", day: str = 'date="2026-05-01"') -> bytes:
    """Return a schedule.xml; the events begin on line 6."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<schedule>
<conference><acronym>spring</acronym><title>Spring</title>{head}</conference>
<day index="1" {day}>
<room name="Hall A">
{events}
</room>
</day>
</schedule>""".encode()


XML_EVENT = """<event guid="g1" id="1">
<date>2026-05-01T10:00:00+02:00</date>
<duration>00:30</duration>
<title>Opening</title>
</event>"""


def said(notes: Iterable[Phrase]) -> tuple[str, ...]:
    """Return notes as the terminal shows them."""
    return tuple(in_english(note) for note in notes)
