"""10,000 payloads that were tampered with, are somebody else's, were forwarded or are out of date: nothing runs.

A fifth of it by default; EVENTFLOW_PROOF=1 for the whole.
"""

import asyncio
from random import Random

import pytest

from bots.slack.inbound import parse as parse_slack
from bots.telegram.inbound import parse as parse_telegram
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.kernel.messages import Decision
from tests.fakes import runtime
from tests.owner import owner_run
from tests.proof.office import PART, add_talks, agenda, ends, suggest
from tests.proof.payloads import KINDS, TELEGRAM_BOT, Payload, Targets, slack_press, telegram_press
from tests.world import World, make_world

pytestmark = pytest.mark.db

PAYLOADS, AT_ONCE = 10_000 // PART, 4


async def targets(rt: Runtime, world: World, other: World, owner_url: str) -> Targets:
    """Suggestions of every kind, in two organisations."""
    await add_talks(rt.db, world, 40)

    async def rename(number: int) -> object:
        return await suggest(
            rt, world, "update_schedule_item", schedule_id=f"Talk {number}", changes={"title": f"Lecture {number}"}
        )

    waiting = [await rename(number) for number in range(1, 25)]
    guarded = [
        await suggest(rt, world, "delete_schedule_item", schedule_id="Opening Keynote"),
        await suggest(
            rt, world, "update_schedule_item", schedule_id="Opening Keynote", changes={"start_time": "2031-05-01T14:00"}
        ),
    ]
    foreign = [
        await suggest(rt, other, "update_schedule_item", schedule_id=title, changes={"title": f"{title} 2"})
        for title in ("Opening Keynote", "Lighting Basics", "Closing Panel")
    ]
    for number, status in enumerate(("rejected", "failed", "expired", "superseded")):
        owner_run(
            owner_url,
            f"update public.ai_insights_log set execution_status = '{status}', decided_at = now() "
            f"where id = '{waiting[number]}'",
        )
    owner_run(owner_url, f"update public.ai_insights_log set deadline = now() where id = '{waiting[4]}'")
    return Targets(tuple(waiting[5:]), tuple(guarded), tuple(foreign), tuple(waiting[:5]))  # type: ignore[arg-type]


def parsed(payload: Payload) -> object:
    """What the adapter makes of it."""
    if "callback_query" in payload:
        return parse_telegram(payload, bot_id=TELEGRAM_BOT, username="EventFlowBot")
    return parse_slack(payload, "UBOT")


async def press_all(rt: Runtime, payloads: list[Payload]) -> int:
    """Press them, some at once; return how many got as far as a decision."""
    decisions = [found for each in payloads if isinstance(found := parsed(each), Decision)]
    waiting = iter(decisions)

    async def one_after_the_other() -> None:
        for each in waiting:
            await on_decision(rt, each)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return len(decisions)


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_executed(db: Database, owner_url: str, kind: str) -> None:
    random = Random(kind)
    world, other = await make_world(db), await make_world(db, "Beth Halls", team="T2")
    rt, _, _, _ = runtime(db)
    marks = await targets(rt, world, other, owner_url)
    before, ended = agenda(owner_url), ends(owner_url)

    decided = await press_all(rt, [KINDS[kind](random, marks) for _ in range(PAYLOADS // len(KINDS))])

    assert decided > PAYLOADS // len(KINDS) // 10
    assert agenda(owner_url) == before
    assert ends(owner_url) == ended


async def test_the_same_buttons_as_they_were_drawn_do_execute(db: Database, owner_url: str) -> None:
    """The twin: what is refused above is refused for what is wrong with it."""
    world, other = await make_world(db), await make_world(db, "Beth Halls", team="T2")
    rt, _, _, _ = runtime(db)
    marks = await targets(rt, world, other, owner_url)
    slack, telegram = marks.open[:5], marks.open[5:10]
    drawn = [slack_press(f"approve:{each}", "decide_approve") for each in slack]
    drawn += [telegram_press(f"approve:{each.hex}") for each in telegram]
    assert await press_all(rt, drawn) == 10
    assert ends(owner_url)["executed"] == 10
