"""What a bot may send: Telegram's rules for texts, inline keyboards and questions. Pure."""

import re
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
"""What ``reply_markup`` may be beside an inline keyboard; the page draws no keyboards of other kinds."""
_PLACEHOLDER, _CAPTION = 64, 1024
_CALLED = re.compile(r'<a href="tg://user\?id=(\d{1,20})">')
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS, _LONGEST_DESCRIPTION = 100, 256


def read_caption(given: Json) -> tuple[str, str]:
    """Return what stands below a picture, as people read it and as HTML. Raises ``TelegramRefusal``."""
    if not str(given.get("caption") or "").strip():
        return "", ""
    text, markup = read_text({**given, "text": given["caption"]})
    if units(text) > _CAPTION:
        raise bad_request("message caption is too long")
    return text, markup


def read_commands(given: Json) -> list[Json]:
    """Return the bot's commands. Raises ``TelegramRefusal``."""
    found: object = given.get("commands")
    if not isinstance(found, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    commands = cast("list[Any]", found)
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name, described = (str(each.get(key)) if isinstance(each, dict) else "" for key in ("command", "description"))
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(described) <= _LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def read_question(given: Json, html: str) -> Json | None:
    """Return whom a message asks to reply and what its empty field says; None for any other.

    ``for`` are the people who are called by name, which counts only where the question is ``selective``.
    Raises ``TelegramRefusal``.
    """
    markup = given.get("reply_markup")
    asked = cast("Json", markup) if isinstance(markup, dict) else {}
    if "force_reply" not in asked:
        return None
    if asked["force_reply"] is not True:
        raise bad_request("can't parse reply keyboard markup JSON object")
    placeholder = str(asked.get("input_field_placeholder") or "")
    if len(placeholder) > _PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return {"placeholder": placeholder, "selective": asked.get("selective") is True, "for": _CALLED.findall(html)}


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
