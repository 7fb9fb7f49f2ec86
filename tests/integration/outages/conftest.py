"""A server for these tests alone: they stop it."""

import asyncio
import shutil
import tempfile
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

from migrations import embedded
from migrations.apply import migrate
from migrations.embedded import Embedded
from migrations.login import ensure_login
from tests.conftest import with_database
from tests.owner import owner_run

_number = count(1)


@pytest.fixture(scope="module")
def stoppable() -> Generator[Embedded]:
    """A running, migrated PostgreSQL that nobody else uses."""
    home = Path(tempfile.mkdtemp(prefix="eventflow-outage-"))
    started = asyncio.run(_start(home))
    yield started
    started.server.ensure_postgres_running()
    started.stop()
    shutil.rmtree(home, ignore_errors=True)


async def _start(home: Path) -> Embedded:
    started = await embedded.start(home)
    await migrate(started.owner_url)
    await ensure_login(started.owner_url, started.login_url)
    return started


@pytest.fixture
def urls(stoppable: Embedded) -> tuple[str, str]:
    """The login role's URL of a fresh database on that server, and its owner's."""
    name = f"outage_{next(_number)}"
    owner_run(with_database(stoppable.owner_url, "postgres"), f'create database "{name}" template eventflow')
    return with_database(stoppable.login_url, name), with_database(stoppable.owner_url, name)
