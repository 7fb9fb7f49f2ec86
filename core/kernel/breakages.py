"""What stopped working and waits for somebody to mend it, as the edges see it; an adapter reports, the core tells."""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

Kind: TypeAlias = Literal["installation", "right", "socket", "chat", "moved", "model"]
"""The whole of a platform, one of its calls, the way in, one chat, a group with another id, the model."""


@dataclass(frozen=True, slots=True)
class Breakage:
    """One thing that works or does not."""

    platform: str
    """A chat platform's name, or the model's service."""
    kind: Kind
    workspace: str = ""
    """Empty for all workspaces of the platform."""
    place: str = ""
    """Which call or which chat."""


class Watch(Protocol):
    """Whom an adapter tells what it saw; never waits, never fails."""

    def broke(self, what: Breakage, why: str, waiting: str = "") -> None:
        """Something does not work. ``why``: the other side's code; ``waiting``: whose message could not go out."""
        ...

    def works(self, what: Breakage) -> None:
        """Something works, perhaps again."""
        ...


class Unwatched:
    """Nobody is told: commands that say what they see themselves."""

    def broke(self, what: Breakage, why: str, waiting: str = "") -> None:
        """Leave it."""

    def works(self, what: Breakage) -> None:
        """Leave it."""
