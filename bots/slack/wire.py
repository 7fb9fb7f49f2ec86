"""Slack's bodies as data: JSON events, form-encoded presses; anything else is a ``ValueError``."""

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qs


def read_body(body: bytes, content_type: str) -> Mapping[str, Any]:
    """Return the payload of a request. Raises ``ValueError`` for what is no object in a form that Slack sends."""
    text = body.decode("utf-8")
    if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        given = parse_qs(text, max_num_fields=50).get("payload", ())
        if len(given) != 1:
            raise ValueError("no payload")
        text = given[0]
    return as_object(text)


def as_object(text: str) -> Mapping[str, Any]:
    """Read a JSON object. Raises ``ValueError`` for anything else, absurd nesting included."""
    try:
        read: object = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(read, dict):
        raise ValueError("no object")
    return cast("Mapping[str, Any]", read)


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping, empty when the value is none."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def word(value: object) -> str:
    """Return a non-empty string without control characters, else the empty string."""
    return value if isinstance(value, str) and value.isprintable() else ""
