"""What a Slack message says: its words as people see them, what was shared with it, what cannot be read. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from bots.slack.emoji import drawn_in, with_emoji
from bots.slack.wire import word
from bots.storable import mapping
from core.imports.shared.files import shared_file
from core.kernel.messages import Quoted, SharedFile
from core.kernel.phrases import phrase
from core.kernel.principal import Locale
from core.texts import locale_of_text, say, typed

_REFERENCE = re.compile(r"<(?P<what>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
"""Slack's own markup. What a person typed cannot look like it: their angle brackets arrive escaped."""
_SCHEME = re.compile(r"(?:mailto|tel):")
_PERSON = re.compile(r"<@(?P<id>[A-Z0-9]{2,20})>")
"""A mention that says no name."""
_AFTER_NAME = re.compile(r"^(?:[,.;]|:(?![a-z0-9_'+-]+:))+")
"""What stands behind the bot's name at the beginning; a workspace's own emoji begins with a colon too."""
_UNNAMED = {"#": "some-channel", "!subteam": "some-group"}
"""What a reference without a label begins with, and what it is called."""
_MOST_PEOPLE, _MOST_SHARED, _LONGEST_SHARED = 10, 5, 4000
"""People looked up for one message, shared messages that are read, and characters of each."""
_DEEPEST = 8


def words_of(event: Mapping[str, Any], bot_user: str) -> str:
    """Return a message's own words; where its text is empty, those of its blocks."""
    return readable(_written(event), bot_user, drawn_in(event.get("blocks")))


def _written(event: Mapping[str, Any]) -> str:
    """Return the text of a message, or of its blocks, in Slack's own markup."""
    said = event.get("text")
    return said if isinstance(said, str) and said.strip() else "\n".join(_lines(event.get("blocks"), _DEEPEST))


def readable(text: str, bot_user: str, drawn: Mapping[str, str] | None = None) -> str:
    """Return a text as people see it: the bot's own mention gone, names, links and emoji without their markup."""
    named = re.compile(rf" ?<@{re.escape(bot_user)}(?:\|[^<>]*)?>")
    locale = locale_of_text(text)
    shown = _REFERENCE.sub(lambda found: _shown(found, locale), named.sub("", text))
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, letter)
    return typed(_AFTER_NAME.sub("", typed(with_emoji(shown, drawn or {}))))


