"""Edited, then approved: checked like any change, a card of its own in the old one's place, the story in the log."""

from dataclasses import replace

import pytest

from core.audit.reports import queries as reports
from core.audit.tools import ExplainSuggestion, explain_suggestion
from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.messages import MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.tools import Done
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import (
    NEW,
    STAFF,
    TO_B,
    TO_NOON,
    Desk,
    approve,
    desk_with,
    kinds,
    only,
    pressed,
    said,
)
from tests.integration.flows.office import change, log_rows, slack_message, start_of, statuses
from tests.owner import owner_rows, owner_run
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_an_edited_suggestion_takes_the_place_of_the_first_and_runs_as_edited(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    old = desk.card()
    assert await desk.press("edit", evidence={"start": "2031-05-01T14:30", "room": " hall  A "}) is None
    fresh = desk.card()
    assert fresh.suggestion_id != old.suggestion_id
    assert fresh.notice == phrase("notice-edited", name=world.people["manager"].name)
    assert [(said(each.label), said(each.proposed)) for each in fresh.changes] == [
        ("When", "Thu 1 May · 14:30 to 15:30"),
        ("Room", "Hall A"),
    ]
    first, second = log_rows(owner_url)
    assert (first["execution_status"], first["superseded_by"]) == ("superseded", second["id"])
    assert (second["execution_status"], second["edited_from"]) == ("suggested", first["id"])
    assert (second["user_id"], second["correlation_id"]) == (first["user_id"], first["correlation_id"])
    assert second["shown_hash"] != first["shown_hash"]
    assert await approve(desk) is None
    [row] = owner_rows(owner_url, "select * from public.schedules where title = 'Lighting Basics'")
    assert (row["start_time"], row["end_time"], row["room"]) == (at("14:30"), at("15:30"), "Hall A")
    async with db.as_operator() as tx:
        [counted] = await reports.edited_approvals(tx, organization=None, event=None)
    assert (counted["action_type"], counted["approved"], counted["edited"]) == ("schedule_update", 1, 1)


async def test_the_old_buttons_are_dead(db: Database, world: World, owner_url: str, database_url: str) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    old = pressed(desk.telegram, "approve", evidence=all_that_it_asks(desk.card()))
    await desk.press("edit", evidence={"title": "Light"})
    name, at_ = world.people["manager"].name, log_rows(owner_url)[0]["decided_at"]
    assert at_ is not None
    told = await on_decision(desk.rt, old)
    assert told == say("he", phrase("decision-already-superseded", name=name))
    assert (start_of(owner_url, world, "Lighting Basics"), statuses(owner_url)) == (
        at("10:00"),
        ["superseded", "suggested"],
    )


async def test_the_asker_stays_who_asked_and_every_copy_moves(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, telegram, _model = runtime(db, calls(TO_NOON), says("It waits."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("Basics at noon", user=STAFF)
    assert await on_decision(rt, pressed(slack, "edit", evidence={"speaker": "Noa Katz"})) is None
    await drain(rt, database_url)
    assert only(slack).suggestion_id == only(telegram).suggestion_id
    assert {each.args.get("name") for each in (only(telegram).asked_by,) if each} == {world.people["staff"].name}
    assert [row["user_id"] for row in log_rows(owner_url)] == [world.people["staff"].user_id] * 2


async def test_a_new_session_is_edited_as_well(db: Database, world: World, owner_url: str, database_url: str) -> None:
    desk = await desk_with(db, database_url, NEW)
    values = {"title": "Morning Yoga", "start": "2031-05-02T08:00", "speaker": "Tom Harris", "room": ""}
    assert await desk.press("edit", evidence=values) is None
    assert await approve(desk) is None
    [row] = owner_rows(owner_url, "select * from public.schedules where title like '%Yoga%'")
    assert (row["title"], row["start_time"], row["end_time"]) == ("Morning Yoga", at("08:00", 2), at("08:30", 2))
    assert (row["room"], row["speaker_name"]) == (None, "Tom Harris")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"title": "Lighting Basics", "room": "HALL b", "start": "2031-05-01T12:00"}, phrase("edit-unchanged")),
        ({"title": " "}, phrase("edit-no-title")),
        ({"title": "x" * 501}, phrase("edit-too-long", longest=500)),
        ({"start": "noonish"}, phrase("time-unreadable", text="noonish")),
        ({"start": "0001-01-01T00:00"}, phrase("edit-time-how")),
        ({"room": "Attic"}, phrase("room-unknown", room="Attic", rooms=("Hall A", "Hall B", "Workshop"))),
        ({"start": "2031-05-01T10:00"}, phrase("change-nothing", title="Lighting Basics")),
        ({"end": "2031-05-01T11:00"}, phrase("conflict-ends-before-start")),
        ({"start": "2031-06-01T11:00"}, phrase("conflict-outside-event", event="Spring Conference")),
        ({}, phrase("edit-unchanged")),
    ],
)
async def test_an_edit_that_makes_no_sense_is_one_sentence_and_changes_nothing(
    db: Database, world: World, owner_url: str, database_url: str, values: dict[str, str], told: Phrase
) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    before = desk.card()
    assert await desk.press("edit", evidence=values) == say("he", told)
    assert (desk.card(), statuses(owner_url)) == (before, ["suggested"])


