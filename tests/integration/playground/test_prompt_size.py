"""What a turn costs in prompt tokens: every request is counted as it goes out, in conversations of all roles.

The estimate: four characters a token, as Google says of Gemini (ai.google.dev/gemini-api/docs/tokens), two for Hebrew
letters, which large vocabularies cut finer, and one for everything else, over its texts and schemas as compact
JSON. It is held against itself over time; what the provider counts stands in ``ai_runs``.
"""

import json
import re
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from statistics import median

import httpx2
import pytest

from core.ai.gemini import GeminiModel
from core.ai.models import Content, Model, ModelReply, ModelRequest, ToolCall, Usage
from core.db import Database
from core.flows.on_message import on_message
from core.flows.toolsets import OPEN_TOOLS, offer_for
from core.identity import provisioning
from core.kernel.messages import Address, InboundMessage
from core.kernel.principal import ChatUser
from tests.drain import drain
from tests.integration.playground.stage import DANA, TEAM, TOM, Stage, the_demo
from tests.owner import owner_rows
from tests.world import ZONE

pytestmark = pytest.mark.db

MOST_PER_CALL, MOST_PER_CHANGE = 3000, 6500
"""Tokens: the median of all calls, and of all that a change took before it was on its card."""
ADAM, VERA = ChatUser("slack", TEAM, "U0ADAM"), ChatUser("slack", TEAM, "U0VERA")

TALKS: dict[str, tuple[ChatUser, tuple[str, ...]]] = {
    "owner": (
        ADAM,
        (
            "Two people must approve critical changes",
            "Who may approve what?",
            "Move Rain Plans That Work to 12:30",
            "מי מדבר באולם א בעשר ורבע?",
            "What is waiting for approval?",
        ),
    ),
    "manager": (
        DANA,
        (
            "Who speaks in Hall A at 10:15?",
            "Move Rain Plans That Work to 12:30",
            "בטל את Opening Keynote: Doors at Eight",
            "העבר את חוזים עם ספקים לאולם ג",
            "Push everything after 14:00 in Hall B by 20 minutes",
        ),
    ),
    "manager, of other things": (
        DANA,
        (
            "רשום את צבי חדד לחוזים עם ספקים",
            "Set the capacity of Hall B to 200",
            "שילוט מהיר הגיעו",
            "הוסף משימות: להדביק כבלים; להדפיס תגים",
            'Create an event "Summer Fair" on 2031-08-20',
        ),
    ),
    "staff": (
        TOM,
        (
            "What's on now and what comes next?",
            "Cancel Opening Keynote: Doors at Eight",
            "Check in Laura Ellis",
            "סמני את רותם ביטון כאח״מ",
            "What is left to do?",
        ),
    ),
    "viewer": (
        VERA,
        (
            "Who speaks in Hall A at 10:15?",
            "מה מצב האירוע?",
            "Are there VIPs in Stage Management 101?",
            "יש התנגשויות?",
        ),
    ),
}
"""The conversations of README and others like them, each in one chat, so that their history goes along."""


def tokens(text: str) -> int:
    hebrew, plain = len(re.findall(r"[\u0590-\u05ff]", text)), len(re.findall(r"[\x00-\x7f]", text))
    return round(plain / 4 + hebrew / 2 + (len(text) - hebrew - plain))


def estimate(raw: bytes) -> int:
    body = json.loads(raw)
    read = [body.get("systemInstruction"), body.get("tools"), body["contents"]]
    return tokens(json.dumps(read, ensure_ascii=False, separators=(",", ":")))


@dataclass(slots=True)
class LikeAModel:
    """The stand-in behind the real client, but of tools that are not declared it opens the subject first."""

    inner: GeminiModel
    asked: list[tuple[int, bytes]] = field(default_factory=list[tuple[int, bytes]])
    turn: int = 0
    role: str = ""

    @property
    def name(self) -> str:
        return self.inner.name

    async def generate(self, request: ModelRequest) -> ModelReply:
        reply = await self.inner.generate(request)
        told = replace(request, contents=tuple(without_opening(request.contents)))
        if told.contents != request.contents:
            kept = list(self.asked)
            reply = await self.inner.generate(told)
            self.asked[:] = kept
        declared = {tool.name for tool in request.tools}
        shut = next((call for call in reply.calls if call.name not in declared and OPEN_TOOLS in declared), None)
        return reply if shut is None else opening(shut.name)

    def cost(self, usage: Usage) -> int | None:
        return self.inner.cost(usage)

    async def ping(self) -> None:
        await self.inner.ping()

    async def close(self) -> None:
        await self.inner.close()

    async def note(self, request: httpx2.Request) -> None:
        self.asked.append((self.turn, request.content))


