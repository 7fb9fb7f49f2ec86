"""POST /telegram/webhook: check the secret, read the update, store it, answer. The work happens in jobs."""

import hmac
import logging
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from pydantic import SecretStr
from starlette.requests import ClientDisconnect

from bots.storable import whole_body
from bots.telegram.inbound import inbound_event
from bots.telegram.secrecy import check_secret
from bots.telegram.wire import read_update
from core.kernel.answers import TooLong
from core.kernel.messages import InboundEvent

_log = logging.getLogger(__name__)

_SECRET_HEADER = b"x-telegram-bot-api-secret-token"


def router(secret: SecretStr, bot_id: str, receive: Callable[[InboundEvent], Awaitable[bool]]) -> APIRouter:
    """Return the route for Telegram's updates.

    ``receive`` stores an event and says whether it is new. Answers: 401 wrong secret, 413 too long, 400 no update,
    503 not stored (Telegram repeats what was not answered with 2xx), 200 stored, known already, or of no interest.
    Raises ``ValueError`` for a secret that Telegram would not take; an empty one would let everybody in.
    """
    check_secret(secret)
    routes = APIRouter()

    async def telegram_webhook(request: Request) -> Response:
        if not _knows(request, secret):
            return Response(status_code=401)
        try:
            update = read_update(await whole_body(request))
        except TooLong:
            return Response(status_code=413)
        except (ValueError, ClientDisconnect):
            return Response(status_code=400)
        event = inbound_event(update, bot_id)
        return Response(status_code=200 if event is None or await _stored(event, receive) else 503)

    # A plain route: there are no parameters for FastAPI to work out, which would take longer than the rest of this.
    routes.add_route("/telegram/webhook", telegram_webhook, methods=["POST"], include_in_schema=False)
    return routes


def _knows(request: Request, secret: SecretStr) -> bool:
    # Raw bytes: a header may be given twice, or hold what is no text.
    given = [value for name, value in request.scope["headers"] if name == _SECRET_HEADER]
    return len(given) == 1 and hmac.compare_digest(given[0], secret.get_secret_value().encode())


async def _stored(event: InboundEvent, receive: Callable[[InboundEvent], Awaitable[bool]]) -> bool:
    try:
        await receive(event)
    except Exception as failure:
        # The kind alone: the failure's text may quote the update.
        _log.error("Telegram update %s was not stored: %s", event.event_id, type(failure).__name__)
        return False
    return True
