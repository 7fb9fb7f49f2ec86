"""A small app behind the playground: opens a modal when a button is pressed and answers submissions as a test says."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import httpx2
from fastapi import FastAPI, Request, Response
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bots.playground.app import create_playground
from bots.playground.config import PlaygroundConfig
from bots.serving import Site, bind, serve

Json = dict[str, Any]

_SIGNING, _TOKEN = SecretStr("signing"), SecretStr("xoxb-1")
BUTTON: list[Json] = [
    {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "A suggestion waits."}},
    {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Approve"}}],
    },
]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a view as an app sends it."""
    view = {"type": "modal", "title": plain("Approve"), "submit": plain("Send"), "blocks": list(blocks)}
    return {**view, **more}


def text_input(block: str, label: str, action: str = "typed", **more: Any) -> Json:
    """Return an input block for text; ``more`` goes to its element."""
    element = {"type": "plain_text_input", "action_id": action, **more}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element}


@dataclass(slots=True)
class ModalApp:
    """What was delivered, the modal to open for a press, and what to answer next."""

    address: str = ""
    view: Json | None = None
    payloads: list[Json] = field(default_factory=list[Json])
    requests: list[tuple[bytes, dict[str, str]]] = field(default_factory=list[tuple[bytes, dict[str, str]]])
    """The same as they arrived: body and headers."""
    unsigned: int = 0
    answers: list[Response] = field(default_factory=list[Response])
    """For the next submissions; without one, an empty 200."""
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    session: aiohttp.ClientSession | None = None
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def slack(self) -> AsyncWebClient:
        """The app's client of the playground's Slack."""
        return AsyncWebClient(_TOKEN.get_secret_value(), f"{self.address}/slack/api/", session=self.session)

    async def act(self, path: str, **act: Any) -> httpx2.Response:
        """Do what a person does on the page."""
        async with httpx2.AsyncClient(trust_env=False) as client:
            return await client.post(f"{self.address}/playground/{path}", json=act)

    async def views(self) -> Json:
        """Return what modals the page shows, by person."""
        async with httpx2.AsyncClient(trust_env=False) as client:
            return (await client.get(f"{self.address}/playground/state")).json()["slack"]["views"]

    async def post_button(self) -> str:
        """Write a message with a button where the managers are; return its timestamp."""
        posted = await self.slack.chat_postMessage(channel="C0MANAGERS", text="card", blocks=BUTTON)
        return str(posted["ts"])

    async def pressed(self, person: str = "U0DANA") -> Json:
        """Let somebody press a button; return what was delivered."""
        count = len(self.payloads)
        press = {"channel": "C0MANAGERS", "ts": await self.post_button(), "action_id": "go"}
        assert (await self.act("slack/press", person=person, **press)).status_code == 200
        await self.wait(count + 1)
        return self.payloads[count]

    async def opened(self, view: Json, person: str = "U0DANA") -> Json:
        """Let somebody press a button and open this for them; return the view as Slack answers it."""
        trigger = (await self.pressed(person))["trigger_id"]
        opened = (await self.slack.views_open(trigger_id=trigger, view=view))["view"]
        assert isinstance(opened, dict)
        return opened

    async def wait(self, count: int) -> None:
        """Wait until so many payloads were delivered."""
        async with asyncio.timeout(10):
            while len(self.payloads) < count:
                await self._came.wait()
                self._came.clear()

    async def take(self, request: Request) -> Response:
        """Take a delivery."""
        body = await request.body()
        if not SignatureVerifier(_SIGNING.get_secret_value()).is_valid_request(body, dict(request.headers)):
            self.unsigned += 1
            return Response(status_code=401)
        payload = json.loads(parse_qs(body.decode())["payload"][0])
        if payload["type"] == "block_actions" and "message" in payload and self.view is not None:
            await self.slack.views_open(trigger_id=payload["trigger_id"], view=self.view)
        self.payloads.append(payload)
        self.requests.append((body, dict(request.headers)))
        self._came.set()
        if payload["type"] != "view_submission":
            return Response()
        await self.may_answer.wait()
        return self.answers.pop(0) if self.answers else Response()

    def answer(self, said: Json) -> None:
        """Answer the next submission with this."""
        self.answers.append(Response(json.dumps(said), media_type="application/json"))


@asynccontextmanager
async def modal_app() -> AsyncGenerator[ModalApp]:
    """Run the app and a playground in front of it."""
    app = ModalApp()
    app.may_answer.set()
    behind = FastAPI()
    behind.add_api_route("/slack/events", app.take, methods=["POST"])
    behind_site = Site(behind, "127.0.0.1", 0)
    behind_listener = bind(behind_site)
    config = PlaygroundConfig(
        events_url=f"http://127.0.0.1:{behind_listener.getsockname()[1]}",
        slack_signing_secret=_SIGNING,
        slack_bot_token=_TOKEN,
        telegram_bot_token=SecretStr("4242:abcdefghijklmnopqrstuvwxyz"),
    )
    site = Site(create_playground(config, None), "127.0.0.1", 0)
    listener = bind(site)
    app.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve([(behind_site, behind_listener), (site, listener)], stop, ready))
    await ready.wait()
    try:
        async with aiohttp.ClientSession() as app.session:
            yield app
    finally:
        app.may_answer.set()
        stop.set()
        await serving
