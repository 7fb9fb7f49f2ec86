"""What every test may use: a real PostgreSQL, made once per test process, and a fresh database per test."""

import asyncio
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck, settings

from core.db import Database
from migrations import embedded
from migrations.apply import migrate
from migrations.embedded import Embedded
from migrations.login import ensure_login
from tests.owner import owner_run

_number = count(1)
# Time is measured in benchmarks; a test that takes long on a busy machine has not failed.
# The same examples each time: no change fails for what another brought in. The proofs, run whole, look for new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="EVENTFLOW_PROOF" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Generator[None]:  # pyright: ignore[reportUnusedFunction]
    """Whatever a test runs may set logging up for its process: the next one finds levels and handlers as they were."""
    root = logging.getLogger()
    loggers = [root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))]
    levels, handlers = [(each, each.level) for each in loggers], list(root.handlers)
    yield
    for logger in [each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger)]:
        logger.setLevel(logging.NOTSET)
    for logger, level in levels:
        logger.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(scope="session")
def server() -> Generator[Embedded]:
    """A running PostgreSQL whose database ``eventflow`` is migrated: the template of the others."""
    home = Path(tempfile.mkdtemp(prefix="eventflow-tests-", dir=_quick_folder()))
    started = asyncio.run(_start(home))
    yield started
    started.stop()
    shutil.rmtree(home, ignore_errors=True)


def _quick_folder() -> str | None:
    """Memory, where the machine lends some: a fresh database is made ten times as fast. None: the temporary folder."""
    memory = Path("/dev/shm")  # noqa: S108 private folders are made in it
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < 2 * 2**30:
        return None
    return str(memory)


async def _start(home: Path) -> Embedded:
    started = await embedded.start(home)
    await migrate(started.owner_url)
    await ensure_login(started.owner_url, started.login_url)
    return started


@pytest.fixture
def owner_url(server: Embedded) -> Generator[str]:
    """The owner's URL of a fresh, migrated, empty database."""
    name = f"test_{next(_number)}"
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(maintenance, f'create database "{name}" template eventflow')
    yield with_database(server.owner_url, name)
    owner_run(maintenance, f'drop database "{name}" with (force)')


@pytest.fixture
def database_url(server: Embedded, owner_url: str) -> str:
    """The login role's URL of the same database: what the program runs as."""
    return with_database(server.login_url, urlsplit(owner_url).path[1:])


@pytest.fixture
async def db(database_url: str) -> AsyncGenerator[Database]:
    """The program's own door to the database."""
    # A job that gets no connection in time is tried again; a test that starts two thousand at once waits instead.
    database = Database(database_url, size=10, timeout=600)
    await database.open()
    yield database
    await database.close()


def with_database(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line which tests were left out, and what would bring them back."""
    reports: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in reports if isinstance(report.longrepr, tuple))
    if reasons:
        told = "; ".join(f"{count} ({reason.removeprefix('Skipped: ')})" for reason, count in reasons.most_common())
        terminalreporter.write_line(f"Left out: {told}")
