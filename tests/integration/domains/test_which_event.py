"""Which event a sentence means, with several in one organisation: by name, by a day of it, by what stands in it."""

from typing import Any

import pytest

from core.db import Database
from core.domains import TOOLS
from core.flows.bundles.tools import TOOLS as SEVERAL
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Done, ReadTool, Refused, ToolContext
from core.texts import say
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.db

AGENDAS = {
    ("DemoCon", "2031-07-10"): (("Rust for Crowds", "Ada Stein"), ("Doors Open", "Ada Stein"), ("Keynote", "Bo Lind")),
    ("כנס הקיץ", "2031-08-20"): (("פתיחה חגיגית", "יעל רז"), ("Doors Open", "Bo Lind")),
}


@pytest.fixture
async def world(db: Database) -> World:
    """The event of the other tests, which runs now, and two later ones."""
    world = await make_world(db)
    async with db.acting_as(world.people["owner"]) as tx:
        for (name, day), sessions in AGENDAS.items():
            values: dict[str, Any] = {"org": world.organization_id, "name": name, "day": day}
            await tx.execute(
                "insert into public.events (organization_id, name, starts_on, ends_on, time_zone, status) "
                "values (%(org)s, %(name)s, %(day)s, %(day)s::date + 1, 'Asia/Jerusalem', 'published')",
                values,
            )
            for number, (title, speaker) in enumerate(sessions):
                await tx.execute(
                    "insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, "
                    "end_time) select organization_id, id, %(title)s, 'Main', %(speaker)s, "
                    "%(day)s::date + make_interval(hours => 7 + %(number)s), "
                    "%(day)s::date + make_interval(hours => 8 + %(number)s) from public.events where name = %(name)s",
                    values | {"title": title, "speaker": speaker, "number": number},
                )
            await tx.execute(
                "insert into public.participants (organization_id, event_id, full_name) "
                "select organization_id, id, 'Guest of ' || name from public.events where name = %(name)s",
                values,
            )
            await tx.execute(
                "insert into public.checklist_items (organization_id, event_id, title) "
                "select organization_id, id, 'Badges for ' || name from public.events where name = %(name)s",
                values,
            )
            await tx.execute(
                "insert into public.rooms (organization_id, event_id, name) "
                "select organization_id, id, 'Main' from public.events where name = %(name)s",
                values,
            )
    return world


async def use(db: Database, who: Principal, name: str, **args: Any) -> Done | Proposal | Refused:
    tool = next(tool for tool in (*TOOLS, *SEVERAL) if tool.name == name)
    async with db.acting_as(who) as tx:
        ctx = ToolContext(tx, who, NOW)
        run = tool.run if isinstance(tool, ReadTool) else tool.preview
        return await run(ctx, tool.args.model_validate(args))


async def event_of(db: Database, who: Principal, found: Done | Proposal | Refused) -> str:
    assert isinstance(found, Proposal), found
    async with db.acting_as(who) as tx:
        row = await (await tx.execute("select name from public.events where id = %s", (found.event_id,))).fetchone()
    assert row is not None
    return row["name"]


READS = [
    ("get_session", {"session": "Rust for Crowds"}, "DemoCon"),
    ("get_session", {"session": "rust for crowd"}, "DemoCon"),
    ("get_session", {"session": "פתיחה חגיגית"}, "כנס הקיץ"),
    ("get_session", {"session": "doors open", "event": "democon"}, "DemoCon"),
    ("get_session", {"session": "doors open", "event": "the DemoCon conference"}, "DemoCon"),
    ("get_session", {"session": "Doors Open", "event": "כנס הקיץ"}, "כנס הקיץ"),
    ("get_session", {"session": "Doors Open", "event": "2031-08-21"}, "כנס הקיץ"),
    ("get_session", {"session": "Opening Keynote"}, "Spring Conference"),
    ("find_sessions", {"query": "crowds"}, "DemoCon"),
    ("find_sessions", {"query": "חגיגית"}, "כנס הקיץ"),
    ("find_sessions", {"query": "nothing like it"}, "Spring Conference"),
    ("get_agenda", {"day": "2031-07-10"}, "DemoCon"),
    ("get_agenda", {"at": "2031-08-20T11:30"}, "כנס הקיץ"),
    ("get_agenda", {"day": "2031-12-24"}, "Spring Conference"),
    ("get_agenda", {}, "Spring Conference"),
    ("get_agenda", {"speaker": "יעל רז"}, "כנס הקיץ"),
    ("get_agenda", {"speaker": "Nobody"}, "Spring Conference"),
    ("get_agenda", {"event": "2031-07-11"}, "DemoCon"),
    ("find_free_slots", {"minutes": 30, "day": "2031-07-10"}, "DemoCon"),
    ("get_event_overview", {"event": "democon"}, "DemoCon"),
    ("get_participant_agenda", {"participant": "Guest of DemoCon"}, "DemoCon"),
]


@pytest.mark.parametrize(("tool", "args", "event"), READS)
async def test_a_question_finds_its_event_and_the_answer_names_it(
    db: Database, world: World, tool: str, args: dict[str, Any], event: str
) -> None:
    found = await use(db, world.people["viewer"], tool, **args)
    assert isinstance(found, Done), found
    named = found.data["event"]
    assert (named if isinstance(named, str) else named["name"]) == event


