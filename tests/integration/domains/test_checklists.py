"""An event's checklist: how far it is, named as people name things, proposed with what speaks against it."""

import json
from typing import Any
from uuid import UUID

import pytest

from core.actions.phrasing import conflict_phrase
from core.db import Database, WorldMoved
from core.kernel.proposals import Conflict, Impact, Item
from core.kernel.tools import Inverse, Refused
from core.texts import say
from tests.integration.domains.logistics import (
    add_items,
    ask,
    inverse_of,
    item_rows,
    plainly,
    proposal,
    refusal,
    review,
    run,
    said,
)
from tests.owner import owner_run
from tests.world import ROLES, ZONE, World, at, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def items(db: Database, world: World) -> dict[str, UUID]:
    return await add_items(db, world)


async def test_the_checklist_tells_how_far_it_is_and_what_is_overdue(
    db: Database, world: World, items: dict[str, UUID]
) -> None:
    told = await ask(db, world.people["viewer"], "get_checklist")
    assert told == {
        "event": "Spring Conference",
        "time_zone": ZONE,
        "total": 4,
        "done": 1,
        "overdue": 1,
        "open_items": [
            {
                "id": str(items["Print the badges"]),
                "title": "Print the badges",
                "due": "2031-05-01T08:00",
                "overdue": True,
                "assignee": "Staff of Aleph Events",
            },
            {
                "id": str(items["Print the programme"]),
                "title": "Print the programme",
                "due": "2031-05-01T12:00",
                "overdue": False,
                "assignee": None,
            },
            {
                "id": str(items["לבדוק מיקרופונים"]),
                "title": "לבדוק מיקרופונים",
                "due": None,
                "overdue": False,
                "assignee": None,
            },
        ],
        "more": False,
    }
    other = await make_world(db, "Beth Shows", team="T2")
    theirs = await ask(db, other.people["viewer"], "get_checklist")
    assert (theirs["total"], theirs["open_items"]) == (0, [])


async def test_an_item_is_overdue_only_once_its_time_has_passed(
    db: Database, world: World, items: dict[str, UUID]
) -> None:
    assert [
        (await ask(db, world.people["viewer"], "get_checklist", at(now)))["overdue"] for now in ("08:00", "13:00")
    ] == [
        0,
        2,
    ]


async def test_a_title_that_is_there_and_a_time_that_has_passed_are_warnings(
    db: Database, world: World, items: dict[str, UUID]
) -> None:
    added = [
        {"title": "print  the BADGES", "due_at": "08:59"},
        {"title": "Order flowers", "due_at": "09:00"},
    ]
    proposed = await proposal(db, world.people["staff"], "add_checklist_items", items=added)
    task = Item(kind="task", id=UUID(proposed.args["new_id"][0]), title="print  the BADGES", end_time=at("08:59"))
    assert proposed.conflicts == (
        Conflict(kind="checklist_same_title", severity="warning", details={"title": "Print the badges"}),
        Conflict(kind="checklist_due_passed", severity="warning", item=task),
    )
    assert [plainly(say("en", conflict_phrase(each, ZONE))) for each in proposed.conflicts] == [
        "Print the badges is on the checklist already and still open.",
        "print  the BADGES would be overdue at once: its time has passed.",
    ]
    assert (proposed.impact, proposed.starts_at) == (Impact(counts_people=False), at("08:59"))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Print the badges", "Print the badges"),
        ("print teh badges", "Print the badges"),
        ("programme", "Print the programme"),
        ("מיקרופונים", "לבדוק מיקרופונים"),
        ("לבדוק מיקרופוניים", "לבדוק מיקרופונים"),
    ],
)
async def test_an_item_is_known_by_what_people_call_it(
    db: Database, world: World, items: dict[str, UUID], words: str, meant: str
) -> None:
    who = world.people["staff"]
    for name in (words, str(items[meant])):
        proposed = await proposal(db, who, "complete_checklist_item", item=name)
        assert proposed.args == {"event_id": str(world.event_id), "item_ids": [str(items[meant])]}


