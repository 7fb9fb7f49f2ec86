"""What is noted about people, and how to reach them, is read by no viewer: not from the tools, not from SQL."""

import json
from typing import Any
from uuid import uuid4

import pytest
from psycopg import sql

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import TOOLS
from core.kernel.principal import Principal, Role
from core.kernel.tools import ReadTool
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import told
from tests.integration.flows.office import MOVE, slack_message
from tests.integration.history.story import approval
from tests.integration.isolation.grants import GRANTS
from tests.owner import owner_run
from tests.subjects import known
from tests.world import World, make_world

pytestmark = pytest.mark.db

NOTE, MAIL, NUMBER = "Needs the ramp at door four", "ruth@private.example", "+972500000001"
NEW_NOTE, NEW_MAIL, GATE = "Travels under another name", "bar@private.example", "Gate code 7731"
TRADE, TRADE_MAIL, WORDS = "+972500000002", "sound@private.example", "she left her husband"
SECRETS = (NOTE, MAIL, NUMBER, NEW_NOTE, NEW_MAIL, GATE, TRADE, TRADE_MAIL, WORDS)
DONE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("set_vip", {"participant": "Ruth Bar", "is_vip": True, "note": NEW_NOTE}),
    ("update_participant", {"participant": "Ruth Bar", "changes": {"email": NEW_MAIL}}),
    ("add_vendor", {"name": "Flowers", "phone": TRADE}),
    ("assign_vendors", {"vendors": ["Flowers"], "notes": GATE}),
    ("update_vendor", {"vendor": "Flowers", "changes": {"email": TRADE_MAIL}}),
)
READS: dict[str, dict[str, Any]] = {
    "explain_suggestion": {"suggestion": "Ruth Bar"},
    "find_conflicts": {},
    "find_free_slots": {"minutes": 30},
    "find_sessions": {"query": "Keynote"},
    "get_agenda": {},
    "get_agenda_now": {},
    "get_checklist": {},
    "get_event_overview": {},
    "get_participant_agenda": {"participant": "Ruth Bar"},
    "get_policy": {},
    "get_room_use": {},
    "get_session": {"session": "Opening Keynote"},
    "list_events": {},
    "list_pending_suggestions": {},
    "list_vendors": {},
    "list_vips": {},
    "what_changed": {"since": "2020-01-01T00:00"},
    **{name: args for subject in known().values() for name, args in subject.reads.items()},
}
CLOSED = {
    "ai_actions_of_event",
    "ai_conflict_catches",
    "ai_decisions",
    "ai_edited_approvals",
    "ai_insights_history",
    "ai_insights_log",
    "ai_vip_impact",
    "event_vendors",
    "participants",
    "vendors",
}
"""What has rows for a manager of this organisation and none for a viewer."""


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    """An organisation that knows secrets of people, in its rows and in what was asked for, decided and done."""
    made = await make_world(db)
    owner_run(
        owner_url,
        f"update public.participants set vip_notes = '{NOTE}', email = '{MAIL}', phone = '{NUMBER}' "
        "where full_name = 'Ruth Bar'",
    )
    for call in DONE:
        rt, *_ = runtime(db, calls(call), says("It waits."))
        await on_message(rt, slack_message("Please", event=str(uuid4())))
        assert await on_decision(rt, approval(owner_url)) is None
    rt, *_ = runtime(db, calls(MOVE), says("It waits."))
    await on_message(rt, slack_message(f"Move the keynote, {WORDS}", event=str(uuid4())))
    return made


def secrets_in(data: object) -> set[str]:
    text = json.dumps(data, default=str, ensure_ascii=False)
    return {secret for secret in SECRETS if secret in text}


async def test_every_question_of_a_viewers_is_answered_without_what_is_noted(db: Database, world: World) -> None:
    viewers = {tool.name for tool in TOOLS if isinstance(tool, ReadTool) and "viewer" in tool.roles}
    assert viewers == set(READS)
    answers: dict[str, dict[Role, Any]] = {
        name: {role: await told(db, world.people[role], name, **args) for role in ("staff", "viewer")}
        for name, args in READS.items()
    }
    assert {name: secrets_in(each["viewer"]) for name, each in answers.items()} == {name: set() for name in READS}
    # Staff are told, so there is something to leave out.
    kept = {name: secrets_in(each["staff"]) for name, each in answers.items()}
    assert {name: found for name, found in kept.items() if found} == {
        "explain_suggestion": {MAIL, NEW_MAIL, NEW_NOTE, NUMBER},
        "get_participant_agenda": {NEW_NOTE},
        "get_session": {NEW_NOTE},
        "list_vendors": {GATE},
        "list_vips": {NEW_NOTE},
        "what_changed": {MAIL, NEW_MAIL, NOTE, NEW_NOTE},
    }


