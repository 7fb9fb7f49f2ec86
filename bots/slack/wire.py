"""Read what was posted: JSON events and form-encoded presses become objects that can be stored, or a ``ValueError``."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn, cast
from urllib.parse import parse_qs

MAX_DEPTH = 64
"""Levels of nesting. A press that carries a card stays below 20; the limit keeps later walks through it shallow."""
_FORM = "application/x-www-form-urlencoded"
_NOT_FOR_US = frozenset({"command", "ssl_check"})
"""Fields of forms that are Slack's too, but have no payload: slash commands and the check of our certificate."""
_MOST_FIELDS = 50
_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def read_body(body: bytes, content_type: str) -> Mapping[str, Any]:
    """Return the payload of a request, an empty one for a form that carries none.

    Raises ``ValueError`` for what is not UTF-8, not an object in a form that Slack sends, nests too deeply, or
    contains what ``jsonb`` refuses (U+0000, half a surrogate pair, numbers that are not finite).
    """
    text = body.decode("utf-8")
    if content_type.partition(";")[0].strip().lower() != _FORM:
        return as_object(text)
    fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    if "payload" not in fields and not _NOT_FOR_US.isdisjoint(fields):
        return {}
    (payload,) = fields.get("payload", [])  # a ValueError unless there is exactly one
    return as_object(payload)


def as_object(text: str) -> Mapping[str, Any]:
    """Read a JSON object that can be stored; raises ``ValueError`` like ``read_body``."""
    try:
        value: object = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return storable(value)


def storable(value: object) -> Mapping[str, Any]:
    """Return a decoded value as an object that can be stored; raises ``ValueError`` like ``read_body``."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    _check(cast("object", value), MAX_DEPTH)
    return cast("Mapping[str, Any]", value)


def mapping(value: object) -> Mapping[str, Any]:
    """Return the value if it is an object, else an empty one, so that malformed shapes read as absent ones."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def first(value: object) -> Mapping[str, Any]:
    """Return the first object of a list, else an empty one."""
    return mapping(cast("list[object]", value)[0]) if isinstance(value, list) and value else {}


def word(value: object) -> str:
    """Return an id or a timestamp as Slack makes them, else the empty string; ours end up in keys and in an index."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


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
