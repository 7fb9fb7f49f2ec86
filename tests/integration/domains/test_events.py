"""Events: drafted, changed, published and taken back, on the real database and through the flows."""

import asyncio
from datetime import date
from typing import Any

import pytest

from core.actions.risk import assess
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import tools_for, write_tool
from core.kernel.phrases import phrase
from core.kernel.proposals import Conflict, Impact, Item
from core.kernel.tools import Inverse
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import (
    action_of,
    carry_out,
    decided,
    proposed,
    read_out,
    refusal,
    shown,
    way_back,
)
from tests.integration.flows.office import change, log_rows, press, slack_message, statuses, suggested
from tests.owner import owner_rows
from tests.world import NOW, ROLES, World, at, make_world

pytestmark = pytest.mark.db

AUTUMN = {"name": "Autumn Fair", "first_day": "2031-10-01", "last_day": "2031-10-03", "time_zone": "Europe/Berlin"}
SPRING = ("Spring Conference", date(2031, 5, 1), date(2031, 5, 2), "Asia/Jerusalem")
DRAFT = "update public.events set status = 'draft'"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def events(owner_url: str, columns: str = "name, starts_on, ends_on, time_zone, status") -> list[tuple[Any, ...]]:
    rows = owner_rows(owner_url, f"select {columns} from public.events order by starts_on, name, id")
    return [tuple(row.values()) for row in rows]


def kinds(conflicts: tuple[Conflict, ...]) -> list[tuple[str, str, dict[str, str | int]]]:
    return [(each.kind, each.severity, each.details) for each in conflicts]


async def test_a_new_event_is_a_draft_and_can_be_taken_back_while_it_is_empty(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    suggestion = await decided(db, database_url, "create_event_draft", **AUTUMN)
    autumn = ("Autumn Fair", date(2031, 10, 1), date(2031, 10, 3), "Europe/Berlin", "draft")
    assert events(owner_url) == [(*SPRING, "published"), autumn]
    [row] = log_rows(owner_url)
    assert (row["event_id"], row["zone"], row["risk"]) == (None, "Europe/Berlin", "low")
    back = await way_back(db, world.people["manager"], suggestion)
    assert back == Inverse("event_delete_draft", {"event_id": row["action_data"]["args"]["new_id"]})
    assert await carry_out(db, world.people["manager"], back) is None
    assert events(owner_url) == [(*SPRING, "published")]


@pytest.mark.parametrize(
    "what",
    [
        "insert into public.rooms (organization_id, event_id, name) "
        "select organization_id, id, 'Hall' from public.events where status = 'draft'",
        "insert into public.checklist_items (organization_id, event_id, title) "
        "select organization_id, id, 'Print badges' from public.events where status = 'draft'",
        "update public.events set status = 'published'",
    ],
)
async def test_a_draft_that_was_filled_or_published_stays(
    db: Database, world: World, owner_url: str, database_url: str, what: str
) -> None:
    suggestion = await decided(db, database_url, "create_event_draft", **AUTUMN)
    back = await way_back(db, world.people["manager"], suggestion)
    await change(db, world, what)
    assert await carry_out(db, world.people["manager"], back) == "events-not-empty"
    assert [name for name, *_ in events(owner_url)] == ["Spring Conference", "Autumn Fair"]


async def test_the_way_back_of_a_removal_is_the_same_event_again(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    who = world.people["manager"]
    await decided(db, database_url, "create_event_draft", **AUTUMN)
    before = events(owner_url, "id, name, starts_on, ends_on, time_zone, status")
    removal = await proposed(db, who, "delete_event_draft", event="Autumn Fair")
    assert (removal.effect, assess(removal, NOW)) == ("delete", "medium")
    assert await carry_out(db, who, Inverse("event_delete_draft", removal.args)) is None
    assert len(events(owner_url)) == 1
    back = write_tool("event_delete_draft").inverse(action_of(removal))
    assert back is not None
    assert await carry_out(db, who, back) is None
    assert events(owner_url, "id, name, starts_on, ends_on, time_zone, status") == before
    assert await carry_out(db, who, back) == "change-nothing"


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ({"time_zone": "asia/JERUSALEM"}, ("2031-10-01", "2031-10-01", "Asia/Jerusalem")),
        ({}, ("2031-10-01", "2031-10-01", "Asia/Jerusalem")),
        ({"last_day": "2031-10-04", "time_zone": "utc"}, ("2031-10-01", "2031-10-04", "UTC")),
    ],
)
async def test_what_is_left_out_follows_from_the_asker_and_the_first_day(
    db: Database, world: World, args: dict[str, str], wanted: tuple[str, str, str]
) -> None:
    looked = await proposed(
        db, world.people["staff"], "create_event_draft", name="Autumn", first_day="2031-10-01", **args
    )
    assert tuple(looked.args["set"][column] for column in ("starts_on", "ends_on", "time_zone")) == wanted


