"""The picture beside a card, a job of its own: it joins the card, which waits for none, and goes when it is old."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import structlog

from core.actions import queries as actions
from core.actions.phrasing import in_short
from core.actions.suggestion import Suggestion
from core.db import DatabaseDown
from core.delivery import queries as copies
from core.delivery.queries import Copy
from core.flows.runtime import Runtime, write_tool
from core.kernel.cards import ChatPlatform
from core.kernel.errors import AppError, Upstream
from core.pictures import queries as pictures
from core.pictures.describe import describe
from core.pictures.models import Timeline
from core.pictures.studio import drawn
from core.texts import say

_log = structlog.get_logger("flow.picturing")

_LONGEST = 20.0
"""Seconds that a picture may take, its turn in the studio included; drawing and sending take a fiftieth of that."""


@dataclass(frozen=True, slots=True)
class _Pictured:
    copy: Copy
    suggestion: Suggestion
    timeline: Timeline | None
    """What its picture shows; None where it has none."""


async def show_picture(rt: Runtime, organization_id: UUID, copy_id: UUID) -> None:
    """Let a copy of a card have the one picture that is true: of what waits now, and none once that is decided.

    A picture that could not be sent is left out, for the card says everything. One that came too late, in a burst, is
    dropped. Raises ``Upstream`` where an old one cannot be taken away now.
    """
    found = await _look(rt, organization_id, copy_id)
    if found is None:
        return
    copy, suggestion = found.copy, found.suggestion
    platform = rt.platforms.get(copy.ref.platform)
    if platform is None:
        raise Upstream
    if not platform.can.pictures:
        return
    picture: str | None = None
    if _waits(suggestion):
        if copy.picture_of == suggestion.id:
            return
        picture = await _drawn_and_sent(rt, platform, found)
    if picture is None and copy.picture is not None:
        await platform.remove_picture(copy.ref, copy.picture, copy.locale)
    if picture is None and copy.picture is None:
        return
    async with rt.db.as_system() as tx:
        await copies.keep_picture(tx, copy, picture, suggestion.id)
    # A decision that fell before the note found no picture to take away.
    await show_picture(rt, organization_id, copy_id)


def has_to_change(copy: Copy, suggestion: Suggestion) -> bool:
    """Whether the picture beside a copy is of something else or no longer true, or is to come with a fresh card."""
    if copy.picture is not None:
        return copy.picture_of != suggestion.id or not _waits(suggestion)
    has_moved = suggestion.request.is_renewed or suggestion.request.edited_from is not None
    return has_moved and _waits(suggestion) and not copy.shown_status and copy.picture_of != suggestion.id


def _waits(suggestion: Suggestion) -> bool:
    """Whether what a picture calls "now" and "proposed" is so."""
    return suggestion.review.status == "suggested"


async def _look(rt: Runtime, organization_id: UUID, copy_id: UUID) -> _Pictured | None:
    async with rt.db.as_system() as tx:
        copy = await copies.one(tx, organization_id, copy_id)
        suggestion = await actions.find_for_delivery(tx, copy.organization_id, copy.suggestion_id) if copy else None
        if copy is None or suggestion is None:
            return None
        return _Pictured(copy, suggestion, await pictures.kept(tx, copy.organization_id, suggestion.id))


async def _drawn_and_sent(rt: Runtime, platform: ChatPlatform, shown: _Pictured) -> str | None:
    try:
        async with asyncio.timeout(_LONGEST):
            return await _bring(rt, platform, shown)
    except AppError as failure:
        _log.warning("picture not delivered", reason=failure.phrase.id)
    except TimeoutError:
        _log.warning("picture not delivered", reason="it took too long")
    except DatabaseDown:
        raise
    except Exception as failure:  # the boundary: whatever is wrong with a picture, its card is there
        _log.warning("picture not delivered", reason=type(failure).__name__)
    return None


async def _bring(rt: Runtime, platform: ChatPlatform, shown: _Pictured) -> str | None:
    copy, suggestion, timeline = shown.copy, shown.suggestion, shown.timeline
    png = None if timeline is None else await drawn(timeline, copy.locale)
    if timeline is None or png is None:
        return None
    async with rt.db.as_system() as tx:
        # By now it may have been decided: what lags behind a burst is dropped.
        if not await copies.begin_picture(tx, copy, suggestion.id):
            return None
    said = write_tool(suggestion.request.action_type).describe(suggestion.action())
    words = say(copy.locale, describe(timeline, in_short(said, undoes=suggestion.request.undoes is not None)))
    return await platform.picture(copy.ref, copy.thread, png, words, instead_of=copy.picture)
