"""Bolt listeners, nothing else: a stored payload goes through Bolt and reaches the core as a message or a press."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bots.slack.home.asked import HomeAsked, home_asked, home_of_press
from bots.slack.home.publish import OnHome, publish
from bots.slack.inbound import REMOVALS, parse, removal, thread_of_press
from bots.slack.interactions import OnDecision, OnOpen, fill
from bots.slack.outbound import SlackPlatform
from bots.slack.presses import PLATFORM, is_in_modal, opens_modal, read_press
from bots.slack.wire import team_of
from core.kernel.breakages import Breakage, Watch
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address, Decision, InboundMessage

_log = logging.getLogger(__name__)

OnMessage: TypeAlias = Callable[[InboundMessage], Awaitable[None]]

_FAILURE = "eventflow_failure"


class _Elsewhere(Exception):
    """The payload is another workspace's, for which we have no token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What the core does with what comes in."""

    on_message: OnMessage
    on_decision: OnDecision
    on_open: OnOpen
    on_home: OnHome
    watch: Watch


def build_app(platform: SlackPlatform, core: Core) -> AsyncApp:
    """Return the Bolt app. Requests were verified and stored before; listeners run to their end."""
    app = AsyncApp(
        client=platform.client,
        logger=_quiet(),
        authorize=_authorize(platform),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,
    )
    listeners = _Listeners(platform, core)
    app.event("app_home_opened")(listeners.opened)
    app.event("app_mention")(listeners.message)
    app.event("message")(listeners.message)
    for kind in REMOVALS:
        app.event(kind)(listeners.removed)
    app.action(re.compile(r".*", re.DOTALL))(listeners.press)
    app.error(_keep_failure)
    return app


class _Listeners:
    """What Bolt calls with a payload; it takes the arguments by their names."""

    def __init__(self, platform: SlackPlatform, core: Core) -> None:
        self._platform = platform
        self._core = core

    async def message(self, body: dict[str, Any]) -> None:
        found = parse(body, (await self._platform.whoami()).user)
        if isinstance(found, InboundMessage):
            named = {person: await self._platform.name_of(person) for person in found.mentioned}
            await self._core.on_message(replace(found, mentioned=named))

    async def opened(self, body: dict[str, Any]) -> None:
        found = home_asked(body)
        if found is not None:
            await self._draw(found)

    async def removed(self, body: dict[str, Any]) -> None:
        why = removal(body)
        if why is not None:
            self._core.watch.broke(Breakage(PLATFORM, "installation", team_of(body)), why)

    async def press(self, body: dict[str, Any], ack: Callable[[], Awaitable[object]]) -> None:
        await ack()
        found = parse(body, "")
        if isinstance(found, HomeAsked):
            await self._draw(found)
        elif isinstance(found, Decision) and (opens_modal(body) or is_in_modal(body)):
            await fill(self._platform, body, found, self._core.on_open)
        elif isinstance(found, Decision):
            await self._decide(found, body)

    async def _decide(self, found: Decision, body: dict[str, Any]) -> None:
        told, home = await self._core.on_decision(found), home_of_press(body)
        if home is not None:
            await self._draw(home, told)
        elif told is not None:
            await _tell(self._platform, found, thread_of_press(body), told)

    async def _draw(self, asked: HomeAsked, notice: str | None = None) -> None:
        try:
            await publish(self._platform, asked, self._core.on_home, notice)
        except Unreachable:
            _log.warning("a Home tab was not drawn: the app has none")


async def dispatch(app: AsyncApp, payload: Mapping[str, Any]) -> None:
    """Hand one stored payload to Bolt. What a listener raises is raised here, so that the job is tried again.

    A payload that no listener takes raises ``BoltUnhandledRequestError``: nothing that was stored may vanish.
    """
    press = read_press(payload) if payload.get("type") == "block_actions" else None
    # Bolt looks up the workspace whose card was pressed, whoever pressed it.
    body = dict(payload) if press is None else {**payload, "team": {"id": press.sender.workspace}}
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    await app.async_dispatch(request)
    failure = request.context.get(_FAILURE)
    if isinstance(failure, _Elsewhere):
        # Off is not gone: it waits for a worker that has the token of its workspace.
        _log.warning("a payload of another workspace waits")
        raise Upstream
    if isinstance(failure, Exception):
        raise failure


def _quiet() -> logging.Logger:
    """Bolt prints whole payloads as warnings, and takes its level from the root logger unless it is given one."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _authorize(platform: SlackPlatform) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt's own look-up asks Slack on every request; ours knows the one workspace of the token."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        who = await platform.whoami()
        if not who.serves(team_id or "", enterprise_id or ""):
            # Returning nothing would make Bolt apologise, in English, to people whom we do not know.
            raise _Elsewhere
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id or who.team,
            bot_token=platform.client.token,
            bot_id=who.bot_id,
            bot_user_id=who.user,
        )

    return authorize


async def _keep_failure(error: Exception, context: AsyncBoltContext) -> BoltResponse:
    """Bolt swallows what is raised in it; ``dispatch`` finds it again."""
    context[_FAILURE] = error
    return BoltResponse(status=500)


async def _tell(platform: SlackPlatform, decision: Decision, thread: str | None, told: str) -> None:
    pressed = decision.pressed
    with suppress(Unreachable):
        await platform.whisper(decision.sender, Address(PLATFORM, pressed.workspace, pressed.channel, thread), told)
