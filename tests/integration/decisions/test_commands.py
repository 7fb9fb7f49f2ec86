"""`eventflow log`: a common reason in words, and what of the approved was edited."""

import json
from pathlib import Path

import pytest

from core.db import Database
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import TO_NOON, Desk
from tests.integration.history.test_log_commands import eventflow, terminal
from tests.world import make_world

pytestmark = pytest.mark.db

LATER = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"start_time": "16:30"}})

EVEN_LATER = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"start_time": "17:00"}})


@pytest.fixture
async def log(db: Database, database_url: str, tmp_path: Path) -> dict[str, str]:
    await make_world(db)
    script = [reply for call in (TO_NOON, LATER, EVEN_LATER) for reply in (calls(call), says("It waits."))]
    rt, _slack, telegram, _model = runtime(db, *script)
    desk = Desk(rt, telegram, database_url)
    for number in range(3):
        await desk.hears("please")
        if number == 0:
            await desk.press("edit", evidence={"room": "Workshop"})
        if number == 2:
            await desk.press("reject", "wrong_time")
        else:
            await desk.press("approve", evidence=all_that_it_asks(desk.card()))
    return terminal(database_url, tmp_path)


def test_what_was_approved_as_edited_is_counted_by_type(log: dict[str, str]) -> None:
    code, lines = eventflow(log, "edited")
    title, row, _empty, total = lines
    assert (code, title) == (0, "Approved         Last              All  Edited  Share")
    assert total == "1 of 2 approved were edited. Times in Asia/Jerusalem."
    assert (row.split()[0], row.split()[-3:]) == ("schedule_update", ["2", "1", "50%"])
    [counted] = [json.loads(line) for line in eventflow(log, "edited", "--json", "--org", "Aleph Events")[1]]
    assert (counted["action_type"], counted["approved"], counted["edited"]) == ("schedule_update", 2, 1)
    code, [said] = eventflow(log, "edited", "--event", "Autumn")
    assert (code, said.startswith('✗ There is no event "Autumn"')) == (1, True)


def test_a_common_reason_is_said_in_words_and_kept_as_a_code(log: dict[str, str]) -> None:
    code, lines = eventflow(log, "rejections")
    assert (code, "wrong time" in lines[1]) == (0, True)
    [row] = [json.loads(line) for line in eventflow(log, "rejections", "--json")[1]]
    assert row["reason"] == "wrong_time"
