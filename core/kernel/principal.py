"""Who someone is: as a chat platform says it, and as the organisation says it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

Platform: TypeAlias = str
"""Short name of a chat platform: ``slack``, ``telegram``."""
PLATFORM_NAMES: dict[Platform, str] = {"slack": "Slack", "telegram": "Telegram", "gemini": "Gemini"}
"""What people call those that we talk to; the model's is told of in the same sentences as the chats'."""
Locale: TypeAlias = str
"""Language tag of a person or channel: ``en``, ``he``. One exists for each folder in ``core/texts``."""
Role: TypeAlias = Literal["owner", "manager", "staff", "viewer"]

DECIDING_ROLES: frozenset[Role] = frozenset({"owner", "manager"})
"""Roles that may approve or reject a suggestion."""
SUGGESTING_ROLES: frozenset[Role] = frozenset({"owner", "manager", "staff"})
"""Roles whose requests may become suggestions; a viewer only reads."""


@dataclass(frozen=True, slots=True)
class ChatUser:
    """A person as the platform names them; nothing here is trusted until it is linked."""

    platform: Platform
    workspace: str
    """Slack team id; for Telegram the bot's numeric id."""
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A person as the organisation knows them; the only identity that may touch tenant data."""

    user_id: UUID
    organization_id: UUID
    role: Role
    locale: Locale
    timezone: str
    """IANA zone name."""
    name: str

    def claims(self) -> dict[str, str]:
        """Return the JWT-style claims that row-level security reads; the role stays in the database."""
        return {"sub": str(self.user_id), "role": "authenticated"}

    @property
    def may_decide(self) -> bool:
        """Whether this person may approve or reject."""
        return self.role in DECIDING_ROLES

    @property
    def may_read_notes(self) -> bool:
        """Whether this person reads what is noted about people, and how to reach them."""
        return self.role != "viewer"
