"""What is risky runs only for somebody who did what the risk asks for; checked by code, on both platforms alike."""

from dataclasses import replace
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.opening import on_open
from core.kernel.cards import Card, Sheet
from core.kernel.messages import InboundMessage, MessageRef
from core.kernel.phrases import phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.flows.office import (
    BOT_1,
    MOVE,
    change,
    log_rows,
    press,
    slack_message,
    states,
    statuses,
    suggested,
    telegram_message,
)
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

DELETE = ("delete_schedule_item", {"schedule_id": "Opening Keynote"})
HARMLESS = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"speaker_name": "Noa Katz"}})
FIRST = phrase("gesture-acknowledge-first")


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def only(platform: FakePlatform) -> Card:
    [card] = platform.cards.values()
    return card


def answer(text: str, ref: MessageRef, user: str = "7001", event: str = "A1") -> InboundMessage:
    return replace(telegram_message(text, user=user, event=event), reply_to=ref)


async def test_a_risky_change_runs_only_when_every_consequence_was_ticked(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    card = only(slack)
    asked = all_that_it_asks(card)
    assert (card.gesture, len(card.consequences) > 1) == ("acknowledge", True)
    for evidence in ({}, {**asked, "read": "0"}, {**asked, "shown": "another card"}):
        told = await on_decision(rt, replace(press(card.suggestion_id), evidence=evidence))
        assert told == say("he", FIRST)
    assert statuses(owner_url) == ["suggested"]
    assert await on_decision(rt, replace(press(card.suggestion_id), evidence=asked)) is None
    await drain(rt, database_url)
    assert (states(slack), statuses(owner_url)) == (["executed"], ["executed"])
    [row] = log_rows(owner_url)
    assert row["decided_from"] == {"platform": "slack", "channel": "D1", **asked}


@pytest.mark.parametrize("vips", [5, 6, 12])
async def test_what_touches_many_vips_is_approved_by_ticking_what_the_card_has(
    db: Database, world: World, owner_url: str, database_url: str, vips: int
) -> None:
    owner_run(
        owner_url,
        f"""with added as (
            insert into public.participants (organization_id, event_id, full_name, is_vip)
            select '{world.organization_id}', '{world.event_id}', 'Guest ' || number, true
            from generate_series(2, {vips}) as number returning id)
        insert into public.participant_schedules (organization_id, schedule_id, participant_id)
        select '{world.organization_id}', '{world.sessions["Opening Keynote"]}', id from added""",
    )
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    card = only(slack)
    [row] = log_rows(owner_url)
    assert len(row["impact"]["vips"]) == vips
    evidence = all_that_it_asks(card)
    short = {**evidence, "read": evidence["read"].rpartition(",")[0]}
    assert await on_decision(rt, replace(press(card.suggestion_id), evidence=short)) == say("he", FIRST)
    assert await on_decision(rt, replace(press(card.suggestion_id), evidence=evidence)) is None
    assert statuses(owner_url) == ["executed"]


async def test_the_same_bare_press_runs_what_is_not_risky(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(HARMLESS), says("It waits."))
    await suggested(rt, slack_message("another speaker"), database_url)
    assert only(slack).gesture in {"confirm", "approve_reject"}
    assert await on_decision(rt, replace(press(only(slack).suggestion_id), evidence={})) is None
    assert statuses(owner_url) == ["executed"]


async def test_in_telegram_the_approve_button_comes_with_the_acknowledgement(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", user="7001"), database_url)
    [ref] = telegram.cards
    suggestion, name = only(telegram).suggestion_id, world.people["manager"].name

    async def pressed(verdict: Any) -> str | None:
        decision = replace(press(suggestion, verdict), sender=telegram_message("", "7001").sender, pressed=ref)
        told = await on_decision(rt, replace(decision, evidence={}))
        await drain(rt, database_url)
        return told

    assert await pressed("approve") == say("he", FIRST)
    assert (await pressed("acknowledge"), only(telegram).acknowledged_by) == (None, (name,))
    assert (await pressed("acknowledge"), only(telegram).acknowledged_by) == (None, (name,))
    assert (await pressed("withdraw"), only(telegram).acknowledged_by) == (None, ())
    assert await pressed("approve") == say("he", FIRST)
    await pressed("acknowledge")
    assert (await pressed("approve"), states(telegram), statuses(owner_url)) == (None, ["executed"], ["executed"])


@pytest.mark.parametrize("forgets", [False, True], ids=["as-it-is", "the-twin"])
async def test_withdrawn_twice_is_withdrawn(
    db: Database, world: World, owner_url: str, database_url: str, forgets: bool
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    suggestion = only(slack).suggestion_id
    for verdict in ("acknowledge", "withdraw", "withdraw"):
        await on_decision(rt, replace(press(suggestion, verdict), evidence={}))
        await drain(rt, database_url)
    assert only(slack).acknowledged_by == ()
    if forgets:
        # As if the second press had turned the first one round.
        owner_run(owner_url, "update public.acknowledgements set withdrawn_at = null")
    told = await on_decision(rt, replace(press(suggestion), evidence={}))
    assert (told, statuses(owner_url)) == ((None, ["executed"]) if forgets else (say("he", FIRST), ["suggested"]))


async def test_what_one_person_acknowledged_approves_nothing_for_another(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    suggestion = only(slack).suggestion_id
    assert await on_decision(rt, press(suggestion, "acknowledge", user="UOWNER")) is None
    told = await on_decision(rt, replace(press(suggestion), evidence={}))
    assert (told, statuses(owner_url)) == (say("he", FIRST), ["suggested"])


async def test_what_others_acknowledged_is_theirs_though_it_could_be_read(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """The claim asks for the presser's own; row-level security, which shows nobody else's, is opened here."""
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    suggestion = only(slack).suggestion_id
    owner_run(owner_url, "create policy open on public.acknowledgements for select to authenticated using (true)")
    assert await on_decision(rt, press(suggestion, "acknowledge", user="UOWNER")) is None
    told = await on_decision(rt, replace(press(suggestion), evidence={}))
    assert (told, statuses(owner_url)) == (say("he", FIRST), ["suggested"])


async def test_an_acknowledgement_counts_for_the_card_as_it_was_and_for_no_fresh_one(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    old = only(slack).suggestion_id
    await on_decision(rt, press(old, "acknowledge"))
    await change(db, world, "update public.schedules set title = 'Opening' where title = 'Opening Keynote'")
    assert await on_decision(rt, replace(press(old), evidence={})) == say("he", phrase("decision-moved"))
    await drain(rt, database_url)
    fresh = only(slack)
    assert (fresh.acknowledged_by, fresh.suggestion_id == old) == ((), False)
    assert await on_decision(rt, replace(press(fresh.suggestion_id), evidence={})) == say("he", FIRST)


@pytest.mark.parametrize("user", ["USTAFF", "UVIEWER"])
async def test_only_who_may_decide_can_acknowledge(db: Database, world: World, database_url: str, user: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    told = await on_decision(rt, press(only(slack).suggestion_id, "acknowledge", user=user))
    await drain(rt, database_url)
    assert (told, only(slack).acknowledged_by) == (say("en", phrase("decision-not-allowed")), ())


async def test_what_cannot_be_taken_back_runs_only_by_its_word_in_an_answer_to_its_card(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, model = runtime(db, calls(DELETE), says("It waits."), says("Because you asked."))
    await suggested(rt, telegram_message("remove it", user="7001"), database_url)
    [ref] = telegram.cards
    card = only(telegram)
    assert (card.gesture, card.word) == ("type_word", phrase("word-delete"))
    thinking = len(model.requests)
    await on_message(rt, answer("yes", ref))
    await drain(rt, database_url)
    wanted = say("he", phrase("gesture-word", word=phrase("word-delete")))
    assert (telegram.said[-1][1], statuses(owner_url), len(model.requests)) == (wanted, ["suggested"], thinking)
    await on_message(rt, answer("why is that so important?", ref, event="A2"))
    await drain(rt, database_url)
    assert (telegram.said[-1][1], statuses(owner_url)) == ("Because you asked.", ["suggested"])
    await on_message(rt, answer("מחק", ref, event="A3"))
    await drain(rt, database_url)
    assert (states(telegram), statuses(owner_url)) == (["executed"], ["executed"])


async def test_the_word_of_somebody_who_may_not_decide_is_only_something_said(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(DELETE), says("It waits."), says("A manager decides."))
    await suggested(rt, telegram_message("remove it", user="7002"), database_url)
    [ref] = telegram.cards
    await on_message(rt, answer("DELETE", ref, user="7002"))
    await drain(rt, database_url)
    assert (statuses(owner_url), telegram.said[-1][1]) == (["suggested"], "A manager decides.")


async def test_an_answer_to_what_is_no_card_is_only_something_said(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(DELETE), says("It waits."), says("Delete what?"))
    await suggested(rt, telegram_message("remove it", user="7001"), database_url)
    [ref] = telegram.cards
    await on_message(rt, answer("DELETE", MessageRef("telegram", BOT_1, ref.channel, "999")))
    assert statuses(owner_url) == ["suggested"]


async def test_the_modal_shows_the_card_to_whoever_may_decide_and_says_why_to_others(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    card = only(slack)
    assert await on_open(rt, press(card.suggestion_id)) == Sheet(verdict="approve", card=card, locale="he")
    assert await on_open(rt, press(card.suggestion_id, user="USTAFF")) == say("en", phrase("decision-not-allowed"))
    assert await on_decision(rt, press(card.suggestion_id, "reject")) is None
    told = await on_open(rt, press(card.suggestion_id))
    assert (isinstance(told, str), told != "") == (True, True)
