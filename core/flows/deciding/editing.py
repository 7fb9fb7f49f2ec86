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
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deciding.replacing import RaceLost, put_in_place
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import weigh
from core.kernel.cards import Press
from core.kernel.messages import Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Editing, Refused, ToolContext

_VALUES = ("title", "start", "end", "room", "speaker")
_ROOM, _MOST_ROOMS = "room_", 20
"""What begins the choice of a room; how many a phone shows as buttons. Another one is written."""
_LONGEST = 500
"""Characters of a value, as in what the model may say."""


async def edit(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Replace a suggestion by one with other values; without any, ask for the value that was chosen.

    Return what to tell the presser, or None when the card says it all.
    """
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or not waits(rt, found):
        return await _too_late(rt, principal, found, suggestion_id, decision)
    editing = write_tool(found.request.action_type).editing
    if editing is None:
        return await refuse(rt, principal, found, phrase("edit-nothing-to"))
    if decision.choice.startswith(_ROOM):
        return await _take_room(rt, principal, found, editing, decision)
    values = _values(decision.evidence)
    if isinstance(values, Phrase):
        return await refuse(rt, principal, found, values)
    if not values:
        return await _ask(rt, principal, found, editing, decision)
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
    """Say why nothing is changed; rooms stay below a question that was answered, as it was asked then."""
    if found is not None and found.review.superseded_by is not None and decision.choice.startswith(_ROOM):
        return phrase("ask-answered")
    return await why_unchanged(rt, principal, decision, suggestion_id)


def _values(evidence: Mapping[str, str]) -> dict[str, str] | Phrase:
    try:
        return {name: one_line(evidence[name], _LONGEST) for name in _VALUES if name in evidence}
    except TooLong:
        return phrase("edit-too-long", longest=_LONGEST)


async def _ask(
    rt: Runtime, principal: Principal, found: Suggestion, editing: Editing, decision: Decision
) -> Phrase | None:
    if decision.choice not in editing.properties:
        told = phrase("edit-unchanged" if not decision.choice else "decision-unknown")
        return await refuse(rt, principal, found, told)
    offered = await _rooms(rt, principal, found, editing) if decision.choice == "room" else ()
    return await ask(rt, principal, found, decision, Asks(f"ask-{decision.choice}", offered=offered))


async def _rooms(
    rt: Runtime, principal: Principal, found: Suggestion, editing: Editing
) -> tuple[tuple[str, Press], ...]:
    """Return the rooms there are, the one that is proposed apart, each with the press that chooses it."""
    async with rt.db.acting_as(principal) as tx:
        form = await editing.form(ToolContext(tx, principal, rt.now()), found.action())
    others = [room for room in form.rooms if room != form.room][:_MOST_ROOMS]
    return tuple((room, Press(found.id, "edit", _key(room))) for room in others)


async def _take_room(
    rt: Runtime, principal: Principal, found: Suggestion, editing: Editing, decision: Decision
) -> Phrase | None:
    """Take a room that was pressed below the question for it; the card that led there is the one that changes."""
    async with rt.db.as_system() as tx:
        asked = await questions.on_message(tx, principal.organization_id, decision.pressed)
    if asked is None or (asked.suggestion_id, asked.choice) != (found.id, "room"):
        return await refuse(rt, principal, found, phrase("decision-unknown"))
    if asked.user_id != principal.user_id:
        return await refuse(rt, principal, found, phrase("ask-not-yours", name=asked.name))
    room = next(
        (name for name, press in await _rooms(rt, principal, found, editing) if press.choice == decision.choice), None
    )
    if room is None:
        return await refuse(rt, principal, found, phrase("edit-unchanged"))
    chosen = replace(decision, choice="room", pressed=asked.pressed, evidence={"room": room})
    return await edit(rt, principal, found.id, chosen) or phrase("edit-is-done")


def _key(room: str) -> str:
    """Return what names a room on a button; a place in a list would name another one when a room is added."""
    return _ROOM + hashlib.sha256(room.encode()).hexdigest()[:10]


async def _edited(
    rt: Runtime, principal: Principal, old: Suggestion, values: Mapping[str, str], decision: Decision
) -> Phrase | None:
    """Put the edited suggestion in the old one's place; return why nothing was changed, or None."""
    tool = write_tool(old.request.action_type)
    assert tool.editing is not None  # noqa: S101 the caller has looked
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        args = await tool.editing.apply(ctx, old.action(), values)
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
