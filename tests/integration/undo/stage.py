"""A rich organisation, everything in its database but the log, and how a write is decided and taken back."""

import json
from typing import Any, LiteralString
from uuid import UUID, uuid4

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.db import Database
from core.flows.deciding.settling import attempt
from core.flows.runtime import TOOLS, Runtime
from core.flows.suggesting import store, weigh
from core.flows.undo import undo
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import Phrase
from core.kernel.principal import ChatUser, Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext, WriteTool
from tests.gestures import of_row
from tests.owner import owner_rows, owner_run
from tests.world import NOW, TEAM, World

Row = dict[str, Any]

LOG = frozenset(
    "ai_insights_log ai_insights_history card_copies conversations messages ai_runs acknowledgements approvals "
    "card_questions suggestion_pictures suggestion_reminders inbound_events".split()
)
"""What tells what happened; everything else is the state of the world."""
_NOT_STATE = frozenset({"row_version", "updated_at", "removed_at"})

_RICH: tuple[LiteralString, ...] = (
    "insert into public.user_profiles (organization_id, email, full_name, role, is_active) "
    "select id, 'gone@example.org', 'Gone Viewer', 'viewer', false from public.organizations",
    "update public.schedules set description = 'What comes, and why', track = 'Main', "
    "language = 'he', "
    "source_id = 'talk-1', source_code = 'ABC', keeps_waiting_list = false, "
    "max_capacity = 140, created_at = '2030-12-01 08:00Z' "
    "where title = 'Opening Keynote'",
    "update public.events set source_id = 'conf-1', source_address = 'https://a.example', "
    "created_at = '2030-11-01 08:00Z' where name = 'Spring Conference'",
    "update public.rooms set created_at = '2030-11-02 08:00Z', source_id = 'r-' || name, in_file = true",
    "update public.schedules set room = 'HALL b' where title = 'Lighting Basics'",
    "insert into public.rooms (organization_id, event_id, name, capacity, created_at, source_id, in_file) "
    "select organization_id, id, 'Attic', 12, '2030-11-03 08:00Z', 'r-5', false from public.events "
    "where name = 'Spring Conference'",
    "insert into public.participants (organization_id, event_id, full_name, email, phone, is_vip, vip_notes, "
    "source_id, checked_in_at, created_at) "
    "select organization_id, id, 'Guest ' || lpad(n::text, 3, '0'), 'g' || n || '@example.org', '+97250' || n, "
    "n % 40 = 0, case when n % 40 = 0 then 'Note ' || n end, 'p-' || n, "
    "case when n % 7 = 0 then '2031-05-01 05:00Z'::timestamptz end, '2030-12-02 08:00Z' "
    "from public.events, generate_series(1, 139) as n where name = 'Spring Conference'",
    "insert into public.participant_schedules "
    "(organization_id, schedule_id, participant_id, registered_at, waiting_since) "
    "select session.organization_id, session.id, person.id, '2031-01-01Z'::timestamptz "
    "+ right(person.source_id, 2)::int * interval '1 minute', case when substr(person.source_id, 3)::int > 130 "
    "then '2031-02-01Z'::timestamptz - substr(person.source_id, 3)::int * interval '1 hour' end "
    "from public.schedules as session join public.participants as person on person.event_id = session.event_id "
    "where session.title = 'Opening Keynote' and person.source_id ~ '^p-\\d\\d+$'",
    "insert into public.participants (organization_id, event_id, full_name, email, source_id, created_at) "
    "select organization_id, id, 'Maya Golan', 'maya@example.org', 'm-1', '2030-12-03 08:00Z' "
    "from public.events where name = 'Spring Conference'",
    "insert into public.participant_schedules "
    "(organization_id, schedule_id, participant_id, registered_at, waiting_since) "
    "select session.organization_id, session.id, person.id, '2031-01-05Z', "
    "case when session.title = 'Closing Panel' then '2031-01-06Z'::timestamptz end "
    "from public.schedules as session join public.participants as person on person.event_id = session.event_id "
    "where session.title in ('Sound Check Live', 'Closing Panel') and person.full_name = 'Maya Golan'",
    "insert into public.vendors (organization_id, name, category, phone, email, created_at) "
    "select id, vendor, 'Stage', '+1', 'v@example.org', '2030-11-04 08:00Z' from public.organizations, "
    "unnest(array['Sound and Light', 'Flowers']) as given(vendor)",
    "insert into public.event_vendors (organization_id, event_id, vendor_id, status, arrives_at, notes, cost, "
    "currency) select vendor.organization_id, event.id, vendor.id, 'confirmed', '2031-05-01 04:00Z', 'Ring twice', "
    "1500.50, 'ILS' "
    "from public.vendors as vendor join public.events as event using (organization_id) "
    "where vendor.name = 'Sound and Light'",
    "insert into public.checklist_items (organization_id, event_id, title, due_at, assigned_to, is_done, done_at, "
    "source_id, created_at) "
    "select event.organization_id, event.id, item.title, '2031-05-01 05:00Z', person.id, item.title = 'Print badges', "
    "case when item.title = 'Print badges' then '2031-04-30 05:00Z'::timestamptz end, 'c-' || item.title, "
    "'2030-11-05 08:00Z' from public.events as event "
    "join public.user_profiles as person on person.organization_id = event.organization_id "
    "and person.role = 'staff' and person.kind = 'person' "
    "cross join unnest(array['Print badges', 'Check microphones']) as item(title)",
    "insert into public.events (organization_id, name, starts_on, ends_on, time_zone, source_id, source_address, "
    "created_at) "
    "select id, 'Autumn Draft', '2031-10-01', '2031-10-02', 'Asia/Jerusalem', 'conf-2', "
    "'https://b.example', '2030-11-06 08:00Z' "
    "from public.organizations",
    "insert into public.organization_policies (organization_id, version, document, changed_by) "
    'select organization_id, 1, \'{"approvals": [], "askers_may_approve": true, "at_once_for_low": false, '
    '"backup": [], "buffer_minutes": 5, "levels": {}, "two_people_for": []}\', id from public.user_profiles '
    "where role = 'owner' and kind = 'person'",
    "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) "
    "select owner.organization_id, manager.id, owner.id, '2031-05-03', '2031-05-05', owner.id "
    "from public.user_profiles as owner join public.user_profiles as manager using (organization_id) "
    "where owner.role = 'owner' and manager.role = 'manager' "
    "and owner.kind = 'person' and manager.kind = 'person'",
)


