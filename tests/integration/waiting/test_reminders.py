"""What waits is not forgotten: managers are reminded, less and less often, and the backup is asked directly, once."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from core.actions.waiting.reminders import queries as plans
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.flows.waiting.reminding import remind
from core.kernel.errors import Unreachable
from core.kernel.phrases import phrase
from core.policies.models import Named, Snapshot
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import MOVE, press, slack_message, statuses, suggested, telegram_message
from tests.owner import owner_rows, owner_run
from tests.world import MANAGERS, World, make_world

pytestmark = pytest.mark.db

MOVED = "“Change: Opening Keynote · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00”"
HEBREW_MOVED = "”שינוי: Opening Keynote · יום ה׳, 1 במאי · 14:00 עד 15:00 במקום 10:00 עד 11:00“"

BLOCKED = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Hall B"}})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def asked(owner_url: str, minutes: float, *, left: float = 600) -> None:
    """Let everything that waits have been asked so long ago, with so many minutes left; what is planned is due."""
    owner_run(
        owner_url,
        f"update public.ai_insights_log set suggested_at = now() - interval '{minutes} minutes', "
        f"deadline = now() + interval '{left} minutes' where execution_status = 'suggested'",
        "update public.suggestion_reminders set next_at = now() where next_at is not null",
    )


def plan(owner_url: str) -> list[dict[str, Any]]:
    return owner_rows(
        owner_url,
        "select sent, next_at is not null as goes_on, escalated_at is not null as escalated "
        "from public.suggestion_reminders",
    )


def plain(said: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(chat, text.translate({0x2068: None, 0x2069: None, 0x200F: None})) for chat, text in said]


async def reminded(rt: Runtime, database_url: str) -> int:
    count = await remind(rt)
    await drain(rt, database_url)
    return count


async def of_staff(db: Database, database_url: str, call: Any = MOVE) -> tuple[Runtime, FakePlatform, FakePlatform]:
    """Let field staff ask in Telegram, so that managers have the card in their Slack channel."""
    rt, slack, telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, telegram_message("move it"), database_url)
    telegram.said.clear()
    return rt, slack, telegram


async def test_managers_are_reminded_where_the_card_is_and_who_may_not_decide_is_left_alone(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram = await of_staff(db, database_url)
    assert await reminded(rt, database_url) == 0
    assert plan(owner_url) == [{"sent": 0, "goes_on": True, "escalated": False}]
    asked(owner_url, 14)
    assert (await reminded(rt, database_url), slack.said) == (0, [])
    asked(owner_url, 16)
    assert await reminded(rt, database_url) == 1
    [(chat, text)] = plain(slack.said)
    assert chat == MANAGERS
    assert text.startswith(f"Still waiting: {MOVED}, asked by Staff of Aleph Events. It waits until ")
    assert telegram.said == []
    assert (await reminded(rt, database_url), len(slack.said)) == (0, 1)
    assert plan(owner_url) == [{"sent": 1, "goes_on": True, "escalated": False}]


async def test_a_manager_who_asked_is_reminded_in_their_own_chat_and_language(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    slack.said.clear()
    asked(owner_url, 16)
    assert await reminded(rt, database_url) == 1
    # Nobody else has the card: the managers' channel hears nothing of it.
    [(chat, text)] = plain(slack.said)
    assert (
        chat,
        text.startswith(f"עדיין ממתין: {HEBREW_MOVED}, לבקשת Manager of Aleph Events. ההצעה ממתינה עד "),
    ) == (
        "D1",
        True,
    )


async def test_four_reminders_with_growing_waits_and_with_the_second_the_owners_are_asked_directly(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram = await of_staff(db, database_url)
    heard: list[tuple[int, int]] = []
    for minutes in (1, 16, 17, 44, 46, 47, 104, 106, 224, 226, 300, 500):
        asked(owner_url, minutes)
        await reminded(rt, database_url)
        heard.append((minutes, sum(chat == MANAGERS for chat, _text in slack.said)))
    assert [minutes for (minutes, now), (_, before) in zip(heard, [(0, 0), *heard], strict=False) if now > before] == [
        16,
        46,
        106,
        226,
    ]
    assert plan(owner_url) == [{"sent": 4, "goes_on": False, "escalated": True}]
    [directly] = [(chat, text) for chat, text in plain(slack.said) if chat == "UOWNER"]
    [as_well] = plain(telegram.said)
    assert (directly[1], as_well[0]) == (as_well[1], "7000")
    assert directly[1].startswith(
        f"Nobody has decided this yet, so you are asked: {MOVED}, asked by Staff of Aleph Events. "
    )
    assert sorted(ref.channel for ref in slack.cards) == [MANAGERS, "UOWNER"]
    assert sorted(ref.channel for ref in telegram.cards) == ["7000", "7002"]


async def test_the_backups_card_is_a_copy_like_any_other(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram = await of_staff(db, database_url)
    asked(owner_url, 46)
    await reminded(rt, database_url)
    [(ref, card)] = [(ref, card) for ref, card in slack.cards.items() if ref.channel == "UOWNER"]
    assert (
        await on_decision(rt, press(card.suggestion_id, user="UOWNER", message=ref.message, channel=ref.channel))
        is None
    )
    await drain(rt, database_url)
    assert statuses(owner_url) == ["executed"]
    assert {card.state for platform in (slack, telegram) for card in platform.cards.values()} == {"executed"}
    asked(owner_url, 200)
    assert await reminded(rt, database_url) == 0
    assert plan(owner_url) == [{"sent": 2, "goes_on": False, "escalated": True}]


async def test_a_backup_that_the_policy_names_is_asked_instead_in_their_language(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram = await of_staff(db, database_url)
    manager = world.people["manager"]
    kept = Snapshot(backup=(Named(id=manager.user_id, name=manager.name),))
    owner_run(owner_url, f"update public.ai_insights_log set policy = '{kept.model_dump_json()}'")
    asked(owner_url, 46)
    await reminded(rt, database_url)
    directly = {chat: text for chat, text in plain([*slack.said, *telegram.said]) if chat != MANAGERS}
    assert directly.keys() == {"UMANAGER", "7001"}
    assert all(text.startswith("אף אחד עוד לא החליט, ולכן הפנייה אליך: ") for text in directly.values())
    assert {slack.locales[ref] for ref in slack.cards if ref.channel == "UMANAGER"} == {"he"}


async def test_close_to_the_deadline_the_backup_is_asked_sooner(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram = await of_staff(db, database_url)
    asked(owner_url, 16, left=26)
    assert await reminded(rt, database_url) == 1
    assert plan(owner_url) == [{"sent": 1, "goes_on": True, "escalated": True}]
    assert sorted(chat for chat, _text in slack.said) == [MANAGERS, "UOWNER"]


async def test_whoever_asked_is_not_their_own_backup(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it", user="UOWNER"), database_url)
    asked(owner_url, 46)
    assert await reminded(rt, database_url) == 1
    assert ([ref.channel for ref in slack.cards], telegram.said) == (["D1"], [])


@pytest.mark.parametrize(
    ("minutes", "left"), [(3, 1.9), (30, 0.5), (16, -1)], ids=["too short", "last minute", "run out"]
)
async def test_where_nobody_would_read_it_nothing_is_said(
    db: Database, world: World, owner_url: str, database_url: str, minutes: float, left: float
) -> None:
    rt, slack, telegram = await of_staff(db, database_url)
    asked(owner_url, minutes, left=left)
    assert await reminded(rt, database_url) == 0
    assert (slack.said, telegram.said) == ([], [])


async def test_what_is_blocked_waits_for_nobody(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, slack, _telegram = await of_staff(db, database_url, BLOCKED)
    asked(owner_url, 60)
    assert (await reminded(rt, database_url), slack.said, plan(owner_url)) == (0, [], [])


async def test_a_backup_who_cannot_be_reached_says_nothing_about_the_managers(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    telegram.broken = Unreachable()
    asked(owner_url, 46)
    assert await reminded(rt, database_url) == 1
    unreachable = say("he", phrase("card-unreachable"))
    assert (sorted(ref.channel for ref in slack.cards), unreachable in [text for _chat, text in slack.said]) == (
        ["D1", "UOWNER"],
        False,
    )


WAITING, WORKERS = 30, 8


async def many(db: Database, world: World, owner_url: str, database_url: str) -> Runtime:
    """Let many suggestions wait, whose cards stand in the managers' channel, and whose reminders are due."""
    rt, _slack, _telegram = await of_staff(db, database_url)
    [row] = owner_rows(owner_url, "select id from public.ai_insights_log where kind = 'suggestion'")
    for _ in range(WAITING - 1):
        fresh = uuid4()
        owner_run(
            owner_url,
            "insert into public.ai_insights_log select (jsonb_populate_record(entry, jsonb_build_object("
            f"'id', '{fresh}', 'correlation_id', '{uuid4()}'))).* from public.ai_insights_log as entry "
            f"where id = '{row['id']}'",
            "insert into public.card_copies (organization_id, suggestion_id, platform, workspace, channel, message, "
            f"locale, can_decide, shown_status) values ('{world.organization_id}', '{fresh}', 'slack', 'T1', "
            f"'{MANAGERS}', '{fresh}', 'en', true, 'suggested')",
        )
    asked(owner_url, 16)
    return rt


