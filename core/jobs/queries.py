"""Queue jobs in the caller's transaction, as the system role: what must go out is stored with what caused it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.jobs.names import POST_CARD, POST_DOCUMENT, REFRESH_CARDS, REPLACE_CARD, SAY, SHOW_PICTURE
from core.kernel.messages import Address, Document, InboundEvent, MessageRef
from core.kernel.principal import Locale
from core.kernel.tools import Transaction

_LONGEST_PIECE = 3000
"""Characters; below what Slack (4,000) and Telegram (4,096) take in one message, with room for escapes."""

BEATS_TO_MISS = 3
"""A worker that missed so many heartbeats is taken for dead, and its jobs are given to others."""

REPLACE_CARDS: LiteralString = """
select app.enqueue(%(task)s, 'copy/' || id,
    jsonb_build_object('organization_id', %(organization_id)s::uuid, 'copy_id', id), null, null)
from unnest(%(ids)s::uuid[]) with ordinality as stale(id, place) order by place
"""
ENQUEUE: LiteralString = "select app.enqueue(%(task)s, %(lock)s, %(args)s, %(runs_at)s, %(queue)s)"
RECEIVE: LiteralString = """
select place, app.receive(
    one ->> 'platform', one ->> 'workspace', one ->> 'event_id', one ->> 'lock', one -> 'payload', one ->> 'kind',
    one ->> 'sender') as is_new
from jsonb_array_elements(%(deliveries)s) with ordinality as delivery (one, place)
"""
TAKE_EVENT: LiteralString = """
select platform, payload from public.inbound_events where id = %(id)s and handled_at is null
"""
DELIVERED: LiteralString = """
select payload from public.inbound_events
where platform = %(platform)s and workspace = %(workspace)s
  and event_id between %(prefix)s || '0' and %(prefix)s || repeat('9', 20) and starts_with(event_id, %(prefix)s)
limit 50
"""
"""Deliveries whose ids are a beginning and a number."""
HANDLED: LiteralString = "update public.inbound_events set handled_at = now() where id = %(id)s"

SORT_QUEUE: LiteralString = "select app.sort_queue() as sorted"
WAITING: LiteralString = """
select queue_name as queue, count(*) as jobs from procrastinate.procrastinate_jobs
where status = 'todo' group by queue_name order by queue_name
"""
SUSPECT: LiteralString = """
update procrastinate.procrastinate_jobs set args = args || '{"deaths": 1}'
where id = any(%(jobs)s) and not args ? 'deaths'
"""
BEGIN_SUSPECT: LiteralString = """
update procrastinate.procrastinate_jobs set args = args || jsonb_build_object('deaths', %(deaths)s::integer)
where id = %(job)s
"""
GIVEN_UP: LiteralString = """
select count(*) as jobs from procrastinate.procrastinate_jobs where status = 'failed' and args ? 'deaths'
"""
SENDER: LiteralString = """
select platform, workspace, coalesce(
    payload -> 'event' ->> 'user', payload -> 'message' -> 'from' ->> 'id',
    payload -> 'callback_query' -> 'from' ->> 'id', payload -> 'user' ->> 'id') as sender
from public.inbound_events where id = %(id)s
"""
"""Who sent a delivery, found by the database: what may be deadly is not read by the program."""
ORGANIZATION_OF: LiteralString = """
select organization_id from public.workspaces where platform = %(platform)s and workspace = %(workspace)s
"""
ASKER: LiteralString = """
select origin, user_id from public.ai_insights_log
where organization_id = %(organization_id)s and id = %(suggestion_id)s
"""
REPLACE_COPIES: LiteralString = """
select app.enqueue('replace_card', 'copy/' || copy.id,
                   jsonb_build_object('organization_id', copy.organization_id, 'copy_id', copy.id))
from public.card_copies as copy
where copy.organization_id = %(organization_id)s and copy.suggestion_id = %(suggestion_id)s and not copy.is_lost
"""
PICTURE_FOLLOWS: LiteralString = """
select app.enqueue('show_picture', 'picture/' || copy.id,
                   jsonb_build_object('organization_id', copy.organization_id, 'copy_id', copy.id))
from public.card_copies as copy
join public.suggestion_pictures as picture
    on picture.organization_id = copy.organization_id and picture.suggestion_id = copy.suggestion_id
where copy.organization_id = %(organization_id)s and copy.platform = %(platform)s and copy.workspace = %(workspace)s
  and copy.channel = %(channel)s and copy.message = %(message)s and copy.picture_of is null
"""
COPIED: LiteralString = """
select organization_id, suggestion_id from public.card_copies
where organization_id = coalesce(%(organization_id)s::uuid, (
        select theirs.organization_id from public.card_copies as theirs where theirs.id = %(id)s))
  and id = %(id)s
