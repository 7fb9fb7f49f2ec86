"""A policy changes by a decision, in versions, one after the other; nothing is lost and nobody is passed over."""

import asyncio
from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.db import Database, WorldMoved
from core.flows.on_decision import on_decision
from core.flows.runtime import write_tool
from core.kernel.cards import Card
from core.kernel.principal import Principal, Role
from core.kernel.proposals import Proposal
from core.policies.models import Approval, Policy
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import action_of, carry_out, proposed, read_out, refusal, told, way_back
from tests.integration.flows.office import press, slack_message, suggested
from tests.integration.policies.rules import another, policy_of
from tests.owner import owner_rows, owner_run
from tests.world import World, context, make_world

pytestmark = pytest.mark.db


async def _run(db: Database, who: Principal, looked: Proposal) -> bool:
    """Carry a proposal out; False when the world has moved since it was looked at."""
    try:
        async with db.acting_as(who) as tx:
            await write_tool(looked.action_type).execute(tx, action_of(looked))
    except WorldMoved:
        return False
    return True


async def _change(db: Database, world: World, /, **asked: Any) -> Proposal:
    owner = world.people["owner"]
    looked = await proposed(db, owner, "change_policy", **asked)
    assert await _run(db, owner, looked)
    return looked


async def test_a_change_is_the_next_version_and_what_it_leaves_out_stays(db: Database) -> None:
    world = await make_world(db)
    manager = world.people["manager"]
    await _change(db, world, buffer_minutes=15, levels=[{"kind": "speaker_overlap", "level": "block"}])
    await _change(
        db, world, rules=[{"action": "schedule_delete", "people": [manager.name]}], backup=["manager@aleph.example"]
    )
    now = await policy_of(db, world)
    assert (now.version, now.names) == (2, {manager.user_id: manager.name})
    assert now.policy == Policy(
        approvals=(Approval(action="schedule_delete", people=(manager.user_id,)),),
        backup=(manager.user_id,),
        levels={"speaker_overlap": "block"},
        buffer_minutes=15,
    )


async def test_the_way_back_is_the_policy_as_it_was(db: Database) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    await _change(db, world, two_people_for=["critical"])
    before = (await policy_of(db, world)).policy
    looked = await _change(db, world, at_once_for_low=True, levels=[{"kind": "room_buffer", "level": "off"}])
    inverse = write_tool("policy_change").inverse(action_of(looked))
    assert inverse is not None
    assert await carry_out(db, owner, inverse) is None
    now = await policy_of(db, world)
    assert (now.version, now.policy) == (3, before)


async def test_a_card_says_each_part_as_it_is_and_as_it_would_be(db: Database) -> None:
    world = await make_world(db)
    await _change(db, world, rules=[{"roles": ["owner"]}])
    looked = await proposed(
        db,
        world.people["owner"],
        "change_policy",
        rules=[{"action": "schedule_delete", "risk": "critical", "roles": ["owner"], "people": ["Manager of Aleph"]}],
        levels=[{"kind": "speaker_overlap", "level": "acknowledge"}],
        buffer_minutes=10,
    )
    described = write_tool("policy_change").describe(action_of(looked))
    card = Card(
        suggestion_id=UUID(int=0),
        title=described.title,
        state="suggested",
        risk="high",
        gesture="none",
        facts=described.facts,
        changes=described.changes,
    )
    assert read_out(card) == [
        "Change of the policy",
        "Rules, the first that fits counts: removals of sessions (risk: critical) · everything",
        "Who approves removals of sessions (risk: critical): no rule of its own | an owner or Manager of Aleph Events",
        "Conflict “speaker in two places at once”: is said | has to be acknowledged",
        "Pause between two sessions in a room: none | 10 minutes",
    ]


