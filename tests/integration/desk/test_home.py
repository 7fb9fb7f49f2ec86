"""The desk as a screen of its own: whose it is, which part was chosen, and presses on it that are on no message."""

from typing import Any
from uuid import UUID

import pytest

from core.db import Database
from core.flows.home import Home, home_of
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.gestures import evidence
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, suggested
from tests.owner import owner_rows
from tests.world import World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def home(rt: Runtime, user: ChatUser, *, event: str | None = None, risk: str | None = None) -> Home:
    found = await home_of(rt, user, event=event, risk=risk, page=1)
    assert isinstance(found, Home)
    return found


def copies(owner_url: str) -> list[dict[str, Any]]:
    return owner_rows(owner_url, "select channel, message, shown_status from public.card_copies order by id")


async def test_a_press_on_the_desk_decides_and_leaves_no_copy_behind(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    on_card = press(row["id"])
    sender = on_card.sender
    found = await home(rt, sender)
    assert [card.suggestion_id for card in found.desk.waiting] == [row["id"]]
    before = [(copy["channel"], copy["message"]) for copy in copies(owner_url)]

    desk = Decision(
        event_id="home-press",
        sender=sender,
        suggestion_id=row["id"],
        verdict="approve",
        pressed=MessageRef(sender.platform, sender.workspace, sender.user, ""),
        evidence=evidence(row["id"]),
    )
    assert await on_decision(rt, desk) is None
    await drain(rt, database_url)
    after = copies(owner_url)
    assert [(copy["channel"], copy["message"]) for copy in after] == before
    assert {copy["shown_status"] for copy in after} == {"executed"}
    assert [card.state for card in slack.cards.values()] == ["executed"] * len(slack.cards)
    again = await home(rt, sender)
    assert ([card.suggestion_id for card in again.desk.decided], again.desk.waiting) == ([row["id"]], ())
    assert (await on_decision(rt, desk)) is not None
    assert [(copy["channel"], copy["message"]) for copy in copies(owner_url)] == before


async def test_the_filter_names_the_organisations_own_events_alone(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    await make_world(db, "Other Events", team="T9", linked=False)
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    sender = press(row["id"]).sender
    events = owner_rows(
        owner_url,
        "select id, name from public.events where organization_id = %s",
        (row["organization_id"],),
    )
    found = await home(rt, sender)
    assert set(found.events) == {(each["id"], each["name"]) for each in events}
    assert (await home(rt, sender, risk=row["risk"])).desk.waiting_count == 1
    assert (await home(rt, sender, event=str(row["event_id"]))).desk.waiting_count == 1
    assert (await home(rt, sender, event="00000000-0000-0000-0000-000000000000")).desk.waiting_count == 0


async def test_somebody_unknown_gets_the_way_in_and_nothing_else(db: Database, world: World) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    stranger = ChatUser("slack", "T-elsewhere", "U-nobody")
    told = await home_of(rt, stranger, event=None, risk=None, page=1)
    assert isinstance(told, str)
    assert "link code" in told


RENAME = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"title": "Last Panel"}})


def on_desk(suggestion: UUID, sender: ChatUser, **shown: str) -> Decision:
    there = MessageRef(sender.platform, sender.workspace, sender.user, "")
    return Decision(
        event_id="home-press",
        sender=sender,
        suggestion_id=suggestion,
        verdict="approve",
        pressed=there,
        evidence={**evidence(suggestion), **shown},
    )


async def test_a_row_that_is_out_of_date_decides_nothing_and_says_so(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(RENAME), says("It waits."))
    await suggested(rt, slack_message("rename it"), database_url)
    [row] = log_rows(owner_url)
    sender = press(row["id"]).sender
    [card] = (await home(rt, sender)).desk.waiting
    assert card.shown_hash == row["shown_hash"]
    told = await on_decision(rt, on_desk(row["id"], sender, shown="0" * 64))
    assert (told, log_rows(owner_url)[0]["execution_status"]) == (say("he", phrase("decision-moved")), "suggested")
    assert await on_decision(rt, on_desk(row["id"], sender, shown=card.shown_hash)) is None
    assert log_rows(owner_url)[0]["execution_status"] == "executed"


async def test_the_twin_without_what_the_row_showed_decides(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(RENAME), says("It waits."))
    await suggested(rt, slack_message("rename it"), database_url)
    [row] = log_rows(owner_url)
    assert await on_decision(rt, on_desk(row["id"], press(row["id"]).sender)) is None
    assert log_rows(owner_url)[0]["execution_status"] == "executed"
