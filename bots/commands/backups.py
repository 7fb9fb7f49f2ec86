"""`eventflow backup | restore`: everything in one file, and back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bots.commands.console import done, fail, or_the_demo, run, settings_from_environment
from core.kernel.settings import Settings
from migrations import embedded
from migrations.apply import migrate
from migrations.backup import back_up
from migrations.backup import restore as restore_from
from migrations.login import ensure_login

T = TypeVar("T")


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; only you may read it. Must not exist yet.")],
) -> None:
    """Write everything into one file, in PostgreSQL's plain format.

    All organisations, the log's chain, the queue.
    """
    if file.exists():
        fail(f"{file} exists already. Name another file.")
    settings = or_the_demo(settings_from_environment())

    async def work(owner_url: str, _login_url: str) -> None:
        if settings.database_url is None:
            await migrate(owner_url)
        await back_up(owner_url, file)

    run(_as_owner(settings, work))
    size = file.stat().st_size / 1024
    done(f"Everything is in {file} ({size:,.0f} KiB). Try it: `eventflow restore` into an empty database.")


def restore(file: Annotated[Path, typer.Argument(help="What `eventflow backup` has written.")]) -> None:
    """Put a backup into an empty database.

    All of it or nothing; then it is brought up to date.
    """
    if not file.is_file():
        fail(f"There is no file {file}.")
    settings = settings_from_environment()

    async def work(owner_url: str, login_url: str) -> None:
        await restore_from(owner_url, file)
        await ensure_login(owner_url, login_url)

    run(_as_owner(settings, work))
    done(f"Everything of {file} is back. `eventflow log verify` walks the chain; `eventflow doctor` looks at the rest.")


async def _as_owner(settings: Settings, work: Callable[[str, str], Awaitable[T]]) -> T:
    """Work with the owner's and the login role's URL: of the embedded server, or those that are set."""
    if settings.database_url is None:
        server = await embedded.start(settings.eventflow_home)
        try:
            return await work(server.owner_url, server.login_url)
        finally:
            await asyncio.to_thread(server.stop)
    if settings.database_owner_url is None:
        fail("Set DATABASE_OWNER_URL to the database's owner: nobody else sees everything.")
    return await work(settings.database_owner_url.get_secret_value(), settings.database_url.get_secret_value())
