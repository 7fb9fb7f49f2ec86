"""A conversation as the request tells it: turns, what was called in them, what came back. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from bots.playground.sentences.grammar.pieces.days import Event, Situation

Row = dict[str, Any]

_TAGGED = re.compile(r"<message>(.*?)</message>", re.DOTALL)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?")
_ZONE = re.compile(r"\b([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|UTC)\b")
_EVENTS = re.compile(r"(?:^|[:,] )([^,:()]+) \((\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})\)")


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that the stand-in wants."""

    name: str
    args: Row


@dataclass(frozen=True, slots=True)
class Step:
    """A tool that was called, and its answer."""

    call: Call
    answer: Row

    @property
    def is_refused(self) -> bool:
        """Whether the tool said no, or did not accept the call."""
        return self.answer.get("status") == "refused" or "error" in self.answer

    def rows(self, key: str) -> list[Row]:
        """Return a list of objects in the answer, empty where there is none."""
        found: object = self.answer.get(key)
        rows = cast("list[object]", found) if isinstance(found, list) else []
        return [cast("Row", row) for row in rows if isinstance(row, dict)]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person said, with the context around it, and the steps that followed."""

    words: str
    situation: Situation
    steps: tuple[Step, ...] = ()

    def answer(self, tool: str) -> Step | None:
        """Return the latest step of a tool."""
        return next((step for step in reversed(self.steps) if step.call.name == tool), None)


def read_texts(texts: Sequence[str], now: datetime) -> tuple[str, Situation]:
    """Return the person's words and the situation in a turn's texts.

    The words stand in ``<message>`` tags, or are the last text; an ISO date elsewhere is "now" (else ``now``).
    """
    whole = "\n".join(texts)
    tagged = _TAGGED.findall(whole)
    if tagged:
        return tagged[-1].strip(), _situation(_TAGGED.sub("", whole), now)
    words = texts[-1] if texts else ""
    return words.strip(), _situation("\n".join(texts[:-1]), now)


def _situation(context: str, now: datetime) -> Situation:
    moment, zone = _MOMENT.search(context), _ZONE.search(context)
    at = _moment(f"{moment[1]}T{moment[2] or '00:00'}") if moment else None
    events = tuple(
        Event(name.strip(), first, last)
        for name, starts, ends in _EVENTS.findall(context)
        if (first := _day(starts)) and (last := _day(ends))
    )
    return Situation(at or now.replace(tzinfo=None), events, zone[1] if zone else None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    moment = _moment(text)
    return moment.date() if moment else None


def candidates(turn: Turn) -> list[Row]:
    """Return the rows among which the turn's last question back asked to choose."""
    return next((rows for step in reversed(turn.steps) if (rows := step.rows("candidates"))), [])


def mentioned(turns: Sequence[Turn]) -> list[Row]:
    """Return the sessions that were last talked about: one when it is clear which, several when it is not."""
    return _latest(turns, _sessions)


def people_mentioned(turns: Sequence[Turn]) -> list[Row]:
    """Return the participant that was last talked about."""
    return _latest(turns, _people)


def suggestions_mentioned(turns: Sequence[Turn]) -> list[Row]:
    """Return the suggestions that were last talked about."""
    return _latest(turns, _suggestions)


def _latest(turns: Sequence[Turn], find: Callable[[Step], list[Row]]) -> list[Row]:
    return next((found for turn in reversed(turns) for step in reversed(turn.steps) if (found := find(step))), [])


def _sessions(step: Step) -> list[Row]:
    session: object = step.answer.get("session")
    if isinstance(session, dict):
        return [cast("Row", session)]
    if step.answer.get("status") in {"waiting_for_approval", "done_at_once"}:
        if not step.call.name.endswith("_schedule_item"):
            return []
        title = step.answer.get("title", "")
        return [{"id": step.call.args.get("schedule_id") or title, "title": title}]
    return step.rows("sessions") or [row for row in step.rows("candidates") if "title" in row]


def _people(step: Step) -> list[Row]:
    person: object = step.answer.get("participant")
    if isinstance(person, dict):
        return [cast("Row", person)]
    said: object = step.call.args.get("participant")
    return [{"id": said, "name": said}] if isinstance(said, str) and not step.is_refused else []


def _suggestions(step: Step) -> list[Row]:
    if step.answer.get("suggestion_id"):
        return [{"id": step.answer["suggestion_id"], "title": step.answer.get("title", ""), "action": ""}]
    return step.rows("suggestions")
