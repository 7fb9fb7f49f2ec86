"""How risky an action is, computed from facts alone; what the model says may raise it and never lower it. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.actions.bundles.models import BUNDLE
from core.kernel.cards import Risk
from core.kernel.proposals import Proposal

_SOON = timedelta(hours=2)
"""A change this close to the session's start reaches people who are already on their way."""
_MANY_LINES, _MANY_PEOPLE = 20, 100
"""A bundle of so many lines, or that touches so many people, is a step riskier than its riskiest line."""
_ORDER: tuple[Risk, ...] = ("low", "medium", "high", "critical")


def assess(proposal: Proposal, now: datetime) -> Risk:
    """Return the risk of an action: irreversible loss, harm to many, a reversible change, or next to nothing.

    The order of the seed's Pattern 3: a delete that hits registered people is critical, conflicts and VIPs are high,
    anything that people must be told about is medium. A domain may demand more, never less.
    """
    return at_least(_from_facts(proposal, now), proposal.least_risk)


def at_least(risk: Risk, wanted: Risk | None) -> Risk:
    """Return the higher of two risks; who asks for less than the facts say gets what the facts say."""
    return risk if wanted is None else _ORDER[max(_ORDER.index(risk), _ORDER.index(wanted))]


def of_lines(risks: Sequence[Risk], people: int) -> Risk:
    """Return the risk of a bundle: that of its riskiest line, and a step more where it is large."""
    is_large = len(risks) >= _MANY_LINES or people >= _MANY_PEOPLE
    highest = max(_ORDER.index(risk) for risk in risks) + is_large
    return _ORDER[min(highest, len(_ORDER) - 1)]


def _from_facts(proposal: Proposal, now: datetime) -> Risk:
    if proposal.action_type == BUNDLE:
        # Its lines were assessed one by one: a break that is removed beside a talk that is moved harms nobody.
        return "high" if proposal.is_blocked or _is_to_be_acknowledged(proposal) else "low"
    people = proposal.impact.touches
    if proposal.effect == "delete" and people > 0:
        return "critical"
    if proposal.is_blocked or proposal.impact.vips or (people > 0 and _is_soon(proposal, now)):
        return "high"
    if _is_to_be_acknowledged(proposal):
        return "high"
    if people > 0 or proposal.conflicts or proposal.effect == "delete":
        return "medium"
    return "low"


def _is_to_be_acknowledged(proposal: Proposal) -> bool:
    return any(conflict.must_be_acknowledged for conflict in proposal.conflicts)


def _is_soon(proposal: Proposal, now: datetime) -> bool:
    return proposal.starts_at is not None and timedelta(0) <= proposal.starts_at - now <= _SOON
