"""The modal in which a risky action is approved: opened empty at once, filled when the card is known. Pure."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
)
from slack_sdk.models.views import View

from bots.slack.inbound import PLATFORM
from bots.slack.render import Page
from bots.slack.wire import word
from bots.storable import mapping, read_object
from core.kernel.cards import Card
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser, Locale

CALLBACK = "decide"
_TITLE, _LABEL, _BUTTON = 24, 2000, 24
"""Characters, Slack's own limits for a modal's title, an input's label and a modal's buttons."""
_READ, _WORD = "read", "word"
_WAIT = "⏳"
"""No language: who pressed is looked up while this is on the screen."""


def waiting_view(external_id: str) -> View:
    """Return what stands in the modal until the card is known."""
    return View(
        type="modal",
        callback_id=CALLBACK,
        external_id=external_id,
        title={"type": "plain_text", "text": "EventFlow"},
        blocks=[SectionBlock(text={"type": "plain_text", "text": _WAIT})],
    )


def telling_view(text: str, external_id: str) -> View:
    """Return a modal that says why there is nothing to approve."""
    page = Page("en")
    return View(
        type="modal",
        callback_id=CALLBACK,
        external_id=external_id,
        title={"type": "plain_text", "text": "EventFlow"},
        blocks=[page.section(page.said(verbatim(text), _LABEL))],
    )


def review_view(card: Card, locale: Locale, decision: Decision, external_id: str) -> View:
    """Return what must be acknowledged or typed before the card's action may be approved."""
    page = Page(locale)
    return View(
        type="modal",
        callback_id=CALLBACK,
        external_id=external_id,
        private_metadata=_metadata(card, decision),
        title=page.plain(phrase("modal-title"), _TITLE, emoji=False),
        submit=page.plain(phrase("button-approve"), _BUTTON, emoji=False),
        close=page.plain(phrase("modal-close"), _BUTTON, emoji=False),
        blocks=[
            page.section(f"*{page.said(card.title, _LABEL)}*"),
            *page.facts(card.facts),
            *page.changes(card.changes, card.state),
            *(_consequences(page, card) if card.word is None else _typing(page, card)),
        ],
    )


def submitted(payload: Mapping[str, Any]) -> Decision | None:
    """Return the decision that a submitted modal is, with what was ticked or typed; None for what is none of ours."""
    view = mapping(payload.get("view"))
    team, user = word(mapping(payload.get("team")).get("id")), word(mapping(payload.get("user")).get("id"))
    about = _about(view)
    if payload.get("type") != "view_submission" or about is None or not (team and user):
        return None
    suggestion_id, channel, message, shown = about
    return Decision(
        event_id=f"view/{word(view.get('id'))}",
        sender=ChatUser(PLATFORM, team, user),
        suggestion_id=suggestion_id,
        verdict="approve",
        pressed=MessageRef(PLATFORM, team, channel, message),
        evidence={**_evidence(view), "shown": shown},
    )


def refused(payload: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the answer that keeps the modal open and says under its last input why nothing was done."""
    values = mapping(mapping(mapping(payload.get("view")).get("state")).get("values"))
    return {"response_action": "errors", "errors": {list(values)[-1]: text}} if values else {}


def _metadata(card: Card, decision: Decision) -> str:
    pressed = decision.pressed
    return json.dumps(
        {
            "suggestion": card.suggestion_id.hex,
            "channel": pressed.channel,
            "message": pressed.message,
            "shown": card.shown_hash,
        }
    )


def _about(view: Mapping[str, Any]) -> tuple[UUID, str, str, str] | None:
    kept = view.get("private_metadata")
    try:
        about = read_object(kept) if isinstance(kept, str) and view.get("callback_id") == CALLBACK else {}
        return UUID(str(about["suggestion"])), word(about["channel"]), word(about["message"]), str(about["shown"])
    except (KeyError, ValueError):
        return None


def _consequences(page: Page, card: Card) -> list[Block]:
    """Each has a box of its own, and Slack itself asks for all of them."""
    option = Option(value="read", text=page.plain(phrase("gesture-read"), _BUTTON * 3, emoji=False))
    return [
        InputBlock(
            block_id=f"{_READ}{number}",
            label=page.plain(consequence, _LABEL, emoji=False),
            element=CheckboxesElement(action_id=_READ, options=[option]),
        )
        for number, consequence in enumerate(card.consequences)
    ]


def _typing(page: Page, card: Card) -> list[Block]:
    asked = phrase("gesture-type", word=card.word or phrase("word-confirm"))
    return [
        *page.conflicts(card.warnings),
        *page.listed("card-impact", [f"• {page.said(each)}" for each in card.impact]),
        InputBlock(
            block_id=_WORD,
            label=page.plain(asked, _LABEL, emoji=False),
            element=PlainTextInputElement(action_id=_WORD),
        ),
    ]


def _evidence(view: Mapping[str, Any]) -> dict[str, str]:
    values = mapping(mapping(view.get("state")).get("values"))
    ticked = [
        block.removeprefix(_READ)
        for block, inputs in values.items()
        if block.startswith(_READ) and mapping(mapping(inputs).get(_READ)).get("selected_options")
    ]
    typed = mapping(mapping(values.get(_WORD)).get(_WORD)).get("value")
    found = {"read": ",".join(ticked)} if ticked else {}
    return {**found, "word": typed} if isinstance(typed, str) else found
