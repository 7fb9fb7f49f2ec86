"""What "it", "the first one" and "and tomorrow?" mean, from the turns before. Pure; nothing is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bots.playground.sentences.conversation.choice import alike, chosen, filled
from bots.playground.sentences.conversation.talk import (
    Row,
    Turn,
    candidates,
    mentioned,
    people_mentioned,
    suggestions_mentioned,
)
from bots.playground.sentences.grammar.pieces.names import unquoted
from bots.playground.sentences.grammar.rules import ONLY
from bots.playground.sentences.grammar.text import normalise
from bots.playground.sentences.grammar.understand import understand_all
from bots.playground.sentences.grammar.wish import CHANGES, IT, Wish

_GOES_ON = frozenset({"agenda", "free", "speaker"})
"""Questions that a follow-up such as "and tomorrow?" asks again with something else."""
_ABOUT_ONE = frozenset({"when", "about"})


@dataclass(frozen=True, slots=True)
class Ask:
    """The stand-in must ask back: which of these is meant? Without any: which session at all?"""

    wish: Wish
    among: tuple[Row, ...] = ()


def meaning(turns: Sequence[Turn]) -> tuple[Wish, ...] | Ask | None:
    """Return what the last turn asks for, its references resolved; None for words that are not understood."""
    turn, before = turns[-1], turns[:-1]
    wishes = understand_all(turn.words, turn.situation)
    if len(wishes) > 1:
        return _all_pointed(wishes, before)
    wish = wishes[0] if wishes else None
    meant = _meant(turn, wish, before)
    return (meant,) if isinstance(meant, Wish) else meant


def _meant(turn: Turn, wish: Wish | None, before: Sequence[Turn]) -> Wish | tuple[Wish, ...] | Ask | None:
    if before and (wish is None or wish.intent == "choose"):
        return _chosen(turn, wish, before)
    if wish is None:
        return None
    if wish.intent == "more":
        return _going_on(wish, before)
    if wish.intent == "repeat":
        return _repeated(before) or wish
    return _pointed(wish, before)


def _earlier(before: Sequence[Turn]) -> Wish | Ask | None:
    """Return the one thing that the turn before was about; of several changes the one that was asked back about."""
    meant = meaning(before) if before else None
    if not isinstance(meant, tuple):
        return meant
    among = candidates(before[-1])
    return next((wish for wish in meant if among and alike(wish, among[0])), meant[0])


def _repeated(before: Sequence[Turn]) -> tuple[Wish, ...] | None:
    """Return the last changes that were asked for, now asked for again."""
    for count in range(len(before), 0, -1):
        meant = meaning(before[:count])
        if isinstance(meant, tuple) and all(wish.intent in CHANGES for wish in meant):
            return tuple(replace(wish, again=True) for wish in meant)
    return None


def _chosen(turn: Turn, wish: Wish | None, before: Sequence[Turn]) -> Wish | Ask | None:
    earlier = _earlier(before)
    pending = candidates(before[-1]) or (list(earlier.among) if isinstance(earlier, Ask) else [])
    if pending:
        row = _pick(pending, turn.words, wish)
        if row is None:
            asked = earlier.wish if isinstance(earlier, Ask) else earlier
            return Ask(asked, tuple(pending)) if wish is not None and asked is not None else None
        return _with(earlier, row, wish)
    if wish is None and isinstance(earlier, Ask):
        # "Which session?" was answered with nothing but a title.
        return filled(earlier.wish, unquoted(normalise(turn.words)))
    if wish is None or wish.number == ONLY:
        return wish
    row = _pick(mentioned(before), turn.words, wish)
    return Wish(intent="about", language=wish.language, title=row["id"]) if row else wish


def _with(earlier: Wish | Ask | None, row: Row, said: Wish | None) -> Wish | None:
    wish = earlier.wish if isinstance(earlier, Ask) else earlier
    if wish is None:
        return None
    language = said.language if said is not None and said.number is None else wish.language
    return replace(chosen(wish, row), language=language)


def _pick(rows: Sequence[Row], words: str, said: Wish | None) -> Row | None:
    if said is not None and said.number is not None:
        return _by_number(rows, said.number)
    if said is not None and (said.at or said.room or said.day):
        found = [row for row in rows if _fits(row, said)]
    else:
        spoken = normalise(words).strip('"').casefold()
        found = [row for row in rows if _is_named(row, spoken)]
    return found[0] if len(found) == 1 else None


def _by_number(rows: Sequence[Row], number: int) -> Row | None:
    if number == ONLY:
        return rows[0] if len(rows) == 1 else None
    index = number - 1 if number > 0 else number
    return rows[index] if -len(rows) <= index < len(rows) else None


def _fits(row: Row, said: Wish) -> bool:
    start = str(row.get("start", ""))
    return (
        (said.at is None or start.endswith(said.at))
        and (said.day is None or start.startswith(said.day.isoformat()))
        and (said.room is None or str(row.get("room", "")).casefold() == said.room.casefold())
    )


def _is_named(row: Row, spoken: str) -> bool:
    name = normalise(str(row.get("title") or row.get("name", ""))).casefold()
    return bool(spoken) and (spoken in name or name in spoken)


def _pointed(wish: Wish, before: Sequence[Turn]) -> Wish | Ask:
    """Return the wish with what it only points at; ask where that is not clear."""
    for field, found in (("title", mentioned), ("other", mentioned), ("person", people_mentioned)):
        if getattr(wish, field) == IT:
            rows = found(before)
            if len(rows) != 1:
                return Ask(wish, tuple(rows))
            wish = replace(wish, **{field: str(rows[0]["id"])})
    if wish.intent == "explain" and wish.thing in {IT, None}:
        rows = suggestions_mentioned(before)
        return replace(wish, thing=str(rows[0]["id"])) if len(rows) == 1 else Ask(replace(wish, thing=IT), tuple(rows))
    return wish


def _all_pointed(wishes: Sequence[Wish], before: Sequence[Turn]) -> tuple[Wish, ...] | Ask:
    found = [_pointed(wish, before) for wish in wishes]
    unclear = next((each for each in found if isinstance(each, Ask)), None)
    return unclear or tuple(each for each in found if isinstance(each, Wish))


def _going_on(said: Wish, before: Sequence[Turn]) -> Wish | Ask | None:
    earlier = _earlier(before)
    if isinstance(earlier, Ask):
        earlier = earlier.wish
    if earlier is None:
        return None
    if said.title is not None:
        return _another(earlier, said)
    if earlier.intent not in _GOES_ON:
        return replace(said, intent="agenda")
    given: dict[str, Any] = {
        field: value
        for field in ("day", "at", "end", "after", "before", "room", "minutes")
        if (value := getattr(said, field)) is not None
    }
    # Another day or hour ends "now"; a wish for now keeps none of the hour that was asked for before.
    timed = bool({"day", "at"} & given.keys()) or said.is_now
    hour = {"at": None} if said.is_now else {}
    return replace(
        earlier, **hour, **given, is_now=said.is_now or (earlier.is_now and not timed), language=said.language
    )


def _another(earlier: Wish, said: Wish) -> Wish | None:
    if earlier.intent in _ABOUT_ONE:
        return replace(earlier, title=said.title, language=said.language)
    if earlier.intent == "speaker":
        return replace(earlier, speaker=said.title, language=said.language)
    if earlier.intent == "search":
        return replace(earlier, query=said.title, language=said.language)
    return Wish(intent="about", language=said.language, title=said.title)
