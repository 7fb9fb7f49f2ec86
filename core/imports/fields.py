"""The fields that all formats share: texts, dates, durations. Pure; a bad one is a ``BadSchedule`` with its place."""

import html
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.imports.models import BadSchedule, SessionInfo

_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_SPEAKERS = 500, 20_000, 500
_MINUTES = 60
_SEPARATORS = str.maketrans({",": " ", ";": " ", "&": " ", "+": " "})
"""Characters that part several speakers in one field; inside one name they would make two of it."""


def read_date(text: str, place: str) -> date:
    """Read YYYY-MM-DD, with or without a time behind it."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise BadSchedule(place, f'"{text[:40]}" is no date; write it as 2026-05-01.') from None


def read_start(text: str, zone: ZoneInfo | None, place: str) -> datetime:
    """Read ISO 8601. A time without offset is local to ``zone``."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadSchedule(place, f'"{text[:40]}" is no time; write it as 2026-05-01T10:00:00+02:00.') from None
    if read.tzinfo is not None:
        return read
    if zone is None:
        raise BadSchedule(place, "the time has no offset and the file names no time zone; give one with --zone.")
    return read.replace(tzinfo=zone)


def read_duration(text: str, place: str) -> timedelta:
    """Read HH:MM, as frab and pretalx write it, or D:HH:MM."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or int(match[3]) >= _MINUTES:
        raise BadSchedule(place, f'"{text[:40]}" is no duration; write it as 00:45.')
    days, hours, minutes = int(match[1] or 0), int(match[2]), int(match[3])
    return timedelta(days=days, hours=hours, minutes=minutes)


def read_zone(name: str, place: str) -> ZoneInfo:
    """Return the zone of an IANA name."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSchedule(place, f'"{name[:40]}" is no time zone; use a name such as Europe/Berlin.') from None


def title_of(text: str, place: str) -> str:
    """Return a title on one line."""
    title = " ".join(html.unescape(text).split())
    if not title:
        raise BadSchedule(place, "the session has no title.")
    return title[:_LONGEST_TITLE]


def text_of(*parts: str | None) -> str | None:
    """Return texts without mark-up, as paragraphs; None when nothing is left."""
    plain = (html.unescape(_TAG.sub(" ", part)).strip() for part in parts if part)
    return "\n\n".join(filter(None, plain))[:_LONGEST_TEXT] or None


def speakers_of(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return names, each once, none that reads as two."""
    found: dict[str, None] = {}
    used = 0
    for name in names:
        plain = " ".join((name or "").translate(_SEPARATORS).split())
        used += len(plain) + 2
        if plain and used <= _LONGEST_SPEAKERS:
            found[plain] = None
    return tuple(found)


def zone_of_offsets(sessions: Iterable[SessionInfo]) -> str | None:
    """Return the fixed zone that all times share by their whole-hour offset, or None when they differ."""
    offsets = {session.start.utcoffset() for session in sessions}
    if len(offsets) != 1:
        return None
    [offset] = offsets
    if offset is None or offset % timedelta(hours=1):
        return None
    hours = round(offset / timedelta(hours=1))
    # POSIX counts west of Greenwich: Etc/GMT-1 is one hour east.
    return "Etc/UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
