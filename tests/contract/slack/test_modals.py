"""Modals through the real SDK over HTTP: opened empty at once, filled with the card, answered in the same request."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bots.slack.home.asked import HomeAsked
from bots.slack.interactions import Interactions, fill
from bots.slack.outbound import SlackPlatform
from bots.slack.presses import REVIEW, read_press, view_of
from core.db import DatabaseDown
from core.flows.desk import Desk
from core.flows.home import Home
from core.kernel.cards import Sheet
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser, Locale
from core.texts import say
from tests.contract.slack.standin import SlackApi, refusal
from tests.unit.slack.payloads import SUGGESTION, press
from tests.unit.slack.sheets import CRITICAL, HIGH, SHEETS, submission

pytestmark = pytest.mark.contract

REVIEW_PRESS = press(f"review:{SUGGESTION}", REVIEW)
OPENING = {verdict: press(f"{verdict}:{SUGGESTION}", f"decide_{verdict}") for verdict in SHEETS if verdict != "approve"}
APPROVE = SHEETS["approve"]
TYPE = replace(APPROVE, card=CRITICAL)
IN_HOME = {
    "container": {"type": "view", "view_id": "V9"},
    "view": {"type": "home", "private_metadata": '{"of": "risk.high", "page": 2}'},
}
AGAIN = "\n".join(say(locale, phrase("decision-again")) for locale in ("en", "he"))
UNKNOWN = "\n".join(say(locale, phrase("slack-modal-foreign")) for locale in ("en", "he"))


class Core:
    def __init__(self, told: str | Exception | None = None) -> None:
        self.told = told
        self.decisions: list[Decision] = []
        self.homes: list[HomeAsked] = []

    async def decide(self, decision: Decision) -> str | None:
        self.decisions.append(decision)
        if isinstance(self.told, Exception):
            raise self.told
        return self.told

    async def home(self, asked: HomeAsked) -> Home | str:
        self.homes.append(asked)
        empty = Desk(waiting=(), waiting_count=0, mine=(), mine_count=0, decided=(), decided_count=0)
        return Home(desk=empty, locale="he", events=())


def answers(platform: SlackPlatform, core: Core) -> Interactions:
    return Interactions(platform, core.decide, core.home)


def pressed(payload: dict[str, Any]) -> Decision:
    found = read_press(payload)
    assert found is not None
    return found


def shows(sheet: Sheet | str) -> Callable[[Decision], Any]:
    async def on_open(_decision: Decision) -> Sheet | str:
        return sheet

    return on_open


async def filled(
    api: SlackApi, platform: SlackPlatform, sheet: Sheet, locale: Locale = "en", payload: dict[str, Any] | None = None
) -> dict[str, Any]:
    payload = payload or REVIEW_PRESS
    await fill(platform, payload, pressed(payload), shows(replace(sheet, locale=locale)))
    return api.of("views.update")[-1]["view"]


@pytest.mark.parametrize("payload", [REVIEW_PRESS, *OPENING.values()], ids=["approve", *OPENING])
async def test_the_modal_is_opened_with_the_trigger_before_anything_is_known(
    api: SlackApi, platform: SlackPlatform, payload: dict[str, Any]
) -> None:
    await answers(platform, Core()).open(payload)
    [opened] = api.of("views.open")
    expected = (payload["trigger_id"], view_of(payload, pressed(payload)))
    assert (opened["trigger_id"], opened["view"]["external_id"]) == expected
    assert opened["view"].get("submit") is None


@pytest.mark.parametrize("locale", ["en", "he"])
@pytest.mark.parametrize("verdict", list(OPENING))
async def test_each_is_filled_in_the_readers_language_and_comes_back_as_its_verdict(
    api: SlackApi, platform: SlackPlatform, verdict: str, locale: Locale
) -> None:
    view = await filled(api, platform, SHEETS[verdict], locale, OPENING[verdict])
    core = Core()
    typed = {
        "break_glass": {"words": "The hall is flooding", "word": "DELETE"},
        "choose": {"lines0": ["1"]},
        "edit": {"room": "Hall A"},
        "reject": {"reason": "too_late"},
    }.get(verdict)
    if typed is None:
        assert view.get("submit") is None
        return
    assert await answers(platform, core).submit(submission(view, **typed)) == {}
    [decision] = core.decisions
    assert (decision.verdict, decision.suggestion_id, decision.pressed) == (
        verdict,
        SUGGESTION,
        MessageRef("slack", "T1", "C1", "1700000001.7"),
    )


async def test_every_consequence_has_a_box_that_slack_itself_asks_for(api: SlackApi, platform: SlackPlatform) -> None:
    view = await filled(api, platform, APPROVE)
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
    view, core = await filled(api, platform, APPROVE, "he"), Core()
    answer = await answers(platform, core).submit(submission(view, read0=["read"]))
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
    view, core = await filled(api, platform, TYPE), Core("The word is DELETE.")
    answer = await answers(platform, core).submit(submission(view, word="delte"))
    assert answer == {"response_action": "errors", "errors": {"word": "The word is DELETE."}}
    assert core.decisions[0].evidence == {"word": "delte", "shown": "abc"}


async def test_what_is_wrong_by_itself_never_reaches_the_core(api: SlackApi, platform: SlackPlatform) -> None:
    view, core = await filled(api, platform, SHEETS["edit"], "he"), Core()
    answer = await answers(platform, core).submit(submission(view, end="08:00"))
    assert (answer, core.decisions) == (
        {"response_action": "errors", "errors": {"end": say("he", phrase("slack-edit-order"))}},
        [],
    )


async def test_an_edit_into_a_conflict_is_told_under_the_room(api: SlackApi, platform: SlackPlatform) -> None:
    view = await filled(api, platform, SHEETS["edit"])
    answer = await answers(platform, Core("Hall A is taken.")).submit(submission(view, room="Hall A", start="14:00"))
    assert answer == {"response_action": "errors", "errors": {"room": "Hall A is taken."}}


@pytest.mark.parametrize("verdict", ["approve", "reject"])
async def test_a_submission_that_comes_too_late_says_so_in_the_modals_place(
    api: SlackApi, platform: SlackPlatform, verdict: str
) -> None:
    view = await filled(api, platform, SHEETS[verdict])
    answer = await answers(platform, Core("This has expired.")).submit(submission(view))
    assert (answer["response_action"], answer["view"]["external_id"]) == ("update", view["external_id"])
    assert answer["view"]["blocks"][0]["text"]["text"] == "This has expired."


@pytest.mark.parametrize("failure", [DatabaseDown(), RuntimeError("bug"), TimeoutError()])
async def test_what_cannot_be_decided_keeps_the_modal_open_and_says_so(
    api: SlackApi, platform: SlackPlatform, failure: Exception
) -> None:
    view = await filled(api, platform, APPROVE)
    answer = await answers(platform, Core(failure)).submit(submission(view, read0=["read"], read1=["read"]))
    assert answer == {"response_action": "errors", "errors": {"read1": AGAIN}}


async def test_a_database_that_hangs_is_answered_within_slacks_three_seconds(
    api: SlackApi, platform: SlackPlatform
) -> None:
    async def hang(_decision: Decision) -> str | None:
        await asyncio.Event().wait()
        return None

    view = await filled(api, platform, SHEETS["reject"])
    desk = Interactions(platform, hang, Core().home)
    async with asyncio.timeout(3):
        answer = await desk.submit(submission(view))
    assert answer == {"response_action": "errors", "errors": {"words": AGAIN}}


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission"},
        {"type": "view_submission", "view": {"callback_id": "another", "private_metadata": "{}"}},
        {"type": "view_submission", "view": ["callback_id"], "user": 7},
        {"type": "view_closed", "view": {"callback_id": "decide"}},
    ],
)
async def test_a_submission_that_is_none_of_ours_decides_nothing(
    platform: SlackPlatform, payload: dict[str, Any]
) -> None:
    core = Core()
    assert (await answers(platform, core).submit(payload), core.decisions) == ({}, [])


async def test_a_modal_that_was_tampered_with_decides_nothing_and_says_so(
    api: SlackApi, platform: SlackPlatform
) -> None:
    view, core = await filled(api, platform, SHEETS["reject"]), Core()
    other = view["private_metadata"].replace(SUGGESTION.hex, "f" * 32)
    foreign = submission(view) | {"user": {"id": "U2"}}
    for payload in (submission({**view, "private_metadata": other}), foreign):
        answer = await answers(platform, core).submit(payload)
        assert answer["response_action"] == "update"
        assert answer["view"]["blocks"][0]["text"]["text"] == UNKNOWN
    assert core.decisions == []


async def test_what_is_decided_from_the_home_tab_draws_it_again_as_it_was(
    api: SlackApi, platform: SlackPlatform
) -> None:
    payload = OPENING["reject"] | IN_HOME
    view, core = await filled(api, platform, SHEETS["reject"], payload=payload), Core()
    assert await answers(platform, core).submit(submission(view, reason="too_late")) == {}
    await api.until(lambda: bool(api.of("views.publish")))
    asked = HomeAsked(ChatUser("slack", "T1", "U1"), "risk.high", 2)
    assert (core.homes, core.decisions[0].pressed) == ([asked], MessageRef("slack", "T1", "U1", ""))


async def test_another_page_stands_in_the_modal_in_which_it_was_turned(api: SlackApi, platform: SlackPlatform) -> None:
    long = replace(HIGH, impact=tuple(verbatim(f"{n} " + "long " * 300) for n in range(90)))
    turned = press(
        f"show.2:{SUGGESTION}",
        "decide_show_2",
        container={"type": "view", "view_id": "V1"},
        view={"type": "modal", "external_id": "ours"},
    )
    core = answers(platform, Core())
    await core.open(turned)
    view = await filled(api, platform, replace(SHEETS["show"], card=long), payload=turned)
    assert (api.of("views.open"), view["external_id"], "decide_show_3" in str(view["blocks"])) == ([], "ours", True)


async def test_a_worker_that_is_faster_than_the_opening_waits_for_it(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["views.update"] = [refusal("not_found"), refusal("not_found")]
    await filled(api, platform, APPROVE)
    assert len(api.of("views.update")) == 3


async def test_a_modal_that_never_opened_is_said_to_the_presser_alone(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["views.update"] = [refusal("not_found") for _ in range(9)]
    await fill(platform, REVIEW_PRESS, pressed(REVIEW_PRESS), shows(APPROVE))
    [whisper] = api.of("chat.postEphemeral")
    assert whisper["user"] == "U1"


async def test_who_may_not_decide_reads_why_in_the_modal(api: SlackApi, platform: SlackPlatform) -> None:
    await fill(platform, REVIEW_PRESS, pressed(REVIEW_PRESS), shows("Only a <manager> can decide this."))
    [update] = api.of("views.update")
    assert "Only a &lt;manager&gt; can decide this." in update["view"]["blocks"][0]["text"]["text"]
    assert update["view"].get("submit") is None


@pytest.mark.parametrize("answer", ["expired_trigger_id", "internal_error"])
async def test_a_modal_that_cannot_be_opened_breaks_nothing(
    api: SlackApi, platform: SlackPlatform, answer: str
) -> None:
    api.script["views.open"] = [refusal(answer)]
    await answers(platform, Core()).open(REVIEW_PRESS)
    assert len(api.of("views.open")) == 1
