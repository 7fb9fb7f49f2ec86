"""Speak to Telegram: post and edit cards, say things, and the few calls that set the bot up."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr
from telegram import Bot, BotCommand, File, ForceReply, User, WebhookInfo
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import BadRequest, ChatMigrated, InvalidToken, TelegramError
from telegram.helpers import create_deep_linked_url
from telegram.request import HTTPXRequest

from bots.telegram.answer import caption, named, plain_message
from bots.telegram.failures import delays_are_timedeltas, says, told_plainly
from bots.telegram.inbound import COMMANDS, PLATFORM
from bots.telegram.keyboard import offers
from bots.telegram.render import ABILITIES, card_message
from bots.telegram.secrecy import bot_id_of, protect_logs
from bots.telegram.sending import Markup, edit, edit_picture, send, send_document, send_picture, send_to
from bots.telegram.text import shorten
from core.kernel.answers import bounded, unpacked
from core.kernel.breakages import Breakage, Unwatched, Watch
from core.kernel.cards import Card, Press
from core.kernel.errors import AppError, Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Locale, Platform
from core.kernel.settings import Settings
from core.texts import LOCALES, locale_of_text, say

_log = logging.getLogger(__name__)

_INSTALLATION = Breakage("telegram", "installation")
_TOKEN_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""A token that was revoked, and one that never was."""
ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
_PLACEHOLDER = 64
"""Characters of the grey text in the field of an answer."""
_POOL = 64
"""Connections. The SDK's own default for polling is 1, which starves everything that shares it."""
_TIMEOUT, _LONGEST_PAUSE = 10.0, 60.0
_MOST = 20 * 2**20
"""Bytes of an answer: the largest file that a bot is given, and more than a hundred long updates."""


