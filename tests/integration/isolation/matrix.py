"""The isolation matrix: every table, every verb, every kind of caller; what happens and what should."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID

import psycopg

from core.kernel.principal import Role
from tests.integration.isolation.expectations import EXPECTED
from tests.integration.isolation.rights import Rights, Who
from tests.integration.isolation.tenants import Tenant, Tenants, Values, claims_of
from tests.world import ROLES

Verb: TypeAlias = Literal["select", "insert", "update", "delete"]
VERBS: tuple[Verb, ...] = ("select", "insert", "update", "delete")

Outcome: TypeAlias = int | str
"""How many rows a statement saw or changed, or in a word why it failed."""
DENIED, UNREADABLE = "denied", "unreadable claims"
# 55000: a view that sums rows up has none to write; PostgreSQL says so before it asks for rights.
_WORDS = {"42501": DENIED, "22P02": UNREADABLE, "55000": DENIED}

Connection: TypeAlias = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a statement, and towards whose rows."""

    name: str
    side: Literal["own", "other", "nobody"]
    claims: Callable[[Tenants], str | None]
    """The claims as text; None leaves them unset, as on a connection nobody has used yet."""
    role: Role = "viewer"
    is_readable: bool = True


def _members(side: Literal["own", "other"]) -> Iterable[Caller]:
    for role in ROLES:

        def claims(tenants: Tenants, role: Role = role) -> str:
            return claims_of((tenants.aleph if side == "own" else tenants.beth).people[role])

        yield Caller(f"{side}_{role}", side, claims, role)


def _forged(tenants: Tenants) -> str:
    return json.dumps(
        {
            "sub": str(tenants.aleph.people["viewer"]),
            "role": "owner",
            "user_role": "owner",
            "organization_id": str(tenants.beth.organization),
        }
    )


def _nameless(tenants: Tenants) -> str:
    return json.dumps({"role": "owner", "organization_id": str(tenants.aleph.organization)})


CALLERS: tuple[Caller, ...] = (
    *_members("own"),
    Caller("own_viewer_claiming_more", "own", _forged),
    *_members("other"),
    Caller("no_claims", "nobody", lambda _: None),
    Caller("empty_claims", "nobody", lambda _: ""),
    Caller("empty_object", "nobody", lambda _: "{}"),
    Caller("json_list", "nobody", lambda _: "[]"),
    Caller("null_subject", "nobody", lambda _: '{"sub": null}'),
    Caller("organization_without_person", "nobody", _nameless),
    Caller("person_of_nowhere", "nobody", lambda _: claims_of(UUID(int=1))),
    Caller("deactivated_person", "nobody", lambda tenants: claims_of(tenants.aleph.deactivated)),
    Caller("not_json", "nobody", lambda _: "sub=me", is_readable=False),
    Caller("not_a_uuid", "nobody", lambda _: '{"sub": "me"}', is_readable=False),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One statement by one caller."""

    table: str
    verb: Verb
    caller: Caller

    def __str__(self) -> str:
        return f"{self.table}-{self.verb}-{self.caller.name}"


def cells(tables: Iterable[str] = EXPECTED) -> list[Cell]:
    """Return every cell of these tables."""
    return [Cell(table, verb, caller) for table in tables for verb in VERBS for caller in CALLERS]


@dataclass(frozen=True, slots=True)
class Bench:
    """A seeded database and the connections that look at it."""

    tenants: Tenants
    owner: Connection
    """Past every rule: counts what is there."""
    login: Connection
    """The role that the program runs as."""
    unused: Connection
    """The same, on which claims were never set."""

    def wrong(self, some: Iterable[Cell]) -> dict[str, tuple[Outcome, Outcome]]:
        """Return the cells whose outcome is not the expected one: what happened, and what should have."""
        pairs = {str(cell): (self.outcome(cell), self.expected(cell)) for cell in some}
        return {name: (got, wanted) for name, (got, wanted) in pairs.items() if got != wanted}

    def outcome(self, cell: Cell) -> Outcome:
        """Try the cell's statement as its caller, and undo it."""
        aleph = self.tenants.aleph
        values = _values(aleph, aleph.people[cell.caller.role])
        claims = cell.caller.claims(self.tenants)
        outcome = self.attempt(claims, _statement(cell), values)
        column = EXPECTED[cell.table].owned_by
        if cell.verb != "select" or cell.caller.side == "other" or column is None:
            return outcome
        # As many rows as there should be may still be the wrong ones.
        foreign = self.attempt(claims, f"select from public.{cell.table} where {column} <> %(org)s", values)
        return f"{foreign} foreign" if isinstance(foreign, int) and foreign else outcome

    def attempt(self, claims: str | None, statement: str, values: Values, role: str = "authenticated") -> Outcome:
        """Run a statement in a transaction with this identity, undo it, and say what it did."""
        conn = self.unused if claims is None else self.login
        with conn.transaction(force_rollback=True):
            if claims is not None:
                conn.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
            conn.execute("select set_config('role', %s, true)", (role,))
            return tried(conn, statement, values)

    def expected(self, cell: Cell) -> Outcome:
        """Return what the table of expectations says."""
        rights, caller = EXPECTED[cell.table], cell.caller
        who: Who = getattr(rights, cell.verb)
        if who is None:
            return DENIED
        if not caller.is_readable:
            return UNREADABLE
        may = caller.side == "own" and caller.role in who
        if cell.verb == "insert":
            return 1 if may else DENIED
        return self._reached(cell, rights) if may else 0

    def _reached(self, cell: Cell, rights: Rights) -> int:
        aleph = self.tenants.aleph
        query = f"select from public.{cell.table} where {rights.owned_by} = %(org)s"
        if rights.reach == "person" and cell.caller.role not in (rights.led or ()):
            query += " and user_id = %(user)s"
        if cell.verb == "update":
            query += f" and {rights.changeable}"
        return self.owner.execute(query.encode(), _values(aleph, aleph.people[cell.caller.role])).rowcount


def tried(conn: Connection, statement: str, values: Mapping[str, Any]) -> Outcome:
    """Run a statement; return the rows it saw or changed, or the word for its SQLSTATE."""
    try:
        with conn.transaction():
            return conn.execute(statement.encode(), values).rowcount
    except psycopg.Error as error:
        return _WORDS.get(error.sqlstate or "", f"{error.sqlstate} {error}")


def _values(tenant: Tenant, user: UUID) -> Values:
    return tenant.values(user) | {"conversation": tenant.ids[f"conversation_{user}"]}


def _statement(cell: Cell) -> str:
    rights = EXPECTED[cell.table]
    # Without WHERE, so that nothing but the policy of the verb itself decides which rows are reached. From the other
    # organisation the statement names its prey, since there are rows of one's own to see and change.
    aimed = cell.caller.side == "other" and rights.owned_by is not None
    prey = f" where {rights.owned_by} = %(org)s" if aimed else ""
    match cell.verb:
        case "select":
            return f"select from public.{cell.table}{prey}"
        case "insert":
            return f"insert into public.{cell.table} {rights.add}"
        case "update":
            return f"update public.{cell.table} set {rights.change}{prey}"
        case "delete":
            return f"delete from public.{cell.table}{prey}"
