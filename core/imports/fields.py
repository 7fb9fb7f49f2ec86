"""The fields that all formats share: texts, dates, durations. Pure; a bad one is a ``BadSchedule`` with its place."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.imports.models import BadSchedule, MissingAnswer, Place
from core.kernel.phrases import Phrase, PhraseValue, phrase
from core.texts import plain as visible_text

_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_SPOKEN = re.compile(
    rf"(?:P(?=[\dT])T?)?\s*(?:(?P<days>{_NUMBER})\s*d(?:ays?)?\s*T?)?\s*"
    rf"(?:(?P<hours>{_NUMBER})\s*(?:h|hrs?|hours?|std\.?|שעות|שעה))?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*(?:m|min|mins|minutes?|minuten|דקות|דק['׳]?))?\s*"
    rf"(?:(?P<seconds>{_NUMBER})\s*(?:s|secs?|seconds?))?\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_LINE_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre|hr|dl|dt|dd)\b[^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|td|th|tt|u)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: PostgreSQL has no place for some, a chat for none."""
_LONGEST_TITLE, _LONGEST_TEXT = 500, 20_000
LONGEST_NAME = 200
"""Of rooms, people and ids. PostgreSQL refuses index entries above 2,704 bytes; four bytes a letter fit."""
_LONGEST_SESSION = timedelta(days=31)
_LARGEST_ROOM = 1_000_000
_HOURS, _MINUTES = 24, 60
_ZONES_WITH_FIXED_OFFSET = range(-12, 15)
"""Hours east of Greenwich that the IANA database has an Etc/GMT zone for."""
_YEARS = range(1970, 2200)
"""Outside of these a year is a slip of the pen, and time zones have no rules."""


