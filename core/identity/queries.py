"""Identity in SQL, for the system role: who a chat user is, and the one-time tokens that link them."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from core.db import Question
from core.identity.codes import hash_of
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Locale, Principal
from core.kernel.tools import Transaction

Row = dict[str, Any]

_PERSON: LiteralString = """
    person.id as user_id, person.organization_id, person.role, person.locale, person.timezone, person.full_name as name
"""
PRINCIPAL: LiteralString = (
    "select "
    + _PERSON
    + """
from public.chat_identities as link
join public.user_profiles as person on person.organization_id = link.organization_id and person.id = link.user_id
where link.platform = %(platform)s and link.workspace = %(workspace)s and link.platform_user = %(user)s
  and link.revoked_at is null and person.is_active
"""
)
LINK_BY_EMAIL: LiteralString = """
insert into public.chat_identities (organization_id, user_id, platform, workspace, platform_user, linked_by)
select person.organization_id, person.id, %(platform)s, %(workspace)s, %(user)s, 'email'
from public.workspaces as claimed
join public.user_profiles as person on person.organization_id = claimed.organization_id
where claimed.platform = %(platform)s and claimed.workspace = %(workspace)s
  and lower(person.email) = lower(%(email)s)
  -- Of other letters no two are the same: "K" that is no k (U+212A) makes nobody an owner.
  and lower(person.email collate "C") = lower(%(email)s::text collate "C")
  and person.is_active and person.kind = 'person'
  -- A link that somebody revoked is not made again by itself.
  and not exists (
      select from public.chat_identities as revoked
      where revoked.platform = %(platform)s and revoked.workspace = %(workspace)s
        and revoked.platform_user = %(user)s and revoked.revoked_at is not null and not revoked.ended_with_access)
on conflict (platform, workspace, platform_user) where revoked_at is null do nothing
"""
IS_CLAIMED: LiteralString = """
select from public.workspaces where platform = %(platform)s and workspace = %(workspace)s
"""
REDEEM: LiteralString = """
with token as (
    update public.link_tokens as handed set used_at = now()
    where handed.token_hash = %(hash)s and handed.used_at is null and handed.expires_at > now()
      -- Whoever is switched off at this very moment waits for the same row, and is then found to be.
      and exists (select from public.user_profiles as person
                  where person.organization_id = handed.organization_id and person.id = handed.user_id
                    and person.is_active)
    returning handed.organization_id, handed.user_id)
insert into public.chat_identities (organization_id, user_id, platform, workspace, platform_user, linked_by)
select token.organization_id, token.user_id, %(platform)s, %(workspace)s, %(user)s, 'token' from token
on conflict (platform, workspace, platform_user) where revoked_at is null do nothing
returning user_id
"""
WAS_INVITED: LiteralString = """
select from public.invitations
where platform = %(platform)s and workspace = %(workspace)s and platform_user = %(user)s
  and invited_at > now() - interval '1 hour'
"""
NOTE_INVITATION: LiteralString = """
insert into public.invitations as before (platform, workspace, platform_user)
values (%(platform)s, %(workspace)s, %(user)s)
on conflict (platform, workspace, platform_user) do update set invited_at = now()
    where before.invited_at <= now() - interval '1 hour'
returning platform_user
"""
WITH_CHANNEL: LiteralString = "select distinct organization_id from public.workspaces"
MANAGERS_CHANNEL: LiteralString = """
select claimed.platform, claimed.workspace, claimed.managers_channel as channel, organization.locale
from public.workspaces as claimed
join public.organizations as organization on organization.id = claimed.organization_id
where claimed.organization_id = %(organization_id)s
order by claimed.platform
"""
CHAT_USER: LiteralString = """
select platform_user from public.chat_identities
where organization_id = %(organization_id)s and user_id = %(user_id)s and platform = %(platform)s
  and workspace = %(workspace)s and revoked_at is null
order by id limit 1
"""
READER: LiteralString = """
select person.id, person.full_name as name, person.role from public.chat_identities as link
join public.user_profiles as person on person.organization_id = link.organization_id and person.id = link.user_id
where link.organization_id = %(organization_id)s and link.platform = %(platform)s and link.workspace = %(workspace)s
  and link.platform_user = %(channel)s and link.revoked_at is null
"""
READER_OF_COPY: LiteralString = """
select person.id, person.full_name as name, person.role from public.card_copies as copy
join public.chat_identities as link on link.organization_id = copy.organization_id
    and link.platform = copy.platform and link.workspace = copy.workspace and link.platform_user = copy.channel
join public.user_profiles as person on person.organization_id = link.organization_id and person.id = link.user_id
where copy.organization_id = coalesce(%(organization_id)s::uuid, (
        select theirs.organization_id from public.card_copies as theirs where theirs.id = %(id)s))
  and copy.id = %(id)s and link.revoked_at is null