async def test_of_each_one_reminder_goes_out_however_many_workers_look(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt = await many(db, world, owner_url, database_url)
    counts = await asyncio.gather(*(remind(rt) for _ in range(WORKERS)))
    assert sum(counts) == WAITING
    queued = owner_rows(
        owner_url, "select from procrastinate.procrastinate_jobs where task_name = 'say' and status = 'todo'"
    )
    assert len(queued) == WAITING
    assert {row["sent"] for row in plan(owner_url)} == {1}


async def test_without_the_lock_two_workers_remind_of_the_same(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """The twin: what keeps the second worker away is the lock that it skips."""
    rt, _slack, _telegram = await of_staff(db, database_url)
    await remind(rt)
    asked(owner_url, 16)
    unlocked = plans.DUE.replace("for update of plan skip locked", "")
    assert unlocked != plans.DUE
    found: list[tuple[int, int]] = []
    for query in (plans.DUE, unlocked):
        async with db.as_system() as one, db.as_system() as other:
            both = [await (await tx.execute(query, {"most": 9})).fetchall() for tx in (one, other)]
            found.append((len(both[0]), len(both[1])))
    assert found == [(1, 0), (1, 1)]


async def test_a_copy_that_only_a_reader_has_is_no_place_to_remind(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """Staff who ask in some other channel see a card there that they cannot decide."""
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it", user="USTAFF", channel="C7"), database_url)
    slack.said.clear()
    asked(owner_url, 16)
    assert await reminded(rt, database_url) == 1
    assert [chat for chat, _text in slack.said] == [MANAGERS]
    assert sorted(ref.channel for ref in slack.cards) == [MANAGERS, "C7"]
