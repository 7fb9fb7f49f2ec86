"""A broken file gives one sentence: what is wrong, and where."""

import json
import unicodedata
from io import BytesIO
from pathlib import Path
from xml.sax import make_parser
from xml.sax.handler import ContentHandler, feature_external_ges

import pytest

from core.imports.models import Answers, BadSchedule, at_place
from core.imports.read import LARGEST, parse_schedule, read_schedule
from core.kernel.phrases import phrase
from tests.unit.imports.files import JSON_EVENT, XML_EVENT, conference, event, read, said, xml

PATH = "schedule.conference"
LOGIN = (
    "the file: this is a web page that asks for a login, not a schedule. Log in with a browser, take the export "
    "itself, and import that file."
)
PAGE = (
    "the file: this is a web page, not a schedule. Take the planning tool's export (schedule.json, schedule.xml, "
    "iCalendar, CSV or Excel) and import that file."
)
KIND = (
    "the file: this is a file of the kind KIND, which holds no schedule. Take the planning tool's export as "
    "schedule.json, schedule.xml, iCalendar, CSV or Excel (.xlsx)."
)
LATER = "2026-05-01T12:00:00+02:00"


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
        (b"<!DOCTYPE html>\n<html><form>Sign in</form></html>", LOGIN),
        ("\ufeff<html>Log in</html>".encode("utf-16-le"), LOGIN),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><body>Our programme</body></html>", PAGE),
        (b"%PDF-1.7 ...", KIND.replace("KIND", "PDF")),
        (b"<rss version='2.0'><channel/></rss>", "line 1: " + KIND.removeprefix("the file: ").replace("KIND", "RSS")),
        (
            b'{"detail": "Authentication credentials were not provided."}',
            "the file: this is a web service's error message, not a schedule: "
            '"Authentication credentials were not provided." Open the export\'s address in a browser in which you are '
            "logged in, and save it again.",
        ),
        (
            b'{"venues": [], "items": []}',
            "the file: this JSON is of no tool that is known here (it begins with venues, items). Take the planning "
            "tool's export as schedule.json, iCalendar, CSV or Excel (.xlsx).",
        ),
        (b'{"schedule":' + b"[" * 200_000, "the file: it is nested too deeply."),
        (b'{"schedule":' + b"9" * 5_000 + b"}", "the file: it holds a number with thousands of digits."),
        (b"[]", "the file: an object is expected here."),
        (b'{"schedule": null}', "schedule: an object is expected here."),
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
        (b"<agenda/>", "line 1: the root is <agenda>; <schedule> is expected."),
        (b"<schedule>\n</schedule>", "line 1: <conference> is missing in <schedule>."),
        (b"<schedule>\n<conference/>\n</schedule>", "line 2: there is no session in it."),
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
        ({"title": "\u200f"}, f"{JSON_EVENT}.title: this is missing."),
        ({"title": {"en": "Opening"}}, f"{JSON_EVENT}.title: a text is expected here."),
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
    ],
)
def test_a_broken_session_in_json(fields: dict[str, object], sentence: str) -> None:
    assert refusal(json.dumps(conference(event(**fields))).encode()) == sentence


LENGTH = '"Opening" is kept with 5 minutes, because its length cannot be read ('


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"duration": None}, f"{LENGTH}{JSON_EVENT}.duration: this is missing.)"),
        (
            {"duration": "half an hour"},
            f'{LENGTH}{JSON_EVENT}.duration: "half an hour" is no duration; write it as 00:45.)',
        ),
        ({"duration": "0100"}, f'{LENGTH}{JSON_EVENT}.duration: "0100" is no duration; write it as 00:45.)'),
        ({"duration": 45}, f'{LENGTH}{JSON_EVENT}.duration: "45" is no duration; write it as 00:45.)'),
        ({"duration": "00:75"}, f'{LENGTH}{JSON_EVENT}.duration: "00:75" is no duration; write it as 00:45.)'),
        ({"duration": "-00:30"}, f'{LENGTH}{JSON_EVENT}.duration: "-00:30" is no duration; write it as 00:45.)'),
        ({"duration": "999:00"}, f'{LENGTH}{JSON_EVENT}.duration: "999:00" is longer than 31 days.)'),
        (
            {"persons": ["Dana", ["Noa"]]},
            f'The speakers of "Opening" are left out ({JSON_EVENT}.persons[1]: an object is expected here.)',
        ),
        (
            {"persons": ["D" * 201]},
            f'{JSON_EVENT}.persons[0]: this has 201 letters and is cut to 200: "{"D" * 199}…".',
        ),
        ({"max_capacity": "many"}, f'{JSON_EVENT}.max_capacity: "many" is no number of seats.'),
        ({"max_capacity": 2**40}, f'{JSON_EVENT}.max_capacity: "{2**40}" is no number of seats.'),
        ({"max_capacity": -1}, f'{JSON_EVENT}.max_capacity: "-1" is no number of seats.'),
    ],
)
def test_a_broken_field_is_noted_and_costs_nobody_the_session(fields: dict[str, object], note: str) -> None:
    schedule = read(conference(event(**fields), event(guid="g2", title="Next", date=LATER, start=None)))
    assert [session.title for session in schedule.sessions] == ["Opening", "Next"]
    assert said(schedule.notes) == (note,)


def test_one_bad_entry_does_not_stop_the_others() -> None:
    good = event(guid="g2", title="Next", date=LATER, start=None)
    broken = event(title=None), event(guid=None, id=None, title=None), event(guid="g3", date="soon"), "no object"
    schedule = read(conference(*broken, good))  # pyright: ignore[reportArgumentType] that is what is broken
    assert [session.title for session in schedule.sessions] == ["Next"]
    assert said(at_place(each.place, each.why) for each in schedule.reported) == (
        f"{JSON_EVENT}.title: this is missing.",
        f"{JSON_EVENT[:-3]}[1]: an empty slot: no title and no id.",
        f'{JSON_EVENT[:-3]}[2].date: "soon" is no date; write it as 2026-05-01.',
        f"{JSON_EVENT[:-3]}[3]: an object is expected here.",
    )
    assert schedule.entries == 5


