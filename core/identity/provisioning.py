"""Organisations, people, links and claims in SQL, for the operator at the command line."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from core.identity.codes import hash_of
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Locale, Platform, Principal, Role
from core.kernel.tools import Transaction

Row = dict[str, Any]

TOKEN_LIFE = timedelta(minutes=15)
"""How long a one-time code lives: short-lived and single use (OWASP ASVS 5.0, chapter 6)."""
_TOKEN_BYTES = 24
"""192 random bits; 32 characters, within the 64 that Telegram's deep links carry."""

ADD_ORGANIZATION: LiteralString = """
insert into public.organizations (name, locale) values (%(name)s, %(locale)s)
on conflict (name_key) do nothing returning id
"""
ADD_COMMAND_LINE: LiteralString = """
insert into public.user_profiles (organization_id, kind, full_name, role, locale)
values (%(organization)s, 'command_line', 'Command line', 'owner', %(locale)s)
"""
ORGANIZATION: LiteralString = """
select id, name, locale from public.organizations
where name_key = app.name_key(%(name)s) or id::text = lower(%(name)s)
"""
ADD_PERSON: LiteralString = """
insert into public.user_profiles (id, organization_id, email, full_name, role, locale, timezone)
values (coalesce(%(id)s::uuid, app.new_id()), %(organization)s, %(email)s, %(name)s, %(role)s, %(locale)s, %(timezone)s)
on conflict do nothing returning id
"""
PEOPLE: LiteralString = """
select person.id, person.organization_id, person.full_name, person.email, person.role,
       organization.name as organization
from public.user_profiles as person
join public.organizations as organization on organization.id = person.organization_id
where person.kind = 'person' and person.is_active and lower(person.email) = lower(%(email)s)
  -- Of other letters no two are the same: "K" that is no k (U+212A) makes nobody an owner.
  and lower(person.email collate "C") = lower(%(email)s::text collate "C")
  and (%(organization)s::text is null or organization.name_key = app.name_key(%(organization)s))
order by organization.name
"""
ORGANIZATIONS: LiteralString = """
select organization.id, organization.name, organization.locale,
       (select count(*) from public.user_profiles as person
        where person.organization_id = organization.id and person.kind = 'person' and person.is_active) as people,
       (select count(*) from public.user_profiles as owner
        where owner.organization_id = organization.id and owner.kind = 'person' and owner.is_active
          and owner.role = 'owner') as owners,
       (select count(*) from public.events as event where event.organization_id = organization.id) as events
from public.organizations as organization order by organization.name
"""
RENAME: LiteralString = """
update public.organizations as renamed set name = %(name)s
where renamed.id = %(organization)s and not exists (
    select from public.organizations as other where other.name_key = app.name_key(%(name)s) and other.id <> renamed.id)
returning renamed.id
"""
EVENTS: LiteralString = """
select event.id, event.name, event.starts_on, event.ends_on, event.time_zone, event.status,
       organization.name as organization
from public.events as event join public.organizations as organization on organization.id = event.organization_id
where %(organization)s::uuid is null or event.organization_id = %(organization)s
order by organization.name, event.starts_on, event.name
"""
CHANNELS: LiteralString = """
select claimed.platform, claimed.workspace, claimed.managers_channel, organization.name as organization
from public.workspaces as claimed join public.organizations as organization on organization.id = claimed.organization_id
where %(organization)s::uuid is null or claimed.organization_id = %(organization)s
order by organization.name, claimed.platform, claimed.workspace
"""
UNCLAIM: LiteralString = """
delete from public.workspaces
where organization_id = %(organization)s and platform = %(platform)s
  and (%(workspace)s::text is null or workspace = %(workspace)s)
returning workspace
"""
COMMAND_LINE: LiteralString = """
select id as user_id, organization_id, role, locale, timezone, full_name as name
from public.user_profiles where organization_id = %(organization)s and kind = 'command_line'
"""
ADD_LINK_CODE: LiteralString = """
insert into public.link_tokens (token_hash, organization_id, user_id, expires_at)
values (%(hash)s, %(organization)s, %(user)s, now() + %(life)s)
returning expires_at
"""
LINK: LiteralString = """
insert into public.chat_identities (organization_id, user_id, platform, workspace, platform_user, linked_by)
values (%(organization)s, %(user)s, %(platform)s, %(workspace)s, %(platform_user)s, 'operator')
on conflict (platform, workspace, platform_user) where revoked_at is null do nothing
returning id
"""
LINKED: LiteralString = """
select user_id from public.chat_identities
where platform = %(platform)s and workspace = %(workspace)s and platform_user = %(platform_user)s
  and revoked_at is null
"""
REVOKE: LiteralString = """
update public.chat_identities set revoked_at = now()
where platform = %(platform)s and workspace = %(workspace)s and platform_user = %(platform_user)s
  and revoked_at is null
returning id
"""
CLAIM_WORKSPACE: LiteralString = """
insert into public.workspaces as claimed (organization_id, platform, workspace, managers_channel)
values (%(organization)s, %(platform)s, %(workspace)s, %(channel)s)
on conflict (platform, workspace) do update set managers_channel = excluded.managers_channel
where claimed.organization_id = excluded.organization_id
returning organization_id
"""


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the operator names them."""

    id: UUID
    organization_id: UUID
    full_name: str
    email: str
    role: Role
    organization: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is to be added."""

    email: str
    name: str
    role: Role
    locale: Locale
    timezone: str
    id: UUID | None = None
    """The subject that an identity provider knows them by; without one an id is drawn."""


