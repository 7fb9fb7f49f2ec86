"""Who is away hands the right to decide to somebody else, for some days and no longer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from core.db import Database, WorldMoved
from core.flows.runtime import write_tool
from core.kernel.principal import Role
from core.kernel.proposals import Proposal
from core.kernel.tools import Inverse
from core.policies import queries
from tests.integration.domains.steps import action_of, carry_out, proposed, refusal
from tests.integration.policies.rules import another, hand_over, lenders, one
from tests.owner import owner_rows, owner_run
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.db

AWAY = {"delegate": "Manager of Aleph Events", "first_day": "2031-05-03", "last_day": "2031-05-05"}
_ROWS = "select from_user, to_user, starts_at, ends_at, ended_at is null as holds from public.delegations"


async def _delegated(db: Database, world: World, **asked: Any) -> Proposal:
    owner = world.people["owner"]
    looked = await proposed(db, owner, "create_delegation", **{**AWAY, **asked})
    async with db.acting_as(owner) as tx:
        await write_tool("delegation_create").execute(tx, action_of(looked))
    return looked


async def test_the_days_begin_and_end_where_the_absent_lives(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    await _delegated(db, world)
    assert owner_rows(owner_url, _ROWS) == [
        {
            "from_user": world.people["owner"].user_id,
            "to_user": world.people["manager"].user_id,
            # Midnight in Jerusalem, three hours ahead.
            "starts_at": datetime(2031, 5, 2, 21, 0, tzinfo=UTC),
            "ends_at": datetime(2031, 5, 5, 21, 0, tzinfo=UTC),
            "holds": True,
        }
    ]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"delegate": "Owner of Aleph Events"}, "delegation-to-oneself"),
        ({"delegate": "Staff of Aleph Events"}, "policy-never-decides"),
        ({"delegate": "Viewer of Aleph Events"}, "policy-never-decides"),
        ({"absent": "Staff of Aleph Events"}, "delegation-nothing-to-give"),
        ({"last_day": "2031-05-01"}, "delegation-backwards"),
        ({"first_day": "2031-04-01", "last_day": "2031-04-02"}, "delegation-past"),
        ({"first_day": "2031-05-05", "last_day": "2031-05-09"}, "delegation-overlaps"),
        ({"delegate": "Somebody Else"}, "policy-person-unknown"),
    ],
)
async def test_what_cannot_be_is_said_in_one_sentence(
    db: Database, owner_url: str, asked: dict[str, str], why: str
) -> None:
    world = await make_world(db)
    await _delegated(db, world)
    wished = {**AWAY, "first_day": "2031-06-01", "last_day": "2031-06-02", **asked}
    assert (await refusal(db, world.people["owner"], "create_delegation", **wished))[0] == why
    assert len(owner_rows(owner_url, _ROWS)) == 1


async def test_days_that_touch_do_not_overlap(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    await _delegated(db, world)
    await _delegated(db, world, first_day="2031-05-06", last_day="2031-05-06")
    assert len(owner_rows(owner_url, _ROWS)) == 2


async def test_two_for_the_same_days_looked_at_together_become_one(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    looked = [await proposed(db, owner, "create_delegation", **AWAY) for _ in range(2)]
    async with db.acting_as(owner) as tx:
        await write_tool("delegation_create").execute(tx, action_of(looked[0]))
    with pytest.raises(WorldMoved):
        async with db.acting_as(owner) as tx:
            await write_tool("delegation_create").execute(tx, action_of(looked[1]))
    assert len(owner_rows(owner_url, _ROWS)) == 1


async def test_the_twin_without_the_proof_is_held_by_the_constraint(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    looked = [await proposed(db, owner, "create_delegation", **AWAY) for _ in range(2)]
    owner_run(
        owner_url,
        "create or replace function app.assert_delegation_unchanged(change jsonb, shown_digest text) returns void "
        "language sql set search_path = pg_catalog, pg_temp as $$ select $$",
    )
    async with db.acting_as(owner) as tx:
        await write_tool("delegation_create").execute(tx, action_of(looked[0]))
    with pytest.raises(WorldMoved):
        async with db.acting_as(owner) as tx:
            await write_tool("delegation_create").execute(tx, action_of(looked[1]))


async def test_it_is_ended_and_taken_back_and_taken_back_again(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    made = await _delegated(db, world)
    end = write_tool("delegation_create").inverse(action_of(made))
    assert end is not None
    for holds in (False, True, False):
        assert await carry_out(db, owner, end) is None
        assert [row["holds"] for row in owner_rows(owner_url, _ROWS)] == [holds]
        done = action_of(made.model_copy(update={"action_type": end.action_type, "args": end.args}))
        end = write_tool(end.action_type).inverse(done)
        assert end is not None


async def test_what_is_ended_is_free_for_another(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    await _delegated(db, world)
    owner_run(owner_url, "update public.delegations set ended_at = starts_at + interval '1 day'")
    await another(db, world, "Tom")
    await _delegated(db, world, delegate="Tom", first_day="2031-05-04", last_day="2031-05-04")
    assert len(owner_rows(owner_url, _ROWS)) == 2


async def test_ending_finds_the_one_that_holds(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    assert (await refusal(db, owner, "end_delegation"))[0] == "delegation-none"
    await _delegated(db, world)
    looked = await proposed(db, owner, "end_delegation", absent="owner@aleph.example")
    async with db.acting_as(owner) as tx:
        await write_tool("delegation_end").execute(tx, action_of(looked))
    assert [row["holds"] for row in owner_rows(owner_url, _ROWS)] == [False]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        pytest.param(-1, 1, ["Owner of Aleph Events"], id="now"),
        pytest.param(1, 2, [], id="not-yet"),
        pytest.param(-2, -1, [], id="no-more"),
    ],
)
async def test_a_right_is_held_between_the_dates(db: Database, since: int, until: int, held: list[str]) -> None:
    world = await make_world(db)
    await hand_over(db, world, world.people["owner"], world.people["manager"], since=since, until=until)
    assert await lenders(db, world.people["manager"]) == held
    async with db.acting_as(world.people["manager"]) as tx:
        lent = await queries.all_lent(tx, world.organization_id)
    assert {to: [each.name for each in people] for to, people in lent.items()} == (
        {world.people["manager"].user_id: held} if held else {}
    )


@pytest.mark.parametrize(
    "damage",
    [
        "update public.delegations set ended_at = now()",
        "update public.user_profiles set is_active = false where full_name = 'Owner of Aleph Events'",
        "update public.user_profiles set role = 'staff' where full_name = 'Owner of Aleph Events'",
    ],
    ids=["ended", "the-absent-left", "the-absent-decides-no-more"],
)
async def test_what_nobody_has_nobody_lends(db: Database, owner_url: str, damage: str) -> None:
    world = await make_world(db)
    # An organisation keeps an owner, so the absent one can go only where there is another.
    await another(db, world, "Second", "owner")
    await hand_over(db, world, world.people["owner"], world.people["manager"])
    assert await lenders(db, world.people["manager"]) == ["Owner of Aleph Events"]
    owner_run(owner_url, damage)
    assert await lenders(db, world.people["manager"]) == []


async def test_a_delegate_of_a_delegate_holds_nothing(db: Database) -> None:
    world = await make_world(db)
    owner, manager, tom = world.people["owner"], world.people["manager"], await another(db, world, "Tom")
    await hand_over(db, world, owner, manager)
    await hand_over(db, world, manager, tom)
    assert await lenders(db, tom) == [manager.name]


@pytest.mark.parametrize("role", ["manager", "staff", "viewer"])
async def test_nobody_but_an_owner_hands_a_right_on(db: Database, owner_url: str, role: Role) -> None:
    """Or a manager would hand the owner's right to themselves."""
    world = await make_world(db)
    who, owner = world.people[role], world.people["owner"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await one(
            db,
            who,
            "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) "
            "values (%s, %s, %s, %s, %s, %s) returning id",
            world.organization_id,
            owner.user_id,
            who.user_id,
            NOW,
            NOW + timedelta(days=1),
            who.user_id,
        )
    assert owner_rows(owner_url, _ROWS) == []


async def test_the_twin_with_an_open_policy_is_such_a_theft(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    manager, owner = world.people["manager"], world.people["owner"]
    owner_run(owner_url, "create policy open on public.delegations for insert to authenticated with check (true)")
    await one(
        db,
        manager,
        "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) "
        "values (%s, %s, %s, now() - interval '1 hour', now() + interval '1 hour', %s) returning id",
        world.organization_id,
        owner.user_id,
        manager.user_id,
        manager.user_id,
    )
    assert await lenders(db, manager) == [owner.name]


async def test_another_organisations_people_cannot_be_named(db: Database) -> None:
    aleph, beth = await make_world(db), await make_world(db, "Beth Halls", team="T2")
    change = {
        "new_id": "01890000-0000-7000-8000-000000000000",
        "from_user": str(beth.people["owner"].user_id),
        "to_user": str(aleph.people["manager"].user_id),
        "starts_at": "2031-05-03T00:00:00+00:00",
        "ends_at": "2031-05-04T00:00:00+00:00",
    }
    assert await carry_out(db, beth.people["owner"], Inverse("delegation_create", change)) == "policy-person-gone"
