"""What every modal has: its frame, what it remembers of the press that opened it, and what was typed into it. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast, get_args
from uuid import UUID

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from bots.slack.emoji import with_emoji
from bots.slack.presses import PLATFORM
from bots.slack.render import Page
from bots.slack.text import clean, escape, pieces
from bots.slack.wire import word
from bots.storable import mapping, read_object
from core.kernel.cards import Card, Sheet
from core.kernel.messages import Decision, MessageRef, Verdict
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import ChatUser, Locale

CALLBACK = "decide"
LABEL, OPTION = 2000, 75
"""Characters, Slack's own limits for an input's label and for the text of something to choose."""
_TITLE, _BUTTON = 24, 24
_TOLD = 1400
"""Characters of one section of what is told, with room for marks of direction and escapes."""
_WAIT = "⏳"
"""No language: who pressed is looked up while this is on the screen."""
_SEAL = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a modal shows. Without ``submit`` there is only a way out."""

    title: Phrase
    blocks: Sequence[Block]
    submit: Phrase | None = None
    close: Phrase = field(default_factory=lambda: phrase("modal-close"))
    kept: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])
    """What has to be known again when it is submitted."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and chosen, by input; in our modals an element has the name of its block, or of its kind."""

    values: Mapping[str, Any]
    kept: Mapping[str, Any]

    def text(self, block: str) -> str:
        """Return what was written or picked, on one line; empty where nothing was."""
        element = self._element(block)
        given = element.get("value") or element.get("selected_date") or element.get("selected_time")
        return with_emoji(" ".join(given.split()), {}) if isinstance(given, str) else ""

    def chosen(self, block: str) -> str:
        """Return the value of the option that was chosen."""
        value = mapping(self._element(block).get("selected_option")).get("value")
        return value if isinstance(value, str) else ""

    def ticked(self, block: str) -> list[str]:
        """Return the values of the options that were ticked."""
        options = self._element(block).get("selected_options")
        found = (
            [mapping(each).get("value") for each in cast("list[object]", options)] if isinstance(options, list) else []
        )
        return [value for value in found if isinstance(value, str)]

    def number(self, name: str) -> int:
        """Return a number that was kept."""
        kept = self.kept.get(name)
        return kept if isinstance(kept, int) else 0

    def _element(self, block: str) -> Mapping[str, Any]:
        return next((mapping(each) for each in mapping(self.values.get(block)).values()), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a submission asks for: the choice and the evidence of a decision, or what is wrong, by input."""

    choice: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict[str, str])
    wrong: Mapping[str, Phrase] = field(default_factory=dict[str, Phrase])
    blames: str = ""
    """The input under which the core's refusal is said; where it is about none, it takes the modal's place."""


class Purpose(Protocol):
    """What a modal is for; each is a module."""

    def draw(self, page: Page, sheet: Sheet, choice: str, /) -> Drawn:
        """Return what it shows."""
        ...

    def read(self, typed: Typed, /) -> Answer:
        """Return what was asked for."""
        ...


class Seal:
    """Marks what a modal remembers, so that it comes back as it was or not at all; the key is the bot's token."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"eventflow modal " + secret.encode()).digest()

    def close(self, text: str) -> str:
        """Return the text with its mark."""
        return f"{self._mark(text)}{text}"

    def open(self, sealed: str) -> str | None:
        """Return the text, or None if the mark is not ours."""
        mark, text = sealed[:_SEAL], sealed[_SEAL:]
        return text if hmac.compare_digest(mark.encode(), self._mark(text).encode()) else None

    def _mark(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:_SEAL]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a modal remembers: of which press it is, and of which card as it was then."""

    decision: Decision
    """Without choice and evidence, and not yet sent by anybody."""
    shown: str
    locale: Locale
    kept: Mapping[str, Any]


def waiting_view(external_id: str) -> View:
    """Return what stands in the modal until the card is known."""
    return _view(external_id, [SectionBlock(text={"type": "plain_text", "text": _WAIT})])


def telling_view(text: str, external_id: str) -> View:
    """Return a modal that says why there is nothing to do here."""
    return _view(external_id, told(text) or [SectionBlock(text={"type": "plain_text", "text": _WAIT})])


def told(text: str) -> list[Block]:
    """Return a sentence, or several lines of them, as blocks."""
    page = Page("en")
    return [page.section(escape(piece)) for piece in pieces(clean(text), _TOLD)]


def framed(drawn: Drawn, page: Page, external_id: str, metadata: str) -> View:
    """Return a modal in its frame."""
    return View(
        type="modal",
        callback_id=CALLBACK,
        external_id=external_id,
        private_metadata=metadata,
        title=page.plain(drawn.title, _TITLE, emoji=False),
        submit=None if drawn.submit is None else page.plain(drawn.submit, _BUTTON, emoji=False),
        close=page.plain(drawn.close, _BUTTON, emoji=False),
        blocks=drawn.blocks,
    )


def remembered(card: Card, locale: Locale, decision: Decision, kept: Mapping[str, str | int]) -> str:
    """Return what a modal keeps of its press, to be sealed."""
    pressed = decision.pressed
    about = {
        "suggestion": card.suggestion_id.hex,
        "verdict": decision.verdict,
        "user": decision.sender.user,
        "channel": pressed.channel,
        "message": pressed.message,
        "shown": card.shown_hash,
        "locale": locale,
        "kept": dict(kept),
    }
    return json.dumps(about, ensure_ascii=False)


def is_ours(payload: Mapping[str, Any]) -> bool:
    """Whether a payload is the submission of a modal of ours, as far as it says itself."""
    is_submitted = payload.get("type") == "view_submission"
    return is_submitted and mapping(payload.get("view")).get("callback_id") == CALLBACK


def about(payload: Mapping[str, Any], seal: Seal) -> About | None:
    """Return what a modal remembered; None unless we wrote it, for the person who submits it."""
    view = mapping(payload.get("view"))
    team, user = word(mapping(payload.get("team")).get("id")), word(mapping(payload.get("user")).get("id"))
    kept, view_id = view.get("private_metadata"), word(view.get("id"))
    text = seal.open(kept) if isinstance(kept, str) else None
    if text is None or not (team and view_id):
        return None
    try:
        said = read_object(text)
        is_for_them = said["user"] == user and said["verdict"] in get_args(Verdict)
        decision = Decision(
            event_id=f"view/{view_id}",
            sender=ChatUser(PLATFORM, team, user),
            suggestion_id=UUID(said["suggestion"]),
            verdict=said["verdict"],
            pressed=MessageRef(PLATFORM, team, said["channel"], said["message"]),
        )
        found = About(decision=decision, shown=said["shown"], locale=said["locale"], kept=mapping(said["kept"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return found if is_for_them else None


def _view(external_id: str, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        callback_id=CALLBACK,
        external_id=external_id,
        title={"type": "plain_text", "text": "EventFlow"},
        blocks=blocks,
    )
