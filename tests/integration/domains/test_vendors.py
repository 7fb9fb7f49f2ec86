"""Vendors of an event: listed, named as people name them, proposed with what speaks against them."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core.actions.phrasing import conflict_phrase
from core.actions.risk import assess
from core.db import Database, WorldMoved
from core.flows.on_decision import on_decision
from core.kernel.proposals import Conflict, Impact, Item
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.domains.logistics import (
    ASSIGNED,
    CATERING,
    VENDORS,
    add_vendor,
    add_vendors,
    ask,
    assigned,
    change,
    kinds,
    plainly,
    proposal,
    refusal,
    run,
    shown,
    take_back,
)
from tests.integration.flows.office import press, slack_message, states, suggested
from tests.world import NOW, ZONE, World, at, make_world

pytestmark = pytest.mark.db

AFTER = datetime(2031, 5, 3, 3, 0, tzinfo=UTC)
"""Six in the morning after the event's last evening."""


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def vendors(db: Database, world: World) -> dict[str, UUID]:
    return await add_vendors(db, world)


async def test_the_list_tells_who_comes_when_and_who_is_late_now(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    await change(db, world, ASSIGNED, id=vendors["Sound and Light"])
    told = await ask(db, world.people["staff"], "list_vendors")
    assert told == {
        "event": "Spring Conference",
        "time_zone": ZONE,
        "vendors": [
            {
                "id": str(vendors["Blue Plate Catering"]),
                "name": "Blue Plate Catering",
                "category": "x",
                "status": "confirmed",
                "arrives": "2031-05-01T08:00",
                "notes": "Kosher kitchen",
                "minutes_late": 60,
            },
            {
                "id": str(vendors["Sound and Light"]),
                "name": "Sound and Light",
                "category": "x",
                "status": "invited",
                "arrives": None,
                "notes": None,
                "minutes_late": None,
            },
        ],
        "late_now": ["Blue Plate Catering"],
        "more": False,
    }


@pytest.mark.parametrize(
    ("now", "status", "late"),
    [
        (NOW, "on_the_way", ["Blue Plate Catering"]),
        (NOW, "arrived", []),
        (NOW, "cancelled", []),
        (at("08:00"), "confirmed", []),
        (AFTER, "confirmed", []),
    ],
)
async def test_late_is_who_is_still_waited_for(
    db: Database, world: World, vendors: dict[str, UUID], now: datetime, status: str, late: list[str]
) -> None:
    await change(db, world, "update public.event_vendors set status = %(status)s", status=status)
    told = await ask(db, world.people["viewer"], "list_vendors", now)
    assert told["late_now"] == late


async def test_vendors_are_assigned_once_somebody_approves(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str, database_url: str
) -> None:
    names = {"vendors": ["sound and LIGHT", "blue plate catering"], "arrives_at": "07:30", "notes": "Gate 3"}
    rt, slack, _telegram, _model = runtime(db, calls(("assign_vendors", names)), says("It waits."))
    await suggested(rt, slack_message("bring the sound people"), database_url)
    [card] = slack.cards.values()
    told = [(plainly(say("en", fact.label)), plainly(say("en", fact.value))) for fact in card.facts]
    assert plainly(say("en", card.title)) == "Assign to Spring Conference: Sound and Light"
    assert told == [
        ("Sound and Light", "invited, arrives Thu 1 May at 07:30"),
        ("Notes", "Gate 3"),
        ("Assigned already, left out", "Blue Plate Catering"),
    ]
    assert (card.risk, card.impact, card.warnings) == ("low", (), ())
    assert assigned(owner_url) == CATERING
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    assert assigned(owner_url) == {**CATERING, "Sound and Light": ("invited", "2031-05-01T07:30", "Gate 3")}
    assert states(slack) == ["executed"]


async def test_when_all_are_assigned_already_there_is_nothing_to_propose(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    refused = await refusal(db, world.people["staff"], "assign_vendors", vendors=["Blue Plate Catering"])
    assert refused == (
        "Already assigned to Spring Conference: Blue Plate Catering. There is nothing to change.",
        {"already": [{"id": str(vendors[VENDORS[0]]), "name": "Blue Plate Catering", "status": "confirmed"}]},
    )


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("sound and light", "Sound and Light"),
        ("Sound and Lihgt", "Sound and Light"),
        ("soundprof", "Soundproof Walls"),
        ("פרחי הגליל", "פרחי הגליל"),
        ("פרחי הגלילל", "פרחי הגליל"),
        ("walls", "Soundproof Walls"),
    ],
)
async def test_a_vendor_is_known_by_what_people_call_it(
    db: Database, world: World, vendors: dict[str, UUID], words: str, meant: str
) -> None:
    proposed = await proposal(db, world.people["staff"], "assign_vendors", vendors=[words, str(vendors[meant])])
    wanted = {"vendor_id": str(vendors[meant]), "status": "invited", "arrives_at": None, "notes": None}
    assert proposed.args == {"event_id": str(world.event_id), "vendors": [wanted]}


