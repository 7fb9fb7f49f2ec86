"""A suggestion as it is stored: proposed, shown, decided, done."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.kernel.cards import Risk, Status
from core.kernel.messages import Address
from core.kernel.proposals import Conflict, Effect, Impact, Proposal
from core.kernel.tools import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One row of ``ai_insights_log`` of kind ``suggestion``, with the names that a card needs."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    asker_name: str
    request: str | None
    """The asker's own words."""
    is_renewed: bool
    """Whether it replaced one that the world had overtaken."""
    event_id: UUID | None
    action_type: str
    args: dict[str, Any]
    effect: Effect
    zone: str
    before: dict[str, Any] | None
    conflicts: tuple[Conflict, ...]
    impact: Impact
    facts_digest: str
    shown_hash: str
    risk: Risk
    is_blocked: bool
    deadline: datetime
    status: Status
    decided_at: datetime | None
    decider_name: str | None
    execution_error: str | None
    superseded_by: UUID | None
    origin: Address | None
    correlation_id: UUID
    message_id: UUID | None
    acknowledged_by: tuple[str, ...] = ()
    """Who has acknowledged the consequences of what it shows now, as far as the reader may know."""
    undoes: UUID | None = None
    """The suggestion whose execution it takes back."""
    has_acknowledged: bool = False
    """Whether the caller is one of them; known where a decision is made."""

    def action(self) -> Action:
        """Return the write, exactly as it was shown."""
        return Action(
            suggestion_id=self.id,
            action_type=self.action_type,
            args=self.args,
            before=self.before,
            zone=self.zone,
            facts_digest=self.facts_digest,
        )

    def is_as_shown(self) -> bool:
        """Whether the stored bytes are still those that the card was rendered from."""
        return self.shown_hash == shown_hash(
            action_type=self.action_type,
            args=self.args,
            conflicts=self.conflicts,
            impact=self.impact,
            facts_digest=self.facts_digest,
            risk=self.risk,
        )


def subject(before: dict[str, Any] | None, args: dict[str, Any]) -> str:
    """Return what an action is about, as people call it: a title or a name of the row as it is, else as it shall be."""
    for row in (before or {}, args.get("set") or {}, args):
        named = next((row[key] for key in ("title", "name", "full_name") if isinstance(row.get(key), str)), None)
        if named is not None:
            return named
    return ""


def shown_hash(
    *,
    action_type: str,
    args: dict[str, Any],
    conflicts: tuple[Conflict, ...],
    impact: Impact,
    facts_digest: str,
    risk: Risk,
) -> str:
    """Return the SHA-256 over everything that a card shows and that will run, in canonical JSON."""
    shown = {
        "action": action_type,
        "args": args,
        "conflicts": [conflict.model_dump(mode="json") for conflict in conflicts],
        "impact": impact.model_dump(mode="json"),
        "facts": facts_digest,
        "risk": risk,
    }
    canonical = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def deadline_for(proposal: Proposal, now: datetime, longest: timedelta) -> datetime:
    """Return when the suggestion expires: before its session starts, and not later than the longest wait."""
    latest = now + longest
    if proposal.starts_at is not None and now < proposal.starts_at < latest:
        return proposal.starts_at
    return latest


def judge(proposal: Proposal, risk: Risk, now: datetime, longest: timedelta) -> dict[str, Any]:
    """Return what code, never the model, decides about a proposal: ``risk``, ``shown_hash`` and ``deadline``."""
    return {
        "risk": risk,
        "shown_hash": shown_hash(
            action_type=proposal.action_type,
            args=proposal.args,
            conflicts=proposal.conflicts,
            impact=proposal.impact,
            facts_digest=proposal.facts_digest,
            risk=risk,
        ),
        "deadline": deadline_for(proposal, now, longest),
    }


def suggestion_from_row(row: dict[str, Any]) -> Suggestion:
    """Read a row of ``core.actions.queries``."""
    return Suggestion(
        id=row["id"],
        organization_id=row["organization_id"],
        user_id=row["user_id"],
        asker_name=row["asker_name"],
        request=row["action_data"].get("request"),
        is_renewed=row["action_data"].get("renewed", False),
        undoes=UUID(row["action_data"]["undoes"]) if row["action_data"].get("undoes") else None,
        event_id=row["event_id"],
        action_type=row["action_type"],
        args=row["action_data"]["args"],
        effect=row["effect"],
        zone=row["zone"],
        before=row["before_state"],
        conflicts=tuple(Conflict.model_validate(conflict) for conflict in row["conflicts"]),
        impact=Impact.model_validate(row["impact"]),
        facts_digest=row["facts_digest"],
        shown_hash=row["shown_hash"],
        risk=row["risk"],
        is_blocked=row["is_blocked"],
        deadline=row["deadline"],
        status=row["execution_status"],
        decided_at=row["decided_at"],
        decider_name=row["decider_name"],
        execution_error=row["execution_error"],
        superseded_by=row["superseded_by"],
        origin=Address(**row["origin"]) if row["origin"] else None,
        correlation_id=row["correlation_id"],
        message_id=row["message_id"],
        acknowledged_by=tuple(row.get("acknowledged_by") or ()),
        has_acknowledged=row.get("has_acknowledged", False),
    )
