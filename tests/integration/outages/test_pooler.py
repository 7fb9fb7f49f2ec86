"""Two workers over one PgBouncer in transaction mode: nothing rests on a session, and nobody reads as somebody else."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from psycopg import Error

from core.db import Database
from core.kernel.principal import Principal
from tests.fakes import runtime, says
from tests.integration.test_lanes import deliver, queued, until, working
from tests.owner import owner_rows
from tests.ports import free_port
from tests.world import World, make_world

BOUNCER = shutil.which("pgbouncer")
pytestmark = [
    pytest.mark.db,
    pytest.mark.skipif(BOUNCER is None, reason="no pgbouncer: `apt-get install pgbouncer` brings it"),
]
_SERVERS = 3
"""Sessions of the server that everybody shares: fewer than those who ask at once."""


@pytest.fixture
async def pooled_url(database_url: str, tmp_path: Path) -> AsyncGenerator[str]:
    parts = urlsplit(database_url)
    folder = parse_qs(parts.query)["host"][0]
    # PgBouncer does not run as root; it then asks the server as whoever owns the folder of its socket.
    host, port = "127.0.0.1", free_port()
    (tmp_path / "users").write_text(f'"{parts.username}" ""\n')
    (tmp_path / "ini").write_text(
        f"[databases]\n* = host={folder}\n[pgbouncer]\nlisten_addr = {host}\nlisten_port = {port}\n"
        f"unix_socket_dir =\nauth_type = trust\nauth_file = {tmp_path}/users\npool_mode = transaction\n"
        f"default_pool_size = {_SERVERS}\n"
    )
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o755)
    user = Path(folder).owner() if os.getuid() == 0 else None
    assert BOUNCER is not None
    started = subprocess.Popen([BOUNCER, "-q", tmp_path / "ini"], user=user, stderr=sys.stderr)
    try:
        await until(lambda: _answers(host, port))
        yield f"postgresql://{parts.username}@{host}:{port}{parts.path}"
    finally:
        started.terminate()
        started.wait(10)


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


LEFT = """
select current_user = session_user as is_bare, coalesce(current_setting('request.jwt.claims', true), '') as claims
"""


async def _own(db: Database, person: Principal) -> None:
    """Ask in both ways who is asking, with more statements than a driver prepares at once."""
    for _ in range(8):
        async with db.acting_as(person) as tx:
            rows = await (await tx.execute("select id, organization_id from public.user_profiles")).fetchall()
            [kept] = await (await tx.execute("select current_setting('statement_timeout') as it")).fetchall()
        assert {row["organization_id"] for row in rows} == {person.organization_id}
        assert kept["it"] == "15s"
        found = await db.read_as(person, "select app.user_id() as me, app.organization_id() as ours")
        assert found == [{"me": person.user_id, "ours": person.organization_id}]


async def test_nobody_reads_as_somebody_else(db: Database, pooled_url: str) -> None:
    worlds: list[World] = [await make_world(db), await make_world(db, "Bet Events", team="T2")]
    people = [person for world in worlds for person in world.people.values()]
    doors = [Database(pooled_url, size=8, timeout=60, pooled=True) for _ in range(2)]
    for door in doors:
        await door.open()
    try:
        await asyncio.gather(*(_own(door, person) for door in doors for person in people for _ in range(3)))
        for door in doors:
            async with door.raw() as conn:
                left = await (await conn.execute(LEFT)).fetchall()
                assert left == [{"is_bare": True, "claims": ""}]
    finally:
        for door in doors:
            await door.close()


async def test_without_being_told_of_the_pooler_it_breaks(db: Database, pooled_url: str) -> None:
    world = await make_world(db)
    doors = [Database(pooled_url, size=8, timeout=60) for _ in range(2)]
    for door in doors:
        await door.open()
    try:
        with pytest.raises((Error, AssertionError)):
            await asyncio.gather(*(_own(door, person) for door in doors for person in world.people.values()))
    finally:
        for door in doors:
            await door.close()


async def test_two_workers_answer_over_one_pooler(
    db: Database, pooled_url: str, database_url: str, owner_url: str
) -> None:
    await make_world(db)
    doors = [Database(pooled_url, size=8, timeout=60, pooled=True) for _ in range(2)]
    stages = [runtime(door, *(says("Here.") for _ in range(20))) for door in doors]
    for door in doors:
        await door.open()
    try:
        async with working(stages[0][0], database_url), working(stages[1][0], database_url):
            for number in range(20):
                await deliver(doors[number % 2], "slack", "T1", "UMANAGER", number, text="what is on?")
            await until(lambda: queued(owner_url) == {})
    finally:
        for door in doors:
            await door.close()
    assert sum(len(slack.said) for _rt, slack, _telegram, _model in stages) == 20
    [kept] = owner_rows(owner_url, "select count(*) as answers from public.messages where role = 'assistant'")
    assert kept["answers"] == 20
