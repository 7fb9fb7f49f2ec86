"""What a bot may write in Slack: a text, blocks, or both; Slack gives ids to blocks that have none. Pure."""

from collections.abc import Iterator
from itertools import count
from typing import Any, cast

from bots.playground.forms import read_json
from bots.playground.slack_checks import BadBlocks, check_blocks
from bots.playground.slack_refusal import SlackRefusal

LONGEST_TEXT = 40_000
"""Characters of ``text`` (docs: chat.postMessage)."""

Args = dict[str, Any]
Block = dict[str, Any]


def read_content(args: Args) -> tuple[str, list[Block]]:
    """Return a message's text and blocks. Raises ``SlackRefusal``."""
    text, blocks = str(args.get("text") or ""), _read_blocks(args.get("blocks"))
    if not text and not blocks:
        raise SlackRefusal("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackRefusal("msg_too_long")
    return text, blocks


def buttons(blocks: list[Block]) -> Iterator[tuple[Block, Block]]:
    """Return every block that has something to press, with what it has."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block.get("accessory") and block["accessory"]["type"] == "button":
            yield block, block["accessory"]


def _read_blocks(given: Any) -> list[Block]:
    try:
        read: Any = read_json(given) if isinstance(given, str) and given else given
    except ValueError:
        raise SlackRefusal("invalid_blocks_format") from None
    if not read:
        return []
    if not isinstance(read, list):
        raise SlackRefusal("invalid_blocks_format")
    try:
        check_blocks(cast("list[Any]", read))
    except BadBlocks as bad:
        raise SlackRefusal("invalid_blocks", str(bad)) from None
    return _numbered(cast("list[Block]", read))


def _numbered(blocks: list[Block]) -> list[Block]:
    named = _fresh("b", {str(block["block_id"]) for block in blocks if "block_id" in block})
    numbered = [block if "block_id" in block else {**block, "block_id": next(named)} for block in blocks]
    nameless = [button for _block, button in buttons(numbered) if "action_id" not in button]
    pressed = _fresh("a", {button["action_id"] for _block, button in buttons(numbered) if "action_id" in button})
    for button in nameless:
        button["action_id"] = next(pressed)
    return numbered


def _fresh(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"{letter}{number}") not in taken)
