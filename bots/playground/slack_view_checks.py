"""What an app may show in a modal or a Home tab: Slack's rules for views, and the ids and defaults that Slack adds."""

import json
import secrets
from typing import Any, cast

from bots.playground.forms import read_json
from bots.playground.slack_checks import (
    LONGEST_ID,
    MESSAGE_BLOCKS,
    PLAIN,
    BadBlocks,
    Block,
    Check,
    Seen,
    check_block,
    check_items,
    check_string,
    check_text,
)
from bots.playground.slack_content import buttons
from bots.playground.slack_input_checks import check_fields, check_flags, check_input, check_view_actions
from bots.playground.slack_refusal import SlackRefusal

View = dict[str, Any]

_MOST_BLOCKS, _LONGEST_TITLE, _LONGEST_METADATA = 100, 24, 3000
_MOST_BYTES = 250_000
_REQUIRED = {"modal": ("title", "blocks", "type"), "home": ("blocks", "type")}
_STRINGS = {"callback_id": LONGEST_ID, "external_id": LONGEST_ID, "private_metadata": _LONGEST_METADATA}
_FLAGS = ("clear_on_close", "notify_on_close")
_TEXTS = {"modal": ("title", "submit", "close"), "home": ()}
_BOTH: dict[str, Check] = {
    **{name: MESSAGE_BLOCKS[name] for name in ("context", "divider", "header", "image", "section")},
    "actions": check_view_actions,
}
_KINDS: dict[str, dict[str, Check]] = {"modal": {**_BOTH, "input": check_input}, "home": _BOTH}
"""Blocks of views that the page draws; others, which Slack may know, are refused here."""


def read_view(given: Any, kind: str = "modal") -> View:
    """Return what a view shows, as Slack keeps it: with every id and every default. Raises ``SlackRefusal``."""
    view = _object(given)
    missing = [name for name in _REQUIRED[kind] if name not in view]
    if missing:
        raise SlackRefusal("invalid_arguments", *(str(_missing(name)) for name in missing))
    if len(json.dumps(view, ensure_ascii=False).encode()) > _MOST_BYTES:
        raise SlackRefusal("view_too_large")
    try:
        _check(view, kind)
    except BadBlocks as bad:
        raise SlackRefusal("invalid_arguments", str(bad)) from None
    return _filled(view)


def input_blocks(view: View) -> dict[str, Block]:
    """Return the input blocks of a view by their ids."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def _object(given: Any) -> View:
    try:
        read: Any = read_json(given) if isinstance(given, str) else given
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise SlackRefusal("invalid_arguments", str(BadBlocks("must provide an object", "/view")))
    return cast("View", read)


def _check(view: View, kind: str) -> None:
    if view["type"] != kind:
        raise BadBlocks(f"must be one of: {kind}", "/view/type")
    check_fields(view, "/view", _REQUIRED[kind], {*_TEXTS[kind], *_STRINGS, *_FLAGS})
    for name in _TEXTS[kind]:
        if name in view:
            check_text(view[name], _LONGEST_TITLE, f"/view/{name}", PLAIN)
    for name, limit in _STRINGS.items():
        # An empty one is as good as none.
        if view.get(name, "") != "":
            check_string(view[name], limit, f"/view/{name}")
    check_flags(view, _FLAGS, "/view")
    seen = Seen()
    for number, block in enumerate(check_items(view["blocks"], _MOST_BLOCKS, "/view/blocks")):
        # Messages want an action_id to be unique, views only within its block.
        seen.actions.clear()
        check_block(block, f"/view/blocks/{number}", seen, _KINDS[kind])
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        raise _missing("submit")


def _missing(name: str) -> BadBlocks:
    return BadBlocks(f"missing required field: {name}", "/view")


def _filled(view: View) -> View:
    shown: View = _with_defaults(view)
    blocks: list[Block] = [{"block_id": _random_id(), **block} for block in shown["blocks"]]
    for block in blocks:
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
            block["element"].setdefault("action_id", _random_id())
    for _block, button in buttons(blocks):
        button.setdefault("action_id", _random_id())
    defaults: View = {**dict.fromkeys(_STRINGS, ""), **dict.fromkeys(_FLAGS, False), "submit": None, "close": None}
    return {**defaults, **shown, "blocks": blocks}


def _with_defaults(given: Any) -> Any:
    """Return a copy in which every text object says what Slack assumes when it says nothing."""
    if isinstance(given, list):
        return [_with_defaults(each) for each in cast("list[Any]", given)]
    if not isinstance(given, dict):
        return given
    copied = {name: _with_defaults(value) for name, value in cast("Block", given).items()}
    if copied.get("type") == "plain_text":
        return {"emoji": True, **copied}
    return {"verbatim": False, **copied} if copied.get("type") == "mrkdwn" else copied


def _random_id() -> str:
    # Not the same for the same view: what was typed survives an update only under ids that the app itself gave.
    return secrets.token_urlsafe(4)
