"""A change of time or room comes with a picture of the rooms; nothing else does, and it is in no card's way."""

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.errors import Unreachable, Upstream
from core.texts import plain
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import MOVE, change, log_rows, press, slack_message, suggested, telegram_message
from tests.owner import owner_rows
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


@pytest.mark.parametrize("failure", [Unreachable(), Upstream()])
async def test_a_picture_that_is_refused_holds_up_no_card(
    db: Database, world: World, database_url: str, failure: Exception
) -> None:
    rt, slack, _, _ = runtime(db, calls(MOVE), says("It waits."))
    slack.no_pictures = failure
    await suggested(rt, slack_message("please"), database_url)
    assert (len(slack.cards), slack.pictures) == (1, [])
