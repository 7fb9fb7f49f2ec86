"""What "it", "the first one" and "and tomorrow?" mean, from the turns before. Pure; nothing is remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bots.playground.sentences.conversation.talk import (
    Row,
    Turn,
    candidates,
    mentioned,
    people_mentioned,
    suggestions_mentioned,
)
from bots.playground.sentences.grammar.pieces.names import unquoted
from bots.playground.sentences.grammar.places import IT, NAMES, ONLY
from bots.playground.sentences.grammar.text import normalise
from bots.playground.sentences.grammar.understand import Meant, understand, understand_all

_POINTED: Mapping[str, Callable[[Sequence[Turn]], list[Row]]] = {
    "session": mentioned,
    "other": mentioned,
    "person": people_mentioned,
    "subject": suggestions_mentioned,
}
"""Where what a place only points at is looked for."""
_WHEN_AND_WHERE = ("day", "at", "end", "after", "before", "room", "minutes")


@dataclass(frozen=True, slots=True)
class Unclear:
    """The stand-in must ask back: which of these is meant? Without any: which session, person or suggestion at all?"""

    meant: Meant
    among: tuple[Row, ...] = ()
    place: str = "session"


def meaning(turns: Sequence[Turn]) -> tuple[Meant, ...] | Unclear | None:
    """Return what the last turn asks for, its references resolved; None for words that are not understood."""
    turn, before = turns[-1], turns[:-1]
    several = understand_all(turn.words, turn.situation)
    if len(several) > 1:
        return _all_pointed(several, before)
    one = several[0] if several else None
    found = _one(turn, one, before)
    return (found,) if isinstance(found, Meant) else found


def _one(turn: Turn, said: Meant | None, before: Sequence[Turn]) -> Meant | tuple[Meant, ...] | Unclear | None:
    talk = said.ask.talk if said else ""
    if before and (said is None or talk in {"choose", "only"}):
        return _chosen(turn, said, before)
    if said is None:
        return None
    if talk in {"more", "another"}:
        return _going_on(turn, said, before)
    if talk == "repeat":
        return _repeated(before) or said
    return _pointed(said, before)


def _earlier(before: Sequence[Turn]) -> Meant | Unclear | None:
    """Return the one thing that the turn before was about; of several changes the one that was asked back about."""
    found = meaning(before) if before else None
    if not isinstance(found, tuple):
        return found
    among = candidates(before[-1])
    return next((meant for meant in found if among and _alike(meant, among[0])), found[0])


def _repeated(before: Sequence[Turn]) -> tuple[Meant, ...] | None:
    """Return the last changes that were asked for, now asked for again."""
    for count in range(len(before), 0, -1):
        found = meaning(before[:count])
        if isinstance(found, tuple) and all(meant.changes for meant in found):
            return tuple(replace(meant, again=True) for meant in found)
    return None


def _chosen(turn: Turn, said: Meant | None, before: Sequence[Turn]) -> Meant | Unclear | None:
    earlier = _earlier(before)
    pending = candidates(before[-1]) or (list(earlier.among) if isinstance(earlier, Unclear) else [])
    asked = earlier.meant if isinstance(earlier, Unclear) else earlier
    if pending:
        row = _pick(pending, turn.words, said)
        if asked is None or (row is None and said is None):
            return None
        return Unclear(asked, tuple(pending)) if row is None else _with(asked, row, said)
    if said is None and isinstance(earlier, Unclear):
        # "Which session?" was answered with nothing but a title.
        return _put(earlier.meant, earlier.place, unquoted(normalise(turn.words)))
    row = _pick(mentioned(before), turn.words, said) if said is not None and said.ask.talk == "choose" else None
    about = understand("Tell me about it", turn.situation) if row else None
    return _put(about, "session", row["id"]) if row and about else said


def _with(asked: Meant, row: Row, said: Meant | None) -> Meant:
    """Return what was meant with the id of what was chosen: an event, which nobody needs to name, or a name."""
    language = said.language if said is not None and "number" not in said.said else asked.language
    asked = replace(asked, language=language)
    if set(row) == {"id", "name"}:
        return _put(asked, "event", row["id"])
    names = asked.said.get("names", ())
    place = _alike(asked, row) or next((name for name in NAMES if asked.said.get(name)), "session")
    if place == "names":
        return _put(asked, "names", tuple(row["id"] if _is_like(name, row) else name for name in names))
    return _put(asked, place, row["id"])


def _alike(meant: Meant, row: Row) -> str | None:
    """Return the place whose words occur in a candidate's name, or None."""
    named = (name for name in NAMES if isinstance(meant.said.get(name), str))
    return next((name for name in named if _is_like(meant.said[name], row)), None)