async def add_organization(tx: Transaction, name: str, locale: Locale) -> UUID | None:
    """Add an organisation and the identity that imports run as; None when one of this name exists."""
    row = await (await tx.execute(ADD_ORGANIZATION, {"name": name, "locale": locale})).fetchone()
    if row is None:
        return None
    await tx.execute(ADD_COMMAND_LINE, {"organization": row["id"], "locale": locale})
    return row["id"]


async def organization_named(tx: Transaction, name: str) -> Row | None:
    """Return ``id``, ``name`` and ``locale`` of an organisation, by name or id."""
    return await (await tx.execute(ORGANIZATION, {"name": name})).fetchone()


async def organizations(tx: Transaction) -> list[Row]:
    """Return every organisation: ``id``, ``name``, ``locale``, and its active ``people``, ``owners`` and ``events``."""
    return await (await tx.execute(ORGANIZATIONS)).fetchall()


async def rename_organization(tx: Transaction, organization: UUID, name: str) -> bool:
    """Give an organisation another name; False when another one has it."""
    row = await (await tx.execute(RENAME, {"organization": organization, "name": name})).fetchone()
    return row is not None


async def events(tx: Transaction, organization: UUID | None) -> list[Row]:
    """Return the events of an organisation, or of all."""
    return await (await tx.execute(EVENTS, {"organization": organization})).fetchall()


async def channels(tx: Transaction, organization: UUID | None) -> list[Row]:
    """Return the claimed workspaces with their managers' channels."""
    return await (await tx.execute(CHANNELS, {"organization": organization})).fetchall()


async def unclaim(tx: Transaction, organization: UUID, platform: Platform, workspace: str | None) -> list[str]:
    """Give up an organisation's claim of a platform's workspace, or of all of them; return which."""
    values = {"organization": organization, "platform": platform, "workspace": workspace}
    rows = await (await tx.execute(UNCLAIM, values)).fetchall()
    return [row["workspace"] for row in rows]


async def add_person(tx: Transaction, organization: UUID, person: NewPerson) -> UUID | None:
    """Add a person; None when the organisation knows the e-mail address, or anybody has the id."""
    values = {"organization": organization, **asdict(person)}
    row = await (await tx.execute(ADD_PERSON, values)).fetchone()
    return row["id"] if row else None


async def people_with(tx: Transaction, email: str, organization: str | None) -> list[Member]:
    """Return the people with an e-mail address, in one organisation or in all."""
    rows = await (await tx.execute(PEOPLE, {"email": email, "organization": organization})).fetchall()
    return [Member(**row) for row in rows]


async def command_line_of(tx: Transaction, organization: UUID) -> Principal:
    """Return the identity that the command line acts as in an organisation."""
    row = await (await tx.execute(COMMAND_LINE, {"organization": organization})).fetchone()
    assert row is not None  # noqa: S101 added with the organisation
    return Principal(**row)


async def new_token(tx: Transaction, person: Member) -> tuple[str, datetime]:
    """Return a one-time code that links whoever hands it over, and when it dies. Only its hash is kept."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values = {"hash": hash_of(token), "organization": person.organization_id, "user": person.id, "life": TOKEN_LIFE}
    row = await (await tx.execute(ADD_LINK_CODE, values)).fetchone()
    assert row is not None  # noqa: S101 an insert returns its row
    return token, row["expires_at"]


async def link(tx: Transaction, person: Member, who: ChatUser) -> bool:
    """Link a chat user to a person; False when they are linked to somebody else."""
    values = {**_who(who), "organization": person.organization_id, "user": person.id}
    if await (await tx.execute(LINK, values)).fetchone() is not None:
        return True
    known = await (await tx.execute(LINKED, values)).fetchone()
    return known is not None and known["user_id"] == person.id


async def revoke(tx: Transaction, who: ChatUser) -> bool:
    """Take a link back; False when there is none."""
    return await (await tx.execute(REVOKE, _who(who))).fetchone() is not None


async def claim_workspace(tx: Transaction, organization: UUID, channel: Address) -> bool:
    """Claim a workspace and name its managers' channel; False when another organisation has claimed it."""
    values = {
        "organization": organization,
        "platform": channel.platform,
        "workspace": channel.workspace,
        "channel": channel.channel,
    }
    return await (await tx.execute(CLAIM_WORKSPACE, values)).fetchone() is not None


def _who(who: ChatUser) -> Row:
    return {"platform": who.platform, "workspace": who.workspace, "platform_user": who.user}
