"""`eventflow log` as an operator reads it, in a terminal of 80 columns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.db import Database
from tests.integration.history.story import behind_the_back, history, live_a_day
from tests.owner import owner_rows, owner_run
from tests.world import make_world

pytestmark = pytest.mark.db

_ROOT = Path(__file__).parents[3]
TYPE = "schedule_update"


@pytest.fixture
async def log(db: Database, owner_url: str, database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a terminal on the database of a day's work, whose times are the clock's."""
    await live_a_day(db, owner_url)
    reason = """'{"reason": "Clashes with the tour"}'"""
    behind_the_back(
        owner_url,
        "update public.ai_insights_log set suggested_at = '2031-05-01 06:00Z', decided_at = '2031-05-01 06:20Z' "
        "where execution_status = 'executed'",
        "update public.ai_insights_log set suggested_at = '2031-05-01 06:00Z', decided_at = '2031-05-01 06:25Z', "
        f"decided_from = decided_from || {reason} where execution_status = 'rejected' and kind = 'suggestion'",
    )
    return terminal(database_url, tmp_path)


def terminal(database_url: str, home: Path) -> dict[str, str]:
    """Return the environment of a terminal of 80 columns on a database."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    there = {"EVENTFLOW_HOME": str(home), "HOME": str(home), "COLUMNS": "80"}
    return {**kept, **there, "DATABASE_URL": database_url, "PYTHONPATH": str(_ROOT)}


def eventflow(environment: dict[str, str], *command: str) -> tuple[int, list[str]]:
    """Run the command; return its code and what it printed, line by line, either way."""
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", "log", *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, [line.rstrip() for line in (done.stdout + done.stderr).strip().splitlines()]


def rows(lines: list[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines]


def test_decisions_say_who_decided_what_where_and_after_how_long(log: dict[str, str]) -> None:
    assert eventflow(log, "decisions") == (
        0,
        [
            "When              About             Asked by               Outcome",
            "2031-05-01 09:25  Sound Check Live  Manager of Aleph       rejected by Manager",
            "                  schedule_update   Events                 of Aleph Events in",
            "                                                           slack after 25 min",
            "                                                           Clashes with the tour",
            "2031-05-01 09:20  Opening Keynote   Manager of Aleph       executed by Owner of",
            "                  schedule_update   Events                 Aleph Events in slack",
            "                                                           after 20 min",
            "2021-05-02 03:00  Lighting Basics   Manager of Aleph       expired",
            "                  schedule_update   Events",
            "",
            "3 suggestions. Times in Asia/Jerusalem.",
        ],
    )


def test_where_some_are_shown_it_is_said_of_how_many(log: dict[str, str]) -> None:
    shown = "Times in Asia/Jerusalem."
    assert eventflow(log, "--limit", "2")[1][-1] == f"2 of 4 entries; --limit N shows more. {shown}"
    assert eventflow(log, "--limit", "1", "--status", "executed")[1][-1] == f"1 entry. {shown}"
    assert eventflow(log, "decisions", "--limit", "2")[1][-1] == f"2 of 3 suggestions; --limit N shows more. {shown}"


def test_rejections_are_counted_by_type_and_reason(log: dict[str, str]) -> None:
    assert eventflow(log, "rejections") == (
        0,
        [
            "Suggested        Reason                 Last              Times",
            "schedule_update  Clashes with the tour  2031-05-01 09:25      1",
            "",
            "1 suggestion rejected. Times in Asia/Jerusalem.",
        ],
    )


def test_vips_are_counted_by_type(log: dict[str, str]) -> None:
    assert eventflow(log, "vips") == (
        0,
        [
            "Suggested        All  With VIPs  VIPs  Executed  Rejected  Lapsed  Waiting",
            "schedule_update    3          1     1         1         0       0        0",
            "",
            "VIPs were touched by 1 of 3 suggestions.",
        ],
    )


def test_the_catch_rate_of_the_conflict_checks(log: dict[str, str]) -> None:
    assert eventflow(log, "conflicts") == (
        0,
        [
            "Checked  All  Share  Executed  Rejected  Replaced  Expired  Failed  Waiting",
            "blocked    1    33%         0         1         0        0       0        0",
            "clear      2    67%         1         0         0        1       0        0",
            "",
            "Conflicts were caught in 1 of 3 suggestions (33%).",
        ],
    )


def test_each_can_be_had_as_json_of_one_event_or_organisation(log: dict[str, str]) -> None:
    code, lines = eventflow(log, "decisions", "--json", "--event", "spring  CONFERENCE", "--limit", "1")
    [decision] = rows(lines)
    told = ("decision", "decided_on", "decided_in", "reason", "took", "asked_in")
    assert (code, [decision[column] for column in told]) == (
        0,
        ["rejected", "slack", "D1", "Clashes with the tour", 1500.0, "D1"],
    )
    assert rows(eventflow(log, "rejections", "--json", "--org", "Aleph Events")[1]) == [
        {
            "action_type": TYPE,
            "reason": "Clashes with the tour",
            "rejected": 1,
            "last_at": "2031-05-01T06:25:00+00:00",
            "zone": "Asia/Jerusalem",
        }
    ]
    for report in ("decisions", "rejections", "vips", "conflicts"):
        assert eventflow(log, report, "--event", "Spring Conferense") == (
            1,
            [
                '✗ There is no event "Spring Conferense". Did you mean "Spring Conference"? '
                "`eventflow event list` shows all."
            ],
        )


def test_the_log_itself_reads_as_before(log: dict[str, str]) -> None:
    code, lines = eventflow(log, "--json", "--status", "expired", "--org", "Aleph Events", "--limit", "5")
    assert (code, [row["action_type"] for row in rows(lines)]) == (0, [TYPE])
    assert eventflow(log, "--status", "approved") == (0, ["The log holds nothing like that."])
    assert eventflow(log, "--status", "exectued")[1][0].startswith(
        '✗ There is no status "exectued". Did you mean "executed"? Write one of: suggested, '
    )
    code, lines = eventflow(log, "--status", "executed", "--limit", "1")
    # From and to, in the event's own time, whole words at 80 columns.
    said = " ".join(" ".join(lines).split())
    assert code == 0
    assert "Asia/Jerusalem" in said
    assert " instead of " in said
    assert max(map(len, lines)) <= 80


def test_both_who_approved_are_named(log: dict[str, str], owner_url: str) -> None:
    both = """'{"approvers": ["Dana Levi", "Tom Harris"]}'"""
    behind_the_back(
        owner_url,
        f"update public.ai_insights_log set decided_from = decided_from || {both} where execution_status = 'executed'",
    )
    wide = {**log, "COLUMNS": "300"}
    for command in (("--status", "executed", "--limit", "1"), ("decisions",)):
        assert "Dana Levi, Tom Harris" in "\n".join(eventflow(wide, *command)[1])


def test_options_before_the_command_are_not_ignored(log: dict[str, str]) -> None:
    said = "✗ Write the options after the command: `eventflow log decisions ...`."
    assert eventflow(log, "--org", "Aleph Events", "decisions") == (1, [said])


async def test_verify_says_one_sentence(db: Database, log: dict[str, str], owner_url: str) -> None:
    entries = {row["position"]: row["entry_id"] for row in history(owner_url)}
    changed = (
        f'✗ The history of "Aleph Events" breaks at position 2: the log entry that it tells of was changed '
        f"(log entry {entries[2]})."
    )
    wide = {**log, "COLUMNS": "300"}
    assert eventflow(wide, "verify") == (1, [changed])
    await make_world(db, "Beth Halls", team="T2")
    sentence = "✓ The log is intact: 0 rows of history in 1 organisation."
    assert eventflow(wide, "verify", "--org", "beth halls") == (0, [sentence])
    nobody = '✗ There is no organisation named "Nobody". Add it with `eventflow org add`.'
    assert eventflow(wide, "verify", "--org", "Nobody") == (1, [nobody])
    code, lines = eventflow(wide, "verify", "--json")
    assert (code, [(row["organization"], row["rows"], row["fault"]) for row in rows(lines)]) == (
        1,
        [("Aleph Events", 7, "entry_changed"), ("Beth Halls", 0, None)],
    )


def test_verify_counts_what_is_intact_and_names_who_else_is_not(
    database_url: str, owner_url: str, log: dict[str, str]
) -> None:
    wide = {**log, "COLUMNS": "300"}
    person = owner_rows(owner_url, "select id, organization_id from public.user_profiles limit 1")[0]
    owner_run(owner_url, *("delete from public.card_copies", "delete from public.ai_insights_log"))
    behind_the_back(owner_url, "delete from public.ai_insights_history", "delete from app.ai_insights_heads")
    add = (
        "insert into public.ai_insights_log (organization_id, user_id, kind, action_type, execution_status, "
        "correlation_id) values ('{organization_id}', '{id}', 'error', 'x', 'failed', gen_random_uuid())"
    )
    owner_run(owner_url, *[add.format(**person)] * 3)
    assert eventflow(wide, "verify") == (0, ["✓ The log is intact: 3 rows of history in 1 organisation."])
    behind_the_back(owner_url, "delete from public.ai_insights_history where position = 2")
    said = '✗ The history of "Aleph Events" breaks at position 2: a row is missing.'
    assert eventflow(wide, "verify") == (1, [said])
