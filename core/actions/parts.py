"""A card as the one list of parts that every chat shows: their order, headings, marks and lines. Pure.

A chat's renderer knows how a heading, a line, a list, a quotation look there, and how much of them there is room for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from core.kernel.cards import Abilities, Card, Change, Fact, Risk, Severity, Status
from core.kernel.phrases import Phrase, phrase

Part: TypeAlias = Literal[
    "head",
    "notes",
    "changes",
    "lines",
    "facts",
    "conflicts",
    "impact",
    "rivals",
    "asked_by",
    "why",
    "consequences",
    "told",
    "gesture",
    "footer",
]

ORDER: tuple[Part, ...] = get_args(Part)
"""What it is and how it stands, what changes, what stays, what speaks against it, whom it touches, who asked."""
WHAT_RUNS: tuple[Part, ...] = ("changes", "lines", "facts")
"""What a form in which something is decided repeats of its card."""
CAUTION_MARKS: dict[Severity, str] = {"error": "⛔", "warning": "⚠️"}
_RISK_MARKS: dict[Risk, str] = {"low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}
_STATE_MARKS: dict[Status, str] = {
    "suggested": "⏳",
    "approved": "👍",
    "rejected": "🚫",
    "executed": "✅",
    "failed": "❌",
    "expired": "⌛",
    "superseded": "🔄",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its mark or number, its label, if it has them, and what it says."""

    text: Phrase
    mark: str = ""
    label: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What it is, and how it stands."""

    title: Phrase
    state: Line
    risk: Line


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences about the card as a whole; ``is_loud`` where one says what to do."""

    said: tuple[Phrase, ...]
    is_loud: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """Properties from what to what; ``after`` and ``before`` are what the two sides of each are called."""

    after: Phrase
    before: Phrase
    rows: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines under a heading."""

    part: Part
    heading: Phrase
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, which nobody shall take for a fact; the model's say by themselves whose they are."""

    words: Phrase
    label: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Footer:
    """What is good to know, in small letters."""

    said: tuple[Phrase, ...]


Section: TypeAlias = Head | Notes | Changes | Facts | Listing | Quote | Footer


def on_a_card(card: Card, can: Abilities) -> Iterator[Section]:
    """Yield what a posted card shows in a chat: how to approve, too, where no form tells that."""
    apart = {"consequences", "told", *(("gesture",) if can.modals else ())}
    return parts_of(card, (part for part in ORDER if part not in apart))


def parts_of(card: Card, wanted: Iterable[Part]) -> Iterator[Section]:
    """Yield parts of a card in order, those that there are."""
    parts = set(wanted)
    return (section for part in ORDER if part in parts for section in _MAKE[part](card))


def in_full(card: Card, told: Iterable[tuple[Phrase, Phrase]]) -> Iterator[Section]:
    """Yield everything that there is to know. ``told``: who will be told of the decision, and what they will read."""
    yield from parts_of(card, (part for part in ORDER if part not in {"gesture", "footer"}))
    yield from (Listing("told", who, (Line(text),)) for who, text in told)
    yield from _listing("footer", "card-footer", card.footer)


def state_line(card: Card) -> Line:
    """Return how a card stands."""
    return Line(phrase(f"state-{card.state}"), _STATE_MARKS[card.state])


def risk_line(card: Card) -> Line:
    """Return how much is at stake, to be said behind its mark and its label."""
    return Line(phrase(f"risk-{card.risk}"), _RISK_MARKS[card.risk], phrase("card-risk"))


def _head(card: Card) -> Iterator[Section]:
    yield Head(card.title, state_line(card), risk_line(card))


def _notes(card: Card) -> Iterator[Section]:
    notes = tuple(note for note in (card.outcome, card.notice) if note is not None)
    if notes:
        yield Notes(notes)


def _changes(card: Card) -> Iterator[Section]:
    """As it shall be and as it is; once done, as it was; once that is taken back, what went and what came back."""
    done = ("undone", "restored") if card.is_taken_back else ("after", "before")
    after, before = done if card.state == "executed" else ("proposed", "now")
    if card.changes:
        yield Changes(phrase(f"card-{after}"), phrase(f"card-{before}"), card.changes)


def _lines(card: Card) -> Iterator[Section]:
    """A bundle's lines, with the numbers under which they can be left out."""
    if card.lines:
        lines = tuple(Line(text, f"{number}.") for number, text in enumerate(card.lines, 1))
        yield Listing("lines", phrase("card-lines"), lines)


def _facts(card: Card) -> Iterator[Section]:
    if card.facts:
        yield Facts(card.facts)


def _conflicts(card: Card) -> Iterator[Section]:
    if card.warnings:
        lines = tuple(Line(each.text, CAUTION_MARKS[each.severity]) for each in card.warnings)
        yield Listing("conflicts", phrase("card-conflicts"), lines)


def _asked_by(card: Card) -> Iterator[Section]:
    if card.asked_by is not None:
        yield Quote(card.asked_by, phrase("card-asked"))


def _why(card: Card) -> Iterator[Section]:
    if card.why is not None:
        yield Quote(card.why)


def _gesture(card: Card) -> Iterator[Section]:
    """A word is typed as an answer to the card; in a chat whose reader may not decide there is nothing to say."""
    if card.word is not None and not all(button.verdict == "show" for button in card.buttons):
        yield Notes((phrase("gesture-reply", word=card.word),), is_loud=True)


def _consequences(card: Card) -> Iterator[Section]:
    """What has to be acknowledged and stands nowhere else: many VIPs are one consequence, and each is in the impact."""
    said_before = (*card.impact, *(each.text for each in card.warnings))
    rest = [each for each in card.consequences if each not in said_before and each.id != "consequence-vips"]
    yield from _listing("consequences", "card-consequences", rest)


def _footer(card: Card) -> Iterator[Section]:
    if card.footer:
        yield Footer(card.footer)


def _listing(part: Part, heading: str, said: Sequence[Phrase]) -> Iterator[Section]:
    if said:
        yield Listing(part, phrase(heading), tuple(Line(each, "•") for each in said))


_MAKE: dict[Part, Callable[[Card], Iterator[Section]]] = {
    "head": _head,
    "notes": _notes,
    "changes": _changes,
    "lines": _lines,
    "facts": _facts,
    "conflicts": _conflicts,
    "impact": lambda card: _listing("impact", "card-impact", card.impact),
    "rivals": lambda card: _listing("rivals", "waiting-rivals", card.rivals),
    "asked_by": _asked_by,
    "why": _why,
    "gesture": _gesture,
    "consequences": _consequences,
    "told": lambda _card: iter(()),
    "footer": _footer,
}
