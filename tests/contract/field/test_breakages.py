"""What broke and only somebody can mend: the owners hear of it once, where something still works."""

from typing import Any

import pytest
from aiohttp import web

from core.db import Database
from core.flows.breakages import Breakages
from core.kernel.breakages import Breakage
from tests.contract.ai.standin import error, says
from tests.contract.field.stage import PHONE, STAFF, Stage, slack_ts
from tests.contract.slack.standin import refusal as slack_refusal
from tests.contract.telegram.standin import refusal as telegram_refusal
from tests.owner import owner_rows
from tests.world import make_world

pytestmark = pytest.mark.db

ANSWER = "Nothing is on there."
KNOWN = "select platform, kind, place, why from public.breakages order by kind, place"


def notices(stage: Stage, platform: str) -> list[str]:
    """Return what the owner was told of breakages in a chat of theirs."""
    said = stage.texts() if platform == "telegram" else stage.said(OWNER)
    said = [text for text in said if text != ANSWER]
    return [text for text in said if "whoever runs this program" in text or "no longer" in text]


OWNER = "U1"
"""The owner's first chat in Slack, which is their own id."""


async def known(stage: Stage, count: int) -> list[dict[str, Any]]:
    await stage.until(lambda: len(owner_rows(stage.owner_url, KNOWN)) == count)
    await stage.settle()
    return owner_rows(stage.owner_url, KNOWN)


@pytest.mark.parametrize(
    "code", ["account_inactive", "token_revoked", "invalid_auth", "token_expired", "org_login_required"]
)
async def test_owners_hear_once_in_telegram_that_slack_refuses_the_token(stage: Stage, code: str) -> None:
    broken = True

    def refuse(method: str, _body: dict[str, Any]) -> web.Response | None:
        return slack_refusal(code) if broken and method.startswith("chat.") else None

    stage.slack.refuse = refuse
    for channel in ("C1", "C2", "C3"):
        assert await stage.event({"text": "<@UBOT> what is on?", "channel": channel}) == 200
    assert await known(stage, 1) == [{"platform": "slack", "kind": "installation", "place": "", "why": code}]
    told = notices(stage, "telegram")
    assert [f"Slack\u2069 does not accept my key any more (\u2068{code}\u2069)" in text for text in told] == [True]
    broken = False
    assert await known(stage, 0) == []
    posted = {"C1", "C2", "C3"}
    await stage.until(lambda: {call["channel"] for call in stage.slack.answers} == posted)
    broken = True
    assert await stage.event({"text": "<@UBOT> and now?"}) == 200
    await known(stage, 1)
    assert len(notices(stage, "telegram")) == 2


async def test_owners_hear_once_in_slack_that_telegram_refuses_the_token(stage: Stage) -> None:
    stage.telegram.refuse = lambda _method, _form: telegram_refusal(401, "Unauthorized")
    assert await stage.message({"text": "what is on?"}) == 200
    await stage.until(lambda: bool(notices(stage, "slack")) and len(stage.telegram.of("sendMessage")) > 2)
    told = [{"platform": "telegram", "kind": "installation", "place": "", "why": "401"}]
    assert owner_rows(stage.owner_url, KNOWN) == told
    assert len(notices(stage, "slack")) == 1


async def test_a_missing_right_is_told_once_with_its_name(stage: Stage) -> None:
    body = {"ok": False, "error": "missing_scope", "needed": "files:write", "provided": "chat:write"}
    stage.slack.refuse = lambda method, _body: web.json_response(body) if method.startswith("files.") else None
    for title in ("One", "Two"):
        times = {"start_time": f"2031-05-02T1{len(title)}:00", "end_time": f"2031-05-02T1{len(title)}:30"}
        assert await stage.direct(f"{stage.wish(title=title, **times)}") == 200
        await stage.until(lambda: bool(stage.slack.of("files.getUploadURLExternal")))
    assert [row["why"] for row in await known(stage, 1)] == ["missing_scope: files:write"]
    assert len(stage.said(OWNER)) == 1


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["UBOT"]}},
    ],
)
async def test_owners_hear_that_the_app_was_removed(stage: Stage, event: dict[str, Any]) -> None:
    for number in (1, 2):
        payload = {"type": "event_callback", "team_id": "T1", "event_id": f"EvGone{number}", "event": event}
        assert await stage.slack_posts(payload) == 200
    assert [row["why"] for row in await known(stage, 1)] == [event["type"]]
    assert len(notices(stage, "telegram")) == 1


async def test_a_persons_token_that_is_revoked_breaks_nothing(stage: Stage) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "EvUser", "event": event}
    assert await stage.slack_posts(payload) == 200
    assert await stage.event({"text": "<@UBOT> what is on?"}) == 200
    await stage.settle()
    assert (owner_rows(stage.owner_url, KNOWN), stage.said("C1")) == ([], [ANSWER])


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot is not a member of the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_managers_group_that_is_gone_is_told_once(stage: Stage, code: int, why: str) -> None:
    gone = True
    stage.telegram.refuse = lambda _method, form: (
        telegram_refusal(code, why) if gone and form.get("chat_id") == "-1001" else None
    )
    for number in range(2):
        assert await stage.event({"text": f"<@UBOT> {stage.wish(title=str(number))}", "user": STAFF}) == 200
        await stage.settle()
    assert [(row["kind"], row["place"]) for row in await known(stage, 1)] == [("chat", "-1001")]
    told = [text for text in [*stage.said(OWNER), *stage.texts()] if "managers' channel in" in text]
    assert len(told) == 1
    gone = False
    assert await stage.event({"text": f"<@UBOT> {stage.wish(title='third')}", "user": STAFF}) == 200
    assert await known(stage, 0) == []


