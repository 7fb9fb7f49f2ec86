"""A decided change of a checklist: what runs, what does not any more, and what is taken back to the letter."""

from typing import Any
from uuid import UUID

import pytest

from core.actions.risk import assess
from core.db import Database, WorldMoved
from core.flows.on_decision import on_decision
from core.flows.runtime import tools_for, write_tool
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Inverse, Refused
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.domains.logistics import (
    DONE,
    ITEM,
    NEW,
    add_items,
    change,
    insert,
    inverse_of,
    is_overtaken,
    item_of,
    item_rows,
    kinds,
    plainly,
    proposal,
    review,
    run,
    said,
    shown,
    take_back,
    without_locks,
)
from tests.integration.flows.office import press, slack_message, states, statuses, suggested
from tests.world import NOW, ROLES, World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def items(db: Database, world: World) -> dict[str, UUID]:
    return await add_items(db, world)


async def test_items_are_added_once_somebody_approves(
    db: Database, world: World, items: dict[str, UUID], owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(NEW, NEW), says("It waits."))
    await suggested(rt, slack_message("add them"), database_url)
    [card] = slack.cards.values()
    facts = [(plainly(say("en", fact.label)), plainly(say("en", fact.value))) for fact in card.facts]
    assert plainly(say("en", card.title)) == "2 new checklist items for Spring Conference"
    assert facts == [
        ("Lay the cables", "Staff of Aleph Events, until Thu 1 May at 11:30"),
        ("Count the chairs", "assigned to nobody"),
    ]
    assert (card.risk, card.impact, card.warnings, len(item_rows(owner_url))) == ("low", (), (), 4)
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    cables, chairs = item_of(owner_url, "Lay the cables"), item_of(owner_url, "Count the chairs")
    columns = ("due_at", "assigned_to", "is_done", "done_at", "source_id")
    assert [cables[key] for key in columns] == [at("11:30"), world.people["staff"].user_id, False, None, None]
    assert [chairs[key] for key in columns] == [None, None, False, None, None]
    assert (states(slack), len(item_rows(owner_url))) == (["executed"], 6)


