"""What comes in from a chat and where answers go: addresses, messages, presses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from uuid import UUID

from core.kernel.principal import ChatUser, Locale, Platform

Verdict: TypeAlias = Literal[
    "approve",
    "reject",
    "acknowledge",
    "withdraw",
    "undo",
    "edit",
    "choose",
    "alternative",
    "break_glass",
    "show",
    "menu",
]
"""``acknowledge`` and ``withdraw`` decide nothing: the presser has read the consequences, or takes that back. ``undo``
asks for the inverse of what was done, ``edit`` for the same with other values, ``choose`` for some lines of a bundle,
``alternative`` for something else instead: each is a suggestion like any other. ``break_glass`` approves past the
policy, by an owner. ``show`` asks for everything in full, and ``menu`` for other buttons on this copy of the card."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to answer. ``thread`` is a Slack thread timestamp or a Telegram topic id."""

    platform: Platform
    workspace: str
    channel: str
    thread: str | None = None

    def key(self) -> str:
        """Return the conversation's key, also the job lock that keeps its messages in order."""
        return "/".join((self.platform, self.workspace, self.channel, self.thread or ""))


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message that we posted, as its platform names it (Slack ``ts``, Telegram ``message_id``).

    ``message`` is empty where somebody pressed what is no message: their own desk.
    """

    platform: Platform
    workspace: str
    channel: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEvent:
    """One delivery of a platform, as it came, before anybody looked inside; stored before it is acknowledged."""

    platform: Platform
    workspace: str
    event_id: str
    """The platform's own id for this delivery; the idempotency key."""
    lock: str
    """Deliveries with the same lock are handled one after the other, in order of arrival."""
    payload: Mapping[str, Any]
    kind: Literal["decisions", "turns", "sending"] = "turns"
    """Which of the platform's queues it waits in: a press, a message, or something to be drawn."""
    sender: str | None = None
    """Who wrote or pressed, as the platform says: strangers wait apart, and whose it is says how long it is kept."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that came with a message and are not its sender's: data for the model, never a wish."""

    kind: Literal["forwarded", "answered"]
    author: str
    """Who wrote them, as the platform says; empty where it does not."""
    text: str


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that looks like a schedule (``core.imports.shared.files``): its name on one line, its bytes by the
    platform's word (0 where it says none), and where the platform has it."""

    name: str
    size: int
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text that goes out as a file, and what is said instead where a chat takes no files."""

    name: str
    text: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """Someone said something to the assistant."""

    event_id: str
    sender: ChatUser
    address: Address
    text: str
    direct: bool
    """True in a one-to-one chat, where a private sentence (such as an invitation to link) may be said."""
    reply_to: MessageRef | None = None
    """The message of ours that this one answers: a card that asks for a word is answered so."""
    link_token: str | None = None
    """A one-time token handed over with the message (Telegram ``/start <token>``, Slack ``link <token>``)."""
    under: MessageRef | None = None
    """The message under which this was said, in its thread or as a reply to it: often a card or an answer of ours."""
    quoted: tuple[Quoted, ...] = ()
    """What was forwarded with it, and what it answers. Somebody may forward and say nothing: then ``text`` is empty."""
    unread: tuple[str, ...] = ()
    """Kinds of what came along and cannot be read, such as ``voice``; ``text`` may be empty then too."""
    files: tuple[SharedFile, ...] = ()
    """What came along and looks like a schedule."""
    mentioned: Mapping[str, str] = field(default_factory=dict[str, str])
    """People whom the text names as ``@<id>``, with what the platform calls them (empty where it does not say)."""
    language: Locale | None = None
    """The language of the sender's app, where the platform tells it."""
    album: str | None = None
    """How the ids of deliveries begin that have the words of the same album; where one came, this needs no answer."""
    is_overheard: bool = False
    """Said in a thread to nobody by name: it is for us only if we asked its sender something there."""

    @property
    def asker(self) -> str | None:
        """Who is answered directly where the place of the message cannot be reached; None where it was direct."""
        return None if self.direct else self.sender.user


class Counted(str):
    """What a presser is told of something that was done; any other sentence says why nothing was."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Someone pressed a button on a card. Nothing but the opaque id and the verdict is taken from the button."""

    event_id: str
    sender: ChatUser
    suggestion_id: UUID | None
    """None when the button carried something that is no id; such a press is answered, never executed."""
    verdict: Verdict | None
    pressed: MessageRef
    """The copy of the card that was pressed; an unknown copy is adopted, so that it is edited too."""
    choice: str = ""
    """Which of several, where the verdict has them: a reason, a property, a place in a list; ``[a-z0-9_]`` up to 16."""
    evidence: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the gesture produced: acknowledged consequences, a typed word, the values of an edit."""
