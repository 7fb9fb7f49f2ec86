"""Approve against reject against edit against an alternative against expiry: one end for each, and the log agrees."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from core.audit.history import queries as history
from core.db import Database
from core.flows.expire import expire
from core.flows.on_decision import on_decision
from core.kernel.messages import Decision
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import MANAGER, OWNER, TO_B, TO_NOON, Desk, desk_with, only, pressed
from tests.integration.flows.office import log_rows
from tests.owner import owner_rows
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

PRESSES = 240


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def presses(desk: Desk) -> list[Decision]:
    """Everything that ends this suggestion, by two people, in turn."""
    asked = all_that_it_asks(desk.card())
    kinds = (
        pressed(desk.telegram, "approve", evidence=asked),
        pressed(desk.telegram, "reject", "wrong_time"),
        pressed(desk.telegram, "edit", evidence={"title": "Light", "room": "Workshop"}),
        pressed(desk.telegram, "edit", evidence={"start": "2031-05-01T17:00"}),
        pressed(desk.telegram, "alternative", "0"),
        pressed(desk.telegram, "acknowledge"),
    )
    who = (pressed(desk.telegram, "show", user=user).sender for user in (MANAGER, OWNER))
    both = [replace(each, sender=sender) for sender in who for each in kinds]
    return [both[number % len(both)] for number in range(PRESSES)]


async def intact(db: Database) -> bool:
    async with db.as_operator() as tx:
        return [chain.fault for chain in await history.verify(tx, None)] == [None]


@pytest.mark.parametrize("what", [TO_NOON, TO_B])
async def test_of_hundreds_of_presses_one_ends_the_suggestion(
    db: Database, world: World, owner_url: str, database_url: str, what: Any
) -> None:
    desk = await desk_with(db, database_url, what)
    first = desk.card().suggestion_id
    told = await asyncio.gather(*(on_decision(desk.rt, each) for each in presses(desk)))
    await drain(desk.rt, database_url)
    rows = log_rows(owner_url)
    ends = Counter(row["execution_status"] for row in rows)
    [old] = [row for row in rows if row["id"] == first]
    assert old["execution_status"] in {"executed", "rejected", "superseded"}
    # Whatever took its place is there once, waits, and is what it was replaced by.
    fresh = [row for row in rows if row["id"] != first]
    assert [row["id"] for row in fresh] == ([old["superseded_by"]] if old["execution_status"] == "superseded" else [])
    assert ends["superseded"] == len(fresh) == ends["suggested"]
    assert [row["edited_from"] for row in fresh] == [first] * len(fresh)
    title = rows[0]["before_state"]["title"]
    [session] = owner_rows(owner_url, f"select * from public.schedules where title = '{title}'")
    moved = (session["start_time"], session["room"]) != (at("10:00"), rows[0]["before_state"]["room"])
    assert moved == (old["execution_status"] == "executed")
    # One press is told nothing because the card says it; beside it only those that noted an acknowledgement.
    quiet = told.count(None)
    assert 1 <= quiet <= 1 + PRESSES // 6
    assert only(desk.telegram).suggestion_id == (fresh[0]["id"] if fresh else first)
    assert await intact(db)


async def test_an_edit_an_approval_and_the_deadline_at_once_leave_one_end(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    for number in range(8):
        # A day behind, so that what is suggested for years ahead runs out while everybody presses.
        ends = datetime.now(UTC) + timedelta(milliseconds=400)
        began = ends - timedelta(hours=24)
        rt, _slack, telegram, _model = runtime(db, calls(_new(number)), says("It waits."), now=partial(_same, began))
        desk = Desk(rt, telegram, database_url)
        await desk.hears("please")
        first = desk.card().suggestion_id
        approval = pressed(telegram, "approve", evidence=all_that_it_asks(desk.card()))
        edit = pressed(telegram, "edit", evidence={"title": f"Light {number}"})
        await asyncio.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds() - 0.005))
        await asyncio.gather(
            *(on_decision(rt, each) for each in [edit, approval] * 10), *(expire(rt) for _number in range(10))
        )
        await asyncio.sleep(0.1)
        await expire(rt)
        [old] = [row for row in log_rows(owner_url) if row["id"] == first]
        assert old["execution_status"] in {"executed", "superseded", "expired"}
        steps = owner_rows(
            owner_url,
            f"select to_status from public.ai_insights_history where entry_id = '{first}' order by position",
        )
        assert [step["to_status"] for step in steps] == ["suggested", old["execution_status"]]
        written = owner_rows(owner_url, f"select from public.schedules where title = 'Extra {number}'")
        assert len(written) == (old["execution_status"] == "executed")
    assert await intact(db)


def _same(moment: datetime) -> datetime:
    return moment


def _new(number: int) -> Any:
    args = {"title": f"Extra {number}", "start_time": f"{8 + number}:00", "end_time": f"{8 + number}:30"}
    return "create_schedule_item", args