"""
LIVE_WORKERS: LiteralString = """
select count(*) as workers from procrastinate.procrastinate_workers
where last_heartbeat > now() - make_interval(secs => %(silent_seconds)s)
"""


async def enqueue(
    tx: Transaction,
    task: str,
    lock: str | None,
    args: dict[str, Any],
    runs_at: datetime | None = None,
    *,
    queue: str | None = None,
) -> None:
    """Queue a job. Jobs with the same lock run one after the other, in the order in which they were queued.

    ``queue``: where not the one that the job belongs to by what it does.
    """
    values = {"task": task, "lock": lock, "args": Jsonb(args), "runs_at": runs_at, "queue": queue}
    await tx.execute(ENQUEUE, values)


async def say_later(
    tx: Transaction, address: Address, text: str, *, to: str | None = None, queue: str | None = None
) -> None:
    """Queue a sentence for a chat; sentences for one conversation keep their order.

    ``to``: the platform's id of the person who waits for it, told directly where the chat cannot be reached.

    A long text goes in pieces, a job each: a chat that takes some and then asks us to slow down hears none twice.
    """
    for piece in _pieces(text):
        args = {"address": _data(address), "text": piece, "to": to}
        await enqueue(tx, SAY, f"say/{address.key()}", args, queue=queue)


async def post_document_later(tx: Transaction, address: Address, document: Document, *, to: str | None = None) -> None:
    """Queue a file for a chat, in order with its sentences; ``to`` as for ``say_later``."""
    args = {"address": _data(address), **asdict(document), "to": to}
    await enqueue(tx, POST_DOCUMENT, f"say/{address.key()}", args)


async def post_card_later(
    tx: Transaction,
    organization_id: UUID,
    suggestion_id: UUID,
    address: Address,
    locale: Locale,
    *,
    can_decide: bool,
    again: datetime | None = None,
) -> None:
    """Queue a card for a chat, after the sentences of the same turn; once, however often it is queued.

    ``again``: once more than before this moment of the database's clock.
    """
    args = {
        "organization_id": str(organization_id),
        "suggestion_id": str(suggestion_id),
        "address": _data(address),
        "locale": locale,
        "can_decide": can_decide,
        "again": again.isoformat() if again else None,
    }
    await enqueue(tx, POST_CARD, f"say/{address.key()}", args)


async def refresh_cards_later(
    tx: Transaction, organization_id: UUID, suggestion_id: UUID, *, others_only: bool = False
) -> None:
    """Queue the edit of every copy of a suggestion's card that is out of date, and of the cards that speak of it.

    ``others_only``: of the latter alone.
    """
    args: dict[str, Any] = {"organization_id": str(organization_id), "suggestion_id": str(suggestion_id)}
    if others_only:
        args["others_only"] = True
    await enqueue(tx, REFRESH_CARDS, f"cards/{suggestion_id}", args)


async def replace_copies_later(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> None:
    """Queue the edit of every copy that a suggestion has now, each a job of its own, in one statement."""
    await tx.execute(REPLACE_COPIES, {"organization_id": organization_id, "suggestion_id": suggestion_id})


async def replace_card_later(tx: Transaction, organization_id: UUID, copy_id: UUID) -> None:
    """Queue the edit of one copy; copies on a platform that is down hold up no others."""
    await replace_cards_later(tx, organization_id, [copy_id])


async def replace_cards_later(tx: Transaction, organization_id: UUID, copy_ids: list[UUID]) -> None:
    """Queue the edit of copies, a job each, in one statement."""
    if copy_ids:
        values = {"task": REPLACE_CARD, "organization_id": organization_id, "ids": copy_ids}
        await tx.execute(REPLACE_CARDS, values)


async def picture_follows(tx: Transaction, organization_id: UUID, ref: MessageRef) -> None:
    """Queue the picture of a card that was just posted, where the suggestion has one."""
    await tx.execute(PICTURE_FOLLOWS, {"organization_id": organization_id, **asdict(ref)})


async def show_picture_later(tx: Transaction, organization_id: UUID, copy_id: UUID) -> None:
    """Queue the picture beside one copy: drawn, replaced or taken away, one after the other."""
    args = {"organization_id": str(organization_id), "copy_id": str(copy_id)}
    await enqueue(tx, SHOW_PICTURE, f"picture/{copy_id}", args)


async def is_delivered(tx: Transaction, platform: str, workspace: str, prefix: str) -> bool:
    """Whether a platform has delivered something whose id is this beginning and a number."""
    values = {"platform": platform, "workspace": workspace, "prefix": prefix}
    return await (await tx.execute(DELIVERED, values)).fetchone() is not None


def receive_values(events: Iterable[InboundEvent]) -> dict[str, Any]:
    """Return the parameters of ``RECEIVE``: store deliveries and queue their handling in one round trip.

    Each row says whether the delivery at ``place`` (from 1) is new.
    """
    deliveries = [
        {
            "platform": event.platform,
            "workspace": event.workspace,
            "event_id": event.event_id,
            "lock": event.lock,
            "kind": event.kind,
            "sender": event.sender,
            "payload": event.payload,
        }
        for event in events
    ]
    return {"deliveries": Jsonb(deliveries)}


def _pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a text, cut between lines, else between words, else anywhere."""
    while len(text) > _LONGEST_PIECE:
        borders = (text.rfind(mark, _LONGEST_PIECE // 2, _LONGEST_PIECE) for mark in ("\n", " "))
        end = next((border for border in borders if border > 0), _LONGEST_PIECE)
        yield text[:end]
        text = text[end:].lstrip()
    if text:
        yield text


def _data(address: Address) -> dict[str, str | None]:
    return {
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
        "thread": address.thread,
    }
