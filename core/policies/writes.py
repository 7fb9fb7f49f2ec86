"""How a change of the policy is proposed, looked at again, and taken back; ``execute`` runs after a decision alone."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeAlias
from uuid import UUID

from core.kernel.phrases import phrase
from core.kernel.proposals import Impact, Proposal
from core.kernel.tools import Action, Inverse, Refused, ToolContext
from core.policies import queries
from core.policies.asked import ChangePolicy
from core.policies.changes import fault, grant, tidy
from core.policies.models import Person, Policy, Wish
from core.policies.resolve import the_wish

Row = dict[str, Any]
Preview: TypeAlias = Callable[[ToolContext, ChangePolicy], Awaitable[Proposal | Refused]]
Review: TypeAlias = Callable[[ToolContext, Row], Awaitable[Proposal | Refused]]


def previewing(action_types: Collection[str]) -> tuple[Preview, Review]:
    """Return ``preview`` and ``review`` of a change of the policy, in a program that has these kinds of writes."""

    async def preview(ctx: ToolContext, args: ChangePolicy) -> Proposal | Refused:
        wish = await the_wish(ctx.tx, args)
        return wish if isinstance(wish, Refused) else await propose(ctx, wish, action_types)

    async def review(ctx: ToolContext, change: Row) -> Proposal | Refused:
        return await propose(ctx, Wish.model_validate(change["wish"]), action_types)

    return preview, review


def inverse(action: Action) -> Inverse | None:
    """Return the change that brings the policy back as it was before, whatever has been changed since."""
    if action.before is None:
        return None
    return Inverse("policy_change", {"wish": {"document": action.before["document"]}})


async def propose(ctx: ToolContext, wish: Wish, action_types: Collection[str]) -> Proposal | Refused:
    """Look at what the policy would be; refused in one sentence where it cannot be, or is so already."""
    now = await queries.current(ctx.tx)
    wanted = grant(now.policy, wish)
    if wanted == tidy(now.policy):
        return Refused(phrase("policy-nothing"))
    # What is wished for is kept beside what it comes to: should somebody else change the policy before this is decided,
    # it is granted anew, and takes nothing back that it says nothing of.
    change: Row = {"base": now.version, "wish": wish.data(), "document": wanted.model_dump(mode="json")}
    facts, digest = await queries.POLICY.facts(ctx.tx, change)
    named, people = people_of(facts)
    why = fault(wanted, now.policy, named=named, people=people, action_types=action_types)
    if why is not None:
        return Refused(why)
    document = Policy.model_validate(facts["document"] or {})
    names = {**{str(who): name for who, name in now.names.items()}, **{str(each.id): each.name for each in named}}
    return Proposal(
        action_type="policy_change",
        effect="update",
        event_id=None,
        args=change,
        before={"version": facts["version"], "document": document.model_dump(mode="json"), "people": names},
        proposed={"version": facts["version"] + 1, "document": change["document"], "people": names},
        zone=ctx.principal.timezone,
        facts_digest=digest,
        conflicts=(),
        impact=Impact(counts_people=False),
        starts_at=None,
        least_risk="high",
    )


def people_of(facts: Row) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Return from the facts whom a policy names, and who may decide at all."""
    return tuple(map(_person, facts["named"])), tuple(map(_person, facts["deciders"]))


def _person(row: Row) -> Person:
    return Person(UUID(row["id"]), row["name"], row["role"])
