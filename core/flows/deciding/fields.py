"""What can be edited of a suggestion, as a form and as the arguments of the same write with other values."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from core.actions.suggestion import Suggestion
from core.flows.deciding.reading import BadValue, read_value
from core.kernel.cards import Field, Form
from core.kernel.fields import FIRST, SPAN, Slot, slots_of
from core.kernel.phrases import Phrase, phrase, verbatim
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Refused, Said, ToolContext, WriteTool
from core.naming import queries as naming

Row = dict[str, Any]


def editable(tool: WriteTool[Any], action: Action) -> tuple[Slot, ...]:
    """Return what of a suggested write can be changed; nothing of one that cannot be said to its tool. Pure."""
    return slots_of(tool.args) if said_of(tool, action) is not None else ()


def said_of(tool: WriteTool[Any], action: Action) -> Said | None:
    """Return a write in the words of its tool's arguments; None where it cannot be changed.

    What takes something back brings rows as they were, which nobody could say.
    """
    if tool.editing is None or (action.is_undo and tool.editing.apply is None):
        return None
    return tool.editing.said(action)


async def form_of(ctx: ToolContext, tool: WriteTool[Any], found: Suggestion) -> Form | None:
    """Return the values as they are proposed now, and what there is to choose from; None where nothing is editable."""
    action = found.action()
    said = said_of(tool, action)
    if said is None:
        return None
    known = {**said.now, **said.wanted}
    fields = [
        Field(
            name=slot.name,
            kind=slot.kind,
            label=slot.label,
            value=_shown(slot, known),
            options=await _options(ctx, slot, found.request.event_id),
            is_optional=slot.is_optional,
            least=slot.least,
            most=slot.most,
            ask=slot.mark.ask,
        )
        for slot in slots_of(tool.args)
    ]
    return Form(zone=action.zone, fields=tuple(fields))


async def edited(
    ctx: ToolContext, tool: WriteTool[Any], action: Action, typed: Mapping[str, str]
) -> dict[str, Any] | Refused:
    """Return the canonical arguments of the same write with other values; its own where nothing is another.

    What is not marked as editable cannot come in here: not by name, and not as another write than was suggested.
    """
    said = said_of(tool, action)
    if tool.editing is None or said is None:
        return Refused(phrase("edit-nothing-to"))
    if ctx.principal.role not in tool.roles:
        return Refused(phrase("edit-not-yours"))
    says_itself = tool.editing.apply is not None
    try:
        values = {
            name: read_value(slot, typed[name], now=ctx.now, zone=action.zone, may_be_empty=says_itself)
            for slot in slots_of(tool.args)
            for name in names_of(slot)
            if name in typed
        }
    except BadValue as bad:
        return Refused(bad.phrase)
    if tool.editing.apply is not None:
        return await tool.editing.apply(ctx, action, values)
    known = {**said.now, **said.wanted}
    changed = {name: value for name, value in values.items() if _text(value) != _text(known.get(_key(tool, name)))}
    if not changed:
        return action.args
    try:
        wanted = tool.args.model_validate(_arguments(tool.args, said, changed))
    except ValidationError as wrong:
        return Refused(_why(tool.args, wrong))
    looked = await tool.preview(ctx, wanted)
    if isinstance(looked, Refused):
        return looked
    return looked.args if is_same_write(tool, action, looked) else Refused(phrase("edit-nothing-to"))


def names_of(slot: Slot) -> tuple[str, ...]:
    """Return under which names a value comes back: a span as its start and its end."""
    return ("start", "end") if slot.name == SPAN else (slot.name,)


def is_same_write(tool: WriteTool[Any], action: Action, looked: Proposal) -> bool:
    """Whether an edit is still of the same kind and about the same things; what is made anew has ids of its own."""
    if looked.action_type != action.action_type:
        return False
    before, after = (
        {each.thing for each in tool.claims(args, row) if each.part == "about"}
        for args, row in ((action.args, action.before), (looked.args, looked.before))
    )
    return looked.effect == "create" or before == after


def _key(tool: WriteTool[Any], name: str) -> str:
    return next(slot.path[-1] for slot in slots_of(tool.args) if slot.name == name)


def _arguments(args: type[BaseModel], said: Said, changed: Mapping[str, Any]) -> Row:
    """Return what somebody would say to the tool; what is emptied is said to be cleared, where there is such a word."""
    found: Row = {key: value for key, value in said.fixed.items() if value and key in args.model_fields}
    for slot in slots_of(args):
        place, key = _place(found, slot.path)
        value = changed[slot.name] if slot.name in changed else said.wanted.get(key)
        if value is not None:
            place[key] = value
        elif slot.clears and (slot.name in changed or key in said.wanted):
            place.setdefault("clear", []).append(slot.clears)
    return found


def _place(found: Row, path: tuple[str, ...]) -> tuple[Row, str]:
    for step in path[:-1]:
        inside = found.setdefault(step.removesuffix(FIRST), [{}] if step.endswith(FIRST) else {})
        found = inside[0] if step.endswith(FIRST) else inside
    return found, path[-1]


def _shown(slot: Slot, known: Row) -> str:
    if slot.kind == "span":
        return "/".join(_text(known.get(key)) for key in (slot.path[-1], slot.mark.until))
    value = known.get(slot.path[-1])
    return ("yes" if value else "no") if slot.kind == "flag" else _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


async def _options(ctx: ToolContext, slot: Slot, event_id: UUID | None) -> tuple[tuple[str, Phrase], ...]:
    if slot.kind == "place" and event_id is not None:
        return tuple((row["name"], verbatim(row["name"])) for row in await naming.rooms(ctx.tx, event_id, ""))
    if slot.kind == "person":
        return tuple((str(row["id"]), verbatim(row["name"])) for row in await naming.people(ctx.tx))
    if slot.kind == "flag":
        return (("yes", phrase("field-yes")), ("no", phrase("field-no")))
    return slot.choices


def _why(args: type[BaseModel], wrong: ValidationError) -> Phrase:
    """Say in one sentence which value cannot be, and how it can."""
    paths = {tuple(step.removesuffix(FIRST) for step in each.path): each for each in slots_of(args)}
    for error in wrong.errors():
        at = tuple(each for each in error["loc"] if isinstance(each, str))
        slot = next((each for path, each in paths.items() if path == at[: len(path)]), None)
        if slot is None:
            continue
        longest = error.get("ctx", {}).get("max_length")
        if isinstance(longest, int):
            return phrase("edit-too-long", longest=longest)
        return BadValue.of(slot).phrase
    return phrase("edit-nothing-to")