@pytest.mark.parametrize("zone", ["Atlantis/Poseidonis", "../etc/passwd", "Europe", "IST-2", "posix/Europe/Berlin"])
async def test_a_zone_that_does_not_exist_is_asked_back(db: Database, world: World, zone: str) -> None:
    who = world.people["staff"]
    assert await refusal(db, who, "create_event_draft", **{**AUTUMN, "time_zone": zone}) == (
        "events-zone-unknown",
        None,
    )
    assert await refusal(db, who, "update_event", changes={"time_zone": zone}) == ("events-zone-unknown", None)


async def test_days_that_end_before_they_begin_are_asked_back(db: Database, world: World) -> None:
    who = world.people["staff"]
    backwards = {**AUTUMN, "last_day": "2031-09-30"}
    assert await refusal(db, who, "create_event_draft", **backwards) == ("events-days-backwards", None)
    assert await refusal(db, who, "update_event", changes={"last_day": "2031-04-30"}) == ("events-days-backwards", None)


async def test_the_same_name_on_the_same_days_is_a_warning(db: Database, world: World) -> None:
    days = {"first_day": "2031-05-01", "last_day": "2031-05-02"}
    same = await proposed(db, world.people["staff"], "create_event_draft", name=" SPRING  conference", **days)
    assert kinds(same.conflicts) == [("event_exists", "warning", {"event": "Spring Conference"})]
    later = {"first_day": "2031-05-01", "last_day": "2031-05-03"}
    other = await proposed(db, world.people["staff"], "create_event_draft", name="Spring Conference", **later)
    assert other.conflicts == ()


async def test_sessions_that_would_fall_outside_block_new_days(db: Database, world: World) -> None:
    who = world.people["staff"]
    shorter = await proposed(db, who, "update_event", changes={"last_day": "2031-05-01"})
    first = Item(
        id=world.sessions["Closing Panel"],
        title="Closing Panel",
        start_time=at("16:00", 2),
        end_time=at("17:00", 2),
        room="Hall A",
        speaker_name="Dana Levi, Tom Harris",
    )
    assert shorter.conflicts == (
        Conflict(kind="sessions_left_out", severity="error", item=first, details={"count": 1}),
    )
    later = await proposed(db, who, "update_event", changes={"first_day": "2031-05-03"})
    assert later.args["set"] == {"starts_on": "2031-05-03", "ends_on": "2031-05-04"}
    assert [(each.kind, each.details) for each in later.conflicts] == [("sessions_left_out", {"count": 5})]


async def test_sessions_that_stand_outside_already_do_not_block_setting_it_right(db: Database, world: World) -> None:
    await change(db, world, "update public.events set ends_on = '2031-05-01'")
    longer = await proposed(db, world.people["staff"], "update_event", changes={"last_day": "2031-05-03"})
    assert longer.conflicts == ()
    assert longer.impact == Impact(affected_participants=2, counts_people=False)


