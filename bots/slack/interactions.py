"""What Slack wants answered in the same request: a modal opened while its trigger lives, and its submission."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias

from slack_sdk.errors import SlackApiError

from bots.slack.failures import error_of, told_plainly
from bots.slack.home.asked import HomeAsked, home_of_press
from bots.slack.home.publish import OnHome, publish
from bots.slack.inbound import thread_of_press
from bots.slack.modals.frame import is_ours, telling_view, waiting_view
from bots.slack.modals.sheet import foreign, last_input, refused, sheet_view, submitted
from bots.slack.outbound import SlackPlatform
from bots.slack.presses import is_in_modal, read_press, view_of
from core.kernel.cards import Sheet
from core.kernel.errors import AppError, Unreachable
from core.kernel.messages import Address, Counted, Decision
from core.kernel.phrases import phrase
from core.texts import LOCALES, say

_log = logging.getLogger(__name__)

OnDecision: TypeAlias = Callable[[Decision], Awaitable[str | None]]
"""Returns what to tell the presser alone, or None where the changed card says it all."""
OnOpen: TypeAlias = Callable[[Decision], Awaitable[Sheet | str]]
"""Returns what the modal shows and asks for, in the presser's language, or what to tell them."""

_ANSWER_WITHIN = 2.5
"""Seconds; Slack takes a submission for failed after three."""
_OPENING = (0.1, 0.2, 0.4, 0.8, 1.5)
"""Seconds between tries: the web process opens the modal while a worker already knows what belongs into it."""


class Interactions:
    """Answers in the web process, whatever the queue and the model are doing."""

    def __init__(self, platform: SlackPlatform, on_decision: OnDecision, on_home: OnHome) -> None:
        self._platform = platform
        self._on_decision = on_decision
        self._on_home = on_home
        self._beside: set[asyncio.Task[None]] = set()
        """The loop itself keeps no hold on what it runs."""

    async def open(self, payload: Mapping[str, Any]) -> None:
        """Open the modal of a press, empty: its trigger dies after three seconds, and a database may be slow."""
        decision, trigger = read_press(payload), payload.get("trigger_id")
        if decision is None or not isinstance(trigger, str) or is_in_modal(payload):
            return
        try:
            with told_plainly():
                view = waiting_view(view_of(payload, decision))
                await self._platform.client.views_open(trigger_id=trigger, view=view)
        except AppError as failure:
            _log.warning("a modal was not opened: %s", failure.phrase.id)

    async def give_up(self, payload: Mapping[str, Any]) -> None:
        """Say in the modal of a press that could not be kept to try again."""
        decision = read_press(payload)
        if decision is None:
            return
        external_id = view_of(payload, decision)
        with suppress(AppError), told_plainly():
            view = telling_view(_again(), external_id)
            await self._platform.client.views_update(external_id=external_id, view=view)

    async def submit(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Decide, and return the answer: nothing, which closes the modal, or why nothing was done."""
        if not is_ours(payload):
            return {}
        found = submitted(payload, self._platform.seal)
        if found is None:
            return refused(payload, foreign(), "")
        if found.wrong:
            return {"response_action": "errors", "errors": dict(found.wrong)}
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                told = await self._on_decision(found.decision)
        except Exception as failure:  # the boundary: whoever submits must not be left with Slack's own error
            _log.warning("a submission was not decided: %s", type(failure).__name__)
            return refused(payload, _again(), last_input(payload))
        is_done = told is None or isinstance(told, Counted)
        if is_done and found.home is not None:
            self._draw(found.home)
        if told is None:
            return {}
        # What counted is no mistake in what was typed: it takes the place of the modal's content.
        return refused(payload, told, "" if is_done else found.blames)

    def _draw(self, asked: HomeAsked) -> None:
        """Draw a Home tab anew: no card changes there under the presser's eyes."""
        drawing = asyncio.create_task(self._publish(asked))
        self._beside.add(drawing)
        drawing.add_done_callback(self._beside.discard)

    async def _publish(self, asked: HomeAsked) -> None:
        try:
            await publish(self._platform, asked, self._on_home)
        except Exception as failure:  # the boundary: the decision stands, and the tab is drawn when it is next opened
            _log.warning("a Home tab was not drawn: %s", type(failure).__name__)


async def fill(platform: SlackPlatform, payload: Mapping[str, Any], decision: Decision, on_open: OnOpen) -> None:
    """Put what belongs there into the modal of a press; where there is none, say to the presser alone to try again."""
    external_id = view_of(payload, decision)
    # A page is nothing to the core, which says everything at once.
    is_page = decision.verdict == "show"
    found = await on_open(replace(decision, choice="") if is_page else decision)
    view = (
        telling_view(found, external_id)
        if isinstance(found, str)
        else sheet_view(found, decision, external_id, platform.seal, home_of_press(payload))
    )
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
        there = Address(pressed.platform, pressed.workspace, pressed.channel, thread_of_press(payload))
        await platform.whisper(decision.sender, there, _again())


def _again() -> str:
    return "\n".join(say(locale, phrase("decision-again")) for locale in LOCALES)
