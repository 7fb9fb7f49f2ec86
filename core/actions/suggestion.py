"""A suggestion as it is stored: proposed, shown, decided, done."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.kernel.cards import Risk, Status
from core.kernel.claims import Claim, Claims, named, subject
from core.kernel.messages import Address
from core.kernel.phrases import Phrase
from core.kernel.principal import Locale
from core.kernel.proposals import Conflict, Effect, Impact, Proposal
from core.kernel.tools import Action

_LONGEST_WAIT = timedelta(hours=24)
"""Whatever the settings say: what a card shows is true for a day at most."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A suggestion that waits for the same session, room or speaker, as a card names it."""

    id: UUID
    title: Phrase
    what: tuple[Phrase, ...]
    """What it would make of it: times, room; empty where the title says it all."""
    asker_name: str


@dataclass(frozen=True, slots=True)
class Rivals:
    """Every suggestion of which only one can be, oldest first, and the few that a card names."""

    ids: tuple[UUID, ...] = ()
    named: tuple[Rival, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, as it was judged and shown; it never changes, whatever becomes of it."""

    user_id: UUID
    asker_name: str
    asker_locale: Locale | None = None
    """The asker's language; known where a decision is made."""
    words: str | None
    """The asker's own words."""
    because: str | None = None
    """Why the model suggests it, in its own words; they decide nothing."""
    origin: Address | None
    correlation_id: UUID
    message_id: UUID | None
    event_id: UUID | None
    event_name: str | None = None
    """The event that it is about, where the organisation had several when it was suggested."""
    zone: str
    action_type: str
    args: dict[str, Any]
    effect: Effect
    before: dict[str, Any] | None
    conflicts: tuple[Conflict, ...]
    impact: Impact
    facts_digest: str
    risk: Risk
    raised_to: Risk | None = None
    """The least risk that the model asked for; it may raise what the facts say, never lower it."""
    is_blocked: bool
    shown_hash: str
    deadline: datetime
    policy: dict[str, Any] | None = None
    """Whom the organisation's policy let decide this when it was suggested; None from before there were policies."""
    alternatives: tuple[dict[str, Any], ...] = ()
    """What could be done instead."""
    is_renewed: bool
    """Whether it replaced one that the world had overtaken."""
    undoes: UUID | None = None
    """The suggestion whose execution it takes back."""
    edited_from: UUID | None = None
    """The suggestion that somebody changed, and so made this one."""
    editor_name: str | None = None
    """Who did."""
    editor: UUID | None = None
    """The same person."""
    editors: tuple[UUID, ...] = ()
    """Everybody who did, from the first change on."""
    claims: Claims = ()
    """What it is about, takes and leaves; nothing in what was suggested before that was kept."""
    title: str = ""
    """What it is about, as people call it: a title or a name."""

    @property
    def askers(self) -> frozenset[UUID]:
        """Whose wish it is: who asked, and everybody who changed it since."""
        return frozenset((self.user_id, *self.editors, *(() if self.editor is None else (self.editor,))))

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What became of a request: who read it, who approved it, how it was decided, what its execution did."""

    status: Status
    acknowledged_by: tuple[str, ...] = ()
    """Who has acknowledged the consequences of what it shows now, as far as the reader may know."""
    is_ticked: bool | None = None
    """Whether the last that anybody did was to acknowledge, and not to take it back; known where a card is made."""
    has_acknowledged: bool = False
    """Whether the caller is one of them; known where a decision is made."""
    approved_by: tuple[str, ...] = ()
    """Who has approved what it shows now, where that takes two."""
    decided_at: datetime | None
    decider_name: str | None
    decided_from: dict[str, Any] | None = None
    """Where it was decided, and what came with the decision: a reason, what was ticked or typed."""
    execution_error: str | None
    outcome: tuple[dict[str, Any], ...] = ()
    """What became of each line of a bundle."""
    superseded_by: UUID | None
    lost_to: UUID | None = None
    """The suggestion that was approved instead of this one."""

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who approved what was done, by name: two where that took two."""
        both = tuple((self.decided_from or {}).get("approvers", ()))
        return both or ((self.decider_name,) if self.decider_name else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A request with its review: one row of ``ai_insights_log`` of kind ``suggestion``, and what stands around it."""

    id: UUID
    organization_id: UUID
    request: Request
    review: Review
    has_company: bool = True
    """Whether others wait about the same event; known where a decision is made."""
    rivals: Rivals = Rivals()
    """Those that lose if this one is approved; known where a card is made."""
    winner: Phrase | None = None
    """What was approved instead; known where a card is made."""
    taken_back: "Suggestion | None" = None
    """The undo that was done and still holds; known where a card is made."""

    def action(self) -> Action:
        """Return the write, exactly as it was shown."""
        asked = self.request
        return Action(
            suggestion_id=self.id,
            action_type=asked.action_type,
            args=asked.args,
            before=asked.before,
            zone=asked.zone,
            facts_digest=asked.facts_digest,
            outcome=self.review.outcome,
            is_undo=asked.undoes is not None,
        )


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
    """Return when the suggestion expires: at the longest wait, a day at most, or sooner.

    Nobody is asked any more when the session starts, as it is or as it is proposed, whichever comes first.
    """
    latest = now + min(longest, _LONGEST_WAIT)
    starts = (proposal.starts_at, *(each.start for each in proposal.claims if each.part == "takes"))
    return min((at for at in starts if at is not None and now < at < latest), default=latest)


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
        request=_request(row, row["action_data"]),
        review=_review(row),
        has_company=row.get("has_company", True),
    )


def _request(row: dict[str, Any], data: dict[str, Any]) -> Request:
    claims = tuple(Claim.model_validate(each) for each in data.get("claims", ()))
    return Request(
        user_id=row["user_id"],
        asker_name=row["asker_name"],
        asker_locale=row.get("asker_locale"),
        # Under their older names in what was suggested before the audit queries' were used.
        words=data.get("user_message", data.get("request")),
        because=data.get("reasoning", data.get("because")),
        origin=Address(**row["origin"]) if row["origin"] else None,
        correlation_id=row["correlation_id"],
        message_id=row["message_id"],
        event_id=row["event_id"],
        event_name=data.get("event"),
        zone=row["zone"],
        action_type=row["action_type"],
        args=data["args"],
        claims=claims,
        title=subject(claims) or _older_title(row["before_state"], data.get("proposed_state")),
        effect=row["effect"],
        before=row["before_state"],
        conflicts=tuple(Conflict.model_validate(conflict) for conflict in row["conflicts"]),
        impact=Impact.model_validate(row["impact"]),
        facts_digest=row["facts_digest"],
        risk=row["risk"],
        raised_to=data.get("raised_to"),
        is_blocked=row["is_blocked"],
        shown_hash=row["shown_hash"],
        deadline=row["deadline"],
        policy=row["policy"],
        alternatives=tuple(row["alternatives"]),
        is_renewed=data.get("renewed", False),
        undoes=UUID(data["undoes"]) if data.get("undoes") else None,
        edited_from=row["edited_from"],
        editor_name=data.get("edited_by"),
        editor=UUID(data["editor"]) if data.get("editor") else None,
        editors=tuple(map(UUID, data.get("editors", ()))),
    )


def _review(row: dict[str, Any]) -> Review:
    return Review(
        status=row["execution_status"],
        acknowledged_by=tuple(row.get("acknowledged_by") or ()),
        is_ticked=row.get("is_ticked"),
        has_acknowledged=row.get("has_acknowledged", False),
        approved_by=tuple(row.get("approved_by_names") or ()),
        decided_at=row["decided_at"],
        decider_name=row["decider_name"],
        decided_from=row["decided_from"],
        execution_error=row["execution_error"],
        outcome=tuple(row["outcome"] or ()),
        superseded_by=row["superseded_by"],
        lost_to=row["lost_to"],
    )


def _older_title(before: dict[str, Any] | None, proposed: dict[str, Any] | None) -> str:
    """Return the title of what was suggested before its claims were kept; of a bundle those of its lines."""
    lines = (before or {}).get("lines", ())
    return named(before, proposed) or ", ".join(dict.fromkeys(filter(None, (named(line) for line in lines))))
