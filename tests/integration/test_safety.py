"""The program refuses to run where it would bypass the rules, and a person's identity ends with their transaction."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit

import pytest
from psycopg.errors import DivisionByZero, InsufficientPrivilege, UniqueViolation

from core.db import Database, become_system
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.safety import Problem, missing_migrations, to_reindex, unsafe
from migrations.apply import wanted
from migrations.embedded import Embedded
from tests.conftest import with_database
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

FIX = (
    "Name another role in DATABASE_URL, put this one into DATABASE_OWNER_URL, and run `eventflow migrate`: "
    "it creates the role."
)
WANTED = wanted()
EVENTS = "select organization_id from public.events"


@asynccontextmanager
async def opened(url: str, size: int = 1) -> AsyncGenerator[Database]:
    db = Database(url, size=size)
    await db.open()
    try:
        yield db
    finally:
        await db.close()


@contextmanager
def role(owner_url: str, url: str, *abilities: str, after: str = "select 1") -> Generator[str]:
    """A login role of its own, and the URL with which it comes in."""
    name = "stranger"
    owner_run(owner_url, f"create role {name} login noinherit", *abilities)
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    try:
        yield parts._replace(netloc=f"{name}@{host}").geturl()
    finally:
        owner_run(owner_url, after, f"drop owned by {name}", f"drop role {name}")


GRANT = "grant authenticated, eventflow_system to stranger"


async def test_only_indexes_that_a_server_built_wrong_are_to_be_built_anew(db: Database, owner_url: str) -> None:
    assert await to_reindex(db) == []
    owner_run(
        owner_url,
        "create table app.places (organization_id uuid, latitude float8)",
        "create index places_near on app.places using gist (organization_id extensions.gist_uuid_ops, "
        "latitude extensions.gist_float8_ops)",
    )
    assert await to_reindex(db) == ["app.places_near"]


async def test_the_login_role_that_migrate_makes_is_sound(db: Database) -> None:
    assert await unsafe(db) == []


async def test_a_superuser_is_refused(owner_url: str) -> None:
    async with opened(owner_url) as db:
        assert await unsafe(db) == [
            Problem('"postgres" is a superuser and would bypass row-level security.', FIX),
        ]


async def test_who_bypasses_row_level_security_is_refused(owner_url: str) -> None:
    with role(owner_url, owner_url, GRANT, "alter role stranger bypassrls") as url:
        async with opened(url) as db:
            assert await unsafe(db) == [
                Problem('"stranger" has BYPASSRLS and would see every organisation.', FIX),
            ]


@pytest.mark.parametrize("table", ["public.vendors", "app.migrations", "procrastinate.procrastinate_jobs"])
async def test_who_owns_a_table_is_refused(owner_url: str, table: str) -> None:
    takes, back = (f"alter table {table} owner to {name}" for name in ("stranger", "postgres"))
    with role(owner_url, owner_url, GRANT, takes, after=back) as url:
        async with opened(url) as db:
            assert await unsafe(db) == [
                Problem('"stranger" owns tables of the program and could change their rules.', FIX),
            ]


@pytest.mark.parametrize("damage", ["no force row level security", "disable row level security"])
async def test_a_table_whose_rules_are_not_forced_stops_the_program(db: Database, owner_url: str, damage: str) -> None:
    owner_run(owner_url, f"alter table public.vendors {damage}")
    assert await unsafe(db) == [
        Problem("A table in schema public is without forced row-level security.", "Run `eventflow migrate`."),
    ]


@pytest.mark.parametrize("grants", [[], ["grant authenticated to stranger"], ["grant eventflow_system to stranger"]])
async def test_who_may_not_become_the_programs_roles_is_refused(owner_url: str, grants: list[str]) -> None:
    with role(owner_url, owner_url, *grants) as url:
        async with opened(url) as db:
            assert await unsafe(db) == [
                Problem('"stranger" may not become the program\'s roles.', "Run `eventflow migrate`."),
            ]


async def test_a_migrated_database_misses_nothing(db: Database) -> None:
    assert await missing_migrations(db, WANTED) == []


async def test_a_file_that_is_new_or_was_changed_is_missing(db: Database) -> None:
    wanted = WANTED | {"0002_identity.sql": "another", "9999_later.sql": "new"}
    assert await missing_migrations(db, wanted) == ["0002_identity.sql", "9999_later.sql"]


async def test_an_empty_database_misses_everything(server: Embedded) -> None:
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(maintenance, 'create database "bare" template template0')
    try:
        async with opened(with_database(server.login_url, "bare")) as db:
            assert await missing_migrations(db, WANTED) == sorted(WANTED)
    finally:
        owner_run(maintenance, 'drop database "bare" with (force)')


async def test_a_role_that_is_nobody_misses_everything(owner_url: str) -> None:
    with role(owner_url, owner_url) as url:
        async with opened(url) as db:
            assert await missing_migrations(db, WANTED) == sorted(WANTED)


async def identity(db: Database) -> tuple[str, str]:
    """Return who the next one to borrow a connection is: role and claims."""
    async with db.raw() as conn:
        return await _identity(conn)


async def _identity(conn: Transaction) -> tuple[str, str]:
    row = await (
        await conn.execute("select current_user as role, current_setting('request.jwt.claims', true) as claims")
    ).fetchone()
    assert row is not None
    return row["role"], row["claims"] or ""


NOBODY = ("eventflow", "")


@pytest.fixture
async def one(database_url: str) -> AsyncGenerator[Database]:
    """A pool of one connection: what the last transaction leaves, the next one finds."""
    async with opened(database_url) as database:
        yield database


@pytest.fixture
async def world(one: Database) -> World:
    return await make_world(one)


async def test_identity_ends_with_the_transaction(one: Database, world: World) -> None:
    async with one.acting_as(world.people["owner"]) as tx:
        who, claims = await _identity(tx)
    assert (who, str(world.people["owner"].user_id) in claims) == ("authenticated", True)
    assert await identity(one) == NOBODY


async def test_identity_ends_with_an_exception(one: Database, world: World) -> None:
    with pytest.raises(RuntimeError, match="ours"):
        async with one.acting_as(world.people["owner"]) as tx:
            await tx.execute("select 1")
            raise RuntimeError("ours")
    assert await identity(one) == NOBODY


async def test_identity_ends_with_a_statement_that_fails(one: Database, world: World) -> None:
    with pytest.raises(DivisionByZero):
        async with one.acting_as(world.people["owner"]) as tx:
            await (await tx.execute("select 1 / 0")).fetchall()
    assert await identity(one) == NOBODY
    with pytest.raises(DivisionByZero):
        await one.read_as(world.people["owner"], "select 1 / 0")
    assert await identity(one) == NOBODY


async def test_identity_ends_with_a_commit_that_fails(one: Database, world: World, owner_url: str) -> None:
    owner_run(
        owner_url,
        "alter table public.vendors add constraint late unique (organization_id, phone) deferrable initially deferred",
    )
    add = "insert into public.vendors (organization_id, name, phone) values (%s, %s, '1')"
    with pytest.raises(UniqueViolation):
        async with one.acting_as(world.people["owner"]) as tx:
            for name in ("Sound", "Light"):
                await tx.execute(add, (world.organization_id, name))
    assert await identity(one) == NOBODY
    assert await one.read_as(world.people["owner"], "select name from public.vendors") == []


async def test_identity_ends_with_a_cancellation(one: Database, world: World) -> None:
    started = asyncio.Event()

    async def turn() -> None:
        async with one.acting_as(world.people["owner"]) as tx:
            await _identity(tx)
            started.set()
            await (await tx.execute("select pg_sleep(30)")).fetchall()

    task = asyncio.create_task(turn())
    await started.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await identity(one) == NOBODY


async def test_identity_ends_with_every_other_way_in(one: Database, world: World) -> None:
    await one.read_as(world.people["viewer"], "select 1")
    assert await identity(one) == NOBODY
    await one.run_as_system("select 1")
    assert await identity(one) == NOBODY
    async with one.as_operator() as tx:
        await tx.execute("select 1")
    assert await identity(one) == NOBODY
    async with one.acting_as(world.people["owner"]) as tx:
        await become_system(tx)
        assert await _identity(tx) == ("eventflow_system", "")
    assert await identity(one) == NOBODY


async def test_a_statement_that_sets_more_than_it_may_is_forgotten(one: Database, world: World) -> None:
    claims = _claims(world.people["owner"])
    async with one.acting_as(world.people["viewer"]) as tx:
        await tx.execute(
            "select set_config('request.jwt.claims', %s, false), set_config('role', 'authenticated', false)", (claims,)
        )
    assert await identity(one) == NOBODY


async def test_without_an_identity_nothing_is_read(one: Database, world: World) -> None:
    async with one.raw() as conn:
        with pytest.raises(InsufficientPrivilege):
            await conn.execute(EVENTS.encode())


async def test_an_identity_for_the_session_would_be_the_next_ones(one: Database, world: World) -> None:
    """Twin: what ``acting_as`` would be with ``set_config(..., false)``."""
    async with one.raw() as conn:
        await conn.execute("select set_config('request.jwt.claims', %s, false)", (_claims(world.people["owner"]),))
        await conn.execute("select set_config('role', 'authenticated', false)")
    async with one.raw() as conn:
        rows = await (await conn.execute(EVENTS.encode())).fetchall()
    assert rows == [{"organization_id": world.organization_id}]


def _claims(person: Principal) -> str:
    return f'{{"sub": "{person.user_id}"}}'


async def test_people_at_the_same_time_stay_apart(database_url: str) -> None:
    async with opened(database_url, size=2) as db:
        worlds = [await make_world(db), await make_world(db, "Beth Halls", team="T2")]
        for _ in range(10):
            both_inside = asyncio.Barrier(2)
            seen = await asyncio.gather(*(_look(db, world, both_inside) for world in worlds))
            assert seen == [[{"organization_id": world.organization_id}] * 2 for world in worlds]


async def _look(db: Database, world: World, both_inside: asyncio.Barrier) -> list[dict[str, object]]:
    """Look before and after the other one, too, has begun to act."""
    async with db.acting_as(world.people["owner"]) as tx:
        before = await (await tx.execute(EVENTS.encode())).fetchall()
        await both_inside.wait()
        after = await (await tx.execute(EVENTS.encode())).fetchall()
        await both_inside.wait()
    return before + after
