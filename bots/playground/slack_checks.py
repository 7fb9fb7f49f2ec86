"""Refuse the blocks that Slack refuses: shapes, limits and ids, as its Block Kit reference documents them. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

_MOST_BLOCKS, _MOST_FIELDS, _MOST_ACTIONS, _MOST_CONTEXT = 50, 10, 25, 10
_SECTION, _FIELD, _HEADER, _MARKDOWN = 3000, 2000, 150, 12_000
_BUTTON, _VALUE, LONGEST_ID, _URL, _ALT, _TITLE = 75, 2000, 255, 3000, 2000, 2000
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_STYLES = frozenset({None, "primary", "danger"})
PLAIN = frozenset({"plain_text"})
EITHER = frozenset({"plain_text", "mrkdwn"})

Block = dict[str, Any]


class BadBlocks(Exception):
    """What is wrong, and where, as Slack words it."""

    def __init__(self, why: str, at: str) -> None:
        super().__init__(f"{why} [json-pointer:{at}]")


@dataclass(slots=True)
class Seen:
    """The ids of one message or view, each of which may be there once."""

    blocks: set[str] = field(default_factory=set[str])
    actions: set[str] = field(default_factory=set[str])
    markdown: int = 0
    """Characters of all markdown blocks."""
    is_focused: bool = False
    """Whether an element of a view wants the focus; only one may."""

    def once(self, ids: set[str], given: Any, name: str, at: str) -> None:
        """Note an id. Raises ``BadBlocks`` when it was there before."""
        check_string(given, LONGEST_ID, f"{at}/{name}")
        if given in ids:
            raise BadBlocks(f"`{name}` {given} already exists for another block", f"{at}/{name}")
        ids.add(given)


Check = Callable[[Block, str, Seen], None]
"""Raises ``BadBlocks``; its arguments are what to check, where it stands and what stood before it."""


def check_blocks(blocks: list[Any]) -> None:
    """Raise ``BadBlocks`` for what a message's blocks cannot be."""
    if len(blocks) > _MOST_BLOCKS:
        raise BadBlocks(f"no more than {_MOST_BLOCKS} items allowed", "/blocks")
    seen = Seen()
    for number, block in enumerate(blocks):
        check_block(block, f"/blocks/{number}", seen, MESSAGE_BLOCKS)


def check_block(block: Any, at: str, seen: Seen, kinds: Mapping[str, Check]) -> None:
    """Raise ``BadBlocks`` unless a block is of one of these kinds and as they want it."""
    given = check_object(block, at)
    check = kinds.get(str(given.get("type")))
    if check is None:
        raise BadBlocks(f"unsupported type: {given.get('type')}", at)
    if "block_id" in given:
        seen.once(seen.blocks, given["block_id"], "block_id", at)
    check(given, at, seen)


def _section(block: Block, at: str, seen: Seen) -> None:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        raise BadBlocks("missing required field: text", at)
    if block.get("text") is not None:
        check_text(block["text"], _SECTION, f"{at}/text")
    if fields is not None:
        for number, each in enumerate(check_items(fields, _MOST_FIELDS, f"{at}/fields")):
            check_text(each, _FIELD, f"{at}/fields/{number}")
    if block.get("accessory") is not None:
        check_element(block["accessory"], f"{at}/accessory", seen, {"button": check_button, "image": _image})


def _header(block: Block, at: str, _seen: Seen) -> None:
    check_text(block.get("text"), _HEADER, f"{at}/text", PLAIN)


def _markdown(block: Block, at: str, seen: Seen) -> None:
    check_string(block.get("text"), _MARKDOWN, f"{at}/text")
    seen.markdown += len(block["text"])
    if seen.markdown > _MARKDOWN:
        raise BadBlocks(f"all markdown blocks together must be less than {_MARKDOWN + 1} characters", f"{at}/text")


def _context(block: Block, at: str, seen: Seen) -> None:
    for number, each in enumerate(check_items(block.get("elements"), _MOST_CONTEXT, f"{at}/elements")):
        here = f"{at}/elements/{number}"
        if check_object(each, here).get("type") == "image":
            _image(each, here, seen)
        else:
            check_text(each, _SECTION, here)


