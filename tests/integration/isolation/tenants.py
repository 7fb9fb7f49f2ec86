"""Two organisations with rows in every table, written past every rule by the superuser of the embedded server."""

import asyncio
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

from core.db import Database
from core.kernel.principal import Role
from tests.subjects import known
from tests.world import ROLES, make_world

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organisation, and the ids by which a statement names its rows."""

    organization: UUID
    people: dict[Role, UUID]
    deactivated: UUID
    """An owner whose profile was switched off."""
    ids: dict[str, UUID]

    def values(self, user: UUID) -> Values:
        """Return the parameters of a statement that names this organisation's rows, and this person as their author."""
        return {"org": self.organization, "user": user, **self.ids}


@dataclass(frozen=True, slots=True)
class Tenants:
    """The organisation that is attacked, and the one from which."""

    aleph: Tenant
    beth: Tenant


OUTLINES: tuple[LiteralString, ...] = (
    "app.participant_outlines(%(event)s)",
    "app.participant_outlines(null, %(keynote)s)",
    "app.vendor_outlines(%(event)s)",
    "app.suggestion_outlines(only_id => %(suggestion)s)",
    "app.suggestion_outlines(in_event => %(event)s)",
    "app.step_outlines(%(suggestion)s)",
)
"""What a viewer is told by, of the rows of one organisation."""

_PEOPLE: LiteralString = """
insert into public.user_profiles (organization_id, email, full_name, role, is_active)
values (%(org)s, 'gone@example.org', 'Gone Owner', 'owner', false) returning id
"""
_ONE_EACH: dict[str, LiteralString] = {
    "vendor": "insert into public.vendors (organization_id, name) values (%(org)s, 'Sound and Light') returning id",
    "spare_vendor": "insert into public.vendors (organization_id, name) values (%(org)s, 'Catering') returning id",
    "participant": (
        "insert into public.participants (organization_id, event_id, full_name) "
        "values (%(org)s, %(event)s, 'Not Registered') returning id"
    ),
    "checklist_item": (
        "insert into public.checklist_items (organization_id, event_id, title, assigned_to) "
        "values (%(org)s, %(event)s, 'Check the microphones', %(user)s) returning id"
    ),
}
_PERSONAL: tuple[LiteralString, ...] = (
    "insert into public.conversations (organization_id, user_id, platform, workspace, channel) "
    "values (%(org)s, %(user)s, 'slack', 'T1', 'D1') returning id",
    "insert into public.messages (organization_id, conversation_id, user_id, role, text) "
    "values (%(org)s, %(conversation)s, %(user)s, 'user', 'Who speaks at ten?') returning id",
    "insert into public.ai_runs (organization_id, id, user_id, conversation_id) "
    "values (%(org)s, gen_random_uuid(), %(user)s, %(conversation)s) returning id",
)
_SUGGESTION: LiteralString = """
insert into public.ai_insights_log (
    organization_id, kind, user_id, event_id, message_id, action_type, execution_status, correlation_id,
    effect, zone, facts_digest, shown_hash, risk, deadline)
values (%(org)s, 'suggestion', %(user)s, %(event)s, %(message)s, 'update_schedule_item', 'suggested', %(correlation)s,
        'update', 'UTC', 'digest', 'hash', 'low', '2040-01-01') returning id
"""
_UNREAD: LiteralString = """
insert into public.ai_insights_log (organization_id, kind, user_id, action_type, execution_status, correlation_id)
values (%(org)s, 'refusal', %(user)s, 'update_schedule_item', 'failed', %(correlation)s) returning id
"""
_ACKNOWLEDGED: LiteralString = """
insert into public.acknowledgements (organization_id, suggestion_id, user_id, shown_hash)
values (%(org)s, %(suggestion)s, %(user)s, 'hash')
"""
_APPROVED: LiteralString = """
insert into public.approvals (organization_id, suggestion_id, user_id, shown_hash)
values (%(org)s, %(suggestion)s, %(user)s, 'hash')
"""
_REST: tuple[LiteralString, ...] = (
    "insert into public.organization_policies (organization_id, version, document, changed_by) "
    "values (%(org)s, 1, '{}', %(user)s)",
    "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) "
    "values (%(org)s, %(user)s, %(colleague)s, '2031-05-01', '2031-05-02', %(user)s)",
    "insert into public.ai_insights_log (organization_id, kind, user_id, event_id, action_type, execution_status, "
    "correlation_id, effect, zone, facts_digest, shown_hash, risk, deadline, decided_by, decided_at) "
    "values (%(org)s, 'suggestion', %(user)s, %(event)s, 'update_schedule_item', 'rejected', %(correlation)s, "
    "'update', 'UTC', 'digest', 'hash', 'low', '2040-01-01', %(user)s, now())",
    "insert into public.ai_insights_log (organization_id, kind, user_id, event_id, action_type, execution_status, "
    "correlation_id, effect, zone, facts_digest, shown_hash, risk, deadline, decided_by, decided_at) "
    "values (%(org)s, 'suggestion', %(user)s, %(event)s, 'update_schedule_item', 'executed', %(correlation)s, "
    "'update', 'UTC', 'digest', 'hash', 'low', '2040-01-01', %(user)s, now())",
    "insert into public.ai_insights_log (organization_id, kind, user_id, action_type, execution_status, "
    "correlation_id, superseded_by, approved_by, decided_by) "
    "values (%(org)s, 'read', %(user)s, 'get_agenda', 'executed', %(correlation)s, %(suggestion)s, %(user)s, %(user)s)",
    "insert into public.event_vendors (organization_id, event_id, vendor_id) values (%(org)s, %(event)s, %(vendor)s)",
    "insert into public.card_copies (organization_id, suggestion_id, platform, workspace, channel, message, locale, "
    "can_decide, shown_status) values (%(org)s, %(suggestion)s, 'slack', 'T1', 'C1', '1.1', 'en', true, 'suggested')",
    "insert into public.removed_registrations (organization_id, event_id, schedule_id, participant_id, registered_at) "
    "values (%(org)s, %(event)s, %(suggestion)s, %(participant)s, now())",
    "insert into public.suggestion_pictures (organization_id, suggestion_id, timeline) "
    "values (%(org)s, %(suggestion)s, '{}')",
    "insert into public.card_questions (organization_id, platform, workspace, channel, message, suggestion_id, "
    "user_id, verdict, choice, pressed) "
    "values (%(org)s, 'telegram', '7', '8', '88', %(suggestion)s, %(user)s, 'edit', 'room', '{}')",
    "insert into public.suggestion_reminders (organization_id, suggestion_id) values (%(org)s, %(suggestion)s)",
    "insert into public.link_tokens (token_hash, organization_id, user_id, expires_at) "
    "values (%(token)s, %(org)s, %(user)s, '2040-01-01')",
    "insert into public.retention_periods (organization_id, what, days) values (%(org)s, 'messages', 30)",
    "insert into public.inbound_events (platform, workspace, event_id, payload) "
    "values ('slack', 'T1', %(org)s::text, '{}')",
    "insert into public.invitations (platform, workspace, platform_user) values ('slack', 'T1', %(org)s::text)",
    "insert into public.breakages (platform, kind, place, why) values ('slack', 'chat', %(org)s::text, 'is_archived')",
)