async def test_a_viewer_is_told_the_rest(db: Database, world: World) -> None:
    answers = {name: await told(db, world.people["viewer"], name, **args) for name, args in READS.items()}
    assert [(vip["name"], vip["note"]) for vip in answers["list_vips"]["vips"]] == [("Ruth Bar", None)]
    session = answers["get_session"]
    assert (session["registered"], session["participants"]) == (2, ["Ruth Bar", "Eli Katz"])
    assert answers["get_participant_agenda"]["sessions"][0]["title"] == "Opening Keynote"
    overview = answers["get_event_overview"]
    assert {name: overview[name] for name in ("participants", "vips", "vendors", "open_suggestions")} == {
        "participants": 2,
        "vips": 1,
        "vendors": {"invited": 1},
        "open_suggestions": 1,
    }
    [vendor] = answers["list_vendors"]["vendors"]
    assert (vendor["name"], vendor["status"], vendor["notes"]) == ("Flowers", "invited", None)
    pending = answers["list_pending_suggestions"]
    assert (pending["total"], pending["suggestions"][0]["title"]) == (1, "Opening Keynote")
    changes = answers["what_changed"]["changes"]
    assert [(each["action"], each["what"], each.get("changes")) for each in changes] == [
        ("vendors_assign", "Flowers", None),
        ("participant_update", "Ruth Bar", {}),
        ("participant_set_vip", "Ruth Bar", {}),
    ]


async def test_a_viewer_is_told_the_story_of_a_suggestion_in_outline(db: Database, world: World) -> None:
    viewer, staff = world.people["viewer"], world.people["staff"]
    [waits] = (await told(db, viewer, "list_pending_suggestions"))["suggestions"]
    story = await told(db, viewer, "explain_suggestion", suggestion=waits["id"])
    whole = await told(db, staff, "explain_suggestion", suggestion=waits["id"])
    alike = ("id", "action", "title", "event", "asked_by", "asked_at", "risk", "blocked", "deadline", "status")
    assert {name: story[name] for name in alike} == {name: whole[name] for name in alike}
    assert story["proposed"] == {"set": whole["proposed"]["set"]}
    assert (story["impact"], story["asked_in_their_words"]) == (
        {"affected_participants": 2, "vips": ["Ruth Bar"]},
        None,
    )
    assert [(step["to"], step["by"]) for step in story["steps"]] == [("suggested", "Manager of Aleph Events")]
    assert WORDS in whole["asked_in_their_words"]


async def rows_of(db: Database, who: Principal, source: str) -> list[Any]:
    async with db.acting_as(who) as tx:
        query = sql.SQL("select to_jsonb(it) as row from {} as it").format(sql.SQL(source))  # pyright: ignore[reportArgumentType]
        return [each["row"] for each in await (await tx.execute(query)).fetchall()]


async def tables(db: Database, who: Principal) -> dict[str, list[Any]]:
    """Return every row that somebody's own SQL reads, by table."""
    readable = (name for name, rights in GRANTS["authenticated"].items() if "select" in rights)
    return {name: await rows_of(db, who, f"public.{name}") for name in readable}


async def test_no_sql_of_a_viewers_reads_what_is_noted(db: Database, world: World) -> None:
    seen, whole = await tables(db, world.people["viewer"]), await tables(db, world.people["manager"])
    assert {name: secrets_in(rows) for name, rows in seen.items() if secrets_in(rows)} == {}
    own = {"messages", "conversations", "ai_runs", "user_ai_stats"}
    assert {name for name, rows in whole.items() if rows and not seen[name]} == CLOSED | own
    assert set.union(*(secrets_in(rows) for rows in whole.values())) == set(SECRETS)
    [event] = seen["events"]
    outlines = [
        f"app.participant_outlines('{event['id']}')",
        f"app.participant_outlines(null, '{world.sessions['Opening Keynote']}')",
        f"app.vendor_outlines('{event['id']}')",
        "app.suggestion_outlines()",
        *(f"app.step_outlines('{row['id']}')" for row in whole["ai_insights_log"] if row["kind"] == "suggestion"),
    ]
    told_in_outline = {source: await rows_of(db, world.people["viewer"], source) for source in outlines}
    assert [source for source, rows in told_in_outline.items() if not rows] == []
    assert secrets_in(told_in_outline) == set()


async def test_without_the_policies_sql_of_a_viewers_would_read_it(db: Database, world: World, owner_url: str) -> None:
    # The twin: viewers are members like all others.
    for name in ("participants", "vendors", "event_vendors", "ai_insights_log", "ai_insights_history"):
        owner_run(
            owner_url,
            f"create policy open on public.{name} for select to authenticated "
            "using (organization_id = (select app.organization_id()))",
        )
    seen = await tables(db, world.people["viewer"])
    assert set.union(*(secrets_in(rows) for rows in seen.values())) == set(SECRETS)
