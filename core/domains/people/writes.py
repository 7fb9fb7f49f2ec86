"""What an owner may propose for somebody's access. A preview changes nothing; ``execute`` runs after a decision."""

from functools import partial
from typing import Any

from core.domains.people import queries
from core.domains.people.describe import describe, role_phrase
from core.domains.people.models import ChangeAccess, ChangeRole
from core.kernel.cards import Risk
from core.kernel.claims import claiming
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Role
from core.kernel.proposals import Impact, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool

Row = dict[str, Any]

_ALIKE, _SURE = 0.4, 0.6
"""Word similarity from which a name is worth asking back with, and from which it counts as meant (pg_trgm's own)."""
_TIE = 0.1
_RISKS: dict[str, Risk] = {"person_off": "high", "person_on": "medium", "person_role": "high"}


async def preview_off(ctx: ToolContext, args: ChangeAccess) -> Proposal | Refused:
    """Propose that somebody has no access any more."""
    person = await _the_person(ctx, args.person, active=True)
    return person if isinstance(person, Refused) else await _propose("person_off", ctx, {"user_id": str(person["id"])})


async def preview_on(ctx: ToolContext, args: ChangeAccess) -> Proposal | Refused:
    """Propose that somebody has access again; their chats are linked anew."""
    person = await _the_person(ctx, args.person, active=False)
    return person if isinstance(person, Refused) else await _propose("person_on", ctx, {"user_id": str(person["id"])})


async def preview_role(ctx: ToolContext, args: ChangeRole) -> Proposal | Refused:
    """Propose another role for somebody."""
    person = await _the_person(ctx, args.person, active=True)
    if isinstance(person, Refused):
        return person
    return await _propose("person_role", ctx, {"user_id": str(person["id"]), "role": args.role})


async def _propose(action_type: str, ctx: ToolContext, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    why = _why_not(action_type, change, facts, ctx)
    if why is not None:
        return Refused(why)
    person = facts["person"]
    before = {key: person[key] for key in ("name", "role", "is_active")} | {"links": facts["links"]}
    return Proposal(
        action_type=action_type,
        effect="update",
        event_id=None,
        args=change,
        before=before,
        proposed=_proposed(action_type, change, before),
        zone=ctx.principal.timezone,
        facts_digest=digest,
        conflicts=(),
        impact=Impact(counts_people=False),
        starts_at=None,
        least_risk=_RISKS[action_type],
    )


def _proposed(action_type: str, change: Row, before: Row) -> Row:
    """Return how somebody's access would be: their role, whether they have any, and which chats are linked."""
    if action_type == "person_role":
        return {**before, "role": change["role"]}
    if action_type == "person_off":
        return {**before, "is_active": False, "links": []}
    return {**before, "is_active": True}


def _why_not(action_type: str, change: Row, facts: Row, ctx: ToolContext) -> Phrase | None:
    person: Row | None = facts["person"]
    if person is None or person["is_erased"]:
        return phrase("access-gone")
    name = person["name"]
    if action_type == "person_on":
        return phrase("access-on-already", name=name) if person["is_active"] else None
    if not person["is_active"]:
        return phrase("access-off-already", name=name)
    if action_type == "person_role" and change["role"] == person["role"]:
        return phrase("access-role-already", name=name, role=role_phrase(person["role"]))
    if change["user_id"] == str(ctx.principal.user_id):
        return phrase("access-oneself")
    # The digest holds how many owners there are: of two who go at once, the second one is looked at again.
    if person["role"] == "owner" and facts["other_owners"] == 0:
        return phrase("access-last-owner", name=name)
    return None


async def _the_person(ctx: ToolContext, said: str, *, active: bool) -> Row | Refused:
    """Return whom a name means; where several have it, the one whose access is as the wish supposes."""
    hits = await queries.named(ctx.tx, said, _ALIKE)
    if not hits:
        return Refused(phrase("policy-person-unknown", name=said))
    found = [row for row in hits if row["match"] >= hits[0]["match"] - _TIE]
    fitting = [row for row in found if row["is_active"] is active] or found
    if len(fitting) == 1 and fitting[0]["match"] >= _SURE:
        return fitting[0]
    candidates = [{"id": str(row["id"]), "name": row["name"], "role": row["role"]} for row in fitting]
    return Refused(
        phrase("policy-person-which", names=tuple(row["name"] for row in fitting)), {"candidates": candidates}
    )


def _inverse(action: Action) -> Inverse | None:
    """Whoever was switched off comes back with the very links that ended with it; a role becomes what it was."""
    if action.before is None:
        return None
    who: Row = {"user_id": action.args["user_id"]}
    if action.action_type == "person_off":
        return Inverse("person_on", {**who, "links": [link["id"] for link in action.before["links"]]})
    if action.action_type == "person_on":
        return Inverse("person_off", who)
    return Inverse("person_role", {**who, "role": action.before["role"]})


def _said(action: Action) -> Said:
    return Said({"person": action.args["user_id"]}, {"role": action.args["role"]})


_OWNERS: frozenset[Role] = frozenset({"owner"})
TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="switch_off_person",
        action_type="person_off",
        description="Propose that somebody of the organisation has no access any more: chats unlinked, codes dead.",
        args=ChangeAccess,
        preview=preview_off,
        review=partial(_propose, "person_off"),
        execute=queries.PROOF.before(queries.OFF),
        describe=describe,
        claims=claiming("colleague", "user_id"),
        inverse=_inverse,
        roles=_OWNERS,
    ),
    WriteTool(
        name="switch_on_person",
        action_type="person_on",
        description="Propose that somebody who was switched off has access again.",
        args=ChangeAccess,
        preview=preview_on,
        review=partial(_propose, "person_on"),
        execute=queries.PROOF.before(queries.ON),
        describe=describe,
        claims=claiming("colleague", "user_id"),
        inverse=_inverse,
        roles=_OWNERS,
    ),
    WriteTool(
        name="change_person_role",
        action_type="person_role",
        description="Propose another role for somebody of the organisation.",
        args=ChangeRole,
        preview=preview_role,
        review=partial(_propose, "person_role"),
        execute=queries.PROOF.before(queries.SET_ROLE),
        describe=describe,
        claims=claiming("colleague", "user_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
        roles=_OWNERS,
    ),
)
