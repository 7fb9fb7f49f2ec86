"""What somebody with free SQL might try, past every line of the program; each attack as it would be made."""

from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from core.db import Database
from core.safety import unsafe
from migrations.apply import migrate
from migrations.embedded import Embedded
from migrations.verify import verify
from tests.conftest import with_database
from tests.integration.isolation.catalogue import grants
from tests.integration.isolation.grants import GRANTS
from tests.integration.isolation.matrix import DENIED, Bench
from tests.integration.isolation.tenants import claims_of
from tests.owner import owner_run

pytestmark = pytest.mark.db


def test_a_type_of_ones_own_does_not_run_as_the_owner(fresh: Bench) -> None:
    """search_path = '' still looks into pg_temp first for types; `pg_catalog, pg_temp` does not."""
    conn = fresh.login
    with conn.transaction(force_rollback=True):
        conn.execute(
            "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)",
            (claims_of(fresh.tenants.beth.people["viewer"]),),
        )
        try:
            conn.execute(
                "create function pg_temp.peek(v pg_catalog.uuid) returns boolean language plpgsql as $$ begin "
                "perform pg_catalog.set_config('x.seen', "
                "(select current_user || ' ' || count(*) from public.schedules), "
                "true); return true; end $$"
            )
            conn.execute("create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.peek(value))")
        except psycopg.errors.InsufficientPrivilege:
            return  # TEMPORARY was revoked: also a cure
        conn.execute("select app.organization_id(), app.role()")
        seen = conn.execute("select current_setting('x.seen', true)").fetchone()
    assert seen in [(None,), ("",), ("authenticated 5",)]


async def test_default_privileges_of_supabase_give_nothing_away(server: Embedded) -> None:
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(maintenance, 'create database "supa" template template0', "create role anon nologin")
    url = with_database(server.owner_url, "supa")
    try:
        owner_run(url, "alter default privileges in schema public grant all on tables to anon, authenticated")
        await migrate(url)
        with psycopg.connect(url) as conn:
            assert grants(conn) == GRANTS
    finally:
        owner_run(maintenance, 'drop database "supa" with (force)', "drop role anon")


async def test_a_function_that_everybody_may_call_fails_the_migration(owner_url: str) -> None:
    owner_run(owner_url, "create function app.later() returns integer language sql as 'select 1'")
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, row_factory=dict_row) as conn:
        assert await verify(conn) == ["function app.later() may be called by everybody"]


async def test_unsafe_looks_at_what_the_login_may_become(owner_url: str, database_url: str) -> None:
    owner_run(
        owner_url,
        "create role service nologin bypassrls",
        "grant service to eventflow",
        "create role lord nologin",
        "alter table public.vendors owner to lord",
        "grant lord to eventflow",
    )
    db = Database(database_url, size=1)
    await db.open()
    try:
        assert await unsafe(db) != []
    finally:
        await db.close()
        owner_run(
            owner_url,
            "alter table public.vendors owner to postgres",
            "drop owned by lord, service",
            "drop role lord, service",
        )


async def test_verify_sees_a_table_whose_rules_do_not_hold_for_its_owner(owner_url: str) -> None:
    owner_run(owner_url, "alter table public.vendors no force row level security")
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, row_factory=dict_row) as conn:
        assert await verify(conn) == ["row-level security is not forced on vendors"]


async def test_verify_sees_a_view_that_runs_as_its_owner(owner_url: str) -> None:
    owner_run(owner_url, "create view public.programme as select * from public.schedules")
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, row_factory=dict_row) as conn:
        assert await verify(conn) == ["view programme shows rows past row-level security"]


def _decided(bench: Bench, statement: str) -> object:
    aleph = bench.tenants.aleph
    manager = aleph.people["manager"]
    return bench.attempt(claims_of(manager), statement, {"me": manager, "other": aleph.people["owner"]})


def test_an_approval_is_in_ones_own_name(bench: Bench) -> None:
    assert (
        _decided(
            bench,
            "update public.ai_insights_log set decided_by = %(me)s, approved_by = %(other)s where kind = 'suggestion'",
        )
        == DENIED
    )


def test_what_was_decided_stays_decided(fresh: Bench) -> None:
    for status in ("approved", "executed"):
        step = f"update public.ai_insights_log set execution_status = '{status}' where kind = 'suggestion'"
        fresh.owner.execute(f"{step} and execution_status not in ('rejected', 'executed')")
    assert _decided(
        fresh,
        "update public.ai_insights_log set decided_by = %(me)s, execution_status = 'suggested' "
        "where kind = 'suggestion'",
    ) in (0, DENIED)


def test_room_shared_follows_the_room_and_nothing_else(bench: Bench) -> None:
    aleph = bench.tenants.aleph
    claims = claims_of(aleph.people["manager"])
    double = (
        "update public.schedules set room_shared = true, start_time = '2031-05-01 07:00Z', "
        "end_time = '2031-05-01 08:00Z' where room = 'Hall A'"
    )
    assert str(bench.attempt(claims, double, {})).startswith(("23P01", DENIED))


def test_a_rename_does_not_tell_which_organizations_exist(bench: Bench) -> None:
    claims = claims_of(bench.tenants.aleph.people["owner"])
    rename = "update public.organizations set name = %(name)s"
    assert bench.attempt(claims, rename, {"name": "Beth Halls"}) == bench.attempt(claims, rename, {"name": "Nobody"})


def test_nobody_writes_into_a_colleagues_conversation(bench: Bench) -> None:
    aleph = bench.tenants.aleph
    me, other = aleph.people["viewer"], aleph.people["owner"]
    say = (
        "insert into public.messages (organization_id, conversation_id, user_id, role, text) "
        "values (%(org)s, %(conversation)s, %(me)s, 'user', 'x')"
    )
    values = {"org": aleph.organization, "conversation": aleph.ids[f"conversation_{other}"], "me": me}
    assert str(bench.attempt(claims_of(me), say, values)).startswith("23503")


@pytest.mark.parametrize("kind", ["ROOM_add", 'room"_add', "room facts_add", "room(null), app.room_add", "_add", ""])
def test_the_kind_of_a_write_is_taken_for_a_name_and_never_for_sql(bench: Bench, kind: str) -> None:
    """A person may write any kind into a suggestion of their own."""
    aleph = bench.tenants.aleph
    claims = claims_of(aleph.people["owner"])
    facts = (
        "select from app.facts_of(%(kind)s, jsonb_build_object('event_id', %(event)s::text)) as facts "
        "where facts is not null"
    )
    assert bench.attempt(claims, facts, {"kind": "room_add", "event": aleph.ids["event"]}) == 1
    assert bench.attempt(claims, facts, {"kind": kind, "event": aleph.ids["event"]}) == 0
