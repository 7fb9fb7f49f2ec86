"""What the policy that a suggestion keeps says of whoever presses, and who is told when nobody may."""

import json
from uuid import UUID

import pytest

from core.actions import queries as actions
from core.actions.suggestion import Suggestion
from core.db import Database, become_system
from core.flows import policing
from core.flows.runtime import Runtime
from core.kernel.cards import Risk
from core.kernel.principal import Principal, Role
from core.policies.models import Approval, Current, Policy
from core.policies.rules import snapshot
from core.texts import plain
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, slack_message, suggested
from tests.integration.policies.rules import another, hand_over
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

OWNERS = Policy(approvals=(Approval(roles=("owner",)),))


async def _suggested(
    db: Database, database_url: str, owner_url: str, policy: Policy, *, risk: Risk = "high", asker: str = "UMANAGER"
) -> tuple[World, Runtime, FakePlatform, UUID]:
    """Return a suggestion that keeps this policy."""
    world = await make_world(db)
    rt, slack, *_ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("Move the keynote", user=asker), database_url)
    suggestion: UUID = log_rows(owner_url)[-1]["id"]
    kept = json.dumps(snapshot(Current(1, policy, {}), "schedule_update", risk).data())
    owner_run(owner_url, f"update public.ai_insights_log set policy = '{kept}' where id = '{suggestion}'")
    return world, rt, slack, suggestion


async def _found(db: Database, who: Principal, suggestion: UUID) -> Suggestion:
    async with db.acting_as(who) as tx:
        found = await actions.find(tx, suggestion)
    assert found is not None
    return found


async def _why_not(db: Database, who: Principal, suggestion: UUID) -> str | None:
    found = await _found(db, who, suggestion)
    async with db.acting_as(who) as tx:
        why = await policing.why_not_approve(tx, who, found)
    return why.id if why else None


@pytest.mark.parametrize(
    ("policy", "role", "why"),
    [
        (Policy(), "manager", None),
        (Policy(askers_may_approve=False), "manager", "policy-not-your-own"),
        (Policy(askers_may_approve=False), "owner", None),
        (OWNERS, "manager", "policy-not-you"),
        (OWNERS, "owner", None),
        (OWNERS, "staff", "decision-not-allowed"),
    ],
)
async def test_the_policy_that_was_kept_decides(
    db: Database, database_url: str, owner_url: str, policy: Policy, role: Role, why: str | None
) -> None:
    world, _rt, _slack, suggestion = await _suggested(db, database_url, owner_url, policy)
    assert await _why_not(db, world.people[role], suggestion) == why


async def test_a_delegate_may_for_as_long_as_it_holds(db: Database, database_url: str, owner_url: str) -> None:
    world, _rt, _slack, suggestion = await _suggested(db, database_url, owner_url, OWNERS)
    owner, manager = world.people["owner"], world.people["manager"]
    assert await _why_not(db, manager, suggestion) == "policy-not-you"
    await hand_over(db, world, owner, manager)
    assert await _why_not(db, manager, suggestion) is None
    found = await _found(db, manager, suggestion)
    async with db.acting_as(manager) as tx:
        assert await policing.in_place_of(tx, manager, found) == owner.name
    async with db.acting_as(owner) as tx:
        assert await policing.in_place_of(tx, owner, found) is None
    owner_run(owner_url, "update public.delegations set ended_at = now()")
    assert await _why_not(db, manager, suggestion) == "policy-not-you"


async def test_one_of_two_is_not_enough_and_two_are(db: Database, database_url: str, owner_url: str) -> None:
    policy = Policy(two_people_for=("high",))
    world, _rt, _slack, suggestion = await _suggested(db, database_url, owner_url, policy)
    counted: list[tuple[str, ...]] = []
    for role in ("manager", "manager", "owner"):
        who = world.people[role]
        found = await _found(db, who, suggestion)
        assert policing.takes_two(found)
        async with db.acting_as(who) as tx:
            counted.append(await policing.vote(tx, who, found))
    both = (world.people["manager"].name, world.people["owner"].name)
    assert counted == [(), (), both]


async def test_where_nobody_may_an_owner_is_told(db: Database, database_url: str, owner_url: str) -> None:
    policy = Policy(two_people_for=("high",), askers_may_approve=False)
    world, rt, slack, suggestion = await _suggested(db, database_url, owner_url, policy)
    found = await _found(db, world.people["owner"], suggestion)
    async with db.as_system() as tx:
        assert await policing.tell_if_stuck(rt, tx, world.organization_id, found.id, found.request.policy)
    await drain(rt, database_url)
    told = {channel: plain(said) for channel, said in slack.said if "two different people" in said}
    why = (
        "This takes two different people, and only Owner of Aleph Events could approve it. "
        "An owner can change the policy, or approve it past the policy."
    )
    notice = f"“Change: Opening Keynote · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00” waits in vain. {why}"
    assert told == {"C1MANAGERS": notice, "UOWNER": notice}
    await another(db, world, "Tom")
    async with db.as_system() as tx:
        assert not await policing.tell_if_stuck(rt, tx, world.organization_id, found.id, found.request.policy)


async def test_who_breaks_the_glass_is_heard_by_everybody_who_decides(
    db: Database, database_url: str, owner_url: str
) -> None:
    world, rt, slack, suggestion = await _suggested(db, database_url, owner_url, OWNERS)
    owner = world.people["owner"]
    found = await _found(db, owner, suggestion)
    async with db.acting_as(owner) as tx:
        await become_system(tx)
        await policing.announce_glass(rt, tx, owner, found, "The stage\u202e is on fire")
    await drain(rt, database_url)
    told = {channel: plain(said) for channel, said in slack.said if "‼" in said}
    assert told == {
        "C1MANAGERS": "‼ Past the policy, Owner of Aleph Events approved "
        "“Change: Opening Keynote · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00”. "
        "The reason given: “The stage is on fire”",
        "UMANAGER": "‼ אישור מעבר למדיניות, בידי Owner of Aleph Events: "
        "”שינוי: Opening Keynote · יום ה׳, 1 במאי · 14:00 עד 15:00 במקום 10:00 עד 11:00“. "
        "הסיבה שנכתבה: ”The stage is on fire“",
    }
