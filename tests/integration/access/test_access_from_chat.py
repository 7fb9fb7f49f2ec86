"""An owner switches somebody off, on, or to another role from the chat: a suggestion, and its way back."""

from typing import Any

import pytest

from core.db import Database, WorldMoved
from core.flows.runtime import write_tool
from core.kernel.principal import Role
from core.texts import plain, say
from tests.integration.domains.steps import action_of, carry_out, proposed, refusal
from tests.owner import owner_rows
from tests.world import make_world

pytestmark = pytest.mark.db

NOA = {"person": "Staff of Aleph Events"}
_STATE = """
select person.id, person.role, person.is_active, link.id as link, link.revoked_at, link.ended_with_access
from public.user_profiles as person left join public.chat_identities as link on link.user_id = person.id
order by person.id, link.id
"""


@pytest.mark.parametrize(
    ("tool", "args", "changed"),
    [
        ("switch_off_person", NOA, {"is_active": False}),
        ("change_person_role", {**NOA, "role": "manager"}, {"role": "manager"}),
    ],
)
async def test_what_was_done_and_taken_back_has_never_been(
    db: Database, owner_url: str, tool: str, args: dict[str, Any], changed: dict[str, Any]
) -> None:
    world = await make_world(db)
    owner, staff = world.people["owner"], world.people["staff"].user_id
    before = owner_rows(owner_url, _STATE)
    looked = await proposed(db, owner, tool, **args)
    action = action_of(looked)
    async with db.acting_as(owner) as tx:
        await write_tool(looked.action_type).execute(tx, action)
    [row] = owner_rows(owner_url, "select role, is_active from public.user_profiles where id = %s", (staff,))
    assert {**row, **changed} == row
    back = write_tool(looked.action_type).inverse(action)
    assert back is not None
    assert await carry_out(db, owner, back) is None
    assert owner_rows(owner_url, _STATE) == before


async def test_given_back_by_itself_no_old_link_comes_alive(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"]
    for tool in ("switch_off_person", "switch_on_person"):
        looked = await proposed(db, owner, tool, **NOA)
        async with db.acting_as(owner) as tx:
            await write_tool(looked.action_type).execute(tx, action_of(looked))
    live = "select from public.chat_identities where user_id = %s and revoked_at is null"
    assert owner_rows(owner_url, live, (world.people["staff"].user_id,)) == []


@pytest.mark.parametrize(
    ("tool", "args", "why"),
    [
        ("switch_off_person", {"person": "Owner of Aleph Events"}, "access-oneself"),
        ("switch_on_person", NOA, "access-on-already"),
        ("change_person_role", {**NOA, "role": "staff"}, "access-role-already"),
        ("switch_off_person", {"person": "Nobody At All"}, "policy-person-unknown"),
        ("switch_off_person", {"person": "Aleph Events"}, "policy-person-which"),
    ],
)
async def test_what_cannot_be_is_said_in_one_sentence(db: Database, tool: str, args: dict[str, Any], why: str) -> None:
    world = await make_world(db)
    assert (await refusal(db, world.people["owner"], tool, **args))[0] == why


async def test_two_owners_who_demote_each_other_do_not_both_go(db: Database) -> None:
    world = await make_world(db)
    owner, manager = world.people["owner"], world.people["manager"]
    promoted = await proposed(db, owner, "change_person_role", person="Manager of Aleph Events", role="owner")
    async with db.acting_as(owner) as tx:
        await write_tool("person_role").execute(tx, action_of(promoted))
    first = await proposed(db, owner, "switch_off_person", person="Manager of Aleph Events")
    second = await proposed(db, manager, "switch_off_person", person="Owner of Aleph Events")
    async with db.acting_as(owner) as tx:
        await write_tool("person_off").execute(tx, action_of(first))
    with pytest.raises(WorldMoved):
        async with db.acting_as(manager) as tx:
            await write_tool("person_off").execute(tx, action_of(second))


@pytest.mark.parametrize("role", ["manager", "staff", "viewer"])
async def test_nobody_but_an_owner_is_even_told_of_these_tools(db: Database, role: Role) -> None:
    world = await make_world(db)
    owners = await proposed(db, world.people["owner"], "switch_off_person", person="Viewer of Aleph Events")
    with pytest.raises(WorldMoved):
        async with db.acting_as(world.people[role]) as tx:
            await write_tool("person_off").execute(tx, action_of(owners))


async def test_the_card_says_whom_it_is_about_and_what_ends(db: Database) -> None:
    world = await make_world(db)
    looked = await proposed(db, world.people["owner"], "switch_off_person", **NOA)
    said = write_tool("person_off").describe(action_of(looked))
    assert looked.least_risk == "high"
    assert plain(say("en", said.title)) == "Staff of Aleph Events: access switched off"
    assert [fact.label.id for fact in said.facts] == ["access-field-role", "access-field-chats"]