def seed(owner_url: str, login_url: str) -> Tenants:
    """Fill a fresh, migrated database with two organisations; every table gets rows of both."""
    aleph, beth = asyncio.run(_worlds(login_url))
    with psycopg.connect(owner_url) as conn:
        return Tenants(_fill(conn, aleph), _fill(conn, beth))


async def _worlds(login_url: str) -> tuple[Tenant, Tenant]:
    db = Database(login_url, size=1)
    await db.open()
    try:
        return await _world(db, "Aleph Events", "T1"), await _world(db, "Beth Halls", "T2")
    finally:
        await db.close()


async def _world(db: Database, name: str, team: str) -> Tenant:
    world = await make_world(db, name, team=team)
    people: dict[Role, UUID] = {role: world.people[role].user_id for role in ROLES}
    ids = {
        "event": world.event_id,
        "session": world.sessions["Closing Panel"],
        "keynote": world.sessions["Opening Keynote"],
        "colleague": world.people["manager"].user_id,
    }
    return Tenant(world.organization_id, people, people["owner"], ids)


def _fill(conn: psycopg.Connection[Any], tenant: Tenant) -> Tenant:
    values = tenant.values(tenant.people["owner"]) | {
        "correlation": uuid4(),
        "token": sha256(tenant.organization.bytes).digest(),
    }
    deactivated = _id(conn, _PEOPLE, values)
    ids = dict(tenant.ids)
    for name, statement in _ONE_EACH.items():
        ids[name] = _id(conn, statement, values | ids)
    for person in (*tenant.people.values(), deactivated):
        for name, statement in zip(("conversation", "message", "run"), _PERSONAL, strict=True):
            ids[f"{name}_{person}"] = values[name] = _id(conn, statement, values | {"user": person})
    ids["suggestion"] = _id(conn, _SUGGESTION, values | ids)
    ids["unread"] = _id(conn, _UNREAD, values | ids)
    for person in (*tenant.people.values(), deactivated):
        conn.execute(_ACKNOWLEDGED, values | ids | {"user": person})
        conn.execute(_APPROVED, values | ids | {"user": person})
    for statement in _REST:
        conn.execute(statement, values | ids)
    for table, rights in (each for subject in known().values() for each in subject.tables.items()):
        conn.execute(f"insert into public.{table} {rights.add}".encode(), values | ids)
    return Tenant(tenant.organization, tenant.people, deactivated, ids)


def _id(conn: psycopg.Connection[Any], statement: LiteralString, values: Values) -> UUID:
    row = conn.execute(statement, values).fetchone()
    assert row is not None
    return row[0]


def claims_of(person: UUID) -> str:
    """Return a person's claims as the program sends them."""
    return json.dumps({"sub": str(person), "role": "authenticated"})
