"""A suggestion before it is stored: what it does, how it was judged, who asked for it, and what made it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from core.actions.suggestion import Suggestion
from core.kernel.cards import Risk
from core.kernel.messages import Address
from core.kernel.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked for an action, in which words and where. What replaces a suggestion keeps this."""

    user_id: UUID
    request: str | None
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
            user_id=suggestion.user_id,
            request=suggestion.request,
            correlation_id=suggestion.correlation_id,
            message_id=suggestion.message_id,
            origin=suggestion.origin,
            because=suggestion.because,
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

    def action_data(self) -> dict[str, Any]:
        """Return what is kept of it beside its columns."""
        said = {
            "args": self.weighed.proposal.args,
            "request": self.asked.request,
            "renewed": self.renewed,
            "undoes": str(self.undoes) if self.undoes else None,
        }
        more = {
            "because": self.asked.because,
            "raised_to": self.weighed.raised_to,
            "edited_by": self.edited_by,
            "editor": str(self.editor) if self.editor else None,
        }
        return said | {name: value for name, value in more.items() if value is not None}
