"""A chain that its owner wrote anew is told by its own steps, or by a head that was kept elsewhere."""

from pathlib import Path

import pytest

from core.audit.history import queries
from core.db import Database
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
    # The twin: without the head nothing is found.
    assert eventflow(here, "verify")[0] == 0
    code, told = eventflow(here, "verify", kept)
    assert (code, "The history was written anew" in " ".join(told)) == (1, True)
    assert "is no head of a chain" in " ".join(eventflow(here, "verify", "nonsense")[1])
