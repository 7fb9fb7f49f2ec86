"""`eventflow costs` and `org ceiling`: what the model cost, by the organisation's clock, and what nobody knows."""

import json
from pathlib import Path

import pytest

from core.db import Database
from tests.integration.terminal.operator import Terminal
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

THERE = ("org", "ceiling", "--org", "Aleph Events")
SINCE = ("--since", "2024-04-30")


def _run(world: World, who: str, at: str, values: str, event: bool = True) -> str:
    of = f"'{world.event_id}'" if event else "null"
    return (
        "insert into public.ai_runs (organization_id, id, user_id, event_id, status, created_at, completed_at, "
        "input_tokens, cached_tokens, output_tokens, thought_tokens, estimated_cost_usd, tool_calls, output_data) "
        f"values ('{world.organization_id}', gen_random_uuid(), '{world.people[who].user_id}', {of}, "  # type: ignore[index]
        f"'success', '{at}', '{at}', {values})"
    )


@pytest.fixture
async def terminal(db: Database, owner_url: str, database_url: str, tmp_path: Path) -> Terminal:
    """Three turns of two days (one of them after midnight in Jerusalem alone), one of a price that nobody knows."""
    world = await make_world(db)
    both = """'{"tools": {"get_agenda": 2, "update_schedule_item": 1}}'"""
    owner_run(
        owner_url,
        _run(world, "manager", "2024-04-30 20:00Z", f"9000, 6000, 200, 100, 0.012, 3, {both}"),
        _run(world, "manager", "2024-04-30 21:30Z", "1000, 0, 50, 0, 0.0005, 0, '{\"tools\": {}}'", event=False),
        _run(world, "staff", "2024-05-01 09:00Z", '500, 0, 20, 10, null, 1, \'{"tools": {"get_agenda": 1}}\''),
        f"update public.user_profiles set full_name = 'דנה לוי' where id = '{world.people['staff'].user_id}'",
    )
    return Terminal(tmp_path, database_url)


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        (
            "day",
            [
                "Day         Turns  Input  Cached  Output                 Cost",
                "2024-05-01      2  1,500       0      80  $0.0005 + 1 unknown",
                "2024-04-30      1  9,000   6,000     300              $0.0120",
                "",
                "3 turns, $0.0125 since 2024-04-30, and 1 turn of unknown cost. Days in ",
                "Asia/Jerusalem.",
            ],
        ),
        (
            "person",
            [
                "Person                   Turns   Input  Cached  Output     Cost",
                "Manager of Aleph Events      2  10,000   6,000     350  $0.0125",
                "manager@aleph.example",
                "דנה לוי                      1     500       0      30  unknown",
                "staff@aleph.example",
                "",
                "3 turns, $0.0125 since 2024-04-30, and 1 turn of unknown cost. Days in ",
                "Asia/Jerusalem.",
            ],
        ),
        (
            "event",
            [
                "Event              Turns  Input  Cached  Output                 Cost",
                "Spring Conference      2  9,500   6,000     330  $0.0120 + 1 unknown",
                "(no event)             1  1,000       0      50              $0.0005",
                "",
                "3 turns, $0.0125 since 2024-04-30, and 1 turn of unknown cost. Days in ",
                "Asia/Jerusalem.",
            ],
        ),
        (
            "tool",
            [
                "Tool                  Turns  Input  Cached  Output                 Cost",
                "get_agenda                2  6,500   4,000     230  $0.0080 + 1 unknown",
                "update_schedule_item      1  3,000   2,000     100              $0.0040",
                "(no tool)                 1  1,000       0      50              $0.0005",
                "",
                "$0.0125 since 2024-04-30. Days in Asia/Jerusalem.",
            ],
        ),
    ],
)
def test_costs_are_summed_up(terminal: Terminal, by: str, lines: list[str]) -> None:
    said = terminal.run("costs", "--by", by, *SINCE)
    assert (said.code, said.err) == (0, "")
    assert [line.rstrip() for line in said.out.splitlines()] == [line.rstrip() for line in lines]


def test_costs_can_be_had_as_json(terminal: Terminal) -> None:
    said = terminal.run("costs", "--by", "person", "--json", *SINCE)
    assert [json.loads(line) for line in said.out.splitlines()] == [
        {
            "person": name,
            "email": email,
            "organization": "Aleph Events",
            "zone": "Asia/Jerusalem",
            "turns": turns,
            "input_tokens": tokens[0],
            "cached_tokens": tokens[1],
            "output_tokens": tokens[2],
            "thought_tokens": tokens[3],
            "cost_usd": cost,
            "unknown_costs": unknown,
        }
        for name, email, turns, tokens, cost, unknown in (
            ("Manager of Aleph Events", "manager@aleph.example", 2, (10_000, 6_000, 250, 100), 0.0125, 0),
            ("דנה לוי", "staff@aleph.example", 1, (500, 0, 20, 10), None, 1),
        )
    ]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("costs", "--by", "evnt"), 'Costs cannot be shown by "evnt". Did you mean "event"? Write one of: '),
        (("costs", "--since", "yesterday"), '"yesterday" is no day. Write --since as 2026-11-01, or as the last days'),
        (
            ("costs", "--since", "2041-01-01"),
            "2041-01-01 is still to come. Write --since as 2026-11-01, or as the last",
        ),
        (("costs", "--org", "Alef Events"), 'There is no organisation named "Alef Events". Did you mean "Aleph '),
        ((*THERE, "--dollars", "1.005"), '"1.005" is no amount. Write --dollars as 5'),
        ((*THERE, "--none", "--dollars", "1"), "Write either --dollars or --none."),
        ((*THERE, "--zone", "Asia/Jerusalm"), 'There is no time zone "Asia/Jerusalm".'),
    ],
)
def test_what_is_mistyped_is_one_sentence(terminal: Terminal, command: tuple[str, ...], sentence: str) -> None:
    said = terminal.run(*command)
    assert (said.code, said.out, said.err.replace("\n", " ").startswith(f"✗ {sentence}")) == (1, "", True), said.err


def test_a_time_without_turns_is_said(terminal: Terminal) -> None:
    said = terminal.run("costs", "--since", "1d")
    assert (said.code, said.out) == (0, "The model was not asked in this time.\n")


def test_the_ceiling_is_set_shown_and_lifted(terminal: Terminal, owner_url: str) -> None:
    owner_run(owner_url, "update public.ai_runs set created_at = now()")
    spent = "Today, in Asia/Jerusalem, it has cost $0.0125."

    def told(*words: str) -> str:
        said = terminal.run(*THERE, *words)
        assert (said.code, said.err) == (0, "")
        return " ".join(said.out.split())

    assert told() == f'✓ "Aleph Events" has no ceiling. {spent}'
    assert told("--dollars", "$5") == f'✓ "Aleph Events" may cost $5.00 a day. {spent}'
    assert told("--zone", "Asia/Tokyo") == '✓ "Aleph Events" may cost $5.00 a day. ' + spent.replace(
        "Jerusalem", "Tokyo"
    )
    assert told("--dollars", "0.01").endswith("The model is not asked before tomorrow.")
    [row] = [json.loads(line) for line in terminal.run(*THERE, "--json").out.splitlines()]
    assert row == {"organization": "Aleph Events", "ceiling_usd": 0.01, "spent_usd": 0.0125, "zone": "Asia/Tokyo"}
    assert told("--none").startswith('✓ "Aleph Events" has no ceiling.')
