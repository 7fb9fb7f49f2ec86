"""What Slack wants answered in the same request: a modal opened while its trigger lives, and its submission."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from slack_sdk.errors import SlackApiError

from bots.slack.failures import error_of, told_plainly
from bots.slack.inbound import parse, view_of
from bots.slack.modal import refused, review_view, submitted, telling_view, waiting_view
from bots.slack.outbound import SlackPlatform
from core.kernel.cards import Card
from core.kernel.errors import AppError, Unreachable
from core.kernel.messages import Address, Decision
from core.kernel.phrases import phrase
from core.kernel.principal import Locale
from core.texts import LOCALES, say

_log = logging.getLogger(__name__)

OnDecision: TypeAlias = Callable[[Decision], Awaitable[str | None]]
"""Returns what to tell the presser alone, or None where the changed card says it all."""
OnReview: TypeAlias = Callable[[Decision], Awaitable[tuple[Card, Locale] | str]]
"""Returns the card for whoever may decide it, in their language, or what to tell them."""

_ANSWER_WITHIN = 2.5
"""Seconds; Slack takes a submission for failed after three."""
_OPENING = (0.1, 0.2, 0.4, 0.8, 1.5)
"""Seconds between tries: the web process opens the modal while a worker already knows what belongs into it."""


class Interactions:
    """Answers in the web process, whatever the queue and the model are doing."""

    def __init__(self, platform: SlackPlatform, on_decision: OnDecision) -> None:
        self._platform = platform
        self._on_decision = on_decision

    async def open(self, payload: Mapping[str, Any]) -> None:
        """Open the modal of a press, empty: its trigger dies after three seconds, and a database may be slow."""
        decision, trigger = parse(payload, ""), payload.get("trigger_id")
        if not isinstance(decision, Decision) or not isinstance(trigger, str):
            return
        try:
            with told_plainly():
                await self._platform.client.views_open(trigger_id=trigger, view=waiting_view(view_of(decision)))
        except AppError as failure:
            _log.warning("a modal was not opened: %s", failure.phrase.id)

    async def give_up(self, payload: Mapping[str, Any]) -> None:
        """Say in the modal of a press that could not be kept to try again."""
        decision = parse(payload, "")
        if not isinstance(decision, Decision):
            return
        external_id = view_of(decision)
        with suppress(AppError), told_plainly():
            view = telling_view(_again(), external_id)
            await self._platform.client.views_update(external_id=external_id, view=view)

    async def submit(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Decide, and return the answer: nothing, which closes the modal, or why nothing was done."""
        decision = submitted(payload)
        if decision is None:
            return {}
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                told = await self._on_decision(decision)
        except Exception as failure:  # the boundary: whoever submits must not be left with Slack's own error
            _log.warning("a submission was not decided: %s", type(failure).__name__)
            told = _again()
        return {} if told is None else refused(payload, told)


async def fill(platform: SlackPlatform, decision: Decision, on_review: OnReview) -> None:
    """Put the card into the modal that its press opened; where there is none, say to the presser alone to try again."""
    external_id = view_of(decision)
    found = await on_review(decision)
    view = telling_view(found, external_id) if isinstance(found, str) else review_view(*found, decision, external_id)
    for pause in _OPENING:
        with told_plainly():
            try:
                await platform.client.views_update(external_id=external_id, view=view)
            except SlackApiError as refusal:
                if error_of(refusal) != "not_found":
                    raise
            else:
                return
        await asyncio.sleep(pause)
    pressed = decision.pressed
    with suppress(Unreachable):
        there = Address(pressed.platform, pressed.workspace, pressed.channel)
        await platform.whisper(decision.sender, there, _again())


def _again() -> str:
    return "\n".join(say(locale, phrase("decision-again")) for locale in LOCALES)
