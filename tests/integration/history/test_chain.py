"""Every step adds a row to the organisation's chain, in the transaction of the step, whoever takes it."""

import asyncio
import threading

import psycopg
import pytest

from core.audit.history import queries
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from migrations.apply import migrate
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, change, slack_message
from tests.integration.history.story import approval, behind_the_back, history, live_a_day
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

ADD = (
    "insert into public.ai_insights_log (organization_id, kind, user_id, action_type, execution_status, "
    "correlation_id, effect, zone, facts_digest, shown_hash, risk, deadline) "
    "values ('{org}', 'suggestion', '{user}', 'x', 'suggested', gen_random_uuid(), 'update', 'UTC', 'd', 'h', 'low', "
    "'2040-01-01')"
)


async def test_a_day_is_told_step_by_step(db: Database, owner_url: str) -> None:
    world = await live_a_day(db, owner_url)
    owner, manager = (world.people[role].user_id for role in ("owner", "manager"))
    staff = world.people["staff"].user_id
    columns = "position, from_status, to_status, actor, what ->> 'kind', what -> 'decided_from' ->> 'channel' as place"
    assert [tuple(row.values()) for row in history(owner_url, columns)] == [
        (1, None, "suggested", manager, "suggestion", None),
        (2, "suggested", "executed", owner, "suggestion", "D1"),
        (3, None, "suggested", manager, "suggestion", None),
        (4, "suggested", "rejected", manager, "suggestion", "D1"),
        (5, None, "failed", staff, "refusal", None),
        (6, None, "suggested", manager, "suggestion", None),
        (7, "suggested", "expired", None, "suggestion", None),
    ]


