"""Every entry of a file is a session or reported, and the same file a second time changes nothing."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from core.imports.matching import Known, match
from core.imports.models import Answers, BadSchedule, Schedule
from core.imports.placement import place
from core.imports.planning import SessionPlan, plan_sessions
from core.imports.read import parse_schedule
from tests.unit.imports.files import conference

TITLES = st.sampled_from(["Opening", "Maps", "CANCELLED Maps", "Maps (abgesagt)", "מפות", "", "x" * 900, None])
IDS = st.sampled_from(["g1", "G1", "g2", "g3", "", None])
TIMES = st.sampled_from(
    ["2027-05-06T10:00:00+03:00", "2027-05-06T07:00:00Z", "2027-05-06T10:30:00", "2027-05-06", "soon", None]
)
CLOCKS = st.sampled_from(["10:00", "01:30", "25:00", "10:00:00", None])
LENGTHS = st.sampled_from(["00:30", "1:00", "PT45M", "0:45:00", "1:00:00", "00:00", ":", "48:00", "90 min", None])
ROOMS = st.sampled_from(["Hall A", " hall  a", "Hall B", "", "R" * 300])
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "guid": IDS,
            "id": st.sampled_from(["1", "2", None]),
            "title": TITLES,
            "date": TIMES,
            "start": CLOCKS,
            "duration": LENGTHS,
            "room": ROOMS,
            "outside": st.booleans(),
        }
    ),
    max_size=9,
)


def as_json(entries: list[dict[str, Any]]) -> bytes:
    rooms: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        fields = {name: value for name, value in entry.items() if name != "outside" and value is not None}
        rooms.setdefault("" if entry["outside"] else entry["room"], []).append(fields)
    days = [{"date": "2027-05-06", "rooms": rooms}]
    return json.dumps(conference(days=days, time_zone_name="Asia/Jerusalem")).encode()


def as_xml(entries: list[dict[str, Any]]) -> bytes:
    parts: list[str] = []
    for entry in entries:
        guid = "" if entry["guid"] is None else f" guid={quoteattr(entry['guid'])}"
        fields = "".join(
            f"<{name}>{escape(entry[name])}</{name}>"
            for name in ("title", "date", "start", "duration", "room")
            if entry[name] is not None
        )
        event = f"<event{guid}>{fields}</event>"
        parts.append(event if entry["outside"] else f"<room name={quoteattr(entry['room'])}>{event}</room>")
    head = "<title>Spring</title><time_zone_name>Asia/Jerusalem</time_zone_name>"
    return f"<schedule><conference>{head}</conference><day date='2027-05-06'>{''.join(parts)}</day></schedule>".encode()


def as_second_json(entries: list[dict[str, Any]]) -> bytes:
    events = [
        {
            **{name: entry[name] for name in ("guid", "title", "duration") if entry[name] is not None},
            "start": entry["date"],
            "room": {"name": entry["room"]},
        }
        for entry in entries
    ]
    head = {"title": "Spring", "time_zone_name": "Asia/Jerusalem"}
    return json.dumps({"schedule": {"conference": head, "events": [*events, None]}}).encode()


def as_calendar_in_xml(entries: list[dict[str, Any]]) -> bytes:
    parts: list[str] = []
    for entry in entries:
        at = entry["date"] or ""
        kind = "date" if len(at) == len("2027-05-06") else "date-time"
        texts = {"uid": entry["guid"], "summary": entry["title"], "location": entry["room"]}
        fields = "".join(f"<{name}><text>{escape(text)}</text></{name}>" for name, text in texts.items() if text)
        parts.append(f"<vevent><properties>{fields}<dtstart><{kind}>{at}</{kind}></dtstart></properties></vevent>")
    name = "<properties><x-wr-calname><text>Spring</text></x-wr-calname></properties>"
    head = f"<icalendar><vcalendar>{name}<components>"
    return f"{head}{''.join(parts)}</components></vcalendar></icalendar>".encode()


def read(body: bytes) -> Schedule | None:
    try:
        return parse_schedule(body, Answers())
    except BadSchedule:
        return None


def apply(plan: SessionPlan, before: Sequence[Known] = ()) -> list[Known]:
    """Return the agenda after an import."""
    here = [
        Known(
            each.known.id if each.known else UUID(int=number + 100 * len(before)),
            each.session,
            each.session.speaker_name,
        )
        for number, each in enumerate(plan.sessions, 1)
    ]
    left = [
        Known(each.id, replace(each.session, room=None) if each.taken_by else each.session, None) for each in plan.left
    ]
    changed = {each.id for each in here + left}
    return here + left + [each for each in before if each.id not in changed]


@given(ENTRIES, st.booleans())
def test_every_entry_is_a_session_or_reported(entries: list[dict[str, Any]], in_xml: bool) -> None:
    body = as_xml(entries) if in_xml else as_json(entries)
    schedule = read(body)
    if schedule is None:
        return
    written = (
        len(re.findall(rb"<event[ >]", body))
        if in_xml
        else body.count(b'"duration"') + sum(entry["duration"] is None for entry in entries)
    )
    assert len(schedule.sessions) + len(schedule.reported) == written == len(entries)
    ids = [session.source_id for session in schedule.sessions]
    assert len(ids) == len(set(ids))
    placed = place(schedule).schedule.sessions
    assert sorted(session.source_id for session in placed) == sorted(ids)


@given(ENTRIES)
def test_every_entry_of_a_second_json_and_of_a_calendar_in_xml_is_too(entries: list[dict[str, Any]]) -> None:
    # The list of the second JSON ends with an entry that is none.
    for body, count in ((as_second_json(entries), len(entries) + 1), (as_calendar_in_xml(entries), len(entries))):
        try:
            schedule = parse_schedule(body, Answers(zone="Asia/Jerusalem"))
        except BadSchedule:
            continue
        assert schedule.entries == count
        ids = [session.source_id for session in schedule.sessions]
        assert len(ids) == len(set(ids))
        agenda = apply(plan_sessions(schedule, [], frozenset()))
        again = plan_sessions(schedule, agenda, frozenset())
        assert not any(each.must_be_written for each in again.sessions)
        assert again.left == ()


@given(ENTRIES)
def test_the_same_file_again_changes_nothing(entries: list[dict[str, Any]]) -> None:
    schedule = read(as_xml(entries))
    if schedule is None:
        return
    agenda = apply(plan_sessions(schedule, [], frozenset()))
    again = plan_sessions(schedule, agenda, frozenset())
    assert [each.kind for each in again.sessions] == ["unchanged"] * len(schedule.sessions)
    assert not any(each.must_be_written for each in again.sessions)
    assert again.left == ()


@given(ENTRIES, ENTRIES)
def test_from_one_version_to_the_next_nothing_is_lost_or_doubled(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    first, second = read(as_xml(before)), read(as_xml(after))
    if first is None or second is None:
        return
    agenda = apply(plan_sessions(first, [], frozenset()))
    plan = plan_sessions(second, agenda, frozenset())
    kept = [each.known.id for each in plan.sessions if each.known is not None]
    assert len(kept) == len(set(kept))
    stays = {each.id for each in agenda if each.session.is_cancelled} - set(kept)
    assert {*kept, *(each.id for each in plan.left)} | stays == {each.id for each in agenda}
    ids = [each.session.source_id for each in plan.sessions] + [each.session.source_id for each in plan.left]
    assert len(ids) == len(set(ids))
    again = plan_sessions(second, apply(plan, agenda), frozenset())
    assert not any(each.must_be_written for each in again.sessions)


def test_occurrences_that_differ_in_their_length_alone_do_not_trade_places_with_every_import() -> None:
    def entry(title: str, length: str) -> dict[str, Any]:
        at = {"date": "2027-05-06T10:00:00+03:00", "start": None, "room": "Hall A", "outside": False}
        return {"guid": "g1", "id": None, "title": title, "duration": length, **at}

    first = read(as_xml([entry("Opening", "00:30"), entry("Maps", "00:30")]))
    second = read(as_xml([entry("Opening", "00:30"), entry("Opening", "1:00")]))
    assert first is not None
    assert second is not None
    agenda = apply(plan_sessions(first, [], frozenset()))
    agenda = apply(plan_sessions(second, agenda, frozenset()), agenda)
    again = plan_sessions(second, agenda, frozenset())
    assert [each.kind for each in again.sessions] == ["unchanged", "unchanged"]


def test_an_occurrence_keeps_what_it_is_called_when_the_other_has_the_id_in_capitals() -> None:
    def entry(guid: str, title: str, room: str) -> dict[str, Any]:
        at = {"date": "2027-05-06T10:00:00+03:00", "start": None, "duration": "00:30", "outside": False}
        return {"guid": guid, "id": None, "title": title, "room": room, **at}

    first = read(as_xml([entry("g1", "Opening", "Hall A"), entry("g1", "Maps", "Hall B")]))
    second = read(as_xml([entry("g1", "Maps", "Hall A"), entry("G1", "Opening", "Hall B")]))
    assert first is not None
    assert second is not None
    agenda = apply(plan_sessions(first, [], frozenset()))
    agenda = apply(plan_sessions(second, agenda, frozenset()), agenda)
    again = plan_sessions(second, agenda, frozenset())
    assert [each.must_be_written for each in again.sessions] == [False, False]


def test_without_a_look_at_the_content_the_wrong_occurrence_would_move() -> None:
    """The twin: numbers in order of time alone would give the second workshop's place to the first."""
    entries = [
        {"guid": "g", "id": None, "title": "Knots", "date": f"2027-05-{day:02}T10:00:00+03:00", "start": None,
         "duration": "01:00", "room": "Tent", "outside": False}
        for day in (6, 7, 8)
    ]  # fmt: skip
    whole, shorter = read(as_xml(entries)), read(as_xml(entries[1:]))
    assert whole is not None
    assert shorter is not None
    agenda = apply(plan_sessions(whole, [], frozenset()))
    matching = match(shorter.sessions, agenda)
    assert [(new.start, old and old.session.start) for new, old in matching.pairs] == [
        (each.start, each.start) for each in whole.sessions[1:]
    ]
    assert [each.session.start for each in matching.left] == [whole.sessions[0].start]
    by_number = {each.source_id: each.start for each in whole.sessions}
    assert by_number[shorter.sessions[0].source_id] != shorter.sessions[0].start
