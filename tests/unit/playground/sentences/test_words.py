"""Times, days, rooms and spellings in both languages; what the words of a request are."""

from datetime import date, datetime

import pytest

from bots.playground.sentences.conversation.talk import read_texts
from bots.playground.sentences.grammar.pieces.clock import read_clock, read_duration
from bots.playground.sentences.grammar.pieces.days import Event, Situation, read_day
from bots.playground.sentences.grammar.pieces.rooms import read_room
from bots.playground.sentences.grammar.text import Language, normalise
from bots.playground.sentences.grammar.understand import understand

SITUATION = Situation(
    datetime(2026, 5, 4, 9, 0), (Event("Stagecraft", date(2026, 5, 5), date(2026, 5, 6)),), "Asia/Jerusalem"
)


@pytest.mark.parametrize(
    ("said", "language", "clock"),
    [
        ("10:00", "en", "10:00"),
        ("10.30", "en", "10:30"),
        ("ten", "en", "10:00"),
        ("ten thirty", "en", "10:30"),
        ("half past nine", "en", "09:30"),
        ("a quarter to ten", "en", "09:45"),
        ("ten to eleven", "en", "10:50"),
        ("2 pm", "en", "14:00"),
        ("12am", "en", "00:00"),
        ("three in the afternoon", "en", "15:00"),
        ("9 at night", "en", "21:00"),
        ("3", "en", "15:00"),
        ("03:00", "en", "03:00"),
        ("noon", "en", "12:00"),
        ("25:00", "en", None),
        ("soon", "en", None),
        ("עשר", "he", "10:00"),
        ("שעה 10:15", "he", "10:15"),
        ("עשר וחצי", "he", "10:30"),
        ("תשע ורבע", "he", "09:15"),
        ("רבע לעשר", "he", "09:45"),
        ("אחת עשרה", "he", "11:00"),
        ("שתים עשרה וחצי", "he", "12:30"),
        ("שלוש אחר הצהריים", "he", "15:00"),
        ("שבע בערב", "he", "19:00"),
        ("אחת בצהריים", "he", "13:00"),
    ],
)
def test_times_of_day(said: str, language: Language, clock: str | None) -> None:
    assert read_clock(said, language) == clock


@pytest.mark.parametrize(
    ("said", "language", "minutes"),
    [
        ("45 minutes", "en", 45),
        ("half an hour", "en", 30),
        ("an hour and a half", "en", 90),
        ("2 hours", "en", 120),
        ("twenty minutes", "en", 20),
        ("45 דקות", "he", 45),
        ("רבע שעה", "he", 15),
        ("שעתיים", "he", 120),
        ("ארבעים וחמש דקות", "he", 45),
        ("a while", "en", None),
    ],
)
def test_lengths(said: str, language: Language, minutes: int | None) -> None:
    assert read_duration(said, language) == minutes


@pytest.mark.parametrize(
    ("said", "language", "day"),
    [
        ("today", "en", date(2026, 5, 4)),
        ("tomorrow", "en", date(2026, 5, 5)),
        ("Wednesday", "en", date(2026, 5, 6)),
        ("Monday", "en", date(2026, 5, 4)),
        ("Friday", "en", date(2026, 5, 8)),
        ("2026-05-01", "en", date(2026, 5, 1)),
        ("6.5", "en", date(2026, 5, 6)),
        ("5/5/26", "en", date(2026, 5, 5)),
        ("May 6th", "en", date(2026, 5, 6)),
        ("2 January", "en", date(2027, 1, 2)),
        ("day 2", "en", date(2026, 5, 6)),
        ("the last day", "en", date(2026, 5, 6)),
        ("day 9", "en", None),
        ("31.2", "en", None),
        ("מחרתיים", "he", date(2026, 5, 6)),
        ("יום שלישי", "he", date(2026, 5, 5)),
        ("יום ג'", "he", date(2026, 5, 5)),
        ("יום שני", "he", date(2026, 5, 4)),
        ("יום השני", "he", date(2026, 5, 6)),
        ("5 במאי", "he", date(2026, 5, 5)),
    ],
)
def test_days(said: str, language: Language, day: date | None) -> None:
    assert read_day(said, language, SITUATION) == day


@pytest.mark.parametrize(
    ("said", "room"),
    [
        ("hall b", "Hall B"),
        ("אולם ב", "Hall B"),
        ("אולם ב'", "Hall B"),
        ("אולם B", "Hall B"),
        ("workshop two", "Workshop 2"),
        ("סדנה 1", "Workshop 1"),
        ("הטרסה", "Terrace"),
        ("hall", None),
        ("ballroom", None),
    ],
)
def test_rooms(said: str, room: str | None) -> None:
    assert read_room(said) == room


@pytest.mark.parametrize(
    "said",
    [
        "מי מדבר באולם ב בעשר",
        "מי מדבר באולם ב ב־10:00?",
        "מִי מְדַבֵּר בְּאוּלָם ב׳ ב–10:00 ?",
        "\u200fמי מדבר באולם ב׳ בשעה 10:00, בבקשה",
        "who speaks in hall b at 10?",
        "WHO SPEAKS AT TEN IN THE HALL B",
        "Hi, could you tell me who speaks in Hall B at 10 am, please?",
    ],
)
def test_spelling_courtesy_and_order_change_nothing(said: str) -> None:
    language: Language = "he" if "מ" in normalise(said) else "en"
    meant = understand(said, SITUATION)
    assert meant is not None
    assert (meant.ask.main.tool, meant.language, meant.said) == (
        "get_agenda",
        language,
        {"room": "Hall B", "at": "10:00"},
    )


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Move From Hall A to Hall B to 14:30", "From Hall A to Hall B"),
        ("Move „Doors, Locks & Keys” to 14:30", "Doors, Locks & Keys"),
        ("Move the talk Rain at Ten to 14:30", "Rain at Ten"),
        ("העבר את אח״מים בלי דרמה ל-14:30", "אח״מים בלי דרמה"),
        ("העבר את ההרצאה Sound You Can Trust ל־14:30", "Sound You Can Trust"),
    ],
)
def test_a_title_keeps_its_own_words(said: str, title: str) -> None:
    meant = understand(said, SITUATION)
    assert meant is not None
    assert (meant.ask.main.tool, meant.said) == ("update_schedule_item", {"session": title, "at": "14:30"})


def test_the_words_are_found_with_and_without_tags_and_the_context_tells_now() -> None:
    context = "Now: Monday 2026-05-04T09:00 in Asia/Jerusalem. Current events: Stagecraft (2026-05-05 to 2026-05-06)."
    fallback = datetime(1999, 1, 1)
    assert read_texts([context, "<message>hello</message>"], fallback) == ("hello", SITUATION)
    assert read_texts([context, "hello"], fallback) == ("hello", SITUATION)
    assert read_texts([f"{context}\n<message>hello</message>"], fallback) == ("hello", SITUATION)
    assert read_texts(["hello"], fallback) == ("hello", Situation(fallback))


@pytest.mark.parametrize(
    "said", ["move " + "to hall b " * 39, "what's on " + "at ten in hall b " * 23, "העבר " + "ל" * 390]
)
def test_a_sentence_made_to_be_slow_is_read_to_its_end(said: str) -> None:
    meant = understand(said, SITUATION)
    assert meant is None or meant.language == "en"
