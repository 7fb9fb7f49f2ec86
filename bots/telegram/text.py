"""Text as Telegram counts, parses and links it: UTF-16 lengths, cuts, escapes, and nothing that turns into a link."""

import html
import re
import unicodedata

ELLIPSIS = "\u2026"
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = _RIGHT_TO_LEFT | {"L"}
_ISOLATE, _POP = "\u2068", "\u2069"
_JOINER = "\u2060"
"""Word joiner: it has no width, and Telegram's detection of links and mentions stops at it."""
_UNSEEN = dict.fromkeys([*range(0x20), 0x7F, *range(0x202A, 0x202F)], "") | {ord("\t"): " ", ord("\n"): "\n"}
_EMAIL = r"(?<![\w.+@/-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,4}+(?![\w@/?#-]|:\d)"
LONGEST_EMAIL = 384
EMAIL = re.compile(_EMAIL)
"""An e-mail address that stays as it is; the bounds of its parts are those of RFC 5321 and DNS."""
_EMAIL_OR_LINK = re.compile(
    rf"(?P<email>{_EMAIL})"
    r"|:(?=//)|@(?=\w)|(?<![\w/])/(?!(?:pending|mine)\b)(?=\w)|(?<!\w)(?:#(?=\w)|\$(?=[A-Z]))"
    r"|(?<=\S)[.\u3002](?=[^\W\d_])|(?<!\d)\d{1,3}\.(?=\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d))"
)
"""An e-mail address, or the place at which a scheme, mention, command, hashtag, domain or IPv4 address is broken. The
commands that only show something are our own answer to a question, and stay as they are."""
_TAG = re.compile(r"<[^<>]*>")


def units(text: str) -> int:
    """Return the length in UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def parsed(markup: str) -> str:
    """Return what is left of our own HTML when Telegram has parsed it (every inserted value in it is escaped)."""
    return html.unescape(_TAG.sub("", markup))


def escape(text: str) -> str:
    """Escape a value for HTML mode."""
    return html.escape(text, quote=False)


def shorten(text: str, limit: int) -> str:
    """Cut a text to ``limit`` UTF-16 units, its end marked, never inside a surrogate pair."""
    return text if units(text) <= limit else text[: fitting(text, limit - 1)].rstrip("\u200d ") + ELLIPSIS


def fitting(text: str, limit: int) -> int:
    """Return how many characters of the text fit into ``limit`` UTF-16 units."""
    used = 0
    for index, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def clean(text: str) -> str:
    """Return a text without control characters, direction overrides and halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").translate(_UNSEEN)


def inert(text: str) -> str:
    """Return a text in which Telegram finds no mention, command or link; e-mail addresses stay as they are.

    Telegram links names, commands, hashtags and addresses by itself in every parse mode; nobody is to be called, or led
    away, by a title that somebody else wrote or by a sentence of the model.
    """
    return _EMAIL_OR_LINK.sub(lambda found: found[0] if found["email"] else found[0] + _JOINER, text)


def isolated(text: str) -> str:
    """Return a value that keeps its own direction beside a label of another one."""
    return f"{_ISOLATE}{text}{_POP}"


def is_visible(text: str) -> bool:
    """Whether anything of a text is seen; Telegram refuses a message of spaces and marks."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def direction_mark(line: str, *, rtl: bool) -> str:
    """Return what to put before a line (as it is seen) so that it reads in the given direction; often nothing.

    Telegram has no attribute for it: each line takes the direction of its first strong character, which may belong to
    a value, also to an isolated one in clients that do not look at isolates.
    """
    directions = [unicodedata.bidirectional(letter) for letter in line]
    if rtl:
        return "" if not line or directions[0] in _RIGHT_TO_LEFT else RIGHT_TO_LEFT_MARK
    # A letter that Python does not know yet has no direction here, and may well have one in the reader's client.
    first = next((found for found in directions if found in _STRONG or not found), "L")
    return "" if first == "L" else LEFT_TO_RIGHT_MARK
