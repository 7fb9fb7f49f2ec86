"""Whoever writes hears something, once, whatever goes wrong on the way."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from core.db import Database
from core.flows.on_message import on_message
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import (
    MOVE,
    log_rows,
    meddled,
    slack_message,
    states,
    statuses,
    suggested,
    telegram_message,
)
from tests.owner import owner_rows, owner_run
from tests.world import MANAGERS, World, make_world

pytestmark = pytest.mark.db

CUT_OFF = (
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
    "where pid <> pg_backend_pid() and datname = current_database()"
)
INVITATION = say("en", phrase("link-invitation"))


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_a_bug_before_the_model_is_asked_is_told_too(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "update public.events set time_zone = 'Nowhere/Land'")
    rt, slack, _telegram, _model = runtime(db)
    await on_message(rt, slack_message("What is on?"))
    await drain(rt, database_url)
    [(channel, text)] = slack.said
    sorry, _id, _rest = say("en", phrase("error-bug", id="?")).partition("\u2068?\u2069")
    assert (channel, text.startswith(sorry)) == ("D1", True)


@pytest.mark.parametrize(
    ("tool", "args"),
    [
        ("get_agenda", {"day": "9999-12-31"}),
        ("get_agenda", {"day": "0001-01-01"}),
        ("get_agenda", {"at": "0001-01-01T00:00"}),
        ("find_free_slots", {"day": "0001-01-01", "minutes": "many"}),
        ("create_schedule_item", {"title": "x", "start_time": "9999-12-31T23:59-10:00", "end_time": "11:00"}),
        ("create_schedule_item", {"title": "x" * 501, "start_time": "10:00", "end_time": "11:00"}),
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": []}),
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"max_capacity": 10**30}}),
    ],
)
async def test_arguments_that_make_no_sense_are_told_to_the_model_and_the_turn_goes_on(
    db: Database, world: World, owner_url: str, database_url: str, tool: str, args: dict[str, Any]
) -> None:
    rt, slack, _telegram, model = runtime(db, calls((tool, args)), says("I cannot read that date."))
    await suggested(rt, slack_message("What is on at the end of time?"), database_url)
    assert slack.said == [("D1", "I cannot read that date.")]
    response = model.requests[1].contents[-1]["parts"][0]["function_response"]["response"]
    assert (list(response), response["error"].startswith("Invalid arguments. ")) == (["error"], True)
    assert [(row["kind"], row["execution_error"]) for row in log_rows(owner_url, "true")] == [
        ("refusal", "invalid_arguments")
    ]


async def test_a_stranger_in_a_group_whom_nobody_can_write_to_is_answered_in_the_group(
    db: Database, world: World, database_url: str
) -> None:
    class NeverStarted(FakePlatform):
        async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
            raise Unreachable

    rt, _slack, _telegram, _model = runtime(db)
    telegram = NeverStarted("telegram")
    rt = replace(rt, platforms={"telegram": telegram})
    await on_message(rt, telegram_message("What is on?", user="99", chat="-100"))
    await drain(rt, database_url)
    assert telegram.said == [("-100", INVITATION)]


async def test_a_stranger_in_a_group_who_can_be_whispered_to_is_answered_there_alone(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    await on_message(rt, slack_message("What is on?", user="USTRANGER", channel="C7"))
    await drain(rt, database_url)
    assert (slack.whispers, slack.said) == ([("USTRANGER", INVITATION)], [])


async def test_who_loses_the_right_to_suggest_while_the_model_thinks_suggests_nothing(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, model = runtime(db, calls(MOVE), says("It waits."), says("You may only read."))
    demote = "update public.user_profiles set role = 'viewer' where role = 'staff'"
    await on_message(meddled(rt, model, lambda: owner_run(owner_url, demote)), telegram_message("move it"))
    await drain(rt, database_url)
    assert (telegram.said, statuses(owner_url)) == ([("7002", "You may only read.")], [])
    assert {**slack.cards, **telegram.cards} == {}


async def test_who_is_deactivated_while_the_model_thinks_is_a_stranger(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, model = runtime(db, calls(MOVE), says("It waits."))
    leave = "update public.user_profiles set is_active = false where role = 'staff'"
    await on_message(meddled(rt, model, lambda: owner_run(owner_url, leave)), telegram_message("move it"))
    await drain(rt, database_url)
    assert (telegram.said, statuses(owner_url)) == ([("7002", INVITATION)], [])
    assert {**slack.cards, **telegram.cards} == {}


async def test_workers_that_answer_the_same_message_at_once_say_one_answer(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, *(says("Hello.") for _ in range(5)))
    await asyncio.gather(*(on_message(rt, slack_message("hi")) for _ in range(5)))
    await drain(rt, database_url)
    assert slack.said == [("D1", "Hello.")]
    kept = owner_rows(owner_url, "select role, text from public.messages order by created_at, id")
    assert kept == [{"role": "user", "text": "hi"}, {"role": "assistant", "text": "Hello."}]


async def test_a_database_that_goes_away_during_a_turn_loses_nothing_and_doubles_nothing(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, model = runtime(db, calls(MOVE), says("It waits."))
    # Its connections are cut while the model thinks; what comes after is done on fresh ones.
    await on_message(meddled(rt, model, lambda: owner_run(owner_url, CUT_OFF)), telegram_message("move it"))
    await drain(rt, database_url)
    assert (telegram.said, statuses(owner_url)) == ([("7002", "It waits.")], ["suggested"])
    assert (states(telegram), states(slack)) == (["suggested"], ["suggested"])


async def test_a_chat_that_slows_us_down_in_the_middle_of_a_long_answer_hears_no_part_of_it_twice(
    db: Database, world: World, database_url: str
) -> None:
    class Slow(FakePlatform):
        attempts = 0

        async def say(self, address: Address, text: str) -> MessageRef:
            self.attempts += 1
            if self.attempts == 2:
                raise Upstream(retry_after=0)
            return await super().say(address, text)

    lines = [f"{number:04d} " + "word " * 20 for number in range(100)]
    rt, _slack, _telegram, _model = runtime(db, says("\n".join(lines)))
    slack = Slow("slack")
    rt = replace(rt, platforms={"slack": slack})
    await suggested(rt, slack_message("everything, please"), database_url)
    heard = [line for _channel, text in slack.said for line in text.split("\n")]
    assert [line.strip() for line in heard] == [line.strip() for line in lines]
    assert (slack.attempts, max(len(text) for _channel, text in slack.said) <= 3000) == (5, True)


async def test_who_asks_in_vain_for_a_decision_hears_that_nobody_was_asked(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "delete from public.workspaces")
    rt, _slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it"), database_url)
    assert telegram.said == [("7002", "It waits."), ("7002", say("en", phrase("card-unreachable")))]


async def test_staff_who_ask_in_the_managers_channel_get_one_card_there_with_buttons(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it", user="USTAFF", channel=MANAGERS), database_url)
    [(ref, card)] = slack.cards.items()
    assert (ref.channel, [button.verdict for button in card.buttons]) == (
        MANAGERS,
        ["acknowledge", "approve", "reject", "edit", "show"],
    )


async def test_staff_who_ask_in_another_channel_get_a_card_without_buttons_and_the_managers_one_with(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it", user="USTAFF", channel="C7"), database_url)
    shown = {ref.channel: len(card.buttons) for ref, card in slack.cards.items()}
    assert shown == {"C7": 0, MANAGERS: 5}
