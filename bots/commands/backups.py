"""`eventflow backup | restore`: everything in one file, and back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bots.commands.console import done, fail, or_the_demo, run, settings_from_environment
from bots.commands.tables import counted
from bots.serving import stop_on_signals
from core.kernel.settings import Settings
from migrations import embedded
from migrations.apply import migrate
from migrations.backup import back_up
from migrations.backup import restore as restore_from
from migrations.login import ensure_login

T = TypeVar("T")


_NAME = "eventflow-%Y%m%dT%H%M%SZ.sql"
"""What a backup in the folder is called: when it was begun, in UTC. Other files in the folder are left alone."""


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="Where to write it; must not exist yet. Left out: a new file in EVENTFLOW_BACKUPS."),
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="How many stay in EVENTFLOW_BACKUPS; older ones go.")
    ] = None,
    every: Annotated[
        float | None, typer.Option("--every", min=0.01, help="Stay, and write one every so many hours.")
    ] = None,
) -> None:
    """Write everything into one file, in PostgreSQL's plain format.

    All organisations, the log's chain, the queue.
    """
    if file is not None and (keep is not None or every is not None):
        fail("--keep and --every are about the folder EVENTFLOW_BACKUPS. Leave out the file, or them.")
    if file is not None and file.exists():
        fail(f"{file} exists already. Name another file.")
    settings = or_the_demo(settings_from_environment())
    if every is None:
        run(_back_up(settings, file, keep))
    else:
        run(_back_up_for_ever(settings, keep, timedelta(hours=every)))


async def _back_up_for_ever(settings: Settings, keep: int | None, every: timedelta) -> None:
    """Write a backup whenever the newest is old enough; what goes wrong ends the command, for others to start again."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    while not stop.is_set():
        kept = in_folder(settings.backups)
        rest = (kept[-1][0] + every - datetime.now(UTC)).total_seconds() if kept else 0
        if rest <= 0:
            await _back_up(settings, None, keep)
            continue
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), rest)


async def _back_up(settings: Settings, file: Path | None, keep: int | None) -> None:
    target = file or _new_in(settings.backups)

    async def work(owner_url: str, _login_url: str) -> None:
        if settings.database_url is None:
            await migrate(owner_url)
        await back_up(owner_url, target)

    await _as_owner(settings, work)
    size = target.stat().st_size / 1024
    done(f"Everything is in {target} ({size:,.0f} KiB). Try it: `eventflow restore` into an empty database.")
    if keep is not None:
        for _when, old in in_folder(settings.backups)[:-keep]:
            old.unlink(missing_ok=True)
            done(f"{old} is gone: {counted(keep, 'newer one')} stay.")


def in_folder(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups in a folder and when each was begun, oldest first."""
    found: list[tuple[datetime, Path]] = []
    for path in folder.glob("eventflow-*.sql"):
        with suppress(ValueError):
            found.append((datetime.strptime(path.name, _NAME).replace(tzinfo=UTC), path))
    return sorted(found)


def _new_in(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob("eventflow-*.sql.part"):
            left.unlink(missing_ok=True)  # of one that was killed
    except OSError as refused:
        fail(
            f"EVENTFLOW_BACKUPS is {folder}, which cannot be written ({refused.strerror}). Set it to a folder of yours."
        )
    return folder / datetime.now(UTC).strftime(_NAME)


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
