"""From what somebody wishes to the policy that would be in force, and whether it may be. Pure."""

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import DECIDING_ROLES
from core.policies.kinds import FIXED, KINDS, said_action, said_conflict
from core.policies.models import MOST_RULES, RISKS, Approval, Current, Person, Policy, Wish
from core.policies.rules import possible_approvers, snapshot, who_decides

_PLAIN = ("askers_may_approve", "two_people_for", "at_once_for_low", "backup", "buffer_minutes")


def grant(policy: Policy, wish: Wish) -> Policy:
    """Return the policy as it would be. Levels that are what they are anyway are not kept."""
    if wish.document is not None:
        return tidy(wish.document)
    wanted = {name: value for name in _PLAIN if (value := getattr(wish, name)) is not None}
    dropped = {(about.action, about.risk) for about in wish.drop_rules}
    approvals = tuple(rule for rule in policy.approvals if (rule.action, rule.risk) not in dropped)
    for rule in wish.rules:
        approvals = _with_rule(approvals, rule)
    levels = {**policy.levels, **(wish.levels or {})}
    return tidy(policy.model_copy(update={**wanted, "approvals": approvals, "levels": levels}))


def tidy(policy: Policy) -> Policy:
    """Return the same policy in one way of writing it: sorted, nothing twice, nothing that goes without saying."""
    levels = {kind: level for kind, level in sorted(policy.levels.items()) if KINDS.get(kind) != level}
    return policy.model_copy(
        update={
            "approvals": tuple(_tidy_rule(rule) for rule in policy.approvals),
            "two_people_for": tuple(risk for risk in RISKS if risk in policy.two_people_for),
            "backup": tuple(dict.fromkeys(policy.backup)),
            "levels": levels,
        }
    )


def fault(
    policy: Policy, now: Policy, *, named: Collection[Person], people: Collection[Person], action_types: Collection[str]
) -> Phrase | None:
    """Return why a policy cannot come into force in the place of the one that is, or None.

    ``named``: the active people whom it names; ``people``: all active people who may decide at all; ``action_types``:
    every kind of write that there is.
    """
    return (
        _too_many(policy)
        or _unknown_action(policy, action_types)
        or _wrong_person(policy, named)
        or _wrong_level(policy)
        or locked_out(policy, now, people, action_types)
    )


def locked_out(policy: Policy, now: Policy, people: Collection[Person], action_types: Collection[str]) -> Phrase | None:
    """Return for which action, at which risk, too few active people could approve; None where there are enough.

    What is so already is not the change's fault: a company that has yet to name its owner may set its pauses.
    """
    for risk in RISKS:
        found = {
            action: why
            for action in action_types
            if (why := _too_few(policy, people, action, risk)) and not _too_few(now, people, action, risk)
        }
        if found:
            first = next(iter(found))
            named, more = said_action(first), len(found) - 1
            what = phrase("policy-actions", first=named, more=more) if more else named
            return phrase(found[first].id, **{**found[first].args, "action": what, "risk": phrase(f"risk-{risk}")})
    return None


def _too_few(policy: Policy, people: Collection[Person], action: str, risk: Risk) -> Phrase | None:
    kept = snapshot(Current(0, policy, {each.id: each.name for each in people}), action, risk)
    possible = possible_approvers(kept, people, None)
    who = who_decides(kept)
    if not possible:
        return phrase("policy-locks-out", who=who)
    if len(possible) < kept.votes:
        return phrase("policy-one-for-two", who=who, name=possible[0].name)
    if kept.askers_may_approve or len(possible) > kept.votes:
        return None
    # Whoever is one of just enough, and asks, leaves too few.
    return phrase("policy-locks-asker-out", who=who, name=possible[0].name)


def _too_many(policy: Policy) -> Phrase | None:
    return phrase("policy-too-many-rules", count=MOST_RULES) if len(policy.approvals) > MOST_RULES else None


def _unknown_action(policy: Policy, action_types: Collection[str]) -> Phrase | None:
    for rule in policy.approvals:
        if not any(fnmatchcase(known, rule.action) for known in action_types):
            return phrase("policy-unknown-action", action=rule.action, actions=tuple(map(said_action, action_types)))
    return None


def _wrong_person(policy: Policy, named: Iterable[Person]) -> Phrase | None:
    there = {each.id: each for each in named}
    for who in sorted(policy.people()):
        found = there.get(who)
        if found is None:
            return phrase("policy-person-gone")
        if found.role not in DECIDING_ROLES:
            return phrase("policy-never-decides", name=found.name)
    return None


def _wrong_level(policy: Policy) -> Phrase | None:
    for kind, level in policy.levels.items():
        if kind not in KINDS:
            return phrase("policy-unknown-kind", kind=kind, kinds=tuple(map(said_conflict, KINDS)))
        if kind in FIXED and level != "block":
            return FIXED[kind]
    return None


def _with_rule(approvals: tuple[Approval, ...], rule: Approval) -> tuple[Approval, ...]:
    """Put a rule in the place of the one about the same, else before the first that would stand in its light."""
    for place, other in enumerate(approvals):
        if (other.action, other.risk) == (rule.action, rule.risk):
            return (*approvals[:place], rule, *approvals[place + 1 :])
    for place, other in enumerate(approvals):
        if fnmatchcase(rule.action, other.action) and other.risk in {"*", rule.risk}:
            return (*approvals[:place], rule, *approvals[place:])
    return (*approvals, rule)


def _tidy_rule(rule: Approval) -> Approval:
    roles = tuple(role for role in ("owner", "manager") if role in rule.roles)
    return rule.model_copy(update={"roles": roles, "people": tuple(dict.fromkeys(rule.people))})
