"""A log that was walked today is walked on from there; what was done to the rows before is found within a day."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.audit.history import checkpoints, queries
from core.audit.history.checkpoints import Checkpoint
from core.db import Database
from tests.integration.history.story import behind_the_back, history, live_a_day, newest
from tests.integration.history.test_log_commands import eventflow, terminal
from tests.integration.history.test_verify import TAMPERING
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

LOG, HISTORY, HEADS = "public.ai_insights_log", "public.ai_insights_history", "app.ai_insights_heads"


def at(owner_url: str, position: int, *, days_ago: float = 0) -> Checkpoint:
    """The checkpoint of a walk that ended at this row."""
    row = next(each for each in history(owner_url) if each["position"] == position)
    [head] = owner_rows(owner_url, f"select started_at from {HEADS}")
    then = datetime.now(UTC) - timedelta(days=days_ago)
    return Checkpoint(
        organization_id=row["organization_id"],
        started_at=head["started_at"],
        position=position,
        hash=row["hash"],
        at=then,
        whole_at=then,
    )


async def found(db: Database, *kept: Checkpoint, every: bool = False) -> tuple[int, int, bool, str | None, int | None]:
    async with db.as_operator() as tx:
        [chain] = await queries.verify(tx, None, kept, every=every)
    return chain.rows, chain.since, chain.is_rewritten, chain.fault, chain.position


@pytest.mark.parametrize("position", range(1, 8))
async def test_only_what_came_since_is_walked(db: Database, owner_url: str, position: int) -> None:
    await live_a_day(db, owner_url)
    assert await found(db, at(owner_url, position)) == (7, position, False, None, None)
    assert await found(db, at(owner_url, position), every=True) == (7, 0, False, None, None)
    assert await found(db, at(owner_url, position, days_ago=1.1)) == (7, 0, False, None, None)


@pytest.mark.parametrize("case", [each for each in TAMPERING if each[1] > 4], ids=lambda case: case[0][0][:60])
async def test_what_is_broken_behind_the_checkpoint_is_found_as_ever(
    db: Database, owner_url: str, case: tuple[list[str], int, str]
) -> None:
    await live_a_day(db, owner_url)
    kept = at(owner_url, 4)
    behind_the_back(owner_url, *case[0])
    assert (await found(db, kept))[3:] == (case[2], case[1])


async def test_a_row_from_before_is_found_when_every_row_is_walked(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    kept, yesterday = at(owner_url, 4), at(owner_url, 4, days_ago=1.1)
    behind_the_back(owner_url, f"update {HISTORY} set actor = null where position = 2")
    # This is what a walk from a checkpoint does not promise, and why none is older than a day.
    assert await found(db, kept) == (7, 4, False, None, None)
    assert await found(db, yesterday) == (7, 0, False, "row_changed", 2)
    assert await found(db, kept, every=True) == (7, 0, False, "row_changed", 2)


async def test_a_chain_that_was_written_anew_before_the_checkpoint_is_told(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    kept = at(owner_url, 7)
    behind_the_back(
        owner_url,
        f"update {HISTORY} set at = at - interval '1 hour' where position = 7",
        f"update {HISTORY} as step set hash = app.history_hash(step) where position = 7",
        f"update {HEADS} set hash = (select hash from {HISTORY} where position = 7)",
    )
    assert await found(db) == (7, 0, False, None, None)
    assert await found(db, kept) == (7, 0, True, None, None)


async def test_a_step_that_changes_what_was_walked_is_found(db: Database, owner_url: str) -> None:
    """An entry's last step from before the checkpoint is the one that its next step is compared with."""
    await live_a_day(db, owner_url)
    kept = at(owner_url, 7)
    owner_run(
        owner_url,
        f"alter table {LOG} disable trigger check_step",
        f"update {LOG} set impact = '{{}}' where id = '{newest(owner_url)}'",
        f"update {LOG} set execution_status = 'failed' where id = '{newest(owner_url)}'",
    )
    assert await found(db, kept) == (8, 0, False, "entry_changed", 8)


async def test_a_database_that_was_set_up_anew_begins_another_chain(db: Database, owner_url: str) -> None:
    await live_a_day(db, owner_url)
    old = at(owner_url, 7).model_copy(update={"started_at": datetime(2026, 1, 1, tzinfo=UTC), "hash": "0" * 64})
    assert await found(db, old) == (7, 0, False, None, None)


async def test_the_command_goes_on_where_it_came_to(
    db: Database, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    await live_a_day(db, owner_url)
    here = {**terminal(database_url, tmp_path / "home"), "COLUMNS": "300"}
    whole = "✓ The log is intact: 7 rows of history in 1 organisation."
    assert eventflow(here, "verify") == (0, [whole])
    on = f"{whole} Walked now: 0 rows; the others earlier today (`--all` walks them too)."
    assert eventflow(here, "verify") == (0, [on])
    assert eventflow(here, "verify", "--all") == (0, [whole])
    [told] = map(json.loads, eventflow(here, "verify", "--json")[1])
    assert (told["rows"], told["since"], told["fault"]) == (7, 7, None)
    file = tmp_path / "home" / checkpoints.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("nonsense")
    assert eventflow(here, "verify") == (0, [whole])
