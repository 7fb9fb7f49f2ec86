"""What Telegram takes as a text and a keyboard, at the edges, and what it finds in what people write."""

from typing import Any

import pytest

from bots.playground.telegram_content import read_keyboard, read_text
from bots.playground.telegram_refusal import TelegramRefusal
from bots.playground.telegram_shapes import entities_of

_GO = {"text": "Go", "callback_data": "a"}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"text": "a<b & [1]"}, ("a<b & [1]", "a&lt;b &amp; [1]")),
        ({"text": "<b>x</b>", "parse_mode": "html"}, ("x", "<b>x</b>")),
        ({"text": f"<b>{'x' * 4096}</b>", "parse_mode": "HTML"}, ("x" * 4096, f"<b>{'x' * 4096}</b>")),
        ({"text": "🙂" * 2048}, ("🙂" * 2048, "🙂" * 2048)),
    ],
)
def test_a_text_is_read(given: dict[str, Any], read: tuple[str, str]) -> None:
    assert read_text(given) == read


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Bad Request: message text is empty"),
        ({"text": " \n"}, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "🙂" * 2048 + "x"}, "Bad Request: message is too long"),
        ({"text": "*x*", "parse_mode": "MarkdownV2"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
def test_a_text_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(TelegramRefusal) as refused:
        read_text(given)
    assert (refused.value.code, str(refused.value)) == (400, words)


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (None, None),
        ("", None),
        ({"force_reply": True}, None),
        ({"inline_keyboard": []}, None),
        ({"inline_keyboard": [[_GO]]}, {"inline_keyboard": [[_GO]]}),
        ({"inline_keyboard": [[{**_GO, "style": "success"}]]}, {"inline_keyboard": [[{**_GO, "style": "success"}]]}),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "א" * 32}]]},
            {"inline_keyboard": [[{"text": "x", "callback_data": "א" * 32}]]},
        ),
        (
            {"inline_keyboard": [[{"text": "x", "url": "https://x.example"}]]},
            {"inline_keyboard": [[{"text": "x", "url": "https://x.example"}]]},
        ),
    ],
)
def test_a_keyboard_is_read(markup: Any, kept: dict[str, Any] | None) -> None:
    assert read_keyboard({"reply_markup": markup}) == kept


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "object expected as reply markup"),
        ({"force_reply": True}, "inline keyboard expected"),
        ({"inline_keyboard": 5}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": [_GO]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": [[5]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{}]]}, 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ({"inline_keyboard": [[{**_GO, "text": " "}]]}, "BUTTON_TEXT_INVALID"),
        ({"inline_keyboard": [[{**_GO, "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{**_GO, "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[_GO] * 101]}, "reply markup is too long"),
    ],
)
def test_a_keyboard_is_refused(markup: Any, words: str) -> None:
    with pytest.raises(TelegramRefusal) as refused:
        read_keyboard({"reply_markup": markup}, is_edit=True)
    assert str(refused.value) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hello, a/b and me@example.org", []),
        ("/start abc", [("bot_command", 0, 6)]),
        ("🙂 /help@eventflow_bot", [("bot_command", 3, 19)]),
        ("@eventflow_bot, שלום @eventflow_bot", [("mention", 0, 14), ("mention", 21, 14)]),
        ("/a/b", []),
    ],
)
def test_commands_and_names_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(each["type"], each["offset"], each["length"]) for each in entities_of(text)] == found
