"""A broken file gives one sentence: what is wrong, and where."""

import json
from io import BytesIO
from pathlib import Path
from xml.sax import make_parser
from xml.sax.handler import ContentHandler, feature_external_ges

import pytest

from core.imports.models import Answers, BadSchedule
from core.imports.read import LARGEST, parse_schedule, read_schedule
from tests.unit.imports.files import JSON_EVENT, XML_EVENT, conference, event, read, xml

PATH = "schedule.conference"


def refusal(body: bytes, zone: str | None = None) -> str:
    with pytest.raises(BadSchedule) as refused:
        parse_schedule(body, Answers(zone))
    return str(refused.value)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the file: it is empty."),
        (b" \n\t", "the file: it is empty."),
        (
            b"A SCHEDULE",
            "the file: this is neither a schedule nor a table with columns such as Title, Date, Start, End and Room.",
        ),
        (b'{"schedule":\n {"conference" {}}', "line 2, column 16: no JSON: Expecting ':' delimiter."),
        (b'{"schedule":\n "\xff"}', "line 2: the file is not UTF-8."),
        (b'{"schedule":' + b"[" * 200_000, "the file: it is nested too deeply."),
        (b'{"schedule":' + b"9" * 5_000 + b"}", "the file: it holds a number with thousands of digits."),
        (b"[]", "the file: an object is expected here."),
        (b"{}", "schedule: an object is expected here."),
        (b'{"schedule": {}}', "schedule.conference: an object is expected here."),
        (b'{"schedule": 1, "schedule": 2}', 'the file: the key "schedule" is here twice.'),
        (
            b'{"talks": [], "rooms": [], "timezone": "UTC"}',
            "the file: this is the data of pretalx's widget or API, which does not name the conference; "
            'take its export "JSON (frab compatible)", schedule.json.',
        ),
        (b"<schedule>\n<conference></schedule>", "line 2, column 15: no well-formed XML: mismatched tag."),
        (
            b"<schedule>\n<title>\x00</title></schedule>",
            "line 2, column 8: no well-formed XML: not well-formed (invalid token).",
        ),
        (b"<rss/>", "line 1: the root is <rss>; <schedule> is expected."),
        (b"<schedule>\n</schedule>", "line 1: <conference> is missing in <schedule>."),
        (b"<schedule>\n<conference/>\n</schedule>", "line 2: there is no session in any room."),
        (b"\n" + b"<a>" * 51, "line 2: elements are nested deeper than 50 or more than 2,000,000."),
        (
            b'<?xml version="1.0" encoding="utf-7"?><schedule/>',
            "line 1: the file's encoding is not supported; save it as UTF-8.",
        ),
    ],
)
def test_a_file_that_is_no_schedule(body: bytes, sentence: str) -> None:
    assert refusal(body) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": None}, f"{JSON_EVENT}.title: this is missing."),
        ({"title": "\u200f"}, f"{JSON_EVENT}.title: the session has no title."),
        ({"title": {"en": "Opening"}}, f"{JSON_EVENT}.title: a text is expected here."),
        ({"duration": None}, f"{JSON_EVENT}.duration: this is missing."),
        ({"duration": "half an hour"}, f'{JSON_EVENT}.duration: "half an hour" is no duration; write it as 00:45.'),
        ({"duration": "0100"}, f'{JSON_EVENT}.duration: "0100" is no duration; write it as 00:45.'),
        ({"duration": 45}, f'{JSON_EVENT}.duration: "45" is no duration; write it as 00:45.'),
        ({"duration": "00:75"}, f'{JSON_EVENT}.duration: "00:75" is no duration; write it as 00:45.'),
        ({"duration": "-00:30"}, f'{JSON_EVENT}.duration: "-00:30" is no duration; write it as 00:45.'),
        ({"duration": "999:00"}, f'{JSON_EVENT}.duration: "999:00" is longer than 31 days.'),
        (
            {"date": "1.5.2026 T10"},
            f'{JSON_EVENT}.date: "1.5.2026 T10" is no time; write it as 2026-05-01T10:00:00+02:00.',
        ),
        (
            {"date": "0001-01-01T00:00:00+14:00"},
            f'{JSON_EVENT}.date: "0001-01-01T00:00:00+14:00" lies outside the years 1970 to 2199.',
        ),
        (
            {"date": "9999-12-31T23:59:00Z"},
            f'{JSON_EVENT}.date: "9999-12-31T23:59:00Z" lies outside the years 1970 to 2199.',
        ),
        ({"date": None, "start": "25:00"}, f'{JSON_EVENT}.start: "25:00" is no time of day; write it as 10:00.'),
        ({"date": None, "start": None}, f"{JSON_EVENT}.start: this is missing."),
        ({"date": "soon"}, f'{JSON_EVENT}.date: "soon" is no date; write it as 2026-05-01.'),
        ({"persons": {"name": "Dana"}}, f"{JSON_EVENT}.persons: a list is expected here."),
        ({"persons": ["Dana", 7]}, f"{JSON_EVENT}.persons[1]: an object is expected here."),
        ({"persons": ["D" * 201]}, f"{JSON_EVENT}.persons[0]: this has 201 letters; at most 200 are read."),
        ({"guid": "g" * 3_000}, f"{JSON_EVENT}.guid: this has 3,000 letters; at most 200 are read."),
        ({"guid": "ﷺ" * 100}, f"{JSON_EVENT}.guid: this has 1,800 letters; at most 200 are read."),
        ({"max_capacity": "many"}, f'{JSON_EVENT}.max_capacity: "many" is no number of seats.'),
        ({"max_capacity": 2**40}, f'{JSON_EVENT}.max_capacity: "{2**40}" is no number of seats.'),
        ({"max_capacity": -1}, f'{JSON_EVENT}.max_capacity: "-1" is no number of seats.'),
    ],
)
def test_a_broken_session_in_json(fields: dict[str, object], sentence: str) -> None:
    assert refusal(json.dumps(conference(event(**fields))).encode()) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": None, "acronym": None}, f"{PATH}.title: the conference has no title."),
        ({"start": "May"}, f'{PATH}.start: "May" is no date; write it as 2026-05-01.'),
        (
            {"time_zone_name": "Berlin"},
            f'{PATH}.time_zone_name: "Berlin" is no time zone; use a name such as Europe/Berlin.',
        ),
        (
            {"time_zone_name": "../../etc"},
            f'{PATH}.time_zone_name: "../../etc" is no time zone; use a name such as Europe/Berlin.',
        ),
        ({"days": None}, f"{PATH}.days: a list is expected here."),
        ({"days": []}, f"{PATH}: there is no session in any room."),
        ({"days": [{"rooms": []}]}, f"{PATH}.days[0].rooms: an object is expected here."),
        ({"days": [{"rooms": {'Hall "A"': {}}}]}, f'{PATH}.days[0].rooms["Hall \\"A\\""]: a list is expected here.'),
        ({"days": [{"date": "x", "rooms": {}}]}, f'{PATH}.days[0].date: "x" is no date; write it as 2026-05-01.'),
        ({"rooms": [{"capacity": 3}]}, f"{PATH}.rooms[0].name: this is missing."),
        ({"rooms": [{"name": "Hall A", "capacity": "3*"}]}, f'{PATH}.rooms[0].capacity: "3*" is no number of seats.'),
    ],
)
def test_a_broken_conference_in_json(fields: dict[str, object], sentence: str) -> None:
    assert refusal(json.dumps(conference(event(), **fields)).encode()) == sentence