async def test_of_two_changes_at_once_one_wins_and_the_other_is_told(db: Database) -> None:
    world = await make_world(db)
    owner, second = world.people["owner"], await another(db, world, "Second", "owner")
    one = await proposed(db, owner, "change_policy", buffer_minutes=5)
    other = await proposed(db, second, "change_policy", two_people_for=["critical"])
    came = await asyncio.gather(_run(db, owner, one), _run(db, second, other))
    assert sorted(came) == [False, True]
    now = await policy_of(db, world)
    assert now.version == 1
    assert now.policy == (Policy(buffer_minutes=5) if came[0] else Policy(two_people_for=("critical",)))
    # The loser looks again and takes nothing of the winner's back.
    late, who = (other, second) if came[0] else (one, owner)
    async with db.acting_as(who) as tx:
        again = await write_tool("policy_change").review(context(tx, who), late.args)
    assert isinstance(again, Proposal)
    assert await _run(db, who, again)
    assert (await policy_of(db, world)).policy == Policy(buffer_minutes=5, two_people_for=("critical",))


async def test_the_twin_without_the_lock_and_the_proof_still_loses_no_version(db: Database, owner_url: str) -> None:
    """The primary key is the last defence: with the proof gone, the second of two still cannot overwrite the first."""
    world = await make_world(db)
    owner, second = world.people["owner"], await another(db, world, "Second", "owner")
    one = await proposed(db, owner, "change_policy", buffer_minutes=5)
    other = await proposed(db, second, "change_policy", two_people_for=["critical"])
    owner_run(
        owner_url,
        "create or replace function app.assert_policy_unchanged(change jsonb, shown_digest text) returns void "
        "language sql set search_path = pg_catalog, pg_temp as $$ select $$",
    )
    assert await _run(db, owner, one)
    assert not await _run(db, second, other)
    assert (await policy_of(db, world)).policy == Policy(buffer_minutes=5)


async def test_a_policy_is_judged_by_who_works_here_when_it_is_decided(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner, second = world.people["owner"], await another(db, world, "Second", "owner")
    looked = await proposed(db, owner, "change_policy", rules=[{"action": "event_publish", "people": ["Second"]}])
    owner_run(owner_url, f"update public.user_profiles set is_active = false where id = '{second.user_id}'")
    assert not await _run(db, owner, looked)
    assert (await policy_of(db, world)).version == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"buffer_minutes": 0}, "policy-nothing"),
        ({"rules": [{"action": "schedule_delete", "drop": True}]}, "policy-nothing"),
        ({"levels": [{"kind": "room_overlap", "level": "warn"}]}, "policy-fixed-room"),
        ({"levels": [{"kind": "ends_before_start", "level": "off"}]}, "policy-fixed-times"),
        ({"levels": [{"kind": "full_moon", "level": "warn"}]}, "policy-unknown-kind"),
        ({"rules": [{"action": "schedule_explode", "roles": ["owner"]}]}, "policy-unknown-action"),
        ({"rules": [{"action": "schedule_delete"}]}, "policy-locks-out"),
        ({"rules": [{"roles": ["owner"]}], "two_people_for": ["critical"]}, "policy-one-for-two"),
        ({"askers_may_approve": False, "two_people_for": ["high"]}, "policy-locks-asker-out"),
        ({"backup": ["Staff of Aleph Events"]}, "policy-never-decides"),
        ({"backup": ["Nobody at all"]}, "policy-person-unknown"),
        ({"backup": ["Aleph"]}, "policy-person-which"),
    ],
)
async def test_what_cannot_be_is_said_in_one_sentence_and_nothing_changes(
    db: Database, asked: dict[str, Any], why: str
) -> None:
    world = await make_world(db)
    assert (await refusal(db, world.people["owner"], "change_policy", **asked))[0] == why
    assert (await policy_of(db, world)).version == 0


@pytest.mark.parametrize("role", ["manager", "staff", "viewer"])
async def test_nobody_but_an_owner_adds_a_version(db: Database, role: Role) -> None:
    world = await make_world(db)
    looked = await proposed(db, world.people["owner"], "change_policy", buffer_minutes=5)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await _run(db, world.people[role], looked)
    assert (await policy_of(db, world)).version == 0