async def test_what_is_only_read_is_not_chained(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, *_ = runtime(db, calls(("get_agenda", {"at": "10:00"})), says("Dana Levi."))
    await on_message(rt, slack_message("Who speaks at ten?"))
    kinds = owner_rows(owner_url, "select kind from public.ai_insights_log")
    assert (kinds, history(owner_url)) == ([{"kind": "read"}], [])


async def test_a_decision_that_does_not_run_leaves_no_step_of_its_own(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    rt, *_ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move it"))
    await change(db, world, "delete from public.participant_schedules")
    await on_decision(rt, approval(owner_url))
    # The claim was undone with everything else; what is told is the fresh card in the place of the old one.
    assert [(row["position"], row["from_status"], row["to_status"]) for row in history(owner_url)] == [
        (1, None, "suggested"),
        (2, None, "suggested"),
        (3, "suggested", "superseded"),
    ]


async def test_decisions_at_once_stand_in_one_line_without_gaps(db: Database, owner_url: str) -> None:
    worlds = [await make_world(db), await make_world(db, "Beth Halls", team="T2")]
    for world in worlds:
        for role in ("manager", "owner"):
            person = world.people[role].user_id
            owner_run(owner_url, *[ADD.format(org=world.organization_id, user=person)] * 15)

    async def decide(world: World, entry: object, decision: str) -> None:
        async with db.acting_as(world.people["manager"]) as tx:
            await tx.execute(
                "update public.ai_insights_log set execution_status = %s, decided_by = (select app.user_id()) "
                "where id = %s and execution_status = 'suggested'",
                (decision, entry),
            )

    waiting = owner_rows(owner_url, "select id, organization_id from public.ai_insights_log")
    of = {world.organization_id: world for world in worlds}
    await asyncio.gather(
        *(decide(of[row["organization_id"]], row["id"], how) for row in waiting for how in ("rejected", "failed"))
    )
    for world in worlds:
        rows = [row for row in history(owner_url) if row["organization_id"] == world.organization_id]
        assert [row["position"] for row in rows] == list(range(1, 61))
        assert [row["previous_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
        assert rows == sorted(rows, key=lambda row: row["at"])
    async with db.as_operator() as tx:
        assert [(chain.rows, chain.fault) for chain in await queries.verify(tx, None)] == [(60, None), (60, None)]


async def test_whoever_adds_to_several_chains_locks_them_in_one_order(db: Database, owner_url: str) -> None:
    """Two transactions that step through two organisations in opposite order wait for each other, never forever."""
    worlds = [await make_world(db), await make_world(db, "Beth Halls", team="T2")]
    worlds.sort(key=lambda world: world.organization_id)
    add = [ADD.format(org=world.organization_id, user=world.people["owner"].user_id) for world in worlds]
    owner_run(owner_url, *add)
    failed: list[psycopg.Error] = []

    def step(first: str, second: str) -> None:
        try:
            owner_run(owner_url, f"begin; {first}; {second}; commit")
        except psycopg.Error as error:
            failed.append(error)

    both = [threading.Thread(target=step, args=order) for order in (add, add[::-1])]
    with psycopg.connect(owner_url) as holder:
        holder.execute(
            "select from app.ai_insights_heads where organization_id = %s for update", (worlds[0].organization_id,)
        )
        for number, each in enumerate(both, start=1):
            each.start()
            await _until_waiting(owner_url, number)
    for each in both:
        await asyncio.to_thread(each.join)
    assert (failed, [row["position"] for row in history(owner_url)]) == ([], [1, 2, 3, 1, 2, 3])


async def test_a_decision_that_is_under_way_holds_up_no_other(db: Database, owner_url: str) -> None:
    """The chain is locked at the very end: who has decided, but not yet written, stands in nobody's way."""
    world = await make_world(db)
    manager = world.people["manager"]
    owner_run(owner_url, *[ADD.format(org=world.organization_id, user=manager.user_id)] * 2)
    first, second = (row["id"] for row in owner_rows(owner_url, "select id from public.ai_insights_log order by id"))
    reject = (
        "update public.ai_insights_log set execution_status = 'rejected', decided_by = (select app.user_id()) "
        "where id = %s returning id"
    )
    async with db.acting_as(manager) as slow:
        assert await (await slow.execute(reject, (first,))).fetchone() == {"id": first}
        async with db.acting_as(manager) as quick:
            await quick.execute(reject, (second,))
    steps = [(row["position"], row["entry_id"]) for row in history(owner_url) if row["to_status"] == "rejected"]
    assert steps == [(3, second), (4, first)]


async def _until_waiting(owner_url: str, count: int) -> None:
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while len(owner_rows(owner_url, waiting)) < count:
        await asyncio.sleep(0.02)


async def test_many_steps_of_one_transaction_are_one_line_too(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    add = ADD.format(org=world.organization_id, user=world.people["owner"].user_id)
    reject = "update public.ai_insights_log set execution_status = 'rejected'"
    owner_run(
        owner_url,
        f"begin; {add}; {add}; set constraints all immediate; {add}; {add}; commit",
        f"begin; {add}; {reject} where execution_status = 'suggested'; commit",
        f"begin; {add}; savepoint before; {add}; {add}; rollback to before; {add}; commit",
    )
    assert [row["position"] for row in history(owner_url)] == list(range(1, 13))
    async with db.as_operator() as tx:
        assert [(chain.rows, chain.fault) for chain in await queries.verify(tx, None)] == [(12, None)]


async def test_a_step_by_plain_sql_is_chained_too(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner_run(owner_url, ADD.format(org=world.organization_id, user=world.people["owner"].user_id))
    owner_run(owner_url, "update public.ai_insights_log set execution_status = 'expired'")
    assert [(row["actor"], row["to_status"]) for row in history(owner_url)] == [(None, "suggested"), (None, "expired")]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into public.ai_insights_history select * from public.ai_insights_history",
        "update public.ai_insights_history set actor = null",
        "delete from public.ai_insights_history",
        "truncate public.ai_insights_history",
        "update app.ai_insights_heads set position = 0",
        "delete from app.ai_insights_heads",
        "select app.append_history(entry, null) from public.ai_insights_log as entry",
    ],
)
async def test_no_role_of_the_program_writes_the_history(db: Database, statement: str) -> None:
    world = await make_world(db)
    for door in (db.acting_as(world.people["owner"]), db.as_system(), db.as_operator()):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with door as tx:
                await tx.execute(statement.encode())


async def test_what_was_there_before_the_history_begins_its_chain_as_it_is(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    behind_the_back(
        owner_url,
        "delete from public.ai_insights_history",
        "delete from app.ai_insights_heads",
        # As an entry was before there was a history: it said nothing of policies, alternatives and edits.
        "update public.ai_insights_log set changed_by = null, policy = null, alternatives = '[]', edited_from = null",
    )
    for _again in range(2):
        await migrate(owner_url, replay=True)
        rows = history(owner_url, "position, actor, from_status, to_status")
        assert [tuple(row.values()) for row in rows] == [
            (1, None, None, "executed"),
            (2, None, None, "rejected"),
            (3, None, None, "failed"),
            (4, None, None, "expired"),
        ]
    async with db.as_operator() as tx:
        assert [(chain.rows, chain.fault) for chain in await queries.verify(tx, None)] == [(4, None)]


async def test_what_a_person_says_of_other_chains_is_not_believed(db: Database, owner_url: str) -> None:
    """A session's setting named the chains to lock: another organisation's would be held up, or found to exist."""
    world, other = await make_world(db), await make_world(db, "Beth Halls", team="T2")
    manager = world.people["manager"]
    owner_run(owner_url, ADD.format(org=world.organization_id, user=manager.user_id))
    owner_run(owner_url, ADD.format(org=other.organization_id, user=other.people["owner"].user_id))
    reject = (
        "update public.ai_insights_log set execution_status = 'rejected', decided_by = (select app.user_id()) "
        "where kind = 'suggestion'"
    )
    nobody = "11111111-1111-1111-1111-111111111111"
    with psycopg.connect(owner_url) as holder:
        locked = "select from app.ai_insights_heads where organization_id = %s for update"
        holder.execute(locked, (other.organization_id,))
        async with db.acting_as(manager) as tx:
            await tx.execute("set local lock_timeout = '1s'")
            said = f"{world.organization_id},{other.organization_id},{nobody}"
            await tx.execute("select set_config('eventflow.chains', %s, true)", (said,))
            await tx.execute(reject)