class TelegramPlatform:
    """The core's ``ChatPlatform`` on one bot. What Telegram refuses or fails is ``Upstream`` or ``Unreachable``."""

    can = ABILITIES

    def __init__(self, bot: Bot, bot_id: str, watch: Watch | None = None) -> None:
        self._bot = bot
        self._watch = watch or Unwatched()
        self._username: str | None = None
        self.bot_id = bot_id

    def __repr__(self) -> str:
        # The SDK's own representation of a bot prints its token.
        return f"TelegramPlatform(bot_id={self.bot_id!r})"

    @property
    def name(self) -> Platform:
        """The platform's short name."""
        return PLATFORM

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        """Post a card."""
        markup, keyboard = card_message(card, locale)
        return await self._send(address, markup, keyboard)

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        """Edit a card; one that already says the same is success. A message that is gone is ``Unreachable``.

        Messages of a group that became a supergroup cannot be edited any more, and there their numbers belong to
        others: the card is posted to the supergroup instead.
        """
        chat, message = _number(ref.channel), _number(ref.message)
        markup, keyboard = card_message(card, locale)
        with told_plainly():
            try:
                await edit(self._bot, chat, message, markup, keyboard)
            except ChatMigrated as moved:
                await send_to(self._bot, moved.new_chat_id, None, markup, keyboard)
            except BadRequest as refusal:
                if not says(refusal, "message is not modified"):
                    raise

    async def say(self, address: Address, text: str) -> MessageRef:
        """Post plain text, in as many messages as it needs, and return the last."""
        return await self._say(address, plain_message(text))

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        """Ask somebody; their app opens a reply by itself, or shows the answers that are ``offered`` as buttons.

        In a group it does so for whoever is named in the question alone, and the others see whom it is for.
        """
        locale = locale_of_text(question)
        *first, last = plain_message(question)
        is_group = address.channel != user.user
        if is_group and (name := await self._name_in(address, user)):
            last = f"{named(user.user, name, locale)}\n{last}"
        placeholder = shorten(say(locale, phrase("telegram-answer-here")), _PLACEHOLDER)
        # A message has one of the two; whoever would rather write answers it as they answer any other.
        asking = offers(offered) or ForceReply(selective=True, input_field_placeholder=placeholder)
        return await self._say(address, [*first, last], asking)

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> str | None:
        """Answer the card with a picture and its text; one that is there already is edited where it stands.

        What Telegram refuses is left out, for the card says it all.
        """
        chat, words = _number(card.channel), caption(alternative)
        with suppress(Unreachable), told_plainly():
            if instead_of is not None:
                await edit_picture(self._bot, chat, _number(instead_of), png, words)
                return instead_of
            there = _thread(Address(PLATFORM, card.workspace, card.channel, thread))
            return str((await send_picture(self._bot, chat, there, png, words, to=_number(card.message))).message_id)
        return None

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        """Delete the picture's message; after two days Telegram does not, and the words below it say that it is old."""
        chat, message = _number(card.channel), _number(picture)
        with suppress(Unreachable), told_plainly():
            try:
                await self._bot.delete_message(chat, message)
            except BadRequest as refusal:
                if says(refusal, "message to delete not found"):
                    return
                await self._bot.edit_message_caption(chat, message, caption=say(locale, phrase("picture-is-old")))

    async def document(self, address: Address, name: str, body: bytes) -> None:
        """Post a file, in the topic where there is one."""
        with told_plainly():
            await send_document(self._bot, _number(address.channel), _thread(address), name, body)

    async def _say(self, address: Address, pieces: list[str], markup: Markup = None) -> MessageRef:
        *first, last = pieces
        for piece in first:
            ref = await self._send(address, piece)
            address = Address(PLATFORM, address.workspace, ref.channel, address.thread)
        return await self._send(address, last, markup)

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        """Write to the person directly; ``Unreachable`` if they never started the bot."""
        await self.say(Address(PLATFORM, user.workspace, user.user), text)

    def is_private(self, channel: str) -> bool:
        """Whether it is a chat with one person: the ids of groups and channels are negative, or names."""
        return channel.isdecimal()

    async def download(self, source: str, most: int) -> bytes:
        """Return a shared file by its id; Telegram hands at most 20 MB to a bot."""
        file: File | None = None
        try:
            with told_plainly():
                file = await self._bot.get_file(source)
                if (file.file_size or 0) > most or not file.file_path:
                    raise Unreachable
                body = bytes(await file.download_as_bytearray())
        except Upstream as failure:
            # The token was good a moment ago: the SDK's word for 404 means here that the file is gone.
            if not isinstance(failure.__cause__, InvalidToken) or file is None:
                raise
            raise Unreachable(phrase("shared-not-fetched")) from failure
        except Unreachable as refused:
            raise Unreachable(phrase("shared-not-fetched")) from refused
        if len(body) > most:
            raise Unreachable(phrase("shared-not-fetched"))
        return body

    async def verified_email(self, user: ChatUser) -> str | None:
        """Return None: Telegram vouches for no e-mail address."""
        return None

    async def typing(self, address: Address) -> None:
        """Show that an answer is on its way, for five seconds at most. Best effort: a failure is of no interest."""
        with suppress(TelegramError, AppError, KeyError):
            await self._bot.send_chat_action(
                _number(address.channel), ChatAction.TYPING, message_thread_id=_thread(address)
            )

    async def answer(self, callback_id: str, text: str | None) -> bool:
        """End a press, with an alert of at most 200 characters if there is something to say.

        False when Telegram no longer takes the answer (it waits about a minute), so that nobody has read it.
        """
        short = shorten(text, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH) if text else None
        with told_plainly():
            try:
                return await self._bot.answer_callback_query(
                    callback_id, text=short, show_alert=True if short else None
                )
            except BadRequest as refusal:
                if not says(refusal, "query is too old", "query id is invalid"):
                    raise
                return False

    async def username(self) -> str:
        """Return the bot's name without @, asked for once."""
        return self._username or (await self.get_me()).username or ""

    async def deep_link(self, token: str) -> str:
        """Return the t.me link that opens the bot with ``/start <token>``.

        Raises ``ValueError`` for a token that is not 1 to 64 of A-Z, a-z, 0-9, _ and -.
        """
        return create_deep_linked_url(await self.username(), token)

    async def get_me(self) -> User:
        """Return the bot as Telegram knows it."""
        with told_plainly():
            me = await self._bot.get_me()
        self._username = me.username
        return me

    async def webhook_info(self) -> WebhookInfo:
        """Return where Telegram delivers, how much waits, and its last error."""
        with told_plainly():
            return await self._bot.get_webhook_info()

    async def set_webhook(self, url: str, secret: SecretStr) -> None:
        """Have updates delivered to ``url``, each with the secret in its header."""
        with told_plainly():
            await self._bot.set_webhook(url, secret_token=secret.get_secret_value(), allowed_updates=ALLOWED_UPDATES)

    async def delete_webhook(self) -> None:
        """Stop deliveries, as polling requires; what waits is kept."""
        with told_plainly():
            await self._bot.delete_webhook()

    async def set_commands(self) -> None:
        """Tell Telegram the commands, in English by default and in each language we speak."""
        for language in (None, *LOCALES):
            commands = [
                BotCommand(name, say(language or "en", phrase(f"telegram-command-{name}"))) for name in COMMANDS
            ]
            with told_plainly():
                await self._bot.set_my_commands(commands, language_code=language)

    async def updates(self, offset: int | None, wait: int) -> list[Any]:
        """Return the updates from ``offset`` on as they came, after at most ``wait`` seconds."""
        arguments = {"offset": offset, "timeout": wait, "allowed_updates": list(ALLOWED_UPDATES)}
        with told_plainly():
            # Not Bot.get_updates: it parses, and one update that it cannot read would hide all the others. The odd
            # spelling becomes "getUpdates" on the wire and keeps the SDK from recommending its own method.
            found: object = await self._bot.do_api_request("get_Updates", arguments, read_timeout=wait + _TIMEOUT)
        if not isinstance(found, list):
            raise Upstream
        return cast("list[Any]", found)

    async def _send(self, address: Address, html: str, markup: Markup = None) -> MessageRef:
        with told_plainly():
            sent = await send(self._bot, _number(address.channel), _thread(address), html, markup)
        if str(sent.chat_id) != address.channel:
            moved = Breakage(PLATFORM, "moved", self.bot_id, address.channel)
            self._watch.broke(moved, str(sent.chat_id))
        return MessageRef(PLATFORM, self.bot_id, str(sent.chat_id), str(sent.message_id))

    async def _name_in(self, address: Address, user: ChatUser) -> str:
        """Return what somebody is called in a group; empty where Telegram does not say."""
        with suppress(Upstream, Unreachable), told_plainly():
            member = await self._bot.get_chat_member(_number(address.channel), _number(user.user))
            return member.user.full_name
        return ""


