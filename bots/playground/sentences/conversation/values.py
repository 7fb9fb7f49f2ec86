"""Values of tools that are read before they are told: days, moments, the zone that they are local in. Pure."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d{{2}}:\d{{2}}.*")


def is_day(value: object) -> bool:
    """Whether a value is a day, as ``2026-05-05``."""
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def is_moment(value: object) -> bool:
    """Whether a value is a day with a time of day."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Zone:
    """The event's time zone; None where nobody knows it."""

    name: str | None

    def local(self, moment: str) -> str:
        """Return a moment in this zone; one without an offset is local already."""
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None or self.name is None:
            return moment
        with suppress(ZoneInfoNotFoundError, ValueError):
            return at.astimezone(ZoneInfo(self.name)).isoformat()
        return moment


def zone_of(answer: Row, situation: Situation) -> Zone:
    """Return the zone that an answer names, else that of the conversation."""
    return Zone(str(answer["time_zone"]) if answer.get("time_zone") else situation.zone)
