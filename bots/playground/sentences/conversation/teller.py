"""What a tool answered, told in the person's language: one way for the data of every tool. Pure.

An answer is an object. What it says of itself stands on lines of its own, each object of its lists on one; sessions
stand under their days. How a field is called is in ``words/<language>/fields.ftl``: ``field-arrives``, ``list-vips``,
``none-vips``. A field that is not there is told by its value; one that says nothing there is not told.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, cast

from bots.playground.sentences.conversation.asked import as_asked
from bots.playground.sentences.conversation.nearest import examples
from bots.playground.sentences.conversation.say import day_text, has, isolated, moment_text, say, span_text
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.conversation.values import Zone, is_day, is_moment, zone_of
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.understand import Meant

_MOST_LINES, _MOST_NAMES, _EXAMPLES = 40, 10, 3
_MOST_UNNAMED = 12
"""Fields of something that has no name; a longer one is a dictionary for the model."""
_HEADS = ("change", "sentence", "title", "name", "what", "kind", "room", "action")
"""What a row is called by: the first of these that it has."""
_FOR_THE_MODEL = frozenset(
    "id more event action proposed before impact shown_in steps waited asked_in in as drop version "
    "levels levels_that_cannot_be_lowered actions late_now match span booked_minutes is_running edited replaces "
    "replaced_by error changes_made in_minutes minutes_left time_zone day".split()
)
"""Fields that help a model to go on and tell a person nothing; an object of such a name may be told."""
_NO_WORD = re.compile(r"\W+")
_SPANS = (("start", "end"), ("starts_on", "ends_on"), ("from", "until"))


def told(meant: Meant, step: Step, situation: Situation) -> str:
    """Return the answer in lines; a refusal in the tool's own words, an empty answer as such."""
    if step.is_refused:
        return refused(meant.language, step)
    answer = as_asked(meant, step.answer, situation)
    lines = Teller(meant.language, zone_of(step.answer, situation)).answer(answer)
    if not lines:
        return _nothing(meant.language, step, situation)
    if step.answer.get("more") or len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], say(meant.language, "there-is-more")]
    return "\n".join(lines)


def refused(language: Language, step: Step) -> str:
    """Say why a tool did not answer, or ask what it asked."""
    if among := step.rows("candidates"):
        return asked_back(language, among, "session")
    if "error" in step.answer:
        return say(language, "tool-error", error=str(step.answer["error"]))
    return str(step.answer.get("why", "")) or say(language, "tool-error", error="refused")


def asked_back(language: Language, among: Sequence[Row], place: str) -> str:
    """Ask which of several is meant, numbered, one line each; or what at all, where a sentence only pointed."""
    if not among:
        return say(language, {"person": "which-person", "subject": "which-suggestion"}.get(place, "which-session"))
    lines = [f"{number}. {_candidate(language, row)}" for number, row in enumerate(among, 1)]
    return "\n".join((say(language, "which-one"), *lines))


def _candidate(language: Language, row: Row) -> str:
    """Name one of several; two people of one name are told apart by what else is known of them."""
    when = row.get("start") or row.get("due")
    told_apart = [moment_text(language, when)] if when else []
    told_apart += [isolated(str(row[key])) for key in ("room", "email", "category") if row.get(key)]
    return ", ".join((isolated(str(row.get("title") or row.get("name", ""))), *told_apart))


def help_text(language: Language) -> str:
    """Say what can be asked."""
    return "\n".join((say(language, "help"), *map(isolated, examples(language)[:_EXAMPLES])))


def vip_line(language: Language, vip: Row) -> str:
    """Name a VIP, with the organisation's note."""
    note = vip.get("note")
    return say(language, "vip-note", name=vip["name"], note=note) if note else say(language, "vip", name=vip["name"])


