"""Socket Mode: the same deliveries over a WebSocket, stored before they are acknowledged."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import SecretStr
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bots.slack.inbound import inbound_event
from bots.slack.outbound import SlackPlatform
from core.kernel.messages import InboundEvent

_log = logging.getLogger(__name__)


async def listen(
    platform: SlackPlatform,
    app_token: SecretStr,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    stop: asyncio.Event,
) -> None:
    """Receive until ``stop`` is set. What could not be stored is not acknowledged; Slack delivers it again."""
    client = SocketModeClient(app_token=app_token.get_secret_value(), web_client=platform.client)

    async def take(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        payload: dict[str, Any] = request.payload
        event = inbound_event(payload)
        if event is not None:
            try:
                await receive(event)
            except Exception as failure:
                _log.error("Slack event %s was not stored: %s", event.event_id, type(failure).__name__)
                return
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    client.socket_mode_request_listeners.append(take)
    await client.connect()
    try:
        await stop.wait()
    finally:
        await client.close()
