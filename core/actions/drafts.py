"""A suggestion before it is stored: what it does, how it was judged, who asked for it, and what made it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from core.actions.bundles.models import BUNDLE, rows_of
from core.actions.suggestion import Suggestion
from core.kernel.cards import Risk
from core.kernel.claims import data_of
from core.kernel.messages import Address
from core.kernel.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked for an action, in which words and where. What replaces a suggestion keeps this."""

    user_id: UUID
    words: str | None
    correlation_id: UUID
    """One story, from the asking to whatever becomes of it."""
    message_id: UUID | None
    origin: Address | None
    because: str | None = None
    """Why the model suggests it, in its own words."""

    @classmethod
    def of(cls, suggestion: Suggestion) -> "Asked":
        """Return what a stored suggestion says of this."""
        return cls(
            user_id=suggestion.request.user_id,
            words=suggestion.request.words,
            correlation_id=suggestion.request.correlation_id,
            message_id=suggestion.request.message_id,
            origin=suggestion.request.origin,
            because=suggestion.request.because,
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal as the organisation's rules see it: its conflicts at their levels, its risk, who may decide."""

    proposal: Proposal
    risk: Risk
    raised_to: Risk | None = None
    policy: dict[str, Any] | None = None
    alternatives: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that is stored of a suggestion."""

    weighed: Weighed
    asked: Asked
    id: UUID = field(default_factory=uuid4)
    renewed: bool = False
    """Whether it replaces one that the world has overtaken."""
    undoes: UUID | None = None
    """The suggestion whose execution it takes back."""
    edited_from: UUID | None = None
    """The suggestion that somebody changed to make this one."""
    edited_by: str | None = None
    """Their name."""
    editor: UUID | None = None
    """Who they are: what somebody made themselves they have asked for, where askers may not approve."""

    editors: tuple[UUID, ...] = ()
    """Everybody who has, from the first change on."""

    def action_data(self) -> dict[str, Any]:
        """Return what is kept of it beside its columns.

        The names are those of the audit queries; a key stands there only where there is something to say, so that
        ``is not null`` means what it seems to. ``vip_affected`` and ``vip_details`` always stand.
        """
        proposal, asked = self.weighed.proposal, self.asked
        conflicts = [conflict.model_dump(mode="json") for conflict in proposal.conflicts]
        vips = [vip.model_dump(mode="json") for vip in proposal.impact.vips]
        said = {
            "args": proposal.args,
            "claims": data_of(proposal.claims),
            "renewed": self.renewed,
            "vip_affected": bool(vips),
            "vip_details": vips,
        }
        more = {
            "correlation_id": str(asked.correlation_id),
            "user_message": asked.words,
            "reasoning": asked.because,
            "schedule_id": _text(proposal.schedule_id),
            "changes": proposal.changes or None,
            "current_state": _now(proposal),
            "proposed_state": proposal.proposed,
            "conflicts": conflicts or None,
            "conflicts_detected": conflicts or None,
            "undoes": _text(self.undoes),
            "raised_to": self.weighed.raised_to,
            "edited_by": self.edited_by,
            "editor": _text(self.editor),
            "editors": [str(each) for each in self.editors] or None,
        }
        return said | {name: value for name, value in more.items() if value is not None}


def _now(proposal: Proposal) -> dict[str, Any] | None:
    """Return what it changes as it is; of a bundle that of each line, of which the card needs the title alone."""
    if proposal.action_type != BUNDLE:
        return proposal.before
    return {"lines": [line["before"] for line in rows_of(proposal.args)]}


def _text(known: UUID | None) -> str | None:
    return None if known is None else str(known)
