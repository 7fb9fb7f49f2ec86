"""What goes out to Slack: cards, sentences, private sentences, and whether Slack vouches for an e-mail address."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.failures import error_of, told_plainly
from bots.slack.render import card_message
from bots.slack.text import escape, pieces
from core.kernel.cards import Card
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser, Locale, Platform
from core.kernel.settings import Settings

_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
_NOT_IN_CHANNEL = frozenset({"user_not_in_channel", "not_in_channel", "channel_not_found"})


@dataclass(frozen=True, slots=True)
class Who:
    """The bot as Slack knows it."""

    team: str
    team_name: str
    user: str
    name: str
    bot_id: str


class SlackPlatform:
    """One workspace's bot, on one HTTP session."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._who: Who | None = None
        self._asking = asyncio.Lock()

    def __repr__(self) -> str:
        return "SlackPlatform()"

    @property
    def name(self) -> Platform:
        """``slack``."""
        return "slack"

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        """Post a card, in the thread where there is one."""
        text, blocks = card_message(card, locale)
        with told_plainly():
            answer = await self.client.chat_postMessage(
                channel=address.channel,
                thread_ts=address.thread,
                text=escape(text),
                blocks=blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        return MessageRef(address.platform, address.workspace, str(answer["channel"]), str(answer["ts"]))

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        """Edit a posted card; Slack takes an edit that changes nothing."""
        text, blocks = card_message(card, locale)
        with told_plainly():
            await self.client.chat_update(channel=ref.channel, ts=ref.message, text=escape(text), blocks=blocks)

    async def say(self, address: Address, text: str) -> MessageRef:
        """Post plain text, a long one in several messages; return the last."""
        ts = ""
        for piece in pieces(text):
            with told_plainly():
                answer = await self.client.chat_postMessage(
                    channel=address.channel,
                    thread_ts=address.thread,
                    text=escape(piece),
                    mrkdwn=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            ts = str(answer["ts"])
        return MessageRef(address.platform, address.workspace, address.channel, ts)

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        """Say something that only one person sees; where they cannot be reached in the channel, directly."""
        try:
            await self.client.chat_postEphemeral(
                channel=address.channel, user=user.user, thread_ts=address.thread, text=escape(text)
            )
        except SlackApiError as refusal:
            if error_of(refusal) not in _NOT_IN_CHANNEL:
                with told_plainly():
                    raise
            await self._say_directly(user, text)
        except (aiohttp.ClientError, TimeoutError, OSError):
            with told_plainly():
                raise

    async def _say_directly(self, user: ChatUser, text: str) -> None:
        with told_plainly():
            opened = await self.client.conversations_open(users=[user.user])
            channel: dict[str, Any] = opened["channel"] or {}
            await self.client.chat_postMessage(channel=str(channel["id"]), text=escape(text), mrkdwn=False)

    async def verified_email(self, user: ChatUser) -> str | None:
        """Return the address of a full member of this workspace; never of a guest, a bot or somebody from elsewhere."""
        with told_plainly():
            answer = await self.client.users_info(user=user.user)
        person: dict[str, Any] = answer.get("user") or {}
        outside = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_app_user")
        if any(person.get(flag) for flag in outside) or person.get("team_id") != user.workspace:
            return None
        if person.get("is_email_confirmed") is False:
            return None
        email = (person.get("profile") or {}).get("email")
        return email if isinstance(email, str) and email else None

    async def whoami(self) -> Who:
        """Return the bot's own ids, asked once."""
        async with self._asking:
            if self._who is None:
                with told_plainly():
                    answer = await self.client.auth_test()
                self._who = Who(
                    team=str(answer["team_id"]),
                    team_name=str(answer.get("team") or ""),
                    user=str(answer["user_id"]),
                    name=str(answer.get("user") or ""),
                    bot_id=str(answer.get("bot_id") or ""),
                )
            return self._who


@asynccontextmanager
async def open_slack(settings: Settings) -> AsyncGenerator[SlackPlatform]:
    """Open the workspace of the settings. Needs no network: with Slack down it opens all the same.

    Raises ``ValueError`` without a token.
    """
    token = settings.slack_bot_token
    if token is None:
        raise ValueError("SLACK_BOT_TOKEN is not set")
    # Bolt prints whole request bodies at INFO; messages and tokens have no place in a log.
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(logging.ERROR)
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        client = AsyncWebClient(token=token.get_secret_value(), base_url=f"{settings.slack_api_url}/", session=session)
        # A repeated chat.postMessage posts twice; the queue knows better when to try again.
        client.retry_handlers.clear()
        yield SlackPlatform(client)
