"""Real schedules are read whole: every figure is counted a second time, by other means than the readers'."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from core.imports.models import Answers, BadSchedule, RoomInfo, Schedule, SessionInfo
from core.imports.placement import place
from core.imports.read import parse_schedule, read_schedule
from tests.data import shared_data
from tests.unit.imports.files import said

FACTS = tuple[str, str, datetime, timedelta, str | None, tuple[str, ...]]


def facts(session: SessionInfo) -> FACTS:
    return (
        session.source_id,
        session.title,
        session.start,
        session.end - session.start,
        session.room,
        session.speakers,
    )


def length(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def one_line(text: str) -> str:
    return " ".join(text.split())


def one_name(text: str) -> str:
    # "Andrea Behrendt - read & delete" is one person; the agenda's field parts people at such marks.
    return one_line(re.sub("[,;&+]", " ", text))


def in_order(found: Iterator[FACTS]) -> list[FACTS]:
    return sorted(found, key=lambda each: (each[2], each[4], each[0]))


def counted_in_json(name: str) -> list[FACTS]:
    conference: dict[str, Any] = json.loads(shared_data(name).read_bytes())["schedule"]["conference"]
    return in_order(
        (
            event["guid"],
            one_line(event["title"]),
            datetime.fromisoformat(event["date"]),
            length(event["duration"]),
            event["room"],
            tuple(one_name(person["public_name"]) for person in event["persons"]),
        )
        for day in conference["days"]
        for events in day["rooms"].values()
        for event in events
    )


def counted_in_xml(name: str) -> list[FACTS]:
    return in_order(
        (
            event.attrib["guid"],
            one_line(event.findtext("title", "")),
            datetime.fromisoformat(event.findtext("date", "")),
            length(event.findtext("duration", "")),
            event.findtext("room"),
            tuple(one_name(person.text or "") for person in event.iterfind("persons/person")),
        )
        for event in fromstring(shared_data(name).read_bytes()).iter("event")
    )


def check(schedule: Schedule, counted: list[FACTS], total: int) -> None:
    assert len(counted) == total
    assert [facts(session) for session in schedule.sessions] == counted
    assert [session.start for session in place(schedule).schedule.sessions] == [each[2] for each in counted]


def test_camp_2019_as_frab_json() -> None:
    schedule = read_schedule(shared_data("camp2019-frab.json"))
    check(schedule, counted_in_json("camp2019-frab.json"), 79)
    event = schedule.event
    assert (event.source_id, event.name) == ("Camp2019", "Chaos Communication Camp 2019")
    assert (event.starts_on, event.ends_on, event.time_zone) == (date(2019, 8, 21), date(2019, 8, 26), "Europe/Berlin")
    assert schedule.rooms == (RoomInfo("Curie"), RoomInfo("Meitner"))
    assert said(schedule.notes) == ()


def test_democon_as_pretalx_json() -> None:
    schedule = read_schedule(shared_data("democon-pretalx.json"))
    check(schedule, counted_in_json("democon-pretalx.json"), 36)
    assert [room.name for room in schedule.rooms] == ["Gray Room", "Tan Room"]
    assert said(schedule.notes) == (
        "The file names the time zone UTC, but its times are written at +01:00. Give --zone for the place's own.",
    )


def test_31c3_as_frab_xml() -> None:
    schedule = read_schedule(shared_data("31c3.xml"))
    check(schedule, counted_in_xml("31c3.xml"), 138)
    assert [room.name for room in schedule.rooms] == ["Saal 1", "Saal 2", "Saal G", "Saal 6"]
    assert schedule.event.time_zone == "Etc/GMT-1"
    assert said(schedule.notes) == (
        "The file names no time zone; its offsets say Etc/GMT-1. Give --zone for the place's own.",
    )


def test_the_place_of_31c3_can_be_named() -> None:
    schedule = read_schedule(shared_data("31c3.xml"), Answers("Europe/Berlin"))
    assert (schedule.event.time_zone, schedule.notes) == ("Europe/Berlin", ())
    assert (schedule.event.starts_on, schedule.event.ends_on) == (date(2014, 12, 27), date(2014, 12, 31))


@pytest.mark.parametrize("name", ["31c3.xml", "camp2019-frab.json", "democon-pretalx.json"])
def test_what_is_cut_off_anywhere_is_refused_in_one_sentence(name: str) -> None:
    # A download that broke off must never look like a smaller conference.
    whole = shared_data(name).read_bytes().rstrip()
    for part in range(1, 20):
        with pytest.raises(BadSchedule, match=r"^line \d+"):
            parse_schedule(whole[: len(whole) * part // 20])