def test_an_id_that_is_too_long_stays_an_id() -> None:
    ids = {read(conference(event(guid=guid))).sessions[0].source_id for guid in ("g" * 3_000, "g" * 2_999, "ﷺ" * 100)}
    assert len(ids) == 3
    assert all(len(unicodedata.normalize("NFKC", id_)) <= 200 for id_ in ids)


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
        ({"days": []}, f"{PATH}: there is no session in it."),
        ({"days": [{"rooms": []}]}, f"{PATH}: there is no session in it."),
        ({"days": [{"rooms": 7}]}, f"{PATH}.days[0].rooms: an object is expected here."),
        ({"days": [{"rooms": {'Hall "A"': {}}}]}, f'{PATH}.days[0].rooms["Hall \\"A\\""]: a list is expected here.'),
    ],
)
def test_a_broken_conference_in_json(fields: dict[str, object], sentence: str) -> None:
    assert refusal(json.dumps(conference(event(), **fields)).encode()) == sentence


def test_rooms_that_are_hard_to_read_are_noted() -> None:
    rooms = [{"capacity": 3}, {"name": "Hall A", "capacity": "3*"}, {"name": "R" * 300}]
    schedule = read(conference(event(), rooms=rooms, days=[{"date": "x", "rooms": {"Hall A": [event()]}}]))
    assert [room.name for room in schedule.rooms] == ["Hall A", "R" * 199 + "…"]
    assert said(schedule.notes) == (
        f'{PATH}.rooms[1].capacity: "3*" is no number of seats.',
        f'{PATH}.rooms[2].name: this has 300 letters and is cut to 200: "{"R" * 199}…".',
    )


def test_a_room_that_is_named_twice_would_lose_its_first_sessions() -> None:
    body = json.dumps(conference(event())).replace('"Hall A": [', '"Hall A": [], "Hall A": [').encode()
    assert refusal(body) == 'schedule.conference.days[0].rooms: the key "Hall A" is here twice.'


def test_a_place_deep_in_a_large_file() -> None:
    events = {day: [event(guid=f"{day}-{number}") for number in range(4)] for day in (1, 2, 3)}
    events[3][3]["date"] = "?"
    days = [{"date": f"2026-05-0{day}", "rooms": {"Saal 1": sessions}} for day, sessions in events.items()]
    sentence = 'schedule.conference.days[2].rooms["Saal 1"][3].date: "?" is no date; write it as 2026-05-01.'
    [reported] = read(conference(days=days)).reported
    assert said([at_place(reported.place, reported.why)]) == (sentence,)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
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


def test_three_parts_that_fit_no_clock() -> None:
    schedule = read(conference(*(event(guid=each, duration=each) for each in ("1:75:00", "1:15:00"))))
    note = f'{LENGTH}{JSON_EVENT}.duration: "1:75:00" is no duration; write it as 00:45.)'
    assert said(schedule.notes) == (note,)


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
    sentence = f'{JSON_EVENT}.date: "�[2Jx" is no date; write it as 2026-05-01.'
    assert refusal(json.dumps(conference(event(date="\u009b[2Jx"))).encode()) == sentence.replace("�", "")
    with pytest.raises(BadSchedule) as refused:
        raise BadSchedule("\x1b]0;", phrase("import-no-date", text="\u202e[2Jx"))
    assert str(refused.value) == '�]0;: "�[2Jx" is no date; write it as 2026-05-01.'


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


TITLE, PLACE = "פתיחה חגיגית", "אולם מרכזי"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-8"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1255", "windows-1255"),
        ("cp1255", "utf-8"),
        ("iso8859_8", "iso-8859-8"),
    ],
)
def test_files_are_read_in_the_encoding_that_they_are_in(encoding: str, declared: str) -> None:
    text = xml(XML_EVENT.replace("Opening", TITLE)).decode().replace("Hall A", PLACE)
    schedule = parse_schedule(text.replace('encoding="utf-8"', f'encoding="{declared}"').encode(encoding))
    assert [(each.title, each.room) for each in schedule.sessions] == [(TITLE, PLACE)]
    text = json.dumps(conference(event(title=TITLE)), ensure_ascii=False)
    assert [each.title for each in parse_schedule(text.encode(encoding)).sessions] == [TITLE]


def test_accented_letters_of_windows_are_not_taken_for_hebrew() -> None:
    title = "Café für Anfänger: naïve Fragen"
    text = json.dumps(conference(event(title=title, abstract="Über die Grüße aus Zürich")), ensure_ascii=False)
    assert [each.title for each in parse_schedule(text.encode("cp1252")).sessions] == [title]


def test_what_nobody_sees_is_taken_out() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore")
    title, name = f"Open{hidden}ing\u202e\u200b", "Da\u2066na\u2069 \ufeffLevi"
    [session] = read(conference(event(title=title, persons=[{"name": name}], description=f"One{hidden}"))).sessions
    assert (session.title, session.speakers, session.description) == ("Opening", ("Dana Levi",), "One")


def test_the_unbroken_files_of_these_tests_are_read() -> None:
    # Without this, every refusal above could have another cause.
    schedules = [read(conference(event())), parse_schedule(xml(XML_EVENT, head="<end>2026-05-01</end>"))]
    assert [len(schedule.sessions) for schedule in schedules] == [1, 1]
