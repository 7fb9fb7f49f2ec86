"""Every sentence exists in every language, takes the same values, and says them safely."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bidi import get_display
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from core.kernel.phrases import Moment, Phrase, Span, phrase, verbatim
from core.naming.times import read_time
from core.texts import LOCALES, locale_of_text, say
from core.texts.loader import joined_by_maqaf, plain

ROOT = Path(__file__).parents[3]
_USED = re.compile(r"""[Pp]hrase\(\s*"([a-z][a-z0-9-]+)"|term\("([a-z-]+)"\)|Phrase\("([a-z-]+)\"""")
_FAMILIES = {
    "conflict-": (
        "room-overlap speaker-overlap capacity-overflow room-too-small outside-event ends-before-start "
        "already-in-target checklist-due-passed checklist-same-title participant-known participant-namesake "
        "participant-overlap places-exceeded room-below-registered room-below-registered-more room-sessions-overlap "
        "session-cancelled session-full sessions-left-out vendor-event-over vendor-late waiting-list waiting-passed "
        "event-exists zone-shifts-times".split()
    ),
    "field-": "title room speaker-name max-capacity".split(),
    "outcome-": "approved rejected executed failed expired superseded".split(),
    "state-": "suggested approved rejected executed failed expired superseded".split(),
    "risk-": "low medium high critical".split(),
    "decision-already-": "approved rejected executed failed expired superseded".split(),
}
"""Ids that code puts together from a kind or a status."""


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 the library's name
        self.found.add(node.id.name)


def _messages(locale: str) -> dict[str, set[str]]:
    files = sorted((ROOT / "core" / "texts" / locale).glob("*.ftl"))
    entries = [entry for path in files for entry in FluentParser().parse(path.read_text("utf-8")).body]
    assert [entry for entry in entries if isinstance(entry, ast.Junk)] == []
    found: dict[str, set[str]] = {}
    for entry in entries:
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            visitor = _Variables()
            visitor.visit(entry)
            found[entry.id.name] = visitor.found
    return found


def _used() -> set[str]:
    found: set[str] = set()
    for folder in ("core", "bots"):
        for path in (ROOT / folder).rglob("*.py"):
            for groups in _USED.findall(path.read_text("utf-8")):
                found.update(filter(None, groups))
    found |= {family + member for family, members in _FAMILIES.items() for member in members}
    return found - {"verbatim"}


def test_the_languages_have_the_same_sentences_with_the_same_values() -> None:
    hebrew, english = _messages("he"), _messages("en")
    assert hebrew.keys() == english.keys()
    assert {id_: names for id_, names in hebrew.items() if names != english[id_]} == {}


def test_every_sentence_that_code_says_exists() -> None:
    assert _used() - _messages("en").keys() == set()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [0, 1, 2, 10, 11, 100])
def test_numbers_of_people_are_said_in_every_plural(locale: str, count: int) -> None:
    said = say(locale, phrase("impact-registered", count=count))
    assert said
    assert "{" not in said


def test_a_value_cannot_reorder_or_hide_the_sentence() -> None:
    evil = "Hall B\u202e approved\u200b \u2066x\u2069"
    said = say("en", phrase("card-schedule-update", title=evil))
    assert said == "Change: \u2068Hall B approved x\u2069"
    assert plain(evil) == "Hall B approved x"
    assert say("he", verbatim(evil)) == "Hall B approved x"


def test_the_twin_without_isolates_reads_differently() -> None:
    """What the isolates are for: a title that ends in a number, followed by a time, in a Hebrew sentence."""
    values = ("Stage 3", "10:00")
    bare = f"המושב {values[0]} {values[1]} אושר"
    isolated = f"המושב \u2068{values[0]}\u2069 \u2068{values[1]}\u2069 אושר"
    shown = str(get_display(isolated, base_dir="R")).translate({0x2068: None, 0x2069: None})
    assert str(get_display(bare, base_dir="R")) != shown


SPAN = Span(datetime(2031, 5, 1, 7, 0, tzinfo=UTC), datetime(2031, 5, 1, 8, 30, tzinfo=UTC), "Asia/Jerusalem")


@pytest.mark.parametrize(
    ("locale", "zone", "said"),
    [
        ("en", None, "Thu 1 May · 10:00 to 11:30"),
        ("en", "Europe/Berlin", "Thu 1 May · 10:00 to 11:30 (Asia/Jerusalem time)"),
        ("en", "Asia/Jerusalem", "Thu 1 May · 10:00 to 11:30"),
        ("he", None, "יום ה׳, 1 במאי · 10:00 עד 11:30"),
    ],
)
def test_times_are_the_events_and_name_the_zone_when_the_readers_differs(
    locale: str, zone: str | None, said: str
) -> None:
    text = say(locale, phrase("when", span=SPAN), reader_zone=zone)
    assert text.translate({0x2068: None, 0x2069: None}) == said


def test_a_span_over_midnight_names_both_days() -> None:
    night = Span(SPAN.start, datetime(2031, 5, 2, 7, 0, tzinfo=UTC), SPAN.zone)
    said = say("en", phrase("when", span=night)).translate({0x2068: None, 0x2069: None})
    assert said == "Thu 1 May 10:00 to Fri 2 May 10:00"


