"""A decided change of an event's vendors: what runs, what does not any more, and what is taken back to the letter."""

from typing import Any
from uuid import UUID

import pytest

from core.actions.phrasing import touched_phrase
from core.db import Database, WorldMoved
from core.flows.on_decision import on_decision
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Inverse, Refused
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.integration.domains.logistics import (
    ASSIGNED,
    CATERING,
    VENDORS,
    add_vendors,
    ask,
    assigned,
    change,
    inverse_of,
    is_overtaken,
    plainly,
    proposal,
    propose,
    refusal,
    review,
    run,
    said,
    shown,
    take_back,
    without_locks,
)
from tests.integration.flows.office import press, slack_message, statuses, suggested
from tests.owner import owner_rows
from tests.world import World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def vendors(db: Database, world: World) -> dict[str, UUID]:
    return await add_vendors(db, world)


async def test_taking_off_and_taking_back_restores_the_whole_row(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    proposed = await proposal(db, world.people["staff"], "unassign_vendor", vendor="blue plate")
    assert shown(proposed) == (
        "Remove from Spring Conference: Blue Plate Catering",
        [("Blue Plate Catering", "confirmed, arrives Thu 1 May at 08:00"), ("Notes", "Kosher kitchen")],
        [],
    )
    removed = await run(db, world.people["manager"], proposed)
    assert assigned(owner_url) == {}
    restored = await take_back(db, world.people["manager"], removed)
    assert assigned(owner_url) == CATERING
    await take_back(db, world.people["manager"], restored)
    assert assigned(owner_url) == {}


async def test_assigning_several_is_taken_back_as_a_whole(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    several = await proposal(db, who, "assign_vendors", vendors=list(VENDORS), arrives_at="2031-05-01T07:00")
    action = await run(db, who, several)
    assert set(assigned(owner_url)) == set(VENDORS)
    assert inverse_of(action).args == {
        "event_id": str(world.event_id),
        "vendors": [{"vendor_id": str(vendors[name])} for name in VENDORS[1:]],
    }
    back = await take_back(db, who, action)
    assert assigned(owner_url) == CATERING
    again = await take_back(db, who, back)
    assert set(assigned(owner_url)) == set(VENDORS)
    await change(db, world, "delete from public.event_vendors where vendor_id = %(id)s", id=vendors[VENDORS[1]])
    await take_back(db, who, again)
    assert assigned(owner_url) == CATERING


async def test_taking_back_what_somebody_has_already_taken_back_is_refused(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    who = world.people["manager"]
    action = await run(db, who, await proposal(db, who, "assign_vendors", vendors=["walls"]))
    back = await take_back(db, who, action)
    gone = await review(db, who, inverse_of(action))
    assert isinstance(gone, Refused)
    assert said(gone) == "Not assigned to Spring Conference: Soundproof Walls."
    await take_back(db, who, back)
    there = await review(db, who, inverse_of(back))
    assert isinstance(there, Refused)
    assert said(there) == "Already assigned to Spring Conference: Soundproof Walls. There is nothing to change."


ASSIGN = ("assign_vendors", {"vendors": ["Sound and Light"], "arrives_at": "2031-05-01T09:00"})
ARRIVED = ("update_vendor_status", {"vendor": "Blue Plate Catering", "status": "on_the_way"})
REMOVE = ("unassign_vendor", {"vendor": "Blue Plate Catering"})


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (ASSIGN, "update public.vendors set name = 'Sound Only' where name = 'Sound and Light'"),
        (ASSIGN, "update public.schedules set start_time = '2031-05-01 05:30Z' where title = 'Opening Keynote'"),
        (ASSIGN, "update public.events set ends_on = '2031-05-03'"),
        (ARRIVED, "update public.event_vendors set status = 'cancelled'"),
        (ARRIVED, "update public.event_vendors set arrives_at = null"),
        (REMOVE, "update public.event_vendors set notes = 'Vegan kitchen'"),
        (REMOVE, "update public.event_vendors set status = 'arrived'"),
    ],
)
async def test_when_a_fact_changed_nothing_runs_and_the_presser_is_asked_to_look_again(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str, database_url: str, call: Any, what: Any
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, what)
    before = assigned(owner_url)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("decision-moved"))
    assert (assigned(owner_url), statuses(owner_url)) == (before, ["superseded", "suggested"])


