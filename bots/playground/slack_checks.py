"""Refuse what Slack refuses: block shapes, limits and ids, as its Block Kit reference documents them. Pure."""

from typing import Any, cast

_MOST_BLOCKS = 50
_TYPES = frozenset({"actions", "context", "divider", "header", "image", "markdown", "rich_text", "section"})
_SECTION, _FIELD, _FIELDS, _HEADER, _BUTTON, _VALUE, _ID = 3000, 2000, 10, 150, 75, 2000, 255
_ELEMENTS = {"actions": 25, "context": 10}
LONGEST_TEXT = 40_000

Block = dict[str, Any]


def why_not(blocks: object) -> str | None:
    """Return what is wrong with a message's blocks, or None."""
    if not isinstance(blocks, list):
        return "blocks must be a list"
    given = cast("list[Any]", blocks)
    if len(given) > _MOST_BLOCKS:
        return f"no more than {_MOST_BLOCKS} blocks"
    seen: set[str] = set()
    for number, block in enumerate(given):
        wrong = _block(block, seen) if isinstance(block, dict) else "must be an object"
        if wrong is not None:
            return f"/blocks/{number}: {wrong}"
    return None


def _block(block: Block, seen: set[str]) -> str | None:
    kind = block.get("type")
    if kind not in _TYPES:
        return f"unsupported type: {kind}"
    if kind == "header":
        return _text(block.get("text"), _HEADER, only="plain_text")
    if kind == "section":
        return _section(block)
    if kind in _ELEMENTS:
        return _elements(kind, block, seen)
    return None


def _section(block: Block) -> str | None:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        return "a section needs text or fields"
    if block.get("text") is not None and (wrong := _text(block["text"], _SECTION)) is not None:
        return wrong
    if fields is not None and (not isinstance(fields, list) or not 0 < len(fields) <= _FIELDS):
        return f"fields: 1 to {_FIELDS} items"
    return next((wrong for each in fields or () if (wrong := _text(each, _FIELD)) is not None), None)


def _elements(kind: str, block: Block, seen: set[str]) -> str | None:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 0 < len(elements) <= _ELEMENTS[kind]:
        return f"elements: 1 to {_ELEMENTS[kind]} items"
    for each in cast("list[Any]", elements):
        wrong = _button(each, seen) if kind == "actions" else _text(each, _SECTION)
        if wrong is not None:
            return wrong
    return None


def _button(element: Any, seen: set[str]) -> str | None:
    if not isinstance(element, dict) or element.get("type") != "button":
        return "unsupported element"
    action = element.get("action_id")
    if not isinstance(action, str) or not 0 < len(action) <= _ID:
        return "action_id is missing or too long"
    if action in seen:
        return f"action_id {action} already exists"
    seen.add(action)
    if len(str(element.get("value", ""))) > _VALUE:
        return "value is too long"
    if element.get("style") not in {None, "primary", "danger"}:
        return "style must be primary or danger"
    return _text(element.get("text"), _BUTTON, only="plain_text")


def _text(given: Any, limit: int, *, only: str | None = None) -> str | None:
    if not isinstance(given, dict) or given.get("type") not in ({only} if only else {"plain_text", "mrkdwn"}):
        return "a text object is expected"
    text = given.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= limit:
        return f"text must have 1 to {limit} characters"
    return None
