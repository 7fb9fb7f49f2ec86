"""Cards tell the truth on every copy: late ones, lost ones, forgotten ones, and those of what is gone."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from procrastinate.jobs import Job

from bots.jobs import Jobs
from core.actions.discretion import discreet
from core.db import Database
from core.delivery import queries as copies
from core.delivery.queries import Posted
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.jobs.queue import RetryWhenItHelps, queue_app
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.gestures import evidence
from tests.integration.flows.office import (
    BOT_1,
    MOVE,
    change,
    hurry,
    log_rows,
    press,
    slack_message,
    start_of,
    states,
    statuses,
    suggested,
    telegram_message,
)
from tests.owner import owner_run
from tests.world import MANAGERS, World, at, make_world

pytestmark = pytest.mark.db

ON_CARD = phrase("personal-on-card")

RENAME = "update public.schedules set title = 'Opening' where title = 'Opening Keynote'"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def telegram_press(suggestion: UUID, user: str) -> Decision:
    return Decision(
        event_id="P",
        sender=ChatUser("telegram", BOT_1, user),
        suggestion_id=suggestion,
        verdict="approve",
        pressed=MessageRef("telegram", BOT_1, user, "1"),
        evidence=evidence(suggestion),
    )


async def work_once(rt: Runtime, database_url: str) -> None:
    """Run what is due, and leave what waits behind a job that is not."""

    async def nothing(*_: object) -> None:
        raise AssertionError

    queue = queue_app(database_url, size=4)
    Jobs(rt, nothing).register(queue)
    async with queue.open_async():
        for _ in range(3):
            await queue.run_worker_async(
                wait=False, concurrency=2, install_signal_handlers=False, listen_notify=False, delete_jobs="successful"
            )


async def test_a_copy_that_was_given_up_is_edited_again_once_somebody_presses_it(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [card] = slack.cards.values()
    slack.broken = Unreachable()
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    slack.broken = None
    assert states(slack) == ["suggested"]
    assert await on_decision(rt, press(card.suggestion_id)) is not None
    await drain(rt, database_url)
    assert states(slack) == ["executed"]


async def test_a_platform_that_was_switched_off_for_a_while_shows_the_result_later(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", user="7001"), database_url)
    [card] = telegram.cards.values()
    without_slack = replace(rt, platforms={"telegram": telegram})
    assert await on_decision(without_slack, telegram_press(card.suggestion_id, "7001")) is None
    await drain(without_slack, database_url)
    assert (states(telegram), states(slack)) == (["executed"], ["suggested"])
    hurry(owner_url)
    await drain(rt, database_url)
    assert states(slack) == ["executed"]


async def test_a_card_that_comes_late_shows_what_replaced_it(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    slack.broken = Upstream(retry_after=3600)
    await suggested(rt, telegram_message("move it", user="7001"), database_url)
    [card] = telegram.cards.values()
    await change(db, world, RENAME)
    assert await on_decision(rt, telegram_press(card.suggestion_id, "7001")) == say("he", phrase("decision-moved"))
    slack.broken = None
    hurry(owner_url)
    await drain(rt, database_url)
    [here], [there] = telegram.cards.values(), slack.cards.values()
    assert (discreet(here, ON_CARD), statuses(owner_url)) == (there, ["superseded", "suggested"])
    assert (here.suggestion_id != card.suggestion_id, len(here.buttons)) == (True, 5)


async def test_a_copy_that_is_registered_late_follows_what_replaced_it(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [(ref, old)] = slack.cards.items()
    # The other card was sent, and its worker is slow to write down where.
    late = MessageRef("slack", ref.workspace, MANAGERS, "late")
    await change(db, world, RENAME)
    assert await on_decision(rt, press(old.suggestion_id)) == say("he", phrase("decision-moved"))
    async with db.as_system() as tx:
        await copies.add(
            tx, world.organization_id, old.suggestion_id, Posted(late, "he", can_decide=True, shown="suggested")
        )
    assert await on_decision(rt, press(old.suggestion_id, channel=MANAGERS, message="late")) is not None
    await drain(rt, database_url)
    assert slack.cards[late] == discreet(slack.cards[ref], ON_CARD)
    assert (slack.cards[ref].state, slack.cards[ref].suggestion_id != old.suggestion_id) == ("suggested", True)


async def test_a_press_on_a_forgotten_copy_when_the_world_moved_renews_that_copy_too(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [old] = slack.cards.values()
    await change(db, world, RENAME)
    told = await on_decision(rt, press(old.suggestion_id, channel=MANAGERS, message="forgotten"))
    await drain(rt, database_url)
    assert told == say("he", phrase("decision-moved"))
    assert [card.suggestion_id == old.suggestion_id for card in slack.cards.values()] == [False, False]


async def test_a_suggestion_whose_event_is_gone_ends_and_the_presser_is_told(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    create = ("create_schedule_item", {"title": "Late Show", "start_time": "18:00", "end_time": "19:00"})
    rt, slack, _telegram, _model = runtime(db, calls(create), says("It waits."))
    await suggested(rt, slack_message("add it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, "delete from public.events")
    assert await on_decision(rt, press(card.suggestion_id)) is not None
    await drain(rt, database_url)
    assert (states(slack), statuses(owner_url)) == (["failed"], ["failed"])


async def test_a_card_becomes_final_while_a_sentence_before_it_waits_and_the_sentences_keep_their_order(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("one"), says("two"), says("three"))
    await suggested(rt, slack_message("move it"), database_url)
    slack.broken = Upstream(retry_after=3600)
    await suggested(rt, slack_message("and?", event="E2"), database_url)
    slack.broken = None
    await on_message(rt, slack_message("well?", event="E3"))
    [card] = slack.cards.values()
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await work_once(rt, database_url)
    assert (states(slack), slack.said) == (["executed"], [("D1", "one")])
    hurry(owner_url)
    await drain(rt, database_url)
    assert [text for _channel, text in slack.said] == ["one", "two", "three"]


async def test_presses_that_carry_nothing_known_change_nothing_and_are_logged(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [card] = slack.cards.values()
    told = [
        await on_decision(rt, press(uuid4(), user="UOWNER")),
        await on_decision(rt, press(None, None, user="UOWNER")),
        await on_decision(rt, press(card.suggestion_id, user="USTAFF", channel="C7", message="9")),
    ]
    await drain(rt, database_url)
    assert told == [say("en", phrase(f"decision-{why}")) for why in ("unknown", "unknown", "not-allowed")]
    assert (start_of(owner_url, world, "Opening Keynote"), len(slack.cards)) == (at("10:00"), 1)
    assert [row["execution_error"] for row in log_rows(owner_url, "kind = 'refusal'")] == [
        "decision-unknown",
        "decision-unknown",
        "decision-not-allowed",
    ]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("update public.user_profiles set is_active = false where role = 'manager'", "decision-not-linked"),
        ("update public.chat_identities set revoked_at = now()", "decision-not-linked"),
        ("update public.user_profiles set role = 'viewer' where role = 'manager'", "decision-not-allowed"),
    ],
)
async def test_who_may_no_longer_decide_finds_the_buttons_of_an_old_card_dead(
    db: Database, world: World, owner_url: str, database_url: str, what: str, told: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [card] = slack.cards.values()
    owner_run(owner_url, what)
    heard = await on_decision(rt, press(card.suggestion_id))
    assert heard is not None
    assert say("he", phrase(told)) in heard
    assert (statuses(owner_url), start_of(owner_url, world, "Opening Keynote")) == (["suggested"], at("10:00"))


def test_a_job_that_is_asked_to_slow_down_again_and_again_keeps_trying_for_hours() -> None:
    total = 0.0
    for attempts in range(1, 300):
        job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="say", attempts=attempts)
        decision = RetryWhenItHelps().get_retry_decision(exception=Upstream(retry_after=1), job=job)
        assert decision is not None
        assert decision.retry_at is not None
        total += (decision.retry_at - datetime.now(UTC)).total_seconds()
    assert total > 3600  # a second each would be five minutes


async def test_what_nobody_can_see_is_taken_out_of_what_the_model_says_before_it_becomes_an_action(
    db: Database, owner_url: str, database_url: str
) -> None:
    await make_world(db)
    said = {"changes": {"title": "Light\u200bing\u202e for\u2066  all"}, "schedule_id": "Lighting Basics"}
    rt, *_ = runtime(db, calls(("update_schedule_item", said)), says("It waits."))
    await suggested(rt, slack_message("rename it"), database_url)
    [row] = log_rows(owner_url)
    assert row["action_data"]["args"]["set"] == {"title": "Lighting for all"}
