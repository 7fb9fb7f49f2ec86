"""Refuse the blocks that Slack refuses: shapes, limits and ids, as its Block Kit reference documents them. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, cast

_MOST_BLOCKS, _MOST_FIELDS, _MOST_ACTIONS, _MOST_CONTEXT = 50, 10, 25, 10
_SECTION, _FIELD, _HEADER, _MARKDOWN = 3000, 2000, 150, 12_000
_BUTTON, _VALUE, _ID, _URL, _ALT, _TITLE = 75, 2000, 255, 3000, 2000, 2000
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_STYLES = frozenset({None, "primary", "danger"})
_PLAIN = frozenset({"plain_text"})
_EITHER = frozenset({"plain_text", "mrkdwn"})

Block = dict[str, Any]


class BadBlocks(Exception):
    """What is wrong, and where, as Slack words it."""

    def __init__(self, why: str, at: str) -> None:
        super().__init__(f"{why} [json-pointer:{at}]")


def check_blocks(blocks: list[Any]) -> None:
    """Raise ``BadBlocks`` for what a message's blocks cannot be."""
    if len(blocks) > _MOST_BLOCKS:
        raise BadBlocks(f"no more than {_MOST_BLOCKS} items allowed", "/blocks")
    seen = _Seen()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        given = _object(block, at)
        check = _BLOCKS.get(str(given.get("type")))
        if check is None:
            raise BadBlocks(f"unsupported type: {given.get('type')}", at)
        if "block_id" in given:
            seen.once(seen.blocks, given["block_id"], "block_id", at)
        check(given, at, seen)


@dataclass(slots=True)
class _Seen:
    """The ids of one message, each of which may be there once."""

    blocks: set[str] = field(default_factory=set[str])
    actions: set[str] = field(default_factory=set[str])
    markdown: int = 0

    def once(self, ids: set[str], given: Any, name: str, at: str) -> None:
        _string(given, _ID, f"{at}/{name}")
        if given in ids:
            raise BadBlocks(f"`{name}` {given} already exists for another block", f"{at}/{name}")
        ids.add(given)


def _section(block: Block, at: str, seen: _Seen) -> None:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        raise BadBlocks("missing required field: text", at)
    if block.get("text") is not None:
        _text(block["text"], _SECTION, f"{at}/text")
    if fields is not None:
        for number, each in enumerate(_items(fields, _MOST_FIELDS, f"{at}/fields")):
            _text(each, _FIELD, f"{at}/fields/{number}")
    if block.get("accessory") is not None:
        _element(block["accessory"], f"{at}/accessory", seen, {"button": _button, "image": _image})


def _header(block: Block, at: str, _seen: _Seen) -> None:
    _text(block.get("text"), _HEADER, f"{at}/text", _PLAIN)


def _markdown(block: Block, at: str, seen: _Seen) -> None:
    _string(block.get("text"), _MARKDOWN, f"{at}/text")
    seen.markdown += len(block["text"])
    if seen.markdown > _MARKDOWN:
        raise BadBlocks(f"all markdown blocks together must be less than {_MARKDOWN + 1} characters", f"{at}/text")


def _context(block: Block, at: str, seen: _Seen) -> None:
    for number, each in enumerate(_items(block.get("elements"), _MOST_CONTEXT, f"{at}/elements")):
        here = f"{at}/elements/{number}"
        if _object(each, here).get("type") == "image":
            _image(each, here, seen)
        else:
            _text(each, _SECTION, here)


def _actions(block: Block, at: str, seen: _Seen) -> None:
    for number, each in enumerate(_items(block.get("elements"), _MOST_ACTIONS, f"{at}/elements")):
        _element(each, f"{at}/elements/{number}", seen, {"button": _button})


def _image(block: Block, at: str, _seen: _Seen) -> None:
    _string(block.get("image_url"), _URL, f"{at}/image_url")
    _string(block.get("alt_text"), _ALT, f"{at}/alt_text")
    if block.get("title") is not None:
        _text(block["title"], _TITLE, f"{at}/title", _PLAIN)


def _unchecked(_block: Block, _at: str, _seen: _Seen) -> None:
    """Nothing to check: a divider has no content, and rich text is what Slack's own clients write."""


_BLOCKS: dict[str, Callable[[Block, str, _Seen], None]] = {
    "actions": _actions,
    "context": _context,
    "divider": _unchecked,
    "header": _header,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _unchecked,
    "section": _section,
}
"""Blocks of messages that the page draws; others, which Slack may know, are refused here."""


def _element(given: Any, at: str, seen: _Seen, kinds: dict[str, Callable[[Block, str, _Seen], None]]) -> None:
    element = _object(given, at)
    check = kinds.get(str(element.get("type")))
    if check is None:
        raise BadBlocks(f"unsupported type: {element.get('type')}", at)
    check(element, at, seen)


def _button(element: Block, at: str, seen: _Seen) -> None:
    _text(element.get("text"), _BUTTON, f"{at}/text", _PLAIN)
    if "action_id" in element:
        seen.once(seen.actions, element["action_id"], "action_id", at)
    for name, limit in (("value", _VALUE), ("url", _URL)):
        if element.get(name) is not None:
            _string(element[name], limit, f"{at}/{name}")
    if element.get("style") not in _STYLES:
        raise BadBlocks("must be one of: primary, danger", f"{at}/style")
    if element.get("confirm") is not None:
        _confirm(_object(element["confirm"], f"{at}/confirm"), f"{at}/confirm")


def _confirm(given: Block, at: str) -> None:
    for name, limit in _CONFIRM.items():
        _text(given.get(name), limit, f"{at}/{name}", _EITHER if name == "text" else _PLAIN)
    if given.get("style") not in _STYLES:
        raise BadBlocks("must be one of: primary, danger", f"{at}/style")


def _text(given: Any, limit: int, at: str, kinds: Collection[str] = _EITHER) -> None:
    text = _object(given, at)
    if text.get("type") not in kinds:
        raise BadBlocks(f"unsupported type: {text.get('type')}", at)
    _string(text.get("text"), limit, f"{at}/text")


def _string(given: Any, limit: int, at: str) -> None:
    if not isinstance(given, str):
        raise BadBlocks("must provide a string", at)
    if not given:
        raise BadBlocks("must be more than 0 characters", at)
    if len(given) > limit:
        raise BadBlocks(f"must be less than {limit + 1} characters", at)


def _items(given: Any, most: int, at: str) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise BadBlocks("must provide at least 1 item", at)
    items = cast("list[Any]", given)
    if len(items) > most:
        raise BadBlocks(f"no more than {most} items allowed", at)
    return items


def _object(given: Any, at: str) -> Block:
    if not isinstance(given, dict):
        raise BadBlocks("must provide an object", at)
    return cast("Block", given)
