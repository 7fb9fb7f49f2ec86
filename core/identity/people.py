"""The people of an organisation in SQL, for the operator: who they are, what they may, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.principal import Locale, Role
from core.kernel.tools import Transaction

Row = dict[str, Any]

STAND_INS: dict[Locale, str] = {"en": "Erased person", "he": "אדם שנמחק"}
"""What cards and the log say instead of the name of somebody who was erased, in the organisation's language."""

LIST: LiteralString = """
select person.id, person.organization_id, person.full_name, person.email, person.role, person.is_active,
       person.erased_at, person.locale, person.timezone, person.created_at, organization.name as organization,
       (select coalesce(array_agg(link.platform || ' ' || link.platform_user order by link.platform, link.id), '{}')
        from public.chat_identities as link
        where link.organization_id = person.organization_id and link.user_id = person.id and link.revoked_at is null)
           as links,
       (select count(*) from public.link_tokens as code
        where code.organization_id = person.organization_id and code.user_id = person.id and code.used_at is null
          and code.expires_at > now()) as codes
from public.user_profiles as person
join public.organizations as organization on organization.id = person.organization_id
where person.kind = 'person' and (%(organization)s::uuid is null or person.organization_id = %(organization)s)
order by organization.name, person.full_name, person.id
"""
# Owners go one after the other: who comes second sees that there is one less.
ALONE: LiteralString = "select from public.organizations where id = %(organization)s for no key update"
OTHER_OWNERS: LiteralString = """
select full_name from public.user_profiles
where organization_id = %(organization)s and kind = 'person' and role = 'owner' and is_active and id <> %(id)s
"""
SET_ROLE: LiteralString = """
update public.user_profiles set role = %(role)s where organization_id = %(organization)s and id = %(id)s
"""
SET_ACTIVE: LiteralString = """
update public.user_profiles set is_active = %(is_active)s
where organization_id = %(organization)s and id = %(id)s and erased_at is null
"""
FORGET: LiteralString = "select app.forget_person(%(organization)s, %(id)s, %(stand_in)s) as done"
LINKS: LiteralString = """
select link.platform, link.workspace, link.platform_user, link.linked_by, link.linked_at, person.full_name,
       person.email, organization.name as organization
from public.chat_identities as link
join public.user_profiles as person on person.organization_id = link.organization_id and person.id = link.user_id
join public.organizations as organization on organization.id = link.organization_id
where link.revoked_at is null and (%(organization)s::uuid is null or link.organization_id = %(organization)s)
  and (%(id)s::uuid is null or link.user_id = %(id)s)
order by organization.name, person.full_name, link.platform, link.platform_user
"""
REVOKE_ALL: LiteralString = """
with ended as (
    update public.chat_identities set revoked_at = now()
    where organization_id = %(organization)s and user_id = %(id)s and revoked_at is null
      and (%(platform)s::text is null or platform = %(platform)s)
    returning platform, platform_user)
select platform, platform_user from ended order by 1, 2
"""
END_CODES: LiteralString = """
update public.link_tokens set used_at = now()
where organization_id = %(organization)s and user_id = %(id)s and used_at is null
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person as the operator sees them, active or not."""

    id: UUID
    organization_id: UUID
    full_name: str
    email: str
    role: Role
    is_active: bool
    erased_at: datetime | None
    locale: Locale
    timezone: str
    created_at: datetime
    organization: str
    links: Sequence[str]
    """Chat accounts that are linked to them, as platform and user."""
    codes: int
    """One-time codes that could still be handed over."""

    @property
    def standing(self) -> str:
        """``active``, ``off`` or ``erased``."""
        if self.erased_at is not None:
            return "erased"
        return "active" if self.is_active else "off"


async def listed(tx: Transaction, organization: UUID | None) -> list[Listed]:
    """Return everybody of an organisation, or of all."""
    return [Listed(**row) for row in await (await tx.execute(LIST, {"organization": organization})).fetchall()]


async def other_owners(tx: Transaction, person: Listed) -> int:
    """Return how many active owners there are beside somebody; whoever else changes one waits for this transaction."""
    await tx.execute(ALONE, _who(person))
    return len(await (await tx.execute(OTHER_OWNERS, _who(person))).fetchall())


async def set_role(tx: Transaction, person: Listed, role: Role) -> None:
    """Give somebody another role; it holds from the commit on, for cards already on screen too."""
    await tx.execute(SET_ROLE, {**_who(person), "role": role})


async def set_active(tx: Transaction, person: Listed, *, is_active: bool) -> None:
    """Switch somebody's access on or off; off ends their links and kills their codes (``app.end_access``)."""
    await tx.execute(SET_ACTIVE, {**_who(person), "is_active": is_active})


async def forget(tx: Transaction, person: Listed, locale: Locale) -> bool:
    """Take out what is kept of somebody (``app.forget_person``); False when it was done before."""
    values = {**_who(person), "stand_in": STAND_INS.get(locale, STAND_INS["en"])}
    row = await (await tx.execute(FORGET, values)).fetchone()
    return row is not None and row["done"]


async def links(tx: Transaction, organization: UUID | None, person: UUID | None) -> list[Row]:
    """Return the links that live: of an organisation or of all, of one person or of everybody."""
    return await (await tx.execute(LINKS, {"organization": organization, "id": person})).fetchall()


async def revoke_links(tx: Transaction, person: Listed, platform: str | None) -> list[Row]:
    """End somebody's links, on one platform or on all, with every code that is out; return which ended."""
    await tx.execute(END_CODES, _who(person))
    return await (await tx.execute(REVOKE_ALL, {**_who(person), "platform": platform})).fetchall()


def _who(person: Listed) -> Row:
    return {"organization": person.organization_id, "id": person.id}
