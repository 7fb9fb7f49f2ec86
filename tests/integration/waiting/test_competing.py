"""Suggestions that cannot both be: each card says who loses, and when one is approved the others end with it."""

import pytest

from core.actions.waiting import queries as waiting
from core.db import Database
from core.flows.expire import expire
from core.kernel.messages import Address
from core.texts import say
from tests.drain import drain
from tests.integration.flows.office import (
    change,
    log_rows,
    start_of,
    statuses,
)
from tests.integration.waiting.rivals import (
    ELSEWHERE,
    LATER,
    LUNCH,
    OTHER_DAY,
    Asking,
    add,
    cards_by_title,
    plain,
    rivals,
)
from tests.owner import owner_run
from tests.world import MANAGERS, World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
def asking(db: Database, world: World, database_url: str) -> Asking:
    return Asking(db, database_url)


async def test_each_card_says_which_others_lose_also_the_one_that_was_there_before(asking: Asking) -> None:
    later = await asking.ask(LATER)
    assert later.rivals == ()
    await asking.ask(ELSEWHERE, "owner")
    await asking.ask(LUNCH)
    await asking.ask(OTHER_DAY)
    shown = cards_by_title(asking.slack)
    assert {title: rivals(card) for title, card in shown.items() if title.startswith("New")} == {
        "New session: Lunch": [
            "“Change: Lighting Basics · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00”, "
            "asked for by Manager of Aleph Events"
        ],
        "New session: Breakfast": [],
    }
    by_id = {card.suggestion_id: rivals(card) for card in asking.slack.cards.values()}
    assert by_id[later.suggestion_id] == [
        "“Change: Lighting Basics · Workshop instead of Hall B”, asked for by Owner of Aleph Events",
        "“New session: Lunch · Thu 1 May · 14:30 to 15:30 · Hall B”, asked for by Manager of Aleph Events",
    ]


async def test_when_one_is_approved_the_others_end_with_it_and_their_askers_hear_it_once(
    asking: Asking, world: World, owner_url: str
) -> None:
    await asking.ask_in_telegram(LATER)
    await asking.ask_in_telegram(LUNCH)
    elsewhere = await asking.ask(ELSEWHERE, "owner", "D2")
    breakfast = await asking.ask(OTHER_DAY)
    heard = len(asking.telegram.said)
    assert await asking.press(elsewhere, user="UOWNER") is None
    rows = {row["id"]: row for row in log_rows(owner_url)}
    assert statuses(owner_url) == ["superseded", "suggested", "executed", "suggested"]
    lost = next(row for row in rows.values() if row["execution_status"] == "superseded")
    owner = world.people["owner"].user_id
    assert (lost["lost_to"], lost["superseded_by"], lost["decided_by"]) == (elsewhere.suggestion_id, None, owner)
    assert lost["decided_at"] is not None
    said = (
        "Owner of Aleph Events approved “Change: Lighting Basics · Workshop instead of Hall B” instead, so "
        "“Change: Lighting Basics · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00” was not done."
    )
    assert [(chat, plain(text)) for chat, text in asking.telegram.said[heard:]] == [
        ("7002", f"{said} Ask again if it is still wanted.")
    ]
    for platform in (asking.slack, asking.telegram):
        [ended] = [card for card in platform.cards.values() if card.suggestion_id == lost["id"]]
        assert (ended.state, ended.buttons, ended.rivals) == ("superseded", (), ())
        assert ended.outcome is not None
        outcome = plain(say("en", ended.outcome))
        assert outcome.startswith(
            "“Change: Lighting Basics · Workshop instead of Hall B” was approved instead by Owner of Aleph Events, "
        )
    # What lost is no rival of anybody any more.
    assert [rivals(card) for card in asking.slack.cards.values() if card.state == "suggested"] == [[], []]
    assert rows[breakfast.suggestion_id]["lost_to"] is None


async def test_whoever_presses_the_one_that_lost_is_told_what_won(asking: Asking, owner_url: str) -> None:
    later, elsewhere = await asking.ask(LATER), await asking.ask(ELSEWHERE)
    assert await asking.press(elsewhere) is None
    told = await asking.press(later, user="UOWNER")
    assert told is not None
    assert plain(told).startswith(
        "“Change: Lighting Basics · Workshop instead of Hall B” was approved instead by Manager of Aleph Events, "
    )
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_a_rejection_ends_nobody_else_and_frees_the_other_of_its_rival(asking: Asking, owner_url: str) -> None:
    later, elsewhere = await asking.ask(LATER), await asking.ask(ELSEWHERE)
    assert await asking.press(later, verdict="reject") is None
    assert statuses(owner_url) == ["rejected", "suggested"]
    [still] = [card for card in asking.slack.cards.values() if card.state == "suggested"]
    assert (still.suggestion_id, still.rivals) == (elsewhere.suggestion_id, ())


async def test_one_that_expires_is_no_rival_any_more(asking: Asking, owner_url: str, database_url: str) -> None:
    later = await asking.ask(LATER)
    await asking.ask(ELSEWHERE)
    past = "update public.ai_insights_log set deadline = now() - interval '1 second' where id = '{}'"
    owner_run(owner_url, past.format(later.suggestion_id))
    await expire(asking.rt)
    await drain(asking.rt, database_url)
    [still] = [card for card in asking.slack.cards.values() if card.state == "suggested"]
    assert still.rivals == ()


