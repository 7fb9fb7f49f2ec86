"""What the words beside a shared file answer, and how a chat asks for them: no option of the command line. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar
from zoneinfo import available_timezones

from core.imports.models import Answers, Clock, DayOrder
from core.kernel.phrases import Phrase, PhraseValue
from core.texts import on_one_line

Said = TypeVar("Said", Clock, DayOrder)

_ZONE = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}|UTC")
_EVENT = re.compile(r"(?:event|אירוע)\s*[:=]\s*(?P<name>.+)", re.IGNORECASE)
_COLUMN = re.compile(r"(?P<field>[a-z_]{2,20})\s*=\s*[\"“”״]?(?P<column>[^=\"“”״]{1,100})[\"“”״]?")
_DATES: dict[DayOrder, re.Pattern[str]] = {
    "day": re.compile(r"\bdays? (?:comes? )?first\b|היום (?:בא )?(?:קודם|ראשון)", re.IGNORECASE),
    "month": re.compile(r"\bmonths? (?:comes? )?first\b|החודש (?:בא )?(?:קודם|ראשון)", re.IGNORECASE),
}
_CLOCK: dict[Clock, re.Pattern[str]] = {
    "start": re.compile(r"\bclock:? start\b|\bstart is right\b|start הוא הנכון", re.IGNORECASE),
    "date": re.compile(r"\bclock:? date\b|\bdate is right\b|date הוא הנכון", re.IGNORECASE),
}
_LONGEST_NAME = 200
_ASKED_OTHERWISE = frozenset(
    {
        "format-day-or-month",
        "format-no-column",
        "format-no-event-name",
        "format-no-zone",
        "import-namesake",
        "import-no-offset",
        "import-note-other-offset",
        "import-note-two-times",
        "import-note-zone-of-offsets",
        "import-zones-differ",
    }
)
"""Sentences that name an option of the command line; each has one for chats beside it."""


def answers_in(text: str) -> Answers:
    """Return what the words beside a file say of it: a time zone, ``event: NAME``, what comes first in its dates,
    which time is right, and ``title = NAME OF THE COLUMN``, a line each. Other words answer nothing.
    """
    found = Answers(dates=_one(_DATES, text), clock=_one(_CLOCK, text))
    columns: dict[str, str] = {}
    for line in map(on_one_line, text.splitlines()):
        if named := _EVENT.fullmatch(line):
            found = replace(found, event=named["name"].strip(" \"'״“”")[:_LONGEST_NAME] or None)
        elif column := _COLUMN.fullmatch(line):
            columns[column["field"]] = column["column"].strip()
    zone = next((word for word in _ZONE.findall(text) if word in available_timezones()), None)
    return replace(found, columns=columns, zone=zone)


def in_chat(said: Phrase) -> Phrase:
    """Return a sentence as it is said in a chat, and whatever sentences stand in it."""
    id_ = f"chat-{said.id}" if said.id in _ASKED_OTHERWISE else said.id
    return Phrase(id_, {name: _each(value, in_chat) for name, value in said.args.items()})


def _each(value: PhraseValue, made: Callable[[Phrase], Phrase]) -> PhraseValue:
    if isinstance(value, Phrase):
        return made(value)
    if isinstance(value, tuple):
        return tuple(made(each) if isinstance(each, Phrase) else each for each in value)
    return value


def _one(words: Mapping[Said, re.Pattern[str]], text: str) -> Said | None:
    """Return the one answer that a text gives; who says both has said nothing."""
    found = [name for name, said in words.items() if said.search(text)]
    return found[0] if len(found) == 1 else None
