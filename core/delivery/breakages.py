"""Breakages in SQL, for the system role: which are known, and whom they concern."""

from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.breakages import Breakage
from core.kernel.tools import Transaction

KNOWN: LiteralString = "select platform, kind, workspace, place, why, since from public.breakages order by since"
FORGET_OLD: LiteralString = "delete from public.breakages where since < now() - interval '90 days'"
"""What nobody mended in so long is told once more, and what is gone for good leaves nothing behind."""
NOTE: LiteralString = """
insert into public.breakages (platform, kind, workspace, place, why)
values (%(platform)s, %(kind)s, %(workspace)s, %(place)s, %(why)s)
on conflict (platform, kind, workspace, place) do nothing returning since
"""
MENDED: LiteralString = """
delete from public.breakages
where platform = %(platform)s and kind = %(kind)s and workspace = %(workspace)s and place = %(place)s
"""
OF_MODEL: LiteralString = "select id from public.organizations order by id"
OF_PLATFORM: LiteralString = """
select organization_id as id from public.workspaces
where platform = %(platform)s and (%(workspace)s = '' or workspace = %(workspace)s)
union
select organization_id from public.chat_identities
where platform = %(platform)s and (%(workspace)s = '' or workspace = %(workspace)s) and revoked_at is null
order by id
"""
OF_CHAT: LiteralString = """
select organization_id as id from public.workspaces
where platform = %(platform)s and workspace = %(workspace)s and managers_channel = %(place)s
union
select organization_id from public.chat_identities
where platform = %(platform)s and workspace = %(workspace)s and platform_user in (%(place)s, %(waiting)s)
  and revoked_at is null
order by id
"""

_CONCERNED: dict[str, LiteralString] = {"model": OF_MODEL, "chat": OF_CHAT, "moved": OF_CHAT}


async def known(tx: Transaction) -> dict[Breakage, str]:
    """Return what does not work as far as anybody knows, and why; what is very old is forgotten."""
    await tx.execute(FORGET_OLD)
    return {read(row): row["why"] for row in await (await tx.execute(KNOWN)).fetchall()}


def read(row: dict[str, Any]) -> Breakage:
    """Return what a row speaks of."""
    return Breakage(row["platform"], row["kind"], row["workspace"], row["place"])


async def note(tx: Transaction, what: Breakage, why: str) -> bool:
    """Note that something broke; False where it is known, here or to another process."""
    return await (await tx.execute(NOTE, {**asdict(what), "why": why})).fetchone() is not None


async def mended(tx: Transaction, what: Breakage) -> None:
    """Queue the note that something works again."""
    await tx.execute(MENDED, asdict(what))


async def concerned(tx: Transaction, what: Breakage, waiting: str) -> list[UUID]:
    """Return the organisations whose owners have to know."""
    statement = _CONCERNED.get(what.kind, OF_PLATFORM)
    rows = await (await tx.execute(statement, {**asdict(what), "waiting": waiting})).fetchall()
    return [row["id"] for row in rows]
