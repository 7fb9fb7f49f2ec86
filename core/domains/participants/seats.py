"""Proposals about registrations: a place in a session, a place in its line, a move to another session."""

from typing import Any
from uuid import UUID

from core.domains.participants import queries
from core.domains.participants.models import AssignParticipant, MoveParticipants, UnassignParticipant
from core.domains.participants.resolve import the_participant
from core.domains.participants.rules import conflicts_of_move, conflicts_of_registration, deadline, impact_on
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext
from core.naming.resolve import the_session

Row = dict[str, Any]


async def preview_assign(ctx: ToolContext, args: AssignParticipant) -> Proposal | Refused:
    """Propose a place in a session, or in its line when it is full."""
    change = await _named(ctx, args, among=False)
    return change if isinstance(change, Refused) else await review_assign(ctx, {**change, "set": {"waiting": False}})


async def preview_unassign(ctx: ToolContext, args: UnassignParticipant) -> Proposal | Refused:
    """Propose to end a registration."""
    change = await _named(ctx, args, among=True)
    return change if isinstance(change, Refused) else await review_unassign(ctx, change)


async def preview_move(ctx: ToolContext, args: MoveParticipants) -> Proposal | Refused:
    """Propose to move registrations; people who are not in the one or already in the other session are asked about."""
    source = await the_session(ctx, args.from_session, args.event)
    if isinstance(source, Refused):
        return source
    session, event = source
    target = await the_session(ctx, args.to_session, str(event["id"]))
    if isinstance(target, Refused):
        return target
    other = target[0]
    if other["id"] == session["id"] or other["event_id"] != event["id"]:
        return Refused(phrase("participants-other-session", title=other["title"], event=event["name"]))
    named = await _ids(ctx, event, args.participants or [], session["id"])
    if isinstance(named, Refused):
        return named
    change: Row = {
        "event_id": str(event["id"]),
        "schedule_id": str(session["id"]),
        "to_schedule_id": str(other["id"]),
        "participant_ids": named,
    }
    if args.everyone:
        change["everyone"] = True
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    left_out = None if args.everyone else _left_out(facts)
    return left_out or await _propose_move(ctx, change, facts, digest)


async def review_assign(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at a registration; a place that is gone in the meantime becomes one in the line."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    gone = _gone(facts)
    if gone is not None:
        return gone
    [person] = facts["people"]
    seat, position = person["seat"], facts["ahead"] + 1
    title = facts["session"]["title"]
    if "restore" in change:
        if seat == change["restore"]:
            return Refused(phrase("participant-already-registered", name=person["name"], title=title))
    else:
        full = not facts["place"]["fits"]
        if seat and seat["waiting_since"] is None:
            return Refused(phrase("participant-already-registered", name=person["name"], title=title))
        if seat and full:
            return Refused(phrase("participant-already-waiting", name=person["name"], title=title, position=position))
        change = {**change, "set": {"waiting": full and facts["place"]["keeps_waiting_list"]}}
    conflicts = conflicts_of_registration(change, facts)
    before = {"title": title, "session": facts["session"], "person": person, "position": position}
    return Proposal(
        action_type="participant_assign",
        effect="create",
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        schedule_id=UUID(change["schedule_id"]),
        proposed={**before, "person": {**person, "seat": change.get("restore") or change["set"]}},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=conflicts,
        impact=impact_on([person]),
        starts_at=deadline(facts, ctx.now),
    )


async def review_unassign(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at the end of a registration. Whose turn is next is said; nobody is moved up by it."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    gone = _gone(facts)
    if gone is not None:
        return gone
    [person] = facts["people"]
    session = facts["session"]
    if person["seat"] is None:
        return Refused(phrase("participant-not-registered", name=person["name"], title=session["title"]))
    before = {"title": session["title"], "session": session, "person": person, "position": facts["ahead"] + 1}
    if person["seat"]["waiting_since"] is None:
        before["next"] = facts["next"]
    return Proposal(
        action_type="participant_unassign",
        # Not a loss but a change of somebody's day: it comes back exactly as it was.
        effect="update",
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        schedule_id=UUID(change["schedule_id"]),
        proposed={**before, "person": {**person, "seat": None}},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=(),
        impact=impact_on([person]),
        starts_at=deadline(facts, ctx.now),
    )


async def review_move(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at a move: it holds whoever of the named people can still be moved, or everyone who is there now."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    return await _propose_move(ctx, change, facts, digest)


async def _propose_move(ctx: ToolContext, change: Row, facts: Row, digest: str) -> Proposal | Refused:
    if facts["session"] is None or facts["target"] is None:
        return Refused(phrase("session-gone"))
    moving = [person for person in facts["people"] if person["seat"] and not person["in_target"]]
    if not moving:
        return Refused(phrase("participants-nobody-moves", title=facts["session"]["title"]))
    ids = sorted(person["id"] for person in moving)
    if ids != change["participant_ids"]:
        # The bytes that run name exactly those who move; the facts are asked again for these.
        change = {**change, "participant_ids": ids}
        if not change.get("everyone"):
            facts, digest = await queries.PROOF.facts(ctx.tx, change)
    before = {"title": facts["session"]["title"], "session": facts["session"], "target": facts["target"]}
    return Proposal(
        action_type="participants_move",
        effect="update",
        event_id=UUID(change["event_id"]),
        args=change,
        before={**before, "people": moving, "next": facts["next"]},
        schedule_id=UUID(change["schedule_id"]),
        proposed={**before, "people": [{**each, "in_target": True} for each in moving], "next": facts["next"]},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=conflicts_of_move(facts),
        impact=impact_on(moving),
        starts_at=deadline(facts, ctx.now),
    )


async def _named(ctx: ToolContext, args: AssignParticipant | UnassignParticipant, *, among: bool) -> Row | Refused:
    resolved = await the_session(ctx, args.session, args.event)
    if isinstance(resolved, Refused):
        return resolved
    session, event = resolved
    person = await the_participant(ctx, event, args.participant, among=session["id"] if among else None)
    if isinstance(person, Refused):
        return person
    return {
        "event_id": str(event["id"]),
        "schedule_id": str(session["id"]),
        "participant_id": str(person["id"]),
    }


async def _ids(ctx: ToolContext, event: Row, said: list[str], among: UUID) -> list[str] | Refused:
    ids: set[str] = set()
    for name in said:
        person = await the_participant(ctx, event, name, among=among)
        if isinstance(person, Refused):
            return person
        ids.add(str(person["id"]))
    return sorted(ids)


def _gone(facts: Row) -> Refused | None:
    if facts["session"] is None:
        return Refused(phrase("session-gone"))
    return None if facts["people"] else Refused(phrase("participant-gone"))


def _left_out(facts: Row) -> Refused | None:
    """Return why not all of the named people can move, for the first who cannot."""
    for person in facts["people"]:
        if person["seat"] is None:
            title = facts["session"]["title"]
            return Refused(phrase("participant-not-registered", name=person["name"], title=title))
        if person["in_target"]:
            title = facts["target"]["title"]
            return Refused(phrase("participant-already-registered", name=person["name"], title=title))
    return None
