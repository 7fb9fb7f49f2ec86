"""What real files leave out or write in their own way is read all the same, and what was assumed is said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.imports.models import EventInfo, RoomInfo, Schedule, SessionInfo
from core.imports.read import parse_schedule
from tests.unit.imports.files import XML_EVENT, conference, event, read, said, xml


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


OPENING = SessionInfo(
    source_id="g1",
    title="Opening",
    start=at("2026-05-01T10:00+02:00"),
    end=at("2026-05-01T10:30+02:00"),
    room="Hall A",
    speakers=("Dana Levi",),
    code="1",
)
SPRING = EventInfo("spring", "Spring", date(2026, 5, 1), date(2026, 5, 1), "Europe/Berlin")


def only(schedule: Schedule) -> SessionInfo:
    [session] = schedule.sessions
    return session


def test_the_smallest_json_and_the_smallest_xml_say_the_same() -> None:
    expected = Schedule(SPRING, (RoomInfo("Hall A"),), (OPENING,))
    persons = "<persons><person id='7'>Dana Levi</person></persons>"
    head = "<time_zone_name>Europe/Berlin</time_zone_name>"
    assert read(conference(event())) == expected
    assert parse_schedule(xml(XML_EVENT.replace("</event>", f"{persons}</event>"), head=head)) == expected
    assert parse_schedule(b"\xef\xbb\xbf" + xml(XML_EVENT, head=head)).event == SPRING


@pytest.mark.parametrize(
    ("duration", "length"),
    [
        ("00:30", timedelta(minutes=30)),
        ("1:15", timedelta(hours=1, minutes=15)),
        ("48:00", timedelta(days=2)),
        # Three parts in every session of the file: with seconds, as Python and many spreadsheets write it.
        ("1:15:00", timedelta(hours=1, minutes=15)),
        ("0:45:30", timedelta(minutes=45, seconds=30)),
    ],
)
def test_durations(duration: object, length: timedelta) -> None:
    session = only(read(conference(event(duration=duration))))
    assert session.end - session.start == length


def test_three_parts_among_two_are_days_as_pretalx_writes_them() -> None:
    schedule = read(conference(event(), event(guid="g2", duration="1:15:00")))
    assert [each.end - each.start for each in schedule.sessions] == [
        timedelta(minutes=30),
        timedelta(days=1, hours=15),
    ]


def test_the_end_decides_where_a_duration_is_missing_or_unclear() -> None:
    end = "2026-05-01T11:15:00+02:00"
    for duration in (None, "1:15:00"):
        schedule = read(conference(event(guid="g0"), event(duration=duration, end=end)))
        assert schedule.sessions[1].end == at(end)


@pytest.mark.parametrize("fields", [{"duration": "00:00"}, {"duration": None, "end": "2026-05-01T09:00:00+02:00"}])
def test_a_session_without_a_length_is_kept_and_named(fields: dict[str, object]) -> None:
    schedule = read(conference(event(**fields)))
    assert only(schedule).end - only(schedule).start == timedelta(minutes=5)
    assert said(schedule.notes) == (
        '"Opening" (schedule.conference.days[0].rooms["Hall A"][0]) has no length; it is kept with 5 minutes.',
    )


@pytest.mark.parametrize(
    ("day", "clock", "start"),
    [
        ("", "09:30", "2026-05-01T09:30+02:00"),
        ("", "03:59", "2026-05-02T03:59+02:00"),
        ("", "04:00", "2026-05-01T04:00+02:00"),
        ("start='2026-05-01T11:00:00+02:00'", "10:59", "2026-05-02T10:59+02:00"),
        ("start='2026-05-01T11:00:00+02:00'", "11:00", "2026-05-01T11:00+02:00"),
    ],
)
def test_a_day_with_times_of_day_lasts_into_the_night(day: str, clock: str, start: str) -> None:
    # Pentabarf's files, FOSDEM's for years among them, have no <date> in an event.
    events = f"<event id='1'><start>{clock}</start><duration>00:25</duration><title>Talk</title></event>"
    body = xml(events, day=f"date='2026-05-01' {day}", head="<time_zone_name>Europe/Brussels</time_zone_name>")
    assert only(parse_schedule(body)).start == at(start)


def test_a_session_after_midnight_extends_the_event() -> None:
    schedule = read(conference(event(date="2026-05-02T01:30:00+02:00", start="01:30")))
    assert (schedule.event.starts_on, schedule.event.ends_on) == (date(2026, 5, 1), date(2026, 5, 2))


def test_times_without_offset_are_local_to_the_named_zone_or_the_given_one() -> None:
    local = event(date="2026-05-01T10:00:00")
    assert only(read(conference(local))).start == at("2026-05-01T10:00+02:00")
    assert only(read(conference(local), "Asia/Jerusalem")).start == at("2026-05-01T10:00+03:00")
    assert read(conference(local), "Asia/Jerusalem").event.time_zone == "Asia/Jerusalem"


def test_a_session_over_a_clock_change_lasts_as_long_as_it_says() -> None:
    # At 02:00 on this night the clocks of Berlin go on to 03:00.
    session = only(read(conference(event(date="2026-03-29T01:30:00", start="01:30", duration="01:00"))))
    assert (session.start.astimezone(UTC), session.end.astimezone(UTC)) == (
        at("2026-03-29T00:30Z"),
        at("2026-03-29T01:30Z"),
    )


def test_times_in_utc_do_not_contradict_the_named_zone() -> None:
    assert read(conference(event(date="2026-05-01T08:00:00Z"))).notes == ()


@pytest.mark.parametrize(("offset", "zone"), [("+01:00", "Etc/GMT-1"), ("-05:00", "Etc/GMT+5"), ("Z", "Etc/UTC")])
def test_a_file_without_a_zone_gets_the_one_of_its_offsets(offset: str, zone: str) -> None:
    schedule = read(conference(event(date=f"2026-05-01T10:00:00{offset}"), time_zone_name=None))
    assert schedule.event.time_zone == zone
    assert said(schedule.notes) == (
        f"The file names no time zone; its offsets say {zone}. Give --zone for the place's own.",
    )


@pytest.mark.parametrize(
    ("fields", "source_id"),
    [
        ({}, "g1"),
        ({"guid": None}, "1"),
        ({"guid": None, "id": None, "code": "AB3"}, "AB3"),
        ({"guid": "", "id": None, "slug": "spring-opening"}, "spring-opening"),
    ],
)
def test_ids(fields: dict[str, object], source_id: str) -> None:
    assert only(read(conference(event(**({"guid": "g1"} | fields))))).source_id == source_id


def test_sessions_without_any_id_keep_theirs_when_they_move() -> None:
    def ids(*dates: str) -> dict[str, str]:
        schedule = read(
            conference(*(event(guid=None, id=None, title=f"T{date}"[:2], date=date, start=None) for date in dates))
        )
        assert said(schedule.notes) == (
            f"{len(dates)} sessions have neither guid nor id; the next import knows them by title and speakers.",
        )
        return {session.source_id: session.title for session in schedule.sessions}

    morning, evening = "2026-05-01T10:00:00+02:00", "2026-05-01T18:00:00+02:00"
    assert len(ids(morning, evening)) == 2
    assert ids(morning, evening) == ids(evening, "2026-05-02T09:00:00+02:00")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br/>Two &amp; <b>three</b>", "One\nTwo & three"),
        ("1 < 2 and 3 > 2, see <https://example.org>", "1 < 2 and 3 > 2, see <https://example.org>"),
        ("Use &lt;b&gt; for bold", "Use <b> for bold"),
        ("Before<script>alert('x')</script> after<!-- not this -->", "Before after"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("a\x00b\ud800c\r\nd", "abc\nd"),
        ("<p> </p>", None),
    ],
)
def test_descriptions_become_text(written: str, read_as: str | None) -> None:
    assert only(read(conference(event(description=written)))).description == read_as


def test_a_description_says_nothing_twice_and_everything_once() -> None:
    given = event(subtitle="A New Dawn", abstract="The keynote.", description="A New Dawn")
    assert only(read(conference(given))).description == "A New Dawn\n\nThe keynote."
    assert only(read(conference(event(description="x" * 30_000)))).description == "x" * 19_999 + "…"


def test_mark_up_inside_of_xml_is_read_as_text() -> None:
    given = XML_EVENT.replace("</event>", "<abstract>One <em>two</em> three</abstract></event>")
    assert only(parse_schedule(xml(given))).description == "One two three"


def test_titles_and_speakers_stand_on_one_line() -> None:
    persons = [{"name": "Tom\n Harris"}, {"public_name": "Smith, Jane"}, {"name": "Tom Harris"}, "Noa", {"id": 3}]
    session = only(read(conference(event(title=" Q &amp; A\n\twith  us ", persons=persons))))
    assert (session.title, session.speakers) == ("Q & A with us", ("Tom Harris", "Smith Jane", "Noa"))
    assert session.speaker_name == "Tom Harris, Smith Jane, Noa"


def test_rooms_are_one_however_they_are_spelled() -> None:
    days = [{"rooms": {"Hall A": [event()], " hall  a ": [event(guid="g2")], "\u200f": [event(guid="g3")]}}]
    rooms = [{"name": "HALL A"}, {"name": "Hall A", "capacity": "400"}, {"name": "Foyer", "capacity": 0}]
    schedule = read(conference(days=days, rooms=rooms))
    assert schedule.rooms == (RoomInfo("HALL A", 400), RoomInfo("Foyer"))
    assert {session.source_id: session.room for session in schedule.sessions} == {
        "g1": "Hall A",
        "g2": "hall a",
        "g3": None,
    }


def test_sessions_come_in_order_of_time() -> None:
    dates = ("2026-05-01T12:00:00+02:00", "2026-05-01T10:30:00+02:00", "2026-05-01T11:00:00+03:00")
    schedule = read(conference(*(event(guid=str(number), date=date, start=None) for number, date in enumerate(dates))))
    assert [session.source_id for session in schedule.sessions] == ["2", "1", "0"]
