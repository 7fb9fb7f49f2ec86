"""Sheets for the tests, one for every verdict that opens a modal, and what is typed into them."""

from dataclasses import replace
from typing import Any

from bots.slack.modals.frame import Seal
from bots.slack.modals.sheet import Submission, sheet_view, submitted
from core.actions.rejections import REASONS
from core.kernel.cards import Button, Field, Form, Sheet
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser
from tests.unit.slack.cards import ENGLISH, SUGGESTION

SEAL = Seal("xoxb-1")
CARD = replace(ENGLISH, shown_hash="abc")
READ = (phrase("impact-registered", count=9), phrase("impact-vip-note", name="דנה", note="Needs a ramp"))
HIGH = replace(CARD, gesture="acknowledge", consequences=READ)
CRITICAL = replace(CARD, gesture="type_word", word=phrase("word-delete"))
BUNDLE = replace(CARD, lines=tuple(verbatim(f"Line number {n}") for n in range(1, 13)))
ROOMS = tuple((name, verbatim(name)) for name in ("Hall A", "Hall B", "אולם ג"))
FORM = Form(
    zone="Asia/Jerusalem",
    fields=(
        Field(name="title", kind="text", label=phrase("field-title"), value="Rain Plans"),
        Field(name="time", kind="span", label=phrase("field-when"), value="2026-05-01T09:00/2026-05-01T10:30"),
        Field(name="room", kind="place", label=phrase("field-room"), value="Hall B", options=ROOMS),
        Field(name="speaker", kind="text", label=phrase("field-speaker-name"), value="Noa", is_optional=True),
    ),
)


def with_values(form: Form, **values: str) -> Form:
    """Return a form with other values."""
    return replace(form, fields=tuple(replace(each, value=values.get(each.name, each.value)) for each in form.fields))


SHEETS = {
    "approve": Sheet(verdict="approve", card=HIGH, locale="en"),
    "break_glass": Sheet(verdict="break_glass", card=CRITICAL, locale="en"),
    "choose": Sheet(verdict="choose", card=BUNDLE, locale="en"),
    "edit": Sheet(verdict="edit", card=CARD, locale="en", form=FORM),
    "reject": Sheet(
        verdict="reject",
        card=CARD,
        locale="en",
        reasons=tuple(Button("reject", said, "plain", choice=code) for code, said in REASONS.items()),
    ),
    "show": Sheet(
        verdict="show", card=HIGH, locale="en", notices=((verbatim("Dana will read:"), verbatim("one\ntwo <3>")),)
    ),
}
PRESS = Decision(
    event_id="press/C1/1.7/U1/9.5",
    sender=ChatUser("slack", "T1", "U1"),
    suggestion_id=SUGGESTION,
    verdict="approve",
    pressed=MessageRef("slack", "T1", "C1", "1700000001.7"),
)


def drawn(sheet: Sheet, choice: str = "") -> dict[str, Any]:
    """Return a sheet's modal as Slack gets it."""
    return sheet_view(sheet, replace(PRESS, choice=choice), "ours", SEAL).to_dict()


def untouched(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the state of a modal in which nobody has touched anything."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: _state(block["element"])} for block in inputs}


def submission(view: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """Return the payload of a modal in which somebody typed: a text, an option's value, or a list of them."""
    values = untouched(view)
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    for block, given in typed.items():
        element = elements[block]
        values[block] = {element["action_id"]: _typed(element, given)}
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": {**view, "id": "V1", "state": {"values": values}},
    }


def read(sheet: Sheet, **typed: Any) -> Submission:
    """Submit a sheet's modal and return what it asks for."""
    found = submitted(submission(drawn(sheet), **typed), SEAL)
    assert found is not None
    return found


def _state(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    if kind == "checkboxes":
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    initial, field = _FIELDS[kind]
    return {"type": kind, field: element.get(initial)}


_FIELDS = {
    "plain_text_input": ("initial_value", "value"),
    "radio_buttons": ("initial_option", "selected_option"),
    "static_select": ("initial_option", "selected_option"),
    "number_input": ("initial_value", "value"),
    "datepicker": ("initial_date", "selected_date"),
    "timepicker": ("initial_time", "selected_time"),
}


def _typed(element: dict[str, Any], given: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind == "checkboxes":
        return {"type": kind, "selected_options": [each for each in element["options"] if each["value"] in given]}
    if kind in {"radio_buttons", "static_select"}:
        [option] = [each for each in element["options"] if each["value"] == given]
        return {"type": kind, "selected_option": option}
    return {"type": kind, _FIELDS[kind][1]: given}
