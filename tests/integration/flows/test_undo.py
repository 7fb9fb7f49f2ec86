"""What was done is taken back exactly, and only by a decision of its own."""

import asyncio
from dataclasses import replace

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.kernel.cards import Card
from core.kernel.phrases import phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import (
    MOVE,
    change,
    log_rows,
    press,
    slack_message,
    start_of,
    statuses,
    suggested,
    telegram_message,
)
from tests.owner import owner_rows
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

DELETE = ("delete_schedule_item", {"schedule_id": "Opening Keynote"})
SESSION = "select id, title, start_time, end_time, room, speaker_name, max_capacity from public.schedules where id = %s"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def done(rt: Runtime, slack: FakePlatform, database_url: str) -> Card:
    """Suggest, approve, and return the card as it stands then."""
    await suggested(rt, slack_message("please"), database_url)
    [waiting] = slack.cards.values()
    assert await on_decision(rt, press(waiting.suggestion_id)) is None
    await drain(rt, database_url)
    return next(iter(slack.cards.values()))


async def test_a_move_is_taken_back_to_the_minute_by_a_second_decision(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    before = owner_rows(owner_url, SESSION, (world.sessions["Opening Keynote"],))
    card = await done(rt, slack, database_url)
    assert [(button.verdict, button.style) for button in card.buttons] == [("undo", "plain")]
    assert await on_decision(rt, press(card.suggestion_id, "undo")) is None
    await drain(rt, database_url)
    back = list(slack.cards.values())[-1]
    assert (back.state, back.notice, start_of(owner_url, world, "Opening Keynote")) == (
        "suggested",
        phrase("notice-undo"),
        at("14:00"),
    )
    assert await on_decision(rt, press(back.suggestion_id, message="2")) is None
    assert owner_rows(owner_url, SESSION, (world.sessions["Opening Keynote"],)) == before
    [first, second] = log_rows(owner_url)
    assert (second["correlation_id"], second["action_data"]["undoes"]) == (first["correlation_id"], str(first["id"]))


async def test_a_card_says_that_what_it_did_was_taken_back_and_when_it_holds_again(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    card = await done(rt, slack, database_url)
    shown: list[list[tuple[str, str | None, list[str]]]] = []
    last = card
    for message in ("2", "3"):
        assert await on_decision(rt, press(last.suggestion_id, "undo")) is None
        await drain(rt, database_url)
        last = list(slack.cards.values())[-1]
        assert await on_decision(rt, press(last.suggestion_id, message=message)) is None
        await drain(rt, database_url)
        shown.append(
            [
                (each.state, each.notice and each.notice.id, [button.verdict for button in each.buttons])
                for each in slack.cards.values()
            ]
        )
    holds, gone = ("executed", None, ["undo"]), ("executed", "notice-taken-back", [])
    assert shown == [[gone, holds], [holds, gone, holds]]
    assert start_of(owner_url, world, "Opening Keynote") == at("14:00")


async def test_a_removed_session_comes_back_as_it_was(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(DELETE), says("It waits."))
    before = owner_rows(owner_url, SESSION, (world.sessions["Opening Keynote"],))
    card = await done(rt, slack, database_url)
    assert await on_decision(rt, press(card.suggestion_id, "undo")) is None
    await drain(rt, database_url)
    back = list(slack.cards.values())[-1]
    assert await on_decision(rt, press(back.suggestion_id, message="2")) is None
    assert owner_rows(owner_url, SESSION, (world.sessions["Opening Keynote"],)) == before


async def test_two_presses_at_once_ask_for_one_inverse(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    card = await done(rt, slack, database_url)
    told = await asyncio.gather(*(on_decision(rt, press(card.suggestion_id, "undo")) for _ in range(8)))
    assert sorted(told, key=str) == [None] + [say("he", phrase("undo-waits"))] * 7
    assert statuses(owner_url) == ["executed", "suggested"]


async def test_what_others_changed_since_is_seen_on_the_card(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    card = await done(rt, slack, database_url)
    taken = "update public.schedules set room = 'Hall A', start_time = %s, end_time = %s where title = 'Closing Panel'"
    await change(db, world, taken, at("10:00"), at("11:00"))
    assert await on_decision(rt, press(card.suggestion_id, "undo")) is None
    await drain(rt, database_url)
    back = list(slack.cards.values())[-1]
    assert (back.gesture, [caution.severity for caution in back.warnings][:1]) == ("none", ["error"])


async def test_what_is_as_it_was_needs_no_undo(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    card = await done(rt, slack, database_url)
    back = "update public.schedules set start_time = %s, end_time = %s where title = 'Opening Keynote'"
    await change(db, world, back, at("10:00"), at("11:00"))
    told = await on_decision(rt, press(card.suggestion_id, "undo"))
    assert (told, statuses(owner_url)) == (
        say("he", phrase("change-nothing", title="Opening Keynote")),
        ["executed"],
    )


@pytest.mark.parametrize("user", ["USTAFF", "UVIEWER"])
async def test_who_may_not_decide_takes_nothing_back(
    db: Database, world: World, owner_url: str, database_url: str, user: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    card = await done(rt, slack, database_url)
    assert await on_decision(rt, press(card.suggestion_id, "undo", user=user)) is not None
    assert statuses(owner_url) == ["executed"]


async def test_what_was_not_done_cannot_be_undone(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    [card] = slack.cards.values()
    told = await on_decision(rt, press(card.suggestion_id, "undo"))
    assert (told, statuses(owner_url)) == (say("he", phrase("undo-not-done")), ["suggested"])


async def test_field_staff_see_the_result_without_the_button(db: Database, world: World, database_url: str) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", user="7002"), database_url)
    [(ref, card)] = slack.cards.items()
    decision = replace(press(card.suggestion_id), pressed=ref)
    assert await on_decision(rt, decision) is None
    await drain(rt, database_url)
    [asked], [decided] = telegram.cards.values(), slack.cards.values()
    assert (asked.buttons, [button.verdict for button in decided.buttons]) == ((), ["undo"])