@pytest.mark.parametrize(("version", "outcome"), [(1, None), (2, "42501"), (2_147_483_647, "42501")])
async def test_an_owner_can_leave_no_gap_and_use_no_numbers_up(db: Database, version: int, outcome: str | None) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    came: str | None = None
    try:
        async with db.acting_as(owner) as tx:
            await tx.execute(
                "insert into public.organization_policies (organization_id, version, document, changed_by) "
                "values (%s, %s, '{}', %s)",
                (world.organization_id, version, owner.user_id),
            )
    except psycopg.Error as error:
        came = error.sqlstate
    assert came == outcome


async def test_another_organisations_policy_is_not_there(db: Database, owner_url: str) -> None:
    aleph, beth = await make_world(db), await make_world(db, "Beth Halls", team="T2")
    await _change(db, aleph, buffer_minutes=30)
    assert (await policy_of(db, beth)).version == 0
    assert (await refusal(db, beth.people["owner"], "change_policy", backup=["manager@aleph.example"]))[0] == (
        "policy-person-unknown"
    )
    assert owner_rows(owner_url, "select count(*) from public.organization_policies") == [{"count": 1}]


async def test_the_assistant_can_say_what_the_policy_is(db: Database) -> None:
    world = await make_world(db)
    await _change(db, world, rules=[{"action": "schedule_*", "people": ["Manager of Aleph Events"]}], buffer_minutes=5)
    said = await told(db, world.people["staff"], "get_policy")
    assert (said["version"], said["buffer_minutes"], said["delegations"]) == (1, 5, [])
    assert said["who_may_approve"] == [
        {"action": "schedule_*", "risk": "*", "roles": [], "people": ["Manager of Aleph Events"]}
    ]
    assert said["levels"]["room_overlap"] == "block"
    assert said["conflicts"]["room_overlap"] == "room already taken"
    assert said["actions"]["schedule_delete"] == "removals of sessions"


async def test_an_owner_changes_the_policy_from_the_chat_and_takes_it_back(
    db: Database, database_url: str, owner_url: str
) -> None:
    world = await make_world(db)
    rt, slack, _telegram, _model = runtime(db, calls(("change_policy", {"buffer_minutes": 20})), says("It waits."))
    await suggested(rt, slack_message("Twenty minutes between sessions", user="UOWNER"), database_url)
    [card] = slack.cards.values()
    assert (card.risk, card.gesture) == ("high", "acknowledge")
    assert await on_decision(rt, press(card.suggestion_id, user="UOWNER")) is None
    assert (await policy_of(db, world)).policy == Policy(buffer_minutes=20)
    inverse = await way_back(db, world.people["owner"], card.suggestion_id)
    assert await carry_out(db, world.people["owner"], inverse) is None
    assert (await policy_of(db, world)).policy == Policy()
    assert owner_rows(owner_url, "select version, changed_by from public.organization_policies order by 1") == [
        {"version": version, "changed_by": world.people["owner"].user_id} for version in (1, 2)
    ]


async def test_a_policy_that_moved_before_the_press_is_shown_again(db: Database, database_url: str) -> None:
    world = await make_world(db)
    rt, slack, _telegram, _model = runtime(db, calls(("change_policy", {"buffer_minutes": 20})), says("It waits."))
    await suggested(rt, slack_message("Twenty minutes between sessions", user="UOWNER"), database_url)
    [card] = slack.cards.values()
    await _change(db, world, levels=[{"kind": "speaker_overlap", "level": "block"}])
    assert await on_decision(rt, press(card.suggestion_id, user="UOWNER")) is not None
    assert (await policy_of(db, world)).policy == Policy(levels={"speaker_overlap": "block"})
    await drain(rt, database_url)
    [fresh] = slack.cards.values()
    assert fresh.suggestion_id != card.suggestion_id
    assert await on_decision(rt, press(fresh.suggestion_id, user="UOWNER")) is None
    assert (await policy_of(db, world)).policy == Policy(levels={"speaker_overlap": "block"}, buffer_minutes=20)
