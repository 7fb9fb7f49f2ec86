"""How often a card and a press ask the database before somebody sees anything: each time costs as far as it is away."""

from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any

import pytest

from bots.bench.wire import RoundTrips, relayed
from core.actions.bundles import build
from core.db import Database
from core.flows import tool_calls
from core.flows.deliver import post_card, replace_card
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.jobs.queue import queue_app
from core.kernel.cards import Card
from core.kernel.messages import Address, MessageRef, Verdict
from core.kernel.principal import Locale
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, suggested
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


class Counting(FakePlatform):
    """Notes how often the database had been asked when something came to be seen."""

    seen: RoundTrips
    at: int

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        self.at = self.seen.count
        return await super().post(address, card, locale)

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        self.at = self.seen.count
        await super().replace(ref, card, locale)


@pytest.mark.parametrize(("verdict", "most"), [("approve", (3, 1)), ("reject", (3, 1))])
async def test_a_press(
    db: Database, world: World, database_url: str, owner_url: str, verdict: Verdict, most: tuple[int, int]
) -> None:
    """Who is it, claim, commit; then the copy with all that its card says."""
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    [copy] = [row["id"] for row in await db.run_as_system("select id from public.card_copies")]
    async with relayed(database_url) as (url, seen):
        far = Database(url, size=1)
        await far.open()
        await far.ping()
        counting = Counting("slack", cards=slack.cards)
        counting.seen = seen
        rt = replace(rt, db=far, platforms={"slack": counting})
        before = seen.count
        assert await on_decision(rt, press(log_rows(owner_url)[0]["id"], verdict)) is None
        decided = seen.count - before
        before = seen.count
        await replace_card(rt, world.organization_id, copy)
        shown = counting.at - before
        await far.close()
    assert (decided <= most[0], shown <= most[1]) == (True, True), (decided, shown)


async def test_a_message_and_its_card(db: Database, world: World, database_url: str, owner_url: str) -> None:
    rt, _, _, _ = runtime(db, calls(MOVE), says("It waits."))
    async with relayed(database_url) as (url, seen):
        far = Database(url, size=1)
        await far.open()
        await far.ping()
        counting = Counting("slack")
        counting.seen = seen
        rt = replace(rt, db=far, platforms={"slack": counting})
        before = seen.count
        await on_message(rt, slack_message("please"))
        answered = seen.count - before
        before = seen.count
        [row] = log_rows(owner_url)
        await post_card(rt, world.organization_id, row["id"], Address("slack", TEAM, "D1"), "he", can_decide=True)
        shown = counting.at - before
        await far.close()
    assert (answered <= 7, shown <= 2) == (True, True), (answered, shown)


@pytest.mark.parametrize("alone", [False, True], ids=["side by side", "one by one"])
async def test_eight_changes_ask_as_often_as_two(
    db: Database, world: World, database_url: str, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    """What a model asks for in one step is looked at together. Its twin awaits each look before the next begins."""

    async def one_by_one(looks: Iterable[Coroutine[Any, Any, object]]) -> list[object]:
        return [await look for look in looks]

    if alone:
        monkeypatch.setattr(tool_calls, "side_by_side", one_by_one)
        monkeypatch.setattr(build, "side_by_side", one_by_one)
    asked: list[int] = []
    for event, count in (("E1", 2), ("E2", 8)):
        rt, *_ = runtime(db, calls(*(_new(event, number) for number in range(count))), says("They wait."))
        async with relayed(database_url) as (url, seen):
            far = Database(url, size=1)
            await far.open()
            await far.ping()
            before = seen.count
            await on_message(replace(rt, db=far), slack_message("please", event=event))
            asked.append(seen.count - before)
            await far.close()
    # A network may cut what travels together in two.
    assert (asked[1] <= asked[0] + 4) is not alone, asked


def _new(event: str, number: int) -> tuple[str, dict[str, Any]]:
    wanted = {"title": f"{event} {number}", "start_time": f"{9 + number}:00", "end_time": f"{9 + number}:30"}
    return "create_schedule_item", wanted


async def test_a_worker_takes_a_job_in_one_round_trip(db: Database, database_url: str) -> None:
    """Each of the queue's statements is whole in itself: nothing is begun and committed around it."""
    async with relayed(database_url) as (url, seen):
        queue = queue_app(url, size=1)
        async with queue.open_async():
            await queue.job_manager.fetch_job(queues=["nobody's"], worker_id=0)
            before = seen.count
            assert await queue.job_manager.fetch_job(queues=["nobody's"], worker_id=0) is None
            assert seen.count - before == 1
