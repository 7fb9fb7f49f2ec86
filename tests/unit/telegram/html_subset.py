"""A strict reader of the part of Telegram's HTML that we use: the oracle for injected tags and for lengths."""

import re
from dataclasses import dataclass

_PIECE = re.compile(r"<(?P<close>/?)(?P<tag>b|i|blockquote)>|&(?P<entity>lt|gt|amp);|(?P<text>[^<>&])", re.DOTALL)
_CALL = re.compile(r'<a href="tg://user\?id=\d+">([^<>]*)</a>')
_LETTERS = {"lt": "<", "gt": ">", "amp": "&"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader sees, and which tags were opened, in order."""

    text: str
    tags: tuple[str, ...]

    @property
    def length(self) -> int:
        """The length in UTF-16 code units, which is Telegram's."""
        return len(self.text.encode("utf-16-le")) // 2


def read_question(markup: str) -> Parsed:
    """The same for what may call one person by name."""
    return read_html(_CALL.sub(r"\1", markup, count=1))


def read_html(markup: str) -> Parsed:
    """Parse markup; ``ValueError`` for anything but b, i and blockquote, balanced, and the three entities."""
    at = 0
    text: list[str] = []
    opened: list[str] = []
    tags: list[str] = []
    while at < len(markup):
        piece = _PIECE.match(markup, at)
        if piece is None:
            raise ValueError(f"bad markup at {at}: {markup[at : at + 20]!r}")
        if piece["tag"] and piece["close"]:
            if not opened or opened.pop() != piece["tag"]:
                raise ValueError(f"unbalanced {piece[0]} at {at}")
        elif piece["tag"]:
            opened.append(piece["tag"])
            tags.append(piece["tag"])
        else:
            text.append(_LETTERS[piece["entity"]] if piece["entity"] else piece["text"])
        at = piece.end()
    if opened:
        raise ValueError(f"never closed: {opened}")
    return Parsed("".join(text), tuple(tags))
