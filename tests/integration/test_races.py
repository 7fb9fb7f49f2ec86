"""Many people press at once: one verdict each, one write each, and the constraint holds when nothing else does."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import judge
from core.db import Database, WorldMoved
from core.domains import TOOLS
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.flows.suggesting import weigh
from core.kernel.messages import Decision, MessageRef, Verdict
from core.kernel.principal import ChatUser
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, WriteTool
from tests.fakes import runtime
from tests.owner import owner_rows, owner_run
from tests.world import NOW, TEAM, World, context, make_world

pytestmark = pytest.mark.db

SUGGESTIONS, PRESSES = 40, 50


async def suggest(db: Database, world: World, name: str, **args: Any) -> UUID:
    """Store a suggestion as the flow does, without a model."""
    who = world.people["staff"]
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        proposal = await tool.preview(context(tx, who), tool.args.model_validate(args))
        assert isinstance(proposal, Proposal), proposal
        asked = Asked(user_id=who.user_id, words="please", correlation_id=uuid4(), message_id=None, origin=None)
        draft = Draft(weighed=await weigh(context(tx, who), proposal), asked=asked)
        risk = draft.weighed.risk
        await actions.insert(tx, draft, judge(draft.weighed.proposal, risk, NOW, timedelta(hours=24)))
    return draft.id


def press(suggestion: UUID, verdict: Verdict, number: int) -> Decision:
    return Decision(
        event_id=f"{suggestion}-{number}",
        sender=ChatUser("slack", TEAM, "UMANAGER" if number % 2 else "UOWNER"),
        suggestion_id=suggestion,
        verdict=verdict,
        pressed=MessageRef("slack", TEAM, "C1", f"{suggestion}"),
    )


async def press_all(rt: Runtime, presses: list[Decision]) -> list[str | None]:
    return list(await asyncio.gather(*(on_decision(rt, each) for each in presses)))


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_forty_suggestions_pressed_fifty_times_each_get_one_verdict_each(
    db: Database, world: World, owner_url: str
) -> None:
    ids = [
        await suggest(
            db,
            world,
            "create_schedule_item",
            title=f"Session {number}",
            start_time=f"2031-05-01T{8 + number % 10:02d}:00",
            end_time=f"2031-05-01T{8 + number % 10:02d}:30",
        )
        for number in range(SUGGESTIONS)
    ]
    rt, _slack, _telegram, _model = runtime(db)
    verdicts: tuple[Verdict, Verdict] = ("approve", "reject")
    presses = [press(each, verdicts[number % 2], number) for number in range(PRESSES) for each in ids]
    told = await press_all(rt, presses)
    assert told.count(None) == SUGGESTIONS
    rows = owner_rows(owner_url, "select id, execution_status from public.ai_insights_log where kind = 'suggestion'")
    executed = {row["id"] for row in rows if row["execution_status"] == "executed"}
    rejected = {row["id"] for row in rows if row["execution_status"] == "rejected"}
    assert executed | rejected == set(ids)
    [written] = owner_rows(owner_url, "select count(*) as n from public.schedules where title like 'Session %'")
    assert written["n"] == len(executed)


async def test_without_the_condition_of_the_claim_one_suggestion_is_decided_many_times(
    db: Database, world: World, owner_url: str
) -> None:
    """The twin: the conditional UPDATE is what makes it once."""
    suggestion = await suggest(
        db, world, "create_schedule_item", title="Twice", start_time="2031-05-01T08:00", end_time="2031-05-01T08:30"
    )
    unconditional = (
        "update public.ai_insights_log set execution_status = 'approved', decided_by = (select app.user_id()), "
        "decided_at = coalesce(decided_at, now()), approved_at = coalesce(approved_at, now()), "
        "approved_by = (select app.user_id()) "
        "where id = %(id)s returning id"
    )
    decided = [await db.read_as(world.people["manager"], unconditional, {"id": suggestion}) for _ in range(3)]
    assert [len(rows) for rows in decided] == [1, 1, 1]


async def test_two_suggestions_for_one_room_at_once_run_once_and_the_other_is_told(
    db: Database, world: World, owner_url: str
) -> None:
    ids = [
        await suggest(
            db,
            world,
            "create_schedule_item",
            title=title,
            start_time="2031-05-01T15:00",
            end_time="2031-05-01T16:00",
            room="Workshop",
        )
        for title in ("First", "Second")
    ]
    rt, _slack, _telegram, _model = runtime(db)
    told = await press_all(rt, [press(each, "approve", number) for number, each in enumerate(ids)])
    assert sorted(answer is None for answer in told) == [False, True]
    winner, loser = owner_rows(
        owner_url,
        "select id, execution_status, lost_to from public.ai_insights_log "
        "where kind = 'suggestion' order by execution_status",
    )
    assert (winner["execution_status"], winner["lost_to"]) == ("executed", None)
    assert (loser["execution_status"], loser["lost_to"]) == ("superseded", winner["id"])


async def _race_without_our_checks(db: Database, world: World, owner_url: str) -> list[bool]:
    """Run both writes with the application's own proof taken out; return which went through."""
    owner_run(
        owner_url,
        "create or replace function app.assert_unchanged(facts jsonb, shown_digest text) returns void "
        "language sql set search_path = '' as ''",
    )
    tool = next(tool for tool in TOOLS if tool.name == "create_schedule_item")
    assert isinstance(tool, WriteTool)
    who = world.people["manager"]

    async def run(title: str) -> bool:
        async with db.acting_as(who) as tx:
            args = tool.args.model_validate(
                {
                    "title": title,
                    "start_time": "2031-05-01T15:00",
                    "end_time": "2031-05-01T16:00",
                    "room": "Workshop",
                }
            )
            proposal = await tool.preview(context(tx, who), args)
        assert isinstance(proposal, Proposal)
        action = replace(_action(proposal), facts_digest="of another world")
        try:
            async with db.acting_as(who) as tx:
                await tool.execute(tx, action)
        except WorldMoved:
            return False
        return True

    return sorted(await asyncio.gather(run("First"), run("Second")))


def _action(proposal: Proposal) -> Action:
    return Action(
        suggestion_id=uuid4(),
        action_type=proposal.action_type,
        args=proposal.args,
        before=proposal.before,
        zone=proposal.zone,
        facts_digest=proposal.facts_digest,
    )


async def test_the_constraint_alone_keeps_two_sessions_out_of_one_room(
    db: Database, world: World, owner_url: str
) -> None:
    assert await _race_without_our_checks(db, world, owner_url) == [False, True]


async def test_without_the_constraint_both_would_stand_there(db: Database, world: World, owner_url: str) -> None:
    """The twin of the one above."""
    owner_run(owner_url, "alter table public.schedules drop constraint no_room_overlap")
    assert await _race_without_our_checks(db, world, owner_url) == [True, True]
