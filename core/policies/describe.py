"""How a change of the policy, or a delegation, reads on a card, from the bytes that will run. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Moment, Parts, Phrase, phrase, verbatim
from core.kernel.tools import Action, Description
from core.policies.kinds import KINDS, said_actions, said_conflict
from core.policies.models import Approval, Named, Policy, Right, Snapshot
from core.policies.rules import who_decides

Row = dict[str, Any]
Names = Mapping[UUID, str]


def describing_policy(action_types: Collection[str]) -> Callable[[Action], Description]:
    """Return ``describe`` of a change of the policy, in a program that has these kinds of writes."""
    return lambda action: _describe_policy(action, action_types)


def _describe_policy(action: Action, action_types: Collection[str]) -> Description:
    """Return each part of the policy that changes, as it is and as proposed."""
    before: Row = action.before or {"document": {}, "people": {}}
    names = {UUID(who): name for who, name in before["people"].items()}
    now, wanted = Policy.model_validate(before["document"]), Policy.model_validate(action.args["document"])
    changes = (
        *_rules(now, wanted, names, action_types),
        *_switches(now, wanted),
        *_risks(now, wanted),
        *_backup(now, wanted, names),
        *_levels(now, wanted),
        *_buffer(now, wanted),
    )
    return Description(phrase("card-policy-change"), facts=_order(now, wanted, action_types), changes=changes)


def describe_delegation(action: Action) -> Description:
    """Return who decides for whom, from when to when."""
    before: Row = action.before or {}
    first, last = _ends(before["starts_at"], before["ends_at"], action.zone)
    facts = (
        Fact(phrase("delegation-field-delegate"), verbatim(before["to"]["name"])),
        Fact(phrase("delegation-field-from"), first),
        Fact(phrase("delegation-field-until"), last),
    )
    name = f"card-{action.action_type.replace('_', '-')}"
    return Description(phrase(name, name=before["from"]["name"]), facts=facts)


def said_rule(rule: Approval, names: Names) -> Phrase:
    """Say who may approve by a rule."""
    people = tuple(Named(id=who, name=names.get(who, str(who))) for who in rule.people)
    return who_decides(Snapshot(rights=(Right(roles=rule.roles, people=people),)))


def said_about(rule: Approval, action_types: Collection[str]) -> Phrase:
    """Say what a rule is about: the actions, of those that there are, and the risk where it speaks of one."""
    what = phrase("policy-any-action") if rule.action == "*" else said_actions(rule.action, action_types)
    if rule.risk == "*":
        return what
    return phrase("policy-action-at-risk", action=what, risk=phrase(f"risk-{rule.risk}"))


def said_names(people: Iterable[UUID], names: Names) -> Phrase:
    """Say who is asked when nobody decides in time."""
    said = tuple(names.get(who, str(who)) for who in people)
    return phrase("policy-names", names=said) if said else phrase("policy-the-owners")


def said_risks(policy: Policy) -> Phrase:
    """Say for which risks two people are needed."""
    said = tuple(phrase(f"risk-{risk}") for risk in policy.two_people_for)
    return phrase("policy-names", names=said) if said else phrase("policy-none")


def _rules(now: Policy, wanted: Policy, names: Names, action_types: Collection[str]) -> Iterable[Change]:
    old = {(rule.action, rule.risk): rule for rule in now.approvals}
    new = {(rule.action, rule.risk): rule for rule in wanted.approvals}
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if one != other:
            label = phrase("policy-field-rule", about=said_about(one or other or Approval(), action_types))
            yield Change(label, _rule(one, names), _rule(other, names))


def _rule(rule: Approval | None, names: Names) -> Phrase:
    return said_rule(rule, names) if rule else phrase("policy-no-rule")


def _order(now: Policy, wanted: Policy, action_types: Collection[str]) -> tuple[Fact, ...]:
    """The first rule that matches counts, so their order is part of what is decided."""
    if wanted.approvals == now.approvals or len(wanted.approvals) < 2:  # noqa: PLR2004 one rule has no order
        return ()
    about = Parts(tuple(said_about(rule, action_types) for rule in wanted.approvals))
    return (Fact(phrase("policy-field-order"), phrase("policy-names", names=about)),)


def _switches(now: Policy, wanted: Policy) -> Iterable[Change]:
    if now.askers_may_approve != wanted.askers_may_approve:
        yield Change(phrase("policy-field-askers"), _yes(now.askers_may_approve), _yes(wanted.askers_may_approve))
    if now.at_once_for_low != wanted.at_once_for_low:
        yield Change(phrase("policy-field-at-once"), _yes(now.at_once_for_low), _yes(wanted.at_once_for_low))


def _risks(now: Policy, wanted: Policy) -> Iterable[Change]:
    if now.two_people_for != wanted.two_people_for:
        yield Change(phrase("policy-field-two"), said_risks(now), said_risks(wanted))


def _backup(now: Policy, wanted: Policy, names: Names) -> Iterable[Change]:
    if now.backup != wanted.backup:
        yield Change(phrase("policy-field-backup"), said_names(now.backup, names), said_names(wanted.backup, names))


def _levels(now: Policy, wanted: Policy) -> Iterable[Change]:
    for kind in dict.fromkeys((*now.levels, *wanted.levels)):
        one, other = (policy.levels.get(kind) or KINDS.get(kind, "warn") for policy in (now, wanted))
        if one != other:
            label = phrase("policy-field-level", kind=said_conflict(kind))
            yield Change(label, phrase(f"policy-level-{one}"), phrase(f"policy-level-{other}"))


def _buffer(now: Policy, wanted: Policy) -> Iterable[Change]:
    if now.buffer_minutes != wanted.buffer_minutes:
        one, other = (phrase("policy-minutes", count=each.buffer_minutes) for each in (now, wanted))
        yield Change(phrase("policy-field-buffer"), one, other)


def _yes(value: bool) -> Phrase:
    return phrase("policy-yes" if value else "policy-no")


def _ends(start: str, end: str, zone: str) -> tuple[Phrase, Phrase]:
    """Say the first and the last day where both are whole, as they were asked for; else the two moments."""
    first, after = (datetime.fromisoformat(each).astimezone(ZoneInfo(zone)) for each in (start, end))
    if first.time() == after.time() == time.min and first < after:
        last = after.date() - timedelta(days=1)
        return phrase("on-day", day=first.date()), phrase("on-day", day=last)
    return phrase("delegation-moment", at=Moment(first, zone)), phrase("delegation-moment", at=Moment(after, zone))
