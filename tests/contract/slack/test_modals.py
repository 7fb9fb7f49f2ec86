"""Modals through the real SDK over HTTP: opened empty at once, filled with the card, answered in the same request."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bots.slack.inbound import REVIEW, parse, view_of
from bots.slack.interactions import Interactions, fill
from bots.slack.outbound import SlackPlatform
from core.db import DatabaseDown
from core.kernel.cards import Card
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser, Locale
from core.texts import say
from tests.contract.slack.standin import BOT_USER, SlackApi, refusal
from tests.unit.slack.cards import ENGLISH
from tests.unit.slack.payloads import SUGGESTION, press

pytestmark = pytest.mark.contract

REVIEW_PRESS = press(f"review:{SUGGESTION}", REVIEW)
READ = (phrase("impact-registered", count=9), phrase("impact-vip-note", name="דנה", note="Needs a ramp"))
HIGH = replace(ENGLISH, gesture="acknowledge", consequences=READ, shown_hash="abc")
CRITICAL = replace(ENGLISH, gesture="type_word", word=phrase("word-delete"), shown_hash="abc")
AGAIN = "\n".join(say(locale, phrase("decision-again")) for locale in ("en", "he"))


def pressed() -> Decision:
    found = parse(REVIEW_PRESS, BOT_USER)
    assert isinstance(found, Decision)
    return found


def shows(card: Card, locale: Locale = "en") -> Any:
    async def on_review(_decision: Decision) -> tuple[Card, Locale]:
        return card, locale

    return on_review


class Core:
    def __init__(self, told: str | Exception | None = None) -> None:
        self.told = told
        self.decisions: list[Decision] = []

    async def decide(self, decision: Decision) -> str | None:
        self.decisions.append(decision)
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


def submission(view: Mapping[str, Any], values: dict[str, Any], **fields: Any) -> dict[str, Any]:
    state = {"state": {"values": values}, "id": "V1"}
    people = {"team": {"id": "T1"}, "user": {"id": "U1"}}
    return {"type": "view_submission", **people, "view": {**view, **state}, **fields}


def ticked(number: int, *, is_on: bool = True) -> dict[str, Any]:
    return {f"read{number}": {"read": {"type": "checkboxes", "selected_options": [{"value": "read"}] * is_on}}}


async def filled(api: SlackApi, platform: SlackPlatform, card: Card, locale: Locale = "en") -> dict[str, Any]:
    await fill(platform, pressed(), shows(card, locale))
    return api.of("views.update")[-1]["view"]


async def test_the_modal_is_opened_with_the_trigger_before_anything_is_known(
    api: SlackApi, platform: SlackPlatform
) -> None:
    await Interactions(platform, Core().decide).open(REVIEW_PRESS)
    [opened] = api.of("views.open")
    assert (opened["trigger_id"], opened["view"]["external_id"]) == (REVIEW_PRESS["trigger_id"], view_of(pressed()))
    assert opened["view"].get("submit") is None


async def test_every_consequence_has_a_box_that_slack_itself_asks_for(api: SlackApi, platform: SlackPlatform) -> None:
    view = await filled(api, platform, HIGH)
    boxes = [block for block in view["blocks"] if block["type"] == "input"]
    assert [(block["block_id"], block["element"]["type"], block.get("optional", False)) for block in boxes] == [
        ("read0", "checkboxes", False),
        ("read1", "checkboxes", False),
    ]
    assert "registered people are affected." in boxes[0]["label"]["text"]
    assert (len(view["title"]["text"]) <= 24, len(view["submit"]["text"]) <= 24) == (True, True)


async def test_what_was_ticked_comes_back_bound_to_the_card_that_was_shown(
    api: SlackApi, platform: SlackPlatform
) -> None:
    view, core = await filled(api, platform, HIGH, "he"), Core()
    answer = await Interactions(platform, core.decide).submit(submission(view, ticked(0) | ticked(1, is_on=False)))
    assert (answer, core.decisions) == (
        {},
        [
            Decision(
                event_id="view/V1",
                sender=ChatUser("slack", "T1", "U1"),
                suggestion_id=HIGH.suggestion_id,
                verdict="approve",
                pressed=MessageRef("slack", "T1", "C1", "1700000001.7"),
                evidence={"read": "0", "shown": "abc"},
            )
        ],
    )


async def test_a_word_is_typed_and_a_wrong_one_is_told_under_its_field(api: SlackApi, platform: SlackPlatform) -> None:
    view, core = await filled(api, platform, CRITICAL), Core("The word is DELETE.")
    values = {"word": {"word": {"type": "plain_text_input", "value": "delte"}}}
    answer = await Interactions(platform, core.decide).submit(submission(view, values))
    assert answer == {"response_action": "errors", "errors": {"word": "The word is DELETE."}}
    assert core.decisions[0].evidence == {"word": "delte", "shown": "abc"}


@pytest.mark.parametrize("failure", [DatabaseDown(), RuntimeError("bug"), TimeoutError()])
async def test_what_cannot_be_decided_keeps_the_modal_open_and_says_so(
    api: SlackApi, platform: SlackPlatform, failure: Exception
) -> None:
    view = await filled(api, platform, HIGH)
    answer = await Interactions(platform, Core(failure).decide).submit(submission(view, ticked(0) | ticked(1)))
    assert answer == {"response_action": "errors", "errors": {"read1": AGAIN}}


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission"},
        {"type": "view_submission", "view": {"callback_id": "decide", "private_metadata": "{"}},
        {"type": "view_submission", "view": {"callback_id": "decide", "private_metadata": "[]"}},
        {"type": "view_submission", "view": {"callback_id": "decide", "private_metadata": '{"suggestion": "x"}'}},
        {"type": "view_submission", "view": {"callback_id": "another", "private_metadata": "{}"}},
        {"type": "view_submission", "view": ["callback_id"], "user": 7},
    ],
)
async def test_a_submission_that_is_none_of_ours_decides_nothing(
    platform: SlackPlatform, payload: dict[str, Any]
) -> None:
    core = Core()
    assert (await Interactions(platform, core.decide).submit(payload), core.decisions) == ({}, [])


async def test_a_worker_that_is_faster_than_the_opening_waits_for_it(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["views.update"] = [refusal("not_found"), refusal("not_found")]
    await filled(api, platform, HIGH)
    assert len(api.of("views.update")) == 3


async def test_a_modal_that_never_opened_is_said_to_the_presser_alone(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["views.update"] = [refusal("not_found") for _ in range(9)]
    await fill(platform, pressed(), shows(HIGH))
    [whisper] = api.of("chat.postEphemeral")
    assert whisper["user"] == "U1"


async def test_who_may_not_decide_reads_why_in_the_modal(api: SlackApi, platform: SlackPlatform) -> None:
    async def refuse(_decision: Decision) -> str:
        return "Only a <manager> can decide this."

    await fill(platform, pressed(), refuse)
    [update] = api.of("views.update")
    assert "Only a &lt;manager&gt; can decide this." in update["view"]["blocks"][0]["text"]["text"]
    assert update["view"].get("submit") is None


@pytest.mark.parametrize("answer", ["expired_trigger_id", "internal_error"])
async def test_a_modal_that_cannot_be_opened_breaks_nothing(
    api: SlackApi, platform: SlackPlatform, answer: str
) -> None:
    api.script["views.open"] = [refusal(answer)]
    await Interactions(platform, Core().decide).open(REVIEW_PRESS)
    assert len(api.of("views.open")) == 1


async def test_the_longest_card_fits_into_a_modal(api: SlackApi, platform: SlackPlatform) -> None:
    long = verbatim("שלום world " * 400)
    card = replace(HIGH, title=long, consequences=(long,) * 12)
    view = await filled(api, platform, card, "he")
    assert len(view["blocks"]) <= 100
    assert all(len(block["label"]["text"]) <= 2000 for block in view["blocks"] if block["type"] == "input")
