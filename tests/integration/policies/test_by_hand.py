"""The policy holds against SQL too: what a person with rights of their own writes by hand, past the program."""

from dataclasses import replace
from typing import Any, LiteralString, cast

import psycopg
import pytest

from core.db import Database, WorldMoved
from core.flows.on_decision import on_decision
from core.kernel.principal import Role
from core.policies.models import Approval, Policy
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, statuses, suggested
from tests.integration.history.story import approval
from tests.integration.policies.rules import rule
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

RENAME = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"title": "Light"}})
TAKEN = ("update_schedule_item", {"schedule_id": "Sound Check Live", "changes": {"start_time": "10:30"}})
REMOVE = ("delete_schedule_item", {"schedule_id": "Opening Keynote"})
TICKED = "jsonb_build_object('shown', shown_hash, 'read', '0,1,2,3')"
GLASS = "jsonb_build_object('past_policy', true, 'reason', 'The hall is flooded')"
WRITE = "update public.schedules set title = 'Light' where title = 'Lighting Basics'"


def step(status: str, decided_from: str = "'{}'", **columns: str) -> str:
    """The statement that somebody would write by hand, with everything that the program writes too."""
    me = "(select app.user_id())"
    values = {
        "execution_status": f"'{status}'",
        "decided_at": "now()",
        "decided_by": me,
        "decided_from": decided_from,
        "approved_at": "now()",
        "approved_by": me,
        "executed_at": "now()" if status == "executed" else "null",
    }
    said = ", ".join(f"{name} = {value}" for name, value in (values | columns).items())
    return f"update public.ai_insights_log set {said} where execution_status = 'suggested'"


async def by_hand(db: Database, world: World, who: Role, *statements: str) -> str | None:
    """Run statements as a person in one transaction; return how they are refused, or None."""
    try:
        async with db.acting_as(world.people[who]) as tx:
            for statement in statements:
                await tx.execute(cast(LiteralString, statement))
    except psycopg.errors.InsufficientPrivilege as refused:
        return refused.diag.message_primary
    except WorldMoved:
        return "moved"
    return None


async def wait_for(db: Database, world: World, write: Any, policy: Policy | None, database_url: str) -> None:
    """A suggestion of the manager that waits."""
    if policy is not None:
        await rule(db, world, policy)
    rt, *_ = runtime(db, calls(write), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)


GESTURE = "what its risk asks for has not been done"
POLICY = "the policy does not let it be approved so"
TWO = Policy(two_people_for=("low", "high"))
OWNERS = Policy(approvals=(Approval(roles=("owner",)),))
ATTACKS: list[Any] = [
    pytest.param(RENAME, None, "manager", step("executed"), "what is marked as executed was not done", id="no-write"),
    pytest.param(RENAME, TWO, "owner", step("executed"), POLICY, id="one-of-two"),
    pytest.param(RENAME, TWO, "owner", step("approved"), POLICY, id="one-of-two-approves"),
    pytest.param(RENAME, OWNERS, "manager", step("approved"), POLICY, id="not-the-role"),
    pytest.param(RENAME, Policy(askers_may_approve=False), "manager", step("approved"), POLICY, id="the-asker"),
    pytest.param(RENAME, TWO, "manager", step("approved", GLASS), POLICY, id="a-manager-breaks-no-glass"),
    pytest.param(MOVE, None, "manager", step("approved"), GESTURE, id="no-box-ticked"),
    pytest.param(MOVE, None, "manager", step("approved", '\'{"read": "0,1"}\''), GESTURE, id="boxes-of-nothing"),
    pytest.param(
        MOVE,
        None,
        "manager",
        step("approved", "jsonb_build_object('shown', shown_hash)"),
        GESTURE,
        id="no-word-of-boxes",
    ),
    pytest.param(MOVE, TWO, "owner", step("approved", GLASS), GESTURE, id="the-glass-is-no-gesture"),
    pytest.param(REMOVE, None, "manager", step("approved", '\'{"word": "yes"}\''), GESTURE, id="not-the-word"),
    pytest.param(
        TAKEN, None, "owner", step("approved", TICKED), "a blocked suggestion cannot be approved", id="blocked"
    ),
    pytest.param(
        RENAME,
        None,
        "manager",
        step("approved", approved_at="now() - interval '1 hour'"),
        "an approval is in one's own name, and of now",
        id="backdated",
    ),
    pytest.param(RENAME, None, "owner", step("expired"), None, id="nobody-lets-it-run-out"),
    pytest.param(
        RENAME,
        None,
        "owner",
        "update public.ai_insights_log set decided_by = (select app.user_id()), decided_from = '{}'",
        "what was decided changes with a step alone",
        id="decided-without-a-step",
    ),
]


@pytest.mark.parametrize(("write", "policy", "who", "statement", "why"), ATTACKS)
async def test_no_statement_reaches_an_approval_past_the_policy(
    db: Database, database_url: str, owner_url: str, write: Any, policy: Any, who: Role, statement: str, why: str | None
) -> None:
    """And its twin: the same statement, where the guard of the steps does not ask who takes one, goes through."""
    world = await make_world(db)
    await wait_for(db, world, write, policy, database_url)
    told = await by_hand(db, world, who, statement)
    assert told is not None
    assert why is None or told == why
    assert statuses(owner_url) == ["suggested"]
    owner_run(
        owner_url,
        "drop trigger check_step on public.ai_insights_log",
        "drop trigger prove_executed on public.ai_insights_log",
    )
    assert await by_hand(db, world, who, statement) is None
    assert log_rows(owner_url)[0]["decided_by"] == world.people[who].user_id


