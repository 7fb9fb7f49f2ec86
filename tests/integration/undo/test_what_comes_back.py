"""The card of an undo says whom it brings back, what it cannot bring back, and what has changed since."""

import pytest

from core.actions.phrasing import conflict_phrase, touched_phrase
from core.actions.suggestion import Suggestion
from core.db import Database
from core.flows.undo import undo
from core.kernel.messages import MessageRef
from core.kernel.phrases import phrase
from core.kernel.proposals import Conflict, Vip
from core.texts import say
from tests.fakes import runtime
from tests.integration.undo.stage import approve, do, enrich, preview, state, suggest_undo, take_back
from tests.owner import owner_rows, owner_run
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db

_PLAIN = {0x2068: None, 0x2069: None}


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    enrich(owner_url)
    return made


def said(suggestion: Suggestion, locale: str = "en") -> list[str]:
    """What the card says of people and of conflicts."""
    lines = [
        *map(touched_phrase, suggestion.request.impact.lines),
        *(conflict_phrase(each, "UTC") for each in suggestion.request.conflicts),
    ]
    return [say(locale, line).translate(_PLAIN) for line in lines]


async def removed(db: Database, world: World, owner_url: str, title: str = "Opening Keynote"):
    rt, _slack, _telegram, _model = runtime(db)
    looked = await preview(db, world.people["owner"], "delete_schedule_item", {"schedule_id": title})
    return rt, await do(rt, owner_url, world, looked)


async def test_the_people_who_come_back_are_counted_and_named(db: Database, world: World, owner_url: str) -> None:
    rt, done = await removed(db, world, owner_url)
    back = await suggest_undo(rt, owner_url, world, done)
    vips = ("Guest 040", "Guest 080", "Guest 120", "Ruth Bar")
    assert (
        back.request.risk,
        back.request.impact.affected_participants,
        tuple(vip.name for vip in back.request.impact.vips),
    ) == (
        "high",
        123,
        vips,
    )
    assert said(back)[:2] == [
        "123 people get their places again.",
        "9 people stand on the waiting list again, in the same order.",
    ]
    assert said(back, "he")[:2] == [
        "123 אנשים מקבלים בחזרה את מקומם.",
        "9 אנשים חוזרים לרשימת ההמתנה, באותו סדר.",
    ]
    assert back.request.impact.vips[0] == Vip(name="Guest 040", note="Note 40")


async def test_who_left_the_list_does_not_come_back_and_the_card_says_so(
    db: Database, world: World, owner_url: str
) -> None:
    rt, done = await removed(db, world, owner_url)
    owner_run(owner_url, "delete from public.participants where full_name in ('Guest 050', 'Guest 051')")
    back = await suggest_undo(rt, owner_url, world, done)
    assert (back.request.risk, back.request.impact.affected_participants) == ("high", 121)
    assert back.request.conflicts == (
        Conflict(kind="people_gone", severity="warning", details={"count": 2}, must_be_acknowledged=True),
    )
    assert said(back)[-1] == (
        "2 people who were registered for it are no longer on the event's list. Their registrations do not come back."
    )
    assert await approve(rt, owner_url, world.people["owner"], back.id) is True
    [row] = owner_rows(
        owner_url,
        "select count(*) from public.participant_schedules where schedule_id = %s",
        (world.sessions["Opening Keynote"],),
    )
    assert row["count"] == 130


async def test_a_removal_that_loses_people_is_never_of_low_risk_to_take_back(
    db: Database, world: World, owner_url: str
) -> None:
    rt, done = await removed(db, world, owner_url, "Sound Check Live")
    owner_run(owner_url, "delete from public.participants where full_name = 'Maya Golan'")
    back = await suggest_undo(rt, owner_url, world, done)
    assert (back.request.risk, said(back)[:2]) == (
        "high",
        [
            "Nobody is registered for it.",
            "One person who was registered for it is no longer on the event's list. "
            "That registration does not come back.",
        ],
    )


async def test_a_room_that_was_taken_since_blocks_the_undo(db: Database, world: World, owner_url: str) -> None:
    rt, done = await removed(db, world, owner_url)
    owner_run(
        owner_url,
        "update public.schedules set room = 'Hall A', start_time = '2031-05-01 07:30Z', "
        "end_time = '2031-05-01 07:50Z' where title = 'Sound Check Live'",
    )
    back = await suggest_undo(rt, owner_url, world, done)
    assert (back.request.is_blocked, [each.kind for each in back.request.conflicts]) == (True, ["room_overlap"])


async def test_who_registered_elsewhere_meanwhile_is_named(db: Database, world: World, owner_url: str) -> None:
    rt, done = await removed(db, world, owner_url)
    owner_run(
        owner_url,
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select person.organization_id, session.id, person.id from public.participants as person "
        "join public.schedules as session using (event_id) "
        "where person.full_name in ('Guest 020', 'Guest 021') and session.title = 'Lighting Basics'",
    )
    back = await suggest_undo(rt, owner_url, world, done)
    assert said(back)[-1] == (
        "Guest 020 and Guest 021 are also registered for Lighting Basics, which starts Thu 1 May at 07:00."
    )


async def test_somebody_who_leaves_between_the_card_and_the_press_makes_a_fresh_card(
    db: Database, world: World, owner_url: str
) -> None:
    rt, done = await removed(db, world, owner_url)
    back = await suggest_undo(rt, owner_url, world, done)
    owner_run(owner_url, "delete from public.participants where full_name = 'Guest 050'")
    assert await approve(rt, owner_url, world.people["owner"], back.id) is not True
    assert owner_rows(owner_url, "select from public.schedules where title = 'Opening Keynote'") == []


async def test_what_is_back_already_is_not_brought_back_twice(db: Database, world: World, owner_url: str) -> None:
    rt, done = await removed(db, world, owner_url)
    await take_back(rt, owner_url, world, done)
    told = await undo(rt, world.people["owner"], done, MessageRef("slack", TEAM, "D1", "1"))
    assert told == phrase("session-back-already", title="Opening Keynote")


async def test_a_person_and_a_session_come_back_in_any_order(db: Database, world: World, owner_url: str) -> None:
    before = state(owner_url)
    rt, session = await removed(db, world, owner_url, "Sound Check Live")
    looked = await preview(db, world.people["owner"], "remove_participant", {"participant": "Maya Golan"})
    person = await do(rt, owner_url, world, looked)
    await take_back(rt, owner_url, world, session)
    await take_back(rt, owner_url, world, person)
    assert state(owner_url) == before


async def test_a_person_comes_back_to_what_is_still_there(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    looked = await preview(db, world.people["owner"], "remove_participant", {"participant": "Maya Golan"})
    done = await do(rt, owner_url, world, looked)
    owner_run(
        owner_url,
        "delete from public.schedules where title = 'Closing Panel'",
        "update public.schedules set max_capacity = 1 where title = 'Sound Check Live'",
        "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
        "select person.organization_id, session.id, person.id from public.participants as person "
        "join public.schedules as session using (event_id) "
        "where person.full_name = 'Guest 139' and session.title = 'Sound Check Live'",
    )
    back = await suggest_undo(rt, owner_url, world, done)
    assert (back.request.risk, said(back)) == (
        "high",
        [
            "One person gets their place again.",
            "One session that they were registered for is no longer there. That registration does not come back.",
            "Sound Check Live is full by now: its one place is taken. With this there would be one person too many.",
        ],
    )
