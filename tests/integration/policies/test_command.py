"""`eventflow policy` as an operator uses it."""

import json
import re
from pathlib import Path

import pytest

from core.db import Database
from core.flows.runtime import ACTION_TYPES
from core.policies.kinds import KINDS, said_action
from core.texts import plain, say
from tests.integration.policies.rules import policy_of
from tests.integration.terminal.operator import environment_of
from tests.integration.terminal.operator import eventflow as run
from tests.owner import owner_rows
from tests.world import make_world

pytestmark = pytest.mark.db

ORG = ("--org", "Aleph Events")


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """An environment with nothing in it but the database."""
    return environment_of(database_url, tmp_path)


def eventflow(environment: dict[str, str], *command: str) -> tuple[int, str, str]:
    """Run a command about the policy."""
    return run(environment, "policy", *command)


CHANGED = (0, "✓ The policy is changed. `eventflow policy show` has all of it.", "")


async def test_a_policy_is_set_shown_and_reset(environment: dict[str, str], db: Database) -> None:
    world = await make_world(db)
    manager = world.people["manager"]
    assert eventflow(environment, "set", *ORG, "--two-people", "critical", "--backup", manager.name) == CHANGED
    assert eventflow(environment, "level", "speaker_overlap", "block", *ORG) == CHANGED
    assert eventflow(environment, "buffer", "15", *ORG) == CHANGED
    assert eventflow(environment, "approvers", "schedule_delete", *ORG, "--risk", "high", "--role", "owner") == CHANGED
    code, said, _err = eventflow(environment, "show", *ORG, "--json")
    assert (code, json.loads(said)) == (
        0,
        {
            "version": 4,
            "approvals": [{"action": "schedule_delete", "risk": "high", "roles": ["owner"], "people": []}],
            "askers_may_approve": True,
            "two_people_for": ["critical"],
            "at_once_for_low": False,
            "backup": [str(manager.user_id)],
            "levels": {"speaker_overlap": "block"},
            "buffer_minutes": 15,
            "names": {str(manager.user_id): manager.name},
        },
    )
    code, said, _err = eventflow(environment, "show", *ORG)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert code == 0
    assert lines[0].startswith("Version 4, changed by Command line, ")
    assert {
        "Two people needed for critical",
        "Asked when nobody decides Manager of Aleph Events",
        "Pause between two sessions in a room 15 minutes",
        "removals of sessions (risk: high) an owner",
        "everything else an owner or a manager",
        "room already taken block, kept by the database room_overlap",
        "speaker in two places at once block, usually warn speaker_overlap",
    } <= set(lines)
    # What has to be typed is never cut, also in a terminal of the usual width.
    _code, said, _err = eventflow({**environment, "COLUMNS": "80"}, "show", *ORG)
    assert set(KINDS) <= set(said.split())
    assert eventflow(environment, "reset", *ORG) == CHANGED
    assert (await policy_of(db, world)).version == 5


async def test_somebody_is_away(environment: dict[str, str], db: Database, owner_url: str) -> None:
    await make_world(db)
    owner, manager = "owner@aleph.example", "Manager of Aleph Events"
    assert eventflow(environment, "delegations", *ORG) == (0, "Nobody decides in another's place.", "")
    away = ("delegate", owner, manager, *ORG, "--from", "2040-05-01", "--until", "2040-05-02")
    assert eventflow(environment, *away) == (0, f"✓ {manager} decides for {owner} until the end of 2040-05-02.", "")
    code, said, _err = eventflow(environment, "delegations", *ORG)
    assert (code, " ".join(said.splitlines()[1].split())) == (
        0,
        "Owner of Aleph Events Manager of Aleph Events 2040-05-01 00:00 2040-05-03 00:00",
    )
    assert eventflow(environment, "delegations", *ORG, "--end", owner) == (0, f"✓ {owner} decides again.", "")
    assert owner_rows(owner_url, "select ended_at is null as holds from public.delegations") == [{"holds": False}]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("set", *ORG),
            "✗ Say what to set, such as --two-people critical. `eventflow policy set --help` names the rest.",
        ),
        (
            ("set", *ORG, "--two-people", "dangerous"),
            '✗ "dangerous" names no risks. Write them with commas between, of low, medium, high, critical; or none.',
        ),
        (
            ("level", "room_overlap", "off", *ORG),
            "✗ The database itself keeps two sessions out of one room at one time. Mark the room as one that may be "
            "shared instead.",
        ),
        (
            ("approvers", "schedule_*", *ORG),
            "✗ Name who may approve it, with --role or --person; or take the rule out with --drop.",
        ),
        (
            ("approvers", "Schedule!", *ORG, "--role", "owner"),
            "✗ An action is written in small letters, with * for any: schedule_delete, schedule_*, or *.",
        ),
        (
            ("approvers", "event_publish", *ORG, "--person", "Staff of Aleph Events"),
            "✗ Staff of Aleph Events can never decide, because only owners and managers do. Give them that role first.",
        ),
        (
            ("set", *ORG, "--two-people", "critical", "--askers-do-not"),
            None,
        ),
        (
            ("buffer", "15", "--org", "Nobody"),
            '✗ There is no organisation named "Nobody". Add it with `eventflow org add`.',
        ),
        (("buffer", "0", *ORG), "✗ The policy says so already, so there is nothing to change."),
        (
            ("delegate", "owner@aleph.example", "owner@aleph.example", *ORG, "--until", "2040-05-02"),
            "✗ Owner of Aleph Events cannot decide in their own place. Name somebody else.",
        ),
        (
            ("delegate", "owner@aleph.example", "manager@aleph.example", *ORG, "--until", "tomorrow"),
            '✗ "tomorrow" is no day. Write it as YYYY-MM-DD, such as 2031-05-01.',
        ),
        (
            ("delegations", *ORG, "--end", "owner@aleph.example"),
            "✗ Nobody decides in place of Owner of Aleph Events, so there is nothing to end.",
        ),
    ],
)
async def test_a_mistake_gets_one_sentence_and_nothing_changes(
    environment: dict[str, str], db: Database, command: tuple[str, ...], said: str | None
) -> None:
    world = await make_world(db)
    code, out, err = eventflow(environment, *command)
    assert (code, out) == (1, "")
    assert err.replace("\n", " ") == said if said else err.startswith("✗ Too few could approve ")
    assert (await policy_of(db, world)).version == 0


async def test_a_kind_that_there_is_not_is_answered_with_all_names_and_how_commands_write_them(
    environment: dict[str, str], db: Database
) -> None:
    await make_world(db)
    code, _out, err = eventflow(environment, "approvers", "schedule_explode", *ORG, "--role", "owner")
    begins, names, written = re.split(r"\. (?:The actions are: |In commands they are written: )", " ".join(err.split()))
    assert (code, begins) == (1, "✗ No action is called schedule_explode")
    assert set(re.split(", and |, ", names)) == {plain(say("en", said_action(kind))) for kind in ACTION_TYPES}
    assert written == f"{', '.join(ACTION_TYPES)}."
