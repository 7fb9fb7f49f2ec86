"""What was shown is what runs: whatever a card was judged by may not change between the card and the press."""

import asyncio
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, change, press, slack_message, statuses, suggested
from tests.owner import owner_rows
from tests.world import World, make_world

pytestmark = pytest.mark.db

TO_WORKSHOP = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Workshop"}})
TO_NOON = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"start_time": "12:00"}})
AGENDA = "select id, title, room, start_time, end_time, speaker_name from public.schedules order by id"
KEYNOTE = "where title = 'Opening Keynote'"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (TO_WORKSHOP, "update public.rooms set capacity = 1 where name = 'Workshop'"),
        (TO_WORKSHOP, "update public.rooms set may_be_shared = true where name = 'Workshop'"),
        (MOVE, "update public.participants set is_vip = true where full_name = 'Eli Katz'"),
        (MOVE, "update public.participants set vip_notes = 'Allergic to nuts' where full_name = 'Ruth Bar'"),
        (MOVE, "update public.participants set full_name = 'Ruth Cohen' where full_name = 'Ruth Bar'"),
        (MOVE, "delete from public.participant_schedules"),
        (MOVE, "update public.events set ends_on = '2031-05-03'"),
        (MOVE, "update public.events set name = 'Autumn Conference'"),
        (MOVE, "update public.events set time_zone = 'UTC'"),
        (MOVE, f"update public.schedules set description = 'New' {KEYNOTE}"),
        (MOVE, f"update public.schedules set status = 'cancelled' {KEYNOTE}"),
        (TO_NOON, "update public.schedules set speaker_name = 'x,  tom HARRIS' where title = 'ניהול קהל'"),
    ],
)
async def test_when_a_fact_changed_nothing_runs_and_the_presser_is_asked_to_look_again(
    db: Database, world: World, owner_url: str, database_url: str, call: Any, what: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, what)
    before = owner_rows(owner_url, AGENDA)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("decision-moved"))
    assert (owner_rows(owner_url, AGENDA), statuses(owner_url)) == (before, ["superseded", "suggested"])


@pytest.mark.parametrize("what", ["update public.rooms set name = 'Attic'", "delete from public.rooms"])
async def test_when_the_room_is_gone_nothing_runs(
    db: Database, world: World, owner_url: str, database_url: str, what: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(TO_WORKSHOP), says("It waits."))
    await suggested(rt, slack_message("to the workshop"), database_url)
    [card] = slack.cards.values()
    await change(db, world, f"{what} where name = 'Workshop'")
    before = owner_rows(owner_url, AGENDA)
    assert await on_decision(rt, press(card.suggestion_id)) is not None
    assert (owner_rows(owner_url, AGENDA), "executed" in statuses(owner_url)) == (before, False)


async def test_two_decisions_at_once_never_put_a_speaker_in_two_places_unseen(
    db: Database, world: World, database_url: str
) -> None:
    done: list[list[bool]] = []
    rt, slack, _telegram, model = runtime(db)
    for hour in range(8, 14):
        start, end = f"2031-05-02T{hour:02d}:00", f"2031-05-02T{hour:02d}:30"
        both = [
            ("create_schedule_item", {"title": title, "start_time": start, "end_time": end, "speaker_name": speaker})
            for title, speaker in (("On stage", "Zoe Adar"), ("At the booth", "Guest, zoe  adar"))
        ]
        for number, each in enumerate(both):
            model.script += [calls(each), says("It waits.")]
            await suggested(rt, slack_message("add it", event=f"E{hour}-{number}"), database_url)
        presses = [press(card.suggestion_id, message=ref.message) for ref, card in list(slack.cards.items())[-2:]]
        told = await asyncio.gather(*(on_decision(rt, each) for each in presses))
        done.append(sorted(answer is None for answer in told))
        await drain(rt, database_url)
    # Whoever comes second is told: that the agenda moved, or what was approved instead.
    assert done == [[False, True]] * 6
