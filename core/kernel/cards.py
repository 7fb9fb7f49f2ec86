"""A message with buttons, free of any platform: rendered by code from the bytes that will run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from core.kernel.fields import FieldKind
from core.kernel.messages import Address, MessageRef, Verdict
from core.kernel.phrases import Phrase
from core.kernel.principal import ChatUser, Locale, Platform

Risk: TypeAlias = Literal["low", "medium", "high", "critical"]
Severity: TypeAlias = Literal["error", "warning"]
Status: TypeAlias = Literal["suggested", "approved", "rejected", "executed", "failed", "expired", "superseded"]
Gesture: TypeAlias = Literal["none", "confirm", "approve_reject", "acknowledge", "type_word"]
"""What a person must do to approve. ``none`` when nobody may, or when it is decided."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled row of a card: *Room*: *Hall B*."""

    label: Phrase
    value: Phrase
    is_plain: bool = False
    """Whether the value says by itself what it is, as a time or a place does, so that a line needs no label for it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One property as it is now and as proposed, shown as two separate fields (an arrow reads reversed in Hebrew)."""

    label: Phrase
    now: Phrase
    proposed: Phrase
    is_plain: bool = False
    """As of a fact."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A conflict: an ``error`` leaves no way to approve, a ``warning`` is shown and may be accepted."""

    severity: Severity
    text: Phrase


@dataclass(frozen=True, slots=True)
class Button:
    """A verdict that can be pressed; what it carries is the suggestion's opaque id and the verdict, nothing else."""

    verdict: Verdict
    label: Phrase
    style: Literal["primary", "danger", "plain"]
    choice: str = ""
    """Which of several, where the verdict has them."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button stands for that is on no card: a verdict about a suggestion, and which of several."""

    suggestion_id: UUID
    verdict: Verdict
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything a reader of a suggestion sees, in the order in which it is shown."""

    suggestion_id: UUID
    title: Phrase
    state: Status
    risk: Risk
    gesture: Gesture
    outcome: Phrase | None = None
    """Once decided: who decided, when, and what happened."""
    notice: Phrase | None = None
    """Why this card replaced an earlier one, or what to do when it cannot be approved."""
    is_taken_back: bool = False
    """Whether what was done has been undone since."""
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[Caution, ...] = ()
    impact: tuple[Phrase, ...] = ()
    asker: Phrase | None = None
    """Who asked."""
    asked_by: Phrase | None = None
    """Who asked, in their own words."""
    why: Phrase | None = None
    """Why the assistant suggests it, in the model's own words, marked as such."""
    lines: tuple[Phrase, ...] = ()
    """What a bundle does, line by line; what became of each once it ran."""
    rivals: tuple[Phrase, ...] = ()
    """The suggestions for the same session, room or speaker that lose if this one is approved."""
    footer: tuple[Phrase, ...] = ()
    buttons: tuple[Button, ...] = ()
    consequences: tuple[Phrase, ...] = ()
    """What has to be acknowledged, one by one, where that is the gesture."""
    word: Phrase | None = None
    """What has to be typed, where that is the gesture."""
    acknowledged_by: tuple[str, ...] = ()
    """The names of those who have acknowledged the consequences of this card as it is."""
    shown_hash: str = ""
    """What a gesture is bound to: it counts for this card as it is, and for no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value that can be changed, as it is proposed now."""

    name: str
    kind: FieldKind
    label: Phrase
    value: str = ""
    """As somebody would say it: a moment as local ISO 8601 without offset, a span as two of them parted by ``/``, a
    flag as ``yes`` or ``no``, what is chosen by the value of its option."""
    options: tuple[tuple[str, Phrase], ...] = ()
    """Of what is chosen: each value and what it is called."""
    is_optional: bool = False
    least: int | None = None
    most: int | None = None
    """Of a number."""
    ask: str = ""
    """The id of the text that asks for it, where its kind's own is not good enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an edit starts from: the values as they are proposed now."""

    zone: str
    """IANA zone in which times are shown and typed."""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A card opened by one reader for one verdict: what a modal shows and asks for."""

    verdict: Verdict
    card: Card
    locale: Locale
    form: Form | None = None
    """For ``edit``."""
    reasons: tuple[Button, ...] = ()
    """For ``reject``: the common ones; a reason may also be typed."""
    is_stopping: bool = False
    """For ``choose``: whether the bundle runs until the first failure, and not all or nothing."""
    left_out: tuple[int, ...] = ()
    """For ``choose``: the numbers of the lines, from 1, that do not run as things are."""
    notices: tuple[tuple[Phrase, Phrase], ...] = ()
    """For ``show``: who will be told, and the text that they will read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a chat platform has. Whoever needs something asks for it here, and never which platform it is."""

    buttons: bool = True
    """Answers can be pressed; else they are written."""
    modals: bool = True
    """A button opens a form; else it leads to a menu on the card, or to a question that is answered by a reply."""
    private_answers: bool = True
    """Something can be told to one person where others read along, or to them directly."""
    editing: bool = True
    """What was posted can be edited; else a card that stands otherwise is posted once more."""
    pictures: bool = True


class ChatPlatform(Protocol):
    """What the core needs of a chat platform. Failures: ``Upstream`` to try again, ``Unreachable`` to give up."""

    @property
    def name(self) -> Platform:
        """The platform's short name, the key of its addresses."""
        ...

    @property
    def can(self) -> Abilities:
        """What it has."""
        ...

    def is_private(self, channel: str) -> bool:
        """Whether only one person reads what is said there; where it is unclear, others do."""
        ...

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        """Post a card and return which message it became."""
        ...

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        """Edit a posted card; a card that already says the same is success."""
        ...

    async def say(self, address: Address, text: str) -> MessageRef:
        """Post plain text (escaped here; nothing in it can ping, link or format)."""
        ...

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        """Ask one person something that they answer by replying to it; return which message it became.

        ``offered``: answers that can be pressed instead, where the chat has buttons for them.
        """
        ...

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> str | None:
        """Let a picture, with its text for those who do not see it, join a posted card; return what it is called.

        ``instead_of``: the one that is there, if any; it is true no more afterwards in any case. None is returned for a
        picture that is refused: it is left out.
        """
        ...

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        """Take the picture beside a card away; where the platform no longer does, its text says that it is old."""
        ...

    async def document(self, address: Address, name: str, body: bytes) -> None:
        """Post a file, in the thread where there is one."""
        ...

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        """Say something that only one person sees, or directly to them where the platform has no such thing."""
        ...

    async def download(self, source: str, most: int) -> bytes:
        """Return a shared file, at most so many bytes; ``Unreachable`` where it is larger or cannot be had."""
        ...

    async def verified_email(self, user: ChatUser) -> str | None:
        """Return the person's e-mail if the platform vouches for it and they are a full member; else None."""
        ...
