"""The same with other values: judged by the tool again, a suggestion of its own in the place of the first."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.phrasing import conflict_phrase
from core.actions.sayings import TooLong, one_line
from core.actions.suggestion import Suggestion
from core.delivery.questions import queries as questions
from core.flows.deciding.asking import Asks, ask
from core.flows.deciding.fields import editable, edited, form_of, names_of
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deciding.replacing import RaceLost, put_in_place
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import weigh
from core.kernel.cards import Field, Press
from core.kernel.fields import Slot
from core.kernel.messages import Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Refused, ToolContext
from core.texts import say

_OPTION, _MOST_OPTIONS = "is_", 20
"""What begins the choice of an option; how many a phone shows as buttons. Another one is written."""
_LONGEST, _MOST_WORDS = 500, 2000
"""Characters of a value and of a text of several lines, as in what the model may say."""


async def edit(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Replace a suggestion by one with other values; without any, ask for the value that was chosen.

    Return what to tell the presser, or None when the card says it all.
    """
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or not waits(rt, found):
        return await _too_late(rt, principal, found, suggestion_id, decision)
    slots = editable(write_tool(found.request.action_type), found.action())
    if not slots:
        return await refuse(rt, principal, found, phrase("edit-nothing-to"))
    if decision.choice.startswith(_OPTION):
        return await _take_option(rt, principal, found, decision)
    values = _values(slots, decision.evidence)
    if isinstance(values, Phrase):
        return await refuse(rt, principal, found, values)
    if not values:
        return await _ask(rt, principal, found, decision)
    try:
        told = await _edited(rt, principal, found, values, decision)
    except RaceLost:
        return await why_unchanged(rt, principal, decision, suggestion_id)
    except OverflowError:
        # The first or the last day that there is, moved to another time zone.
        told = phrase("edit-time-how")
    return None if told is None else await refuse(rt, principal, found, told)


async def _too_late(
    rt: Runtime, principal: Principal, found: Suggestion | None, suggestion_id: UUID, decision: Decision
) -> Phrase | None:
    """Say why nothing is changed; options stay below a question that was answered, as it was asked then."""
    if found is not None and found.review.superseded_by is not None and decision.choice.startswith(_OPTION):
        return phrase("ask-answered")
    return await why_unchanged(rt, principal, decision, suggestion_id)


def _values(slots: tuple[Slot, ...], evidence: Mapping[str, str]) -> dict[str, str] | Phrase:
    longest = {name: _MOST_WORDS if slot.kind == "words" else _LONGEST for slot in slots for name in names_of(slot)}
    found: dict[str, str] = {}
    for name in filter(evidence.__contains__, longest):
        try:
            found[name] = one_line(evidence[name], longest[name])
        except TooLong:
            return phrase("edit-too-long", longest=longest[name])
    return found


async def _ask(rt: Runtime, principal: Principal, found: Suggestion, decision: Decision) -> Phrase | None:
    field = await _field(rt, principal, found, decision.choice)
    if field is None:
        told = phrase("edit-unchanged" if not decision.choice else "decision-unknown")
        return await refuse(rt, principal, found, told)
    offered = tuple((say(principal.locale, said), press) for said, press in _presses(found, field))
    question = field.ask or f"ask-field-{field.kind}"
    return await ask(rt, principal, found, decision, Asks(question, {"label": field.label}, offered=offered))


async def _field(rt: Runtime, principal: Principal, found: Suggestion, name: str) -> Field | None:
    """Return what of the suggestion is called so, as it is proposed now."""
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        form = await form_of(ctx, write_tool(found.request.action_type), found)
    return next((each for each in form.fields if each.name == name), None) if form else None


def _presses(found: Suggestion, field: Field) -> list[tuple[Phrase, Press]]:
    """Return what can be chosen, what is proposed apart, each with the press that chooses it."""
    others = [(value, said) for value, said in field.options if value != field.value][:_MOST_OPTIONS]
    return [(said, Press(found.id, "edit", _key(value))) for value, said in others]


async def _take_option(rt: Runtime, principal: Principal, found: Suggestion, decision: Decision) -> Phrase | None:
    """Take an option that was pressed below the question for it; the card that led there is the one that changes."""
    async with rt.db.as_system() as tx:
        asked = await questions.on_message(tx, principal.organization_id, decision.pressed)
    field = None
    if asked is not None and asked.suggestion_id == found.id:
        field = await _field(rt, principal, found, asked.choice)
    if asked is None or field is None:
        return await refuse(rt, principal, found, phrase("decision-unknown"))
    if asked.user_id != principal.user_id:
        return await refuse(rt, principal, found, phrase("ask-not-yours", name=asked.name))
    value = next((value for value, _said in field.options if _key(value) == decision.choice), None)
    if value is None or value == field.value:
        return await refuse(rt, principal, found, phrase("edit-unchanged"))
    chosen = replace(decision, choice=field.name, pressed=asked.pressed, evidence={field.name: value})
    return await edit(rt, principal, found.id, chosen) or phrase("edit-is-done")


def _key(value: str) -> str:
    """Return what names an option on a button; a place in a list would name another one when one is added."""
    return _OPTION + hashlib.sha256(value.encode()).hexdigest()[:10]


async def _edited(
    rt: Runtime, principal: Principal, old: Suggestion, values: Mapping[str, str], decision: Decision
) -> Phrase | None:
    """Put the edited suggestion in the old one's place; return why nothing was changed, or None."""
    tool = write_tool(old.request.action_type)
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        args = await edited(ctx, tool, old.action(), values)
        if isinstance(args, Refused):
            return args.why
        if args == old.request.args:
            return phrase("edit-unchanged")
        looked = await tool.review(ctx, args)
        if isinstance(looked, Refused):
            return looked.why
        weighed = await weigh(ctx, looked, raised_to=old.request.raised_to)
        blocking = next((each for each in weighed.proposal.conflicts if each.severity == "error"), None)
        if blocking is not None:
            return conflict_phrase(blocking, looked.zone)
        # The model gave its reason for other values.
        asked = replace(Asked.of(old), because=None)
        draft = Draft(
            weighed=weighed,
            asked=asked,
            edited_from=old.id,
            edited_by=principal.name,
            editor=principal.user_id,
            editors=(*old.request.editors, principal.user_id),
        )
        await put_in_place(rt, ctx, old, draft, decision.pressed)
    return None
