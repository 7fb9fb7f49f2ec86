"""What of a write people can change before they approve it: said by annotations of the tool's own arguments. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, cast, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.kernel.phrases import Phrase, phrase

FieldKind: TypeAlias = Literal[
    "text", "words", "number", "money", "date", "moment", "span", "duration", "person", "place", "choice", "flag"
]
"""Of which type a value is: a chat makes an input of it, or asks how such a value is written. ``words`` are several
lines of text, ``span`` is a start and an end, ``duration`` counts minutes, ``place`` is a room, ``flag`` yes or no."""

SPAN = "time"
"""What a stretch of time is called in a form, which has one at most; it comes back as ``start`` and ``end``."""

FIRST = "[]"
"""How a step of a path ends that is the only one of several."""

_KINDS: dict[Any, FieldKind] = {
    bool: "flag",
    int: "number",
    Decimal: "money",
    date: "date",
    datetime: "moment",
    timedelta: "duration",
}


@dataclass(frozen=True, slots=True)
class Editable:
    """Marks an argument that a person may change.

    Whatever has no such mark stays as it was proposed, above all what the write is about.
    """

    label: str
    """The id of the text that names it."""
    kind: FieldKind | None = None
    """Where the type does not tell, such as a local time that is kept as text."""
    name: str = ""
    """What forms and buttons call it, where that is not the argument's name: at most 16 of ``[a-z0-9_]``."""
    ask: str = ""
    """The id of the text that asks for it in a chat without forms, where its kind's own is not good enough."""
    options: str = ""
    """How the ids of the texts begin that say a choice's values."""
    until: str = ""
    """Of a span: the argument that is its end."""
    clears: str = ""
    """What the argument ``clear`` beside it calls it; what has no such word cannot be taken away from a thing."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument that can be changed."""

    name: str
    path: tuple[str, ...]
    """Where it stands in the arguments."""
    kind: FieldKind
    mark: Editable
    is_optional: bool
    choices: tuple[tuple[str, Phrase], ...] = ()
    least: int | None = None
    most: int | None = None
    """Of a number."""
    clears: str = ""
    """What says that it is to be without this, where the arguments have such a word."""

    @property
    def label(self) -> Phrase:
        """Return what it is called."""
        return phrase(self.mark.label)


@lru_cache
def slots_of(args: type[BaseModel]) -> tuple[Slot, ...]:
    """Return what can be changed of such arguments, in their order; those of a model within them too."""
    return tuple(_slots(args, ()))


def _slots(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[Slot]:
    for name, field in model.model_fields.items():
        mark = next((each for each in field.metadata if isinstance(each, Editable)), None)
        inside, is_optional = _plain(field.annotation)
        if mark is not None:
            clears = mark.clears if "clear" in model.model_fields else ""
            is_free = not above or above[-1].endswith(FIRST) or bool(clears)
            yield replace(_slot(name, (*above, name), field, mark, is_free=is_free), clears=clears)
        elif not is_optional and get_origin(inside) is list:
            [each] = get_args(inside)
            yield from _within(each, (*above, f"{name}{FIRST}"))
        elif not is_optional:
            yield from _within(inside, (*above, name))


def _within(inside: Any, above: tuple[str, ...]) -> Iterator[Slot]:
    if isinstance(inside, type) and issubclass(inside, BaseModel):
        yield from _slots(inside, above)


def _slot(name: str, path: tuple[str, ...], field: FieldInfo, mark: Editable, *, is_free: bool) -> Slot:
    inside, is_optional = _plain(field.annotation)
    limits = [*field.metadata, *_limits(field.annotation)]
    values = _values(inside)
    kind = mark.kind or ("choice" if values else _KINDS.get(inside, "text"))
    return Slot(
        name=mark.name or name,
        path=path,
        kind=kind,
        mark=mark,
        is_optional=is_optional and is_free,
        choices=tuple((each, phrase(f"{mark.options}{each.replace('_', '-')}")) for each in values),
        least=next((cast("int", each.ge) for each in limits if isinstance(each, Ge)), None),
        most=next((cast("int", each.le) for each in limits if isinstance(each, Le)), None),
    )


def _plain(annotation: Any) -> tuple[Any, bool]:
    """Return a type without what is said about it, and whether there may be none."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        inside = [each for each in get_args(annotation) if each is not NoneType]
        return (_plain(inside[0])[0] if len(inside) == 1 else annotation), NoneType in get_args(annotation)
    return annotation, False


def _limits(annotation: Any) -> Iterator[Any]:
    """Yield what is said about a type, however deep within a union."""
    for each in get_args(annotation):
        if get_origin(each) is Annotated:
            for said in get_args(each)[1:]:
                yield from said.metadata if isinstance(said, FieldInfo) else (said,)


def _values(plain: Any) -> tuple[str, ...]:
    if get_origin(plain) is Literal:
        return tuple(str(each) for each in get_args(plain))
    return tuple(str(each.value) for each in plain) if isinstance(plain, type) and issubclass(plain, Enum) else ()
