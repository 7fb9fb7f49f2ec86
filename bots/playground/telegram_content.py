"""What a bot may send: Telegram's rules for texts and inline keyboards. Pure."""

from collections.abc import Iterator
from typing import Any, cast

from bots.playground.telegram_html import LONGEST, BadMarkup, read_html, units
from bots.playground.telegram_refusal import TelegramRefusal, bad_request
from bots.playground.telegram_shapes import Json

_LONGEST_DATA = 64
"""Bytes of ``callback_data``."""
_MOST_BUTTONS = 100
_STYLES = frozenset({None, "primary", "success", "danger"})
_OTHER_KEYBOARDS = frozenset({"keyboard", "remove_keyboard", "force_reply"})
"""What ``reply_markup`` may be beside an inline keyboard; the page does not draw them."""


def read_text(given: Json) -> tuple[str, str]:
    """Return a message's text as people read it, and as HTML. Raises ``TelegramRefusal``."""
    markup = str(given.get("text") or "")
    mode = str(given.get("parse_mode") or "").lower()
    if mode not in {"", "html"}:
        # Real Telegram knows two kinds of Markdown too; nobody here sends them.
        raise bad_request("unsupported parse_mode")
    text = _parsed(markup) if mode else markup
    if not mode:
        markup = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not text.strip():
        raise bad_request("message text is empty")
    if units(text) > LONGEST:
        raise bad_request("message is too long")
    return text, markup


def read_keyboard(given: Json, *, is_edit: bool = False) -> Json | None:
    """Return the inline keyboard of a request, None where it has none. Raises ``TelegramRefusal``."""
    markup = given.get("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = cast("Json", markup)
    if "inline_keyboard" not in keyboard:
        if is_edit and not _OTHER_KEYBOARDS.isdisjoint(keyboard):
            raise bad_request("inline keyboard expected")
        return None
    buttons = list(_buttons(keyboard["inline_keyboard"]))
    if len(buttons) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check(button)
    return keyboard if buttons else None


def _parsed(markup: str) -> str:
    try:
        return read_html(markup)
    except BadMarkup as bad:
        raise bad_request(f"can't parse entities: {bad}") from None


def _buttons(rows: Any) -> Iterator[Json]:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for row in cast("list[Any]", rows):
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        for button in cast("list[Any]", row):
            if not isinstance(button, dict):
                raise _unreadable("InlineKeyboardButton must be an Object")
            yield cast("Json", button)


def _check(button: Json) -> None:
    if not isinstance(button.get("text"), str):
        raise _unreadable('Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if button.get("style") not in _STYLES:
        raise _unreadable("invalid button style specified")
    if button.get("url"):
        return
    if "callback_data" not in button:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if not 0 < len(str(button["callback_data"]).encode()) <= _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _unreadable(why: str) -> TelegramRefusal:
    return bad_request(f"can't parse inline keyboard button: {why}")