def _nothing(language: Language, step: Step, situation: Situation) -> str:
    """Say that nothing was found, and for what; on which days an event is, where another day was asked for."""
    asked = [str(value) for key, value in step.call.args.items() if key != "day" and isinstance(value, str)]
    day = step.answer.get("day")
    said = [day_text(language, date.fromisoformat(day))] if day else []
    lines = [say(language, "nothing-for", asked=", ".join((*said, *map(isolated, asked)))) if asked or day else ""]
    lines = [lines[0] or say(language, "nothing")]
    for event in situation.events:
        if day and not event.first <= date.fromisoformat(day) <= event.last:
            first, last = (day_text(language, each) for each in (event.first, event.last))
            lines.append(say(language, "event", name=event.name, first=first, last=last))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells objects in one language, their moments in one time zone."""

    language: Language
    zone: Zone

    def answer(self, answer: Row) -> list[str]:
        """Return the lines of an answer; numbers that follow each other share one."""
        lines: list[str] = []
        if answer.get("change"):
            # What would change, in the program's own words, says more than the title.
            answer = {"change": answer["change"], **{key: value for key, value in answer.items() if key != "title"}}
        for are_counts, fields in groupby(answer.items(), key=lambda field: _is_count(field[1])):
            if are_counts:
                lines += self._counts(fields, answer)
            else:
                lines += [line for key, value in fields for line in self._own(key, value, answer)]
        return lines

    def _counts(self, fields: Iterable[tuple[str, Any]], answer: Row) -> list[str]:
        headed = any(has(f"list-{key}") for key, value in answer.items() if isinstance(value, list))
        told_of = [self.field(key, count) for key, count in fields if not (headed and key == "total")]
        text = ", ".join(filter(None, told_of))
        return [text[:1].upper() + text[1:]] if text else []

    def _own(self, key: str, value: Any, answer: Row) -> list[str]:
        if isinstance(value, list):
            rows = self._list(key, cast("list[Any]", value))
            is_headed = rows and value and has(f"list-{key}")
            count = int(answer.get("total") or len(cast("list[Any]", value)))
            return [say(self.language, f"list-{key}", count=count), *rows] if is_headed else rows
        if isinstance(value, dict):
            text = self.row(cast("Row", value)) if key == "event" or key not in _FOR_THE_MODEL else ""
            return [self._called(key, text)] if text else []
        return [text[:1].upper() + text[1:]] if (text := self.field(key, value)) else []

    def _list(self, key: str, rows: list[Any]) -> list[str]:
        if key in _FOR_THE_MODEL:
            return []
        if not rows:
            return [say(self.language, f"none-{key}")] if has(f"none-{key}") else []
        if not isinstance(rows[0], dict):
            names = ", ".join(self.value(each) for each in rows[:_MOST_NAMES])
            return [
                say(self.language, f"names-{key}", value=names) if has(f"names-{key}") else self._called(key, names)
            ]
        lines = self._days(rows) if all(is_moment(row.get("start")) for row in rows) else [*map(self.row, rows)]
        return [line for line in lines if line]

    def _days(self, rows: list[Row]) -> list[str]:
        """Rows under their days, in the order in which they came."""
        lines: list[str] = []
        day = ""
        for row in rows:
            if row["start"][:10] != day:
                day = row["start"][:10]
                lines.append(f"{day_text(self.language, date.fromisoformat(day))}:")
            lines.append(self._in_day(row))
        return lines

    def _in_day(self, row: Row) -> str:
        left = {key: value for key, value in _unusual(row).items() if key not in {"start", "end", "room"}}
        name = next((key for key in ("title", "name") if left.get(key)), None)
        place = [isolated(str(row["room"]))] if row.get("room") else []
        when = ", ".join((span_text(self.language, row["start"], row.get("end")), *place))
        rest = self._fields(left, name)
        return ", ".join((f"{when}: {isolated(str(left[name]))}" if name else when, *rest))

    def row(self, row: Row) -> str:
        """Return one object on one line: its name, then what else is known of it. Empty where nothing is."""
        head = next((key for key in _HEADS if row.get(key)), None)
        span = next((span for span in _SPANS if row.get(span[0]) and span[1] in row), None)
        left = {key: value for key, value in _unusual(row).items() if key not in (span or ())}
        told_of = [self._span(row, *span)] if span else []
        told_of += self._fields(_without_the_same_room(left), head)
        if head is None and len(told_of) > _MOST_UNNAMED:
            return ""
        if head is None:
            unnamed = say(self.language, "without-room") + ": " if "room" in row and told_of else ""
            return unnamed + ", ".join(told_of)
        if not told_of and any(isinstance(value, list) for value in left.values()):
            return ""
        name = self.value(row[head])
        return f"{name}: {', '.join(told_of)}" if told_of else name

    def _span(self, row: Row, first: str, last: str) -> str:
        start, end = str(row[first]), row.get(last)
        if is_day(start):
            return say(self.language, "days", first=self.value(start), last=self.value(end))
        day = day_text(self.language, date.fromisoformat(start[:10]))
        if end and start[:10] != str(end)[:10]:
            return say(self.language, "days", first=self.value(start), last=self.value(end))
        return f"{day}, {span_text(self.language, start, end)}"

    def _fields(self, row: Row, head: str | None) -> list[str]:
        rest = ((key, value) for key, value in row.items() if key != head and key not in {"change", "sentence"})
        if head == "change":
            rest = ((key, value) for key, value in rest if key not in {"title", "name"})
        return [text for key, value in rest if (text := self.field(key, value))]

    def field(self, key: str, value: Any) -> str:
        """Return one field in words; empty where there is nothing to tell."""
        if value is None or value in ("", [], {}) or key in _FOR_THE_MODEL:
            return ""
        if isinstance(value, bool):
            known = f"field-{key}" if value else f"field-{key}-not"
            return say(self.language, known) if has(known) else (key.replace("_", " ") if value else "")
        if isinstance(value, int):
            return say(self.language, f"count-{key}", count=value) if has(f"count-{key}") else self._counted(key, value)
        return self._called(key, self.value(value))

    def _counted(self, key: str, count: float) -> str:
        name = say(self.language, f"value-{key}") if has(f"value-{key}") else key.replace("_", " ")
        return say(self.language, "counted", name=name, count=int(count))

    def _called(self, key: str, text: str) -> str:
        return say(self.language, f"field-{key}", value=text) if has(f"field-{key}") else text

    def value(self, value: Any) -> str:
        """Return a value in words: a moment in the event's time zone, a word of the tools in the person's language."""
        if isinstance(value, list):
            parts = [self.value(each) for each in cast("list[Any]", value)]
            return ", ".join(filter(None, parts))
        if isinstance(value, dict):
            text, name = self.row(cast("Row", value)), value.get("title")
            # Inside a line, what is known of a session stands behind its name.
            lead = f"{isolated(str(name))}: "
            return f"{isolated(str(name))} ({text.removeprefix(lead)})" if name and text.startswith(lead) else text
        text = str(value)
        if is_day(text):
            return day_text(self.language, date.fromisoformat(text))
        if is_moment(text):
            return moment_text(self.language, self.zone.local(text))
        known = f"value-{_NO_WORD.sub('_', text).strip('_') or 'anything'}"
        return say(self.language, known) if has(known) else isolated(text)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _without_the_same_room(row: Row) -> Row:
    """Return a row whose inner rows do not name its room again."""

    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [bare(each) for each in cast("list[Any]", value)]
        if isinstance(value, dict) and value.get("room") == row.get("room"):
            return {key: inner for key, inner in cast("Row", value).items() if key != "room"}
        return value

    return {key: bare(value) for key, value in row.items()}


def _unusual(row: Row) -> Row:
    """Return a row without what goes without saying: a session takes place unless it says otherwise."""
    is_usual = "start" in row and row.get("status") in {"scheduled", "confirmed"}
    return {key: value for key, value in row.items() if not (is_usual and key == "status")}
