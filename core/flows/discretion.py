"""What the model is not told where others read along: what stands under a personal key of an answer."""

from collections.abc import Iterator
from typing import Any, cast

PERSONAL = frozenset({"note", "vip_note", "vip_notes", "email", "phone"})
"""Keys of people's notes, addresses and numbers, wherever in an answer; a vendor's ``notes`` are about the work."""
_LEAST = 4
"""Characters from which such a value is looked for in the rest of the answer, such as somebody's own words."""


def withhold(answer: Any) -> tuple[Any, bool]:
    """Return an answer without anything personal, and whether there was something."""
    secrets = sorted(set(_personal(answer)), key=len, reverse=True)
    if not secrets:
        return answer, False
    return _without(answer, tuple(each for each in secrets if len(each) >= _LEAST)), True


def _personal(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in cast("dict[str, Any]", value).items():
            yield from _texts(each) if key in PERSONAL else _personal(each)
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from _personal(each)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in cast("dict[str, Any]", value).values():
            yield from _texts(each)


def _without(value: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        rows = cast("dict[str, Any]", value).items()
        return {key: _without(each, secrets) for key, each in rows if key not in PERSONAL}
    if isinstance(value, list):
        return [_without(each, secrets) for each in cast("list[Any]", value)]
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "…")
    return value