NEW = {"title": "Talk", "start_time": "2031-07-10T15:00", "end_time": "2031-07-10T16:00"}
WRITES = [
    ("update_schedule_item", {"schedule_id": "Rust for Crowds", "changes": {"start_time": "18:00"}}, "DemoCon"),
    ("update_schedule_item", {"schedule_id": "פתיחה חגיגית", "changes": {"start_time": "18:00"}}, "כנס הקיץ"),
    ("update_schedule_item", {"schedule_id": "Doors Open", "changes": {"title": "D"}, "event": "democon"}, "DemoCon"),
    ("delete_schedule_item", {"schedule_id": "Rust for Crowds"}, "DemoCon"),
    ("create_schedule_item", NEW, "DemoCon"),
    ("create_schedule_item", NEW | {"event_id": "DemoCon"}, "DemoCon"),
    ("swap_sessions", {"session_a": "Doors Open", "session_b": "Rust for Crowds", "event": "DemoCon"}, "DemoCon"),
    ("shift_sessions", {"after": "10:00", "minutes": 15, "day": "2031-07-10"}, "DemoCon"),
    ("check_in_participant", {"participant": "Guest of DemoCon"}, "DemoCon"),
    ("complete_checklist_item", {"item": "Badges for כנס הקיץ"}, "כנס הקיץ"),
]


@pytest.mark.parametrize(("tool", "args", "event"), WRITES)
async def test_a_change_finds_its_event(
    db: Database, world: World, tool: str, args: dict[str, Any], event: str
) -> None:
    owner = world.people["owner"]
    assert await event_of(db, owner, await use(db, owner, tool, **args)) == event


ASKED = [
    # In two later events, in neither now.
    ("get_session", {"session": "Doors Open"}, "Which event do you mean: DemoCon and כנס הקיץ?"),
    ("delete_schedule_item", {"schedule_id": "doors open"}, "Which event do you mean: DemoCon and כנס הקיץ?"),
    # Like a title of the event that runs now, the very title of another one.
    ("delete_schedule_item", {"schedule_id": "Keynote"}, "Which event do you mean: Spring Conference and DemoCon?"),
    ("get_agenda", {"event": "Winter Gala"}, "I find no event named Winter Gala."),
    ("get_session", {"session": "Ghost"}, "I find no session Ghost in Spring Conference."),
    (
        "delete_schedule_item",
        {"schedule_id": "Rust for Crowds", "event": "Spring Conference"},
        "I do not find that in Spring Conference. It is in DemoCon.",
    ),
]


@pytest.mark.parametrize(("tool", "args", "question"), ASKED)
async def test_where_two_fit_or_none_it_is_asked_back(
    db: Database, world: World, tool: str, args: dict[str, Any], question: str
) -> None:
    refused = await use(db, world.people["owner"], tool, **args)
    assert isinstance(refused, Refused), refused
    plain = say("en", refused.why).replace("\u2068", "").replace("\u2069", "")
    assert plain == question


async def test_it_is_asked_back_in_hebrew_too(db: Database, world: World) -> None:
    refused = await use(db, world.people["manager"], "get_session", session="Doors Open")
    assert isinstance(refused, Refused)
    plain = say("he", refused.why).replace("\u2068", "").replace("\u2069", "")
    assert plain == "לאיזה אירוע הכוונה: DemoCon וכנס הקיץ?"
    assert [each["starts_on"] for each in (refused.data or {})["candidates"]] == ["2031-07-10", "2031-08-20"]


async def test_two_that_run_today_are_asked_back_unless_one_alone_has_it(db: Database, world: World) -> None:
    who = world.people["owner"]
    async with db.acting_as(who) as tx:
        await tx.execute(
            "update public.events set starts_on = '2031-05-01', ends_on = '2031-05-01' where name = 'DemoCon'"
        )
    assert isinstance(await use(db, who, "get_agenda"), Refused)
    assert (
        await event_of(db, who, await use(db, who, "delete_schedule_item", schedule_id="Rust for Crowds")) == "DemoCon"
    )
    closing = await use(db, who, "get_agenda", day="2031-05-02")
    assert isinstance(closing, Done)
    assert closing.data["event"] == "Spring Conference"


async def test_a_question_about_titles_here_does_not_hide_the_very_title_elsewhere(db: Database, world: World) -> None:
    who = world.people["owner"]
    async with db.acting_as(who) as tx:
        await tx.execute("update public.schedules set title = 'Evening Keynote' where title = 'Lighting Basics'")
    refused = await use(db, who, "delete_schedule_item", schedule_id="Keynote")
    assert isinstance(refused, Refused)
    assert refused.why.args == {"names": ("Spring Conference", "DemoCon")}


async def test_nothing_of_another_organisation_is_found(db: Database, world: World) -> None:
    other = await make_world(db, "Bet Events", team="T2")
    refused = await use(db, other.people["owner"], "get_session", session="Rust for Crowds")
    assert isinstance(refused, Refused)
    assert (refused.why.id, refused.data) == ("session-unknown", None)
