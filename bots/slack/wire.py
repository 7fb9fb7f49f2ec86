"""Read what was posted: JSON events and form-encoded presses become objects that can be stored, or a ``ValueError``."""

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qs

from bots.storable import mapping, read_object

_FORM = "application/x-www-form-urlencoded"
_NOT_FOR_US = frozenset({"command", "ssl_check"})
"""Fields of forms that are Slack's too, but have no payload: slash commands and the check of our certificate."""
_MOST_FIELDS = 50
_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def read_body(body: bytes, content_type: str) -> Mapping[str, Any]:
    """Return the payload of a request, an empty one for a form that carries none.

    Raises ``ValueError`` for what is not UTF-8, not in a form that Slack sends, or no object that can be stored.
    """
    text = body.decode("utf-8")
    if content_type.partition(";")[0].strip().lower() != _FORM:
        return read_object(text)
    fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    if "payload" not in fields and not _NOT_FOR_US.isdisjoint(fields):
        return {}
    (payload,) = fields.get("payload", [])  # a ValueError unless there is exactly one
    return read_object(payload)


def first(value: object) -> Mapping[str, Any]:
    """Return the first object of a list, else an empty one."""
    return mapping(cast("list[object]", value)[0]) if isinstance(value, list) and value else {}


def word(value: object) -> str:
    """Return an id or a timestamp as Slack makes them, else the empty string; ours end up in keys and in an index."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def team_of(payload: Mapping[str, Any]) -> str:
    """Return the workspace that has us installed; in a shared channel ``team_id`` may be the other side's."""
    return word(first(payload.get("authorizations")).get("team_id")) or word(payload.get("team_id"))
