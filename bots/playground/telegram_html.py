"""Telegram's HTML mode: parse it as strictly as the Bot API does, and return what people read."""

import re
from dataclasses import dataclass, field

_TAGS = frozenset(
    "a b blockquote code del em i ins pre s span strike strong tg-emoji tg-spoiler tg-time u".split()  # Bot API 10
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
"""The only named entities that the Bot API knows; others stay as they stand."""
_MOST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
LONGEST = 4096
"""UTF-16 units of a message after its mark-up is parsed."""

_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_UNQUOTED = re.compile(r"[A-Za-z0-9.-]*")


class BadMarkup(Exception):
    """``can't parse entities``, with the reason as Telegram words it."""


def read_html(markup: str) -> str:
    """Return the text of a message in HTML mode. Raises ``BadMarkup``."""
    reader = _Reader(markup)
    while reader.at < len(markup):
        reader.step()
    if reader.open:
        raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{reader.open[-1]}"')
    return "".join(reader.text)


def units(text: str) -> int:
    """Return the length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Reader:
    markup: str
    at: int = 0
    open: list[str] = field(default_factory=list[str])
    text: list[str] = field(default_factory=list[str])

    def step(self) -> None:
        """Read a run of plain text, an entity or a tag."""
        if self.markup[self.at] == "&":
            self.entity()
        elif self.markup.startswith("</", self.at):
            self.end_tag()
        elif self.markup[self.at] == "<":
            self.start_tag()
        else:
            self.text.append(self.take(_PLAIN))

    def take(self, pattern: re.Pattern[str]) -> str:
        """Move past what matches here, and return it."""
        found = pattern.match(self.markup, self.at)
        text = found[0] if found else ""
        self.at += len(text)
        return text

    def next(self) -> str:
        """Return the next character, empty at the end."""
        return self.markup[self.at : self.at + 1]

    def entity(self) -> None:
        found = _ENTITY.match(self.markup, self.at)
        if found is None:
            self.text.append("&")
            self.at += 1
            return
        self.at = found.end()
        self.text.append(_decoded(found))

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.take(_NAME).lower()
        if not self.next():
            raise BadMarkup(f"Unclosed start tag at byte offset {self.offset(begin)}")
        if tag not in _TAGS:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {self.offset(begin)}')
        given = self.attributes(tag, begin)
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise BadMarkup(f'Tag "span" must have class "tg-spoiler" at byte offset {self.offset(begin)}')
        self.open.append(tag)

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        """Read up to the end of a start tag."""
        given: dict[str, str] = {}
        self.take(_SPACE)
        while self.next() != ">":
            name = self.take(_ATTRIBUTE)
            if not self.next():
                raise BadMarkup(f'Unclosed start tag "{tag}" at byte offset {self.offset(begin)}')
            if not name:
                raise BadMarkup(f'Empty attribute name in the tag "{tag}" at byte offset {self.offset(begin)}')
            self.take(_SPACE)
            given[name.lower()] = self.value(tag, begin) if self.next() == "=" else ""
            self.take(_SPACE)
        self.at += 1
        return given

    def value(self, tag: str, begin: int) -> str:
        self.at += 1
        self.take(_SPACE)
        quote, start = self.next(), self.at
        if not quote:
            raise BadMarkup(f'Unclosed start tag "{tag}" at byte offset {self.offset(begin)}')
        if quote not in {'"', "'"}:
            value = self.take(_UNQUOTED)
            if not self.next().isspace() and self.next() != ">":
                raise BadMarkup(f"Unexpected end of name token at byte offset {self.offset(start)}")
            return value
        end = self.markup.find(quote, start + 1)
        if end < 0:
            raise BadMarkup(f"Unclosed start tag at byte offset {self.offset(begin)}")
        self.at = end + 1
        return self.markup[start + 1 : end]

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise BadMarkup(f"Unexpected end tag at byte offset {self.offset(begin)}")
        self.at += 2
        tag = self.take(_NAME).lower()
        self.take(_SPACE)
        if self.next() != ">":
            raise BadMarkup(f"Unclosed end tag at byte offset {self.offset(begin)}")
        self.at += 1
        expected = self.open.pop()
        if tag not in {"", expected}:  # "</>" ends whatever is open
            where = f"at byte offset {self.offset(begin)}"
            raise BadMarkup(f'Unmatched end tag {where}, expected "</{expected}>", found "</{tag}>"')

    def offset(self, at: int) -> int:
        """Return a place in bytes, as Telegram tells it."""
        return len(self.markup[:at].encode())


def _decoded(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name, found[0])
    digits = hexadecimal or decimal
    # No code point has more digits; reading endless ones would take long.
    number = int(digits, 16 if hexadecimal else 10) if len(digits) <= len(str(_MOST)) else 0
    if number in _SURROGATES:
        raise BadMarkup("Text contains invalid Unicode characters after decoding HTML entities")
    return chr(number) if 0 < number < _MOST else found[0]
