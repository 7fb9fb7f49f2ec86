"""Times, days and rooms as people write them in English and Hebrew. Pure."""

import re
import unicodedata
from datetime import date, timedelta

_NIQQUD = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "״": '"', "’": "'", "‘": "'", "׳": "'", "־": " ", "–": "-"})

_EN_HOURS = "one two three four five six seven eight nine ten eleven twelve"
_HE_HOURS = "אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע עשר אחת-עשרה שתים-עשרה"
_HOURS = {name.replace("-", " "): number for number, name in enumerate(_HE_HOURS.split(), start=1)}
_HOURS |= {name: number for number, name in enumerate(_EN_HOURS.split(), start=1)}
_HOURS |= {"שתים": 2, "אחת עשרה": 11, "שתים עשרה": 12, "שתיים עשרה": 12, "noon": 12, "midday": 12, "צהריים": 12}
_NAMES = "|".join(sorted(map(re.escape, _HOURS), key=len, reverse=True))

CLOCK = (
    r"(?:(?:half past|quarter past|quarter to|רבע ל) ?)?"
    rf"(?:\d{{1,2}}(?::\d{{2}})?|{_NAMES})"
    r"(?: ?(?:a\.?m\.?|p\.?m\.?|o'clock)| וחצי| ורבע)?"
    r"(?: (?:in the morning|in the afternoon|in the evening|בבוקר|בצהריים|אחר הצהריים|אחה\"צ|בערב))?"
)
"""A time of day: 14:30, 2 pm, ten, half past nine, עשר וחצי, שלוש אחר הצהריים."""
_CLOCK = re.compile(
    rf"(?P<before>half past|quarter past|quarter to|רבע ל)? ?(?P<hour>\d{{1,2}}|{_NAMES})(?::(?P<minute>\d{{2}}))?"
    r"(?: ?(?P<half>a\.?m\.?|p\.?m\.?|o'clock)| (?P<after>וחצי|ורבע))?"
    r"(?: (?P<part>in the morning|in the afternoon|in the evening|בבוקר|בצהריים|אחר הצהריים|אחה\"צ|בערב))?",
    re.IGNORECASE,
)
_MINUTES = {"half past": 30, "quarter past": 15, "quarter to": -15, "רבע ל": -15, "וחצי": 30, "ורבע": 15}
_EARLIEST = 8
"""A bare hour below this is meant in the afternoon: nobody schedules a talk for three in the morning."""
_NOON, _MIDNIGHT = 12, 24

_EN_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_HE_DAYS = ("שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת", "ראשון")
DAY = (
    r"today|tomorrow|(?:on )?(?:" + "|".join(_EN_DAYS) + r")|(?:on )?day (?:one|two|1|2)|(?:on )?\d{4}-\d{2}-\d{2}"
    r"|היום הראשון|היום השני|ביום הראשון|היום|מחר|ב?יום (?:" + "|".join(_HE_DAYS) + r")|ב?שבת|ב-?\d{4}-\d{2}-\d{2}"
)
"""A day: tomorrow, Tuesday, day two, 2026-05-01, מחר, ביום שלישי, היום השני (the event's second day)."""

ROOM = (
    r"(?:the )?(?:(?:hall|room|workshop|studio|stage) (?:[a-z]\b|\d{1,2}\b)|terrace)"
    r"|ה?אולם (?:[א-ת]\b'?|[a-z]\b|\d{1,2}\b)|חדר \d{1,2}|סדנה \d\b|ה?(?:טרסה|מרפסת)"
)
"""A room: Hall B, Workshop 1, the terrace, אולם ב, סדנה 1, הטרסה."""
_HALLS = {"א": "A", "ב": "B", "ג": "C", "ד": "D"}


def normal(text: str) -> str:
    """Return the words without vowel points, invisible marks, odd quotes and closing punctuation, spaces single."""
    plain = _INVISIBLE.sub("", _NIQQUD.sub("", unicodedata.normalize("NFKC", text))).translate(_QUOTES)
    return re.sub(r"\s+", " ", plain).strip().rstrip("?.! ").strip()


def read_clock(text: str) -> str | None:
    """Return a time of day as HH:MM, or None."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    named = found["hour"].lower()
    hour = int(named) if named.isdigit() else _HOURS[named]
    minute = int(found["minute"] or 0) + _MINUTES.get((found["before"] or found["after"] or "").lower(), 0)
    hour = _of_day(hour, (found["half"] or "").lower().replace(".", ""), (found["part"] or "").lower())
    total = hour * 60 + minute
    return f"{total // 60:02d}:{total % 60:02d}" if 0 <= total < _MIDNIGHT * 60 else None


def _of_day(hour: int, half: str, part: str) -> int:
    is_morning = half == "am" or part in {"in the morning", "בבוקר"}
    is_later = half == "pm" or part in {"in the afternoon", "in the evening", "אחר הצהריים", 'אחה"צ', "בערב"}
    if is_morning:
        return 0 if hour == _NOON else hour
    if hour < _NOON and (is_later or 0 < hour < _EARLIEST):
        return hour + _NOON
    return hour


def read_day(text: str, today: date, event_days: tuple[date, date] | None) -> date | None:
    """Return the day that is meant, seen from ``today``; ``event_days`` are the event's first and last."""
    said = re.sub(r"^(?:on |ב-?(?=\d))", "", text.strip().lower())
    if said in {"today", "היום"}:
        return today
    if said in {"tomorrow", "מחר"}:
        return today + timedelta(days=1)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return None
    if event_days is not None and said in {"day one", "day 1", "היום הראשון", "ביום הראשון"}:
        return event_days[0]
    if event_days is not None and said in {"day two", "day 2", "היום השני"}:
        return event_days[0] + timedelta(days=1)
    return _weekday(said.removeprefix("ב").removeprefix("יום "), today)


def _weekday(name: str, today: date) -> date | None:
    names = _EN_DAYS if name in _EN_DAYS else list(_HE_DAYS)
    if name not in names:
        return None
    return today + timedelta(days=(names.index(name) - today.weekday()) % 7)


def read_room(text: str) -> str:
    """Return a room's name; the Hebrew names of the sample conference's rooms become the names in its agenda."""
    said = re.sub(r"^the ", "", text.strip().rstrip("'"), flags=re.IGNORECASE)
    bare = said.removeprefix("ה")
    if bare in {"טרסה", "מרפסת"}:
        return "Terrace"
    kind, _, which = bare.partition(" ")
    if kind == "אולם":
        return f"Hall {_HALLS.get(which, which.upper())}"
    if kind == "סדנה":
        return f"Workshop {which}"
    return said
