"""Whatever stands in a file: it is read, or refused in one sentence; and what is read, the database can store."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.imports.models import BadSchedule, Schedule
from core.imports.read import parse_schedule
from core.kernel.names import name_key
from tests.unit.imports.files import XML_EVENT, conference, event, xml

SAMPLE = conference(
    event(subtitle="s", abstract="a", description="d", track="t", language="en", max_capacity=30),
    event(guid="g2", date=None, start="12:00"),
    rooms=[{"name": "Hall A", "capacity": 400}],
)
WORDS = st.sampled_from(
    [
        "",
        "\x00",
        "\u200f",
        "\ud800",
        "0",
        "00:00",
        "1:15:00",
        "24:00",
        "2026-05-01",
        "2026-05-01T10:00:00",
        "T",
        "\u0661",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS | st.just("x" * 600),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def holders(data: Any) -> Iterator[tuple[Any, Any]]:
    """Return every (container, key) of JSON data."""
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from holders(data[key])


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """Return the sample with one to three of its values replaced by others."""
    data = copy.deepcopy(SAMPLE)
    for _ in range(draw(st.integers(1, 3))):
        container, key = draw(st.sampled_from(list(holders(data))))
        container[key] = draw(VALUES)
    return json.dumps(data).encode()


def attempt(body: bytes) -> Schedule | None:
    try:
        return parse_schedule(body)
    except BadSchedule as refused:
        sentence = str(refused)
        assert sentence.isprintable()
        assert sentence.endswith(".")
        return None


def check_storable(schedule: Schedule) -> None:
    """What the tables ask of their rows."""
    assert schedule.event.starts_on <= schedule.event.ends_on
    assert 1 <= len(schedule.event.name) <= 300
    keys = [name_key(room.name) for room in schedule.rooms]
    assert None not in keys
    assert len(keys) == len(set(keys))
    ids = [session.source_id for session in schedule.sessions]
    assert all(ids)
    assert len(ids) == len(set(ids))
    for session in schedule.sessions:
        assert timedelta(0) < session.end - session.start <= timedelta(days=31)
        assert 1 <= len(session.title) <= 500
        assert name_key(session.title) is not None
        texts = [session.title, session.room, session.speaker_name, session.description, session.track]
        for text in texts:
            assert text is None or "\x00" not in text
            assert text is None or text.encode()


@given(bent())
def test_any_json_is_read_or_refused(body: bytes) -> None:
    schedule = attempt(body)
    if schedule is not None:
        check_storable(schedule)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for given_body in (body, b"{" + body, b"<" + body):
        assert attempt(given_body) is None


@given(st.data())
def test_any_bent_xml_is_read_or_refused(data: st.DataObject) -> None:
    body = xml(XML_EVENT, head="<time_zone_name>Europe/Berlin</time_zone_name>")
    at = data.draw(st.integers(0, len(body)))
    until = data.draw(st.integers(at, min(len(body), at + 40)))
    schedule = attempt(body[:at] + data.draw(st.binary(max_size=8)) + body[until:])
    if schedule is not None:
        check_storable(schedule)


def test_the_sample_itself_is_read() -> None:
    schedule = attempt(json.dumps(SAMPLE).encode())
    assert schedule is not None
    assert [session.source_id for session in schedule.sessions] == ["g1", "g2"]
