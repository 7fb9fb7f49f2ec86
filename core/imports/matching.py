"""Which session of the agenda is which session of the file, also where an id is repeated, changed or missing. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from uuid import UUID

from core.imports.models import SessionInfo
from core.kernel.names import name_key

_NUMBERED = re.compile(r"(?:(?P<id>.+)  #|(?P<derived>derived-[0-9a-f]{16})-)\d+", re.DOTALL)
"""An occurrence of a repeated id. No id of a file holds two spaces in a row, so none can look like one."""

_DERIVED = re.compile(r"derived-[0-9a-f]{16}")

Key: TypeAlias = Callable[[SessionInfo], Hashable | None]
"""What two sessions must have in common to be one; None where that says nothing."""


@dataclass(frozen=True, slots=True)
class Known:
    """A session of the agenda; its ``source_id`` is empty where people made it."""

    id: UUID
    session: SessionInfo
    speaker_name: str | None = None
    """As it is written in the agenda."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The file's sessions with the ids that they have in the agenda, each with the one that it is, if any."""

    pairs: tuple[tuple[SessionInfo, Known | None], ...]
    left: tuple[Known, ...]
    """What came from the file once, and is in it no more."""


def occurrence(id_: str, number: int) -> str:
    """Return the id of the first, second ... session of a repeated id."""
    if _DERIVED.fullmatch(id_):
        return f"{id_}-{number}"
    return id_ if number == 1 else f"{id_}  #{number}"


def id_in_file(source_id: str) -> str:
    """Return what the file calls a session: the id without the number of its occurrence."""
    match = _NUMBERED.fullmatch(source_id)
    return source_id if match is None else match["id"] or match["derived"]


def match(coming: Sequence[SessionInfo], known: Iterable[Known]) -> Matching:
    """Pair the sessions of a file with those of the agenda, each with one at most.

    The id decides where it is good for one session; among the occurrences of a repeated id, and where a planning tool
    changed the id, the submission's code, title, speakers, room and time do.
    """
    pairing = _Pairing(list(coming), list(known))
    for key in pairing.passes():
        pairing.pair(key)
    return pairing.result()


class _Pairing:
    def __init__(self, coming: list[SessionInfo], known: list[Known]) -> None:
        self._coming, self._known = coming, known
        self._found: dict[int, int] = {}
        self._taken: set[int] = set()
        counts = [Counter(id_in_file(each.source_id) for each in coming)]
        counts.append(Counter(id_in_file(each.session.source_id) for each in known if each.session.source_id))
        self._repeated = {id_ for count in counts for id_, number in count.items() if number > 1}

    def passes(self) -> tuple[Key, ...]:
        """Return what is compared, the surest first."""
        return (
            lambda each: None if self._is_repeated(each) else each.source_id or None,
            # The end too: of two that differ in it alone each import would give the one the other's place.
            self._among_repeated(lambda each: (each.title, name_key(each.room), each.start, each.end)),
            self._among_repeated(lambda each: (each.title, each.start, each.end)),
            self._among_repeated(lambda each: (each.title, name_key(each.room), each.start)),
            self._among_repeated(lambda each: (each.title, each.start)),
            self._among_repeated(lambda each: (each.title, name_key(each.room))),
            self._among_repeated(lambda each: each.title),
            self._among_repeated(lambda each: ()),
            lambda each: id_in_file(each.source_id) or None,
            lambda each: id_in_file(each.source_id).casefold() or None,
            lambda each: each.code and (each.code, each.title, each.start),
            lambda each: each.code and (each.code, each.title),
            # A number may be given to somebody else; what a tool makes up for a submission is not.
            lambda each: None if each.code is None or each.code.isdecimal() else (each.code,),
            lambda each: (name_key(each.title), _speakers(each), name_key(each.room), each.start),
            lambda each: (_speakers(each), name_key(each.room), each.start) if _has_no_id(each) else None,
        )

    def _is_repeated(self, session: SessionInfo) -> bool:
        return id_in_file(session.source_id) in self._repeated

    def _among_repeated(self, key: Key) -> Key:
        return lambda each: (id_in_file(each.source_id), key(each)) if self._is_repeated(each) else None

    def pair(self, key: Key) -> None:
        """Pair what has the same key, those nearest in time first."""
        groups: dict[Hashable, list[int]] = {}
        for place, each in enumerate(self._known):
            if place not in self._taken and (found := key(each.session)):
                groups.setdefault(found, []).append(place)
        for place, session in self._in_reach(groups, key):
            if place not in self._taken and session not in self._found:
                self._found[session] = place
                self._taken.add(place)

    def _in_reach(self, groups: dict[Hashable, list[int]], key: Key) -> list[tuple[int, int]]:
        reach = [
            (abs(self._known[place].session.start - session.start), session.start, number, place)
            for number, session in enumerate(self._coming)
            if number not in self._found and (found := key(session))
            for place in groups.get(found, ())
        ]
        return [(place, number) for *_, number, place in sorted(reach)]

    def result(self) -> Matching:
        """Return who is who; occurrences keep the numbers that they have in the agenda."""
        used = {each.session.source_id for each in self._known}
        pairs: list[tuple[SessionInfo, Known | None]] = []
        for number, session in enumerate(self._coming):
            known = self._known[self._found[number]] if number in self._found else None
            id_ = session.source_id
            if (kept := self._kept_id(session, known)) is not None:
                # Also where the id is repeated no more: what an occurrence is called once, it stays.
                id_ = kept
            elif self._is_repeated(session):
                id_ = _free_id(id_in_file(id_), used)
                used.add(id_)
            pairs.append((replace(session, source_id=id_), known))
        left = [each for place, each in enumerate(self._known) if place not in self._taken and each.session.source_id]
        return Matching(tuple(pairs), tuple(left))

    @staticmethod
    def _kept_id(session: SessionInfo, known: Known | None) -> str | None:
        if known is None or id_in_file(known.session.source_id) != id_in_file(session.source_id):
            return None
        return known.session.source_id


def _free_id(id_: str, used: set[str]) -> str:
    number = 1
    while occurrence(id_, number) in used:
        number += 1
    return occurrence(id_, number)


def _has_no_id(session: SessionInfo) -> bool:
    numbered = _NUMBERED.fullmatch(session.source_id)
    return bool(session.speakers) and numbered is not None and numbered["derived"] is not None


def _speakers(session: SessionInfo) -> tuple[str, ...]:
    return tuple(sorted(key for name in session.speakers if (key := name_key(name))))