async def test_a_renewed_suggestion_competes_and_never_with_the_one_that_it_replaced(
    asking: Asking, db: Database, world: World, owner_url: str
) -> None:
    later, elsewhere = await asking.ask(LATER), await asking.ask(ELSEWHERE)
    await change(db, world, "update public.schedules set description = 'New' where title = 'Lighting Basics'")
    assert await asking.press(later) is not None
    assert statuses(owner_url) == ["superseded", "suggested", "suggested"]
    [fresh] = [card for card in asking.slack.cards.values() if card.suggestion_id != elsewhere.suggestion_id]
    assert rivals(fresh) == [
        "“Change: Lighting Basics · Workshop instead of Hall B”, asked for by Manager of Aleph Events"
    ]
    [other] = [card for card in asking.slack.cards.values() if card.suggestion_id == elsewhere.suggestion_id]
    assert len(other.rivals) == 1
    assert await asking.press(fresh) is None
    assert statuses(owner_url) == ["superseded", "superseded", "executed"]


async def test_what_takes_something_back_competes_too(asking: Asking, owner_url: str) -> None:
    moved = await asking.ask(LATER)
    assert await asking.press(moved) is None
    elsewhere = await asking.ask(ELSEWHERE)
    assert await asking.press(moved, verdict="undo") is None
    [back] = [
        card
        for card in asking.slack.cards.values()
        if card.suggestion_id not in (moved.suggestion_id, elsewhere.suggestion_id)
    ]
    assert (len(back.rivals), rivals(back)[0].startswith("“Change: Lighting Basics · Workshop instead of Hall B”")) == (
        1,
        True,
    )
    assert await asking.press(back) is None
    assert statuses(owner_url) == ["executed", "superseded", "executed"]


async def test_in_a_room_that_may_be_shared_nobody_competes_for_room(
    asking: Asking, db: Database, world: World, owner_url: str
) -> None:
    await change(db, world, "update public.rooms set may_be_shared = true where name = 'Hall B'")
    await asking.ask(LATER)
    lunch = await asking.ask(LUNCH)
    assert [card.rivals for card in asking.slack.cards.values()] == [(), ()]
    assert await asking.press(lunch) is None
    assert statuses(owner_url) == ["suggested", "executed"]


async def test_nobody_learns_which_rooms_another_organisation_shares(db: Database, world: World) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    await change(db, world, "update public.rooms set may_be_shared = true where name = 'Hall B'")
    values = {"organization_id": world.organization_id, "event_id": world.event_id}
    ours = await db.read_as(world.people["viewer"], waiting.FREE, values)
    theirs = await db.read_as(other.people["owner"], waiting.FREE, values)
    system = await db.run_as_system(waiting.FREE, values)
    assert (ours, theirs, system) == ([{"kind": "room", "id": "hall b"}], [], [{"kind": "room", "id": "hall b"}])


async def test_another_organisation_competes_with_nobody(
    asking: Asking, db: Database, database_url: str, owner_url: str
) -> None:
    later = await asking.ask(LATER)
    other = await make_world(db, "Beth Shows", team="T2")
    theirs = await add(db, other, Address("slack", "T2", "D9"), ELSEWHERE)
    assert await asking.press(later) is None
    await drain(asking.rt, database_url)
    [row] = log_rows(owner_url, f"id = '{theirs}'")
    assert (row["execution_status"], row["lost_to"]) == ("suggested", None)


async def test_whoever_asked_for_both_and_decides_there_sees_it_on_the_cards(
    asking: Asking, world: World, owner_url: str
) -> None:
    later = await asking.ask(LATER, "manager")
    elsewhere = await asking.ask(ELSEWHERE, "manager")
    said = list(asking.slack.said)
    assert await asking.press(elsewhere) is None
    assert asking.slack.said == said
    assert [row["lost_to"] for row in log_rows(owner_url) if row["id"] == later.suggestion_id] == [
        elsewhere.suggestion_id
    ]
    assert start_of(owner_url, world, "Lighting Basics") == at("10:00")
    assert MANAGERS not in {ref.channel for ref in asking.slack.cards}


async def test_several_changes_on_one_card_compete_as_a_whole_and_their_asker_hears_how_many_are_done(
    asking: Asking, owner_url: str
) -> None:
    panel = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"title": "Last Panel"}})
    await asking.ask_in_telegram(LATER, panel)
    elsewhere = await asking.ask(ELSEWHERE)
    [bundle] = [card for card in asking.slack.cards.values() if card.suggestion_id != elsewhere.suggestion_id]
    assert (len(bundle.rivals), len(bundle.lines), len(elsewhere.rivals)) == (1, 2, 1)
    heard = len(asking.telegram.said)
    assert await asking.press(bundle, user="UOWNER") is None
    assert statuses(owner_url) == ["executed", "superseded"]
    assert [plain(text) for _chat, text in asking.telegram.said[heard:]] == [
        "Owner of Aleph Events approved “2 changes: Lighting Basics and Closing Panel”: 2 of 2 lines are done."
    ]
