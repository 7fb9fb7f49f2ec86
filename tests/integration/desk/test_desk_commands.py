"""`/pending` and `/mine`: the cards that wait, as copies that stay true, and what became of one's own wishes."""

import pytest

from core.db import Database
from core.flows.desk import desk_of
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.messages import Decision, InboundMessage, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import Role
from core.policies.models import Policy
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.gestures import evidence
from tests.integration.flows.office import (
    BOT_1,
    MOVE,
    log_rows,
    press,
    slack_message,
    statuses,
    suggested,
    telegram_message,
)
from tests.integration.policies.rules import rule
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

TWELVE_MORE = """
insert into public.ai_insights_log
select (jsonb_populate_record(
    entry, jsonb_build_object('id', gen_random_uuid(), 'correlation_id', gen_random_uuid()))).*
from public.ai_insights_log as entry, generate_series(1, 12) where entry.kind = 'suggestion'
"""
OWNER, MANAGER, STAFF, VIEWER = "7000", "7001", "7002", "7003"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def hears(rt: Runtime, telegram: FakePlatform, message: InboundMessage, database_url: str) -> list[str]:
    """Say something; return what is said in answer to it."""
    before = len(telegram.said)
    await on_message(rt, message)
    await drain(rt, database_url)
    return [text for _channel, text in telegram.said[before:]]


def rename(title: str, number: int) -> tuple[str, dict[str, object]]:
    return ("update_schedule_item", {"schedule_id": title, "changes": {"title": f"Title {number}"}})


