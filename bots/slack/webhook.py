"""POST /slack/events: check the signature ourselves, store the event, answer. The work happens in jobs.

Bolt answers garbage with 500 and a traceback, so nothing reaches it that was not signed, read and stored first.
"""

import asyncio
import hashlib
import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr
from starlette.requests import ClientDisconnect

from bots.slack.inbound import inbound_event
from bots.slack.presses import opens_modal
from bots.slack.wire import read_body
from bots.storable import whole_body
from core.kernel.answers import TooLong
from core.kernel.messages import InboundEvent

_log = logging.getLogger(__name__)

_TOLERANCE = 300
"""Seconds between Slack's clock and ours, as Slack's documentation recommends."""
_ANSWER_WITHIN = 2.5
"""Seconds; Slack waits for three, and takes what comes later for no answer at all."""
_TIMESTAMP = re.compile(rb"[0-9]{1,12}")
_SIGNATURE, _SIGNED_AT = b"x-slack-signature", b"x-slack-request-timestamp"


class Answers(Protocol):
    """What Slack wants answered in the request itself; opened with the SDK, a moment after the port."""

    async def open(self, payload: Mapping[str, Any]) -> None:
        """Open the modal of a press."""
        ...

    async def give_up(self, payload: Mapping[str, Any]) -> None:
        """Say in the modal of a press that it cannot be filled."""
        ...

    async def submit(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Decide a submitted modal, and return what Slack is answered."""
        ...


def router(
    signing_secret: SecretStr,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    answers: Callable[[], Awaitable[Answers]],
    now: Callable[[], float] = time.time,
) -> APIRouter:
    """Return the route for everything that Slack posts.

    ``receive`` stores an event and says whether it is new; ``answers`` is waited for where Slack wants more than that.
    Answers: 401 unsigned, badly signed or stale; 413 too long; 400 signed but no payload; 503 not stored, or not yet
    while Slack waits (it delivers again); 200 stored, known already, or of no interest.
    A delivery that Slack repeats (``x-slack-retry-num``) carries the same event id, which ``receive`` knows.
    Raises ``ValueError`` for an empty secret, which would let everybody in.
    """
    if not signing_secret.get_secret_value():
        raise ValueError("SLACK_SIGNING_SECRET is empty")
    inside = _Inside(receive, answers)

    async def slack_events(request: Request) -> Response:
        if not looks_signed(request.scope["headers"], now()):
            return Response(status_code=401)  # and its body is not waited for
        try:
            body = await whole_body(request)
        except TooLong:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        if not is_signed(body, request.scope["headers"], signing_secret, now()):
            return Response(status_code=401)
        try:
            payload = read_body(body, request.headers.get("content-type", ""))
        except ValueError:
            return Response(status_code=400)
        return await inside.answer(payload)

    routes = APIRouter()
    # A plain route: there are no parameters for FastAPI to work out, which would take longer than the signature.
    routes.add_route("/slack/events", slack_events, methods=["POST"], include_in_schema=False)
    return routes


class _Inside:
    """What happens to a payload that Slack signed."""

    def __init__(
        self, receive: Callable[[InboundEvent], Awaitable[bool]], answers: Callable[[], Awaitable[Answers]]
    ) -> None:
        self._receive = receive
        self._answers = answers
        self._beside: set[asyncio.Task[None]] = set()
        """The loop itself keeps no hold on what it runs."""

    async def answer(self, payload: Mapping[str, Any]) -> Response:
        """Return what Slack is answered."""
        if payload.get("type") == "url_verification":
            return _challenged(payload)
        if payload.get("type") == "view_submission":
            answer = await (await self._answers()).submit(payload)
            # An empty object is no empty answer: Slack closes the modal for the latter only.
            return JSONResponse(answer) if answer else Response()
        stored = self._reviewed(payload) if opens_modal(payload) else _stored(payload, self._receive)
        return Response(status_code=200 if await stored else 503)

    async def _reviewed(self, payload: Mapping[str, Any]) -> bool:
        # Beside each other: the trigger dies after three seconds, whatever the database is doing.
        answers = await self._answers()
        opening = asyncio.create_task(answers.open(payload))
        self._beside.add(opening)
        opening.add_done_callback(self._beside.discard)
        if await _stored(payload, self._receive):
            return True
        await opening
        await answers.give_up(payload)
        return False


def is_signed(body: bytes, headers: list[tuple[bytes, bytes]], secret: SecretStr, now: float) -> bool:
    """Whether the raw body carries Slack's signature (version v0), made within five minutes of ``now``."""
    if not looks_signed(headers, now):
        return False
    [given], [signed_at] = _values(headers, _SIGNATURE), _values(headers, _SIGNED_AT)
    signed = b"v0:" + signed_at + b":" + body
    expected = b"v0=" + hmac.new(secret.get_secret_value().encode(), signed, hashlib.sha256).hexdigest().encode()
    return hmac.compare_digest(expected, given)


def looks_signed(headers: list[tuple[bytes, bytes]], now: float) -> bool:
    """Whether there is one signature, and one time within five minutes of ``now``."""
    given, signed_at = _values(headers, _SIGNATURE), _values(headers, _SIGNED_AT)
    if len(given) != 1 or len(signed_at) != 1 or not _TIMESTAMP.fullmatch(signed_at[0]):
        return False
    return abs(now - int(signed_at[0])) <= _TOLERANCE


def _values(headers: list[tuple[bytes, bytes]], wanted: bytes) -> list[bytes]:
    # Raw bytes: a header may be given twice, or hold what is no text.
    return [value for name, value in headers if name == wanted]


def _challenged(payload: Mapping[str, Any]) -> Response:
    challenge = payload.get("challenge")
    return JSONResponse({"challenge": challenge}) if isinstance(challenge, str) else Response(status_code=400)


async def _stored(payload: Mapping[str, Any], receive: Callable[[InboundEvent], Awaitable[bool]]) -> bool:
    event = inbound_event(payload)
    if event is None:
        return True
    try:
        # What is stored after that is known when Slack delivers it again.
        async with asyncio.timeout(_ANSWER_WITHIN):
            await receive(event)
    except Exception as failure:
        # The kind alone: the failure's text may quote the payload.
        _log.error("Slack event %s was not stored: %s", event.event_id, type(failure).__name__)
        return False
    return True
