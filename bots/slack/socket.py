"""Socket Mode, where no webhook can reach us: each delivery is stored before Slack is told that it arrived.

The SDK's own client is not used: refused once, it tries the same spent address for ever and logs it, ticket and all,
and it handles deliveries side by side, so that two messages of one conversation may be stored in the wrong order.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from pydantic import SecretStr
from slack_sdk.socket_mode.response import SocketModeResponse

from bots.slack.failures import told_plainly
from bots.slack.inbound import inbound_event
from bots.slack.interactions import Interactions
from bots.slack.outbound import SlackPlatform
from bots.slack.presses import opens_modal
from bots.storable import mapping, read_object
from core.kernel.errors import Upstream, pause_before_retry
from core.kernel.messages import InboundEvent

_log = logging.getLogger(__name__)

_HEARTBEAT = 10.0
"""Seconds between our pings; a socket that does not answer them is closed."""
_POLITE = frozenset({"refresh_requested", "warning"})
"""Reasons of Slack's to come back at once on a new socket, every few hours; the others are refusals."""


async def listen(
    platform: SlackPlatform,
    app_token: SecretStr,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    answers: Interactions,
    stop: asyncio.Event,
    *,
    pause: Callable[[int, float | None], float] = pause_before_retry,
) -> None:
    """Hand every delivery to ``receive`` until ``stop`` is set, over as many sockets as it takes.

    What could not be stored is not acknowledged, and Slack delivers it again. A failure of Slack (down, too fast,
    Socket Mode switched off) waits and is tried again.
    """
    receiver = _Receiver(platform, app_token, receive, answers)
    while not stop.is_set():
        try:
            await _unless(stop, receiver.run())
        except Exception as failure:
            # The kinds alone: the texts may hold the address with its ticket, or what somebody wrote.
            _log.warning("Slack's socket waits: %s, %s", type(failure).__name__, type(failure.__cause__).__name__)
            after = failure.retry_after if isinstance(failure, Upstream) else None
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause(receiver.failures, after))
            receiver.failures += 1


class _Receiver:
    """One socket after the other; ``failures`` counts those in a row that brought nothing."""

    def __init__(
        self,
        platform: SlackPlatform,
        app_token: SecretStr,
        receive: Callable[[InboundEvent], Awaitable[bool]],
        answers: Interactions,
    ) -> None:
        self._platform = platform
        self._app_token = app_token
        self._receive = receive
        self._answers = answers
        self._beside: set[asyncio.Task[None]] = set()
        self.failures = 0

    async def run(self) -> None:
        """Serve one socket until Slack asks for another; raises when it ends in any other way."""
        client = self._platform.client
        with told_plainly():
            opened = await client.apps_connections_open(app_token=self._app_token.get_secret_value())
        session, address = client.session, opened.get("url")
        if not isinstance(session, ClientSession) or not isinstance(address, str):
            raise Upstream
        with told_plainly():
            socket = await session.ws_connect(address, heartbeat=_HEARTBEAT, proxy=client.proxy, ssl=client.ssl or True)
        async with socket:
            await self._serve(socket)
        self.failures = 0

    async def _serve(self, socket: ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = _envelope(message.data) if message.type is WSMsgType.TEXT else {}
            if envelope.get("type") == "disconnect":
                if envelope.get("reason") in _POLITE:
                    return
                break
            envelope_id = envelope.get("envelope_id")
            if isinstance(envelope_id, str):
                await self._answer(socket, envelope_id, mapping(envelope.get("payload")))
        raise ConnectionError("the socket was closed")

    async def _answer(self, socket: ClientWebSocketResponse, envelope_id: str, payload: Mapping[str, Any]) -> None:
        if payload.get("type") == "view_submission":
            answered = dict(await self._answers.submit(payload))
            answer = SocketModeResponse(envelope_id=envelope_id, payload=answered or None)
        else:
            if opens_modal(payload):
                opening = asyncio.create_task(self._answers.open(payload))
                self._beside.add(opening)
                opening.add_done_callback(self._beside.discard)
            if not await self._stored(payload):
                return
            answer = SocketModeResponse(envelope_id=envelope_id)
        await socket.send_json(answer.to_dict())
        self.failures = 0

    async def _stored(self, payload: Mapping[str, Any]) -> bool:
        event = inbound_event(payload)
        if event is None:
            return True
        try:
            await self._receive(event)
        except Exception as failure:
            # The kind alone: the failure's text may quote the payload.
            _log.error("Slack event %s was not stored: %s", event.event_id, type(failure).__name__)
            return False
        return True


def _envelope(text: str) -> Mapping[str, Any]:
    """Read a frame; one that cannot be stored keeps its id alone, so that it is acknowledged and never comes back."""
    try:
        return read_object(text)
    except ValueError:
        _log.error("a frame from Slack cannot be stored and is skipped")
    with suppress(ValueError, RecursionError):
        return {"envelope_id": mapping(json.loads(text)).get("envelope_id")}
    return {}


async def _unless(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Run the work, or leave it as soon as ``stop`` is set; what was not acknowledged comes again."""
    running, stopped = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
    finally:
        for task in (running, stopped):
            task.cancel()
        await asyncio.gather(running, stopped, return_exceptions=True)