def test_two_sessions_with_one_id() -> None:
    sentence = 'schedule.conference.days[0].rooms["Hall A"][1]: the id "g1" was used before, at ' + f"{JSON_EVENT}."
    assert refusal(json.dumps(conference(event(), event(title="Closing"))).encode()) == sentence
    assert refusal(xml(f"{XML_EVENT}\n{XML_EVENT}")) == 'line 11: the id "g1" was used before, at line 6.'


def test_a_room_that_is_named_twice_would_lose_its_first_sessions() -> None:
    body = json.dumps(conference(event())).replace('"Hall A": [', '"Hall A": [], "Hall A": [').encode()
    assert refusal(body) == 'schedule.conference.days[0].rooms: the key "Hall A" is here twice.'


def test_a_place_deep_in_a_large_file() -> None:
    events = {day: [event(guid=f"{day}-{number}") for number in range(4)] for day in (1, 2, 3)}
    events[3][3]["duration"] = "?"
    days = [{"date": f"2026-05-0{day}", "rooms": {"Saal 1": sessions}} for day, sessions in events.items()]
    sentence = 'schedule.conference.days[2].rooms["Saal 1"][3].duration: "?" is no duration; write it as 00:45.'
    assert refusal(json.dumps(conference(days=days)).encode()) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("00:30", "long", 'line 8, <duration>: "long" is no duration; write it as 00:45.'),
        ("<duration>00:30</duration>", "", "line 6, <event>, duration: this is missing."),
        ("<title>Opening</title>", "", "line 6, <event>, title: this is missing."),
        (
            "2026-05-01T10:00:00+02:00",
            "T",
            'line 7, <date>: "T" is no date; write it as 2026-05-01.',
        ),
        ("</event>", "</evnt>", "line 10, column 3: no well-formed XML: mismatched tag."),
    ],
)
def test_a_broken_session_in_xml(old: str, new: str, sentence: str) -> None:
    assert XML_EVENT.count(old) == 1
    assert refusal(xml(XML_EVENT.replace(old, new))) == sentence