def plain(text: str) -> str:
    """Return a text with line feeds as its only control characters, and nothing in it that nobody sees."""
    return visible_text(_UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")))


def line_of(text: str) -> str:
    """Return a text on one line."""
    return " ".join(plain(text).split())


def shortened_name(text: str, place: Place) -> tuple[str, list[Phrase]]:
    """Return a name on one line, and a note where it had to be cut."""
    name = line_of(text)
    letters = _letters(name)
    if letters <= LONGEST_NAME:
        return name, []
    cut = name[:LONGEST_NAME]
    while _letters(cut) >= LONGEST_NAME:
        cut = cut[:-1]
    cut = f"{cut.rstrip()}…"
    return cut, [phrase("import-note-shortened", place=place, name=cut, letters=letters, most=LONGEST_NAME)]


def id_of(text: str) -> str:
    """Return an id on one line; of one that is too long its beginning and its digest, which is as good."""
    id_ = line_of(text)
    if _letters(id_) <= LONGEST_NAME:
        return id_
    digest = hashlib.sha256(id_.encode()).hexdigest()
    return f"{''.join(letter for letter in id_ if letter.isascii())[:100]} {digest}"


def _letters(name: str) -> int:
    # Counted as in a key, where some letters become many.
    return max(len(name), len(unicodedata.normalize("NFKC", name)))


def title_of(text: str) -> str:
    """Return a title on one line."""
    return _shortened(line_of(html.unescape(text)), _LONGEST_TITLE)


def text_of(*parts: str | None) -> str | None:
    """Return texts without mark-up, as paragraphs, none of them twice; None when nothing is left."""
    paragraphs = dict.fromkeys(_without_markup(part) for part in parts if part)
    return _shortened("\n\n".join(filter(None, paragraphs)), _LONGEST_TEXT) or None


def _without_markup(text: str) -> str:
    # Only what is HTML goes: "1 < 2" and Markdown's <https://...> are the speaker's words.
    bare = _INLINE_TAG.sub("", _LINE_TAG.sub("\n", _UNSEEN.sub("", plain(text))))
    lines = (" ".join(line.split()) for line in plain(html.unescape(bare)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def read_seats(text: str | None, place: Place) -> int | None:
    """Read a number of seats; None where there is none or zero."""
    if text is None:
        return None
    if not text.isdecimal() or len(text) > len(str(_LARGEST_ROOM)) or int(text) > _LARGEST_ROOM:
        raise BadSchedule(place, phrase("import-no-seats", text=text[:40]))
    return int(text) or None


def read_date(text: str, place: Place) -> date:
    """Read YYYY-MM-DD, with or without a time behind it."""
    try:
        read = date.fromisoformat(text[:10])
    except ValueError:
        raise BadSchedule(place, phrase("import-no-date", text=text[:40])) from None
    return _in_our_time(read, text, place)


def read_clock(text: str, place: Place) -> time:
    """Read HH:MM; seconds are left out."""
    match = _CLOCK.fullmatch(text)
    try:
        return time(int(match[1]), int(match[2])) if match else time.fromisoformat(text)
    except ValueError:
        raise BadSchedule(place, phrase("import-no-clock", text=text[:40])) from None


def read_time(text: str, zone: ZoneInfo | None, place: Place) -> datetime:
    """Read ISO 8601 with date and time. A time without offset is local to ``zone``."""
    return fixed(read_moment(text, place), zone, place)


def read_moment(text: str, place: Place) -> datetime:
    """Read ISO 8601 with date and time, with the offset that it has, or none."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise BadSchedule(place, phrase("import-no-time", text=text[:40])) from None
    _in_our_time(read.date(), text, place)
    return read


def note_of_clock_change(read: datetime, zone: tzinfo | None, title: str, place: Place) -> Phrase | None:
    """Return what has to be said of a local time that the zone's clocks leave out, or show twice; None of any other."""
    if zone is None or read.tzinfo is not None:
        return None
    first, second = (read.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    shown = first.astimezone(UTC).astimezone(zone)
    values: dict[str, PhraseValue] = {"title": title, "place": place, "clock": f"{read:%Y-%m-%d %H:%M}"}
    if shown.replace(tzinfo=None, fold=0) != read.replace(fold=0):
        return Phrase("import-note-no-such-time", {**values, "taken": f"{shown:%H:%M}"})
    return Phrase("import-note-time-twice", values)


def fixed(read: datetime, zone: ZoneInfo | None, place: Place) -> datetime:
    """Return a time with its offset as a number. A time without offset is local to ``zone``.

    Python compares and adds within one named zone by the hands of the clock, which is wrong on the nights when they
    are moved.
    """
    if read.tzinfo is None:
        if zone is None:
            raise MissingAnswer(place, phrase("import-no-offset"))
        # Through UTC: a time that the clock change leaves out moves on to one that exists.
        read = read.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return read.astimezone(timezone(read.utcoffset() or timedelta(0)))


def _in_our_time(read: date, text: str, place: Place) -> date:
    if read.year not in _YEARS:
        raise BadSchedule(
            place, phrase("import-other-year", text=text[:40], first=str(_YEARS.start), last=str(_YEARS.stop - 1))
        )
    return read


def has_three_parts(duration: str) -> bool:
    """Tell whether a duration is D:HH:MM or H:MM:SS, which look the same."""
    return duration.count(":") > 1


def can_only_have_seconds(duration: str) -> bool:
    """Tell whether the middle one of a duration's three parts is more than a day's hours."""
    match = _DURATION.fullmatch(duration)
    return match is not None and match[1] is not None and int(match[2]) >= _HOURS


def read_duration(text: str, place: Place, *, with_seconds: bool = False) -> timedelta:
    """Read HH:MM, or three parts: D:HH:MM, unless the file writes its durations ``with_seconds``.

    pretalx writes days where there are any; c3voc's XML schema allows seconds. A bare number is refused: 0100 may be
    an hour or a hundred minutes.
    """
    spoken = _spoken(text)
    if spoken is not None:
        return _not_too_long(spoken, text, place)
    match = _DURATION.fullmatch(text)
    # A middle part that its place cannot hold means that the parts are others than they seem: 0:45:00 among 00:30.
    most = None if match is None or match[1] is None else _MINUTES if with_seconds else _HOURS
    if match is None or int(match[3]) >= _MINUTES or (most is not None and int(match[2]) >= most):
        raise BadSchedule(place, phrase("import-no-duration", text=text[:40]))
    if match[1] is not None and with_seconds:
        read = timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))
    else:
        read = timedelta(days=int(match[1] or 0), hours=int(match[2]), minutes=int(match[3]))
    return _not_too_long(read, text, place)


def _spoken(text: str) -> timedelta | None:
    """Read a length with its units: PT1H30M, 1h 30m, 90 min, 1.5 hours; None where there are none."""
    match = _SPOKEN.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    units = {name: float(number.replace(",", ".")) for name, number in match.groupdict().items() if number}
    return timedelta(**units)


def _not_too_long(read: timedelta, text: str, place: Place) -> timedelta:
    if read > _LONGEST_SESSION:
        raise BadSchedule(place, phrase("import-longer-than", text=text[:40], days=_LONGEST_SESSION.days))
    return read


def read_zone(name: str, place: Place) -> ZoneInfo:
    """Return the zone of an IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSchedule(place, phrase("import-no-zone", text=name[:40])) from None


def zone_of_offsets(times: Iterable[datetime]) -> str | None:
    """Return the fixed zone that all times share by their whole-hour offset, or None when they differ."""
    offsets = {at.utcoffset() for at in times}
    if len(offsets) != 1:
        return None
    [offset] = offsets
    if offset is None or offset % timedelta(hours=1):
        return None
    hours = round(offset / timedelta(hours=1))
    if hours not in _ZONES_WITH_FIXED_OFFSET:
        return None
    # POSIX counts west of Greenwich: Etc/GMT-1 is one hour east.
    return "Etc/UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