"""
"""As ``READER``, of the chat in which a copy of a card stands."""
NAMES: LiteralString = """
select link.platform_user, person.full_name from public.chat_identities as link
join public.user_profiles as person on person.organization_id = link.organization_id and person.id = link.user_id
where link.organization_id = %(organization_id)s and link.platform = %(platform)s and link.workspace = %(workspace)s
  and link.platform_user = any(%(users)s) and link.revoked_at is null
"""


@dataclass(frozen=True, slots=True)
class ManagersChannel:
    """Where an organisation's managers see what waits for them, and in which language."""

    address: Address
    locale: Locale


def user_values(sender: ChatUser) -> Row:
    """Return the parameters of ``PRINCIPAL`` and of every other statement about a chat user."""
    return {"platform": sender.platform, "workspace": sender.workspace, "user": sender.user}


async def principal_of(tx: Transaction, sender: ChatUser) -> Principal | None:
    """Return the active person that a chat user is linked to; looked up anew for every message and press."""
    return principal_from(await (await tx.execute(PRINCIPAL, user_values(sender))).fetchall())


def principal_from(rows: list[Row]) -> Principal | None:
    """Read what ``PRINCIPAL`` returns: one row, or none for somebody who is not linked."""
    return Principal(**rows[0]) if rows else None


async def is_claimed(tx: Transaction, sender: ChatUser) -> bool:
    """Whether an organisation has claimed the sender's workspace."""
    return await (await tx.execute(IS_CLAIMED, user_values(sender))).fetchone() is not None


async def link_by_email(tx: Transaction, sender: ChatUser, email: str) -> None:
    """Link a chat user to the person with this verified e-mail, in the organisation that claimed the workspace."""
    await tx.execute(LINK_BY_EMAIL, {**user_values(sender), "email": email})


async def was_invited(tx: Transaction, sender: ChatUser) -> bool:
    """Whether a stranger was invited to link within the last hour."""
    return await (await tx.execute(WAS_INVITED, user_values(sender))).fetchone() is not None


async def note_invitation(tx: Transaction, sender: ChatUser) -> bool:
    """Note that a stranger is invited; False when somebody else did meanwhile."""
    return await (await tx.execute(NOTE_INVITATION, user_values(sender))).fetchone() is not None


async def redeem(tx: Transaction, sender: ChatUser, token: str) -> UUID | None:
    """Use a one-time token: the first who hands it over while it lives is linked; None for everybody else."""
    row = await (await tx.execute(REDEEM, {**user_values(sender), "hash": hash_of(token)})).fetchone()
    return row["user_id"] if row else None


def asked_managers_channels(organization_id: UUID) -> Question:
    """Ask for the managers' channels of an organisation."""
    return MANAGERS_CHANNEL, {"organization_id": organization_id}


async def managers_channels(tx: Transaction, organization_id: UUID) -> list[ManagersChannel]:
    """Return them."""
    return managers_channels_from(await (await tx.execute(*asked_managers_channels(organization_id))).fetchall())


def managers_channels_from(rows: list[Row]) -> list[ManagersChannel]:
    """Read what ``MANAGERS_CHANNEL`` returns."""
    return [ManagersChannel(Address(row["platform"], row["workspace"], row["channel"]), row["locale"]) for row in rows]


async def with_channel(tx: Transaction) -> list[UUID]:
    """Return the organisations that have a managers' channel; as the system role."""
    return [row["organization_id"] for row in await (await tx.execute(WITH_CHANNEL)).fetchall()]


async def names_of(tx: Transaction, principal: Principal, platform: str, workspace: str, users: list[str]) -> Row:
    """Return the names of those who are linked in the caller's own organisation, by what the platform calls them."""
    values = {
        "organization_id": principal.organization_id,
        "platform": platform,
        "workspace": workspace,
        "users": users,
    }
    rows = await (await tx.execute(NAMES, values)).fetchall()
    return {row["platform_user"]: row["full_name"] for row in rows}


async def chat_user_of(tx: Transaction, organization_id: UUID, user_id: UUID, there: Address) -> str | None:
    """Return what a person is called by the platform of an address; None where they are not linked there."""
    values = {
        "organization_id": organization_id,
        "user_id": user_id,
        "platform": there.platform,
        "workspace": there.workspace,
    }
    row = await (await tx.execute(CHAT_USER, values)).fetchone()
    return row["platform_user"] if row else None


def asked_who_reads(organization_id: UUID, chat: Address) -> Question:
    """Ask for id, name and role of the person whose own chat this is, where a platform calls both alike."""
    values = {
        "organization_id": organization_id,
        "platform": chat.platform,
        "workspace": chat.workspace,
        "channel": chat.channel,
    }
    return READER, values
