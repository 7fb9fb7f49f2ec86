"""What the model may call: one pydantic model of arguments and typed functions, declared as a value."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from psycopg import AsyncConnection
from pydantic import BaseModel

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase
from core.kernel.principal import SUGGESTING_ROLES, Principal, Role
from core.kernel.proposals import Proposal

Transaction: TypeAlias = AsyncConnection[dict[str, Any]]
"""A connection inside a transaction that already runs as somebody; rows come as dictionaries."""

Args = TypeVar("Args", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool gets: a transaction as the person who asked, the person, and the time. No clients, no globals."""

    tx: Transaction
    principal: Principal
    now: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """The tool's answer for the model: plain JSON data."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A "no" that is no bug: what is wrong and what to do about it, for the person (and, in English, the model)."""

    why: Phrase
    data: dict[str, Any] | None = None
    """What helps to ask back, such as the sessions that match."""


@dataclass(frozen=True, slots=True)
class Description:
    """How an action reads on a card: its title, its facts, and each property now and as proposed."""

    title: Phrase
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A decided write, exactly as it was shown."""

    suggestion_id: UUID
    action_type: str
    args: dict[str, Any]
    before: dict[str, Any] | None
    zone: str
    facts_digest: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """The write that takes another one back, in canonical arguments as ``review`` and ``execute`` take them."""

    action_type: str
    args: dict[str, Any]


_EVERYONE: frozenset[Role] = frozenset({"owner", "manager", "staff", "viewer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTool(Generic[Args]):
    """A question: answered at once, as the person who asked."""

    name: str
    description: str
    args: type[Args]
    run: Callable[[ToolContext, Args], Awaitable[Done | Refused]]
    roles: frozenset[Role] = _EVERYONE
    effect: Literal["read"] = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTool(Generic[Args]):
    """A write: the model can only make it a suggestion; ``execute`` is reached by a decision alone."""

    name: str
    action_type: str
    description: str
    args: type[Args]
    preview: Callable[[ToolContext, Args], Awaitable[Proposal | Refused]]
    """Resolve names, look at the world, find conflicts and impact. Changes nothing."""
    review: Callable[[ToolContext, dict[str, Any]], Awaitable[Proposal | Refused]]
    """Look at the world again for arguments that are already canonical (after it moved)."""
    execute: Callable[[Transaction, Action], Awaitable[None]]
    """Queue the statements of the write; raises ``WorldMoved`` when the facts are no longer those shown."""
    describe: Callable[[Action], Description]
    """Say the action on a card, from the bytes that will run. Pure."""
    inverse: Callable[[Action], Inverse | None]
    """Return what takes the write back exactly, from the stored before-state; None when nothing can. Pure."""
    roles: frozenset[Role] = SUGGESTING_ROLES
    effect: Literal["write"] = "write"


ToolSpec: TypeAlias = ReadTool[Any] | WriteTool[Any]
