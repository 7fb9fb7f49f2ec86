"""What goes out to Slack: cards, sentences, private sentences, and whether Slack vouches for an e-mail address."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bots.slack.answer import plain_message
from bots.slack.downloads import fetch
from bots.slack.failures import error_of, told_plainly
from bots.slack.modals.frame import Seal
from bots.slack.presses import PLATFORM
from bots.slack.render import ABILITIES, card_message
from bots.slack.uploads import share, take_back, upload
from bots.slack.watched import WatchedClient
from bots.storable import mapping
from core.kernel.answers import MOST_ANSWER, bounded
from core.kernel.breakages import Unwatched, Watch
from core.kernel.cards import Card, Press
from core.kernel.errors import AppError, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser, Locale, Platform
from core.kernel.settings import Settings

_log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
_NOT_HERE = frozenset({"user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived"})
"""Why nobody can whisper in a channel: the person or the bot is not in it."""
_TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
"""What Slack says of blocks that it does not take."""
_MOST_NAMES = 5000
"""Names that are remembered until the process ends."""
_NO_FULL_MEMBER = (
    "deleted",
    "is_bot",
    "is_restricted",
    "is_stranger",
    "is_ultra_restricted",
    "is_workflow_bot",
)
"""What ``users.info`` says of somebody who left, of a robot, of a guest and of somebody from elsewhere."""


@dataclass(frozen=True, slots=True)
class Who:
    """The bot as Slack knows it."""

    team: str
    """The workspace; of an app that is installed for a whole Enterprise Grid, any one or the organisation itself."""
    team_name: str
    user: str
    name: str
    bot_id: str
    enterprise: str = ""
    """The Enterprise Grid for all of whose workspaces the app is installed; empty for an app of one workspace."""

    def serves(self, team: str, enterprise: str) -> bool:
        """Whether the token is good for a workspace."""
        return team == self.team or (bool(self.enterprise) and enterprise == self.enterprise)


class SlackPlatform:
    """The core's ``ChatPlatform`` on one workspace. What Slack refuses or fails is ``Upstream`` or ``Unreachable``.

    ``client`` carries the token and the shared HTTP session; Bolt and Socket Mode use it too.
    """

    can = ABILITIES

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.seal = Seal(client.token or "")
        """What marks our modals; the same in every process that has the token."""
        self._who: Who | None = None
        self._names: dict[str, str] = {}
        self._asking = asyncio.Lock()

    def __repr__(self) -> str:
        return "SlackPlatform()"

    @property
    def name(self) -> Platform:
        """The platform's short name."""
        return PLATFORM

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        """Post a card, in the thread where there is one."""

        async def posted(text: str, blocks: list[Block]) -> AsyncSlackResponse:
            return await self.client.chat_postMessage(
                channel=address.channel,
                thread_ts=address.thread,
                text=text,
                blocks=blocks,
                unfurl_links=False,
                unfurl_media=False,
            )

        return _posted(await _in_some_form(card, locale, posted), address)

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        """Edit a posted card; Slack takes an edit that changes nothing. One that is gone is ``Unreachable``."""

        async def edited(text: str, blocks: list[Block]) -> AsyncSlackResponse:
            return await self.client.chat_update(channel=ref.channel, ts=ref.message, text=text, blocks=blocks)

        await _in_some_form(card, locale, edited)

    async def say(self, address: Address, text: str) -> MessageRef:
        """Post plain text, in as many messages as it needs, and return the last."""
        *first, last = plain_message(text)
        for piece in first:
            await self._say_piece(address, piece)
        return await self._say_piece(address, last)

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        """Ask one person directly; they answer in the thread of the question, which is Slack's reply.

        What is ``offered`` a modal has already: such questions are for chats without forms.
        """
        is_direct = address.channel.startswith("D")
        there = Address(PLATFORM, address.workspace, address.channel) if is_direct else await self._direct(user)
        return await self.say(there, question)

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> str | None:
        """Share a picture below its card, which is the latest then; one that Slack refuses is left out.

        Another one comes into the card's thread, for the card may stand far above by then; the old one goes first.
        """
        if instead_of is not None:
            await take_back(self.client, instead_of)
            thread = thread or card.message
        return await upload(self.client, Address(PLATFORM, card.workspace, card.channel, thread), png, alternative)

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        """Delete the file, and with it the message that shared it; Slack sets no term for that."""
        await take_back(self.client, picture)

    async def document(self, address: Address, name: str, body: bytes) -> None:
        """Post a file, in the thread where there is one."""
        await share(self.client, address, name, body)

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        """Say something that only one person sees; where they cannot be reached in the channel, directly."""
        for piece in plain_message(text):
            with told_plainly():
                try:
                    await self.client.chat_postEphemeral(
                        channel=address.channel, user=user.user, thread_ts=address.thread, text=piece, parse="none"
                    )
                except SlackApiError as refusal:
                    if error_of(refusal) not in _NOT_HERE:
                        raise
                    await self._say_piece(await self._direct(user), piece)

    def is_private(self, channel: str) -> bool:
        """Whether it is a chat with one person: a direct conversation, or somebody's own id."""
        return channel.startswith(("D", "U", "W"))

    async def download(self, source: str, most: int) -> bytes:
        """Return a shared file, with the bot's token and from Slack alone."""
        return await fetch(self.client, source, most)

    async def verified_email(self, user: ChatUser) -> str | None:
        """Return the address of a full member of this workspace; never of a guest, a bot or somebody from elsewhere."""
        with told_plainly():
            try:
                answer = await self.client.users_info(user=user.user)
            except SlackApiError as refusal:
                if error_of(refusal) != "missing_scope":
                    raise
                # An installation that may not read e-mail addresses vouches for nobody; there is a link code for them.
                _log.warning("Slack gives no e-mail addresses: the bot lacks a scope")
                return None
        person = mapping(answer.get("user"))
        if any(person.get(flag) for flag in _NO_FULL_MEMBER) or user.workspace not in _workspaces_of(person):
            return None
        if person.get("id") != user.user or person.get("is_email_confirmed") is not True:
            return None
        email = mapping(person.get("profile")).get("email")
        return email if isinstance(email, str) and email else None

    async def name_of(self, user: str) -> str:
        """Return what people call somebody of the workspace, asked for once; empty where Slack does not say."""
        if user not in self._names and len(self._names) < _MOST_NAMES:
            with suppress(AppError), told_plainly():
                person = mapping((await self.client.users_info(user=user)).get("user"))
                profile = mapping(person.get("profile"))
                given = (
                    profile.get("real_name"),
                    person.get("real_name"),
                    profile.get("display_name"),
                    person.get("name"),
                )
                self._names[user] = next((name for name in given if isinstance(name, str) and name), "")
        return self._names.get(user, "")

    async def whoami(self) -> Who:
        """Return the bot's own ids, asked for once."""
        async with self._asking:
            if self._who is None:
                with told_plainly():
                    answer = await self.client.auth_test()
                self._who = Who(
                    team=_text(answer, "team_id"),
                    team_name=str(answer.get("team") or ""),
                    user=_text(answer, "user_id"),
                    name=str(answer.get("user") or ""),
                    bot_id=str(answer.get("bot_id") or ""),
                    enterprise=str(answer.get("enterprise_id") or "") if answer.get("is_enterprise_install") else "",
                )
            return self._who

    async def _say_piece(self, address: Address, piece: str) -> MessageRef:
        with told_plainly():
            answer = await self.client.chat_postMessage(
                channel=address.channel,
                thread_ts=address.thread,
                text=piece,
                # Without both, Slack formats the text and makes links of addresses in it.
                mrkdwn=False,
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
        return _posted(answer, address)

    async def _direct(self, user: ChatUser) -> Address:
        with told_plainly():
            opened = await self.client.conversations_open(users=[user.user])
        return Address(PLATFORM, user.workspace, _text(mapping(opened.get("channel")), "id"))


class _Bounded(aiohttp.ClientResponse):
    """An answer that is read up to a limit, unpacked as it comes; the SDK would take whatever there is."""

    async def read(self) -> bytes:
        if self._body is None:
            try:
                parts = [part async for part in bounded(self.content.iter_any(), MOST_ANSWER)]
            except BaseException:
                self.close()
                raise
            self._body = b"".join(parts)
        return await super().read()


@asynccontextmanager
async def open_slack(settings: Settings, watch: Watch | None = None) -> AsyncGenerator[SlackPlatform]:
    """Open the workspace of the settings. Needs no network: with Slack down it opens all the same.

    Raises ``ValueError`` without a token.
    """
    token = settings.slack_bot_token
    if token is None:
        raise ValueError("SLACK_BOT_TOKEN is not set")
    # The SDK prints what is sent and received at DEBUG; what people say has no place in a log.
    logging.getLogger("slack_sdk").setLevel(logging.ERROR)
    async with aiohttp.ClientSession(timeout=_TIMEOUT, response_class=_Bounded) as session:
        yield SlackPlatform(
            WatchedClient(
                watch or Unwatched(),
                token=token.get_secret_value(),
                base_url=f"{settings.slack_api_url}/",
                session=session,
                # A repeated chat.postMessage posts twice; the queue knows better when to try again.
                retry_handlers=[],
            )
        )


def _workspaces_of(person: Mapping[str, Any]) -> list[object]:
    """Return the workspaces of somebody: one, or within an Enterprise Grid several."""
    teams: object = mapping(person.get("enterprise_user")).get("teams")
    return [person.get("team_id"), *(cast("list[object]", teams) if isinstance(teams, list) else [])]


async def _in_some_form(
    card: Card, locale: Locale, sent: Callable[[str, list[Block]], Awaitable[AsyncSlackResponse]]
) -> AsyncSlackResponse:
    """Send a card, or the shortest form of it where Slack does not take it as it is."""
    with told_plainly():
        try:
            return await sent(*card_message(card, locale))
        except SlackApiError as refusal:
            if error_of(refusal) not in _TOO_MUCH:
                raise
            _log.warning("Slack does not take a card as it is: %s", error_of(refusal))
            return await sent(*card_message(card, locale, is_small=True))


def _posted(answer: AsyncSlackResponse, address: Address) -> MessageRef:
    """Return the message that Slack made; posting to a person's id lands in another channel than was asked for."""
    return MessageRef(address.platform, address.workspace, _text(answer, "channel"), _text(answer, "ts"))


def _text(answer: Any, name: str) -> str:
    found: object = answer.get(name)
    if not isinstance(found, str) or not found:
        raise Upstream
    return found
