"""What a Telegram message says: its words or its caption, what it passes on or answers, what cannot be read. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from bots.storable import mapping
from core.imports.shared.files import shared_file
from core.kernel.messages import Quoted, SharedFile

_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name", "via_bot")
_AROUND = frozenset(
    "from chat sender_chat sender_business_bot reply_to_message external_reply reply_to_story quote via_bot entities "
    "caption_entities link_preview_options reply_markup suggested_post_info direct_messages_topic rich_message "
    "forward_origin forward_from forward_from_chat".split()
)
"""Objects around a message that are no content of it."""
_HAPPENED = re.compile(
    r"(?:new|left|delete)_chat_\w+|(?:users?|chat)_shared|unique_gift|gift|passport_data|connected_website|web_app_data"
    r"|pinned_message|successful_payment|boost_added|write_access_allowed|\w+_(?:created|changed|closed|reopened|hidden"
    r"|unhidden|edited|done|added|deleted|removed|completed|started|ended|scheduled|invited|approved|declined|paid"
    r"|refunded|failed|set|sent|left|joined|triggered|enabled|disabled)|refunded_payment|proximity_alert_triggered"
)
"""Fields of service messages, which tell that something happened; those that are newer end like the others."""
_KIND = re.compile(r"[a-z0-9_]{1,40}")
_INNER = (
    "title",
    "header",
    "label",
    "text",
    "caption",
    "blocks",
    "items",
    "rows",
    "cells",
    "columns",
    "content",
    "body",
)
"""Where blocks of a rich message keep what is read, in the order in which it is."""
_SPAN = ("text", "alternative_text", "emoji")
_LINES = frozenset({"blocks", "items", "rows"})
_DEEPEST, _LONGEST = 24, 4000


def text_of(message: Mapping[str, Any]) -> str | None:
    """Return a message's own words: its text, a caption, or what its rich blocks say; None where there are none."""
    if is_forwarded(message):
        return None
    return _any_text(message)


def entities_of(message: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the marks in the words of a message; a rich message has its marks in its blocks."""
    name = "entities" if _is_text(message.get("text")) else "caption_entities"
    found: object = message.get(name)
    return [mapping(entity) for entity in cast("list[object]", found)] if isinstance(found, list) else []


def rich_text(message: Mapping[str, Any]) -> str:
    """Return the words of a rich message, a line for each block."""
    return "\n".join(_rich(mapping(message.get("rich_message")).get("blocks"), _DEEPEST)).strip()


def is_forwarded(message: Mapping[str, Any]) -> bool:
    """Whether somebody passes on what somebody else wrote, an inline bot included, or their own older words."""
    return any(message.get(field) for field in _FORWARDED)


def unread_in(message: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of what a message carries beside words, also those that are newer than this program."""
    if any(_HAPPENED.fullmatch(name) for name in message):
        return ()
    contents = (name for name, value in message.items() if isinstance(value, dict | list) and name not in _AROUND)
    return tuple(name for name in contents if _KIND.fullmatch(name) and not (name == "document" and files_in(message)))


def files_in(message: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """Return the document of a message, if it looks like a schedule."""
    document = mapping(message.get("document"))
    file = shared_file(document.get("file_name"), document.get("file_size"), document.get("file_id"))
    return () if file is None else (file,)


def quoted_in(message: Mapping[str, Any], bot_id: str) -> tuple[Quoted, ...]:
    """Return what a message passes on and what it answers, as far as Telegram tells."""
    found: list[Quoted] = []
    if is_forwarded(message) and (text := _any_text(message)):
        found.append(Quoted("forwarded", _origin(message), text[:_LONGEST]))
    answered = mapping(message.get("reply_to_message")) or mapping(message.get("external_reply"))
    part = mapping(message.get("quote")).get("text")
    text = part if _is_text(part) else _any_text(answered)
    # Everything in a topic "answers" the notice that opened the topic.
    if text and "forum_topic_created" not in answered:
        sender = mapping(answered.get("from"))
        author = "you" if str(sender.get("id")) == bot_id else _name(sender) or _origin(answered)
        found.append(Quoted("answered", author, str(text)[:_LONGEST]))
    return tuple(found)


def _any_text(message: Mapping[str, Any]) -> str | None:
    for text in (message.get("text"), message.get("caption"), rich_text(message)):
        if _is_text(text):
            return text
    return None


def _is_text(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _origin(message: Mapping[str, Any]) -> str:
    origin = mapping(message.get("forward_origin")) or mapping(message.get("origin"))
    for known in (
        origin.get("sender_user"),
        message.get("forward_from"),
        message.get("via_bot"),
        origin.get("sender_chat"),
        origin.get("chat"),
    ):
        if name := _name(mapping(known)):
            return name
    hidden = origin.get("sender_user_name") or message.get("forward_sender_name")
    return hidden if isinstance(hidden, str) else _name(mapping(message.get("sender_chat")))


def _name(sender: Mapping[str, Any]) -> str:
    given = (sender.get("first_name"), sender.get("last_name"), sender.get("title"))
    return " ".join(part for part in given if isinstance(part, str) and part)


def _rich(node: object, depth: int) -> Iterator[str]:
    """Yield the lines of a block or a list of blocks."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list) and depth:
        for each in cast("list[object]", node):
            yield from _rich(each, depth - 1)
    elif isinstance(node, Mapping) and depth:
        yield from _block(mapping(cast("object", node)), depth - 1)


def _block(block: Mapping[str, Any], depth: int) -> Iterator[str]:
    for name in _INNER:
        if name in _LINES:
            yield from _rich(block.get(name), depth)
        elif line := "".join(_inline(block.get(name), depth)).strip():
            yield line


def _inline(node: object, depth: int) -> Iterator[str]:
    """Yield the pieces of a line: words, and spans with words in them."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list) and depth:
        for each in cast("list[object]", node):
            yield from _inline(each, depth - 1)
    elif isinstance(node, Mapping) and depth:
        span = mapping(cast("object", node))
        yield from _inline(next((span[name] for name in _SPAN if name in span), None), depth - 1)
