"""The demo with somebody's own files: examples of their own titles and rooms, in a place of its own."""

from datetime import date
from pathlib import Path

from bots.commands.demo_data import examples_of, own_data
from core.imports.models import Answers

AGENDA = """Id,Title,Date,Start,End,Room,Speaker
k1,Opening,2027-05-06,10:00,11:00,Hall A,Noa Lev
k2,Compass Basics,2027-05-06,10:00,11:00,Hall B,Tom Bar
k3,Lunch,2027-05-06,12:00,13:10,Hall A,
"""
TODAY = date(2027, 4, 1)


def files(folder: Path) -> tuple[Path, Path]:
    agenda, people = folder / "tidepool_days.csv", folder / "people.csv"
    agenda.write_text(AGENDA, "utf-8")
    people.write_text("Name,Email,Sessions\nNoa Lev,noa@example.org,Opening\n", "utf-8")
    return agenda, people


def test_examples_are_of_the_file_and_its_free_times(tmp_path: Path) -> None:
    own = own_data(*files(tmp_path), Answers(zone="Asia/Jerusalem"), TODAY)
    said = [(each.locale, each.platform, each.person, each.text) for each in examples_of(own.schedule)]
    assert said == [
        ("en", "slack", "U0ADAM", "Move Opening to 13:30"),
        ("he", "slack", "U0DANA", "העבר את Opening ל־13:30"),
        ("en", "slack", "U0ADAM", "Move Opening to Hall B"),
        ("he", "slack", "U0DANA", "העבר את Opening ל־Hall B"),
        ("en", "telegram", "7002", "What is on at 10:00?"),
        ("he", "telegram", "7001", "מה יש בשעה 10:00?"),
        ("en", "telegram", "7002", "Cancel Compass Basics"),
        ("he", "telegram", "7001", "בטל את Compass Basics"),
    ]


def test_a_file_without_a_name_is_called_as_the_file_and_keeps_its_own_place(tmp_path: Path) -> None:
    agenda, people = files(tmp_path)
    own = own_data(agenda, people, Answers(zone="Asia/Jerusalem"), TODAY)
    assert (own.schedule.event.name, own.note) == ("tidepool days", "")
    assert own.roster is not None
    assert [each.name for each in own.roster.people] == ["Noa Lev"]
    named = own_data(agenda, None, Answers(zone="Asia/Jerusalem", event="Ridge"), TODAY)
    assert named.roster is None
    assert own.folder != named.folder


def test_an_event_that_is_over_begins_tomorrow(tmp_path: Path) -> None:
    own = own_data(files(tmp_path)[0], None, Answers(zone="Asia/Jerusalem"), date(2028, 1, 1))
    assert (own.schedule.event.starts_on, own.schedule.sessions[0].start.hour) == (date(2028, 1, 2), 10)
    assert own.note == "tidepool days is over; its first day is tomorrow here, so that it can be changed."
