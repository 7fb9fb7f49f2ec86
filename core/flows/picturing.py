"""The picture beside a card: drawn when it is delivered, in the reader's language; it holds up no card, and it goes
when it is no longer true."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from core.actions.phrasing import in_short
from core.actions.suggestion import Suggestion
from core.delivery import queries as copies
from core.delivery.queries import Copy
from core.flows.runtime import Runtime, write_tool
from core.kernel.errors import AppError
from core.kernel.messages import Address
from core.kernel.principal import Locale
from core.pictures import queries as pictures
from core.pictures.describe import describe
from core.pictures.studio import drawn
from core.texts import say

_log = structlog.get_logger("flow.deliver")

_LONGEST = 4.0
"""Seconds that a card waits for its picture; drawing and posting take a tenth of that."""


Posting = Callable[[bytes, str], Awaitable[str | None]]
"""Bring a picture and its words to a chat; returns what the platform calls it."""


async def show_picture(rt: Runtime, suggestion: Suggestion, address: Address, locale: Locale) -> str | None:
    """Post the rooms around what a suggestion moves, before its card; return what the platform calls the picture.

    None where it moves nothing, or where no picture can be there in a moment: the card says everything.
    """
    platform = rt.platforms.get(address.platform)
    if platform is None or not platform.can.pictures:
        return None

    async def posted(png: bytes, words: str) -> str | None:
        return await platform.picture(address, png, words)

    return await _drawn_and(posted, rt, suggestion, locale)


async def keep_true(rt: Runtime, copy: Copy, suggestion: Suggestion) -> None:
    """Let a copy of a card have one picture that is true: of what waits now, and none once that is decided.

    Raises ``Upstream`` where an old picture cannot be taken away now; the card itself has been delivered by then.
    """
    platform = rt.platforms.get(copy.ref.platform)
    if platform is None or not platform.can.pictures or not _is_due(copy, suggestion):
        return
    picture: str | None = None
    if _waits(suggestion):

        async def replaced(png: bytes, words: str) -> str | None:
            return await platform.replace_picture(copy.ref, copy.thread, copy.picture, png, words)

        picture = await _drawn_and(replaced, rt, suggestion, copy.locale)
    if picture is None and copy.picture is not None:
        await platform.remove_picture(copy.ref, copy.picture, copy.locale)
    async with rt.db.as_system() as tx:
        await copies.keep_picture(tx, copy, picture, suggestion.id)


def _is_due(copy: Copy, suggestion: Suggestion) -> bool:
    """Whether the picture beside a copy is of something else or no longer true, or is to come with a fresh card."""
    if copy.picture is not None:
        return copy.picture_of != suggestion.id or not _waits(suggestion)
    has_moved = suggestion.request.is_renewed or suggestion.request.edited_from is not None
    return has_moved and _waits(suggestion) and not copy.shown_status and copy.picture_of != suggestion.id


def _waits(suggestion: Suggestion) -> bool:
    """Whether what a picture calls "now" and "proposed" is so."""
    return suggestion.review.status == "suggested"


async def _drawn_and(bring: Posting, rt: Runtime, suggestion: Suggestion, locale: Locale) -> str | None:
    async with rt.db.as_system() as tx:
        timeline = await pictures.kept(tx, suggestion.organization_id, suggestion.id)
    if timeline is None:
        return None
    said = write_tool(suggestion.request.action_type).describe(suggestion.action())
    change = in_short(said, undoes=suggestion.request.undoes is not None)
    try:
        async with asyncio.timeout(_LONGEST):
            png = await drawn(timeline, locale)
            return None if png is None else await bring(png, say(locale, describe(timeline, change)))
    except AppError as failure:
        _log.warning("picture not delivered", reason=failure.phrase.id)
    except TimeoutError:
        _log.warning("picture not delivered", reason="it took too long")
    except Exception as failure:  # the boundary: whatever is wrong with a picture, the card goes out
        _log.warning("picture not delivered", reason=type(failure).__name__)
    return None
