"""What the database's own catalogue says about tables, grants, functions and constraints."""

from collections.abc import Iterable
from typing import Any, LiteralString

import psycopg

Connection = psycopg.Connection[Any]

_RELATIONS: LiteralString = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
"""
_OPEN: LiteralString = """
select relname,
       case when relkind in ('m', 'f') then 'has no row-level security of its own'
            when relkind = 'v' then 'runs with the rights of its owner'
            when not relrowsecurity then 'row-level security is off'
            else 'row-level security is not forced on the owner' end as why
from pg_class
where relnamespace = 'public'::regnamespace
  and case when relkind = 'v' then not coalesce('security_invoker=true' = any (reloptions), false)
           when relkind in ('r', 'p') then not (relrowsecurity and relforcerowsecurity)
           else relkind in ('m', 'f') end
"""
_GRANTS: LiteralString = """
select coalesce(grantee.rolname, 'public') as role, relation.relname, lower(held.privilege_type) as verb, held.attname
from pg_class as relation
cross join lateral (
    select null as attname, acl.grantee, acl.privilege_type from aclexplode(relation.relacl) as acl
    union all
    select attribute.attname, acl.grantee, acl.privilege_type
    from pg_attribute as attribute cross join lateral aclexplode(attribute.attacl) as acl
    where attribute.attrelid = relation.oid) as held
left join pg_roles as grantee on grantee.oid = held.grantee
where relation.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and held.grantee <> relation.relowner
order by 1, 2, array_position(array['select', 'insert', 'update', 'delete'], lower(held.privilege_type)), 3, 4
"""
_FUNCTIONS: LiteralString = """
select space.nspname || '.' || function.proname || '(' || coalesce((
           select string_agg(format_type(argument.type, null), ', ' order by argument.place)
           from unnest(function.proargtypes) with ordinality as argument(type, place)), '') || ')' as name,
       case function.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
       function.prosecdef as is_definer,
       coalesce(function.proconfig::text like '%%search_path=%%', false) as has_fixed_path,
       (select array_agg(coalesce(grantee.rolname, 'public') order by grantee.rolname nulls first)
        from aclexplode(coalesce(function.proacl, acldefault('f', function.proowner))) as acl
        left join pg_roles as grantee on grantee.oid = acl.grantee
        where acl.grantee <> function.proowner) as executors
from pg_proc as function
join pg_namespace as space on space.oid = function.pronamespace
where space.nspname = any (%s)
order by 1
"""
_FOREIGN_KEYS: LiteralString = """
select key.conrelid::regclass::text as child, key.confrelid::regclass::text as parent,
       array_agg(child.attname::text order by pair.place) as columns,
       array_agg(parent.attname::text order by pair.place) as targets
from pg_constraint as key
cross join lateral unnest(key.conkey, key.confkey) with ordinality as pair(child, parent, place)
join pg_attribute as child on child.attrelid = key.conrelid and child.attnum = pair.child
join pg_attribute as parent on parent.attrelid = key.confrelid and parent.attnum = pair.parent
where key.contype = 'f' and key.connamespace = 'public'::regnamespace
group by key.oid
order by 1, 2, 3
"""
_CROSSING: LiteralString = """
select class.relname
from pg_index as index
join pg_class as class on class.oid = index.indexrelid
where class.relnamespace = 'public'::regnamespace and (index.indisunique or index.indisexclusion)
  and not exists (
      select from pg_attribute as member
      where member.attrelid = index.indrelid and member.attnum = any (index.indkey)
        and member.attname = 'organization_id')
  and (select array_agg(member.attname::text) from pg_attribute as member
       where member.attrelid = index.indexrelid) <> '{id}'
"""
_WORDS: LiteralString = """
select relation.relname, attribute.attname from pg_attribute as attribute
join pg_class as relation on relation.oid = attribute.attrelid
join pg_type as type on type.oid = attribute.atttypid
where relation.relnamespace = 'public'::regnamespace and relation.relkind in ('r', 'p', 'v', 'm', 'f')
  and attribute.attnum > 0 and not attribute.attisdropped
  -- Everything but ids, times, numbers and truths can hold words: text, JSON, bytes, lists, and types to come.
  and type.typname not in ('uuid', 'timestamptz', 'date', 'interval', 'bool', 'int2', 'int4', 'int8', 'numeric')
order by attribute.attrelid, attribute.attnum
"""


def relations(conn: Connection) -> set[str]:
    """Return every table and view that holds or shows rows."""
    return {row[0] for row in conn.execute(_RELATIONS)}


def words(conn: Connection) -> dict[str, str]:
    """Return the columns of every table and view that words can stand in."""
    found: dict[str, list[str]] = {}
    for relation, column in conn.execute(_WORDS):
        found.setdefault(relation, []).append(column)
    return {relation: " ".join(columns) for relation, columns in found.items()}


def open_relations(conn: Connection) -> dict[str, str]:
    """Return what row-level security does not stand before, and why."""
    return dict(conn.execute(_OPEN).fetchall())


def grants(conn: Connection) -> dict[str, dict[str, str]]:
    """Return by role and table what was granted: ``select insert update(name, locale)``."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for role, table, verb, column in conn.execute(_GRANTS):
        found.setdefault(role, {}).setdefault(table, {}).setdefault(verb, []).extend([column] if column else [])
    return {
        role: {table: " ".join(_words(verbs.items())) for table, verbs in tables.items()}
        for role, tables in found.items()
    }


def _words(verbs: Iterable[tuple[str, list[str]]]) -> list[str]:
    return [f"{verb}({', '.join(columns)})" if columns else verb for verb, columns in verbs]


def functions(conn: Connection, *schemas: str) -> list[tuple[str, str, bool, bool, frozenset[str]]]:
    """Return each function's name, volatility, SECURITY DEFINER, fixed search_path, and who may call it."""
    rows = conn.execute(_FUNCTIONS, (list(schemas),)).fetchall()
    return [(name, volatility, definer, fixed, frozenset(who or ())) for name, volatility, definer, fixed, who in rows]


def foreign_keys(conn: Connection) -> list[tuple[str, str, list[str], list[str]]]:
    """Return each foreign key: table, table it points to, columns, columns there."""
    return conn.execute(_FOREIGN_KEYS).fetchall()


def crossing_indexes(conn: Connection) -> set[str]:
    """Return the unique and exclusion indexes that compare rows of several organisations, primary keys aside."""
    return {row[0] for row in conn.execute(_CROSSING)}