def _is_like(said: str, row: Row) -> bool:
    words, name = (normalise(each).casefold() for each in (said, _name(row)))
    return words in name or name in words


def _name(row: Row) -> str:
    return str(row.get("title") or row.get("name", ""))


def _put(meant: Meant, place: str, value: Any) -> Meant:
    return replace(meant, said={**meant.said, place: value})


def _pick(rows: Sequence[Row], words: str, said: Meant | None) -> Row | None:
    if said is not None and said.ask.talk == "only":
        return rows[0] if len(rows) == 1 else None
    if said is not None and "number" in said.said:
        return _by_number(rows, said.said["number"])
    if said is not None and said.said:
        found = [row for row in rows if _fits(row, said.said)]
    else:
        spoken = normalise(words).strip('"').casefold()
        found = [row for row in rows if spoken and _is_like(spoken, row)]
    return found[0] if len(found) == 1 else None


def _by_number(rows: Sequence[Row], number: int) -> Row | None:
    index = number - 1 if number > ONLY else number
    return rows[index] if -len(rows) <= index < len(rows) else None


def _fits(row: Row, said: Mapping[str, Any]) -> bool:
    start = str(row.get("start", ""))
    return (
        start.endswith(said.get("at", ""))
        and start.startswith(said.get("day", ""))
        and str(row.get("room", "")).casefold() == str(said.get("room", row.get("room", ""))).casefold()
    )


def _pointed(meant: Meant, before: Sequence[Turn]) -> Meant | Unclear:
    """Return what is meant with what it only points at; ask where that is not clear."""
    for place, find in _POINTED.items():
        if meant.said.get(place) == IT and meant.ask.kind != "=":
            rows = find(before)
            if len(rows) != 1:
                return Unclear(meant, tuple(rows), place)
            meant = _put(meant, place, str(rows[0]["id"]))
    return meant


def _all_pointed(several: Sequence[Meant], before: Sequence[Turn]) -> tuple[Meant, ...] | Unclear:
    found = [_pointed(meant, before) for meant in several]
    unclear = next((each for each in found if isinstance(each, Unclear)), None)
    return unclear or tuple(each for each in found if isinstance(each, Meant))


def _going_on(turn: Turn, said: Meant, before: Sequence[Turn]) -> Meant | Unclear | None:
    earlier = _earlier(before)
    asked = earlier.meant if isinstance(earlier, Unclear) else earlier
    if asked is None:
        return None
    if said.ask.talk == "another":
        return _another(turn, asked, said)
    if asked.changes or not asked.ask.takes("day"):
        # Asked about something without a day: it is the agenda of that day or room that is wanted.
        agenda = understand("What is on today?", turn.situation)
        return agenda and replace(agenda, language=said.language, said=said.said)
    new = {name: value for name in _WHEN_AND_WHERE if (value := said.said.get(name)) is not None}
    kept = dict(asked.said)
    # Another day or hour ends "now"; a wish for now keeps none of the hour that was asked for before.
    if said.said.get("is_now"):
        kept = {name: value for name, value in kept.items() if name != "at"} | {"is_now": True}
    elif {"day", "at"} & new.keys():
        kept.pop("is_now", None)
    return replace(asked, said={**kept, **new}, language=said.language)


def _another(turn: Turn, asked: Meant, said: Meant) -> Meant | None:
    """Return the question before, asked about another session, speaker or person."""
    names = [name for name in ("session", "speaker", "query", "person", "thing") if name in asked.said]
    if asked.changes or not names:
        about = understand("Tell me about it", turn.situation)
        return about and replace(about, language=said.language, said={"session": said.said["session"]})
    return replace(asked, language=said.language, said={**asked.said, names[0]: said.said["session"]})
