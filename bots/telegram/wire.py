"""Read what a stranger posted: bytes become an update that PostgreSQL can store, or a ``ValueError``."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn, cast

MAX_DEPTH = 64
"""Levels of nesting. A real update stays below 20; the limit keeps every later walk through it shallow."""
_INT64 = 2**63
"""Telegram's ids fit into 52 bits; a longer number is no id, and would not fit into an index."""


def read_update(body: bytes) -> dict[str, Any]:
    """Return the update in a request's body.

    Raises ``ValueError`` for what is not UTF-8, not JSON, not an object, has no usable ``update_id``, nests too
    deeply, or contains what ``jsonb`` refuses (U+0000, half a surrogate pair, numbers that are not finite).
    """
    try:
        value: object = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return as_update(value)


def as_update(value: object) -> dict[str, Any]:
    """Return a decoded value as an update that can be stored; raises ``ValueError`` like ``read_update``."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    update = cast("dict[str, Any]", value)
    number = integer(update.get("update_id"))
    if number is None or number < 0:
        raise ValueError("no update_id")
    _check(update, MAX_DEPTH)
    return update


def mapping(value: object) -> Mapping[str, Any]:
    """Return the value if it is an object, else an empty one, so that malformed shapes read as absent ones."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def integer(value: object) -> int | None:
    """Return the value if it is a whole number of 64 bits (``true`` is none)."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_INT64 <= value < _INT64 else None


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ValueError("not a finite number")
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            _check_text(key)
            _check(item, depth - 1)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            _check(item, depth - 1)


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("text that cannot be stored")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
