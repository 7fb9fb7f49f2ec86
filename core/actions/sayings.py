"""What somebody typed beside a decision: one line of visible characters, within its room. Pure."""

from core.texts import plain


class TooLong(ValueError):
    """There are more characters than there is room."""


def one_line(text: str, longest: int) -> str:
    """Return the text on one line, without control characters and without what is invisible or reorders others.

    Raises ``TooLong`` where more than ``longest`` characters are left.
    """
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in plain(text)).split())
    if len(said) > longest:
        raise TooLong
    return said