def _actions(block: Block, at: str, seen: Seen) -> None:
    check_actions(block, at, seen, {"button": check_button})


def check_actions(block: Block, at: str, seen: Seen, kinds: Mapping[str, Check]) -> None:
    """Raise ``BadBlocks`` unless a block has 1 to 25 elements of these kinds."""
    for number, each in enumerate(check_items(block.get("elements"), _MOST_ACTIONS, f"{at}/elements")):
        check_element(each, f"{at}/elements/{number}", seen, kinds)


def _image(block: Block, at: str, _seen: Seen) -> None:
    check_string(block.get("image_url"), _URL, f"{at}/image_url")
    check_string(block.get("alt_text"), _ALT, f"{at}/alt_text")
    if block.get("title") is not None:
        check_text(block["title"], _TITLE, f"{at}/title", PLAIN)


def _unchecked(_block: Block, _at: str, _seen: Seen) -> None:
    """Nothing to check: a divider has no content, and rich text is what Slack's own clients write."""


MESSAGE_BLOCKS: dict[str, Check] = {
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


def check_element(given: Any, at: str, seen: Seen, kinds: Mapping[str, Check]) -> None:
    """Raise ``BadBlocks`` unless an element is of one of these kinds and as they want it."""
    element = check_object(given, at)
    check = kinds.get(str(element.get("type")))
    if check is None:
        raise BadBlocks(f"unsupported type: {element.get('type')}", at)
    check(element, at, seen)


def check_button(element: Block, at: str, seen: Seen) -> None:
    """Raise ``BadBlocks`` for what a button cannot be."""
    check_text(element.get("text"), _BUTTON, f"{at}/text", PLAIN)
    if "action_id" in element:
        seen.once(seen.actions, element["action_id"], "action_id", at)
    for name, limit in (("value", _VALUE), ("url", _URL)):
        if element.get(name) is not None:
            check_string(element[name], limit, f"{at}/{name}")
    if element.get("style") not in _STYLES:
        raise BadBlocks("must be one of: primary, danger", f"{at}/style")
    if element.get("confirm") is not None:
        _confirm(check_object(element["confirm"], f"{at}/confirm"), f"{at}/confirm")


def _confirm(given: Block, at: str) -> None:
    for name, limit in _CONFIRM.items():
        check_text(given.get(name), limit, f"{at}/{name}", EITHER if name == "text" else PLAIN)
    if given.get("style") not in _STYLES:
        raise BadBlocks("must be one of: primary, danger", f"{at}/style")


def check_text(given: Any, limit: int, at: str, kinds: Collection[str] = EITHER) -> None:
    """Raise ``BadBlocks`` unless something is a text object of these kinds with 1 to ``limit`` characters."""
    text = check_object(given, at)
    if text.get("type") not in kinds:
        raise BadBlocks(f"unsupported type: {text.get('type')}", at)
    check_string(text.get("text"), limit, f"{at}/text")


def check_string(given: Any, limit: int, at: str) -> None:
    """Raise ``BadBlocks`` unless something is a string of 1 to ``limit`` characters."""
    if not isinstance(given, str):
        raise BadBlocks("must provide a string", at)
    if not given:
        raise BadBlocks("must be more than 0 characters", at)
    if len(given) > limit:
        raise BadBlocks(f"must be less than {limit + 1} characters", at)


def check_items(given: Any, most: int, at: str) -> list[Any]:
    """Return a list of 1 to ``most`` items. Raises ``BadBlocks``."""
    if not isinstance(given, list) or not given:
        raise BadBlocks("must provide at least 1 item", at)
    items = cast("list[Any]", given)
    if len(items) > most:
        raise BadBlocks(f"no more than {most} items allowed", at)
    return items


def check_object(given: Any, at: str) -> Block:
    """Return an object. Raises ``BadBlocks``."""
    if not isinstance(given, dict):
        raise BadBlocks("must provide an object", at)
    return cast("Block", given)
