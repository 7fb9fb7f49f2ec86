"""Fakes that behave: a chat platform that remembers what it shows, and a model that follows a script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.ai.models import Content, ModelReply, ModelRequest, ToolCall, Usage
from core.db import Database
from core.flows.runtime import Runtime
from core.kernel.cards import Abilities, Card, Press
from core.kernel.errors import AppError
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser, Locale, Platform
from core.kernel.settings import Settings
from tests.gestures import note
from tests.world import NOW


@dataclass(slots=True)
class FakePlatform:
    """Holds sentences and cards as a chat would; a card that is replaced is another card in the same place."""

    name: Platform
    can: Abilities = field(default_factory=Abilities)
    said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    cards: dict[MessageRef, Card] = field(default_factory=dict[MessageRef, Card])
    locales: dict[MessageRef, Locale] = field(default_factory=dict[MessageRef, Locale])
    whispers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    questions: dict[MessageRef, str] = field(default_factory=dict[MessageRef, str])
    """What was asked of one person, by the message that they answer."""
    offered: list[tuple[str, Press]] = field(default_factory=list[tuple[str, Press]])
    """The answers that could be pressed, with what a press of them carries."""
    pictures: list[tuple[str, bytes, str]] = field(default_factory=list[tuple[str, bytes, str]])
    standing: dict[str, str] = field(default_factory=dict[str, str])
    """The pictures that are seen now, each by its id, in words."""
    documents: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    emails: dict[str, str] = field(default_factory=dict[str, str])
    broken: AppError | None = None
    no_pictures: Exception | None = None
    no_documents: AppError | None = None
    no_removal: AppError | None = None

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        self._fail()
        ref = MessageRef(address.platform, address.workspace, address.channel, str(len(self.cards) + 1))
        self.cards[ref], self.locales[ref] = card, locale
        note(card)
        return ref

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        self._fail()
        self.cards[ref], self.locales[ref] = card, locale
        note(card)

    async def say(self, address: Address, text: str) -> MessageRef:
        self._fail()
        self.said.append((address.channel, text))
        return MessageRef(address.platform, address.workspace, address.channel, f"s{len(self.said)}")

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        self._fail()
        self.offered += offered
        ref = MessageRef(address.platform, address.workspace, address.channel, f"q{len(self.questions) + 1}")
        self.questions[ref] = question
        return ref

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> str | None:
        self._fail()
        self.standing.pop(instead_of or "", None)
        if self.no_pictures is not None:
            raise self.no_pictures
        self.pictures.append((card.channel, png, alternative))
        self.standing[f"p{len(self.pictures)}"] = alternative
        return f"p{len(self.pictures)}"

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        self._fail()
        if self.no_removal is not None:
            raise self.no_removal
        self.standing.pop(picture, None)

    async def document(self, address: Address, name: str, body: bytes) -> None:
        self._fail()
        if self.no_documents is not None:
            raise self.no_documents
        self.documents.append((address.channel, name, body.decode()))

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        self._fail()
        self.whispers.append((user.user, text))

    def is_private(self, channel: str) -> bool:
        return channel.startswith("D") if self.name == "slack" else channel.isdecimal()

    async def download(self, source: str, most: int) -> bytes:
        self._fail()
        return self.files[source][:most]

    async def verified_email(self, user: ChatUser) -> str | None:
        return self.emails.get(user.user)

    def _fail(self) -> None:
        if self.broken is not None:
            raise self.broken


@dataclass(slots=True)
class ScriptedModel:
    """Replies as it is told, one reply per request; an exception in the script is raised."""

    script: list[ModelReply | Exception]
    requests: list[ModelRequest] = field(default_factory=list[ModelRequest])
    name: str = "scripted"

    async def generate(self, request: ModelRequest) -> ModelReply:
        self.requests.append(request)
        reply = self.script.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def cost(self, usage: Usage) -> int | None:
        return usage.prompt + usage.output

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return


def says(text: str) -> ModelReply:
    """A reply in words."""
    content: Content = {"role": "model", "parts": [{"text": text}]}
    return ModelReply(content, text=text, usage=Usage(prompt=100, output=10))


def calls(*wanted: tuple[str, dict[str, Any]]) -> ModelReply:
    """A reply that asks for tools."""
    made = tuple(ToolCall(f"call-{number}", name, args) for number, (name, args) in enumerate(wanted))
    parts = [
        {"function_call": {"id": call.id, "name": call.name, "args": call.args}, "thought_signature": "c2ln"}
        for call in made
    ]
    return ModelReply({"role": "model", "parts": parts}, calls=made, usage=Usage(prompt=50, output=5))


def runtime(
    db: Database,
    *replies: ModelReply | Exception,
    now: Callable[[], datetime] = lambda: NOW,
    settings: Settings | None = None,
) -> tuple[Runtime, FakePlatform, FakePlatform, ScriptedModel]:
    """Return a runtime on the real database with both platforms and the model faked."""
    slack, telegram, model = FakePlatform("slack"), FakePlatform("telegram"), ScriptedModel(list(replies))

    async def the_model() -> ScriptedModel:
        return model

    rt = Runtime(
        db=db,
        platforms={"slack": slack, "telegram": telegram},
        model=the_model,
        settings=settings or Settings(),
        now=now,
    )
    return rt, slack, telegram, model