async def test_what_waits_is_posted_again_and_every_copy_is_edited(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", MANAGER), database_url)
    [row] = log_rows(owner_url)
    asked = telegram_message("/pending", MANAGER, event="E2")
    name = world.people["manager"].name
    assert await hears(rt, telegram, asked, database_url) == [say("he", phrase("desk-waiting", count=1, name=name))]
    assert await hears(rt, telegram, asked, database_url) == []
    shown = [(ref.channel, card.suggestion_id, len(card.buttons) > 0) for ref, card in telegram.cards.items()]
    assert shown == [(MANAGER, row["id"], True)] * 2
    assert (
        await on_decision(rt, press(row["id"], message=next(iter(slack.cards)).message, channel="C1MANAGERS")) is None
    )
    await drain(rt, database_url)
    assert [card.state for card in (*telegram.cards.values(), *slack.cards.values())] == ["executed"] * 3
    nothing = telegram_message("/pending", MANAGER, event="E3")
    assert await hears(rt, telegram, nothing, database_url) == [say("he", phrase("desk-waiting-none", name=name))]


async def test_a_new_copy_can_be_pressed(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    await hears(rt, telegram, telegram_message("/pending", OWNER, event="E2"), database_url)
    [ref] = telegram.cards
    decision = Decision(
        event_id="P1",
        sender=telegram_message("", OWNER).sender,
        suggestion_id=row["id"],
        verdict="approve",
        pressed=MessageRef("telegram", BOT_1, OWNER, ref.message),
        evidence=evidence(row["id"]),
    )
    assert await on_decision(rt, decision) is None
    await drain(rt, database_url)
    assert (statuses(owner_url), telegram.cards[ref].state) == (["executed"], "executed")


async def test_at_most_five_cards_come_and_the_rest_is_counted(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    titles = [*list(world.sessions)[1:], "Opening Keynote"]
    script = [each for n in range(7) for each in (calls(rename(titles[n % 5], n)), says("It waits."))]
    rt, _slack, telegram, _model = runtime(db, *script)
    for number in range(7):
        await on_message(rt, slack_message("rename it", event=f"E{number}"))
    await drain(rt, database_url)
    told = await hears(rt, telegram, telegram_message("/pending", OWNER, event="E9"), database_url)
    name = world.people["owner"].name
    assert told == [
        say("en", phrase("desk-waiting", count=7, name=name)),
        say("en", phrase("desk-waiting-more", count=2)),
    ]
    newest = [row["id"] for row in reversed(log_rows(owner_url))][:5]
    assert [card.suggestion_id for card in telegram.cards.values()] == newest


async def test_who_may_not_decide_is_told_where_to_look(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    name = world.people["staff"].name
    told = await hears(rt, telegram, telegram_message("/pending", STAFF, event="E2"), database_url)
    assert (told, telegram.cards) == ([say("en", phrase("desk-not-deciding", name=name))], {})


async def test_somebody_sees_what_became_of_what_they_asked_for(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(
        db, calls(MOVE), says("It waits."), calls(rename("Closing Panel", 1)), says("It waits.")
    )
    ask = telegram_message("/mine", STAFF, event="E1")
    name = world.people["staff"].name
    assert await hears(rt, telegram, ask, database_url) == [say("en", phrase("desk-mine-none", name=name))]
    await suggested(rt, telegram_message("move it", STAFF, event="E2"), database_url)
    await suggested(rt, telegram_message("rename it", STAFF, event="E3"), database_url)
    move = log_rows(owner_url)[0]["id"]
    assert await on_decision(rt, press(move)) is None
    await drain(rt, database_url)
    [told] = await hears(rt, telegram, telegram_message("/mine", STAFF, event="E4"), database_url)
    cards = {card.suggestion_id: card for card in telegram.cards.values()}
    done = cards[move]
    assert done.outcome is not None
    [waits] = [card for card in cards.values() if card.state == "suggested"]
    assert told.split("\n") == [
        say("en", phrase("desk-mine", count=2)),
        "- " + say("en", phrase("desk-mine-waits", title=waits.title)),
        "- " + say("en", phrase("desk-mine-decided", title=done.title, outcome=done.outcome)),
    ]


async def test_a_long_list_says_how_many_it_leaves_out(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", STAFF), database_url)
    owner_run(owner_url, TWELVE_MORE)
    [told] = await hears(rt, telegram, telegram_message("/mine", STAFF, event="E2"), database_url)
    first, *lines, last = told.split("\n")
    assert (first, len(lines), last) == (
        say("en", phrase("desk-mine", count=13)),
        10,
        say("en", phrase("desk-mine-more", count=3)),
    )


async def test_the_model_never_hears_of_it(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, _slack, telegram, model = runtime(db)
    for number, text in enumerate(("/pending", "/mine", "/pending now")):
        await hears(rt, telegram, telegram_message(text, MANAGER, event=f"E{number}"), database_url)
    assert model.requests == []
    kept = owner_rows(owner_url, "select role, contents from public.messages order by created_at, id")
    assert [(row["role"], row["contents"]) for row in kept] == [("user", None), ("assistant", None)] * 3


async def test_the_linked_alone_have_a_desk(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, _slack, telegram, _model = runtime(db)
    stranger = telegram_message("/pending", "9999")
    assert await hears(rt, telegram, stranger, database_url) == [say("en", phrase("link-invitation"))]


@pytest.mark.parametrize(("user", "said"), [(MANAGER, "/pending"), (STAFF, "/mine")])
async def test_help_says_what_somebody_may_do_and_is_no_greeting(
    db: Database, world: World, database_url: str, user: str, said: str
) -> None:
    rt, _slack, telegram, _model = runtime(db)
    for number, text in enumerate(("/help", "/start")):
        await on_message(rt, telegram_message(text, user=user, event=f"H{number}"))
    await drain(rt, database_url)
    helped, greeted = [text for _channel, text in telegram.said]
    assert (helped != greeted, said in helped, "\n- " in helped) == (True, True, True)


@pytest.mark.parametrize(
    ("policy", "user", "role", "is_offered"),
    [
        # An owner who cannot approve it alone, and nobody else: a manager would be refused.
        (Policy(two_people_for=("high",)), OWNER, "owner", True),
        (Policy(two_people_for=("high",)), MANAGER, "manager", False),
        # An owner whom the policy lets approve it alone has nothing to go past.
        (Policy(askers_may_approve=False), OWNER, "owner", False),
    ],
)
async def test_going_past_the_policy_is_offered_to_whom_it_is_for(
    db: Database,
    world: World,
    owner_url: str,
    database_url: str,
    policy: Policy,
    user: str,
    role: Role,
    is_offered: bool,
) -> None:
    await rule(db, world, policy)
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", STAFF), database_url)
    await hears(rt, telegram, telegram_message("/pending", user, event="E2"), database_url)
    [shown] = [card for ref, card in telegram.cards.items() if ref.channel == user]
    [home] = (await desk_of(rt, world.people[role])).waiting
    verdicts = [{each.verdict for each in card.buttons} for card in (shown, home)]
    assert ["break_glass" in each for each in verdicts] == [is_offered, is_offered]
    # Where several read along it stays, for it may be an owner who does.
    assert [any(each.verdict == "break_glass" for each in card.buttons) for card in slack.cards.values()] == [True]
