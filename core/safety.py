"""The checks before the program serves anybody: what the login role may do, and whether the database is ready."""

from dataclasses import dataclass
from typing import LiteralString, cast

from core.db import Database
from core.kernel.principal import Principal

OLDEST_SERVER = 150000
"""PostgreSQL 15, as ``server_version_num``."""

_LOGIN: LiteralString = """
select current_user as name, me.rolsuper as is_superuser,
       current_setting('server_version_num')::integer as version,
       -- A role that it may become counts like itself.
       exists (select from pg_roles as other
               where (other.rolsuper or other.rolbypassrls) and pg_has_role(me.oid, other.oid, 'member')) as bypasses,
       exists (select from pg_class as owned
               join pg_namespace as space on space.oid = owned.relnamespace
               where space.nspname in ('public', 'app', 'procrastinate')
                 and pg_has_role(me.oid, owned.relowner, 'member')) as owns,
       exists (select from pg_class as open
               where open.relnamespace = 'public'::regnamespace and open.relkind in ('r', 'p')
                 and not (open.relrowsecurity and open.relforcerowsecurity)) as is_open,
       exists (select from pg_class as view
               where view.relnamespace = 'public'::regnamespace
                 and (view.relkind = 'm' or (view.relkind = 'v'
                      and not coalesce('security_invoker=true' = any(view.reloptions), false)))) as shows,
       (select count(*) from pg_roles as may
        where may.rolname in ('authenticated', 'eventflow_system', 'eventflow_operator')
          and pg_has_role(me.oid, may.oid, 'member')) as roles
from pg_roles as me where me.rolname = current_user
"""
_ROLES = 3
"""How many roles of the program a login must be able to become."""
_IS_SET_UP: LiteralString = """
select exists (
    select from pg_roles where rolname = 'eventflow_system' and pg_has_role(current_user, oid, 'member')) as is_set_up
"""
_APPLIED: LiteralString = "select name, checksum from app.applied_migrations()"

# https://www.postgresql.org/docs/release/18.6/: what btree_gist built on floats before may hold NaN in a wrong place.
# Ours are built on uuid, text and ranges; this finds what somebody added.
_TO_REINDEX: LiteralString = """
select distinct made.oid::regclass::text as name from pg_index as known
join pg_class as made on made.oid = known.indexrelid
join pg_opclass as kind on kind.oid = any (known.indclass::oid[])
where kind.opcname in ('gist_float4_ops', 'gist_float8_ops') order by 1
"""


_SOMEBODY: LiteralString = """
select distinct on (organization_id) id, organization_id, role from public.user_profiles
where is_active order by organization_id, role, id limit 500
"""
"""One of each organisation's people; after five hundred, another says nothing new."""
_TENANT_TABLES: LiteralString = """
select thing.oid::regclass::text as name from pg_class as thing join pg_attribute as part on part.attrelid = thing.oid
where thing.relnamespace = 'public'::regnamespace and thing.relkind in ('r', 'p')
  and part.attname = 'organization_id' and not part.attisdropped
  and has_column_privilege('authenticated', thing.oid, part.attnum, 'select')
order by 1
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the program must not start, and how to put it right."""

    what: str
    fix: str


async def unsafe(db: Database) -> list[Problem]:
    """Return what makes it unsafe to run with this database URL; an empty list is what a sound set-up gives.

    Raises ``DatabaseDown`` when the server cannot be reached.
    """
    async with db.raw() as conn:
        row = await (await conn.execute(_LOGIN)).fetchone()
    assert row is not None  # noqa: S101 everybody has a row in pg_roles
    fix = (
        "Name another role in DATABASE_URL, put this one into DATABASE_OWNER_URL, and run `eventflow migrate`: "
        "it creates the role."
    )
    name = row["name"]
    found: list[Problem] = []
    if row["version"] < OLDEST_SERVER:
        found.append(Problem("The server is older than PostgreSQL 15.", "Use PostgreSQL 15 or newer."))
    if row["is_superuser"]:
        found.append(Problem(f'"{name}" is a superuser and would bypass row-level security.', fix))
    elif row["bypasses"]:
        found.append(Problem(f'"{name}" has BYPASSRLS and would see every organisation.', fix))
    elif row["owns"]:
        found.append(Problem(f'"{name}" owns tables of the program and could change their rules.', fix))
    if row["is_open"]:
        found.append(
            Problem("A table in schema public is without forced row-level security.", "Run `eventflow migrate`.")
        )
    if row["shows"]:
        found.append(Problem("A view in schema public shows rows past its rules.", "Make it security_invoker."))
    if row["roles"] < _ROLES and not found:
        found.append(Problem(f'"{name}" may not become the program\'s roles.', "Run `eventflow migrate`."))
    return found


async def missing_migrations(db: Database, wanted: dict[str, str]) -> list[str]:
    """Return the migration files (name to checksum) that the database does not have, or has otherwise.

    Raises ``DatabaseDown`` when the server cannot be reached.
    """
    async with db.raw() as conn:
        known = await (await conn.execute(_IS_SET_UP)).fetchone()
    if known is None or not known["is_set_up"]:
        return sorted(wanted)
    async with db.as_system() as tx:
        ledger = await (await tx.execute("select to_regprocedure('app.applied_migrations()') as it")).fetchone()
        if ledger is None or ledger["it"] is None:
            return sorted(wanted)
        applied = {row["name"]: row["checksum"] for row in await (await tx.execute(_APPLIED)).fetchall()}
    return sorted(name for name, checksum in wanted.items() if applied.get(name) != checksum)


async def to_reindex(db: Database) -> list[str]:
    """Return the indexes that PostgreSQL 18.6 and its siblings ask to build anew after the update."""
    async with db.raw() as conn:
        return [row["name"] for row in await (await conn.execute(_TO_REINDEX)).fetchall()]


@dataclass(frozen=True, slots=True)
class Look:
    """What was found by looking across the borders of organisations."""

    organizations: int
    tables: int
    leaks: list[str]
    """Tables of which somebody saw a row that is not their organisation's."""


async def look_across(db: Database) -> Look:
    """Look at every tenant table as one person of each organisation, and say where rows of another are seen."""
    async with db.as_operator() as tx:
        people = await (await tx.execute(_SOMEBODY)).fetchall()
        tables = [row["name"] for row in await (await tx.execute(_TENANT_TABLES)).fetchall()]
    # Names out of the catalogue, quoted by the server itself.
    counts = (f"select '{name}' as name from {name} where organization_id is distinct from %(org)s" for name in tables)
    query = cast(LiteralString, " union ".join(counts))
    leaks: set[str] = set()
    for row in people:
        org, role = row["organization_id"], row["role"]
        who = Principal(user_id=row["id"], organization_id=org, role=role, locale="en", timezone="UTC", name="")
        leaks |= {seen["name"] for seen in await db.read_as(who, query, {"org": org})}
    return Look(len(people), len(tables), sorted(leaks))
