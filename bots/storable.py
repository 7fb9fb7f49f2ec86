"""What strangers posted, as objects that PostgreSQL can store; anything else is a ``ValueError``."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, cast

from core.kernel.answers import TooLong, bounded

if TYPE_CHECKING:  # whoever only reads what was stored needs no web framework
    from starlette.requests import Request

MAX_BODY = 1_000_000
"""Bytes. A press of Slack carries its whole message, at most 50 blocks of 3,000 characters; the longest real update of
Telegram (a text of 4,096 characters with 100 entities) is far below 100 kB."""
MAX_DEPTH = 64
"""Levels of nesting. What platforms send stays below 20; the limit keeps every later walk through it shallow."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_INFINITE = frozenset({float("inf"), float("-inf")})
"""What a number too long for a float becomes."""


async def whole_body(request: "Request") -> bytes:
    """Return a request's body. Raises ``TooLong`` as soon as it is known to be, and ``ClientDisconnect``."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:12]) > MAX_BODY:
        raise TooLong
    body = bytearray()  # and no list of parts: a part of one byte would take forty
    async for part in bounded(request.stream(), MAX_BODY):
        body += part
    return bytes(body)


def read_object(text: str) -> dict[str, Any]:
    """Read a JSON object that can be stored.

    Raises ``ValueError`` for what is not JSON, not an object, nests too deeply, or contains what ``jsonb`` refuses
    (U+0000, half a surrogate pair, numbers that are not finite).
    """
    try:
        value: object = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return storable(value)


def storable(value: object) -> dict[str, Any]:
    """Return a decoded value as an object that can be stored; raises ``ValueError`` like ``read_object``."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    _check(cast("object", value), MAX_DEPTH)
    return cast("dict[str, Any]", value)


def mapping(value: object) -> Mapping[str, Any]:
    """Return the value if it is an object, else an empty one, so that malformed shapes read as absent ones."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            _check_text(key)
            _check(item, depth - 1)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            _check(item, depth - 1)
    elif isinstance(value, float) and value in _INFINITE:
        raise ValueError("not a finite number")


def _check_text(text: str) -> None:
    if _UNSTORABLE.search(text):
        raise ValueError("text that cannot be stored")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
