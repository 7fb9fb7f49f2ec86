"""Text as Slack reads it: escaped, cut in characters, and in Hebrew starting from the right."""

from babel import Locale as BabelLocale

from core.kernel.principal import Locale

ELLIPSIS = "\u2026"
_RIGHT_TO_LEFT_MARK = "\u200f"
_LONGEST_MESSAGE = 4000
"""Characters of a message's text that Slack recommends; it cuts at 40,000."""


def escape(text: str) -> str:
    """Escape the three characters of mrkdwn that can make a mention, a link or an entity of a value."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(text: str, limit: int) -> str:
    """Cut a text to ``limit`` characters, its end marked."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def directed(text: str, locale: Locale) -> str:
    """Return a paragraph that reads from right to left in such a language, whatever it begins with.

    Slack has no attribute for direction; it looks for the first strong character of each line.
    """
    if BabelLocale.parse(locale).text_direction != "rtl":
        return text
    return "\n".join(_RIGHT_TO_LEFT_MARK + line for line in text.split("\n"))


def pieces(text: str, limit: int = _LONGEST_MESSAGE) -> list[str]:
    """Cut a long answer at line or word ends into messages that Slack shows whole."""
    found: list[str] = []
    while len(text) > limit:
        cut = max(text.rfind("\n", 0, limit), 0) or max(text.rfind(" ", 0, limit), 0) or limit
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]
