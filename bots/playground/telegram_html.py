"""Telegram's HTML mode: parse it as strictly as the Bot API does, and return what people read."""

from html.parser import HTMLParser

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler", "span"}
)
_ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
LONGEST = 4096
"""UTF-16 units of a message after its mark-up is parsed."""


class BadMarkup(Exception):
    """``can't parse entities``, with the reason as Telegram words it."""


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise BadMarkup(f'Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise BadMarkup(f'Unmatched end tag, found "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise BadMarkup("Unclosed start tag")
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append(self.unescape_named(name))

    def handle_charref(self, name: str) -> None:
        number = int(name[1:], 16) if name[:1] in {"x", "X"} else int(name)
        self.text.append(chr(number))

    @staticmethod
    def unescape_named(name: str) -> str:
        plain = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
        return plain[name] if name in _ENTITIES else f"&{name};"


def read_html(markup: str) -> str:
    """Return the text of a message in HTML mode. Raises ``BadMarkup``."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    if parser.rawdata:
        raise BadMarkup("Unclosed start tag")
    if parser.open:
        raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{parser.open[-1]}"')
    return "".join(parser.text)


def units(text: str) -> int:
    """Return the length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
