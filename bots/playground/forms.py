"""The bodies that the platforms' SDKs send: JSON, or a URL-encoded form."""

import json
from typing import Any, cast
from urllib.parse import parse_qsl

from fastapi import Request

_MOST_FIELDS = 200


async def read_arguments(request: Request) -> dict[str, Any]:
    """Return the query's and the body's arguments; what is neither JSON nor a form counts as empty."""
    given: dict[str, Any] = dict(request.query_params)
    body = (await request.body()).decode("utf-8", "replace")
    is_json = request.headers.get("content-type", "").startswith("application/json")
    try:
        return given | (_object(body) if is_json else dict(_fields(body)))
    except ValueError:
        return given


def read_json(text: str) -> Any:
    """Return what a JSON text says. Raises ``ValueError`` also for what could not be written again as UTF-8 JSON."""
    try:
        read: object = json.loads(text)
        check_writable(read)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return read


def check_writable(value: object) -> None:
    """Raise ``ValueError`` for half a surrogate pair and for numbers that are not finite."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _object(body: str) -> dict[str, Any]:
    read: object = read_json(body or "{}")
    return cast("dict[str, Any]", read) if isinstance(read, dict) else {}


def _fields(body: str) -> list[tuple[str, str]]:
    return parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
