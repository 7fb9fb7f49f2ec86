"""Create the login role that the program runs as: it owns nothing, bypasses nothing, inherits nothing."""

from typing import Any, LiteralString

from psycopg import AsyncConnection, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from migrations.apply import MigrationError

_ROLES = ("authenticated", "eventflow_system", "eventflow_operator")
_UNSAFE: LiteralString = "select rolsuper or rolbypassrls as unsafe from pg_roles where rolname = %s"


async def ensure_login(owner_url: str, login_url: str) -> None:
    """Create the role named in ``login_url`` with its password where it is missing, and let it become our roles.

    Raises ``MigrationError`` when the URL names no user, or the user may bypass row-level security.
    """
    parts = conninfo_to_dict(login_url)
    name, password = parts.get("user"), parts.get("password")
    if not isinstance(name, str) or not name:
        raise MigrationError("DATABASE_URL names no user. Add one, such as postgresql://eventflow:...@host/database.")
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, autocommit=True, row_factory=dict_row) as conn:
        row = await (await conn.execute(_UNSAFE, (name,))).fetchone()
        if row is None:
            create = sql.SQL("create role {} login noinherit nocreatedb nocreaterole nosuperuser").format(
                sql.Identifier(name)
            )
            if password:
                create += sql.SQL(" password {}").format(sql.Literal(password))
            await conn.execute(create)
        elif row["unsafe"]:
            raise MigrationError(
                f'Role "{name}" in DATABASE_URL is a superuser or bypasses row-level security. '
                "Name another role there (it is created if it is missing) and keep this one for DATABASE_OWNER_URL."
            )
        await _grant_roles(conn, name)


async def _grant_roles(conn: AsyncConnection[dict[str, Any]], name: str) -> None:
    # From PostgreSQL 16 on, inheritance belongs to each grant; before, NOINHERIT on the role does the same.
    option = " with inherit false, set true" if conn.info.server_version >= 160000 else ""  # noqa: PLR2004
    for role in _ROLES:
        grant = sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(name)) + sql.SQL(option)
        await conn.execute(grant)
    await conn.execute(
        sql.SQL("grant connect on database {} to {}").format(sql.Identifier(conn.info.dbname), sql.Identifier(name))
    )
