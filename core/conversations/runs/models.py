"""A run of the model before it is asked, and how it ended: names and numbers, no words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from uuid import UUID

RunStatus: TypeAlias = Literal["success", "error", "timeout", "cancelled"]
"""How a run may end; until then it is ``running``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is about to be asked. ``id`` is the correlation id of what the turn leaves in the log."""

    id: UUID
    model: str
    provider: str = "gemini"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended; a cost of None is one that nobody knows."""

    id: UUID
    status: RunStatus
    error: str | None = None
    """The id of what went wrong, such as ``model-timeout``."""
    event_id: UUID | None = None
    prompt: int | None = None
    """Tokens, as the provider counts them, with ``cached``; None where it was given up before it said anything."""
    cached: int | None = None
    output: int | None = None
    thoughts: int | None = None
    """Not in ``output``, and paid for like it."""
    cost_microdollars: int | None = None
    duration_ms: int = 0
    steps: int = 0
    """How often the model was asked."""
    tools: Mapping[str, int] = field(default_factory=dict[str, int])
    """How often it called each tool."""
    toolsets: tuple[str, ...] = ()
    """The subjects whose writes it was told of when it ended."""
    suggestions: int = 0
    hit_limit: bool = False
    """Whether it was made to answer in words because it wanted ever more tools."""
