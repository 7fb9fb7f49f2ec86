"""One message to one chat: what Telegram does not take goes as plain text, a group that moved is followed."""

from collections.abc import Awaitable, Callable

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bots.telegram.failures import CHAT_GONE, says
from bots.telegram.text import parsed

_NO_TOPIC = (
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "topic closed",
    "topic deleted",
    "topic_id_invalid",
)
_NOT_THE_TEXT = (
    *CHAT_GONE,
    *_NO_TOPIC,
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)
"""Refusals that another form of the same words does not mend. Any other is tried once more, as plain text: tags that
Telegram does not parse, and what this program does not know yet."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Markup = InlineKeyboardMarkup | ForceReply | None


async def send(bot: Bot, chat: int, thread: int | None, html: str, markup: Markup = None) -> Message:
    """Send a message, to the supergroup where the group became one, outside of a topic that is gone or closed."""

    async def sent(to: int, topic: int | None) -> Message:
        return await send_to(bot, to, topic, html, markup)

    return await _wherever_it_is(sent, chat, thread)


async def send_to(bot: Bot, chat: int, thread: int | None, html: str, markup: Markup = None) -> Message:
    """Send a message to exactly this chat. Raises ``ChatMigrated``."""

    async def sent(text: str, mode: ParseMode | None) -> Message:
        return await bot.send_message(
            chat,
            text,
            parse_mode=mode,
            reply_markup=markup,
            message_thread_id=thread,
            link_preview_options=_NO_PREVIEW,
        )

    try:
        return await sent(html, ParseMode.HTML)
    except BadRequest as refusal:
        if says(refusal, *_NOT_THE_TEXT):
            raise
        return await sent(parsed(html), None)


async def edit(bot: Bot, chat: int, message: int, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
    """Replace a message's text and keyboard."""

    async def edited(text: str, mode: ParseMode | None) -> None:
        await bot.edit_message_text(
            text, chat, message, parse_mode=mode, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
        )

    try:
        await edited(html, ParseMode.HTML)
    except BadRequest as refusal:
        if says(refusal, *_NOT_THE_TEXT):
            raise
        await edited(parsed(html), None)


async def send_picture(bot: Bot, chat: int, thread: int | None, png: bytes, caption: str, *, to: int) -> Message:
    """Send a picture to where a message would go, as an answer to the message ``to`` while that is there."""
    answers = ReplyParameters(to, allow_sending_without_reply=True)

    async def sent(where: int, topic: int | None) -> Message:
        return await bot.send_photo(
            where, png, caption=caption, message_thread_id=topic, filename="picture.png", reply_parameters=answers
        )

    return await _wherever_it_is(sent, chat, thread)


async def edit_picture(bot: Bot, chat: int, message: int, png: bytes, caption: str) -> None:
    """Put a picture and its words in the place of those that a message has."""
    media = InputMediaPhoto(png, caption=caption, filename="picture.png")
    try:
        await bot.edit_message_media(media, chat, message)
    except BadRequest as refusal:
        if not says(refusal, "message is not modified"):
            raise


async def send_document(bot: Bot, chat: int, thread: int | None, name: str, body: bytes) -> None:
    """Send a file to where a message would go."""

    async def sent(to: int, topic: int | None) -> Message:
        return await bot.send_document(
            to, body, filename=name, message_thread_id=topic, disable_content_type_detection=True
        )

    await _wherever_it_is(sent, chat, thread)


async def _wherever_it_is(
    sent: Callable[[int, int | None], Awaitable[Message]], chat: int, thread: int | None
) -> Message:
    async def in_topic(to: int) -> Message:
        try:
            return await sent(to, thread)
        except BadRequest as refusal:
            if thread is None or not says(refusal, *_NO_TOPIC):
                raise
            # Deleted or closed while the answer was made: it goes to the group, and nobody waits in vain.
            return await sent(to, None)

    try:
        return await in_topic(chat)
    except ChatMigrated as moved:
        return await in_topic(moved.new_chat_id)
