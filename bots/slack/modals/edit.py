"""Changing a suggestion before it is approved: title, times, room, speaker. Pure."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticSelectElement,
    TimePickerElement,
)

from bots.slack.modals.frame import LABEL, OPTION, Answer, Drawn, Typed
from bots.slack.render import Page
from bots.slack.text import clean, directed, shorten
from core.kernel.cards import Form, Sheet
from core.kernel.phrases import Phrase, phrase

_WORDS = ("title", "room", "speaker")
_DAY, _START, _END, _END_DAY = "day", "start", "end", "endday"
_LONGEST, _MOST_ROOMS, _LONGEST_VALUE = 3000, 100, 150
"""Slack's limits: characters of a text input, options of a select and characters of an option's value."""
_MARK = 12
"""Characters of the mark by which it is known whether a text was changed."""


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return an input for everything that the action has, with what is proposed now."""
    form = sheet.form
    assert form is not None  # noqa: S101 the core gives an edit its form
    return Drawn(
        title=phrase("slack-edit-title"),
        submit=phrase("slack-edit-do"),
        blocks=[
            page.section(page.said(phrase("slack-edit-note"), LABEL)),
            *_text(page, "title", form.title),
            *_times(page, form),
            *_room(page, form),
            *_text(page, "speaker", form.speaker, optional=True),
        ],
        kept=_as_proposed(form),
    )


def read(typed: Typed) -> Answer:
    """Return what is different now: times together, as one moves the other; texts each by itself."""
    changed = {name: typed_ for name in _WORDS if (typed_ := _changed_text(typed, name)) is not None}
    empty = [name for name in ("title", "room") if changed.get(name) == ""]
    if empty:
        return Answer(wrong={empty[0]: phrase("slack-edit-empty")})
    moved = _moved(typed) if _START in typed.kept else {}
    if isinstance(moved, Answer):
        return moved
    evidence = {**changed, **moved}
    if not evidence:
        return Answer(wrong={_first(typed): phrase("slack-edit-nothing")})
    return Answer(evidence=evidence, blames=_blamed(evidence, typed))


def _text(page: Page, name: str, value: str | None, *, optional: bool = False) -> list[Block]:
    if value is None or len(value) > _LONGEST:
        return []
    element = PlainTextInputElement(action_id=name, initial_value=clean(value) or None)
    return [_input(page, name, element, optional=optional)]


def _times(page: Page, form: Form) -> list[Block]:
    start, end = _local(form.start, form), _local(form.end, form)
    if start is None:
        return []
    hint = phrase("slack-edit-zone", zone=form.zone)
    begins = _input(page, _START, _clock(_START, start, form), hint=hint)
    blocks = [_input(page, _DAY, DatePickerElement(action_id=_DAY, initial_date=start.date().isoformat())), begins]
    if end is None:
        return blocks
    other_day = end.date().isoformat() if end.date() != start.date() else None
    last = DatePickerElement(action_id=_END_DAY, initial_date=other_day)
    ends = _input(page, _END, _clock(_END, end, form))
    return [*blocks, ends, _input(page, _END_DAY, last, optional=True)]


def _room(page: Page, form: Form) -> list[Block]:
    if not form.rooms:
        return []
    if len(form.rooms) > _MOST_ROOMS or max(map(len, form.rooms)) > _LONGEST_VALUE:
        # More than a list can hold: the name is typed, and found as in a sentence.
        return _text(page, "room", form.room or "", optional=form.room is None)
    options = [
        Option(value=room, text=PlainTextObject(text=directed(shorten(room, OPTION - 1), page.locale), emoji=False))
        for room in form.rooms
    ]
    chosen = next((option for option in options if option.value == form.room), None)
    placeholder = page.plain(phrase("slack-edit-room-choose"), LABEL, emoji=False)
    element = StaticSelectElement(
        action_id="room", options=options, initial_option=chosen, placeholder=None if chosen else placeholder
    )
    return [_input(page, "room", element, optional=chosen is None)]


def _input(
    page: Page, name: str, element: InputInteractiveElement, *, optional: bool = False, hint: Phrase | None = None
) -> Block:
    return InputBlock(
        block_id=name,
        label=page.plain(phrase(f"slack-edit-field-{name}"), LABEL, emoji=False),
        hint=None if hint is None else page.plain(hint, LABEL, emoji=False),
        optional=optional,
        element=element,
    )


def _clock(name: str, at: datetime, form: Form) -> TimePickerElement:
    return TimePickerElement(action_id=name, initial_time=at.strftime("%H:%M"), timezone=form.zone)


def _local(at: datetime | None, form: Form) -> datetime | None:
    if at is None:
        return None
    return (at.astimezone(ZoneInfo(form.zone)) if at.tzinfo else at).replace(tzinfo=None, second=0, microsecond=0)


def _as_proposed(form: Form) -> Mapping[str, str]:
    kept = {name: _mark(getattr(form, name) or "") for name in _WORDS}
    for name, at in ((_START, _local(form.start, form)), (_END, _local(form.end, form))):
        if at is not None:
            kept[name] = at.isoformat(timespec="minutes")
    return kept


def _mark(text: str) -> str:
    return hashlib.sha256(" ".join(clean(text).split()).encode()).hexdigest()[:_MARK]


def _changed_text(typed: Typed, name: str) -> str | None:
    """Return the new text, or None where it is the old one or was not asked for."""
    if name not in typed.values:
        return None
    text = typed.chosen(name) or typed.text(name)
    return None if _mark(text) == typed.kept.get(name) else text


def _moved(typed: Typed) -> dict[str, str] | Answer:
    """Return start and end if either is different; who moves only the start keeps the length."""
    start, end = (_at(typed, block, day) for block, day in ((_START, _DAY), (_END, _END_DAY)))
    old_start, old_end = (_read(typed.kept.get(name)) for name in (_START, _END))
    if start is None or old_start is None:
        return Answer(wrong={_START: phrase("slack-edit-when")})
    if old_end is None:
        return {} if start == old_start else {"start": _written(start)}
    if end is None:
        return Answer(wrong={_END: phrase("slack-edit-when")})
    if _is_end_untouched(typed, old_start, old_end):
        end = start + (old_end - old_start)
    if end <= start:
        return Answer(wrong={_END: phrase("slack-edit-order")})
    is_same = (start, end) == (old_start, old_end)
    return {} if is_same else {"start": _written(start), "end": _written(end)}


def _is_end_untouched(typed: Typed, old_start: datetime, old_end: datetime) -> bool:
    other_day = old_end.date().isoformat() if old_end.date() != old_start.date() else ""
    return typed.text(_END) == old_end.strftime("%H:%M") and typed.text(_END_DAY) == other_day


def _at(typed: Typed, block: str, day: str) -> datetime | None:
    try:
        on = date.fromisoformat(typed.text(day) or typed.text(_DAY))
        return datetime.combine(on, time.fromisoformat(typed.text(block)))
    except ValueError:
        return None


def _read(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None


def _written(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _first(typed: Typed) -> str:
    return next(iter(typed.values), _START)


def _blamed(evidence: Mapping[str, str], typed: Typed) -> str:
    """Return the input under which a refusal stands: what was changed, the room first, as it is what is taken."""
    order = ("room", "start", "speaker", "title")
    return next((name for name in order if name in evidence and name in typed.values), _first(typed))