def test_moments_lists_and_phrases_are_said_inside_sentences() -> None:
    assert say("en", phrase("session-which", titles=("A", "B", "C"))).translate({0x2068: None, 0x2069: None}) == (
        "Which session do you mean: A, B, and C?"
    )
    moment = say("en", phrase("footer-deadline", deadline=Moment(SPAN.start, SPAN.zone)))
    assert moment.translate({0x2068: None, 0x2069: None}) == "Waits until Thu 1 May at 10:00."


def test_an_unknown_language_is_english_and_an_unknown_sentence_a_bug() -> None:
    assert say("fr", phrase("button-approve")) == "Approve"
    with pytest.raises(LookupError):
        say("en", Phrase("no-such-sentence"))
    with pytest.raises(ValueError, match="card-schedule-update"):
        say("en", phrase("card-schedule-update"))


@pytest.mark.parametrize(("text", "locale"), [("What is on?", "en"), ("מה קורה?", "he"), ("Hall ב", "he"), ("", "en")])
def test_the_language_of_a_stranger_is_guessed_from_their_letters(text: str, locale: str) -> None:
    assert locale_of_text(text) == locale


_ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
_FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
_PICTURES = "\u2764\ufe0f 1\ufe0f\u20e3 \U0001f44d\U0001f3fd"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *[
            (whole, whole)
            for whole in (_ENGLAND, _FAMILY, _PICTURES, "\u05e9\u05b8\u05dc\u05be\u05d0", "\u0645\u06cc\u200c\u062e")
        ],
        ("a\u200db\u200bc\u2060\u202e\u00add\u034f", "abcd"),
        ("x\ufe0fy\U000e0101z\u3164", "xyz"),
        ("Hall\U000e0049\U000e0067\U000e007f A", "Hall A"),
        ("\U0001f3f4\U000e0064\U000e0065\U000e006c\U000e007f", "\U0001f3f4"),
    ],
)
def test_what_is_seen_stays_and_what_is_hidden_goes(text: str, seen: str) -> None:
    assert plain(text) == seen


_GLUED = re.compile(r"(?<![א-ת׳״])[ובהכלמש]{1,2}-?[A-Za-z0-9]")
"""A prefix that runs into a Latin word or a number."""
_APART = re.compile(r"(?<![א-ת׳״])[ובהכלמש]{1,2}\u05be[א-ת]")
"""A prefix that is held apart from a Hebrew word."""


def hebrew_with(value: str | int) -> dict[str, str]:
    """Every Hebrew sentence with this for each of its values."""
    said = {id_: say("he", Phrase(id_, dict.fromkeys(names, value))) for id_, names in _messages("he").items()}
    return {id_: text.translate({0x2068: None, 0x2069: None, 0x200F: None}) for id_, text in said.items()}


@pytest.mark.parametrize("value", ["Hall B", "12:30", 12, 1, 2, "“Hall B”"])
def test_no_hebrew_prefix_runs_into_a_latin_value_or_a_number(value: str | int) -> None:
    assert {id_: text for id_, text in hebrew_with(value).items() if _GLUED.search(text)} == {}


def test_no_hebrew_prefix_is_held_apart_from_a_hebrew_value() -> None:
    said = {id_: text.replace("בו־זמנית", "") for id_, text in hebrew_with("אולם הכניסה").items()}
    assert {id_: text for id_, text in said.items() if _APART.search(text)} == {}


def test_the_twin_without_joining_runs_them_together() -> None:
    """What the joining is for: the same sentence as its file has it."""
    bare = "לא מצאתי את המושב \u2068Panel\u2069 ב\u2068Hall B\u2069."
    shown = [text.translate({0x2068: None, 0x2069: None}) for text in (bare, joined_by_maqaf(bare))]
    assert shown == ["לא מצאתי את המושב Panel בHall B.", "לא מצאתי את המושב Panel ב־Hall B."]
    assert _GLUED.search(shown[0]) is not None


@pytest.mark.parametrize(
    ("names", "said"),
    [(("Dana", "Tom"), "Dana ו־Tom"), (("דנה", "נועה"), "דנה ונועה"), (("Dana", "נועה"), "Dana ונועה")],
)
def test_a_hebrew_list_joins_its_last_name_as_it_is_written(names: tuple[str, ...], said: str) -> None:
    assert say("he", phrase("policy-names", names=names)).translate({0x2068: None, 0x2069: None}) == said


@pytest.mark.parametrize(
    ("locale", "seats", "needed", "said"),
    [
        ("en", 1, 2, "Box seats 1 and 2 are needed."),
        ("en", 20, 1, "Box seats 20 and one is needed."),
        ("he", 1, 2, "ב־Box יש מקום אחד, ונדרשים 2."),
        ("he", 2, 11, "ב־Box יש שני מקומות, ונדרשים 11."),
        ("he", 20, 100, "ב־Box יש 20 מקומות, ונדרשים 100."),
    ],
)
def test_a_room_too_small_is_said_for_one_two_and_many(locale: str, seats: int, needed: int, said: str) -> None:
    text = say(locale, phrase("conflict-room-too-small", room="Box", seats=seats, needed=needed))
    assert text.translate({0x2068: None, 0x2069: None}) == said


@pytest.mark.parametrize("text", ["14:30", "١٤:٣٠", "۱۴:۳۰", "１４：３０", "\u200f14:30\u200f", "\u00a014:30 "])
def test_a_time_is_read_in_the_digits_and_marks_of_any_phone(text: str) -> None:
    assert read_time(text, "Asia/Jerusalem", date(2031, 5, 2)) == datetime(2031, 5, 2, 11, 30, tzinfo=UTC)