async def test_several_items_that_match_are_asked_back_with_those_that_are_open(
    db: Database, world: World, items: dict[str, UUID]
) -> None:
    why, data = await refusal(db, world.people["staff"], "complete_checklist_item", item="print")
    assert why == "Which checklist item do you mean by print: Print the badges and Print the programme?"
    assert data == {
        "candidates": [
            {"id": str(items["Print the badges"]), "title": "Print the badges", "due": "2031-05-01T08:00"},
            {"id": str(items["Print the programme"]), "title": "Print the programme", "due": "2031-05-01T12:00"},
        ]
    }


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("Order flowers", "Order flowers is done already."),
        ("Polish the moon", "I find no checklist item Polish the moon for Spring Conference."),
    ],
)
async def test_what_is_done_or_not_there_cannot_be_done(
    db: Database, world: World, items: dict[str, UUID], item: str, why: str
) -> None:
    who = world.people["staff"]
    assert await refusal(db, who, "complete_checklist_item", item=item) == (why, None)
    assert await refusal(db, who, "assign_checklist_item", item=item, assignee="viewer") == (why, None)


@pytest.mark.parametrize(
    ("words", "role"),
    [("viewer of aleph events", "viewer"), ("viewr of aleph", "viewer"), ("Manager", "manager")],
)
async def test_a_person_is_known_by_what_people_call_them(
    db: Database, world: World, items: dict[str, UUID], words: str, role: Any
) -> None:
    who, person = world.people["staff"], str(world.people[role].user_id)
    for name in (words, person, f"{role}@aleph.example"):
        proposed = await proposal(db, who, "assign_checklist_item", item="badges", assignee=name)
        assert proposed.args["assigned_to"] == person


async def test_a_person_of_several_names_is_asked_back_and_strangers_are_nobody(
    db: Database, world: World, items: dict[str, UUID]
) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    who = world.people["staff"]
    why, data = await refusal(db, who, "assign_checklist_item", item="badges", assignee="Aleph")
    names = [f"{role.title()} of Aleph Events" for role in sorted(ROLES)]
    assert why == f"Whom do you mean by Aleph: {', '.join(names[:3])}, and {names[3]}?"
    assert [each["name"] for each in data["candidates"]] == names
    theirs, nobody = str(other.people["staff"].user_id), "01890a5d-ac96-774b-bcce-b302099a8057"
    for stranger in (theirs, nobody, "Zaphod"):
        refused = await refusal(db, who, "assign_checklist_item", item="badges", assignee=stranger)
        assert refused == (f"I find nobody named {stranger} in your organisation.", None)
        new = [{"title": "Count the chairs", "assignee": stranger}]
        assert await refusal(db, who, "add_checklist_items", items=new) == refused


async def test_who_is_not_active_any_more_gets_nothing_to_do(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    action = await run(db, who, await proposal(db, who, "assign_checklist_item", item="badges", assignee="viewer"))
    owner_run(owner_url, "update public.user_profiles set is_active = false where role = 'staff'")
    told = ("Staff of Aleph Events is no longer active here. Choose somebody else.", None)
    assert await refusal(db, who, "assign_checklist_item", item="badges", assignee="staff of aleph events") == told
    back = await review(db, who, inverse_of(action))
    assert isinstance(back, Refused)
    assert said(back) == told[0]


async def test_who_does_it_already_is_told_so(db: Database, world: World, items: dict[str, UUID]) -> None:
    who = world.people["staff"]
    refused = await refusal(db, who, "assign_checklist_item", item="badges", assignee="Staff of Aleph Events")
    assert refused == ("Print the badges is already so; there is nothing to change.", None)


async def test_another_organisations_item_is_one_that_does_not_exist(
    db: Database, world: World, items: dict[str, UUID], owner_url: str
) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    who, before = other.people["manager"], item_rows(owner_url)
    for theirs in (str(items["Print the badges"]), "01890a5d-ac96-774b-bcce-b302099a8057"):
        refused = await refusal(db, who, "complete_checklist_item", item=theirs)
        assert refused == (f"I find no checklist item {theirs} for Spring Conference.", None)
    proposed = await proposal(db, world.people["manager"], "complete_checklist_item", item="badges")
    async with db.acting_as(who) as tx:
        query = "select app.checklist_facts(%s::jsonb) as facts"
        answer = await (await tx.execute(query, (json.dumps(proposed.args),))).fetchone()
    nothing = {"id": None, "name": None, "starts_on": None, "ends_on": None, "time_zone": None}
    assert answer == {"facts": {"event": nothing, "items": [], "people": [], "taken": 0, "same_titles": []}}
    with pytest.raises(WorldMoved):
        await run(db, who, proposed)
    gone = await review(db, who, Inverse("checklist_remove", proposed.args))
    assert isinstance(gone, Refused)
    assert (gone.why.id, item_rows(owner_url)) == ("checklist-gone", before)
