"""The picture above a card: drawn when it is delivered, in the reader's language; it holds up no card for long."""

import asyncio

import structlog

from core.actions.phrasing import in_short
from core.actions.suggestion import Suggestion
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


async def show_picture(rt: Runtime, suggestion: Suggestion, address: Address, locale: Locale) -> None:
    """Post the rooms around what a suggestion moves, before its card; nothing where it moves nothing.

    A picture that cannot be there in a moment is left out: the card says everything.
    """
    platform = rt.platforms.get(address.platform)
    async with rt.db.as_system() as tx:
        timeline = await pictures.kept(tx, suggestion.organization_id, suggestion.id)
    if timeline is None or platform is None:
        return
    try:
        async with asyncio.timeout(_LONGEST):
            png = await drawn(timeline, locale)
            if png is not None:
                said = write_tool(suggestion.action_type).describe(suggestion.action())
                change = in_short(said, undoes=suggestion.undoes is not None)
                await platform.picture(address, png, say(locale, describe(timeline, change)))
    except AppError as failure:
        _log.warning("picture not delivered", platform=address.platform, reason=failure.phrase.id)
    except TimeoutError:
        _log.warning("picture not delivered", platform=address.platform, reason="it took too long")
    except Exception as failure:  # the boundary: whatever is wrong with a picture, the card goes out
        _log.warning("picture not delivered", platform=address.platform, reason=type(failure).__name__)
