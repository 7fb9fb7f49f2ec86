"""The main way through the house: a message becomes a suggestion, a decision becomes a change, every card tells it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.db import Database
from core.flows.expire import expire
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address, Decision, InboundMessage, MessageRef, Verdict
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.gestures import evidence
from tests.owner import owner_rows, owner_run
from tests.world import BOT, MANAGERS, NOW, TEAM, World, at, make_world

pytestmark = pytest.mark.db

MOVE = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"start_time": "14:00"}})
BLOCKED = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Hall B"}})


def slack_message(text: str, user: str = "UMANAGER", event: str = "E1") -> InboundMessage:
    return InboundMessage(
        event_id=event,
        sender=ChatUser("slack", TEAM, user),
        address=Address("slack", TEAM, "D1"),
        text=text,
        direct=True,
    )


def telegram_message(text: str, user: str = "7002", event: str = "E1") -> InboundMessage:
    return InboundMessage(
        event_id=event,
        sender=ChatUser("telegram", f"{BOT}1", user),
        address=Address("telegram", f"{BOT}1", user),
        text=text,
        direct=True,
    )


def press(suggestion: UUID | None, verdict: Verdict | None, user: str = "UMANAGER", message: str = "1") -> Decision:
    return Decision(
        event_id=f"press-{suggestion}-{user}",
        sender=ChatUser("slack", TEAM, user),
        suggestion_id=suggestion,
        verdict=verdict,
        pressed=MessageRef("slack", TEAM, "D1", message),
        evidence=evidence(suggestion) if verdict == "approve" else {},
    )


def log_rows(owner_url: str, what: str = "kind = 'suggestion'") -> list[dict[str, Any]]:
    return owner_rows(owner_url, f"select * from public.ai_insights_log where {what} order by created_at, id")


def start_of(owner_url: str, world: World, title: str) -> Any:
    rows = owner_rows(owner_url, "select start_time from public.schedules where id = %s", (world.sessions[title],))
    return rows[0]["start_time"] if rows else None


def states(platform: FakePlatform) -> list[str]:
    return [card.state for card in platform.cards.values()]


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_a_question_is_answered_at_once_and_logged(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db, calls(("get_agenda", {"at": "10:00"})), says("Dana Levi, in Hall A."))
    await on_message(rt, slack_message("Who speaks in Hall A at 10?"))
    await drain(rt, database_url)
    assert slack.said == [("D1", "Dana Levi, in Hall A.")]
    assert slack.cards == {}
    [entry] = log_rows(owner_url, "kind = 'read'")
    assert (entry["action_type"], entry["execution_status"], entry["action_data"]) == (
        "get_agenda",
        "executed",
        {
            "args": {"at": "10:00"},
            "user_message": "Who speaks in Hall A at 10?",
            "correlation_id": str(entry["correlation_id"]),
        },
    )
    assert entry["message_id"] is not None
    answer = model.requests[1].contents[-1]["parts"][0]["function_response"]["response"]
    assert [session["title"] for session in answer["sessions"]] == ["Opening Keynote", "Lighting Basics"]


async def test_the_same_delivery_is_answered_once(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, model = runtime(db, says("Hello."), says("Hello again."))
    await on_message(rt, slack_message("hi"))
    await on_message(rt, slack_message("hi"))
    await drain(rt, database_url)
    assert slack.said == [("D1", "Hello.")]
    assert len(model.requests) == 1


async def test_a_managers_change_waits_runs_once_and_shows_on_the_card(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits for approval."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    assert start_of(owner_url, world, "Opening Keynote") == at("10:00")
    [card] = slack.cards.values()
    assert (card.state, card.risk, [button.verdict for button in card.buttons]) == (
        "suggested",
        "high",
        ["acknowledge", "approve", "reject", "edit", "show"],
    )
    assert [say("en", line) for line in card.impact] == [
        "\u20682\u2069 registered people are affected.",
        "VIP: \u2068Ruth Bar\u2069 (\u2068Sits in the front row\u2069)",
    ]
    assert await on_decision(rt, press(card.suggestion_id, "approve")) is None
    await drain(rt, database_url)
    assert start_of(owner_url, world, "Opening Keynote") == at("14:00")
    [card] = slack.cards.values()
    assert (card.state, [button.verdict for button in card.buttons]) == ("executed", ["undo"])
    [row] = log_rows(owner_url)
    manager = world.people["manager"].user_id
    assert (row["execution_status"], row["approved_by"], row["user_id"]) == ("executed", manager, manager)
    assert None not in {row["approved_at"], row["executed_at"], row["message_id"]}


async def test_field_staffs_suggestion_goes_to_the_managers_and_the_decision_comes_back_to_both(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("ממתין לאישור."))
    await on_message(rt, telegram_message("move the keynote to 14:00"))
    await drain(rt, database_url)
    [(asked_at, asked)] = telegram.cards.items()
    [(decided_at, decided)] = slack.cards.items()
    assert (asked_at.channel, asked.buttons) == ("7002", ())
    assert (decided_at.channel, len(decided.buttons)) == (MANAGERS, 5)
    assert await on_decision(rt, press(decided.suggestion_id, "reject", user="UOWNER")) is None
    await drain(rt, database_url)
    assert (states(slack)[0], states(telegram)) == ("rejected", ["rejected"])


async def test_a_blocked_change_has_no_approve_button_and_says_what_to_do(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(BLOCKED), says("That room is taken."))
    await on_message(rt, slack_message("Move the keynote to Hall B"))
    await drain(rt, database_url)
    [card] = slack.cards.values()
    assert [button.verdict for button in card.buttons] == [*["alternative"] * 3, "edit", "reject", "show"]
    assert card.notice == phrase("notice-blocked")
    told = await on_decision(rt, press(card.suggestion_id, "approve"))
    assert told == say("he", phrase("notice-blocked"))
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["suggested"]


async def test_when_the_world_moved_nothing_runs_and_a_fresh_card_is_shown(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    [old] = slack.cards.values()
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(
            "update public.schedules set room = 'Hall A', start_time = %s, end_time = %s where id = %s",
            (at("14:30"), at("15:30"), world.sessions["ניהול קהל"]),
        )
    told = await on_decision(rt, press(old.suggestion_id, "approve"))
    await drain(rt, database_url)
    assert told == say("he", phrase("decision-blocked-now"))
    assert start_of(owner_url, world, "Opening Keynote") == at("10:00")
    [fresh] = slack.cards.values()
    assert fresh.suggestion_id != old.suggestion_id
    assert [caution.severity for caution in fresh.warnings] == ["error", "warning"]
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["superseded", "suggested"]


async def test_a_session_that_was_removed_meanwhile_ends_the_suggestion(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    [card] = slack.cards.values()
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute("delete from public.schedules where id = %s", (world.sessions["Opening Keynote"],))
    assert await on_decision(rt, press(card.suggestion_id, "approve")) == say("he", phrase("session-gone"))
    await drain(rt, database_url)
    assert states(slack) == ["failed"]
    assert [row["execution_error"] for row in log_rows(owner_url)] == ["session-gone"]


@pytest.mark.parametrize(
    ("user", "told"),
    [("USTAFF", phrase("decision-not-allowed")), ("UVIEWER", phrase("decision-not-allowed"))],
)
async def test_who_may_not_decide_is_told_so_privately_and_nothing_changes(
    db: Database, world: World, owner_url: str, database_url: str, user: str, told: Any
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    [card] = slack.cards.values()
    assert await on_decision(rt, press(card.suggestion_id, "approve", user=user)) == say("en", told)
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["suggested"]
    assert [row["execution_error"] for row in log_rows(owner_url, "kind = 'refusal'")] == ["decision-not-allowed"]


async def test_another_organisations_suggestion_is_one_that_does_not_exist(
    db: Database, world: World, database_url: str
) -> None:
    await make_world(db, "Beth Shows", team="T2")
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    [card] = slack.cards.values()
    foreign = Decision(
        event_id="P",
        sender=ChatUser("slack", "T2", "UMANAGER"),
        suggestion_id=card.suggestion_id,
        verdict="approve",
        pressed=MessageRef("slack", "T2", "D9", "1"),
    )
    unknown = press(None, None)
    assert await on_decision(rt, foreign) == await on_decision(rt, unknown) == say("he", phrase("decision-unknown"))


async def test_a_press_by_somebody_who_is_not_linked_gets_a_sentence_in_both_languages(
    db: Database, world: World
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    told = await on_decision(rt, press(None, None, user="USTRANGER"))
    assert told == "\n".join(say(locale, phrase("decision-not-linked")) for locale in ("en", "he"))


async def test_a_second_press_is_told_who_decided(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    await drain(rt, database_url)
    [card] = slack.cards.values()
    assert await on_decision(rt, press(card.suggestion_id, "approve")) is None
    told = await on_decision(rt, press(card.suggestion_id, "reject", user="UOWNER"))
    assert told is not None
    assert told.startswith("\u2068\u2068Manager of Aleph Events\u2069\u2069 already approved this")


async def test_a_stranger_gets_the_way_in_and_nothing_else(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, model = runtime(db)
    await on_message(rt, slack_message("What is on at 10?", user="USTRANGER"))
    await drain(rt, database_url)
    assert slack.said == [("D1", say("en", phrase("link-invitation")))]
    assert model.requests == []


async def test_somebody_whom_slack_vouches_for_is_linked_in_a_claimed_workspace(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, says("Hello."))
    slack.emails["UNEW"] = "OWNER@aleph.example"
    await on_message(rt, slack_message("hi", user="UNEW"))
    await drain(rt, database_url)
    assert slack.said == [("D1", "Hello.")]


async def test_a_viewer_is_offered_no_write_tool_and_cannot_reach_one(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db, calls(MOVE), says("You may only read."))
    await on_message(rt, slack_message("Move the keynote", user="UVIEWER"))
    await drain(rt, database_url)
    offered = {tool.name for tool in model.requests[0].tools}
    assert not offered & {"create_schedule_item", "update_schedule_item", "delete_schedule_item"}
    assert slack.cards == {}
    assert [row["execution_error"] for row in log_rows(owner_url, "kind = 'refusal'")] == ["unknown_tool"]


async def test_when_the_model_is_down_the_person_is_told_and_the_message_is_kept(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, Upstream(phrase("model-down")))
    await on_message(rt, slack_message("What is on?", user="UOWNER"))
    await drain(rt, database_url)
    assert slack.said == [("D1", say("en", phrase("model-down")))]
    assert [row["execution_error"] for row in log_rows(owner_url, "kind = 'error'")] == ["model-down"]
    kept = owner_rows(owner_url, "select role, text from public.messages order by created_at, id")
    assert kept[0] == {"role": "user", "text": "What is on?"}


async def test_a_bug_gets_an_id_in_the_log_and_a_neutral_sentence(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, RuntimeError("secret detail"))
    await on_message(rt, slack_message("What is on?", user="UOWNER"))
    await drain(rt, database_url)
    [(_channel, text)] = slack.said
    assert "secret detail" not in text
    [row] = log_rows(owner_url, "kind = 'error'")
    assert row["execution_error"].removeprefix("bug ") in text


async def test_what_nobody_decided_expires_on_every_copy(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, telegram_message("move the keynote to 14:00"))
    await drain(rt, database_url)
    owner_run(owner_url, "update public.ai_insights_log set deadline = now() - interval '1 second'")
    assert await expire(rt) == 1
    await drain(rt, database_url)
    assert (states(slack), states(telegram)) == (["expired"], ["expired"])
    [card] = slack.cards.values()
    told = await on_decision(rt, press(card.suggestion_id, "approve"))
    assert told is not None
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["expired"]


async def test_the_suggestion_waits_no_longer_than_until_its_session_starts(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("Move the opening keynote to 14:00"))
    [row] = log_rows(owner_url)
    assert row["deadline"] == at("10:00") == NOW + timedelta(hours=1)


async def test_a_managers_channel_that_is_gone_is_told_to_the_asker(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    slack.broken = Unreachable()
    await on_message(rt, telegram_message("move the keynote to 14:00"))
    await drain(rt, database_url)
    assert [text for _channel, text in telegram.said] == ["It waits.", say("en", phrase("card-asked-directly"))]
