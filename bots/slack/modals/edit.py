"""Changing a suggestion before it is approved: an input for each value, by its type. Pure."""

import hashlib
from collections.abc import Mapping

from bots.slack.modals import inputs, span
from bots.slack.modals.frame import LABEL, Answer, Drawn, Typed
from bots.slack.modals.inputs import DAY, LONGEST
from bots.slack.render import Page
from bots.slack.text import clean
from core.kernel.cards import Field, Sheet
from core.kernel.phrases import phrase

_FIELDS, _MUST, _MOMENTS = "fields", "must", "moments"
"""Under which names a modal remembers what it asked for, what cannot be empty and what is a day and a time."""
_MARK = 12
"""Characters of the mark by which it is known whether a value was changed."""


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return an input for everything that can be changed, with what is proposed now."""
    form = sheet.form
    assert form is not None  # noqa: S101 the core gives an edit its form
    fields = [field for field in form.fields if len(field.value) <= LONGEST]
    return Drawn(
        title=phrase("slack-edit-title"),
        submit=phrase("slack-edit-do"),
        blocks=[
            page.section(page.said(phrase("slack-edit-note"), LABEL)),
            *(
                block
                for field in fields
                for block in (span if field.kind == "span" else inputs).drawn(page, field, form)
            ),
        ],
        kept=_as_proposed(fields),
    )


def read(typed: Typed) -> Answer:
    """Return what is different now, each by itself; start and end together, as one moves the other."""
    names = [name for name in str(typed.kept.get(_FIELDS, "")).split(",") if name in typed.values]
    changed = {name: said for name in names if (said := _changed(typed, name)) is not None}
    empty = next((name for name in changed if not changed[name] and name in _kept(typed, _MUST)), None)
    if empty is not None:
        return Answer(wrong={empty: phrase("slack-edit-empty")})
    half = next(
        (name for name in _kept(typed, _MOMENTS) if bool(typed.text(name)) != bool(typed.text(name + DAY))), None
    )
    if half is not None:
        return Answer(wrong={half: phrase("slack-edit-when")})
    moved = span.moved(typed)
    if isinstance(moved, Answer):
        return moved
    evidence = {**changed, **moved}
    if not evidence:
        return Answer(wrong={next(iter(typed.values), ""): phrase("slack-edit-nothing")})
    return Answer(evidence=evidence, blames=_blamed(evidence, typed))


def _as_proposed(fields: list[Field]) -> Mapping[str, str]:
    spans = next((span.kept(field) for field in fields if field.kind == "span"), {})
    others = [field for field in fields if field.kind != "span"]
    return {
        **{field.name: _mark(field.value) for field in others},
        **spans,
        _FIELDS: ",".join(field.name for field in others),
        _MUST: ",".join(field.name for field in others if field.value and not field.is_optional),
        _MOMENTS: ",".join(field.name for field in others if field.kind == "moment"),
    }


def _kept(typed: Typed, name: str) -> list[str]:
    return [each for each in str(typed.kept.get(name, "")).split(",") if each]


def _mark(text: str) -> str:
    return hashlib.sha256(" ".join(clean(text).split()).encode()).hexdigest()[:_MARK]


def _changed(typed: Typed, name: str) -> str | None:
    """Return the new value, or None where it is the old one."""
    day = typed.text(name + DAY)
    text = typed.chosen(name) or typed.text(name)
    said = f"{day}T{text}" if day and text else text
    return None if _mark(said) == typed.kept.get(name) else said


def _blamed(evidence: Mapping[str, str], typed: Typed) -> str:
    """Return the input under which a refusal stands: what was changed, the room first, as it is what is taken."""
    order = ("room", "start", *evidence)
    return next((name for name in order if name in evidence and name in typed.values), next(iter(typed.values), ""))
