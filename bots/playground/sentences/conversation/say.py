"""The stand-in's own sentences, in Fluent like the program's; values are isolated, so that both directions mix."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource

from bots.playground.sentences.grammar.text import Language
from core.texts.loader import joined_by_maqaf

_FOLDER = Path(__file__).parent / "words"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"


def say(language: Language, message: str, **values: str | int) -> str:
    """Return a sentence. Raises ``LookupError`` for one that does not exist."""
    bundle = _bundle(language)
    if not bundle.has_message(message):
        raise LookupError(message)
    pattern = bundle.get_message(message).value
    if pattern is None:
        raise LookupError(message)
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise ValueError(f"{message}: {errors[0]}")
    return joined_by_maqaf(str(text)) if language == "he" else str(text)


def has(message: str) -> bool:
    """Whether there is a sentence of that name; both languages have the same."""
    return _bundle("en").has_message(message)


def isolated(value: str) -> str:
    """Return a value that stands in a line without reordering it."""
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


def is_of(language: Language, value: str) -> bool:
    """Whether words of the program are in this language: it says things in the person's own, whatever they wrote in."""
    first = next((letter for letter in value if letter.isalpha()), "")
    return bool(first) and ("\u0590" <= first <= "\u05ff") == (language == "he")


def in_line(language: Language, value: str) -> str:
    """Return words of this language, which may begin with a name of another, so that they keep their order."""
    return (_RIGHT_TO_LEFT_MARK if language == "he" else _LEFT_TO_RIGHT_MARK) + value


def day_text(language: Language, day: date) -> str:
    """Return a day with its weekday."""
    return format_date(day, "EEEE, d בMMMM" if language == "he" else "EEEE, MMMM d", locale=language)


def span_text(language: Language, start: str, end: str | None) -> str:
    """Return two times of day with a word between them, one where there is no end; both are local ISO 8601."""
    return say(language, "span", start=clock_of(start), end=clock_of(end)) if end else isolated(clock_of(start))


def moment_text(language: Language, at: str) -> str:
    """Return a day and a time of day; ``at`` is local ISO 8601."""
    moment = datetime.fromisoformat(at)
    return say(language, "moment", day=day_text(language, moment.date()), time=f"{moment:%H:%M}")


def clock_of(at: str) -> str:
    """Return the time of day of a local ISO 8601 moment."""
    return at[11:16]


@cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=True)
    for path in sorted((_FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
