"""From words to what is meant: of all rows that fit, the one that leaves the fewest letters open. Pure."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bots.playground.sentences.grammar.parts import apart, clauses, one_line
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.places import IT, read_place
from bots.playground.sentences.grammar.rows import Ask, Row, table
from bots.playground.sentences.grammar.template import Missing, ReadFirst, fill
from bots.playground.sentences.grammar.text import Language, has_hebrew, is_question, normalise, without_courtesy

_LeftOut: TypeAlias = Callable[[Row], bool]
_LONGEST = 400
"""Characters; a longer sentence is none of the table, and the patterns need not chew on it."""
_LONGEST_LIST = 2000
_PAST = frozenset(
    (
        "העבירו הזיזו דחו הוסיפו החליפו הקדימו הסירו הורידו הוציאו האריכו רשמו צרפו הכניסו הזמינו הטילו השלימו מחקו "
        "פתחו קבעו סגרו הגדילו הקטינו הגבילו הביאו העלו הפכו הגדירו"
    ).split()
)
"""Hebrew forms that ask for something and are also the past tense: with a question mark they ask what was done."""
_USUAL_SLOT = 30
"""Minutes of a free slot when nobody said how long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A row of the table and what was said in its places."""

    ask: Ask
    language: Language
    said: Mapping[str, Any]
    """Values by name; ``IT`` where the sentence only points, an id once one of several was chosen."""
    example: str
    reason: str | None = None
    again: bool = False
    """Asked for once more, after it was rejected."""

    @property
    def changes(self) -> bool:
        """Whether it ends in a write. Only changes may stand several in one sentence, and only they have a reason."""
        return self.ask.kind == "!"

    def known(self, situation: Situation) -> Mapping[str, Any]:
        """Return the values with those that follow from them, under the names that the table uses."""
        said = {**self.said, "usual": _USUAL_SLOT, "moment": f"{situation.now:%Y-%m-%dT%H:%M}"}
        said.update(_timed(self.said, situation.now))
        if self.reason:
            said["reason"] = self.reason
        return said


def _timed(said: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Values that follow from a day, an hour and a length."""
    found: dict[str, Any] = {}
    day, at, minutes = said.get("day"), said.get("at"), said.get("minutes")
    if said.get("is_now"):
        found |= {"today": f"{now:%Y-%m-%d}", "clock": f"{now:%H:%M}"}
    if at:
        found["start"] = f"{day}T{at}" if day else at
    if day:
        found |= {"since": f"{day}T{at or '00:00'}", "night": f"{day}T23:59"}
    if minutes:
        found["ago"] = f"{now - timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
        if at and "end" not in said:
            found["end"] = f"{datetime.fromisoformat(f'2000-01-01T{at}') + timedelta(minutes=minutes):%H:%M}"
    return found


def language_of(text: str) -> Language:
    """Return the language in which to answer words that no row fits."""
    return "he" if has_hebrew(text) else "en"


def understand(text: str, situation: Situation) -> Meant | None:
    """Return what one sentence means, or None when it is none of the table."""
    words = normalise(text)
    if not words or len(words) > _LONGEST:
        return None
    first: Language = language_of(words)
    second: Language = "en" if first == "he" else "he"
    for language in (first, second):
        bare = without_courtesy(words, language)
        left_out = _left_out(text, bare)
        # Without courtesies first: "please" at the end is no part of a title. "Hi there" is nothing but courtesy.
        for candidate in dict.fromkeys((bare, words)):
            if meant := _with_asides(candidate, language, situation, left_out):
                return meant
    return None


def understand_all(text: str, situation: Situation) -> tuple[Meant, ...]:
    """Return what a message means: several changes, or one thing, or nothing that is of the table."""
    line = one_line(text)
    if len(line) > _LONGEST_LIST:
        return ()
    words = normalise(line)
    parts = clauses(without_courtesy(words, language_of(words)), language_of(words))
    if len(parts) > 1 and not _asks_what_was_done(text, parts[0]):
        meant = [understand(part, situation) for part in parts]
        changes = tuple(each for each in meant if each is not None and each.changes)
        if len(changes) == len(parts):
            return _together(changes)
    one = understand(line, situation)
    return (one,) if one else ()


def _left_out(text: str, words: str) -> _LeftOut:
    """Return which rows do not count for a text: a question is neither a statement nor a request in the past tense."""
    if not is_question(text):
        return lambda _row: False
    if _asks_what_was_done(text, words):
        return lambda row: row.ask.kind == "!"
    return lambda row: row.is_statement


def _asks_what_was_done(text: str, words: str) -> bool:
    """Whether a Hebrew question is spelled like a request: "they moved it?" and "move it" are one word."""
    return is_question(text) and words.split(" ", maxsplit=1)[0] in _PAST


def _together(several: tuple[Meant, ...]) -> tuple[Meant, ...]:
    """A reason at the end, and "it" after a session, hold for what is said around them."""
    reason, again = several[-1].reason, any(meant.again for meant in several)
    found: list[Meant] = []
    session = IT
    for meant in several:
        said = dict(meant.said)
        if said.get("session") == IT:
            said["session"] = session
        session = said.get("session", session)
        found.append(replace(meant, said=said, reason=meant.reason or reason, again=again))
    return tuple(found)


def _with_asides(words: str, language: Language, situation: Situation, left_out: _LeftOut) -> Meant | None:
    for said in apart(words, language):
        meant = _best(said.words, language, situation, left_out)
        if meant is None:
            continue
        if said.words == words:
            return meant
        if meant.changes:
            return replace(meant, reason=said.reason, again=said.again)
    return None


def _best(words: str, language: Language, situation: Situation, left_out: _LeftOut) -> Meant | None:
    """Return the row that fits best: one that has what its tool needs, that leaves few letters open, that states."""
    best: tuple[tuple[Any, ...], Meant] | None = None
    for row in table():
        if row.language != language or left_out(row):
            continue
        found = row.pattern.match(words)
        said = _read(row, found, situation) if found is not None else None
        if found is None or said is None:
            continue
        meant = _meant(row, said)
        rank = (_lacks(meant, situation), *row.pattern.freedom(found), not row.is_statement, row.number)
        if best is None or rank < best[0]:
            best = rank, meant
    return best[1] if best else None


def _lacks(meant: Meant, situation: Situation) -> bool:
    """Whether something was not said that the tool cannot do without."""
    if meant.ask.talk:
        return False
    with suppress(ReadFirst):
        try:
            fill(meant.ask.main, meant.known(situation), None)
        except Missing:
            return True
    return False


def _read(row: Row, found: Mapping[str, str], situation: Situation) -> Mapping[str, Any] | None:
    values: dict[str, Any] = {}
    for place, words in found.items():
        read = read_place(place, words, row.language, situation)
        if read is None:
            return None
        values |= read
    return values


def _meant(row: Row, said: Mapping[str, Any]) -> Meant:
    pointing = {field: IT for field in row.ask.pointing if field not in said}
    return Meant(ask=row.ask, language=row.language, said={**said, **pointing}, example=row.example)
