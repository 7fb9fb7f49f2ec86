"""Proposals about people themselves: who they are, whether they are VIPs, whether they have arrived."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core.domains.participants import queries
from core.domains.participants.models import (
    AddParticipant,
    CheckInParticipant,
    RemoveParticipant,
    SetVip,
    UpdateParticipant,
)
from core.domains.participants.resolve import the_participant
from core.domains.participants.rules import conflicts_of_adding, impact_of_adding, impact_on
from core.kernel.cards import Risk
from core.kernel.phrases import Moment, phrase
from core.kernel.proposals import Impact, Proposal
from core.kernel.tools import Action, Refused, Said, ToolContext
from core.naming.events import in_event, the_event

Row = dict[str, Any]

_NOBODYS_PLANS = Impact(counts_people=False)
_LEAST: dict[str, Risk] = {"participant_set_vip": "medium"}
"""Who is a VIP decides how everything about them is judged from then on."""


async def preview_add(ctx: ToolContext, args: AddParticipant) -> Proposal | Refused:
    """Propose a new person for the event's list."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    wanted = {"full_name": args.name, "email": args.email, "phone": args.phone}
    return await review_add(ctx, {"event_id": str(event["id"]), "new_id": str(uuid4()), "set": wanted})


async def preview_update(ctx: ToolContext, args: UpdateParticipant) -> Proposal | Refused:
    """Propose a change of a person's name, e-mail or phone."""
    given = args.changes
    wanted = {"full_name": given.name, "email": given.email, "phone": given.phone}
    return await _preview(ctx, args, "participant_update", {key: value for key, value in wanted.items() if value})


async def preview_set_vip(ctx: ToolContext, args: SetVip) -> Proposal | Refused:
    """Propose that somebody is a VIP or is none; the note goes with it."""
    wanted: Row = {"is_vip": args.is_vip}
    if args.note is not None or not args.is_vip:
        wanted["vip_notes"] = args.note
    return await _preview(ctx, args, "participant_set_vip", wanted)


async def preview_check_in(ctx: ToolContext, args: CheckInParticipant) -> Proposal | Refused:
    """Propose that somebody has arrived, at the minute in which it was said."""
    arrived = ctx.now.replace(second=0, microsecond=0).isoformat()
    return await _preview(ctx, args, "participant_check_in", {"checked_in_at": arrived})


async def preview_remove(ctx: ToolContext, args: RemoveParticipant) -> Proposal | Refused:
    """Propose to take a person off the event's list, and their registrations with them."""
    change = await _named(ctx, args)
    return change if isinstance(change, Refused) else await review_remove(ctx, change)


async def review_add(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at a new person."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    if facts["event"]["id"] is None:
        return Refused(phrase("participants-event-gone"))
    if facts["record"] is not None:
        return Refused(phrase("participant-already-added", name=facts["record"]["full_name"]))
    return Proposal(
        action_type="participant_add",
        effect="create",
        event_id=UUID(change["event_id"]),
        args=change,
        before={"title": change["set"]["full_name"], "registrations": facts["returning"]}
        if "returning" in facts
        else None,
        proposed=change["set"],
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=conflicts_of_adding(facts),
        impact=impact_of_adding(change, facts),
        starts_at=None,
    )


async def review_remove(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at a removal; the registrations go too."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    record = facts["record"]
    if record is None:
        return Refused(phrase("participant-gone"))
    return Proposal(
        action_type="participant_remove",
        effect="delete",
        event_id=UUID(change["event_id"]),
        args=change,
        before={"title": record["full_name"], **record, "registrations": facts["registrations"]},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=(),
        impact=impact_on(facts["people"]) if facts["registrations"] else _NOBODYS_PLANS,
        starts_at=None,
    )


async def review_record(ctx: ToolContext, change: Row, action_type: str) -> Proposal | Refused:
    """Look again at a change of a person's row; somebody may have made it in the meantime."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    record = facts["record"]
    if record is None:
        return Refused(phrase("participant-gone"))
    so = _is_so(record, change["set"], facts["event"]["time_zone"])
    if so is not None:
        return so
    return Proposal(
        action_type=action_type,
        effect="update",
        event_id=UUID(change["event_id"]),
        args=change,
        before={"title": record["full_name"], **record},
        proposed={"title": record["full_name"], **record, **change["set"]},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=(),
        # An arrival or another address touches nobody's plans; the card still says that they are a VIP.
        impact=impact_on(facts["people"]) if action_type == "participant_set_vip" else _NOBODYS_PLANS,
        starts_at=None,
        least_risk=_LEAST.get(action_type, "low"),
    )


_ARGUMENTS = {"full_name": "name", "email": "email", "phone": "phone", "is_vip": "is_vip", "vip_notes": "note"}


def said(action: Action) -> Said:
    """Return what is proposed about a person in the words of the tools."""
    wanted, now = (
        {argument: row[column] for column, argument in _ARGUMENTS.items() if column in row}
        for row in (action.args["set"], action.before or {})
    )
    args = action.args
    # Whether somebody is one is what it is about; the note beside it can be changed.
    fixed = {"event": args["event_id"], "participant": args.get("participant_id"), "is_vip": wanted.get("is_vip")}
    return Said(fixed, wanted, now)


def _is_so(record: Row, wanted: Row, zone: str) -> Refused | None:
    arrived = record["checked_in_at"]
    if wanted.get("checked_in_at") is not None and arrived is not None:
        at = Moment(datetime.fromisoformat(arrived), zone)
        return Refused(phrase("participant-already-checked-in", name=record["full_name"], at=at))
    if all(record[column] == value for column, value in wanted.items()):
        return Refused(phrase("change-nothing", title=record["full_name"]))
    return None


async def _preview(
    ctx: ToolContext, args: UpdateParticipant | SetVip | CheckInParticipant, action_type: str, wanted: Row
) -> Proposal | Refused:
    change = await _named(ctx, args)
    if isinstance(change, Refused):
        return change
    return await review_record(ctx, {**change, "set": wanted}, action_type)


async def _named(
    ctx: ToolContext, args: UpdateParticipant | SetVip | CheckInParticipant | RemoveParticipant
) -> Row | Refused:
    async def look(event: Row) -> Row | Refused:
        person = await the_participant(ctx, event, args.participant)
        if isinstance(person, Refused):
            return person
        return {"event_id": str(event["id"]), "participant_id": str(person["id"])}

    return await in_event(ctx, args.event, look)
