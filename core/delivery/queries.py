"""The registry of card copies in SQL, for the system role."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from core.db import Question
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import Locale
from core.kernel.tools import Transaction

Row = dict[str, Any]

ADD: LiteralString = """
insert into public.card_copies (
    organization_id, suggestion_id, platform, workspace, channel, thread, message, locale, can_decide, shown_status,
    picture_of)
values (%(organization_id)s, %(suggestion_id)s, %(platform)s, %(workspace)s, %(channel)s, %(thread)s, %(message)s,
    %(locale)s, %(can_decide)s, %(shown)s,
    case when %(comes_alone)s then %(suggestion_id)s::uuid end)
on conflict (organization_id, platform, workspace, channel, message)
    do update set is_lost = false where card_copies.is_lost
"""
_COPY: LiteralString = """
select id, organization_id, suggestion_id, platform, workspace, channel, message, locale, can_decide, shown_status,
    menu, thread, picture, picture_of
from public.card_copies
"""
OF_SUGGESTIONS: LiteralString = (
    _COPY + "where organization_id = %(organization_id)s and suggestion_id = any(%(ids)s) and not is_lost order by id"
)
ONE: LiteralString = (
    _COPY
    + """
where organization_id = coalesce(%(organization_id)s::uuid, (
        select theirs.organization_id from public.card_copies as theirs where theirs.id = %(id)s))
  and id = %(id)s and not is_lost
"""
)
IS_POSTED: LiteralString = """
select from public.card_copies
where organization_id = %(organization_id)s and suggestion_id = %(suggestion_id)s
  and platform = %(platform)s and workspace = %(workspace)s and channel = %(channel)s
"""
CLOCK: LiteralString = "select now() as now"
IS_POSTED_SINCE: LiteralString = IS_POSTED + " and posted_at > %(since)s"
SHOWN: LiteralString = """
update public.card_copies set shown_status = %(shown)s
where organization_id = %(organization_id)s and id = %(id)s and suggestion_id = %(suggestion_id)s
"""
LOCALE: LiteralString = """
select locale from public.user_profiles where organization_id = %(organization_id)s and id = %(user_id)s
"""
BY_MESSAGE: LiteralString = """
select suggestion_id, thread from public.card_copies
where organization_id = %(organization_id)s and platform = %(platform)s and workspace = %(workspace)s
  and channel = %(channel)s and message = %(message)s
"""
IN_THREAD: LiteralString = """
select suggestion_id from public.card_copies
where organization_id = %(organization_id)s and platform = %(platform)s and workspace = %(workspace)s
  and channel = %(channel)s and thread = %(message)s
order by posted_at desc, id desc limit 1
"""
MENU: LiteralString = """
update public.card_copies set menu = %(menu)s
where organization_id = %(organization_id)s and suggestion_id = %(suggestion_id)s and platform = %(platform)s
  and workspace = %(workspace)s and channel = %(channel)s and message = %(message)s and menu is distinct from %(menu)s
returning id
"""
BEGIN_PICTURE: LiteralString = """
update public.card_copies as copy
set picture_of = case when copy.picture is null then copy.suggestion_id else copy.picture_of end
from public.ai_insights_log as suggestion
where copy.organization_id = %(organization_id)s and copy.id = %(id)s and copy.suggestion_id = %(of)s
  and copy.picture_of is distinct from copy.suggestion_id
  and suggestion.organization_id = %(organization_id)s and suggestion.id = %(of)s
  and suggestion.execution_status = 'suggested' and not copy.is_lost
returning copy.id
"""
PICTURE: LiteralString = """
update public.card_copies set picture = %(picture)s, picture_of = %(of)s
where organization_id = %(organization_id)s and id = %(id)s
"""
LOST: LiteralString = """
update public.card_copies set is_lost = true where organization_id = %(organization_id)s and id = %(id)s
"""
MOVE: LiteralString = """
update public.card_copies set suggestion_id = %(to)s, shown_status = '', menu = null
where organization_id = %(organization_id)s and suggestion_id = %(suggestion_id)s
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """One posted copy of a card, and the state that it shows now."""

    id: UUID
    organization_id: UUID
    suggestion_id: UUID
    ref: MessageRef
    locale: Locale
    can_decide: bool
    shown_status: str
    menu: str | None = None
    """Which buttons it shows for the moment, where they are not the usual ones."""
    thread: str | None = None
    """In which thread of its chat it stands."""
    picture: str | None = None
    """What the platform calls the picture beside it."""
    picture_of: UUID | None = None
    """Which suggestion that picture shows, or was to show: each is tried once."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a card stands, for whom, and what it shows."""

    ref: MessageRef
    locale: Locale
    can_decide: bool
    shown: str = ""
    thread: str | None = None
    comes_alone: bool = True
    """No picture of this suggestion joins it."""


async def add(tx: Transaction, organization_id: UUID, suggestion_id: UUID, posted: Posted) -> None:
    """Register a copy. One that is registered already stays as it is, but is no longer taken for lost."""
    ref = posted.ref
    values = {
        "organization_id": organization_id,
        "suggestion_id": suggestion_id,
        "platform": ref.platform,
        "workspace": ref.workspace,
        "channel": ref.channel,
        "thread": posted.thread,
        "message": ref.message,
        "locale": posted.locale,
        "can_decide": posted.can_decide,
        "shown": posted.shown,
        "comes_alone": posted.comes_alone,
    }
    await tx.execute(ADD, values)


