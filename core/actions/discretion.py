"""What a card leaves out where others read along: notes about people, their addresses and numbers. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from core.kernel.cards import Card
from core.kernel.phrases import Phrase, PhraseValue, phrase

PERSONAL = "personal"
"""The id of a phrase whose ``value`` is for the one who asks; made by ``core.kernel.phrases.personal``."""
_SHORTENED = {"impact-vip-note": "impact-vip", "conflict-participant-known": "conflict-participant-namesake"}
"""Sentences that carry something personal beside what everybody may read, and how they are said without it."""
_SECRET = frozenset({"note", "email"})
_LEAST = 4
"""Characters from which a personal value is looked for in people's own words; "ok" is no secret."""


def discreet(card: Card, why: Phrase) -> Card:
    """Return the card as others may read it too: everybody is named, and nothing personal is told; ``why`` says so."""
    secrets = tuple(secret for each in _phrases(card) for secret in _secrets(each) if len(secret) >= _LEAST)
    if not any(_is_personal(each) for each in _phrases(card)):
        return card
    return replace(
        card,
        facts=tuple(replace(each, value=without_personal(each.value)) for each in card.facts),
        changes=tuple(
            replace(each, now=without_personal(each.now), proposed=without_personal(each.proposed))
            for each in card.changes
        ),
        warnings=tuple(replace(each, text=without_personal(each.text)) for each in card.warnings),
        impact=tuple(map(without_personal, card.impact)),
        lines=tuple(map(without_personal, card.lines)),
        consequences=tuple(map(without_personal, card.consequences)),
        asked_by=_scrubbed(card.asked_by, secrets) if card.asked_by else None,
        why=_scrubbed(card.why, secrets) if card.why else None,
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
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Phrase):
                yield from _parts(each)


def _is_personal(said: Phrase) -> bool:
    return any(part.id == PERSONAL or part.id in _SHORTENED for part in _parts(said))


def _secrets(said: Phrase) -> Iterator[str]:
    for part in _parts(said):
        if part.id in _SHORTENED:
            yield from (str(value) for name, value in part.args.items() if name in _SECRET)
        if part.id == PERSONAL:
            inside = cast("Phrase", part.args["value"])
            yield from (value for value in inside.args.values() if isinstance(value, str))


def without_personal(said: Phrase) -> Phrase:
    """Return a sentence without what is for one reader alone."""
    if said.id == PERSONAL:
        return phrase("personal-withheld")
    args: Mapping[str, PhraseValue] = {name: _value(value) for name, value in said.args.items()}
    if said.id in _SHORTENED:
        return Phrase(_SHORTENED[said.id], {name: value for name, value in args.items() if name not in _SECRET})
    return Phrase(said.id, args)


def _value(value: PhraseValue) -> PhraseValue:
    if isinstance(value, Phrase):
        return without_personal(value)
    if isinstance(value, tuple):
        return tuple(without_personal(each) if isinstance(each, Phrase) else each for each in value)
    return value


def _scrubbed(said: Phrase, secrets: tuple[str, ...]) -> Phrase:
    """Leave personal values out of somebody's own words."""
    words = said.args.get("words")
    if not isinstance(words, str):
        return said
    for secret in secrets:
        words = words.replace(secret, "…")
    return Phrase(said.id, {**said.args, "words": words})