async def test_what_was_added_is_taken_back_as_a_whole_and_comes_back_to_the_letter(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    before = item_rows(owner_url)
    action = await run(db, who, await proposal(db, who, NEW[0], **NEW[1]))
    await change(db, world, DONE, at=at("09:30"), title="Lay the cables")
    added = item_rows(owner_url)
    looked = await review(db, who, inverse_of(action))
    assert isinstance(looked, Proposal)
    assert shown(looked) == (
        "Remove 2 items from the checklist of Spring Conference",
        [
            ("Lay the cables", "done; Staff of Aleph Events, until Thu 1 May at 11:30"),
            ("Count the chairs", "assigned to nobody"),
        ],
        [],
    )
    assert assess(looked, NOW) == "medium"
    removed = await run(db, who, looked)
    assert item_rows(owner_url) == before
    again = await take_back(db, who, removed)
    assert item_rows(owner_url) == added
    await change(db, world, "delete from public.checklist_items where title = 'Count the chairs'")
    await take_back(db, who, again)
    assert item_rows(owner_url) == before


async def test_items_that_were_imported_come_back_as_they_were_or_not_at_all(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who, before = world.people["manager"], item_rows(owner_url)
    all_of_them = {"event_id": str(world.event_id), "item_ids": [str(id_) for id_ in items.values()]}
    looked = await review(db, who, Inverse("checklist_remove", all_of_them))
    assert isinstance(looked, Proposal)
    removed = await run(db, who, looked)
    assert item_rows(owner_url) == []
    restored = await take_back(db, who, removed)
    assert item_rows(owner_url) == before
    twice = await review(db, who, inverse_of(removed))
    assert isinstance(twice, Refused)
    assert said(twice) == "These items are on the checklist again already. Nothing was changed."
    await take_back(db, who, restored)
    values = {"event": world.event_id, "title": "x", "due": None, "who": None, "source": "list/Order flowers"}
    await insert(db, world, ITEM, values)
    taken = await review(db, who, inverse_of(removed))
    assert isinstance(taken, Refused)
    assert taken.why.id == "checklist-back-already"


async def test_an_item_is_done_at_once_when_decided_and_open_again_when_taken_back(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    before = item_rows(owner_url)
    proposed = await proposal(db, world.people["staff"], "complete_checklist_item", item="print the badges")
    assert shown(proposed) == (
        "Tick off: Print the badges",
        [
            ("Event", "Spring Conference"),
            ("Due", "until Thu 1 May at 08:00"),
            ("Assignee", "Staff of Aleph Events"),
        ],
        [],
    )
    assert (assess(proposed, NOW), proposed.conflicts, proposed.starts_at) == ("low", (), None)
    action = await run(db, who, proposed)
    done = item_rows(owner_url)
    assert item_of(owner_url, "Print the badges")["is_done"]
    assert item_of(owner_url, "Print the badges")["done_at"] is not None
    reopened = await take_back(db, who, action)
    assert item_rows(owner_url) == before
    await take_back(db, who, reopened)
    assert item_rows(owner_url) == done


async def test_an_item_goes_to_somebody_and_back_to_who_had_it(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    for item, had in (("Print the badges", "Staff of Aleph Events"), ("Print the programme", "nobody")):
        before = item_rows(owner_url)
        proposed = await proposal(db, who, "assign_checklist_item", item=item, assignee="viewer")
        title, _facts, changes = shown(proposed)
        assert (title, changes) == (f"Assign: {item}", [("Assignee", had, "Viewer of Aleph Events")])
        action = await run(db, who, proposed)
        assert item_of(owner_url, item)["assigned_to"] == world.people["viewer"].user_id
        back = await take_back(db, who, action)
        assert item_rows(owner_url) == before
        await take_back(db, who, back)
        assert item_of(owner_url, item)["assigned_to"] == world.people["viewer"].user_id


DO: tuple[str, dict[str, Any]] = ("complete_checklist_item", {"item": "Print the badges"})
GIVE = ("assign_checklist_item", {"item": "Print the badges", "assignee": "viewer"})
BADGES = "where title = 'Print the badges'"


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (DO, f"update public.checklist_items set due_at = null {BADGES}"),
        (DO, f"update public.checklist_items set title = 'Burn the badges' {BADGES}"),
        (GIVE, f"update public.checklist_items set assigned_to = null {BADGES}"),
        (GIVE, "update public.user_profiles set full_name = 'Vera' where role = 'viewer'"),
        (NEW, "update public.checklist_items set title = 'Count the Chairs' where title = 'Print the programme'"),
        (NEW, "update public.events set name = 'Autumn Conference'"),
    ],
)
async def test_when_a_fact_changed_nothing_runs_and_the_presser_is_asked_to_look_again(
    db: Database, world: World, items: dict[str, UUID], owner_url: str, database_url: str, call: Any, what: Any
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, what)
    before = item_rows(owner_url)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("decision-moved"))
    assert (item_rows(owner_url), statuses(owner_url)) == (before, ["superseded", "suggested"])


@pytest.mark.parametrize(
    ("call", "what", "why"),
    [
        (DO, f"update public.checklist_items set is_done = true {BADGES}", "checklist-done-already"),
        (GIVE, f"update public.checklist_items set is_done = true {BADGES}", "checklist-done-already"),
        (DO, f"delete from public.checklist_items {BADGES}", "checklist-gone"),
        (NEW, "delete from public.events", "checklist-gone"),
    ],
)
async def test_what_cannot_be_done_any_more_ends_and_says_why(
    db: Database,
    world: World,
    items: dict[str, UUID],
    owner_url: str,
    database_url: str,
    call: Any,
    what: Any,
    why: str,
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, what)
    before = item_rows(owner_url)
    told = await on_decision(rt, press(card.suggestion_id))
    assert told == say("he", phrase(why, title="Print the badges"))
    assert (item_rows(owner_url), statuses(owner_url)) == (before, ["failed"])


async def test_of_two_decisions_about_one_item_the_second_waits_and_looks_again(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    one = await proposal(db, who, "assign_checklist_item", item="badges", assignee="viewer")
    two = await proposal(db, who, "complete_checklist_item", item="badges")
    assert await is_overtaken(db, owner_url, who, one, two)
    badges = item_of(owner_url, "Print the badges")
    assert (badges["assigned_to"], badges["is_done"]) == (world.people["viewer"].user_id, False)


async def test_without_the_locks_the_second_would_write_over_the_first(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    without_locks(owner_url, "checklist")
    one = await proposal(db, who, "assign_checklist_item", item="badges", assignee="viewer")
    two = await proposal(db, who, "assign_checklist_item", item="badges", assignee="manager")
    assert not await is_overtaken(db, owner_url, who, one, two)
    assert item_of(owner_url, "Print the badges")["assigned_to"] == who.user_id


async def test_what_takes_back_is_offered_to_nobody(db: Database, world: World, items: dict[str, UUID]) -> None:
    hidden = {write_tool(action).name for action in ("checklist_remove", "checklist_reopen")}
    assert hidden == {"remove_checklist_items", "reopen_checklist_item"}
    for role in ROLES:
        assert hidden & {tool.name for tool in tools_for(role)} == set()


async def test_a_viewer_and_staff_cannot_decide(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    before = item_rows(owner_url)
    add = await proposal(db, world.people["manager"], NEW[0], **NEW[1])
    do = await proposal(db, world.people["manager"], DO[0], **DO[1])
    for role in ("staff", "viewer"):
        with pytest.raises(Exception, match="row-level security"):
            await run(db, world.people[role], add)
        with pytest.raises(WorldMoved):
            await run(db, world.people[role], do)
    assert (kinds(add), item_rows(owner_url)) == ([], before)
