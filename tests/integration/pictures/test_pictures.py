"""A change of time or room comes with a picture of the rooms; nothing else does, and it is in no card's way."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core.db import Database
from core.delivery import queries as copies
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.picturing import show_picture
from core.flows.runtime import Runtime
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Verdict
from core.texts import plain
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import (
    MOVE,
    change,
    hurry,
    log_rows,
    press,
    slack_message,
    states,
    suggested,
    telegram_message,
)
from tests.owner import owner_rows, owner_run
from tests.world import MANAGERS, World, make_world

pytestmark = pytest.mark.db

SAID = "Change: Opening Keynote · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00. The rooms of Spring Conference."


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def pictures(platform: FakePlatform) -> list[tuple[str, str]]:
    """Where pictures were posted, and what they say in words."""
    assert all(png.startswith(b"\x89PNG") for _, png, _ in platform.pictures)
    return [(channel, plain(said)) for channel, _, said in platform.pictures]


def standing(platform: FakePlatform) -> dict[str, str]:
    """The pictures that are seen now, in words."""
    return {name: plain(said) for name, said in platform.standing.items()}


async def test_the_asker_and_the_managers_get_it_each_in_their_language(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, telegram, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("please", user="7002"), database_url)
    assert pictures(telegram) == [("7002", SAID)]
    assert pictures(slack) == [(MANAGERS, SAID)]


@pytest.mark.parametrize(
    "write",
    [
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"title": "Keynote"}}),
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
        ("set_vip", {"participant": "Eli Katz", "is_vip": True}),
    ],
)
async def test_what_moves_nothing_comes_without(
    db: Database, world: World, database_url: str, owner_url: str, write: tuple[str, dict[str, object]]
) -> None:
    rt, slack, _, _ = runtime(db, calls(write), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    assert (len(slack.cards), pictures(slack)) == (1, [])
    assert owner_rows(owner_url, "select * from public.suggestion_pictures") == []


async def test_what_takes_a_suggestions_place_brings_its_own(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    later = "start_time = start_time + interval '15 minutes', end_time = end_time + interval '15 minutes'"
    await change(db, world, f"update public.schedules set {later} where title = 'Opening Keynote'")
    assert await on_decision(rt, press(log_rows(owner_url)[0]["id"])) is not None
    await drain(rt, database_url)
    assert ["במקום 10:15 עד 11:15" in said for _, said in pictures(slack)] == [False, True]
    assert list(standing(slack)) == ["p2"]


async def test_the_card_is_there_before_its_picture_whatever_that_does(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    """Everything but the queue of pictures is worked off; nobody draws."""
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("please"))
    await drain(rt, database_url, queues=["slack/sending", "upkeep"])
    assert ([*states(slack)], slack.pictures) == (["suggested"], [])
    waiting = owner_rows(owner_url, "select queue_name, task_name from procrastinate.procrastinate_jobs")
    assert waiting == [{"queue_name": "slack/pictures", "task_name": "show_picture"}]
    await drain(rt, database_url)
    assert (len(slack.cards), [where for where, _ in pictures(slack)]) == (1, ["D1"])


async def test_a_picture_that_lags_behind_is_dropped_once_its_card_is_decided(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("please"))
    await drain(rt, database_url, queues=["slack/sending", "upkeep"])
    assert await on_decision(rt, press(log_rows(owner_url)[0]["id"], "reject")) is None
    await drain(rt, database_url)
    assert ([*states(slack)], slack.pictures) == (["rejected"], [])


async def test_what_is_decided_while_its_picture_is_sent_keeps_none(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    """Whoever edited the card looked for a picture before it was noted."""

    class Slow(FakePlatform):
        async def picture(self, *args: Any, **more: Any) -> str | None:
            made = await super().picture(*args, **more)
            assert await on_decision(rt, press(log_rows(owner_url)[0]["id"], "reject")) is None
            await drain(rt, database_url, queues=["slack/sending", "slack/decisions", "upkeep"])
            return made

    rt, _, _, _ = runtime(db, calls(MOVE), says("It waits."))
    slack = Slow("slack")
    rt = replace(rt, platforms={"slack": slack})
    await suggested(rt, slack_message("please"), database_url)
    assert ([*states(slack)], len(slack.pictures), slack.standing) == (["rejected"], 1, {})


async def test_who_dies_between_sending_and_noting_sends_no_second_picture(
    db: Database, world: World, database_url: str
) -> None:
    class Dying(FakePlatform):
        async def picture(self, *args: Any, **more: Any) -> str | None:
            await super().picture(*args, **more)
            raise asyncio.CancelledError

    rt, _, _, _ = runtime(db, calls(MOVE), says("It waits."))
    slack = Dying("slack")
    rt = replace(rt, platforms={"slack": slack})
    await on_message(rt, slack_message("please"))
    await drain(rt, database_url, queues=["slack/sending", "upkeep"])
    [copy] = [row["id"] for row in await db.run_as_system("select id from public.card_copies")]
    with pytest.raises(asyncio.CancelledError):
        await show_picture(rt, world.organization_id, copy)
    await drain(rt, database_url)
    assert ([*states(slack)], len(slack.pictures)) == (["suggested"], 1)


async def test_a_picture_is_begun_once_and_never_of_what_is_decided(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    """Two workers who looked at the same moment, and one who looked before the decision."""
    rt, _, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("please"))
    await drain(rt, database_url, queues=["slack/sending", "upkeep"])
    [found] = await db.run_as_system("select id from public.card_copies")
    async with db.as_system() as tx:
        copy = await copies.one(tx, world.organization_id, found["id"])
        assert copy is not None
        assert [await copies.begin_picture(tx, copy, copy.suggestion_id) for _worker in range(2)] == [True, False]
    owner_run(owner_url, "update public.card_copies set picture_of = null")
    assert await on_decision(rt, press(log_rows(owner_url)[0]["id"], "reject")) is None
    async with db.as_system() as tx:
        assert await copies.begin_picture(tx, copy, copy.suggestion_id) is False


@pytest.mark.parametrize("failure", [Unreachable(), Upstream()])
async def test_a_picture_that_is_refused_holds_up_no_card(
    db: Database, world: World, database_url: str, failure: Exception
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    slack.no_pictures = failure
    await suggested(rt, slack_message("please"), database_url)
    assert (len(slack.cards), slack.pictures) == (1, [])


LATER = "17:00 עד 18:00"


async def edited(rt: Runtime, database_url: str, owner_url: str) -> UUID:
    """Suggest a move, and edit it to another time; return what waits then."""
    await suggested(rt, slack_message("please"), database_url)
    edit = replace(press(log_rows(owner_url)[0]["id"], "edit"), evidence={"start": "2031-05-01T17:00"})
    assert await on_decision(rt, edit) is None
    await drain(rt, database_url)
    return log_rows(owner_url)[-1]["id"]


async def test_an_edit_replaces_the_picture_and_a_decision_takes_it_away(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    """What it calls "now" and "proposed" is not so any more, whatever was decided."""
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    fresh = await edited(rt, database_url, owner_url)
    assert ([*standing(slack)], LATER in standing(slack)["p2"], len(slack.pictures)) == (["p2"], True, 2)
    assert await on_decision(rt, press(fresh)) is None
    await drain(rt, database_url)
    assert (states(slack), standing(slack)) == (["executed"], {})


@pytest.mark.parametrize("verdict", ["approve", "reject"])
async def test_every_copy_loses_its_picture_when_it_is_decided(
    db: Database, world: World, database_url: str, owner_url: str, verdict: Verdict
) -> None:
    rt, slack, telegram, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("please", user="7002"), database_url)
    assert (len(standing(slack)), len(standing(telegram))) == (1, 1)
    [copy] = slack.cards
    decided = press(log_rows(owner_url)[0]["id"], verdict, message=copy.message, channel=copy.channel)
    assert await on_decision(rt, decided) is None
    await drain(rt, database_url)
    assert (standing(slack), standing(telegram)) == ({}, {})
    rows = owner_rows(owner_url, "select picture from public.card_copies where picture is not null")
    assert rows == []


async def test_a_picture_that_cannot_be_replaced_goes(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    slack.no_pictures = Unreachable()
    edit = replace(press(log_rows(owner_url)[0]["id"], "edit"), evidence={"start": "2031-05-01T17:00"})
    await on_decision(rt, edit)
    await drain(rt, database_url)
    assert (states(slack), standing(slack)) == (["suggested"], {})


async def test_a_picture_that_stays_for_now_holds_up_no_card_and_goes_later(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    slack.no_removal = Upstream()
    assert await on_decision(rt, press(log_rows(owner_url)[0]["id"])) is None
    await drain(rt, database_url)
    assert (states(slack), len(standing(slack))) == (["executed"], 1)
    slack.no_removal = None
    hurry(owner_url)
    await drain(rt, database_url)
    assert standing(slack) == {}


async def test_what_is_decided_before_it_is_posted_has_no_picture(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message("please"))
    [row] = log_rows(owner_url)
    assert await on_decision(rt, press(row["id"], "reject")) is None
    await drain(rt, database_url)
    assert ([*states(slack)], slack.pictures) == (["rejected"], [])
