"""Who may decide what, and how many must: judged from the policy that a suggestion keeps. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from uuid import UUID

from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import DECIDING_ROLES, Role
from core.kernel.proposals import Conflict
from core.policies.kinds import FIXED
from core.policies.models import Approval, Current, Level, Named, Person, Policy, Right, Snapshot

OWNERS_ONLY = frozenset(
    {
        "policy_change",
        "delegation_create",
        "delegation_end",
        "delegation_resume",
        "person_off",
        "person_on",
        "person_role",
    }
)
"""What an owner decides, and one is enough: they may go past the policy anyway, openly, by breaking the glass."""
_ANYBODY = Approval(roles=("owner", "manager"))
_LEAST_WORDS = 10
"""Letters that a reason for breaking the glass has at least; fewer say nothing afterwards."""
_RANK: dict[Level, int] = {"off": 0, "warn": 1, "acknowledge": 2, "block": 3}


def who_may(policy: Policy, action_type: str, risk: Risk) -> Approval:
    """Return the rule that speaks of an action at a risk: the first that matches, else owners and managers."""
    if action_type in OWNERS_ONLY:
        return Approval(action=action_type, roles=("owner",))
    for rule in policy.approvals:
        if rule.risk in {"*", risk} and fnmatchcase(action_type, rule.action):
            return rule
    return _ANYBODY


def snapshot(now: Current, action_type: str, risk: Risk, lines: Iterable[tuple[str, Risk]] = ()) -> Snapshot:
    """Return what a suggestion keeps of the policy in force.

    ``lines``: action type and risk of what a bundle does; who decides it must have the right for every one of them.
    """
    policy = now.policy
    parts = tuple(lines) or ((action_type, risk),)
    rules = dict.fromkeys(who_may(policy, part, at) for part, at in parts)
    owners_only = any(part in OWNERS_ONLY for part, _ in parts)
    is_ours = all(part in OWNERS_ONLY for part, _ in parts)
    needs_two = not is_ours and (risk in policy.two_people_for or any(at in policy.two_people_for for _, at in parts))
    return Snapshot(
        version=now.version,
        rights=tuple(Right(roles=rule.roles, people=_named(rule.people, now.names)) for rule in rules),
        askers_may_approve=is_ours or policy.askers_may_approve,
        votes=2 if needs_two else 1,
        at_once=policy.at_once_for_low and risk == "low" and not owners_only,
        owners_only=owners_only,
        backup=_named(policy.backup, now.names),
    )


def needed_votes(kept: Snapshot) -> int:
    """Return how many different people must approve: 1 or 2."""
    return kept.votes


def why_not_approve(
    kept: Snapshot,
    *,
    user_id: UUID,
    role: Role,
    is_asker: bool,
    asker: UUID | None = None,
    editors: Collection[UUID] = (),
    lenders: Iterable[Person] = (),
) -> Phrase | None:
    """Return why somebody may not approve, or None when they may.

    ``lenders``: who is away and has handed them the right to decide meanwhile. ``asker``, ``editors``: who asked
    for it and who changed it; they lend nobody the right that they have not got themselves.
    """
    if role not in DECIDING_ROLES:
        return phrase("decision-not-allowed")
    if kept.owners_only and role != "owner":
        return phrase("policy-owners-only")
    if is_asker and not kept.askers_may_approve:
        return phrase("policy-not-your-own")
    lent = [each for each in lenders if kept.askers_may_approve or each.id not in {asker, *editors}]
    holders: list[tuple[UUID, Role]] = [(user_id, role), *((each.id, each.role) for each in lent)]
    if all(any(_holds(right, who, as_role) for who, as_role in holders) for right in kept.rights):
        return None
    return phrase("policy-not-you", who=who_decides(kept))


def has_right(kept: Snapshot, *, user_id: UUID, role: Role) -> bool:
    """Whether somebody holds every right that is needed themselves, in nobody's place."""
    return all(_holds(right, user_id, role) for right in kept.rights)


def in_place_of(kept: Snapshot, *, user_id: UUID, role: Role, lenders: Iterable[Person]) -> Person | None:
    """Return for whom somebody decides who has not got the right themselves; for the log and the card."""
    missing = [right for right in kept.rights if not _holds(right, user_id, role)]
    return next((each for each in lenders for right in missing if _holds(right, each.id, each.role)), None)


def possible_approvers(
    kept: Snapshot,
    people: Iterable[Person],
    asker: UUID | None,
    lent: Mapping[UUID, Sequence[Person]] | None = None,
    editors: Collection[UUID] = (),
) -> tuple[Person, ...]:
    """Return who could approve. ``people`` are active; ``lent``: by delegate, whose rights they hold now."""
    return tuple(
        each
        for each in people
        if why_not_approve(
            kept,
            user_id=each.id,
            role=each.role,
            is_asker=each.id in {asker, *editors},
            asker=asker,
            editors=editors,
            lenders=(lent or {}).get(each.id, ()),
        )
        is None
    )


def stuck(kept: Snapshot, possible: Collection[Person]) -> Phrase | None:
    """Return what an owner must be told where too few people could ever approve; None where there are enough."""
    if len(possible) >= kept.votes:
        return None
    if possible:
        return phrase("policy-stuck-one", name=next(iter(possible)).name)
    return phrase("policy-stuck", who=who_decides(kept))