def asked_if_posted(
    organization_id: UUID, suggestion_id: UUID, address: Address, since: datetime | None = None
) -> Question:
    """Ask for a card in this channel: there is a row where one stands (a job that runs again posts no second one).

    ``since``: one that was posted before does not count, for somebody asked to see it again.
    """
    values = {
        "organization_id": organization_id,
        "suggestion_id": suggestion_id,
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
    }
    return IS_POSTED if since is None else IS_POSTED_SINCE, {**values, "since": since}


async def clock(tx: Transaction) -> datetime:
    """Return the moment of the transaction, by the clock that stamps copies."""
    row = await (await tx.execute(CLOCK)).fetchone()
    assert row is not None  # noqa: S101 a select without a table returns one row
    return row["now"]


async def of_suggestion(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> list[Copy]:
    """Return every copy that can still be edited."""
    return await of_suggestions(tx, organization_id, [suggestion_id])


async def of_suggestions(tx: Transaction, organization_id: UUID, suggestion_ids: list[UUID]) -> list[Copy]:
    """Return every copy of these that can still be edited, in one statement."""
    values = {"organization_id": organization_id, "ids": suggestion_ids}
    return [read(row) for row in await (await tx.execute(OF_SUGGESTIONS, values)).fetchall()]


async def suggestion_on(tx: Transaction, organization_id: UUID, ref: MessageRef) -> UUID | None:
    """Return which suggestion's card a message of ours is, or None."""
    row = await _by_message(tx, organization_id, ref)
    return row["suggestion_id"] if row else None


async def latest_in_thread(tx: Transaction, organization_id: UUID, head: MessageRef) -> UUID | None:
    """Return which suggestion's card was posted last into the thread below a message, or None."""
    row = await (await tx.execute(IN_THREAD, {"organization_id": organization_id, **asdict(head)})).fetchone()
    return row["suggestion_id"] if row else None


async def thread_of(tx: Transaction, organization_id: UUID, ref: MessageRef) -> str | None:
    """Return in which thread of its chat a copy stands, as far as it is known."""
    row = await _by_message(tx, organization_id, ref)
    return row["thread"] if row else None


async def _by_message(tx: Transaction, organization_id: UUID, ref: MessageRef) -> Row | None:
    return await (await tx.execute(BY_MESSAGE, {"organization_id": organization_id, **asdict(ref)})).fetchone()


async def open_menu(
    tx: Transaction, organization_id: UUID, suggestion_id: UUID, ref: MessageRef, menu: str | None
) -> UUID | None:
    """Let a copy show a menu, or its usual buttons again; return the copy where that is another look, else None."""
    values = {"organization_id": organization_id, "suggestion_id": suggestion_id, "menu": menu, **asdict(ref)}
    row = await (await tx.execute(MENU, values)).fetchone()
    return row["id"] if row else None


async def one(tx: Transaction, organization_id: UUID | None, copy_id: UUID) -> Copy | None:
    """Return a copy, unless it is lost. None: a job of yesterday's program, which did not say whose it is."""
    row = await (await tx.execute(ONE, {"organization_id": organization_id, "id": copy_id})).fetchone()
    return read(row) if row else None


async def mark_shown(tx: Transaction, copy: Copy, suggestion_id: UUID, shown: str) -> None:
    """Remember which state a copy shows, unless it was given another suggestion in the meantime."""
    await tx.execute(SHOWN, {**_key(copy), "suggestion_id": suggestion_id, "shown": shown})


async def begin_picture(tx: Transaction, copy: Copy, of: UUID) -> bool:
    """Note that a suggestion's picture is on its way to a copy; False where it was tried, or is to come no more.

    Whoever dies between sending and noting sends no second one. A picture that takes the place of another is not noted
    before: the other one would be taken for it.
    """
    return await (await tx.execute(BEGIN_PICTURE, {**_key(copy), "of": of})).fetchone() is not None


async def keep_picture(tx: Transaction, copy: Copy, picture: str | None, of: UUID) -> None:
    """Remember which picture stands beside a copy, None for none, and of which suggestion it is."""
    await tx.execute(PICTURE, {**_key(copy), "picture": picture, "of": of})


async def locale_of(tx: Transaction, organization_id: UUID, user_id: UUID) -> Locale:
    """Return a person's language."""
    row = await (await tx.execute(LOCALE, {"organization_id": organization_id, "user_id": user_id})).fetchone()
    return row["locale"] if row else "en"


async def mark_lost(tx: Transaction, copy: Copy) -> None:
    """Remember that a copy can never be edited again: deleted, blocked, or left."""
    await tx.execute(LOST, _key(copy))


async def move(tx: Transaction, organization_id: UUID, suggestion_id: UUID, to: UUID) -> None:
    """Let every copy show another suggestion, the one that replaced theirs."""
    await tx.execute(MOVE, {"organization_id": organization_id, "suggestion_id": suggestion_id, "to": to})


def _key(copy: Copy) -> dict[str, UUID]:
    return {"organization_id": copy.organization_id, "id": copy.id}


def read(row: Row) -> Copy:
    """Return a copy from the row of ``ONE``."""
    ref = MessageRef(row["platform"], row["workspace"], row["channel"], row["message"])
    return Copy(
        row["id"],
        row["organization_id"],
        row["suggestion_id"],
        ref,
        row["locale"],
        row["can_decide"],
        row["shown_status"],
        row["menu"],
        row["thread"],
        row["picture"],
        row["picture_of"],
    )
