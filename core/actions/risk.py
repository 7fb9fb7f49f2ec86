"""How risky an action is, computed from facts alone; nothing that the model says takes part. Pure."""

from datetime import datetime, timedelta

from core.kernel.cards import Risk
from core.kernel.proposals import Proposal

_SOON = timedelta(hours=2)
"""A change this close to the session's start reaches people who are already on their way."""


_ORDER: tuple[Risk, ...] = ("low", "medium", "high", "critical")


def assess(proposal: Proposal, now: datetime) -> Risk:
    """Return the risk of an action: irreversible loss, harm to many, a reversible change, or next to nothing.

    The order of the seed's Pattern 3: a delete that hits registered people is critical, conflicts and VIPs are high,
    anything that people must be told about is medium. A domain may demand more, never less.
    """
    return _ORDER[max(_ORDER.index(_from_facts(proposal, now)), _ORDER.index(proposal.least_risk))]


def _from_facts(proposal: Proposal, now: datetime) -> Risk:
    people = proposal.impact.affected_participants
    if proposal.effect == "delete" and people > 0:
        return "critical"
    if proposal.is_blocked or proposal.impact.vips or (people > 0 and _is_soon(proposal, now)):
        return "high"
    if people > 0 or proposal.conflicts or proposal.effect == "delete":
        return "medium"
    return "low"


def _is_soon(proposal: Proposal, now: datetime) -> bool:
    return proposal.starts_at is not None and timedelta(0) <= proposal.starts_at - now <= _SOON
