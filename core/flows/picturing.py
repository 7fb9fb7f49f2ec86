"""The picture beside a card: drawn when it is delivered, in the reader's language; never in the card's way."""

import asyncio
from uuid import UUID

import structlog

from core.flows.runtime import Runtime
from core.kernel.errors import AppError
from core.kernel.messages import Address
from core.kernel.principal import Locale
from core.pictures import queries as pictures
from core.pictures.describe import describe
from core.pictures.drawing import draw
from core.texts import say

_log = structlog.get_logger("flow.deliver")


async def show_picture(
    rt: Runtime, organization_id: UUID, suggestion_id: UUID, address: Address, locale: Locale
) -> None:
    """Post the rooms around what a suggestion moves; nothing where it moves nothing.

    A picture that cannot be posted now is left out: the card says everything, and waits for nobody.
    """
    platform = rt.platforms.get(address.platform)
    async with rt.db.as_system() as tx:
        timeline = await pictures.kept(tx, organization_id, suggestion_id)
    if timeline is None or platform is None:
        return
    png = await asyncio.to_thread(draw, timeline, locale)
    try:
        await platform.picture(address, png, say(locale, describe(timeline)))
    except AppError as failure:
        _log.warning("picture not delivered", platform=address.platform, reason=failure.phrase.id)
