"""Rivals that are approved at one moment: one runs, every other asker is told once, and nobody waits for ever."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.actions import queries as actions
from core.actions.waiting import queries as waiting
from core.db import Database, DatabaseDown, WorldMoved
from core.domains import TOOLS
from core.flows.on_decision import on_decision
from core.flows.waiting.competing import take_turn
from core.kernel.messages import Address
from core.kernel.principal import Role
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, WriteTool
from tests.drain import drain
from tests.fakes import runtime
from tests.integration.flows.office import (
    log_rows,
    press,
)
from tests.integration.waiting.rivals import (
    add,
)
from tests.owner import owner_rows
from tests.world import TEAM, World, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def in_the_workshop(number: int) -> tuple[str, dict[str, Any]]:
    """A session for half an hour; each of them overlaps every other."""
    return (
        "create_schedule_item",
        {
            "title": f"Session {number}",
            "start_time": f"2031-05-01T15:{number:02d}",
            "end_time": f"2031-05-01T15:{number + 30:02d}",
            "room": "Workshop",
        },
    )


RIVALS, PRESSES = 8, 12


async def test_of_many_rivals_approved_at_one_moment_exactly_one_runs_and_every_other_asker_hears_it_once(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    ids = [
        await add(db, world, Address("slack", TEAM, f"D{number}"), in_the_workshop(number)) for number in range(RIVALS)
    ]
    presses = [
        press(each, user=("UMANAGER", "UOWNER")[number % 2], message=f"{each}", channel="C1")
        for number in range(PRESSES)
        for each in ids
    ]
    told = await asyncio.gather(*(on_decision(rt, each) for each in presses))
    assert told.count(None) == 1
    await drain(rt, database_url)
    rows = log_rows(owner_url)
    [winner] = [row for row in rows if row["execution_status"] == "executed"]
    assert [(row["execution_status"], row["lost_to"]) for row in rows if row is not winner] == [
        ("superseded", winner["id"])
    ] * (RIVALS - 1)
    [written] = owner_rows(owner_url, "select count(*) as n from public.schedules where title like 'Session %%'")
    assert written["n"] == 1
    # Every asker once: the others of what was approved instead, the winner's of that it was done.
    assert sorted(chat for chat, _text in slack.said) == sorted(f"D{number}" for number in range(RIVALS))
    assert sum("instead" in text for _chat, text in slack.said) == RIVALS - 1


async def test_an_approval_waits_until_another_of_the_same_event_has_ended(
    db: Database, world: World, owner_url: str
) -> None:
    rt, *_ = runtime(db)
    origin = Address("slack", TEAM, "D1")
    one, other = [await add(db, world, origin, in_the_workshop(number)) for number in (1, 2)]
    blocked = "select from pg_locks where not granted"
    async with db.acting_as(world.people["owner"]) as tx:
        await take_turn(tx, one)
        await tx.execute("select")
        approving = asyncio.create_task(on_decision(rt, press(other, user="UMANAGER", message="M1", channel="C1")))
        async with asyncio.timeout(20):
            while not (approving.done() or await asyncio.to_thread(owner_rows, owner_url, blocked)):
                await asyncio.sleep(0.02)
        assert not approving.done()
    assert await approving is None


async def test_without_taking_turns_two_rivals_wait_for_each_other_for_ever(db: Database, world: World) -> None:
    """The twin: each has claimed its own and wants to end the other; PostgreSQL has to break one off."""
    origin = Address("slack", TEAM, "D1")
    one, other = [await add(db, world, origin, in_the_workshop(number)) for number in (1, 2)]
    claimed = asyncio.Barrier(2)

    async def approve(mine: UUID, theirs: UUID, role: Role) -> None:
        async with db.acting_as(world.people[role]) as tx:
            assert await actions.claim(tx, mine, approve=True)
            await claimed.wait()
            await waiting.lose(tx, [theirs], mine)

    ended = await asyncio.gather(approve(one, other, "manager"), approve(other, one, "owner"), return_exceptions=True)
    assert sorted(isinstance(each, DatabaseDown) for each in ended) == [False, True]


async def test_the_proof_alone_keeps_a_speaker_out_of_two_places(db: Database, world: World) -> None:
    """Behind the links: two writes that know nothing of each other, at one moment."""
    who = world.people["manager"]
    tool = next(tool for tool in TOOLS if tool.name == "create_schedule_item")
    assert isinstance(tool, WriteTool)

    async def run(speaker: str) -> bool:
        said = {"title": speaker, "start_time": "2031-05-02T08:00", "end_time": "2031-05-02T08:30"}
        async with db.acting_as(who) as tx:
            wanted = tool.args.model_validate({**said, "speaker_name": speaker})
            proposal = await tool.preview(context(tx, who), wanted)
        assert isinstance(proposal, Proposal)
        action = Action(
            suggestion_id=uuid4(),
            action_type=proposal.action_type,
            args=proposal.args,
            before=proposal.before,
            zone=proposal.zone,
            facts_digest=proposal.facts_digest,
        )
        await both.wait()
        try:
            async with db.acting_as(who) as tx:
                await tool.execute(tx, action)
        except WorldMoved:
            return False
        return True

    both = asyncio.Barrier(2)
    assert sorted(await asyncio.gather(run("Zoe Adar"), run("Guest, zoe  adar"))) == [False, True]
