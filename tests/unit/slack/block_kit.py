"""What is wrong with a message, by the SDK's own block models and by the limits that Slack documents beside them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

_BLOCKS, _TEXT, _FIELDS, _FIELD = 50, 40_000, 10, 2000
_TEXTS = {"header": (150, {"plain_text"}), "section": (3000, {"plain_text", "mrkdwn"}), "button": (75, {"plain_text"})}
_ELEMENTS = {"actions": 25, "context": 10}


def problems(method: str, body: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in the arguments of ``chat.postMessage`` and its like."""
    text, blocks = body.get("text"), body.get("blocks", [])
    found = [] if isinstance(text, str) and 0 < len(text) <= _TEXT else ["text must have 1 to 40000 characters"]
    found += [] if body.get("channel") else ["channel is missing"]
    found += ["too many blocks"] if len(blocks) > _BLOCKS else []
    for number, block in enumerate(blocks):
        found += [f"blocks[{number}]: {wrong}" for wrong in (*_by_the_models(block), *_by_the_documents(block))]
    actions = Counter(element["action_id"] for block in blocks for element in _elements(block, "actions"))
    found += [f"action_id {name} is there twice" for name, times in actions.items() if times > 1]
    return [f"{method}: {wrong}" for wrong in found]


def _by_the_models(block: dict[str, Any]) -> Iterator[str]:
    try:
        parsed = Block.parse(block)
        if parsed is None:
            yield f"unknown type {block.get('type')}"
        else:
            parsed.validate_json()
    except (SlackObjectFormationError, TypeError) as wrong:
        yield str(wrong)


def _by_the_documents(block: dict[str, Any]) -> Iterator[str]:
    kind = str(block.get("type"))
    yield from _text(kind, block.get("text"))
    fields = block.get("fields", [])
    if len(fields) > _FIELDS:
        yield "too many fields"
    for field in fields:
        if not 0 < len(field["text"]) <= _FIELD:
            yield f"a field has {len(field['text'])} characters"
    for element in _elements(block, "actions"):
        yield from _text("button", element.get("text"))
    if kind in _ELEMENTS and not 0 < len(block.get("elements", [])) <= _ELEMENTS[kind]:
        yield "elements are missing or too many"
    for element in _elements(block, "context"):
        if not element.get("text"):
            yield "an element is empty"


def _text(kind: str, given: dict[str, Any] | None) -> Iterator[str]:
    if kind not in _TEXTS or given is None:
        return
    most, types = _TEXTS[kind]
    if given.get("type") not in types:
        yield f"a {kind} takes no {given.get('type')}"
    if not 0 < len(given.get("text", "")) <= most:
        yield f"a {kind} has {len(given.get('text', ''))} characters"


def _elements(block: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return block.get("elements", []) if block.get("type") == kind else []
