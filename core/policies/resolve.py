"""From what somebody says to a person of the organisation, and from that to what they wish."""

from collections.abc import Iterable
from uuid import UUID

from core.kernel.phrases import phrase
from core.kernel.tools import Refused, Transaction
from core.policies import queries
from core.policies.asked import ChangePolicy
from core.policies.models import AboutRule, Approval, Person, Policy, Wish


async def the_decider(tx: Transaction, said: str) -> Person | Refused:
    """Return whom a name, a part of one, an e-mail address or an id means; ask back where it may be several."""
    meant, like = await queries.people_like(tx, said)
    found = meant or like
    if len(found) == 1:
        return found[0]
    if not found:
        return Refused(phrase("policy-person-unknown", name=said))
    return Refused(
        phrase("policy-person-which", names=tuple(each.name for each in found)),
        {"candidates": [{"id": str(each.id), "name": each.name, "role": each.role} for each in found]},
    )


async def the_people(tx: Transaction, said: Iterable[str]) -> tuple[UUID, ...] | Refused:
    """Return the ids of everybody who is named."""
    ids: list[UUID] = []
    for name in said:
        found = await the_decider(tx, name)
        if isinstance(found, Refused):
            return found
        ids.append(found.id)
    return tuple(ids)


async def the_wish(tx: Transaction, asked: ChangePolicy) -> Wish | Refused:
    """Return what somebody asked for, with people as ids."""
    if asked.reset:
        return Wish(document=Policy())
    rules: list[Approval] = []
    for rule in asked.rules:
        people = await the_people(tx, rule.people)
        if isinstance(people, Refused):
            return people
        if not rule.drop:
            rules.append(Approval(action=rule.action, risk=rule.risk, roles=tuple(rule.roles), people=people))
    backup = await the_people(tx, asked.backup) if asked.backup is not None else None
    if isinstance(backup, Refused):
        return backup
    return Wish(
        rules=tuple(rules),
        drop_rules=tuple(AboutRule(action=rule.action, risk=rule.risk) for rule in asked.rules if rule.drop),
        askers_may_approve=asked.askers_may_approve,
        two_people_for=tuple(asked.two_people_for) if asked.two_people_for is not None else None,
        at_once_for_low=asked.at_once_for_low,
        backup=backup,
        levels={each.kind: each.level for each in asked.levels} or None,
        buffer_minutes=asked.buffer_minutes,
    )
