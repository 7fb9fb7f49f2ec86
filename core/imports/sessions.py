"""The sessions of a file: one bad entry stops no other, and each is a session or is reported."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from core.imports.cancelled import is_called_off
from core.imports.clocks import Clocks
from core.imports.fields import (
    can_only_have_seconds,
    has_three_parts,
    id_of,
    line_of,
    read_duration,
    read_moment,
    read_seats,
    shortened_name,
    text_of,
    title_of,
)
from core.imports.matching import occurrence
from core.imports.models import BadSchedule, MissingAnswer, Place, Reported, SessionInfo
from core.imports.persons import speakers_of
from core.imports.slots import HAS_TIME, Entry, Slot
from core.kernel.names import name_key
from core.kernel.phrases import Phrase, phrase

SHORTEST = timedelta(minutes=5)
"""What a session without a length gets: the shortest time slot that pretalx and frab know."""
_IDS = ("guid", "id", "code", "slug")


@dataclass(slots=True)
class Reading:
    """The entries of one file as they are read: the sessions, what is reported, and what had to be assumed."""

    clocks: Clocks
    with_seconds: bool = False
    sessions: list[tuple[SessionInfo, Place]] = field(default_factory=list[tuple[SessionInfo, Place]])
    reported: list[Reported] = field(default_factory=list[Reported])
    notes: list[Phrase] = field(default_factory=list[Phrase])

    def read(self, slots: list[Slot]) -> tuple[SessionInfo, ...]:
        """Read all entries. Raises ``BadSchedule`` where none is a session, ``MissingAnswer`` for what all need."""
        durations = [text for slot in slots if (text := _duration(slot.entry))]
        three = [text for text in durations if has_three_parts(text)]
        self.with_seconds = len(three) == len(durations) or any(can_only_have_seconds(text) for text in three)
        self.clocks.look_at(slots)
        first: BadSchedule | None = None
        for number, slot in enumerate(slots):
            try:
                self._take(number, slot)
            except MissingAnswer:
                raise
            except BadSchedule as bad:
                first = first or bad
                self.reported.append(Reported(bad.place, bad.wrong, _title(slot.entry)))
        if not self.sessions and first is not None:
            raise first
        return self._with_ids()

    def _take(self, number: int, slot: Slot) -> None:
        entry = slot.entry
        if not any(entry.text(name) for name in (*_IDS, "title")):
            self.reported.append(Reported(entry.place(), phrase("import-blank")))
            return
        self.sessions.append((self._session(number, slot), entry.place()))

    def _session(self, number: int, slot: Slot) -> SessionInfo:
        entry = slot.entry
        title = title_of(_needed(entry, "title"))
        if name_key(title) is None:
            raise BadSchedule(entry.place("title"), phrase("import-session-no-title"))
        start, shift = self.clocks.start(number, slot)
        named = next((name for name in _IDS if entry.text(name)), None)
        return SessionInfo(
            source_id=id_of(_needed(entry, named)) if named else "",
            title=title,
            start=start,
            end=start + self._length(slot, title, start - shift),
            room=self._room(slot),
            speakers=self._speakers(entry, title),
            description=text_of(entry.text("subtitle"), entry.text("abstract"), entry.text("description")),
            track=line_of(entry.text("track") or "") or None,
            language=line_of(entry.text("language") or "") or None,
            max_capacity=self._seats(entry),
            code=_code(entry),
            is_cancelled=is_called_off(entry, title),
        )

    def _room(self, slot: Slot) -> str | None:
        room, notes = shortened_name(slot.room or slot.entry.text("room") or "", slot.entry.place("room"))
        self.notes += notes
        return room if name_key(room) else None

    def _speakers(self, entry: Entry, title: str) -> tuple[str, ...]:
        try:
            return speakers_of(entry.persons(), self.notes)
        except BadSchedule as bad:
            self.notes.append(phrase("import-note-left-out", title=title, place=bad.place, why=bad.wrong))
            return ()

    def _seats(self, entry: Entry) -> int | None:
        try:
            return read_seats(entry.text("max_capacity"), entry.place("max_capacity"))
        except BadSchedule as bad:
            self.notes.append(bad.phrase)
            return None

    def _length(self, slot: Slot, title: str, start: datetime) -> timedelta:
        """Return ``duration``; where that is missing or can be read in two ways, ``end`` says it."""
        place = slot.entry.place()
        try:
            length = self._said_length(slot, start)
            if length > timedelta(0):
                return length
            why = phrase("import-note-no-length", title=title, place=place, minutes=SHORTEST.seconds // 60)
        except BadSchedule as bad:
            values = {"title": title, "place": bad.place, "why": bad.wrong, "minutes": SHORTEST.seconds // 60}
            why = Phrase("import-note-unread-length", values)
        self.notes.append(why)
        return SHORTEST

    def _said_length(self, slot: Slot, start: datetime) -> timedelta:
        entry = slot.entry
        duration, end = entry.text("duration"), entry.text("end")
        if end is not None and HAS_TIME.search(end) and (duration is None or has_three_parts(duration)):
            return self.clocks.moment(slot, read_moment(end, entry.place("end")), "end").astimezone(UTC) - start
        return read_duration(
            duration or _needed(entry, "duration"), entry.place("duration"), with_seconds=self.with_seconds
        )

    def _with_ids(self) -> tuple[SessionInfo, ...]:
        """Return the sessions in order of time, occurrences of one id numbered; what stands twice is reported."""
        seen: set[tuple[object, ...]] = set()
        numbers: Counter[str] = Counter()
        repeated: dict[str, SessionInfo] = {}
        found: list[SessionInfo] = []
        nameless = 0
        for session, place in sorted(self.sessions, key=lambda each: _order(each[0])):
            same = (session.source_id, session.title, session.start, session.end, name_key(session.room))
            if session.source_id and same in seen:
                self.reported.append(Reported(place, phrase("format-stands-twice"), session.title))
                continue
            seen.add(same)
            id_ = session.source_id or _derived(session)
            nameless += not session.source_id
            numbers[id_] += 1
            if session.source_id and numbers[id_] == 2:  # noqa: PLR2004 the second one makes it repeated
                repeated[id_] = session
            found.append(replace(session, source_id=occurrence(id_, numbers[id_])))
        if repeated:
            self.notes.append(_of_repeated(repeated, numbers))
        if nameless:
            self.notes.append(phrase("import-note-nameless", count=nameless))
        return tuple(sorted(found, key=lambda each: (each.start, each.room or "", each.source_id)))


def _order(session: SessionInfo) -> tuple[datetime, str, str, str]:
    return session.start, session.room or "", session.title, session.source_id


def _of_repeated(repeated: dict[str, SessionInfo], numbers: Counter[str]) -> Phrase:
    id_, example = next(iter(repeated.items()))
    return phrase(
        "import-note-repeated",
        ids=len(repeated),
        sessions=sum(numbers[each] for each in repeated),
        id=id_,
        title=example.title,
        count=numbers[id_],
    )


def _derived(session: SessionInfo) -> str:
    """Return an id that stays the same when a session moves in time or to another room."""
    what = "\n".join([session.title, *session.speakers])
    return f"derived-{hashlib.sha256(what.encode()).hexdigest()[:16]}"


def _code(entry: Entry) -> str | None:
    code = entry.text("code") or entry.text("id")
    return id_of(code) if code else None


def _duration(entry: Entry) -> str | None:
    try:
        return entry.text("duration")
    except BadSchedule:
        return None


def _title(entry: Entry) -> str | None:
    try:
        return title_of(entry.text("title") or "") or None
    except BadSchedule:
        return None


def _needed(entry: Entry, name: str) -> str:
    text = entry.text(name)
    if text is None:
        raise BadSchedule(entry.place(name), phrase("import-missing"))
    return text
