"""How often a card and a press ask the database before somebody sees anything: each time costs as far as it is away."""

from dataclasses import replace

import pytest

from bots.bench.wire import RoundTrips, relayed
from core.db import Database
from core.flows.deliver import post_card, replace_card
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
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


@pytest.mark.parametrize(("verdict", "most"), [("approve", (3, 1)), ("reject", (3, 2))])
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
    assert (answered <= 17, shown <= 4) == (True, True), (answered, shown)