async def test_a_time_that_a_clock_change_removes_is_asked_about(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    owner_run(owner_url, "update public.events set starts_on = '2031-03-27', ends_on = '2031-05-02'")
    desk = await desk_with(db, database_url, TO_NOON)
    told = await desk.press("edit", evidence={"start": "2031-03-28T02:30"})
    assert told == say("he", phrase("time-never", text="2031-03-28T02:30", zone="Asia/Jerusalem"))
    assert statuses(owner_url) == ["suggested"]


async def test_an_edit_into_a_conflict_is_told_by_the_conflict_and_changes_nothing(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    before = desk.card()
    told = await desk.press("edit", evidence={"start": "2031-05-01T11:30"})
    assert told is not None
    assert ("Sound Check Live" in told, desk.card(), statuses(owner_url)) == (True, before, ["suggested"])


async def test_a_warning_is_shown_on_the_new_card(db: Database, world: World, database_url: str) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    # Dana speaks elsewhere at noon.
    assert await desk.press("edit", evidence={"speaker": "Dana Levi"}) is None
    assert [(each.severity, each.text.id) for each in desk.card().warnings] == [("warning", "conflict-speaker-overlap")]


async def test_a_blocked_suggestion_is_edited_out_of_its_conflict(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_B)
    assert [each.severity for each in desk.card().warnings] == ["error"]
    assert await desk.press("edit", evidence={"room": "Workshop"}) is None
    assert [each.severity for each in desk.card().warnings] == []
    assert await approve(desk) is None
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_what_cannot_be_edited_has_no_such_button(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, ("delete_schedule_item", {"schedule_id": "Lighting Basics"}))
    assert [each for each in kinds(desk.card()) if each[0] == "edit"] == []
    assert await desk.press("edit", evidence={"title": "x"}) == say("he", phrase("edit-nothing-to"))
    assert statuses(owner_url) == ["suggested"]


async def test_the_models_reason_is_not_given_for_what_it_did_not_suggest(
    db: Database, world: World, database_url: str
) -> None:
    name, args = TO_NOON
    desk = await desk_with(db, database_url, (name, {**args, "because": "The hall is free then."}))
    assert desk.card().why is not None
    await desk.press("edit", evidence={"title": "Light"})
    assert desk.card().why is None


async def test_the_story_says_who_changed_what(db: Database, world: World, owner_url: str, database_url: str) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    await desk.press("edit", evidence={"title": "Light", "start": "2031-05-01T15:00"})
    first, second = log_rows(owner_url)
    who = world.people["staff"]
    async with db.acting_as(who) as tx:
        told = await explain_suggestion(context(tx, who), ExplainSuggestion(suggestion=str(second["id"])))
    assert isinstance(told, Done)
    assert told.data["edited"] == {
        "from": str(first["id"]),
        "by": world.people["manager"].name,
        "changed": {
            "title": {"was": "Lighting Basics", "is": "Light"},
            "start_time": {"was": at("12:00").isoformat(), "is": at("15:00").isoformat()},
            "end_time": {"was": at("13:00").isoformat(), "is": at("16:00").isoformat()},
        },
    }


async def test_an_edit_after_the_world_moved_is_judged_by_the_world_as_it_is(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    await change(db, world, "update public.schedules set title = 'Lights' where title = 'Lighting Basics'")
    assert await desk.press("edit", evidence={"room": "Workshop"}) is None
    assert said(desk.card().title) == "Change: Lights"
    assert await approve(desk) is None
    assert statuses(owner_url) == ["superseded", "executed"]


async def test_an_edited_suggestion_that_is_renewed_is_still_an_edited_one(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk = await desk_with(db, database_url, TO_NOON)
    await desk.press("edit", evidence={"room": "Workshop"})
    await change(db, world, "update public.schedules set title = 'Lights' where title = 'Lighting Basics'")
    assert await approve(desk) == say("he", phrase("decision-moved"))
    await approve(desk)
    first, _second, third = log_rows(owner_url)
    assert (third["execution_status"], third["edited_from"]) == ("executed", first["id"])


async def test_a_form_that_was_opened_before_somebody_changed_it_changes_nothing(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    """A window in Slack keeps the id of what it was opened for, and its rooms can be sent once more."""
    desk = await desk_with(db, database_url, TO_NOON)
    stale = pressed(desk.telegram, "edit", evidence={"room": "Hall A"})
    assert await desk.press("edit", evidence={"room": "Workshop"}) is None
    before = log_rows(owner_url)
    in_slack = replace(stale, sender=slack_message("").sender, pressed=MessageRef("slack", "T1", "D1", ""))
    for again in (stale, in_slack):
        assert await on_decision(desk.rt, again) == say("he", phrase("decision-already-superseded"))
    assert log_rows(owner_url) == before
