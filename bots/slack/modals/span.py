"""A start and an end in a modal: who moves only the start keeps the length. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time

from slack_sdk.models.blocks import Block, DatePickerElement, TimePickerElement

from bots.slack.modals.frame import Answer, Typed
from bots.slack.modals.inputs import block_of
from bots.slack.render import Page
from core.kernel.cards import Field, Form
from core.kernel.phrases import phrase

_DAY, _START, _END, _END_DAY = "day", "start", "end", "endday"


def drawn(page: Page, field: Field, form: Form) -> list[Block]:
    """Return the day and the two times, and another day for an end that is on one."""
    start, end = (datetime.fromisoformat(each) for each in field.value.split("/"))
    other_day = end.date().isoformat() if end.date() != start.date() else None
    first = DatePickerElement(action_id=_DAY, initial_date=start.date().isoformat())
    last = DatePickerElement(action_id=_END_DAY, initial_date=other_day)
    zone = phrase("slack-edit-zone", zone=form.zone)
    return [
        block_of(page, _DAY, first, label=phrase("slack-edit-field-day")),
        block_of(page, _START, _clock(_START, start, form), label=phrase("slack-edit-field-start"), hint=zone),
        block_of(page, _END, _clock(_END, end, form), label=phrase("slack-edit-field-end")),
        block_of(page, _END_DAY, last, label=phrase("slack-edit-field-endday"), optional=True),
    ]


def kept(field: Field) -> Mapping[str, str]:
    """Return what has to be known again when it is submitted."""
    return dict(zip((_START, _END), field.value.split("/"), strict=True))


def moved(typed: Typed) -> dict[str, str] | Answer:
    """Return start and end if either is different, nothing where they are not asked for."""
    if _START not in typed.kept:
        return {}
    start, end = (_at(typed, block, day) for block, day in ((_START, _DAY), (_END, _END_DAY)))
    old_start, old_end = (datetime.fromisoformat(str(typed.kept[name])) for name in (_START, _END))
    missing = next((name for name, at in ((_START, start), (_END, end)) if at is None), None)
    if start is None or end is None:
        return Answer(wrong={missing or _START: phrase("slack-edit-when")})
    if _is_end_untouched(typed, old_start, old_end):
        end = start + (old_end - old_start)
    if end <= start:
        return Answer(wrong={_END: phrase("slack-edit-order")})
    is_same = (start, end) == (old_start, old_end)
    return {} if is_same else {_START: _written(start), _END: _written(end)}


def _clock(name: str, at: datetime, form: Form) -> TimePickerElement:
    return TimePickerElement(action_id=name, initial_time=at.strftime("%H:%M"), timezone=form.zone)


def _is_end_untouched(typed: Typed, old_start: datetime, old_end: datetime) -> bool:
    other_day = old_end.date().isoformat() if old_end.date() != old_start.date() else ""
    return typed.text(_END) == old_end.strftime("%H:%M") and typed.text(_END_DAY) == other_day


def _at(typed: Typed, block: str, day: str) -> datetime | None:
    try:
        on = date.fromisoformat(typed.text(day) or typed.text(_DAY))
        return datetime.combine(on, time.fromisoformat(typed.text(block)))
    except ValueError:
        return None


def _written(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
