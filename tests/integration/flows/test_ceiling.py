"""What the model may cost an organisation in a day: checked before it is asked, by the organisation's own clock."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.ai.models import ModelReply, ModelRequest, Usage
from core.db import Database
from core.flows.on_message import on_message
from core.kernel.errors import Upstream
from core.kernel.phrases import Moment, phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, ScriptedModel, runtime, says
from tests.integration.flows.office import slack_message
from tests.owner import owner_rows, owner_run
from tests.world import ZONE, World, make_world

pytestmark = pytest.mark.db

PAUSED = "select app.paused_until() as until"
OPEN = (
    "create or replace function app.paused_until() returns timestamptz language sql stable security definer "
    "set search_path = pg_catalog, pg_temp as 'select null::timestamptz'"
)


def ceiling(owner_url: str, world: World, dollars: str) -> None:
    owner_run(
        owner_url,
        f"update public.organizations set ceiling_usd = {dollars} where id = '{world.organization_id}'",
    )


def spend(owner_url: str, world: World, dollars: str, at: str = "now()") -> None:
    owner_run(
        owner_url,
        "insert into public.ai_runs (organization_id, id, user_id, status, estimated_cost_usd, created_at, "
        f"completed_at) values ('{world.organization_id}', gen_random_uuid(), '{world.people['owner'].user_id}', "
        f"'success', {dollars}, {at}, now())",
    )


def midnight(zone: str = ZONE) -> datetime:
    today = datetime.now(ZoneInfo(zone)).date()
    return datetime.combine(today + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


def said(slack: FakePlatform) -> list[tuple[str, str]]:
    return sorted(slack.said)


async def test_over_the_ceiling_nobody_is_asked_and_the_owner_hears_of_it_once(
    db: Database, owner_url: str, database_url: str
) -> None:
    world = await make_world(db)
    other = await make_world(db, "Beth Halls", team="T2")
    ceiling(owner_url, world, "0.50")
    spend(owner_url, world, "0.5")
    rt, slack, telegram, model = runtime(db)

    await on_message(rt, slack_message("What is on?"))
    await on_message(rt, slack_message("And in Hall B?", user="USTAFF", event="E2", channel="D2"))
    await on_message(rt, slack_message("/help", user="USTAFF", event="E3", channel="D3"))
    await drain(rt, database_url)

    until = Moment(midnight(), ZONE)
    assert sorted(telegram.said) == []
    assert said(slack) == [
        ("D1", say("he", phrase("ceiling-reached", at=until))),
        ("D2", say("en", phrase("ceiling-reached", at=until))),
        ("D3", say("en", phrase("help-asking", name="Staff of Aleph Events"))),
        ("UOWNER", say("en", phrase("ceiling-told", dollars="0.50", at=until))),
    ]
    assert model.requests == []
    assert owner_rows(owner_url, "select count(*) as count from public.ai_runs") == [{"count": 1}]
    assert await db.read_as(other.people["owner"], PAUSED) == [{"until": None}]


async def test_below_the_ceiling_and_without_one_it_goes_on(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    spend(owner_url, world, "3")
    assert await db.read_as(world.people["viewer"], PAUSED) == [{"until": None}]
    ceiling(owner_url, world, "3.01")
    assert await db.read_as(world.people["viewer"], PAUSED) == [{"until": None}]
    ceiling(owner_url, world, "3.00")
    assert await db.read_as(world.people["viewer"], PAUSED) == [{"until": midnight()}]
    ceiling(owner_url, world, "0")
    assert await db.read_as(world.people["viewer"], PAUSED) == [{"until": midnight()}]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Jerusalem"])
async def test_a_day_is_the_organisations_own(db: Database, owner_url: str, zone: str) -> None:
    """What ended a second before its midnight belongs to yesterday, whatever day it is elsewhere."""
    world = await make_world(db)
    owner_run(owner_url, f"update public.organizations set time_zone = '{zone}'")
    ceiling(owner_url, world, "1")
    began = midnight(zone) - timedelta(days=1)
    for moment, until in ((began - timedelta(seconds=1), None), (began, midnight(zone))):
        spend(owner_url, world, "1", f"'{moment.isoformat()}'")
        assert await db.read_as(world.people["owner"], PAUSED) == [{"until": until}]


async def _fifty(db: Database, owner_url: str) -> None:
    """Ask fifty questions at one moment, each worth 0.01, where 0.10 is allowed and 0.05 is spent."""
    world = await make_world(db)
    ceiling(owner_url, world, "0.10")
    spend(owner_url, world, "0.05")
    rt, *_ = runtime(db)

    class Slow(ScriptedModel):
        async def generate(self, request: ModelRequest) -> ModelReply:
            del request
            await asyncio.sleep(0.01)
            return replace(says("Yes."), usage=Usage(prompt=10_000))

    async def slow() -> ScriptedModel:
        return Slow([])

    rt = replace(rt, model=slow)
    users = ("UOWNER", "UMANAGER", "USTAFF", "UVIEWER")

    async def ask(number: int) -> None:
        while True:
            # The organisation's line is full: the queue brings the message again.
            with suppress(Upstream):
                there = f"D{number}"
                return await on_message(rt, slack_message("Hm?", users[number % 4], event=f"E{number}", channel=there))
            await asyncio.sleep(0.05)

    await asyncio.gather(*(ask(number) for number in range(50)))


SPENT: Any = "select sum(estimated_cost_usd)::float as spent, count(*) - 1 as asked from public.ai_runs"


async def test_fifty_at_once_go_no_further_than_those_under_way(db: Database, owner_url: str) -> None:
    await _fifty(db, owner_url)
    [total] = owner_rows(owner_url, SPENT)
    # Half of the process's slots are one organisation's at most.
    assert 0.10 <= total["spent"] <= 0.10 + 0.01 * 8
    assert total["asked"] < 50
    waiting = owner_rows(owner_url, "select count(*) as count from public.messages where role = 'assistant'")
    assert waiting == [{"count": 50}]


async def test_without_the_check_all_fifty_are_asked(db: Database, owner_url: str) -> None:
    """The twin."""
    owner_run(owner_url, OPEN)
    await _fifty(db, owner_url)
    assert owner_rows(owner_url, SPENT) == [{"spent": 0.55, "asked": 50}]
