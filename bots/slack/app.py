"""Bolt listeners, nothing else: a stored payload goes through Bolt and reaches the core as a message or a press."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bots.slack.inbound import parse
from bots.slack.outbound import SlackPlatform
from core.kernel.errors import Unreachable
from core.kernel.messages import Address, Decision, InboundMessage

OnMessage: TypeAlias = Callable[[InboundMessage], Awaitable[None]]
OnDecision: TypeAlias = Callable[[Decision], Awaitable[str | None]]
"""Returns what to tell the presser alone, or None where the changed card says it all."""

_FAILURE = "eventflow_failure"


def build_app(platform: SlackPlatform, on_message: OnMessage, on_decision: OnDecision) -> AsyncApp:
    """Return the Bolt app. Requests were verified and stored before; listeners run to their end."""
    app = AsyncApp(
        client=platform.client,
        authorize=cast(Any, _authorize(platform)),  # None for an unknown workspace, which Bolt's own type leaves out
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=True,
        # Who is not known here is nobody's customer: no answer.
        user_facing_authorize_error_message="",
    )

    async def message(body: dict[str, Any]) -> None:
        found = parse(body, (await platform.whoami()).user)
        if isinstance(found, InboundMessage):
            await on_message(found)

    async def press(body: dict[str, Any], ack: Any) -> None:
        await ack()
        found = parse(body, (await platform.whoami()).user)
        if isinstance(found, Decision):
            await _tell(platform, found, await on_decision(found))

    app.event("app_mention")(message)
    app.event("message")(message)
    app.action(re.compile(r".*"))(press)
    app.error(_keep_failure)
    return app


def _authorize(platform: SlackPlatform) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Bolt's own look-up asks Slack on every request; ours knows the one workspace of the token."""

    async def authorize(team_id: str | None, **_: Any) -> AuthorizeResult | None:
        who = await platform.whoami()
        if team_id != who.team:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=who.team,
            bot_token=platform.client.token,
            bot_id=who.bot_id,
            bot_user_id=who.user,
        )

    return authorize


async def _keep_failure(error: Exception, context: AsyncBoltContext) -> BoltResponse:
    context[_FAILURE] = error
    return BoltResponse(status=500)


async def dispatch(app: AsyncApp, payload: Mapping[str, Any]) -> None:
    """Hand one stored payload to Bolt. What a listener raises is raised here, so that the job is tried again."""
    request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
    await app.async_dispatch(request)
    failure = request.context.get(_FAILURE)
    if isinstance(failure, Exception):
        raise failure


async def _tell(platform: SlackPlatform, decision: Decision, told: str | None) -> None:
    if told is None:
        return
    pressed = decision.pressed
    try:
        await platform.whisper(decision.sender, Address("slack", pressed.workspace, pressed.channel), told)
    except Unreachable:
        return
