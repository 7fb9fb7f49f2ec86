"""Check that what the migrations promise is really there: tables, policies, constraints, functions."""

from typing import Any, LiteralString

from psycopg import AsyncConnection

TABLES = [
    "organizations",
    "user_profiles",
    "workspaces",
    "chat_identities",
    "link_tokens",
    "events",
    "rooms",
    "schedules",
    "participants",
    "participant_schedules",
    "vendors",
    "event_vendors",
    "checklist_items",
    "conversations",
    "messages",
    "ai_runs",
    "ai_insights_log",
    "ai_insights_history",
    "card_copies",
    "inbound_events",
    "invitations",
    "breakages",
    "acknowledgements",
    "card_questions",
    "suggestion_reminders",
    "organization_policies",
    "delegations",
    "approvals",
    "suggestion_pictures",
    "removed_registrations",
    "retention_periods",
]
FUNCTIONS = [
    "app.applied_migrations()",
    "app.access_facts(jsonb)",
    "app.assert_access_unchanged(jsonb,text)",
    "app.end_access()",
    "app.forget_person(uuid,uuid,text)",
    "app.keep_an_owner()",
    "app.restore_links(uuid,jsonb)",
    "app.check_step()",
    "app.may_approve(public.ai_insights_log,uuid)",
    "app.why_not_decide(public.ai_insights_log,public.ai_insights_log)",
    "app.is_done(uuid,text,jsonb)",
    "app.prove_executed()",
    "app.note_step()",
    "app.chain_step()",
    "app.settle_head()",
    "app.append_history(public.ai_insights_log,text)",
    "app.entry_facts(public.ai_insights_log)",
    "app.history_hash(public.ai_insights_history)",
    "app.organization_id()",
    "app.role()",
    "app.user_id()",
    "app.schedule_facts(jsonb)",
    "app.session_returns(jsonb,public.events)",
    "app.names_in(text,text)",
    "app.person_returns(uuid,public.events)",
    "app.search_sessions(text,uuid,integer)",
    "app.assert_unchanged(jsonb,text)",
    "app.assert_schedule_unchanged(jsonb,text)",
    "app.buffer_minutes()",
    "app.schedule_alternatives(jsonb)",
    "app.lock_lines(jsonb)",
    "app.people_touched(uuid[],uuid[])",
    "app.seats_beside(jsonb)",
    "app.assert_one(bigint)",
    "app.participant_facts(jsonb)",
    "app.assert_participant_unchanged(jsonb,text)",
    "app.take_heads(uuid[])",
    "app.vendor_facts(jsonb)",
    "app.vendor_record_facts(jsonb)",
    "app.assert_vendor_record_unchanged(jsonb, text)",
    "app.assert_vendor_unchanged(jsonb,text)",
    "app.checklist_facts(jsonb)",
    "app.assert_checklist_unchanged(jsonb,text)",
    "app.room_is_there(public.rooms)",
    "app.free_slots(uuid,timestamptz,timestamptz,integer,text)",
    "public.check_speaker_conflicts(uuid,text,timestamptz,timestamptz,uuid)",
    "app.event_conflicts(uuid)",
    "app.event_facts(jsonb)",
    "app.assert_event_unchanged(jsonb,text)",
    "app.room_facts(jsonb)",
    "app.assert_room_unchanged(jsonb,text)",
    "app.policy_version()",
    "app.person_fact(uuid)",
    "app.policy_facts(jsonb)",
    "app.assert_policy_unchanged(jsonb,text)",
    "app.delegation_facts(jsonb)",
    "app.assert_delegation_unchanged(jsonb,text)",
    "app.shared_rooms(uuid,uuid)",
    "app.enqueue(text,text,jsonb,timestamptz,text)",
    "app.organization_of_copy(jsonb)",
    "app.queue_of(text,jsonb)",
    "app.receive(text,text,text,text,jsonb,text,text)",
    "app.sort_queue()",
    "app.retention_days(uuid)",
    "app.sweep(text,bigint,boolean,uuid)",
    "app.organization_zone(uuid)",
    "app.paused_until()",
]

_OPEN_TABLES: LiteralString = """
select wanted.name, class.oid is null as missing,
       not coalesce(class.relrowsecurity and class.relforcerowsecurity, false) as open,
       not exists (select from pg_policy where polrelid = class.oid) as unruled
from unnest(%s::text[]) as wanted(name)
left join pg_class as class on class.oid = to_regclass('public.' || wanted.name)
"""
_UNPROTECTED: LiteralString = """
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
  and not (relrowsecurity and relforcerowsecurity)
"""


_SHOWING: LiteralString = """
select relname from pg_class
where relnamespace = 'public'::regnamespace
  and (relkind = 'm' or (relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false)))
"""
_CALLABLE: LiteralString = """
select routine.oid::regprocedure::text as name from pg_proc as routine
where routine.pronamespace = 'app'::regnamespace
  and exists (select from aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) as given
              where given.grantee = 0 and given.privilege_type = 'EXECUTE')
"""


async def verify(conn: AsyncConnection[dict[str, Any]]) -> list[str]:
    """Return one sentence per thing that is missing or open; an empty list is what a healthy database gives."""
    problems = await _table_problems(conn)
    for row in await (await conn.execute(_UNPROTECTED)).fetchall():
        if row["relname"] not in TABLES:
            problems.append(f"row-level security is not forced on {row['relname']}")
    for row in await (await conn.execute(_SHOWING)).fetchall():
        problems.append(f"view {row['relname']} shows rows past row-level security")
    for row in await (await conn.execute(_CALLABLE)).fetchall():
        problems.append(f"function {row['name']} may be called by everybody")
    if not await _exists(conn, "select from pg_constraint where conname = 'no_room_overlap' and contype = 'x'"):
        problems.append("constraint no_room_overlap is missing")
    elif not await _exists(conn, "select from pg_constraint where conname = 'no_room_overlap' and condeferrable"):
        problems.append("constraint no_room_overlap cannot be deferred, so no two sessions can change places")
    cursor = await conn.execute(
        "select name from unnest(%s::text[]) as wanted(name) where to_regprocedure(name) is null", (FUNCTIONS,)
    )
    problems += [f"function {row['name']} is missing" for row in await cursor.fetchall()]
    if not await _exists(conn, "select from pg_class where oid = to_regclass('procrastinate.procrastinate_jobs')"):
        problems.append("the job queue's schema is missing")
    return problems


async def _table_problems(conn: AsyncConnection[dict[str, Any]]) -> list[str]:
    problems: list[str] = []
    for row in await (await conn.execute(_OPEN_TABLES, (TABLES,))).fetchall():
        if row["missing"]:
            problems.append(f"table {row['name']} is missing")
        elif row["open"]:
            problems.append(f"row-level security is not forced on {row['name']}")
        elif row["unruled"]:
            problems.append(f"{row['name']} has no policy")
    return problems


async def _exists(conn: AsyncConnection[dict[str, Any]], query: LiteralString) -> bool:
    return await (await conn.execute(query)).fetchone() is not None
