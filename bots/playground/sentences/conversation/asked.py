"""An answer cut to what was asked for, where that is more exact than the tool can say. Pure."""

from collections.abc import Mapping
from typing import Any, cast

from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.template import Condition, value_of
from bots.playground.sentences.grammar.text import normalise
from bots.playground.sentences.grammar.understand import Meant

_CLOCK = len("10:00")
_TIME = slice(11, 16)
"""Where the time of day stands in a local moment."""


def as_asked(meant: Meant, answer: Row, situation: Situation) -> Row:
    """Return an answer with only the rows that fit what the sentence asked for."""
    said = meant.known(situation)
    wanted = [(each, value_of(each.value, said)) for each in meant.ask.where]
    wanted = [(condition, value) for condition, value in wanted if value is not None]
    if not wanted:
        return answer
    return {
        key: _fitting(cast("list[Row]", value), wanted) if _is_rows(value) else value for key, value in answer.items()
    }


def has_rows(answer: Mapping[str, Any]) -> bool:
    """Whether there is a list in the answer that holds anything."""
    return any(_is_rows(value) for value in answer.values())


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(cast("list[Any]", value)[0], dict)


def _fitting(rows: list[Row], wanted: list[tuple[Condition, Any]]) -> list[Row]:
    for condition, value in wanted:
        if value == "first":
            first = min((str(row.get(condition.key)) for row in rows), default="")
            rows = [row for row in rows if str(row.get(condition.key)) == first]
        else:
            rows = [row for row in rows if _fits(row, condition, value)]
    return rows


def _fits(row: Row, condition: Condition, value: Any) -> bool:
    found = row.get(condition.key)
    if not condition.how:
        return found is not None and found is not False
    own, said = str(found), str(value)
    if condition.how == "~":
        own, said = normalise(own).casefold(), normalise(said).casefold()
        return said in own or own in said
    if condition.how == "=":
        return own == said
    own = own[_TIME] if len(said) == _CLOCK else own
    return own >= said if condition.how == ">=" else own < said