async def test_a_new_zone_shifts_local_times_and_goes_back_exactly(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    changes = {"name": "Spring Days", "last_day": "2031-05-03", "time_zone": "Europe/Berlin"}
    rt, slack, card = await shown(db, database_url, "update_event", changes=changes)
    assert card.risk == "high"
    assert read_out(card) == [
        "Change of the event: Spring Conference",
        "Days: Thu 1 May to Fri 2 May 2031 | Thu 1 May to Sat 3 May 2031",
        "Name: Spring Conference | Spring Days",
        "Time zone: Asia/Jerusalem | Europe/Berlin",
        "warning: Local times shift: sessions keep their moment and will be shown in Europe/Berlin time.",
        "2 registered people are affected.",
    ]
    assert read_out(card, "he")[1] == (
        "ימים: מיום ה׳, 1 במאי עד יום ו׳, 2 במאי 2031 | מיום ה׳, 1 במאי עד שבת, 3 במאי 2031"
    )
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    assert [card.state for card in slack.cards.values()] == ["executed"]
    assert events(owner_url) == [
        ("Spring Days", date(2031, 5, 1), date(2031, 5, 3), "Europe/Berlin", "published"),
    ]
    back = await way_back(db, world.people["manager"], card.suggestion_id)
    assert await carry_out(db, world.people["manager"], back) is None
    assert events(owner_url) == [(*SPRING, "published")]


async def test_a_change_that_changes_nothing_is_told_so(db: Database, world: World) -> None:
    same = {"name": "Spring Conference", "time_zone": "asia/jerusalem"}
    assert await refusal(db, world.people["staff"], "update_event", changes=same) == ("change-nothing", None)


async def test_publishing_counts_what_speaks_against_the_whole_agenda(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    await change(db, world, DRAFT)
    await change(db, world, "update public.schedules set speaker_name = 'Tom Harris' where title = 'Opening Keynote'")
    await change(db, world, "update public.rooms set capacity = 1 where name = 'Hall A'")
    await change(db, world, "update public.events set ends_on = '2031-05-01'")
    _rt, _slack, card = await shown(db, database_url, "publish_event")
    assert card.risk == "high"
    assert read_out(card) == [
        "Publish the event: Spring Conference",
        "Days: Thu 1 May 2031",
        "Time zone: Asia/Jerusalem",
        "warning: In one case a speaker is in two places at once.",
        "warning: One session is larger than its room.",
        "warning: One session is outside the event's days.",
        "2 registered people are affected.",
    ]
    assert events(owner_url)[0][-1] == "draft"


async def test_an_event_without_an_agenda_may_be_published_with_a_warning(db: Database, world: World) -> None:
    await change(db, world, DRAFT)
    await change(db, world, "update public.schedules set status = 'cancelled'")
    looked = await proposed(db, world.people["staff"], "publish_event")
    assert (kinds(looked.conflicts), looked.least_risk) == (
        [("agenda_empty", "warning", {"event": "Spring Conference"})],
        "high",
    )


async def test_what_is_published_can_be_made_a_draft_again(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    who = world.people["manager"]
    assert await refusal(db, who, "publish_event") == ("events-already-published", None)
    await change(db, world, DRAFT)
    suggestion = await decided(db, database_url, "publish_event")
    assert events(owner_url) == [(*SPRING, "published")]
    back = await way_back(db, who, suggestion)
    assert back == Inverse("event_unpublish", {"event_id": str(world.event_id), "set": {"status": "draft"}})
    assert await carry_out(db, who, back) is None
    assert events(owner_url) == [(*SPRING, "draft")]
    assert await carry_out(db, who, back) == "events-not-published"
    assert await carry_out(db, who, Inverse("event_publish", {**back.args, "set": {"status": "published"}})) is None
    hidden = await proposed(db, who, "unpublish_event")
    assert (hidden.least_risk, write_tool("event_unpublish").inverse(action_of(hidden))) == (
        "high",
        Inverse("event_publish", {"event_id": str(world.event_id), "set": {"status": "published"}}),
    )


LONGER = ("update_event", {"changes": {"last_day": "2031-05-03"}})


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (("publish_event", {}), "update public.schedules set speaker_name = 'Tom Harris' where room = 'Hall A'"),
        (("publish_event", {}), "delete from public.schedules where title = 'Closing Panel'"),
        (("publish_event", {}), "update public.events set name = 'Summer Conference'"),
        (LONGER, "update public.schedules set status = 'cancelled' where title = 'Closing Panel'"),
        (LONGER, "delete from public.participants where full_name = 'Eli Katz'"),
    ],
)
async def test_when_a_fact_changed_nothing_runs(
    db: Database, world: World, owner_url: str, database_url: str, call: Any, what: str
) -> None:
    await change(db, world, DRAFT)
    name, args = call
    rt, _slack, card = await shown(db, database_url, name, **args)
    await change(db, world, what)
    before = events(owner_url)
    assert await on_decision(rt, press(card.suggestion_id)) == say("he", phrase("decision-moved"))
    assert (events(owner_url), statuses(owner_url)) == (before, ["superseded", "suggested"])


async def test_of_two_equal_drafts_at_once_the_second_is_asked_again(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db)
    for event in ("E1", "E2"):
        model.script += [calls(("create_event_draft", AUTUMN)), says("It waits.")]
        await suggested(rt, slack_message("add it", event=event), database_url)
    presses = [press(card.suggestion_id, message=ref.message) for ref, card in slack.cards.items()]
    assert set(await asyncio.gather(*(on_decision(rt, each) for each in presses))) == {
        None,
        say("he", phrase("decision-moved")),
    }
    assert [name for name, *_ in events(owner_url)] == ["Spring Conference", "Autumn Fair"]
    assert sorted(statuses(owner_url)) == ["executed", "suggested", "superseded"]


async def test_another_organisations_event_is_exactly_one_that_does_not_exist(db: Database, world: World) -> None:
    beth = await make_world(db, "Beth Shows", team="T2")
    who, theirs = beth.people["manager"], str(world.event_id)
    assert await refusal(db, who, "publish_event", event=theirs) == ("event-unknown", None)
    for action_type in ("event_update", "event_publish", "event_unpublish", "event_delete_draft"):
        forged = Inverse(action_type, {"event_id": theirs, "set": {"status": "published"}})
        assert await carry_out(db, who, forged) == "events-gone"


@pytest.mark.parametrize("role", ROLES)
def test_the_ways_back_are_offered_to_nobody(role: Any) -> None:
    offered = {tool.name for tool in tools_for(role)}
    assert offered & {"delete_event_draft", "unpublish_event", "remove_room"} == set()
    assert {"get_event_overview", "get_agenda_now", "get_room_use", "find_conflicts", "what_changed"} <= offered
