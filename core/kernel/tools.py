"""What the model may call: one pydantic model of arguments and typed functions, declared as a value."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar
from uuid import UUID

from psycopg import AsyncConnection
from pydantic import BaseModel

from core.kernel.cards import Change, Fact
from core.kernel.claims import Claiming
from core.kernel.phrases import Phrase, Span
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
    named: "Callable[[Action], str] | None" = None
    """Names a stored write as everybody reads it: its title and what would change."""
    events: "list[dict[str, Any]] | None" = None
    """The organisation's events where they are known already; else they are looked up."""


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
    is_unknown: bool = field(default=False, compare=False)
    """Whether the event that was looked at has nothing of that name; another one may."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of time, and a room where there is one."""

    span: Span
    room: str | None


@dataclass(frozen=True, slots=True)
class Description:
    """How an action reads on a card: its title, its facts, and each property now and as proposed."""

    title: Phrase
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    lines: tuple[Phrase, ...] = ()
    """What a bundle does, line by line, in the order of the agenda."""
    order: tuple[int, ...] = ()
    """Which line each of them is, counted from 0 as they run; -1 for one that is left out."""
    name: Phrase | None = None
    """What it is about, where that is something with a name."""
    place: Place | None = None
    """Where and when that stands once this is done, or stood, where it goes."""
    was: Place | None = None
    """Where and when it stands now, where the action moves it."""


@dataclass(frozen=True, slots=True)
class Action:
    """A decided write, exactly as it was shown."""

    suggestion_id: UUID
    action_type: str
    args: dict[str, Any]
    before: dict[str, Any] | None
    zone: str
    facts_digest: str
    outcome: tuple[dict[str, Any], ...] = ()
    """What became of each line of a bundle that ran."""
    is_undo: bool = False
    """Whether it takes another one back."""


@dataclass(frozen=True, slots=True)
class Inverse:
    """The write that takes another one back, in canonical arguments as ``review`` and ``execute`` take them."""

    action_type: str
    args: dict[str, Any]


class Execution(Protocol):
    """How a write runs after a decision. Each part queues statements and fetches nothing."""

    async def __call__(self, tx: Transaction, action: Action) -> None:
        """Prove and write."""
        ...

    async def prove(self, tx: Transaction, action: Action) -> None:
        """Lock what the write is judged by, and raise ``WorldMoved`` when it is no longer what was shown."""
        ...

    async def write(self, tx: Transaction, action: Action) -> None:
        """Write; only ever after the proof, in the same transaction."""
        ...


_BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Beside:
    """How a write looks to other writes of one bundle that share its facts. Pure.

    They get what these functions return as ``beside`` in their own arguments, and are judged as if it were done.
    """

    subject: str
    """Writes of one subject see each other."""
    leaves: Callable[[dict[str, Any]], list[dict[str, Any]]]
    """What a line leaves to those after it."""
    clears: Callable[[dict[str, Any]], list[dict[str, Any]]]
    """What those before it may count on already, where all of them run or none."""
    rank: int = 9
    """Lines run in this order: who leaves makes room for who comes."""

    @staticmethod
    def among(args: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
        """Return a line's arguments with what the others leave and clear for it."""
        return {**args, _BESIDE: others} if others else args

    @staticmethod
    def alone(args: dict[str, Any]) -> dict[str, Any]:
        """Return a line's arguments without that: it follows from the bundle."""
        return {key: value for key, value in args.items() if key != _BESIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Something that could be done instead of a write."""

    action_type: str
    args: dict[str, Any] | None = None
    """Canonical arguments, where they are known already."""
    said: dict[str, Any] | None = None
    """Else what somebody would say to the tool of the action type."""
    label: dict[str, Any]
    """What names it, for ``core.actions.phrasing.alternative_phrase``."""


@dataclass(frozen=True, slots=True)
class Said:
    """A write in the words of its tool's arguments, times as local ISO 8601."""

    fixed: dict[str, Any]
    """What it is about; those that the tool has no argument for are left out."""
    wanted: dict[str, Any]
    """What is proposed, by argument, wherever in the arguments that stands."""
    now: dict[str, Any] = field(default_factory=dict[str, Any])
    """How it is today, where nothing else is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """How a person changes a write before they approve it: what the tool's arguments mark (``core.kernel.fields``)."""

    said: Callable[[Action], Said | None]
    """Return what somebody would say to the tool for the action as it is; None where that cannot be said. Pure."""
    apply: Callable[[ToolContext, Action, Mapping[str, Any]], Awaitable[dict[str, Any] | Refused]] | None = None
    """Return the canonical arguments of the same write with other values, as people say them; its own arguments where
    nothing is another. None where the tool's ``preview`` of what is said is all there is to it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the tools of one folder are about; the folder's package names it as ``SUBJECT``.

    The model is told of them when it, or the person's words, ask for the subject.
    """

    name: str
    about: str = ""
    """What can be read and done, for the model's index."""
    words: str = ""
    """What people say, in any language, who want such a change; commas part entries, each of words' beginnings.

    A message asks for it that has all the words of an entry; Hebrew's final letters are written as others."""
    reads_always: bool = False
    """Whether the model is told of the reads at all times: they are what most questions are about."""
    errors: str = ""
    warnings: str = ""
    """The kinds of conflicts that stand against its changes, with spaces between; a policy may weigh each otherwise."""
    rank: int = 0
    """Its place among the subjects of ``core.domains``, from 1, each its own: the order in which the model is told."""


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
    execute: Execution
    """Queue the statements of the write; raises ``WorldMoved`` when the facts are no longer those shown."""
    describe: Callable[[Action], Description]
    """Say the action on a card, from the bytes that will run. Pure."""
    claims: Claiming
    """Say what it is about, takes and leaves, for everything that knows no subject. Pure."""
    inverse: Callable[[Action], Inverse | None]
    """Return what takes the write back exactly, from the stored before-state; None when nothing can. Pure."""
    beside: Beside | None = None
    """How it looks to the other lines of a bundle; None where it shares its facts with no other write."""
    editing: Editing | None = None
    """None where there is nothing that a person could change."""
    alternatives: Callable[[ToolContext, Proposal], Awaitable[tuple[Alternative, ...]]] | None = None
    """What could be done where a conflict stands against the write, best first."""
    roles: frozenset[Role] = SUGGESTING_ROLES
    effect: Literal["write"] = "write"


ToolSpec: TypeAlias = ReadTool[Any] | WriteTool[Any]