def told_when_stuck(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return who is told that nobody can decide: the owners."""
    return tuple(each for each in people if each.role == "owner")


def backups(kept: Snapshot, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return who is asked when nobody decides in time: those who were named and still can, else the owners."""
    there = tuple(people)
    wanted = {each.id for each in kept.backup}
    named = tuple(each for each in there if each.id in wanted and each.role in DECIDING_ROLES)
    return named or told_when_stuck(there)


def runs_at_once(kept: Snapshot, risk: Risk, *, user_id: UUID, role: Role, is_blocked: bool) -> bool:
    """Whether what somebody asks for is done at once: low risk, the policy says so, and they could approve it alone."""
    if not kept.at_once or risk != "low" or is_blocked or kept.votes != 1:
        return False
    return why_not_approve(kept, user_id=user_id, role=role, is_asker=True, asker=user_id) is None


def who_decides(kept: Snapshot) -> Phrase:
    """Say who decides, to be put into a sentence: "an owner, or Dana Levi"."""
    said = tuple(_said(right) for right in dict.fromkeys(kept.rights))
    return said[0] if len(said) == 1 else phrase("policy-who-all", rights=said)


def asks_for_more(kept: Snapshot) -> bool:
    """Whether the policy asks for more than that an owner or a manager approves."""
    return kept.rights != (Right(),) or kept.votes > 1 or not kept.askers_may_approve


def is_restricted(kept: Snapshot) -> bool:
    """Whether there can be an owner who may not approve alone: only then is there something to go past.

    Who asked or changed it may be an owner; where every owner decides alone, nobody is offered to go past the policy.
    """
    covers_owners = all("owner" in right.roles for right in kept.rights)
    return not covers_owners or kept.votes > 1 or not kept.askers_may_approve


def may_go_past(kept: Snapshot, reader: Person, *, asker: UUID, askers: Collection[UUID]) -> bool:
    """Whether going past the policy is something for whoever reads: an owner whom it does not let approve alone."""
    if reader.role != "owner":
        return False
    why = why_not_approve(kept, user_id=reader.id, role=reader.role, is_asker=reader.id in askers, asker=asker)
    return needed_votes(kept) > 1 or why is not None


def decider_lines(kept: Snapshot, asker_name: str) -> tuple[Phrase, ...]:
    """Say at the foot of a card who decides, and what else the policy demands."""
    is_default = kept.rights == (Right(),)
    lines = [phrase("footer-deciders") if is_default else phrase("policy-decided-by", who=who_decides(kept))]
    if kept.votes > 1:
        lines.append(phrase("policy-two-needed"))
    if not kept.askers_may_approve:
        lines.append(phrase("policy-asker-may-not", name=asker_name))
    return tuple(lines)


def apply_levels(policy: Policy, conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return the conflicts as heavy as the organisation takes them, errors first; what it switched off is left out."""
    weighed = [found for each in conflicts if (found := _weighed(policy, each)) is not None]
    return tuple(sorted(weighed, key=lambda conflict: conflict.severity != "error"))


def why_not_break_glass(*, role: Role, is_blocked: bool, words: str | None, may_alone: bool = False) -> Phrase | None:
    """Return why somebody may not go past the policy here, or None: an owner, a reason, and no conflict that blocks.

    ``may_alone``: the policy lets them approve it by themselves, so there is nothing to go past. ``words`` is None
    before they were asked why.
    """
    if role != "owner":
        return phrase("policy-glass-owners")
    if is_blocked:
        return phrase("policy-glass-blocked")
    if may_alone:
        return phrase("policy-glass-nothing")
    if words is not None and sum(letter.isalpha() for letter in words) < _LEAST_WORDS:
        return phrase("policy-glass-words", count=_LEAST_WORDS)
    return None


def glass_notice(name: str, title: Phrase | str, words: str) -> Phrase:
    """Return what everybody who decides is told, loudly, when somebody went past the policy."""
    return phrase("policy-glass-notice", name=name, title=title, words=words)


def _weighed(policy: Policy, conflict: Conflict) -> Conflict | None:
    level = policy.levels.get(conflict.kind)
    # The second line behind the check of the policy itself: what the database refuses stays an error.
    if level is None or (conflict.kind in FIXED and _RANK[level] < _RANK["block"]):
        return conflict
    if level == "off":
        return None
    return conflict.model_copy(
        update={"severity": "error" if level == "block" else "warning", "must_be_acknowledged": level == "acknowledge"}
    )


def _holds(right: Right, who: UUID, role: Role) -> bool:
    return role in right.roles or any(each.id == who for each in right.people)


def _named(people: Iterable[UUID], names: Mapping[UUID, str]) -> tuple[Named, ...]:
    return tuple(Named(id=each, name=names.get(each, "")) for each in people)


def _said(right: Right) -> Phrase:
    names = tuple(each.name for each in right.people)
    people = phrase("policy-who-people", names=names, count=len(names))
    if not right.roles:
        return people
    roles = phrase("policy-who-both" if len(set(right.roles)) > 1 else f"policy-who-{right.roles[0]}")
    return phrase("policy-who-or", roles=roles, people=people) if names else roles
