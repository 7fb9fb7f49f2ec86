"""The program as it is served, with Slack, Telegram and Gemini played on loopback: the field's cases enter by HTTP."""

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import httpx2
from pydantic import SecretStr

from bots.app import web_app
from bots.process import open_process
from bots.serving import Site, bind, serve
from core.db import Database
from core.identity import provisioning
from core.kernel.messages import Address
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from tests.contract.ai import standin as gemini_standin
from tests.contract.ai.standin import GeminiApi, Reply, candidate, gemini_api
from tests.contract.slack.standin import TEAM, SlackApi, slack_api
from tests.contract.slack.standin import TOKEN as SLACK_TOKEN
from tests.contract.telegram.standin import BOT_ID, ME, BotApi, bot_api
from tests.contract.telegram.standin import TOKEN as TELEGRAM_TOKEN
from tests.data import shared_data
from tests.owner import owner_rows
from tests.world import MANAGERS, World, make_world

SIGNING, HOOK = "signing-secret", "hook-secret"
MANAGER, COLLEAGUE, STAFF = "U1", "U2", "U4"
"""Slack's ids of a manager, of Noa Bar who works with them, and of somebody of the staff."""
PHONE = 777
"""The manager in Telegram, whose private chat has the same number."""
_DUE = """
select count(*) as jobs from procrastinate.procrastinate_jobs
where status = 'doing' or (status = 'todo' and (scheduled_at is null or scheduled_at <= now()))
"""
_CALL = re.compile(r"\[\[(\w+) (\{.*\})\]\]", re.DOTALL)
_number = count(1)


def case(name: str) -> dict[str, Any]:
    """Return a case of the field; the test is skipped where the shared folder is not there."""
    return json.loads(shared_data(f"field/platforms/{name}.json").read_text("utf-8"))


