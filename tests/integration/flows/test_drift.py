"""What was shown is what runs: whatever a card was judged by may not change between the card and the press."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from psycopg import DatabaseError
from psycopg.errors import LockNotAvailable
from psycopg.types.json import Jsonb

from core.actions import queries as actions
from core.db import Database, WorldMoved
from core.domains.schedule.queries import PROOF, UPDATE_SESSION
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, change, log_rows, press, slack_message, statuses, suggested
from tests.owner import owner_rows, owner_run
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


async def test_what_somebody_wrote_into_the_row_behind_the_card_is_never_run(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """The facts are as they were; only the hash of what was shown tells."""
    rt, slack, _telegram, _model = runtime(db, calls(TO_NOON), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    title = "jsonb_set(action_data, '{args,set,title}', '\"Free beer\"')"
    owner_run(owner_url, f"update public.ai_insights_log set action_data = {title} where kind = 'suggestion'")
    before = owner_rows(owner_url, AGENDA)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("decision-moved"))
    assert (owner_rows(owner_url, AGENDA), "executed" in statuses(owner_url)) == (before, False)


@pytest.mark.parametrize("verdict", ["approve", "reject"])
async def test_a_press_after_the_deadline_decides_nothing(
    db: Database, world: World, owner_url: str, database_url: str, verdict: Any
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(TO_NOON), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    owner_run(owner_url, "update public.ai_insights_log set deadline = now() - interval '1 second'")
    told = await on_decision(rt, press(card.suggestion_id, verdict))
    assert (told is not None, statuses(owner_url)) == (True, ["suggested"])


async def test_nobody_is_registered_between_the_proof_and_the_write(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """What the card says about people holds until it has run: the proof keeps the session for itself."""
    rt, *_ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    values = {"change": Jsonb(row["action_data"]["args"]), "digest": row["facts_digest"]}
    register = (
        "with new as (insert into public.participants (organization_id, event_id, full_name) "
        "select organization_id, event_id, 'Late Comer' from public.schedules where title = 'Opening Keynote' "
        "returning organization_id, id) insert into public.participant_schedules "
        "(organization_id, schedule_id, participant_id) select new.organization_id, session.id, new.id "
        "from new cross join public.schedules as session where session.title = 'Opening Keynote'"
    )
    async with db.acting_as(world.people["manager"]) as tx:
        await (await tx.execute(PROOF.asserting, values)).fetchone()
        with pytest.raises(LockNotAvailable):
            owner_run(owner_url, f"set lock_timeout = '50ms'; {register}")
    owner_run(owner_url, register)


async def test_a_write_that_hits_no_row_has_not_happened(db: Database, world: World) -> None:
    change = {"schedule_id": str(world.event_id), "set": {"title": "Nowhere"}}
    with pytest.raises(WorldMoved):
        async with db.acting_as(world.people["owner"]) as tx:
            await tx.execute(UPDATE_SESSION, {"change": Jsonb(change)})


async def test_a_blocked_suggestion_is_told_so_and_still_waits(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    taken = ("update_schedule_item", {"schedule_id": "Sound Check Live", "changes": {"start_time": "10:30"}})
    rt, slack, _telegram, _model = runtime(db, calls(taken), says("It cannot be."))
    await suggested(rt, slack_message("earlier"), database_url)
    [card] = slack.cards.values()
    [row] = log_rows(owner_url)
    forged = replace(press(card.suggestion_id), evidence={"shown": row["shown_hash"], "read": "0,1,2,3"})
    assert await on_decision(rt, forged) == say("he", phrase("notice-blocked"))
    assert statuses(owner_url) == ["suggested"]


async def test_what_was_decided_is_claimed_by_nobody(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, *_ = runtime(db, calls(TO_NOON), says("It waits."))
    await suggested(rt, slack_message("to noon"), database_url)
    [row] = log_rows(owner_url)
    # Row-level security, which lets nobody lock what was decided, is opened here: the claim asks by itself.
    owner_run(owner_url, "create policy open on public.ai_insights_log for update to authenticated using (true)")
    for status, is_claimed in (("suggested", True), ("rejected", False)):
        owner_run(owner_url, f"update public.ai_insights_log set execution_status = '{status}'")
        async with db.acting_as(world.people["owner"]) as tx:
            assert (await actions.claim(tx, row["id"], approve=True) is not None) is is_claimed


async def test_of_two_who_need_one_speaker_the_second_waits_and_looks(
    db: Database, world: World, owner_url: str
) -> None:
    """No constraint keeps a speaker out of two places: the proof takes the speaker for itself."""
    span = {"start_time": "2031-05-02T08:00:00+00:00", "end_time": "2031-05-02T08:30:00+00:00"}
    change = {"event_id": str(world.event_id), "set": {"title": "On stage", "speaker_name": "Zoe Adar", **span}}
    second = f"select app.assert_schedule_unchanged('{json.dumps(change)}', 'as it was')"
    async with db.acting_as(world.people["manager"]) as tx:
        _facts, digest = await PROOF.facts(tx, change)
        await (await tx.execute(PROOF.asserting, {"change": Jsonb(change), "digest": digest})).fetchone()
        with pytest.raises(LockNotAvailable):
            owner_run(owner_url, f"set lock_timeout = '50ms'; {second}")
    with pytest.raises(DatabaseError, match="the world moved"):
        owner_run(owner_url, second)
