"""A chain that its owner wrote anew is told by its own steps, or by a head that was kept elsewhere."""

from pathlib import Path

import pytest

from core.audit.history import queries
from core.db import Database
from core.flows.anchoring import post_heads
from tests.drain import drain
from tests.fakes import runtime
from tests.integration.history.story import behind_the_back, history, live_a_day, newest
from tests.integration.history.test_log_commands import eventflow, terminal
from tests.owner import owner_run

pytestmark = pytest.mark.db

LOG, HISTORY = "public.ai_insights_log", "public.ai_insights_history"


async def test_a_waiting_row_that_was_changed_is_noticed_after_its_next_step_too(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    changed = f"update {LOG} set impact = '{{}}' where id = '{newest(owner_url)}'"
    owner_run(
        owner_url,
        "alter table public.ai_insights_log disable trigger check_step",
        changed,
        f"update {LOG} set execution_status = 'failed' where id = '{newest(owner_url)}'",
    )
    async with db.as_operator() as tx:
        [chain] = await queries.verify(tx, None)
    assert (chain.fault, chain.entry_id, chain.position) == ("entry_changed", newest(owner_url), chain.rows)


async def test_a_head_that_was_kept_tells_that_the_chain_was_written_anew(
    db: Database, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    await live_a_day(db, owner_url)
    here = terminal(database_url, tmp_path)
    last = history(owner_url)[-1]
    kept = f"{last['organization_id']}:{last['position']}:{last['hash']}"
    assert eventflow(here, "verify", "--anchor") == (0, [kept])
    assert eventflow(here, "verify", kept)[0] == 0
    behind_the_back(
        owner_url,
        f"update {HISTORY} set at = at - interval '1 hour' where position = {last['position']}",
        f"update {HISTORY} as step set hash = app.history_hash(step) where position = {last['position']}",
        "update app.ai_insights_heads as head set hash = step.hash from public.ai_insights_history as step "
        f"where step.position = {last['position']}",
    )
    # The twin: where neither the head nor a checkpoint is kept, nothing is found.
    elsewhere = terminal(database_url, tmp_path / "elsewhere")
    assert eventflow(elsewhere, "verify")[0] == 0
    for told in (eventflow(elsewhere, "verify", kept), eventflow(here, "verify"), eventflow(here, "verify", "--all")):
        assert (told[0], "The history was written anew" in " ".join(told[1])) == (1, True)
    assert "is no head of a chain" in " ".join(eventflow(here, "verify", "nonsense")[1])


async def test_the_head_is_posted_once_a_day_where_something_was_added(
    db: Database, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    await live_a_day(db, owner_url)
    rt, slack, telegram, _model = runtime(db)
    await drain(rt, database_url)
    slack.said.clear()
    telegram.said.clear()
    assert await post_heads(rt) == 0, "the chain began today"
    yesterday = "update app.ai_insights_heads set {0} = {0} - interval '1 day'"
    owner_run(owner_url, yesterday.format("started_at"))
    assert [await post_heads(rt) for _ in range(3)] == [1, 0, 0]
    owner_run(owner_url, yesterday.format("posted_at"))
    assert await post_heads(rt) == 0, "nothing was added since"
    await drain(rt, database_url)
    last = history(owner_url)[-1]
    head = f"{last['organization_id']}:{last['position']}:{last['hash']}"
    said = [text for _there, text in (*slack.said, *telegram.said)]
    assert {text.splitlines()[-1] for text in said} == {f"eventflow log verify {head}"}
    assert eventflow(terminal(database_url, tmp_path), "verify", head)[0] == 0
    owner_run(owner_url, "update app.ai_insights_heads set posted_position = posted_position - 1")
    assert await post_heads(rt) == 1, "something was added since yesterday"


async def test_nobody_without_a_channel_uses_up_the_day(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    rt, *_ = runtime(db)
    owner_run(
        owner_url,
        "update app.ai_insights_heads set started_at = started_at - interval '1 day'",
        "create table kept as select * from public.workspaces",
        "delete from public.workspaces",
    )
    assert await post_heads(rt) == 0
    owner_run(owner_url, "insert into public.workspaces select * from kept", "drop table kept")
    assert await post_heads(rt) == 1
