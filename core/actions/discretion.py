"""What a card leaves out where others read along: notes about people, their addresses and numbers. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from core.kernel.cards import Card
from core.kernel.phrases import Money, Parts, Phrase, PhraseValue, phrase

IN_COMPANY = frozenset({"personal"})
"""Ids of phrases whose ``value`` is for the one who asks; made by ``core.kernel.phrases.personal``."""
FROM_VIEWERS = frozenset({"personal", "internal"})
"""What a viewer is not shown: notes about the work of vendors as well, made by ``core.kernel.phrases.internal``."""
_SHORTENED = {"impact-vip-note": "impact-vip", "conflict-participant-known": "conflict-participant-namesake"}
"""Sentences that carry something personal beside what everybody may read, and how they are said without it."""
_SECRET = frozenset({"note", "email"})
_LEAST = 4
"""Characters from which a personal value is looked for in people's own words; "ok" is no secret."""


def discreet(card: Card, why: Phrase, hidden: frozenset[str] = IN_COMPANY) -> Card:
    """Return the card as others may read it too: everybody is named, and nothing personal is told; ``why`` says so."""
    secrets = tuple(secret for each in _phrases(card) for secret in _secrets(each, hidden) if len(secret) >= _LEAST)
    if not any(is_personal(each, hidden) for each in _phrases(card)):
        return card
    # "1,500", "1.5k", "fifteen hundred": an amount is said in too many ways to be found in somebody's words.
    wordless = any(_withholds_money(each, hidden) for each in _phrases(card))

    def without(said: Phrase) -> Phrase:
        return without_personal(said, hidden)

    return replace(
        card,
        facts=tuple(replace(each, value=without(each.value)) for each in card.facts),
        changes=tuple(replace(each, now=without(each.now), proposed=without(each.proposed)) for each in card.changes),
        warnings=tuple(replace(each, text=without(each.text)) for each in card.warnings),
        impact=tuple(map(without, card.impact)),
        lines=tuple(map(without, card.lines)),
        consequences=tuple(map(without, card.consequences)),
        asked_by=_scrubbed(card.asked_by, secrets, wordless=wordless) if card.asked_by else None,
        why=_scrubbed(card.why, secrets, wordless=wordless) if card.why else None,
        footer=(*card.footer, why),
    )


def _phrases(card: Card) -> Iterator[Phrase]:
    yield from (each.value for each in card.facts)
    for each in card.changes:
        yield from (each.now, each.proposed)
    yield from (each.text for each in card.warnings)
    yield from (*card.impact, *card.lines, *card.consequences)


def _parts(said: Phrase) -> Iterator[Phrase]:
    """Yield a phrase and everything that is put into it."""
    yield said
    for value in said.args.values():
        each_one = value.items if isinstance(value, Parts) else value if isinstance(value, tuple) else (value,)
        for each in each_one:
            if isinstance(each, Phrase):
                yield from _parts(each)


def is_personal(said: Phrase, hidden: frozenset[str] = IN_COMPANY) -> bool:
    """Whether a sentence tells something that is not for everybody."""
    return any(part.id in hidden or part.id in _SHORTENED for part in _parts(said))


def _secrets(said: Phrase, hidden: frozenset[str]) -> Iterator[str]:
    for part in _parts(said):
        if part.id in _SHORTENED:
            yield from (str(value) for name, value in part.args.items() if name in _SECRET)
        if part.id in hidden:
            inside = cast("Phrase", part.args["value"])
            yield from (value for value in inside.args.values() if isinstance(value, str))


def _withholds_money(said: Phrase, hidden: frozenset[str]) -> bool:
    inside = (each for part in _parts(said) if part.id in hidden for each in _parts(part))
    return any(isinstance(value, Money) for each in inside for value in each.args.values())


def without_personal(said: Phrase, hidden: frozenset[str] = IN_COMPANY) -> Phrase:
    """Return a sentence without what is for one reader alone."""
    if said.id in hidden:
        return phrase("personal-withheld")
    args: Mapping[str, PhraseValue] = {name: _value(value, hidden) for name, value in said.args.items()}
    if said.id in _SHORTENED:
        return Phrase(_SHORTENED[said.id], {name: value for name, value in args.items() if name not in _SECRET})
    return Phrase(said.id, args)


def _value(value: PhraseValue, hidden: frozenset[str]) -> PhraseValue:
    if isinstance(value, Phrase):
        return without_personal(value, hidden)
    if isinstance(value, Parts):
        return Parts(_each(value.items, hidden))
    return _each(value, hidden) if isinstance(value, tuple) else value


def _each(values: tuple[Phrase | str, ...], hidden: frozenset[str]) -> tuple[Phrase | str, ...]:
    return tuple(without_personal(each, hidden) if isinstance(each, Phrase) else each for each in values)


def _scrubbed(said: Phrase, secrets: tuple[str, ...], *, wordless: bool) -> Phrase:
    """Leave personal values out of somebody's own words; ``wordless``: leave out all of them."""
    words = said.args.get("words")
    if not isinstance(words, str):
        return said
    if wordless:
        words = "…"
    for secret in secrets:
        words = words.replace(secret, "…")
    return Phrase(said.id, {**said.args, "words": words})
