"""What a sentence is heard in: the time, the event's days, and what was talked about; all from the request. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bots.playground.sentences.words import read_clock, read_day

Args = dict[str, Any]
_NOW = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})")
_IT = frozenset(
    {"it", "this", "that", "that session", "this session", "that one", "אותו", "אותה", "זה", "זו", "אותו מושב", "המושב"}
)


@dataclass(frozen=True, slots=True)
class Situation:
    """The local time, the event's first and last day if one is told, and the session last talked about."""

    now: datetime
    event_days: tuple[date, date] | None = None
    last_title: str | None = None

    def day(self, said: str) -> date | None:
        """Return the day that is meant."""
        return read_day(said, self.now.date(), self.event_days)

    def moment(self, day: str | None, clock: str) -> str | None:
        """Return a time as the tools read it: HH:MM, or with its day where one was said."""
        time = read_clock(clock)
        if time is None or day is None:
            return time
        on = self.day(day)
        return None if on is None else f"{on.isoformat()}T{time}"

    def title(self, said: str) -> str | None:
        """Return the session that is meant: the words, or what "it" was."""
        return self.last_title if said.lower() in _IT else said or None


def read_situation(told: str, last_title: str | None) -> Situation:
    """Read the context that the program sends with each message."""
    found = _NOW.search(told)
    now = datetime.fromisoformat(found[0]) if found else datetime.now()  # local, as the context is
    days = _DAYS.search(told)
    event_days = (date.fromisoformat(days[1]), date.fromisoformat(days[2])) if days else None
    return Situation(now, event_days, last_title)
