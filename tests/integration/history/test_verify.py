"""Whoever changes the log behind the program's back is found, and where."""

from typing import Any

import pytest
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from core.audit.history import queries
from core.audit.history.queries import Chain
from core.db import Database
from tests.integration.history.story import behind_the_back, entry, history, live_a_day
from tests.owner import owner_rows, owner_run
from tests.world import make_world

pytestmark = pytest.mark.db

HISTORY, LOG, HEADS = "public.ai_insights_history", "public.ai_insights_log", "app.ai_insights_heads"
REHASHED = f"update {HISTORY} as step set hash = app.history_hash(step)"
CHANGED = f"update {HISTORY} set at = at - interval '1 hour'"
EXECUTED, EXPIRED = (f"execution_status = '{status}' and kind = 'suggestion'" for status in ("executed", "expired"))
TAMPERING: list[tuple[list[str], int, str]] = [
    ([f"update {HISTORY} set actor = null where position = 2"], 2, "row_changed"),
    ([f'update {HISTORY} set what = what || \'{{"action_type": "x"}}\' where position = 3'], 3, "row_changed"),
    ([f"update {HISTORY} set to_status = 'rejected' where position = 2"], 2, "row_changed"),
    ([f"update {HISTORY} set hash = repeat('0', 64) where position = 7"], 7, "row_changed"),
    ([f"update {HISTORY} set previous_hash = repeat('1', 64) where position = 1"], 1, "row_changed"),
    # A row that fits itself no longer fits the one after it, the last one not the head.
    ([f"{CHANGED} where position = 4", f"{REHASHED} where position = 4"], 4, "row_changed"),
    ([f"{CHANGED} where position = 7", f"{REHASHED} where position = 7"], 7, "row_changed"),
    ([f"delete from {HISTORY} where position = 1"], 1, "row_missing"),
    ([f"delete from {HISTORY} where position = 4"], 4, "row_missing"),
    ([f"delete from {HISTORY} where position = 7"], 7, "row_missing"),
    ([f"delete from {HISTORY} where position > 5", f"delete from {LOG} where {EXPIRED}"], 6, "row_missing"),
    ([f"delete from {HISTORY}"], 1, "row_missing"),
    ([f"update {HISTORY} set position = position + 1 where position = 7"], 7, "row_missing"),
    ([f"update {HEADS} set position = 6"], 7, "row_added"),
    ([f"delete from {HEADS}"], 8, "head_missing"),
    ([f"update {LOG} set action_data = '{{\"args\": {{}}}}' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set impact = '{{}}' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set conflicts = '[1]' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set user_id = decided_by where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set risk = 'low' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set decided_by = user_id, approved_by = user_id where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set decided_at = decided_at - interval '1 minute' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set decided_from = '{{}}' where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set event_id = null where {EXECUTED}"], 2, "entry_changed"),
    ([f"update {LOG} set execution_status = 'suggested' where {EXPIRED}"], 7, "entry_changed"),
    ([f"delete from {LOG} where {EXECUTED}"], 2, "entry_missing"),
    ([f"delete from {LOG} where kind = 'refusal'"], 5, "entry_missing"),
]


async def verified(db: Database, name: str | None = None) -> list[Chain]:
    async with db.as_operator() as tx:
        return await queries.verify(tx, name)


async def test_an_untouched_log_is_intact(db: Database, owner_url: str) -> None:
    world = await live_a_day(db, owner_url)
    await make_world(db, "Beth Halls", team="T2")
    found = {chain.organization: (chain.rows, chain.head, chain.fault) for chain in await verified(db)}
    assert found == {"Aleph Events": (7, history(owner_url)[-1]["hash"], None), "Beth Halls": (0, None, None)}
    assert [chain.organization_id for chain in await verified(db, "  ALEPH events")] == [world.organization_id]
    assert await verified(db, "Nobody") == []


async def test_tampering_is_found_where_it_was_done(db: Database, owner_url: str) -> None:
    """Each is done by a superuser whom no trigger sees, and undone after it was looked at."""
    await live_a_day(db, owner_url)
    found: list[object] = []
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, row_factory=dict_row) as conn:
        await conn.execute("set session_replication_role = replica")
        await conn.commit()
        for statements, _position, _fault in TAMPERING:
            async with conn.transaction(force_rollback=True):
                for statement in statements:
                    await conn.execute(statement.encode())
                [chain] = await queries.verify(conn, None)
                found.append((statements, chain.position, chain.fault))
    assert found == TAMPERING


@pytest.mark.parametrize("column", ["action_data", "impact", "before_state"])
async def test_what_was_shown_cannot_be_changed_by_plain_sql_either(db: Database, owner_url: str, column: str) -> None:
    """The triggers are on: such a change is no step, so the history does not follow it."""
    await live_a_day(db, owner_url)
    owner_run(owner_url, f"update {LOG} set {column} = '{{}}' where id = '{entry(owner_url, 'rejected')}'")
    [chain] = await verified(db)
    assert (chain.position, chain.fault, chain.entry_id) == (4, "entry_changed", entry(owner_url, "rejected"))


async def test_an_entry_that_was_slipped_in_is_found(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    copied = "gen_random_uuid(), organization_id, kind, user_id, action_type, execution_status, correlation_id"
    columns = copied.replace("gen_random_uuid()", "id")
    behind_the_back(owner_url, f"insert into {LOG} ({columns}) select {copied} from {LOG} where kind = 'refusal'")
    unknown = f"select id from {LOG} where id not in (select entry_id from {HISTORY})"
    [chain] = await verified(db)
    assert [{"id": chain.entry_id}] == owner_rows(owner_url, unknown)
    assert (chain.position, chain.fault) == (None, "entry_unrecorded")


async def test_the_chain_is_told_before_the_entries_that_it_judges(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    behind_the_back(owner_url, f"update {LOG} set risk = 'low' where {EXECUTED}", f"{CHANGED} where position = 6")
    [chain] = await verified(db)
    assert (chain.position, chain.fault) == (6, "row_changed")


async def test_an_event_that_is_deleted_takes_itself_from_the_log_and_that_is_no_tampering(
    db: Database, owner_url: str
) -> None:
    await live_a_day(db, owner_url)
    owner_run(owner_url, "delete from public.events", "delete from public.messages")
    [chain] = await verified(db)
    assert (chain.rows, chain.fault) == (7, None)
