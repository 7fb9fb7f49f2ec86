"""`eventflow upgrade --rehearse`: last night's backup, brought to this version beside the live database, and proven."""

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bots.commands.backups import in_folder
from bots.commands.console import done, fail, run, settings_from_environment
from bots.commands.tables import counted
from core.audit.history import queries as history
from core.db import Database
from core.safety import look_across, unsafe
from migrations import embedded
from migrations.apply import migrate, wanted
from migrations.backup import fill
from migrations.login import ensure_login
from migrations.schema import FILE, text_of

_ROOM = 6
"""Bytes on the disk for each byte of the backup: rows, indexes, the log of writing them, and some to spare."""
_LEAST_ROOM = 300 * 1024 * 1024
"""Bytes that a new server takes besides."""
_LEDGER = re.compile(rb"^COPY app\.migrations \(name, .*?\n(.*?)^\\\.$", re.MULTILINE | re.DOTALL)
_BRACKETS = re.compile(r"[()]|\s+$")


def upgrade(
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Try it on the newest backup, beside: the live database is not touched.")
    ] = False,
    backup: Annotated[
        Path | None, typer.Option("--backup", help="This backup instead of the newest in EVENTFLOW_BACKUPS.")
    ] = None,
    room: Annotated[
        Path | None, typer.Option("--room", help="Where it may lie meanwhile; else in EVENTFLOW_HOME.")
    ] = None,
) -> None:
    """Say whether this version takes over from the last backup.

    The backup is restored into a server of its own, migrated, and looked at: schema, isolation, the log's chain.
    How long it takes is said. Then everything is taken away again. The upgrade itself is `eventflow migrate`.
    """
    settings = settings_from_environment()
    if not rehearse:
        fail("The upgrade itself is `eventflow migrate`. `eventflow upgrade --rehearse` tries it on a backup first.")
    file = backup or _newest(settings.backups)
    home = room or settings.eventflow_home
    _must_have_room(home, file)
    new = _new_to(file)
    with _scratch(home) as folder:
        run(_rehearse(folder, file, new))


def _newest(folder: Path) -> Path:
    found = in_folder(folder)
    if not found:
        fail(f"There is no backup in {folder} yet. Run `eventflow backup`, set EVENTFLOW_BACKUPS, or name a file.")
    return found[-1][1]


def _new_to(file: Path) -> int:
    """Return how many of our files a backup does not know as they are; end the command where it is newer, or none."""
    try:
        ledger = _LEDGER.search(file.read_bytes())
    except OSError as refused:
        fail(f"{file} cannot be read ({refused.strerror}). Name another backup with --backup.")
    if ledger is None:
        fail(f"{file} is no backup that `eventflow backup` has written. Name another with --backup.")
    applied = dict(line.split("\t")[:2] for line in ledger[1].decode("utf-8", "replace").splitlines())
    newer = sorted(name for name in set(applied) - set(wanted()) if name[:4].isdigit())
    if newer:
        fail(f"A newer version wrote {file} (it has {newer[-1]}). Rehearse with that version, or a newer one.")
    return sum(applied.get(name) != checksum for name, checksum in wanted().items())


def _must_have_room(home: Path, file: Path) -> None:
    try:
        size = file.stat().st_size
    except OSError as refused:
        fail(f"{file} cannot be read ({refused.strerror}). Name another backup with --backup.")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as refused:
        fail(f"{home} cannot be used ({refused.strerror}). Name another folder with --room.")
    needed = _LEAST_ROOM + _ROOM * size
    if free < needed:
        fail(
            f"A rehearsal of {file} needs about {needed / 1e6:,.0f} MB, and {home} has {free / 1e6:,.0f} MB. "
            "Name a folder with more room with --room."
        )


@contextmanager
def _scratch(home: Path) -> Generator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(prefix="rehearsal-", dir=home))
    except OSError as refused:
        fail(f"{home} cannot be written ({refused.strerror}). Name another folder with --room.")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _rehearse(folder: Path, file: Path, new: int) -> None:
    server = await embedded.start(folder)
    try:
        began = time.monotonic()
        await fill(server.owner_url, file)
        restored = time.monotonic()
        done(f"{file.name} is restored beside, in {restored - began:,.1f} s.")
        # The whole sequence: policies name roles, and are not in a backup.
        await migrate(server.owner_url, replay=True)
        took = time.monotonic() - restored
        await ensure_login(server.owner_url, server.login_url)
        done(f"It is brought to this version, in {took:,.1f} s with everything run again; {counted(new, 'file')} new.")
        await _must_be_todays_schema(server.owner_url)
        await _must_be_sound(server.login_url)
    finally:
        await asyncio.to_thread(server.stop)
    done(f"The upgrade is rehearsed: `eventflow migrate` takes {took:,.1f} s at most here. All of it is gone again.")


async def _must_be_todays_schema(owner_url: str) -> None:
    """Want every line of today's schema; what somebody added to it is theirs, and said."""
    there = _lines(await asyncio.to_thread(text_of, owner_url))
    wanted = _lines(await asyncio.to_thread(FILE.read_text, "utf-8"))
    if lost := [line for key, line in wanted.items() if key not in there]:
        fail(f"The schema is not this version's: {counted(len(lost), 'line')} of it missing, the first: {lost[0]}")
    more = [line for key, line in there.items() if key not in wanted]
    beside = f"; {counted(len(more), 'line')} not ours, such as: {more[0]}" if more else ""
    done(f"The schema is this version's{beside}.")


def _lines(schema: str) -> dict[str, str]:
    """Return the lines by what they say: PostgreSQL sets its brackets anew when it reads its own conditions."""
    return {_BRACKETS.sub("", line): line for line in schema.splitlines()}


async def _must_be_sound(login_url: str) -> None:
    db = Database(login_url, size=2)
    await db.open()
    try:
        if problems := await unsafe(db):
            fail(f"The login role is not safe: {problems[0].what} {problems[0].fix}")
        seen = await look_across(db)
        if seen.leaks:
            fail(f"Isolation does not hold: somebody of one organisation sees rows of another in {seen.leaks[0]}.")
        organizations = counted(seen.organizations, "organisation")
        done(f"Isolation holds: {organizations}, each seen by one of its people, {counted(seen.tables, 'table')} each.")
        async with db.as_operator() as tx:
            chains = await history.verify(tx, None)
    finally:
        await db.close()
    if broken := [chain for chain in chains if chain.fault is not None]:
        fail(f'The log of "{broken[0].organization}" is not intact. `eventflow log verify` says where.')
    done(f"The log is intact: {counted(sum(chain.rows for chain in chains), 'row')} of history.")
