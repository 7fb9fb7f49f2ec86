"""Two organisations in one seeded database; every test that damages something gets a copy of its own."""

from collections.abc import Generator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest

from migrations.embedded import Embedded
from tests.conftest import with_database
from tests.integration.isolation.matrix import Bench
from tests.integration.isolation.tenants import Tenants, seed
from tests.owner import owner_run

_SEEDED = "isolation"
_number = count(1)


@pytest.fixture(scope="package")
def seeded(server: Embedded) -> Generator[Tenants]:
    """A database with two organisations in every table, which nobody is connected to: the template of the others."""
    with _copied(server, _SEEDED, "eventflow"):
        yield seed(with_database(server.owner_url, _SEEDED), with_database(server.login_url, _SEEDED))


@pytest.fixture(scope="package")
def bench(server: Embedded, seeded: Tenants) -> Generator[Bench]:
    """The database as the migrations leave it, for cells that are each undone. Nothing may be kept in it."""
    with _opened(server, seeded, f"{_SEEDED}_cells") as opened:
        yield opened


@pytest.fixture
def fresh(server: Embedded, seeded: Tenants) -> Generator[Bench]:
    """The same, to be damaged."""
    with _opened(server, seeded, f"{_SEEDED}_{next(_number)}") as opened:
        yield opened


@contextmanager
def _opened(server: Embedded, tenants: Tenants, name: str) -> Generator[Bench]:
    login_url = with_database(server.login_url, name)
    with (
        _copied(server, name, _SEEDED),
        psycopg.connect(with_database(server.owner_url, name), autocommit=True) as owner,
        psycopg.connect(login_url, autocommit=True) as login,
        psycopg.connect(login_url, autocommit=True) as unused,
    ):
        yield Bench(tenants, owner, login, unused)


@contextmanager
def _copied(server: Embedded, name: str, template: str) -> Generator[None]:
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(maintenance, f'create database "{name}" template "{template}"')
    try:
        yield
    finally:
        owner_run(maintenance, f'drop database "{name}" with (force)')
