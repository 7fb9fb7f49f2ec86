"""What one line of the lists says: who may do what to a table, and how a function runs."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.kernel.principal import Role

Who: TypeAlias = frozenset[Role] | None
"""The roles whose statement takes effect; for the others it finds nothing. None: nobody even holds the right."""

MEMBERS: Who = frozenset({"owner", "manager", "staff", "viewer"})
SUGGESTING: Who = frozenset({"owner", "manager", "staff"})
NOTED: Who = SUGGESTING
"""Who reads what is noted about people, and how to reach them."""
WRITERS: Who = frozenset({"owner", "manager"})
OWNERS: Who = frozenset({"owner"})
CLOSED: Who = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """One table's row of the matrix, and the statements that its cells try."""

    select: Who
    insert: Who
    update: Who
    delete: Who
    add: str
    """Columns and values of a row that is valid but for the rights of who adds it."""
    change: str
    """A SET clause that breaks no constraint and reads no column: reading one would bring SELECT's policies in."""
    changeable: str = "true"
    """Which rows an update reaches at all."""
    reach: Literal["organization", "person"] = "organization"
    """Whose rows a member reaches: everybody's in the organisation, or only their own."""
    led: Who = frozenset()
    """Who reaches everybody's all the same."""
    owned_by: str | None = "organization_id"
    """The column that names the organisation; None where rows belong to none."""


def agenda(*, add: str, change: str, to: Who = MEMBERS) -> Rights:
    """Return the rights of what an event is made of: managers write it."""
    return Rights(select=to, insert=WRITERS, update=WRITERS, delete=WRITERS, add=add, change=change)


def shown(*, add: str, change: str, to: Who = MEMBERS) -> Rights:
    """Return the rights of what people only read."""
    return Rights(select=to, insert=CLOSED, update=CLOSED, delete=CLOSED, add=add, change=change)


Volatility = Literal["immutable", "stable", "volatile"]
EVERYBODY = frozenset({"authenticated", "eventflow_system", "eventflow_operator"})
PEOPLE = frozenset({"authenticated"})
LOG_READERS = frozenset({"authenticated", "eventflow_operator"})
OPERATOR = frozenset({"eventflow_operator"})
NOBODY = frozenset[str]()
SYSTEM = frozenset({"eventflow_system"})
# Schema auth has Supabase's names and is closed to all but authenticated, so PUBLIC's right reaches nobody else.
ANYBODY = frozenset({"public", "authenticated"})


@dataclass(frozen=True, slots=True)
class Function:
    """One function's line."""

    volatility: Volatility
    executors: frozenset[str]
    why_definer: str | None = None
    """Why it must run with its owner's rights; None: it runs with the caller's."""