async def test_a_decider_who_blocked_the_bot_is_named_to_the_owners_once(stage: Stage) -> None:
    stage.telegram.refuse = lambda _method, form: (
        telegram_refusal(403, "Forbidden: bot was blocked by the user") if form.get("chat_id") == str(PHONE) else None
    )
    for _ in range(2):
        assert await stage.message({"text": "what is on?"}) == 200
    assert [row["why"] for row in await known(stage, 1)] == ["bot was blocked by the user"]
    told = "I can no longer write to \u2068Owner of Aleph Events\u2069 in \u2068Telegram\u2069"
    assert [told in text for text in stage.said(OWNER)] == [True]


async def test_a_group_that_became_a_supergroup_is_followed_and_told_once(stage: Stage) -> None:
    stage.telegram.refuse = lambda _method, form: (
        telegram_refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-10099)
        if form.get("chat_id") == "-1001"
        else None
    )
    for number in range(2):
        assert await stage.event({"text": f"<@UBOT> {stage.wish(title=str(number))}", "user": STAFF}) == 200
        await stage.settle()
    assert [(row["kind"], row["why"]) for row in await known(stage, 1)] == [("moved", "-10099")]
    assert len([text for text in stage.said(OWNER) if "became a supergroup" in text]) == 1
    posted = [form for form in stage.telegram.of("sendMessage") if form["chat_id"] == "-10099"]
    assert len(posted) == 2


DAILY = {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]}
MODEL = [
    (error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."), "key"),
    (error(403, "PERMISSION_DENIED"), "key"),
    (error(400, "FAILED_PRECONDITION"), "account"),
    (error(404, "NOT_FOUND"), "unknown"),
    (error(429, "RESOURCE_EXHAUSTED", "No.", DAILY), "quota"),
]


@pytest.mark.parametrize(("refused", "why"), MODEL)
async def test_owners_hear_once_that_the_model_refuses_and_who_asks_each_time(
    stage: Stage, refused: Any, why: str
) -> None:
    stage.gemini.answer = lambda _body: refused
    for number in range(3):
        assert await stage.direct(f"question {number}", user=STAFF, channel="D4", ts=slack_ts()) == 200
    assert [row["why"] for row in await known(stage, 1)] == [why]
    assert (len(stage.said("D4")), len(stage.said(OWNER))) == (3, 1)
    assert "I can answer nobody" in stage.said(OWNER)[0]
    stage.gemini.answer = lambda _body: says(ANSWER)
    assert await stage.direct("again", user=STAFF, channel="D4") == 200
    assert await known(stage, 0) == []
    stage.gemini.answer = lambda _body: refused
    assert await stage.direct("once more", user=STAFF, channel="D4") == 200
    await known(stage, 1)
    assert len(stage.said(OWNER)) == 2


async def test_a_quota_of_the_minute_is_nobodys_fault(stage: Stage) -> None:
    stage.gemini.answer = lambda _body: error(429, "RESOURCE_EXHAUSTED")
    assert await stage.direct("what is on?") == 200
    await stage.settle()
    assert (owner_rows(stage.owner_url, KNOWN), len(stage.said("D1"))) == ([], 1)


async def test_direct_messages_that_are_switched_off_are_told_once(stage: Stage) -> None:
    stage.slack.refuse = lambda method, body: (
        slack_refusal("messages_tab_disabled")
        if method == "chat.postMessage" and str(body["channel"]).startswith("D")
        else None
    )
    for _ in range(2):
        assert await stage.direct("what is on?") == 200
        assert await stage.event({"text": "<@UBOT> what is on?"}) == 200
    assert [row["why"] for row in await known(stage, 1)] == ["messages_tab_disabled"]
    assert len(notices(stage, "slack") + notices(stage, "telegram")) == 1


async def test_other_processes_and_the_next_start_know_what_was_told(
    db: Database, database_url: str, owner_url: str
) -> None:
    del database_url
    await make_world(db)
    here, there = Breakages(db), Breakages(db)
    what = Breakage("telegram", "installation")
    for process in (here, there, Breakages(db)):
        process.broke(what, "401")
        await process.settle()
    said = "select count(*) as jobs from procrastinate.procrastinate_jobs where task_name = 'say'"
    [told] = owner_rows(owner_url, said)
    assert told["jobs"] > 0
    # A process that never saw it break learns of it, and says when it works.
    there.works(what)
    await there.settle()
    assert owner_rows(owner_url, KNOWN) == []
    assert owner_rows(owner_url, said) == [told]