async def test_staff_reach_nothing(db: Database, database_url: str, owner_url: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    await by_hand(db, world, "staff", step("approved"), step("rejected"))
    assert statuses(owner_url) == ["suggested"]


async def test_with_the_write_in_the_same_transaction_it_is_what_it_says(
    db: Database, database_url: str, owner_url: str
) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    other = WRITE.replace("'Light'", "'Dark'")
    assert await by_hand(db, world, "manager", step("executed"), other) == "what is marked as executed was not done"
    assert await by_hand(db, world, "manager", step("executed"), WRITE) is None
    assert statuses(owner_url) == ["executed"]


async def test_what_the_world_has_overtaken_is_not_approved_by_hand_either(
    db: Database, database_url: str, owner_url: str
) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    await by_hand(db, world, "owner", "update public.schedules set room = null where title = 'Lighting Basics'")
    assert await by_hand(db, world, "manager", step("approved")) == "moved"
    owner_run(owner_url, "create or replace function app.is_moved(entry public.ai_insights_log) returns boolean "
              "language sql stable as 'select false'")  # fmt: skip
    assert await by_hand(db, world, "manager", step("approved")) is None


async def test_two_who_may_are_enough_by_hand_and_one_who_may_not_does_not_count(
    db: Database, database_url: str, owner_url: str
) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, replace_two(askers=False), database_url)
    vote = (
        "insert into public.approvals (suggestion_id, user_id, shown_hash) "
        "select id, (select app.user_id()), shown_hash from public.ai_insights_log where kind = 'suggestion'"
    )
    # The manager asked: their vote is stored, and counts for nothing.
    assert await by_hand(db, world, "manager", vote) is None
    assert await by_hand(db, world, "owner", vote, step("approved")) == POLICY
    owner_run(owner_url, "update public.user_profiles set role = 'manager' where role = 'staff'")
    assert await by_hand(db, world, "staff", vote) is None
    assert await by_hand(db, world, "owner", vote, step("approved")) is None


def replace_two(*, askers: bool) -> Policy:
    """Two people for what is low, and not who asked."""
    return Policy(two_people_for=("low",), askers_may_approve=askers)


async def test_the_programs_own_press_goes_through(db: Database, database_url: str, owner_url: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, REMOVE, None, database_url)
    rt, *_ = runtime(db)
    assert await on_decision(rt, approval(owner_url)) is None
    assert statuses(owner_url) == ["executed"]


async def test_past_the_policy_takes_something_to_go_past(db: Database, database_url: str, owner_url: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    rt, *_ = runtime(db)
    [row] = log_rows(owner_url)
    forged = replace(
        press(row["id"], user="UOWNER", verdict="break_glass"), evidence={"words": "The hall is flooded, hurry"}
    )
    told = await on_decision(rt, forged)
    assert told == "The policy lets you approve this by yourself: use the card's own button."
    assert (statuses(owner_url), world.people["owner"].role) == (["suggested"], "owner")


@pytest.mark.parametrize("said", ["The hall is flooded, hurry", "REMOVE The hall is flooded, hurry"])
async def test_past_the_policy_is_not_past_the_word(db: Database, database_url: str, owner_url: str, said: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, REMOVE, Policy(two_people_for=("critical",)), database_url)
    rt, *_ = runtime(db)
    [row] = log_rows(owner_url)
    glass = press(row["id"], user="UOWNER", verdict="break_glass")
    assert await on_decision(rt, replace(glass, evidence={"words": said})) is not None
    assert statuses(owner_url) == ["suggested"]
    # As one answer, where a chat has no forms.
    assert await on_decision(rt, replace(glass, evidence={"words": "delete The hall is flooded, hurry"})) is None
    [row] = log_rows(owner_url)
    assert (row["execution_status"], row["decided_from"]["reason"]) == ("executed", "The hall is flooded, hurry")


async def test_what_comes_late_is_late_by_hand_too(db: Database, database_url: str, owner_url: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    owner_run(owner_url, "update public.ai_insights_log set deadline = now() - interval '1 second'")
    assert await by_hand(db, world, "manager", step("approved")) == "its time has run out"
    assert statuses(owner_url) == ["suggested"]


async def test_boxes_of_another_card_are_none_by_hand_either(db: Database, database_url: str, owner_url: str) -> None:
    world = await make_world(db)
    await wait_for(db, world, MOVE, None, database_url)
    other = "jsonb_build_object('shown', 'another card', 'read', '0,1,2,3')"
    assert await by_hand(db, world, "manager", step("approved", other)) == GESTURE
    assert await by_hand(db, world, "manager", step("approved", TICKED)) is None


async def test_not_even_the_owner_of_the_tables_takes_a_step_back(
    db: Database, database_url: str, owner_url: str
) -> None:
    world = await make_world(db)
    await wait_for(db, world, RENAME, None, database_url)
    await by_hand(db, world, "manager", step("rejected"))
    for status in ("suggested", "executed"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot go from rejected"):
            owner_run(owner_url, f"update public.ai_insights_log set execution_status = '{status}'")
    assert statuses(owner_url) == ["rejected"]
