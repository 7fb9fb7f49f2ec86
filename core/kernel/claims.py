"""What an action takes, leaves and is about, in words that every subject shares: the facts that others read of it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Field

Part: TypeAlias = Literal["about", "takes", "leaves"]
"""What the action changes, makes or removes; what it needs from then on; what it holds now and gives up."""

_NAMED = ("title", "name", "full_name")


class Claim(BaseModel):
    """One thing that an action is about, takes or leaves. Two claims of one ``kind`` and ``id`` mean the same thing."""

    model_config = ConfigDict(frozen=True)

    kind: str
    """Such as ``session``, ``room``, ``speaker``, ``person``, ``seat``, ``money``; a word of its domain."""
    id: str
    """The row, or the key of a name."""
    part: Part = "about"
    name: str = Field(default="", exclude_if=lambda value: value == "")
    """What people call it."""
    start: datetime | None = Field(default=None, exclude_if=lambda value: value is None)
    end: datetime | None = Field(default=None, exclude_if=lambda value: value is None)
    """The stretch of time that is meant, aware and half-open; neither where it is the thing as a whole."""
    amount: Decimal | None = Field(default=None, exclude_if=lambda value: value is None)
    """How much or how many of it: places, money."""
    of: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """The id of what needs it: the session that takes a room."""
    is_exclusive: bool = Field(default=False, exclude_if=lambda value: value is False)
    """Whether only one of two actions can have it."""

    @property
    def thing(self) -> tuple[str, str]:
        """Return what two claims are compared by."""
        return self.kind, self.id

    def clashes(self, other: "Claim") -> bool:
        """Whether only one of two can be: both want the same for themselves, at one time."""
        if self.thing != other.thing or not (self.is_exclusive and other.is_exclusive):
            return False
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return True
        return self.start < other.end and other.start < self.end


Row = dict[str, Any]
Claims: TypeAlias = tuple[Claim, ...]
Claiming: TypeAlias = Callable[[Row, "Row | None"], Claims]
"""What a write claims, from its canonical arguments and the row as it is; ids follow from the arguments alone."""


def about(kind: str, ident: str, *rows: Row | None, is_exclusive: bool = False) -> Claim:
    """Return what an action is about, called as the first of these rows that has a title or a name calls it."""
    return Claim(kind=kind, id=ident, name=named(*rows), is_exclusive=is_exclusive)


def named(*rows: Row | None) -> str:
    """Return the first title or name that stands in one of the rows."""
    found = (row[key] for row in rows if row for key in _NAMED if isinstance(row.get(key), str))
    return next(found, "")


def claiming(kind: str, *keys: str) -> Claiming:
    """Return what a write claims that is about the things whose ids stand under the first of these keys."""

    def claims(args: Row, before: Row | None) -> Claims:
        ids: Any = next((args[key] for key in keys if args.get(key)), ())
        rows = (before, *(cast("Row", value) for value in args.values() if isinstance(value, dict)), args)
        return tuple(about(kind, str(each), *rows) for each in ([ids] if isinstance(ids, str) else ids))

    return claims


def lasting(args: Row, claims: Claims) -> Row:
    """Return the arguments of a write without the ids of rows that it makes: they are drawn anew each time."""
    made = {each.id for each in claims if each.part == "about"}

    def is_drawn(value: Any) -> bool:
        ids: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
        return bool(ids) and all(isinstance(each, str) and each in made for each in ids)

    return {key: value for key, value in args.items() if not is_drawn(value)}


def subject(claims: Iterable[Claim]) -> str:
    """Return what an action is about, as people call it: each thing once."""
    return ", ".join(dict.fromkeys(each.name for each in claims if each.part == "about" and each.name))


def things(claims: Iterable[Claim], *, part: Part | None = None, kind: str | None = None) -> frozenset[tuple[str, str]]:
    """Return which things are claimed, of one part or kind or of all."""
    return frozenset(each.thing for each in claims if part in (None, each.part) and kind in (None, each.kind))


def data_of(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Return claims as they are kept, plain JSON data."""
    return [each.model_dump(mode="json") for each in claims]
