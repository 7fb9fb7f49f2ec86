"""What Slack wants answered in the request itself: a modal opened beside the storing, a submission answered at once."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from pydantic import SecretStr

from bots.slack.presses import REVIEW
from bots.slack.webhook import Answers, router
from core.kernel.messages import InboundEvent
from tests.unit.slack.payloads import SUGGESTION, press
from tests.unit.slack.test_webhook import FORM, NOW, SECRET, signed

REVIEW_PRESS = press(f"review:{SUGGESTION}", REVIEW)
SUBMISSION = {"type": "view_submission", "view": {"callback_id": "decide"}}


class Desk:
    """Notes what it is asked to answer, and in which order it came with the storing."""

    def __init__(
        self,
        answer: Mapping[str, Any] | None = None,
        *,
        is_down: bool = False,
        hangs: asyncio.Event | None = None,
    ) -> None:
        self.answer = answer or {}
        self.hangs = hangs
        self.is_down = is_down
        self.happened: list[str] = []

    async def open(self, payload: Mapping[str, Any]) -> None:
        self.happened.append(f"open {payload['trigger_id']}")

    async def give_up(self, payload: Mapping[str, Any]) -> None:
        self.happened.append(f"give up {payload['trigger_id']}")

    async def submit(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        self.happened.append(f"submit {payload['view']['callback_id']}")
        return self.answer

    async def receive(self, event: InboundEvent) -> bool:
        if self.is_down:
            raise ConnectionError
        if self.hangs is not None:
            await self.hangs.wait()
        self.happened.append(f"store {event.event_id}")
        return True

    async def itself(self) -> Answers:
        return self


async def post(desk: Desk, payload: dict[str, Any]) -> tuple[int, str]:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    app = FastAPI()
    app.include_router(router(SecretStr(SECRET), desk.receive, desk.itself, now=lambda: NOW))
    headers = [(name.decode(), value.decode()) for name, value in signed(body, kind=FORM)]
    async with AsyncClient(transport=ASGITransport(app), base_url="http://slack") as client:
        answer = await client.post("/slack/events", content=body, headers=headers)
    return answer.status_code, answer.text


async def test_a_review_is_stored_and_its_modal_opened_in_the_same_request() -> None:
    desk = Desk()
    assert await post(desk, REVIEW_PRESS) == (200, "")
    await asyncio.sleep(0)  # the modal opens beside the answer
    trigger = REVIEW_PRESS["trigger_id"]
    assert sorted(desk.happened) == [f"open {trigger}", "store press/C1/1700000001.7/U1/1700000009.5"]


async def test_a_review_that_cannot_be_stored_says_so_in_its_modal() -> None:
    desk = Desk(is_down=True)
    trigger = REVIEW_PRESS["trigger_id"]
    assert (await post(desk, REVIEW_PRESS), desk.happened) == ((503, ""), [f"open {trigger}", f"give up {trigger}"])


@pytest.mark.parametrize("verdict", ["reject", "edit", "choose", "show", "break_glass"])
async def test_a_modal_is_opened_while_the_database_hangs(verdict: str) -> None:
    desk = Desk(hangs=asyncio.Event())
    payload = press(f"{verdict}:{SUGGESTION}", f"decide_{verdict}")
    asked = asyncio.create_task(post(desk, payload))
    while not desk.happened:
        await asyncio.sleep(0)
    assert (desk.happened, asked.done()) == ([f"open {payload['trigger_id']}"], False)
    assert desk.hangs is not None
    desk.hangs.set()
    assert await asked == (200, "")


@pytest.mark.parametrize(
    ("value", "action_id"),
    [
        (f"approve:{SUGGESTION}", "decide_approve"),
        (f"reject:{SUGGESTION}", "decide_dismiss"),
        (f"alternative.0:{SUGGESTION}", "decide_alternative_0"),
        (f"show.2:{SUGGESTION}", "decide_show_2"),
    ],
)
async def test_what_asks_for_nothing_more_opens_no_modal(value: str, action_id: str) -> None:
    desk = Desk()
    assert await post(desk, press(value, action_id)) == (200, "")
    assert desk.happened == ["store press/C1/1700000001.7/U1/1700000009.5"]


async def test_a_submission_is_answered_in_the_request_and_not_stored() -> None:
    errors = {"response_action": "errors", "errors": {"word": "no"}}
    desk = Desk(errors)
    status, text = await post(desk, SUBMISSION)
    assert (status, json.loads(text), desk.happened) == (200, errors, ["submit decide"])


async def test_a_submission_that_is_done_is_answered_with_nothing_which_closes_the_modal() -> None:
    assert await post(Desk(), SUBMISSION) == (200, "")


@pytest.mark.parametrize("value", ["review:nonsense", f"approve:{SUGGESTION}", None])
async def test_a_review_button_that_carries_something_else_opens_nothing_wrong(value: object) -> None:
    desk = Desk()
    status, _text = await post(desk, press(value, REVIEW))
    assert status == 200