async def test_several_that_match_are_asked_back_and_nobody_is_guessed(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    why, data = await refusal(db, world.people["staff"], "assign_vendors", vendors=["sound"])
    assert why == "Which vendor do you mean by sound: Sound and Light and Soundproof Walls?"
    assert [each["id"] for each in data["candidates"]] == [str(vendors[name]) for name in VENDORS[1:3]]
    assert await refusal(db, world.people["staff"], "assign_vendors", vendors=["fireworks"]) == (
        "I find no vendor named fireworks.",
        None,
    )


async def test_a_vendor_that_does_not_come_is_not_confused_with_one_that_does(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    await add_vendor(db, world, "Blue Plate")
    for tool in ("unassign_vendor", "update_vendor_status"):
        args: dict[str, Any] = {"status": "arrived"} if tool == "update_vendor_status" else {}
        why = await refusal(db, world.people["staff"], tool, vendor="blue plate", **args)
        assert why == ("Not assigned to Spring Conference: Blue Plate.", None)
    proposed = await proposal(db, world.people["staff"], "unassign_vendor", vendor="plate")
    assert proposed.args["vendors"] == [{"vendor_id": str(vendors["Blue Plate Catering"])}]


async def test_another_organisations_vendor_is_one_that_does_not_exist(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    nobody = "01890a5d-ac96-774b-bcce-b302099a8057"
    for theirs in (str(vendors["Sound and Light"]), nobody):
        why = await refusal(db, other.people["manager"], "assign_vendors", vendors=[theirs])
        assert why == (f"I find no vendor named {theirs}.", None)
    proposed = await proposal(db, world.people["manager"], "assign_vendors", vendors=["Sound and Light"])
    async with db.acting_as(other.people["manager"]) as tx:
        facts = await (
            await tx.execute("select app.vendor_facts(%s::jsonb) as facts", (json.dumps(proposed.args),))
        ).fetchone()
    assert facts == {
        "facts": {
            "event": {"id": None, "name": None, "starts_on": None, "ends_on": None, "time_zone": None},
            "vendors": [],
        }
    }
    with pytest.raises(WorldMoved):
        await run(db, other.people["manager"], proposed)
    assert assigned(owner_url) == CATERING


async def test_who_comes_after_the_days_first_session_has_started_is_a_warning(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    late = await proposal(
        db, world.people["staff"], "assign_vendors", vendors=["Sound and Light"], arrives_at="2031-05-02T16:01"
    )
    item = Item(
        id=world.sessions["Closing Panel"],
        title="Closing Panel",
        start_time=at("16:00", 2),
        end_time=at("17:00", 2),
        room="Hall A",
        speaker_name="Dana Levi, Tom Harris",
    )
    warning = Conflict(kind="vendor_late", severity="warning", item=item, details={"vendor": "Sound and Light"})
    assert late.conflicts == (warning,)
    assert (late.impact, late.starts_at) == (Impact(counts_people=False), at("16:01", 2))
    assert assess(late, NOW) == "medium"


@pytest.mark.parametrize(
    ("now", "arrives", "found"),
    [
        (NOW, "2031-05-02T16:00", []),
        (NOW, "2031-04-30T18:00", []),
        (NOW, "2031-05-01T10:01", ["vendor_late"]),
        (NOW, "2031-05-03T06:00", ["vendor_event_over"]),
        (NOW, "2031-05-03T05:59", []),
        (AFTER, None, ["vendor_event_over"]),
        (NOW, None, []),
    ],
)
async def test_the_warnings_begin_and_end_on_the_minute(
    db: Database, world: World, vendors: dict[str, UUID], now: datetime, arrives: str | None, found: list[str]
) -> None:
    who = world.people["staff"]
    proposed = await proposal(db, who, "assign_vendors", now, vendors=["Sound and Light"], arrives_at=arrives)
    assert kinds(proposed) == [(kind, "warning") for kind in found]


async def test_a_cancelled_session_is_nothing_to_be_late_for(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    await change(
        db, world, "update public.schedules set status = 'cancelled' where start_time < %(at)s", at=at("12:00")
    )
    proposed = await proposal(
        db, world.people["staff"], "assign_vendors", vendors=["Sound and Light"], arrives_at="12:00"
    )
    assert proposed.conflicts == ()


async def test_who_comes_after_the_event_is_named_as_a_vendor(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    late = await proposal(
        db, world.people["staff"], "assign_vendors", vendors=["Sound and Light"], arrives_at="2031-05-03T06:00"
    )
    vendor = Item(kind="vendor", id=vendors["Sound and Light"], title="Sound and Light", start_time=at("06:00", 3))
    conflict = Conflict(
        kind="vendor_event_over", severity="warning", item=vendor, details={"event": "Spring Conference"}
    )
    assert late.conflicts == (conflict,)
    assert plainly(say("en", conflict_phrase(conflict, ZONE))) == (
        "Spring Conference is over by the time Sound and Light would be there."
    )


async def test_a_new_status_and_arrival_are_shown_as_they_are_and_as_proposed(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    proposed = await proposal(
        db, world.people["staff"], "update_vendor_status", vendor="blue plate", status="on_the_way", arrives_at="10:30"
    )
    assert shown(proposed) == (
        "Blue Plate Catering at Spring Conference",
        [("Notes", "Kosher kitchen")],
        [
            ("Status", "confirmed", "on the way"),
            ("Arrival", "Thu 1 May at 08:00", "Thu 1 May at 10:30"),
        ],
    )
    assert kinds(proposed) == [("vendor_late", "warning")]
    action = await run(db, world.people["manager"], proposed)
    assert assigned(owner_url) == {"Blue Plate Catering": ("on_the_way", "2031-05-01T10:30", "Kosher kitchen")}
    await take_back(db, world.people["manager"], action)
    assert assigned(owner_url) == CATERING


async def test_a_report_waits_for_a_decision_also_after_the_planned_arrival_and_a_loss_is_no_small_thing(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    who = world.people["staff"]
    seen = [
        await proposal(db, who, "update_vendor_status", at("07:00"), vendor="blue plate", status=status)
        for status in ("arrived", "on_the_way", "invited", "cancelled")
    ]
    assert [(assess(each, at("07:00")), each.starts_at) for each in seen] == [
        ("low", None),
        ("low", None),
        ("low", at("08:00")),
        ("medium", None),
    ]


@pytest.mark.parametrize("args", [{}, {"status": "confirmed"}, {"status": "confirmed", "arrives_at": "08:00"}])
async def test_a_status_that_is_so_already_is_told_so(
    db: Database, world: World, vendors: dict[str, UUID], args: dict[str, Any]
) -> None:
    why = await refusal(db, world.people["staff"], "update_vendor_status", vendor="Blue Plate Catering", **args)
    assert why == ("Blue Plate Catering is already so; there is nothing to change.", None)


@pytest.mark.parametrize(
    ("clock", "why"),
    [
        ("half past never", "I cannot read the time half past never. Give it as 14:30, or as 2026-05-01 14:30."),
        (
            "2031-03-28T02:30",
            "2031-03-28T02:30 does not exist on that day: the clocks in Asia/Jerusalem go forward. Give another time.",
        ),
    ],
)
async def test_a_time_that_means_nothing_is_asked_back(
    db: Database, world: World, vendors: dict[str, UUID], clock: str, why: str
) -> None:
    who = world.people["staff"]
    assert await refusal(db, who, "assign_vendors", vendors=["walls"], arrives_at=clock) == (why, None)
    assert await refusal(db, who, "update_vendor_status", vendor="blue", arrives_at=clock) == (why, None)
