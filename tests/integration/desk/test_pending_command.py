"""`eventflow pending` shows the operator what the chats show."""

import json
from pathlib import Path

import pytest

from core.db import Database
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, suggested, telegram_message
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_run
from tests.world import make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def office(db: Database, owner_url: str, database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a terminal on a database in which one suggestion waits, until a time that is known."""
    await make_world(db)
    await make_world(db, "Bet Events", team="T2")
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", "7002"), database_url)
    owner_run(
        owner_url,
        "set session_replication_role = 'replica'; "
        "update public.ai_insights_log set deadline = '2031-05-01 07:00Z' where kind = 'suggestion'",
    )
    return environment_of(database_url, tmp_path, COLUMNS="110")


def pending(environment: dict[str, str], *options: str) -> tuple[int, list[str]]:
    """Run the command; return its code and what it printed, line by line, either way."""
    code, said, complained = eventflow(environment, "pending", *options)
    return code, [line.rstrip() for line in (said + complained).splitlines()]


_TABLE = """
Asked by               What                                Risk  Status     Waits until       Cards in
Staff of Aleph Events  Change: Opening Keynote             high  suggested  2031-05-01 10:00  slack C1MANAGERS
                       Thu 1 May · 14:00 to 15:00 instead                                     telegram 7002
                       of 10:00 to 11:00 · Hall A
                       schedule_update, Spring Conference

1 suggestion. Times in Asia/Jerusalem.
"""
WAITS = (0, _TABLE.strip().splitlines())


def test_what_waits_says_what_how_risky_who_until_when_and_where(office: dict[str, str], owner_url: str) -> None:
    assert pending(office) == WAITS
    assert pending(office, "--organization", "aleph  EVENTS") == WAITS
    assert pending(office, "--event", "Spring Conference", "--risk", log_rows(owner_url)[0]["risk"]) == WAITS
    assert pending(office, "--mine", "STAFF@aleph.example") == WAITS


def test_at_80_columns_no_word_is_split_and_the_total_is_said(office: dict[str, str]) -> None:
    narrow = {**office, "COLUMNS": "80"}
    code, lines = pending(narrow, "--limit", "1")
    assert (code, max(map(len, lines)) <= 80, lines[-1]) == (0, True, "1 suggestion. Times in Asia/Jerusalem.")
    assert set("Opening Keynote 2031-05-01 10:00 C1MANAGERS schedule_update,".split()) <= set(" ".join(lines).split())


def test_what_nobody_waits_for_is_said(office: dict[str, str]) -> None:
    nothing = (0, ["Nothing waits for a decision."])
    assert pending(office, "--org", "Bet Events") == nothing
    assert pending(office, "--risk", "low") == nothing
    code, [said] = pending(office, "--event", "Autumn Fair")
    assert (code, said.startswith('✗ There is no event "Autumn Fair"')) == (1, True)
    assert pending(office, "--mine", "owner@aleph.example") == (0, ["owner@aleph.example asked for nothing lately."])


def test_a_risk_that_there_is_not_gets_a_sentence(office: dict[str, str]) -> None:
    said = '✗ There is no risk "huge". Write one of: low, medium, high, critical.'
    assert pending(office, "--risk", "huge") == (1, [said])


def test_programs_read_a_line_of_json_for_each(office: dict[str, str], owner_url: str) -> None:
    code, [line] = pending(office, "--json")
    [row] = log_rows(owner_url)
    assert (code, json.loads(line)) == (
        0,
        {
            "id": str(row["id"]),
            "organization": "Aleph Events",
            "event": "Spring Conference",
            "title": "Change: Opening Keynote",
            "change": "Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00 · Hall A",
            "action_type": "schedule_update",
            "risk": row["risk"],
            "blocked": False,
            "status": "suggested",
            "asked_by": "Staff of Aleph Events",
            "deadline": "2031-05-01T07:00:00+00:00",
            "stands_in": ["slack C1MANAGERS", "telegram 7002"],
        },
    )