def names(event: Mapping[str, Any], bot_user: str) -> bool:
    """Whether a text mentions the bot."""
    said = event.get("text")
    return isinstance(said, str) and re.search(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", said) is not None


def people_in(event: Mapping[str, Any], bot_user: str) -> tuple[str, ...]:
    """Return the ids of the people whom a message, or what was shared with it, mentions without their names."""
    written = [_written(event), *(_given(each) for each in _attached(event))]
    found = dict.fromkeys(match["id"] for text in written for match in _PERSON.finditer(text))
    return tuple(person for person in found if person != bot_user)[:_MOST_PEOPLE]


def quoted_in(event: Mapping[str, Any]) -> tuple[Quoted, ...]:
    """Return the messages that were shared with this one; previews of pages are none."""
    shared = (_shared(each) for each in _attached(event))
    return tuple(quoted for quoted in shared if quoted.text)[:_MOST_SHARED]


def _attached(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    attached = event.get("attachments")
    found = [mapping(each) for each in cast("list[object]", attached)] if isinstance(attached, list) else []
    return [each for each in found if each.get("is_share") or each.get("is_msg_unfurl")]


def unread_in(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of the files of a message."""
    files = event.get("files")
    found = [mapping(each) for each in cast("list[object]", files)] if isinstance(files, list) else []
    return tuple(_kind(each) for each in found if _file(each) is None)


def files_in(event: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """Return the files of a message that look like schedules."""
    files = event.get("files")
    found = [mapping(each) for each in cast("list[object]", files)] if isinstance(files, list) else []
    return tuple(file for each in found if (file := _file(each)) is not None)


def _file(given: Mapping[str, Any]) -> SharedFile | None:
    """Return a file that looks like a schedule, None for any other and for one that Slack has not yet."""
    source = given.get("url_private_download") or given.get("url_private")
    return shared_file(given.get("name"), given.get("size"), source)


def _kind(file: Mapping[str, Any]) -> str:
    if file.get("subtype") == "slack_audio":
        return "voice"
    kind = str(file.get("mimetype") or "").partition("/")[0]
    return kind if kind in {"audio", "video", "image"} else "file"


def _given(attached: Mapping[str, Any]) -> str:
    given = (
        attached.get("text"),
        "\n".join(_lines(attached.get("message_blocks"), _DEEPEST)),
        attached.get("fallback"),
    )
    return next((each for each in given if isinstance(each, str) and each.strip()), "")


def _shared(attached: Mapping[str, Any]) -> Quoted:
    author = next(
        (attached[key] for key in ("author_name", "author_subname") if isinstance(attached.get(key), str)), ""
    )
    # Nobody's mention is taken out: what was shared is told as it was.
    return Quoted("forwarded", author, readable(_given(attached), "")[:_LONGEST_SHARED])


def _shown(reference: re.Match[str], locale: Locale) -> str:
    what, label = reference["what"], reference["label"]
    if what.startswith("!date^"):
        return label or _moment(what.split("^")[1])
    if not label and (unnamed := next((_UNNAMED[begins] for begins in _UNNAMED if what.startswith(begins)), None)):
        # An id tells nobody anything, and its name is not ours to ask for.
        return say(locale, phrase(unnamed))
    if what.startswith("!"):
        return "@" + (label or what[1:].partition("^")[0]).removeprefix("@")
    if what[0] in "@#":
        return what[0] + (label or what[1:])
    return label or _SCHEME.sub("", what, count=1)


def _moment(seconds: str) -> str:
    """Return a moment that Slack would show in the reader's own words, in a form that says its zone."""
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return ""


def _lines(node: object, depth: int) -> Iterator[str]:
    """Yield the lines of blocks, in Slack's own markup."""
    if isinstance(node, list):
        for each in cast("list[object]", node) if depth else ():
            yield from _lines(each, depth - 1)
    else:
        yield from _block(mapping(node), depth)


def _block(block: Mapping[str, Any], depth: int) -> Iterator[str]:
    if block.get("type") in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield "".join(_inline(block.get("elements")))
        return
    text, rows = block.get("text"), block.get("rows")
    shown = text if isinstance(text, str) else mapping(text).get("text")
    if isinstance(shown, str):
        yield shown
    # A table: its cells stand beside each other.
    for row in cast("list[object]", rows) if isinstance(rows, list) and depth else ():
        yield " | ".join(_lines(row, depth - 1))
    for inner in ("fields", "elements", "message", "blocks"):
        if inner in block:
            yield from _lines(block[inner] if isinstance(block[inner], list) else [block[inner]], depth)


def _inline(elements: object) -> Iterator[str]:
    for each in cast("list[object]", elements) if isinstance(elements, list) else ():
        element = mapping(each)
        kind, text = str(element.get("type")), element.get("text")
        if kind in _MARKUP:
            yield _MARKUP[kind](element)
        elif isinstance(text, str) or (kind == "link" and isinstance(element.get("url"), str)):
            shown = text if isinstance(text, str) else str(element.get("url"))
            yield shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unmarked(text: object) -> str:
    return re.sub("[<>|]", " ", text) if isinstance(text, str) else ""


_MARKUP: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "user": lambda element: f"<@{word(element.get('user_id'))}>",
    "channel": lambda element: f"<#{word(element.get('channel_id'))}>",
    "emoji": lambda element: f":{_unmarked(element.get('name'))}:",
    "broadcast": lambda element: f"@{word(element.get('range'))}",
    "usergroup": lambda element: f"<!subteam^{word(element.get('usergroup_id'))}>",
    "date": lambda element: f"<!date^{element.get('timestamp')}^|{_unmarked(element.get('fallback'))}>",
}
"""Elements of a line as Slack writes them into a message's text."""