def enrich(owner_url: str) -> None:
    """Give the world's tables rows with a value in every column that an undo could lose."""
    owner_run(owner_url, *_RICH)


def empty_columns(owner_url: str, *tables: str) -> set[str]:
    """Return the columns in which no row of the world has a value: an undo that loses them would not be seen."""
    rows = {
        table: owner_rows(owner_url, f"select to_jsonb(each) as row from public.{table} as each") for table in tables
    }
    return {
        f"{table}.{column}"
        for table, found in rows.items()
        for column in found[0]["row"]
        if all(row["row"][column] is None for row in found)
    }


def state(owner_url: str) -> dict[str, list[str]]:
    """Return every row of every tenant table but the log's, whole but for what every change counts up.

    Of the policy the version in force is the state; a delegation that was ended is none.
    """
    tables = owner_rows(
        owner_url,
        "select table_name as name from information_schema.columns join information_schema.tables using (table_schema, "
        "table_name) where table_schema = 'public' and column_name = 'organization_id' and table_type = 'BASE TABLE'",
    )
    return {table["name"]: _rows(owner_url, table["name"]) for table in tables if table["name"] not in LOG}


def _rows(owner_url: str, table: str) -> list[str]:
    if table == "organization_policies":
        found = owner_rows(owner_url, f"select document as row from public.{table} order by version desc limit 1")
    else:
        rows = owner_rows(owner_url, f"select to_jsonb(each) as row from public.{table} as each")
        found = [row for row in rows if table != "delegations" or row["row"]["ended_at"] is None]
    plain = [{key: value for key, value in row["row"].items() if key not in _NOT_STATE} for row in found]
    for row in plain:
        # That a link has ended is state; the minute in which it did is that of each ending.
        if "revoked_at" in row:
            row["revoked_at"] = row["revoked_at"] is not None
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in plain)


def write_named(name: str) -> WriteTool[Any]:
    """Return a write tool by its name."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    return tool


async def preview(db: Database, who: Principal, name: str, args: Row) -> Proposal:
    """Look at a write that can be proposed."""
    async with db.acting_as(who) as tx:
        tool = write_named(name)
        looked = await tool.preview(ToolContext(tx, who, NOW), tool.args.model_validate(args))
    assert not isinstance(looked, Refused), looked
    return looked


async def suggest(rt: Runtime, who: Principal, looked: Proposal) -> UUID:
    """Store a proposal as a suggestion."""
    async with rt.db.acting_as(who) as tx:
        asked = Asked(user_id=who.user_id, words=None, correlation_id=uuid4(), message_id=None, origin=None)
        return await store(rt, tx, Draft(weighed=await weigh(ToolContext(tx, who, NOW), looked), asked=asked))


async def approve(rt: Runtime, owner_url: str, who: Principal, suggestion_id: UUID) -> bool | Phrase:
    """Approve a suggestion, having done all that its card asks."""
    [row] = owner_rows(owner_url, "select * from public.ai_insights_log where id = %s", (suggestion_id,))
    decision = Decision(
        event_id=str(uuid4()),
        sender=ChatUser("slack", TEAM, "UOWNER"),
        suggestion_id=suggestion_id,
        verdict="approve",
        pressed=MessageRef("slack", TEAM, "D1", "1"),
        evidence=of_row(row),
    )
    return await attempt(rt, who, suggestion_id, decision)


async def found(db: Database, who: Principal, suggestion_id: UUID) -> Suggestion:
    """Return a stored suggestion."""
    async with db.acting_as(who) as tx:
        suggestion = await actions.find(tx, suggestion_id)
    assert suggestion is not None
    return suggestion


async def do(rt: Runtime, owner_url: str, world: World, looked: Proposal) -> UUID:
    """Suggest and approve as the owner; return the suggestion, which has been executed."""
    done = await suggest(rt, world.people["owner"], looked)
    assert await approve(rt, owner_url, world.people["owner"], done) is True
    return done


async def suggest_undo(rt: Runtime, owner_url: str, world: World, done: UUID) -> Suggestion:
    """Press Undo; return the suggestion that takes it back."""
    told = await undo(rt, world.people["owner"], done, MessageRef("slack", TEAM, "D1", "1"))
    assert told is None, told
    [row] = owner_rows(
        owner_url,
        "select id from public.ai_insights_log where action_data ->> 'undoes' = %s and execution_status = 'suggested'",
        (str(done),),
    )
    return await found(rt.db, world.people["owner"], row["id"])


async def take_back(rt: Runtime, owner_url: str, world: World, done: UUID) -> UUID:
    """Press Undo and approve what it suggests; return that suggestion."""
    back = await suggest_undo(rt, owner_url, world, done)
    assert await approve(rt, owner_url, world.people["owner"], back.id) is True
    return back.id