def opening(tool: str) -> ModelReply:
    [subject] = [
        name for name, one in offer_for("owner").sets.items() if tool in {each.name for each in one.declarations}
    ]
    call = ToolCall("open-1", OPEN_TOOLS, {"subject": subject})
    part = {"function_call": {"id": call.id, "name": call.name, "args": call.args}, "thought_signature": "c2ln"}
    return ModelReply({"role": "model", "parts": [part]}, calls=(call,))


def without_opening(contents: tuple[Content, ...]) -> list[Content]:
    def opens(content: Content) -> bool:
        return any(
            (part.get("function_call") or part.get("function_response") or {}).get("name") == OPEN_TOOLS
            for part in content["parts"]
        )

    return [content for content in contents if not opens(content)]


@pytest.fixture
async def stage(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    async with the_demo(db, database_url, owner_url) as opened:
        [organization] = owner_rows(owner_url, "select id, name from public.organizations")
        async with db.as_operator() as tx:
            await provisioning.add_person(
                tx,
                organization["id"],
                provisioning.NewPerson(
                    email="vera@example.org", name="Vera", role="viewer", locale="en", timezone=ZONE
                ),
            )
            [vera] = await provisioning.people_with(tx, "vera@example.org", organization["name"])
            await provisioning.link(tx, vera, VERA)
        opened.slack.emails["U0ADAM"] = "adam@example.org"
        yield opened


async def test_a_call_and_a_change_stay_below_their_ceilings(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    inner = await stage.rt.model()
    assert isinstance(inner, GeminiModel)
    model = LikeAModel(inner)
    inner._http.event_hooks["request"].append(model.note)  # pyright: ignore[reportPrivateUsage]

    async def the_model() -> Model:
        return model

    stage = replace(stage, rt=replace(stage.rt, model=the_model))
    lines: list[str] = []
    changes: list[int] = []
    everything: list[int] = []
    for title, (sender, said) in TALKS.items():
        calls: list[int] = []
        for number, text in enumerate(said):
            model.asked.clear()
            before = suggestions(stage)
            await say(stage, sender, title, number, text)
            took = [estimate(raw) for _, raw in model.asked]
            calls += took
            if suggestions(stage) > before:
                changes.append(sum(took))
            wire = sum(len(raw) for _, raw in model.asked)
            lines.append(f"{title:26} {len(took)} calls {sum(took):6} tokens {wire:7} bytes  {text}")
        everything += calls
        lines.append(f"{title:26} median of a call {median(calls):.0f}")
    with capsys.disabled():
        lines.append(f"all: median of a call {median(everything):.0f}, of at most {MOST_PER_CALL}")
        lines.append(f"all: median of a change {median(changes):.0f}, of at most {MOST_PER_CHANGE}; {sorted(changes)}")
        sys.stdout.write("\n".join(["", *lines, ""]))
    assert len(changes) >= 10
    assert median(everything) <= MOST_PER_CALL
    assert median(changes) <= MOST_PER_CHANGE


def suggestions(stage: Stage) -> int:
    [row] = owner_rows(
        stage.owner_url, "select count(*) as number from public.ai_insights_log where kind = 'suggestion'"
    )
    return row["number"]


async def say(stage: Stage, sender: ChatUser, title: str, number: int, text: str) -> None:
    channel = sender.user if sender.platform == "telegram" else f"D{title}"
    address = Address(sender.platform, sender.workspace, channel)
    event = f"{title}-{number}"
    await on_message(stage.rt, InboundMessage(event_id=event, sender=sender, address=address, text=text, direct=True))
    await drain(stage.rt, stage.database_url)
