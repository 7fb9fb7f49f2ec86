"""What the organisation's policy says when somebody approves: may they, are they enough, and who is told if not."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Weighed
from core.actions.suggestion import Suggestion
from core.actions.waiting.reminders import queries as plans
from core.actions.waiting.reminders.queries import Decider
from core.flows.runtime import Runtime
from core.flows.waiting.competing import title_of
from core.identity import queries as identity
from core.jobs.queries import say_later
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.policies import queries, rules
from core.policies.models import Person, Snapshot
from core.texts import say


async def why_not_approve(tx: Transaction, principal: Principal, found: Suggestion) -> Phrase | None:
    """Return why the policy does not let somebody approve this, or None; as that person.

    Whose place they might be taking is only looked up where they may not by themselves.
    """
    kept = Snapshot.read(found.request.policy)
    me, role = principal.user_id, principal.role
    is_asker = me in found.request.askers
    why = rules.why_not_approve(kept, user_id=me, role=role, is_asker=is_asker)
    if why is None:
        return None
    lenders = await queries.lenders_to(tx, principal.organization_id, me)
    if not lenders:
        return why
    return rules.why_not_approve(
        kept,
        user_id=me,
        role=role,
        is_asker=is_asker,
        asker=found.request.user_id,
        editors=found.request.askers,
        lenders=lenders,
    )


async def in_place_of(tx: Transaction, principal: Principal, found: Suggestion) -> str | None:
    """Return the name of the one in whose place somebody approves this; None where the right is their own."""
    kept = Snapshot.read(found.request.policy)
    if rules.has_right(kept, user_id=principal.user_id, role=principal.role):
        return None
    lenders = await queries.lenders_to(tx, principal.organization_id, principal.user_id)
    lender = rules.in_place_of(kept, user_id=principal.user_id, role=principal.role, lenders=lenders)
    return lender.name if lender else None


async def decides_alone(tx: Transaction, principal: Principal, found: Suggestion) -> bool:
    """Whether the policy lets somebody approve this without anybody else, so that it stands in nobody's way."""
    return not takes_two(found) and await why_not_approve(tx, principal, found) is None


def takes_two(found: Suggestion) -> bool:
    """Whether two different people must approve it."""
    return rules.needed_votes(Snapshot.read(found.request.policy)) > 1


async def vote(tx: Transaction, principal: Principal, found: Suggestion) -> tuple[str, ...]:
    """Approve as one of two; the names of those who have when that is enough to claim it in the same transaction.

    None otherwise: the presser's own counts, so commit, and show it on every copy.
    """
    people = await queries.vote(tx, principal.organization_id, found.id)
    is_enough = len(people) >= rules.needed_votes(Snapshot.read(found.request.policy))
    return tuple(person.name for person in people) if is_enough else ()


async def announce_glass(rt: Runtime, tx: Transaction, principal: Principal, found: Suggestion, words: str) -> None:
    """Queue the loud notice that somebody went past the policy, to everybody who decides; as the system role."""
    told = rules.glass_notice(principal.name, title_of(found.action()), words)
    await _tell(rt, tx, principal.organization_id, told, lambda each: each.id != principal.user_id)


def asker_decides_alone(principal: Principal, weighed: Weighed) -> bool:
    """Whether whoever asked could approve this without anybody else."""
    kept = Snapshot.read(weighed.policy)
    me, role = principal.user_id, principal.role
    return (
        rules.needed_votes(kept) == 1
        and rules.why_not_approve(kept, user_id=me, role=role, is_asker=True, asker=me) is None
    )


def may_be_done_at_once(principal: Principal, weighed: Weighed) -> bool:
    """Whether the policy lets this be done without asking, and shown with the way back."""
    kept, is_blocked = Snapshot.read(weighed.policy), weighed.proposal.is_blocked
    return rules.runs_at_once(kept, weighed.risk, user_id=principal.user_id, role=principal.role, is_blocked=is_blocked)


async def tell_if_stuck(
    rt: Runtime, tx: Transaction, organization_id: UUID, suggestion_id: UUID, policy: dict[str, Any] | None
) -> bool:
    """Queue the word to the owners where too few people could approve this; whether it is so. As the system role.

    Where any owner or manager decides alone nobody is looked for: there is always one.
    """
    kept = Snapshot.read(policy)
    if not (rules.asks_for_more(kept) or kept.owners_only):
        return False
    found = await actions.find_for_delivery(tx, organization_id, suggestion_id)
    if found is None:
        return False
    people = [Person(each.id, each.name, each.role) for each in await plans.deciders(tx, organization_id)]
    lent = await queries.all_lent(tx, organization_id)
    why = rules.stuck(kept, rules.possible_approvers(kept, people, found.request.user_id, lent, found.request.askers))
    if why is None:
        return False
    told = phrase("policy-stuck-notice", title=title_of(found.action()), why=why)
    owners = {each.id for each in rules.told_when_stuck(people)}
    await _tell(rt, tx, organization_id, told, lambda each: each.id in owners)
    return True


async def _tell(
    rt: Runtime, tx: Transaction, organization_id: UUID, told: Phrase, whom: Callable[[Decider], bool]
) -> None:
    """The managers' channels, and people in their own chats: it must not depend on who reads which."""
    for channel in await identity.managers_channels(tx, organization_id):
        await say_later(tx, channel.address, say(channel.locale, told))
    for decider in filter(whom, await plans.deciders(tx, organization_id)):
        for chat in decider.chats:
            # Also on a platform that is off here: it waits for a worker that has it.
            await say_later(tx, chat, say(decider.locale, told))