def test_three_parts_that_do_not_fit_the_rest_of_the_file() -> None:
    for durations in (("0:45:00", "00:30"), ("1:75:00", "1:15:00")):
        body = json.dumps(conference(*(event(guid=each, duration=each) for each in durations))).encode()
        assert refusal(body) == f'{JSON_EVENT}.duration: "{durations[0]}" is no duration; write it as 00:45.'


def test_a_zone_of_the_command_line_that_does_not_exist() -> None:
    sentence = '--zone: "Berlin" is no time zone; use a name such as Europe/Berlin.'
    assert refusal(json.dumps(conference(event())).encode(), "Berlin") == sentence


def test_a_zone_is_asked_for_when_nothing_says_it() -> None:
    local = json.dumps(conference(event(date="2026-05-01T10:00:00"), time_zone_name=None)).encode()
    sentence = f"{JSON_EVENT}.date: the time has no offset and the file names no time zone; give one with --zone."
    assert refusal(local) == sentence
    two_offsets = conference(event(), event(guid="g2", date="2026-05-01T10:00:00+03:00"), time_zone_name=None)
    sentence = "schedule.conference: the file names no time zone and its times differ in offset; give one with --zone."
    assert refusal(json.dumps(two_offsets).encode()) == sentence


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE schedule [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE schedule [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE schedule SYSTEM "https://example.org/schedule.dtd">',
    ],
)
def test_entities_and_document_types_are_not_read(declaration: str) -> None:
    body = xml(XML_EVENT).replace(b"<schedule>", declaration.encode() + b"<schedule>")
    assert refusal(body) == "the file: it declares a document type or entities, which are not read."


def test_without_the_refusal_a_file_of_the_machine_is_read(tmp_path: Path) -> None:
    class Reader(ContentHandler):
        text = ""

        def characters(self, content: str) -> None:
            self.text += content

    secret = tmp_path / "secret"
    secret.write_text("the secret", "utf-8")
    declaration = f'<!DOCTYPE schedule [<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    body = xml(XML_EVENT.replace("Opening", "&file;")).replace(b"<schedule>", declaration.encode() + b"<schedule>")
    assert refusal(body) == "the file: it declares a document type or entities, which are not read."
    undefended, reader = make_parser(), Reader()  # noqa: S317 the attack, in a file of our own
    undefended.setFeature(feature_external_ges, True)
    undefended.setContentHandler(reader)
    undefended.parse(BytesIO(body))
    assert "the secret" in reader.text


def test_a_sentence_cannot_steer_the_terminal() -> None:
    sentence = f'{JSON_EVENT}.duration: "�[2Jx" is no duration; write it as 00:45.'
    assert refusal(json.dumps(conference(event(duration="\u202e[2Jx"))).encode()) == sentence


def test_a_file_that_is_too_large_or_not_there(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    for path, sentence in (
        (large, "large.json has 50,000,001 bytes; at most 50,000,000 are read."),
        (tmp_path / "none.json", f"{tmp_path / 'none.json'} cannot be read: No such file or directory."),
        (tmp_path, f"{tmp_path} cannot be read: Is a directory."),
    ):
        with pytest.raises(BadSchedule) as refused:
            read_schedule(path)
        assert str(refused.value) == sentence


def test_the_unbroken_files_of_these_tests_are_read() -> None:
    # Without this, every refusal above could have another cause.
    schedules = [read(conference(event())), parse_schedule(xml(XML_EVENT, head="<end>2026-05-01</end>"))]
    assert [len(schedule.sessions) for schedule in schedules] == [1, 1]