@asynccontextmanager
async def open_telegram(
    settings: Settings, *, introduce: bool = True, watch: Watch | None = None
) -> AsyncGenerator[TelegramPlatform]:
    """Open the bot of the settings. Needs no network: with Telegram down it opens all the same.

    ``introduce``: fetch the bot's name and set its commands in the background, as often as it takes.
    Raises ``ValueError`` without a token or with one that does not look like one.
    """
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN is not set")
    protect_logs()
    delays_are_timedeltas()
    requests = [_request(settings.telegram_api_url, watch or Unwatched()) for _ in range(2)]
    bot = Bot(
        token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    platform = TelegramPlatform(bot, bot_id_of(token), watch)
    task = asyncio.create_task(_introduce(platform)) if introduce else None
    try:
        yield platform
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        for request in requests:
            await request.shutdown()


class _Watched(HTTPXRequest):
    """The SDK's transport, which reports what Telegram says of the token: every call has it in its address."""

    def __init__(self, watch: Watch, **options: Any) -> None:
        super().__init__(**options)
        self._watch = watch

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Ask once; the answers of the place of files say nothing about the token."""
        code, body = await super().do_request(url, *args, **kwargs)
        if "/file/bot" not in urlsplit(url).path:
            if code in _TOKEN_REFUSED:
                self._watch.broke(_INSTALLATION, str(code))
            elif code == HTTPStatus.OK:
                self._watch.works(_INSTALLATION)
        return code, body


def _request(url: str, watch: Watch) -> HTTPXRequest:
    """Return the transport. A proxy of the environment leads to Telegram, never to a Bot API on this machine."""
    return _Watched(
        watch,
        connection_pool_size=_POOL,
        connect_timeout=_TIMEOUT,
        read_timeout=_TIMEOUT,
        write_timeout=_TIMEOUT,
        pool_timeout=_TIMEOUT,
        httpx_kwargs={
            "trust_env": not _is_local(url),
            "headers": {"accept-encoding": "identity"},
            "event_hooks": {"response": [_limit]},
        },
    )


class _Bounded(httpx.AsyncByteStream):
    """The body of an answer, up to the limit."""

    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    def __aiter__(self) -> AsyncIterator[bytes]:
        return bounded(self._inner, _MOST)

    async def aclose(self) -> None:
        """Close the body below."""
        await self._inner.aclose()


async def _limit(response: httpx.Response) -> None:
    # Called between the header and the body.
    unpacked(response.headers)
    response.stream = _Bounded(cast("httpx.AsyncByteStream", response.stream))


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def _introduce(platform: TelegramPlatform) -> None:
    pause = 1.0
    while True:
        try:
            await platform.get_me()
            await platform.set_commands()
            return
        except Unreachable:
            return  # refused for good; the bot works without its list of commands
        except AppError as failure:
            _log.warning("Telegram does not answer yet: %s", type(failure.__cause__).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _number(name: str) -> int:
    try:
        return int(name)
    except ValueError:
        raise Unreachable from None


def _thread(address: Address) -> int | None:
    return None if address.thread is None else _number(address.thread)
