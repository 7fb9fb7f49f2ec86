"""Read what a stranger posted: bytes become an update that PostgreSQL can store, or a ``ValueError``."""

from typing import Any

from bots.storable import read_object, storable

_INT64 = 2**63
"""Telegram's ids fit into 52 bits; a longer number is no id, and would not fit into an index."""


def read_update(body: bytes) -> dict[str, Any]:
    """Return the update in a request's body.

    Raises ``ValueError`` for what is not UTF-8, has no usable ``update_id``, or is no object that can be stored.
    """
    return _numbered(read_object(body.decode("utf-8")))


def as_update(value: object) -> dict[str, Any]:
    """Return a decoded value as an update that can be stored; raises ``ValueError`` like ``read_update``."""
    return _numbered(storable(value))


def integer(value: object) -> int | None:
    """Return the value if it is a whole number of 64 bits (``true`` is none)."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_INT64 <= value < _INT64 else None


def _numbered(update: dict[str, Any]) -> dict[str, Any]:
    number = integer(update.get("update_id"))
    if number is None or number < 0:
        raise ValueError("no update_id")
    return update
