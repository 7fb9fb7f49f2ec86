"""Lines of a bundle are ticked off: what is left is judged anew, in the place of the first card."""

from dataclasses import replace
from typing import Any

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.cards import Card
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.bundles.office import places
from tests.integration.flows.office import BOT_1, log_rows, press, slack_message, statuses, suggested, telegram_message
from tests.world import World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def update(session: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    return "update_schedule_item", {"schedule_id": session, "changes": changes}


THREE = (
    update("Opening Keynote", title="Keynote"),
    update("Lighting Basics", title="Light"),
    update("Closing Panel", title="The end"),
)
COLLIDING = (update("Closing Panel", room="Workshop"), update("Lighting Basics", start_time="11:00"))


async def bundled(db: Database, database_url: str, *writes: Any) -> tuple[Runtime, FakePlatform, Card]:
    """Everything of one turn on one card."""
    rt, slack, _, _ = runtime(db, calls(*writes), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    [card] = slack.cards.values()
    return rt, slack, card


def choosing(card: Card, choice: str = "", **evidence: str) -> Decision:
    return replace(press(card.suggestion_id, "choose"), choice=choice, evidence=evidence)


async def test_what_is_left_runs_and_nothing_else(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, slack, card = await bundled(db, database_url, *THREE)
    assert "choose" in {button.verdict for button in card.buttons}
    assert await on_decision(rt, choosing(card, out="2", mode="all")) is None
    await drain(rt, database_url)
    [fresh] = slack.cards.values()
    assert (fresh.title, fresh.notice) == (
        phrase("card-bundle", count=2, names=(verbatim("Opening Keynote"), verbatim("Closing Panel")), more=0),
        phrase("notice-edited", name="Manager of Aleph Events"),
    )
    assert await on_decision(rt, press(card.suggestion_id)) is not None
    assert await on_decision(rt, press(fresh.suggestion_id)) is None
    assert set(places(owner_url)) == {"Keynote", "Lighting Basics", "Sound Check Live", "ניהול קהל", "The end"}
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_one_line_that_is_left_runs_alone_and_the_others_can_come_back(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, _, card = await bundled(db, database_url, *THREE)
    assert await on_decision(rt, choosing(card, out="1, 3", mode="all")) is None
    fresh = log_rows(owner_url)[-1]
    lines = fresh["action_data"]["args"]["lines"]
    assert (fresh["action_type"], [line["args"]["set"] for line in lines]) == ("bundle", [{"title": "Light"}])
    back = replace(choosing(card, out="0", mode="all"), suggestion_id=fresh["id"])
    assert await on_decision(rt, back) is None
    assert len(log_rows(owner_url)[-1]["action_data"]["args"]["lines"]) == len(THREE)


async def test_leaving_out_what_collides_makes_it_approvable(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, _, card = await bundled(db, database_url, *COLLIDING)
    assert card.gesture == "none"
    # Numbers are those of the card, which goes through the agenda: the lighting comes before the panel.
    assert await on_decision(rt, choosing(card, out="1", mode="all")) is None
    assert [row["is_blocked"] for row in log_rows(owner_url)] == [True, False]


async def test_the_other_way_to_run_is_one_press(db: Database, world: World, database_url: str, owner_url: str) -> None:
    rt, _, card = await bundled(db, database_url, *THREE)
    mode = phrase("bundle-mode-is", mode=phrase("bundle-runs-until-failure"))
    assert await on_decision(rt, choosing(card, "mode")) == say("he", mode)
    assert [row["action_data"]["args"]["mode"] for row in log_rows(owner_url)] == ["all", "until_failure"]


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"out": "1,2,3", "mode": "all"}, phrase("bundle-none-left")),
        ({"out": "7", "mode": "all"}, phrase("bundle-no-such-line")),
        ({"out": "the second", "mode": "all"}, phrase("bundle-which-lines")),
        ({"out": "", "mode": "all"}, phrase("edit-unchanged")),
        ({"out": "1", "mode": "backwards"}, phrase("decision-unknown")),
    ],
)
async def test_what_cannot_be_chosen_changes_nothing(
    db: Database, world: World, database_url: str, owner_url: str, evidence: dict[str, str], told: Any
) -> None:
    rt, _, card = await bundled(db, database_url, *THREE)
    assert await on_decision(rt, choosing(card, **evidence)) == say("he", told)
    assert statuses(owner_url) == ["suggested"]


async def test_a_single_change_has_no_lines(db: Database, world: World, database_url: str, owner_url: str) -> None:
    rt, _, card = await bundled(db, database_url, THREE[0])
    assert "choose" not in {button.verdict for button in card.buttons}
    assert await on_decision(rt, choosing(card, out="1", mode="all")) == say("he", phrase("bundle-not-one"))


async def test_where_there_are_no_forms_the_lines_are_named_in_a_reply(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, _, telegram, _ = runtime(db, calls(*THREE), says("It waits."))
    await suggested(rt, telegram_message("please", user="7001"), database_url)
    [(ref, card)] = telegram.cards.items()
    sender = ChatUser("telegram", BOT_1, "7001")
    asked = replace(choosing(card, "lines"), sender=sender, pressed=ref)
    assert await on_decision(rt, asked) is None
    question = MessageRef("telegram", BOT_1, "7001", f"q{len(telegram.questions)}")
    answer = replace(telegram_message("2 3", user="7001", event="E2"), reply_to=question)
    await on_message(rt, answer)
    await drain(rt, database_url)
    [line] = log_rows(owner_url)[-1]["action_data"]["args"]["lines"]
    assert line["args"]["set"] == {"title": "Keynote"}
    assert telegram.said[-1][1] == say("he", phrase("edit-is-done"))


async def test_the_same_lines_are_not_raised_again_one_by_one_after_they_were_rejected_together(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, _, _, _ = runtime(db, calls(*THREE), says("It waits."), calls(THREE[1]), says("It was rejected."))
    await suggested(rt, slack_message("please"), database_url)
    assert await on_decision(rt, press(log_rows(owner_url)[0]["id"], "reject")) is None
    await suggested(rt, slack_message("and now?", event="E2"), database_url)
    assert statuses(owner_url) == ["rejected"]


async def test_swapped_places_of_one_day_stay_together(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    """Without its other half a line meets the session that has not moved: that is said, and nobody can approve it."""
    swap = ("swap_sessions", {"session_a": "Lighting Basics", "session_b": "Sound Check Live"})
    rt, _, card = await bundled(db, database_url, swap)
    assert card.gesture != "none"
    assert await on_decision(rt, choosing(card, out="1", mode="all")) is None
    assert log_rows(owner_url)[-1]["is_blocked"] is True
    assert places(owner_url, "Lighting Basics") == {"Lighting Basics": ("Hall B", at("10:00"), at("11:00"))}