def slack_ts() -> str:
    """Return a timestamp that no message had before."""
    return f"{int(time.time())}.{next(_number):06}"


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that a case needs: the doors, the three other sides, and the database behind it all."""

    http: httpx2.AsyncClient
    slack: SlackApi
    telegram: BotApi
    gemini: GeminiApi
    world: World
    owner_url: str

    async def slack_posts(self, payload: dict[str, Any], **headers: str) -> int:
        """Post a signed payload as Slack does; return the status."""
        is_event = payload.get("type") == "event_callback"
        body = json.dumps(payload).encode() if is_event else httpx2.QueryParams({"payload": json.dumps(payload)})
        raw = body if isinstance(body, bytes) else str(body).encode()
        at = str(int(time.time()))
        signature = hmac.new(SIGNING.encode(), f"v0:{at}:".encode() + raw, hashlib.sha256).hexdigest()
        given = {
            "content-type": "application/json" if is_event else "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={signature}",
        }
        return (await self.http.post("/slack/events", content=raw, headers=given | headers)).status_code

    async def event(self, event: dict[str, Any], **envelope: Any) -> int:
        """Post one event (``headers`` beside it); what it leaves out is a manager's mention in a channel."""
        usual = {"type": "app_mention", "channel": "C1", "user": MANAGER, "ts": slack_ts()}
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": f"Ev{next(_number)}",
            "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
            "event": usual | event,
        }
        headers: dict[str, str] = envelope.pop("headers", {})
        return await self.slack_posts(payload | envelope, **headers)

    async def direct(self, text: str, **event: Any) -> int:
        """Post what the manager writes to the bot directly."""
        return await self.event({"type": "message", "channel_type": "im", "channel": "D1", "text": text, **event})

    async def presses(self, block: dict[str, Any], message: dict[str, Any], /, **over: Any) -> int:
        """Post a press of a button (its element) on a message of ours in a channel."""
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "fair"},
            "user": {"id": MANAGER, "team_id": TEAM},
            "trigger_id": f"{next(_number)}.1.a",
            "channel": {"id": message["channel"]},
            "message": {"ts": message["ts"], "thread_ts": message.get("thread_ts")},
            "container": {
                "type": "message",
                "message_ts": message["ts"],
                "channel_id": message["channel"],
                "thread_ts": message.get("thread_ts"),
            },
            "actions": [{**block, "type": "button", "action_ts": slack_ts()}],
        }
        return await self.slack_posts(payload | over)

    async def update(self, update: dict[str, Any], **more: Any) -> int:
        """Post one update as Telegram does; return the status."""
        body = json.dumps({"update_id": next(_number) + 1000, **update, **more})
        headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": HOOK}
        return (await self.http.post("/telegram/webhook", content=body, headers=headers)).status_code

    async def message(self, message: dict[str, Any], chat: dict[str, Any] | None = None, **envelope: Any) -> int:
        """Post a message of the manager; in their private chat unless another one is given."""
        usual = {
            "message_id": next(_number) + 5000,
            "date": int(time.time()),
            "from": {"id": PHONE, "is_bot": False, "first_name": "Dana", "language_code": "en"},
            "chat": chat or {"id": PHONE, "type": "private", "first_name": "Dana"},
        }
        return await self.update({"message": usual | message}, **envelope)

    async def presses_phone(self, number: int, data: str, chat: int = PHONE, **message: Any) -> None:
        """Post the manager's press of a button below a message in Telegram, in their private chat by default."""
        kind = "private" if chat > 0 else "supergroup"
        shown = {"message_id": number, "date": 1, "chat": {"id": chat, "type": kind}} | message
        sender = {"id": PHONE, "is_bot": False, "first_name": "Dana"}
        query = {"id": "9", "from": sender, "chat_instance": "1", "message": shown, "data": data}
        assert await self.update({"callback_query": query}) == 200

    async def edited(self, message: dict[str, Any], chat: dict[str, Any] | None = None) -> int:
        """Post another text of a message of the manager."""
        usual = {
            "date": int(time.time()),
            "edit_date": int(time.time()),
            "from": {"id": PHONE, "is_bot": False, "first_name": "Dana", "language_code": "en"},
            "chat": chat or {"id": PHONE, "type": "private", "first_name": "Dana"},
        }
        return await self.update({"edited_message": usual | message})

    async def settle(self) -> None:
        """Wait until everything that is due was done."""
        async with asyncio.timeout(30):
            while owner_rows(self.owner_url, _DUE)[0]["jobs"]:
                await asyncio.sleep(0.05)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(30):
            while not happened():
                await asyncio.sleep(0.05)

    def said(self, channel: str) -> list[str]:
        """Return the sentences that Slack shows in a channel."""
        return [call["text"] for call in self.slack.of("chat.postMessage") if self._is_said(call, channel)]

    @staticmethod
    def _is_said(call: dict[str, Any], channel: str) -> bool:
        return call["channel"] == channel and not call.get("blocks")

    @staticmethod
    def says(text: str) -> Reply:
        """Return a reply of the model in words."""
        return gemini_standin.says(text)

    def cards(self, channel: str | None = None) -> list[dict[str, Any]]:
        """Return the cards that were posted to Slack."""
        posted = self.slack.of("chat.postMessage")
        return [call for call in posted if call.get("blocks") and channel in {None, call["channel"]}]

    @staticmethod
    def blocks(card: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the blocks of a card as they were posted."""
        return card["blocks"] if isinstance(card["blocks"], list) else json.loads(card["blocks"])

    @staticmethod
    def keys(card: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the buttons of a card of Slack's as they were sent, each as it comes back with a press."""
        rows = [block["elements"] for block in Stage.blocks(card) if block["type"] == "actions"]
        return [{"action_id": each["action_id"], "value": each["value"]} for row in rows for each in row]

    def phone_cards(self, chat: int = PHONE) -> list[tuple[int, list[str]]]:
        """Return the cards that Telegram shows in a chat: their numbers, and what their buttons carry by now."""
        shown: dict[int, list[str]] = {}
        for number, form in self.telegram.sent:
            if form["chat_id"] == str(chat) and (number in shown or "reply_markup" in form):
                rows = json.loads(form.get("reply_markup") or '{"inline_keyboard": []}').get("inline_keyboard", [])
                shown[number] = [each["callback_data"] for row in rows for each in row]
        return list(shown.items())

    def texts(self, chat: int = PHONE) -> list[str]:
        """Return what Telegram shows in a chat."""
        return [form["text"] for form in self.telegram.of("sendMessage") if form["chat_id"] == str(chat)]

    def told(self, number: int = -1) -> str:
        """Return what the model was told with a message, the last by default: its situation and the words."""
        return "\n".join(part["text"] for part in self.gemini.asked[number].body["contents"][-1]["parts"])

    def status(self) -> list[str]:
        """Return the states of all suggestions."""
        rows = owner_rows(
            self.owner_url, "select execution_status from public.ai_insights_log where kind = 'suggestion'"
        )
        return [row["execution_status"] for row in rows]

    def wish(self, **changes: str) -> str:
        """Return the words that make the model ask for a change of a session, another title unless told otherwise."""
        args = {"schedule_id": str(self.session("Closing Panel")), "changes": changes or {"title": "X"}}
        return f"[[update_schedule_item {json.dumps(args)}]]"

    async def slack_card(self, **event: Any) -> dict[str, Any]:
        """Ask for a change in a channel; return the card that was posted."""
        assert await self.event({"text": f"<@UBOT> {self.wish()}"} | event) == 200
        await self.settle()
        cards = [call for call in self.slack.answers if call.get("blocks")]
        # Where somebody asks who decides nothing, another copy has the buttons; which is first is chance.
        return next((call for call in cards if "decide_approve" in json.dumps(call["blocks"])), cards[0])

    def session(self, title: str) -> UUID:
        """Return a session's id."""
        return self.world.sessions[title]


def obeys(body: dict[str, Any]) -> Reply:
    """Answer as a model would that does what stands in double brackets: ``[[tool {arguments}]]``, and then says so."""
    parts = body["contents"][-1]["parts"]
    if any("functionResponse" in part or "function_response" in part for part in parts):
        return gemini_standin.says("It waits for approval.")
    wanted = _CALL.search(parts[-1].get("text", ""))
    if wanted is None:
        return gemini_standin.says("Nothing is on there.")
    return candidate({"functionCall": {"name": wanted[1], "args": json.loads(wanted[2])}, "thoughtSignature": "c2ln"})


@asynccontextmanager
async def on_stage(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    """Serve the program with its worker, one organisation in it, and three stand-ins around it."""
    world = await make_world(db)
    await _link(db, world)
    async with slack_api() as slack, bot_api() as telegram, gemini_api() as gemini:
        gemini.answer = obeys
        telegram.me |= {"username": "eventflow_bot"}
        async with _served(_settings(slack, telegram, gemini), database_url) as http:
            yield Stage(http, slack, telegram, gemini, world, owner_url)


def _settings(slack: SlackApi, telegram: BotApi, gemini: GeminiApi) -> Settings:
    model = gemini.settings()
    return Settings(
        slack_signing_secret=SecretStr(SIGNING),
        slack_bot_token=SecretStr(SLACK_TOKEN),
        slack_api_url=f"{slack.url}/api",
        telegram_bot_token=SecretStr(TELEGRAM_TOKEN),
        telegram_webhook_secret=SecretStr(HOOK),
        telegram_api_url=telegram.url,
        gemini_api_key=model.gemini_api_key,
        gemini_api_url=model.gemini_api_url,
        gemini_model=model.gemini_model,
        gemini_timeout_seconds=model.gemini_timeout_seconds,
    )


@asynccontextmanager
async def _served(settings: Settings, database_url: str) -> AsyncGenerator[httpx2.AsyncClient]:
    stop, ready = asyncio.Event(), asyncio.Event()
    refused: list[str] = []
    async with open_process(settings, database_url) as process:
        site = Site(web_app(process, with_worker=True, refuse=refused.append), "127.0.0.1", 0)
        listener = bind(site)
        serving = asyncio.create_task(serve([(site, listener)], stop, ready))
        await ready.wait()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            async with httpx2.AsyncClient(base_url=address, trust_env=False, timeout=30) as client:
                async with asyncio.timeout(30):
                    while (await client.get("/readyz")).status_code != 200:
                        await asyncio.sleep(0.05)
                yield client
        finally:
            stop.set()
            await serving
    assert refused == []


async def _link(db: Database, world: World) -> None:
    """Give people the numbers of the cases, and Noa Bar, a colleague of theirs."""
    async with db.as_operator() as tx:
        await provisioning.add_person(
            tx,
            world.organization_id,
            provisioning.NewPerson(
                email="noa@aleph.example", name="Noa Bar", role="staff", locale="en", timezone="Asia/Jerusalem"
            ),
        )
        for email, who in (
            ("owner@aleph.example", ChatUser("slack", TEAM, MANAGER)),
            ("owner@aleph.example", ChatUser("telegram", BOT_ID, str(PHONE))),
            ("noa@aleph.example", ChatUser("slack", TEAM, COLLEAGUE)),
            ("staff@aleph.example", ChatUser("slack", TEAM, STAFF)),
        ):
            [person] = await provisioning.people_with(tx, email, "Aleph Events")
            await provisioning.link(tx, person, who)
        await provisioning.claim_workspace(tx, world.organization_id, Address("telegram", BOT_ID, str(-1001)))


__all__ = [
    "BOT_ID",
    "COLLEAGUE",
    "MANAGER",
    "MANAGERS",
    "ME",
    "PHONE",
    "STAFF",
    "Stage",
    "case",
    "on_stage",
    "slack_ts",
]
