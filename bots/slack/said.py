"""What a Slack message says: its words as people see them, what was shared with it, what cannot be read. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from bots.slack.emoji import drawn_in, with_emoji
from bots.slack.wire import word
from bots.storable import mapping
from core.imports.shared.files import shared_file
from core.kernel.messages import Quoted, SharedFile

_REFERENCE = re.compile(r"<(?P<what>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
"""Slack's own markup. What a person typed cannot look like it: their angle brackets arrive escaped."""
_SCHEME = re.compile(r"(?:mailto|tel):")
_PERSON = re.compile(r"<@(?P<id>[A-Z0-9]{2,20})>")
"""A mention that says no name."""
_AFTER_NAME = re.compile(r"^(?:[,.;]|:(?![a-z0-9_'+-]+:))+")
"""What stands behind the bot's name at the beginning; a workspace's own emoji begins with a colon too."""
_MOST_PEOPLE, _MOST_SHARED, _LONGEST_SHARED = 10, 5, 4000
"""People looked up for one message, shared messages that are read, and characters of each."""
_DEEPEST = 8


def words_of(event: Mapping[str, Any], bot_user: str) -> str:
    """Return a message's own words; where its text is empty, those of its blocks."""
    said, blocks = event.get("text"), event.get("blocks")
    if isinstance(said, str) and said.strip():
        return readable(said, bot_user, drawn_in(blocks))
    return readable("\n".join(_lines(blocks, _DEEPEST)), bot_user, drawn_in(blocks))


def readable(text: str, bot_user: str, drawn: Mapping[str, str] | None = None) -> str:
    """Return a text as people see it: the bot's own mention gone, names, links and emoji without their markup."""
    named = re.compile(rf" ?<@{re.escape(bot_user)}(?:\|[^<>]*)?>")
    shown = _REFERENCE.sub(_shown, named.sub("", text))
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, letter)
    return _AFTER_NAME.sub("", with_emoji(shown, drawn or {}).strip()).strip()


def names(event: Mapping[str, Any], bot_user: str) -> bool:
    """Whether a text mentions the bot."""
    said = event.get("text")
    return isinstance(said, str) and re.search(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", said) is not None


def people_in(event: Mapping[str, Any], bot_user: str) -> tuple[str, ...]:
    """Return the ids of the people whom a text mentions without saying their names."""
    said = event.get("text")
    found = dict.fromkeys(match["id"] for match in _PERSON.finditer(said)) if isinstance(said, str) else {}
    return tuple(person for person in found if person != bot_user)[:_MOST_PEOPLE]


def quoted_in(event: Mapping[str, Any]) -> tuple[Quoted, ...]:
    """Return the messages that were shared with this one; previews of pages are none."""
    attached = event.get("attachments")
    found = [mapping(each) for each in cast("list[object]", attached)] if isinstance(attached, list) else []
    shared = (_shared(each) for each in found if each.get("is_share") or each.get("is_msg_unfurl"))
    return tuple(quoted for quoted in shared if quoted.text)[:_MOST_SHARED]


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


def _shared(attached: Mapping[str, Any]) -> Quoted:
    given = (
        attached.get("text"),
        "\n".join(_lines(attached.get("message_blocks"), _DEEPEST)),
        attached.get("fallback"),
    )
    said = next((each for each in given if isinstance(each, str) and each.strip()), "")
    author = next(
        (attached[key] for key in ("author_name", "author_subname") if isinstance(attached.get(key), str)), ""
    )
    # Nobody's mention is taken out: what was shared is told as it was.
    return Quoted("forwarded", author, readable(said, "")[:_LONGEST_SHARED])


def _shown(reference: re.Match[str]) -> str:
    what, label = reference["what"], reference["label"]
    if what.startswith("!date^"):
        return label or ""
    if what.startswith("!"):
        return "@" + (label or what[1:].partition("^")[0]).removeprefix("@")
    if what[0] in "@#":
        return what[0] + (label or what[1:])
    return label or _SCHEME.sub("", what, count=1)


def _lines(node: object, depth: int) -> Iterator[str]:
    """Yield the lines of blocks, in Slack's own markup."""
    if isinstance(node, list):
        for each in cast("list[object]", node) if depth else ():
            yield from _lines(each, depth - 1)
        return
    block = mapping(node)
    if block.get("type") in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield "".join(_inline(block.get("elements")))
        return
    text = block.get("text")
    shown = text if isinstance(text, str) else mapping(text).get("text")
    if isinstance(shown, str):
        yield shown
    for inner in ("elements", "message", "blocks"):
        if inner in block:
            yield from _lines(block[inner] if isinstance(block[inner], list) else [block[inner]], depth)


def _inline(elements: object) -> Iterator[str]:
    for each in cast("list[object]", elements) if isinstance(elements, list) else ():
        element = mapping(each)
        kind, text, name = element.get("type"), element.get("text"), element.get("name")
        if kind == "user":
            yield f"<@{word(element.get('user_id'))}>"
        elif kind == "channel":
            yield f"<#{word(element.get('channel_id'))}>"
        elif kind == "emoji" and isinstance(name, str):
            yield f":{name}:"
        elif kind == "broadcast":
            yield f"@{word(element.get('range'))}"
        elif isinstance(text, str) or (kind == "link" and isinstance(element.get("url"), str)):
            shown = text if isinstance(text, str) else str(element.get("url"))
            yield shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
