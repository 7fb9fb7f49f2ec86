"""Sessionize's API as JSON: the view "All data", "Sessions" (grouped) and "Grid Smart". Times are the place's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.imports.entry import Slot, read_conference
from core.imports.models import THE_FILE, Answers, BadSchedule, MissingAnswer, Reported, Schedule
from core.imports.record import Record, conference_of, entries_of, fields_of, items_of, text_in
from core.kernel.phrases import phrase

_TRACKS = ("track", "מסלול", "topic", "נושא")
"""Titles of the category that says what a session's track is, the likeliest first."""


def is_sessionize(data: object) -> bool:
    """Tell whether this JSON is one of Sessionize's views."""
    if isinstance(data, list):
        return any(
            isinstance(each, dict) and ({"groupId", "sessions"} <= each.keys() or {"rooms", "timeSlots"} <= each.keys())
            for each in data[:1]
        )
    return isinstance(data, dict) and {"sessions", "speakers", "rooms"} <= data.keys()


def read_sessionize(data: object, answers: Answers) -> Schedule:
    """Read one of Sessionize's views. Raises ``BadSchedule`` with one sentence."""
    if not answers.zone:
        raise MissingAnswer(THE_FILE, phrase("format-no-zone", tool="Sessionize"))
    view = _all(fields_of(data, "the file")) if isinstance(data, dict) else _grouped(data)
    conference = conference_of(None, answers.zone, answers, "Sessionize")
    placed = [each for each in view.sessions if each.fields.get("startsAt")]
    reported = [
        Reported(each.place, phrase("format-not-placed"), text_in(each.fields.get("title")))
        for each in view.sessions
        if not each.fields.get("startsAt")
    ]
    if not placed:
        raise BadSchedule(THE_FILE, phrase("format-nothing-placed", tool="Sessionize"))
    slots = [view.slot(each) for each in placed]
    read = read_conference(conference, slots, view.rooms, answers)
    return replace(read, reported=(*read.reported, *reported))


@dataclass(frozen=True, slots=True)
class _Session:
    fields: dict[str, object]
    place: str
    room: str | None = None


@dataclass(frozen=True, slots=True)
class _View:
    sessions: list[_Session]
    rooms: list[Record]
    room_names: dict[str, str]
    speakers: dict[str, str]
    tracks: dict[str, str]
    """Names of the items of the category that means tracks, by their ids."""

    def slot(self, session: _Session) -> Slot:
        """Return a session as an entry of the neutral model."""
        given = session.fields
        room = session.room or text_in(given.get("room")) or self.room_names.get(text_in(given.get("roomId")) or "")
        record = Record(
            {
                "guid": text_in(given.get("id")),
                "title": text_in(given.get("title")),
                "description": text_in(given.get("description")),
                "date": text_in(given.get("startsAt")),
                "end": text_in(given.get("endsAt")),
                "track": self._track(given),
                # Without an end: no length, which is said.
                "duration": None if given.get("endsAt") else "00:00",
            },
            session.place,
            tuple(filter(None, (self._speaker(each) for each in _listed(given.get("speakers"))))),
        )
        return Slot(record, room or "")

    def _speaker(self, given: object) -> str | None:
        if isinstance(given, dict):
            return text_in(fields_of(given, "speaker").get("name"))
        return self.speakers.get(text_in(given) or "")

    def _track(self, given: dict[str, object]) -> str | None:
        ids = [text_in(each) or "" for each in _listed(given.get("categoryItems"))]
        if found := next((self.tracks[each] for each in ids if each in self.tracks), None):
            return found
        # The other views put the names beside the ids.
        for place, category in items_of(given.get("categories"), "categories"):
            if _means_track(category):
                for _, item in items_of(category.get("categoryItems"), place):
                    return text_in(item.get("name"))
        return None


def _all(data: dict[str, object]) -> _View:
    rooms = items_of(data.get("rooms"), "rooms")
    ordered = sorted(items_of(data.get("categories"), "categories"), key=lambda each: not _means_track(each[1]))
    tracks = {
        text_in(item.get("id")) or "": text_in(item.get("name")) or ""
        for place, category in ordered[:1]
        if _means_track(category)
        for _, item in items_of(category.get("items"), place)
    }
    return _View(
        [_Session(each, place) for place, each in entries_of(data.get("sessions"), "sessions")],
        [Record({"name": text_in(each.get("name"))}, place) for place, each in rooms if text_in(each.get("name"))],
        {text_in(each.get("id")) or "": text_in(each.get("name")) or "" for _, each in rooms},
        {
            text_in(each.get("id")) or "": text_in(each.get("fullName")) or ""
            for _, each in items_of(data.get("speakers"), "speakers")
        },
        tracks,
    )


def _grouped(data: object) -> _View:
    """Read the views that are lists: of groups, or of days with rooms."""
    found: list[_Session] = []
    seen: set[tuple[str | None, ...]] = set()
    for place, group in items_of(data, "the file"):
        for room_place, room in [*items_of(group.get("rooms"), f"{place}.rooms"), (place, group)]:
            name = text_in(room.get("name"))
            for where, each in entries_of(room.get("sessions") or [], f"{room_place}.sessions"):
                # A plenary session is listed under every room of its day.
                key = (text_in(each.get("id")), text_in(each.get("startsAt")))
                if key not in seen or key[0] is None:
                    seen.add(key)
                    found.append(_Session(each, where, name))
    return _View(found, [], {}, {}, {})


def _means_track(category: dict[str, object]) -> bool:
    title = (text_in(category.get("title")) or text_in(category.get("name")) or "").casefold()
    return any(word in title for word in _TRACKS)


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
