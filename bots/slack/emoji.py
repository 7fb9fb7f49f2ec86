"""Slack's short codes as the emoji that people see: it sends ``:tada:`` where somebody typed the character. Pure."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from bots.storable import mapping

_CODE = re.compile(r":(?P<name>[a-z0-9_'+-]{1,80})(?:::skin-tone-(?P<tone>[2-6]))?:")
_FIRST_TONE = 0x1F3FB - 2
"""Slack counts skin tones from 2, Unicode from U+1F3FB."""
_AS_EMOJI = "\ufe0f"
_UNICODE = re.compile(r"[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,15}")
_DEEPEST = 8
"""Levels of a rich text: lists within lists; what is deeper is not Slack's."""


def with_emoji(text: str, drawn: Mapping[str, str]) -> str:
    """Return a text with its short codes as characters; codes that are nobody's or a workspace's own stay.

    ``drawn`` are the codes that Slack itself says are emoji in this text. Any other counts only where it stands apart
    from words, so that ``a:b:c`` and 10:30:15 stay what they are.
    """

    def shown(found: re.Match[str]) -> str:
        if (known := drawn.get(found[0])) is not None:
            return known
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        is_apart = not (before.isalnum() or after.isalnum())
        return _character(found["name"], found["tone"]) or found[0] if is_apart else found[0]

    return _CODE.sub(shown, text)


def drawn_in(blocks: object) -> dict[str, str]:
    """Return the emoji of a message's rich text by their codes; those without a code point are the workspace's own."""
    return dict(_drawn(blocks, _DEEPEST))


def _drawn(node: object, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(node, list) and depth:
        for each in cast("list[object]", node):
            yield from _drawn(each, depth - 1)
    element = mapping(node)
    if element.get("type") == "emoji":
        yield from _emoji(element)
    elif "elements" in element:
        yield from _drawn(element["elements"], depth)


def _emoji(element: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name, points, tone = element.get("name"), element.get("unicode"), element.get("skin_tone")
    if isinstance(name, str) and isinstance(points, str) and _UNICODE.fullmatch(points.lower()):
        code = f":{name}::skin-tone-{tone}:" if isinstance(tone, int) and "::skin-tone-" not in name else f":{name}:"
        if (drawn := _text_of(points.lower())) is not None:
            yield code, drawn


def _text_of(points: str) -> str | None:
    numbers = [int(point, 16) for point in points.split("-")]
    is_text = all(number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF for number in numbers)  # noqa: PLR2004
    return "".join(chr(number) for number in numbers) if is_text else None


def _character(name: str, tone: str | None) -> str | None:
    known = _table().get(name)
    if known is None or tone is None:
        return known
    # The tone stands behind the first character, in the place of the mark that asks for a picture.
    return known[0] + chr(_FIRST_TONE + int(tone)) + known[1:].removeprefix(_AS_EMOJI)


@cache
def _table() -> dict[str, str]:
    lines = (Path(__file__).parent / "emoji.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {name: text for points, *names in rows if (text := _text_of(points)) for name in names}