@pytest.mark.parametrize(
    ("call", "what", "why"),
    [
        (
            ASSIGN,
            "insert into public.event_vendors (organization_id, event_id, vendor_id) "
            "select organization_id, %(event)s, id from public.vendors where name = 'Sound and Light'",
            phrase("vendors-already", vendors=("Sound and Light",), event="Spring Conference"),
        ),
        (ASSIGN, "delete from public.vendors where name = 'Sound and Light'", phrase("vendors-gone")),
        (
            ARRIVED,
            "delete from public.event_vendors",
            phrase("vendors-not-assigned", vendors=("Blue Plate Catering",), event="Spring Conference"),
        ),
    ],
)
async def test_what_cannot_be_done_any_more_ends_and_says_why(
    db: Database,
    world: World,
    vendors: dict[str, UUID],
    owner_url: str,
    database_url: str,
    call: Any,
    what: Any,
    why: Any,
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("change it"), database_url)
    [card] = slack.cards.values()
    await change(db, world, what)
    before = assigned(owner_url)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", why)
    assert (assigned(owner_url), statuses(owner_url)) == (before, ["failed"])


async def test_of_two_decisions_about_one_vendor_the_second_waits_and_looks_again(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    one = await proposal(db, who, "assign_vendors", vendors=["walls", "Sound and Light"], notes="one")
    two = await proposal(db, who, "assign_vendors", vendors=["Sound and Light"], notes="two")
    assert await is_overtaken(db, owner_url, who, one, two)
    early = await proposal(db, who, "update_vendor_status", vendor="walls", arrives_at="07:00")
    off = await proposal(db, who, "update_vendor_status", vendor="walls", status="cancelled")
    assert await is_overtaken(db, owner_url, who, early, off)
    assert assigned(owner_url) == {
        **CATERING,
        "Sound and Light": ("invited", None, "one"),
        "Soundproof Walls": ("invited", "2031-05-01T07:00", "one"),
    }


async def test_without_the_locks_the_second_would_write_over_the_first(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    without_locks(owner_url, "vendor")
    early = await proposal(db, who, "update_vendor_status", vendor="blue plate", arrives_at="07:00")
    late = await proposal(db, who, "update_vendor_status", vendor="blue plate", arrives_at="11:00")
    assert not await is_overtaken(db, owner_url, who, early, late)
    assert assigned(owner_url) == {"Blue Plate Catering": ("confirmed", "2031-05-01T11:00", "Kosher kitchen")}


async def test_an_agenda_that_is_being_changed_is_waited_for(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    who = world.people["manager"]
    earlier = {"start_time": "07:00", "end_time": "07:30"}
    moved = await proposal(db, who, "update_schedule_item", schedule_id="Opening Keynote", changes=earlier)
    in_time = await proposal(db, who, "assign_vendors", vendors=["walls"], arrives_at="2031-05-01T09:30")
    assert in_time.conflicts == ()
    assert await is_overtaken(db, owner_url, who, moved, in_time)
    assert assigned(owner_url) == CATERING


async def test_a_renewed_assignment_leaves_out_who_came_to_it_in_the_meantime(
    db: Database, world: World, vendors: dict[str, UUID]
) -> None:
    who = world.people["manager"]
    proposed = await proposal(db, who, "assign_vendors", vendors=["walls", "Sound and Light"])
    await change(db, world, ASSIGNED, id=vendors["Soundproof Walls"])
    looked = await review(db, who, Inverse("vendors_assign", proposed.args))
    assert isinstance(looked, Proposal)
    assert shown(looked) == (
        "Assign to Spring Conference: Sound and Light",
        [("Sound and Light", "invited"), ("Assigned already, left out", "Soundproof Walls")],
        [],
    )


async def test_a_viewer_cannot_write_and_staff_cannot_decide(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    assert isinstance(await propose(db, world.people["staff"], "assign_vendors", vendors=["walls"]), Proposal)
    proposed = await proposal(db, world.people["manager"], "assign_vendors", vendors=["walls"])
    with pytest.raises(Exception, match="row-level security"):
        await run(db, world.people["staff"], proposed)
    # To a viewer the rows that it rests on are not there at all.
    with pytest.raises(WorldMoved):
        await run(db, world.people["viewer"], proposed)
    assert assigned(owner_url) == CATERING


COSTS = """
    select array[vendor.name, trim_scale(seat.cost)::text, seat.currency] as row from public.event_vendors as seat
    join public.vendors as vendor on vendor.id = seat.vendor_id order by vendor.name
"""


def costs(owner_url: str) -> list[list[str | None]]:
    """Return what each vendor costs, by name."""
    return [each["row"] for each in owner_rows(owner_url, COSTS)]


def impact(proposed: Proposal, locale: str = "en") -> list[str]:
    """Return what a proposal touches in words, without isolates."""
    return [plainly(say(locale, touched_phrase(each))) for each in proposed.impact.lines]


async def test_what_a_vendor_costs_is_shown_written_added_up_and_taken_back(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    owner = world.people["owner"]
    booked = await proposal(db, owner, "assign_vendors", vendors=["Sound and Light"], cost="1,500 ₪")
    assert shown(booked) == (
        "Assign to Spring Conference: Sound and Light",
        [("Sound and Light", "invited"), ("Cost of Sound and Light", "₪1,500.00")],
        [],
    )
    assert impact(booked) == ["The event costs ₪1,500.00 more."]
    assert impact(booked, "he") == ["עלות האירוע עולה ב־\u200f1,500.00\u00a0\u200f₪."]
    await run(db, owner, booked)
    raised = await proposal(db, owner, "update_vendor_status", vendor="Sound and Light", cost="1750.5 שקלים")
    assert shown(raised)[2] == [("Cost", "₪1,500.00", "₪1,750.50")]
    assert impact(raised) == ["The event costs ₪250.50 more."]
    paid = await run(db, owner, raised)
    assert costs(owner_url) == [["Blue Plate Catering", None, None], ["Sound and Light", "1750.5", "ILS"]]
    told = await ask(db, world.people["staff"], "list_vendors")
    assert [row.get("cost") for row in told["vendors"]] == [None, "1750.5 ILS"]
    told = await ask(db, world.people["viewer"], "list_vendors")
    assert [row.get("cost") for row in told["vendors"]] == [None, None]
    off = await proposal(db, owner, "unassign_vendor", vendor="Sound and Light")
    assert impact(off) == ["The event costs ₪1,750.50 less."]
    gone = await run(db, owner, off)
    await take_back(db, owner, gone)
    await take_back(db, owner, paid)
    assert costs(owner_url) == [["Blue Plate Catering", None, None], ["Sound and Light", "1500", "ILS"]]


async def test_another_currency_costs_more_in_one_and_less_in_the_other(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    owner = world.people["owner"]
    first = await run(db, owner, await proposal(db, owner, "update_vendor_status", vendor="blue plate", cost="$400"))
    same = await refusal(db, owner, "update_vendor_status", vendor="blue plate", cost="400.00 USD")
    assert same == ("Blue Plate Catering is already so; there is nothing to change.", None)
    other = await proposal(db, owner, "update_vendor_status", vendor="blue plate", cost="₪1500")
    assert impact(other) == ["The event costs $400.00 less.", "The event costs ₪1,500.00 more."]
    await take_back(db, owner, first)
    assert costs(owner_url) == [["Blue Plate Catering", None, None]]


async def test_what_was_judged_before_there_were_costs_is_still_what_it_was(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str
) -> None:
    waiting = await proposal(db, world.people["owner"], "unassign_vendor", vendor="blue plate")
    assert waiting.before is not None
    assert [*waiting.before["vendors"][0]["now"]] == ["notes", "status", "arrives_at"]
    await change(db, world, "update public.event_vendors set cost = 5, currency = 'ILS' where event_id = %(event)s")
    with pytest.raises(WorldMoved):
        await run(db, world.people["owner"], waiting)


@pytest.mark.parametrize(
    ("call", "after"),
    [
        (("assign_vendors", {"vendors": ["Sound and Light"], "cost": "$20"}), ["Sound and Light", "20", "USD"]),
        (
            ("update_vendor_status", {"vendor": "blue plate", "cost": "99.5 ILS"}),
            ["Blue Plate Catering", "99.5", "ILS"],
        ),
    ],
)
async def test_a_cost_is_written_by_the_decision_and_proved(
    db: Database, world: World, vendors: dict[str, UUID], owner_url: str, database_url: str, call: Any, after: Any
) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(call), says("It waits."))
    await suggested(rt, slack_message("book it"), database_url)
    [card] = slack.cards.values()
    await on_decision(rt, press(card.suggestion_id))
    assert statuses(owner_url) == ["executed"]
    assert after in costs(owner_url)


async def test_an_unclear_cost_is_asked_back_in_the_persons_language(
    db: Database, world: World, vendors: dict[str, UUID], database_url: str
) -> None:
    wanted = ("assign_vendors", {"vendors": ["Sound and Light"], "cost": "1500"})
    rt, slack, _telegram, model = runtime(db, calls(wanted), says("In which currency?"))
    await suggested(rt, slack_message("book it"), database_url)
    assert slack.cards == {}
    answer = model.requests[1].contents[-1]["parts"][0]["function_response"]["response"]
    locale = world.people["manager"].locale
    assert answer == {"status": "refused", "why": plainly(say(locale, phrase("money-no-currency", text="1500")))}
