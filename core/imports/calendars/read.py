"""iCalendar, as text, XML or JSON: every VEVENT becomes a session, each occurrence of a repeated one its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from core.imports.calendars.properties import categories, repeats, speakers, stamp, text, when, zone_is_unknown
from core.imports.calendars.recurrence import MOST, occurrences
from core.imports.decoding import decoded
from core.imports.entry import MOST_SESSIONS, Slot, read_conference
from core.imports.fields import line_of, read_zone
from core.imports.models import THE_FILE, Answers, BadSchedule, Place, Reported, Schedule
from core.imports.models import line as line_at
from core.imports.record import Record, conference_of
from core.kernel.phrases import Phrase, PhraseValue, phrase


def is_calendar(body: bytes) -> bool:
    """Tell whether these bytes are an iCalendar file, in whatever encoding."""
    head = body[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:15].upper().startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"))


def read_calendar(body: bytes, answers: Answers) -> Schedule:
    """Read an iCalendar file. Raises ``BadSchedule`` with one sentence."""
    content = decoded(body)
    lines = [number for number, line in enumerate(content.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    return read_events(parsed(content), [line_at(line) for line in lines], answers)


def read_events(calendars: list[Component], places: Sequence[Place], answers: Answers) -> Schedule:
    """Read the events of calendars, whatever form these came in; ``places`` says where each event stands."""
    events = [each for calendar in calendars for each in calendar.walk("VEVENT")]
    if len(events) != len(places):
        raise BadSchedule(THE_FILE, phrase("format-calendar-cut"))
    zone = answers.zone or _first(calendars, "X-WR-TIMEZONE") or _commonest_zone(events)
    named = ["X-WR-CALNAME", "NAME", "X-WR-CALDESC"]
    if "pentabarf" in (_first(calendars, "PRODID") or "").casefold():
        # Its name is a sentence, "Schedule for sessions at ...".
        named.reverse()
    name = next(filter(None, (_first(calendars, each) for each in named)), None)
    conference = conference_of(name, zone, answers, "iCalendar")
    reading = _Reading(
        read_zone(zone, "--zone" if answers.zone else "X-WR-TIMEZONE") if zone else None,
        _last_day(events),
        all_cancelled=any(text(each, "METHOD").upper() == "CANCEL" for each in calendars),
    )
    overridden = _overridden(events)
    found = (
        slot
        for event, place in zip(events, places, strict=True)
        for slot in reading.slots(_Event(event, place), overridden)
    )
    # One more than are read: a few lines may repeat a million times.
    slots = list(islice(found, MOST_SESSIONS + 1))
    read = read_conference(conference, slots, (), answers)
    return replace(read, notes=(*read.notes, *reading.notes), reported=(*read.reported, *reading.reported))


def parsed(content: str) -> list[Component]:
    """Return the calendars of an iCalendar text. Raises ``BadSchedule`` for what is none."""
    try:
        return [*Calendar.from_ical(content, multiple=True)]
    except (ValueError, IndexError, KeyError) as failure:
        raise BadSchedule(THE_FILE, phrase("format-calendar-broken", why=line_of(str(failure))[:120])) from None


def _first(calendars: list[Component], name: str) -> str | None:
    return next((found for calendar in calendars if (found := text(calendar, name))), None)


def _commonest_zone(events: list[Component]) -> str | None:
    keys = (_key(at.tzinfo) for event in events if isinstance(at := when(event, "DTSTART"), datetime))
    found = Counter(key for key in keys if key and key not in ("UTC", "Etc/UTC"))
    return found.most_common(1)[0][0] if found else None


def _key(zone: tzinfo | None) -> str | None:
    return zone.key if isinstance(zone, ZoneInfo) else None


def _last_day(events: list[Component]) -> date:
    days = [
        at.date() if isinstance(at, datetime) else at
        for each in events
        if isinstance(at := when(each, "DTSTART"), date)
    ]
    return max(days, default=date.min)


def _overridden(events: list[Component]) -> set[tuple[str, str]]:
    """Return which occurrences of which event have an entry of their own."""
    return {
        (text(event, "UID"), stamp(original))
        for event in events
        if isinstance(original := when(event, "RECURRENCE-ID"), date)
    }


@dataclass(frozen=True, slots=True)
class _Event:
    event: Component
    where: Place

    @property
    def uid(self) -> str:
        return text(self.event, "UID")

    @property
    def title(self) -> str:
        return line_of(text(self.event, "SUMMARY"))


@dataclass(slots=True)
class _Reading:
    zone: ZoneInfo | None
    last: date
    all_cancelled: bool
    notes: list[Phrase] = field(default_factory=list[Phrase])
    reported: list[Reported] = field(default_factory=list[Reported])
    seen: set[tuple[str | None, ...]] = field(default_factory=set[tuple[str | None, ...]])

    def slots(self, entry: _Event, overridden: set[tuple[str, str]]) -> Iterator[Slot]:
        """Yield the sessions of one event, and note what has to be said about it."""
        start, original = when(entry.event, "DTSTART"), when(entry.event, "RECURRENCE-ID")
        if tzid := zone_is_unknown(entry.event, "DTSTART"):
            self._note(entry, "format-zone-unknown", zone=tzid[:40])
        if not isinstance(start, date):
            # Broken or missing: the shared reading says so, with the place.
            yield from self._slot(entry, start if isinstance(start, str) else None, entry.uid)
        elif isinstance(original, date):
            yield from self._slot(entry, start, f"{entry.uid} {stamp(original)}")
        else:
            for at, guid in self._happens(entry, start, overridden):
                yield from self._slot(entry, at, guid)

    def _happens(self, entry: _Event, start: date, overridden: set[tuple[str, str]]) -> Iterator[tuple[date, str]]:
        try:
            how = repeats(entry.event)
            found = occurrences(start, how, self.last) if how else None
        except (ValueError, OverflowError):
            self._note(entry, "format-repeats-unread")
            found = None
        if found is None:
            yield start, entry.uid
            return
        if found.until:
            self._note(entry, "format-repeats-endlessly", until=found.until)
        if found.too_many:
            self._note(entry, "format-repeats-too-often", most=MOST)
        for at in found.starts:
            if (entry.uid, stamp(at)) not in overridden:
                yield at, f"{entry.uid} {stamp(at)}"

    def _slot(self, entry: _Event, at: date | str | None, guid: str) -> Iterator[Slot]:
        record, room = self._record(entry, at, guid), text(entry.event, "LOCATION")
        same = (*(record.text(name) for name in ("guid", "date", "end", "title")), room)
        if same in self.seen:
            self.reported.append(Reported(entry.where, phrase("format-stands-twice"), entry.title))
            return
        self.seen.add(same)
        if room and isinstance(at, date) and not isinstance(at, datetime):
            self._note(entry, "format-whole-days", room=line_of(room))
            room = ""
        yield Slot(record, room)

    def _note(self, entry: _Event, id_: str, **values: PhraseValue) -> None:
        self.notes.append(Phrase(id_, {"title": entry.title, "place": entry.where, **values}))

    def _record(self, entry: _Event, at: date | str | None, guid: str) -> Record:
        start = datetime.combine(at, time()) if isinstance(at, date) and not isinstance(at, datetime) else at
        cancelled = self.all_cancelled or text(entry.event, "STATUS").upper() == "CANCELLED"
        fields = {
            "guid": guid.strip() or None,
            "title": text(entry.event, "SUMMARY"),
            "description": text(entry.event, "DESCRIPTION"),
            "track": categories(entry.event),
            "status": "cancelled" if cancelled else None,
            "date": self._local(start).isoformat() if isinstance(start, datetime) else start,
        }
        if isinstance(start, datetime):
            fields["end"] = self._end(entry, start).isoformat()
        return Record(fields, entry.where, speakers(entry.event))

    def _end(self, entry: _Event, start: datetime) -> datetime:
        """Return when an occurrence ends: whole days and nights end by the clock, hours after so many hours."""
        first, end, length = (when(entry.event, name) for name in ("DTSTART", "DTEND", "DURATION"))
        if isinstance(first, datetime):
            if isinstance(end, datetime):
                length = self._moment(end) - self._moment(first)
            elapsed = length if isinstance(length, timedelta) else timedelta(0)
            return self._moment(start) + elapsed
        whole = timedelta(days=1)
        if isinstance(length, timedelta):
            whole = length
        elif isinstance(end, date) and isinstance(first, date):
            whole = (end.date() if isinstance(end, datetime) else end) - first
        return start + max(whole, timedelta(days=1))

    def _local(self, at: datetime) -> datetime:
        # By the place's own clock it is said where that is moved; elsewhere an offset says all.
        return at.replace(tzinfo=None) if self.zone and _key(at.tzinfo) == self.zone.key else at

    def _moment(self, at: datetime) -> datetime:
        # Through UTC, where adding and subtracting count hours that pass.
        return (at if at.tzinfo else at.replace(tzinfo=self.zone or UTC)).astimezone(UTC)
