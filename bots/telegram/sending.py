"""One message to one chat: HTML that Telegram cannot parse goes as plain text, a group that moved is followed."""

from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bots.telegram.failures import says
from bots.telegram.text import parsed

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Markup = InlineKeyboardMarkup | ForceReply | None


async def send(bot: Bot, chat: int, thread: int | None, html: str, markup: Markup = None) -> Message:
    """Send a message, to the supergroup where the group became one."""
    try:
        return await send_to(bot, chat, thread, html, markup)
    except ChatMigrated as moved:
        return await send_to(bot, moved.new_chat_id, thread, html, markup)


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
        if not says(refusal, "can't parse entities"):
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
        if not says(refusal, "can't parse entities"):
            raise
        await edited(parsed(html), None)


async def send_picture(bot: Bot, chat: int, thread: int | None, png: bytes, caption: str) -> None:
    """Send a picture, to the supergroup where the group became one."""

    async def sent(to: int) -> None:
        await bot.send_photo(to, png, caption=caption, message_thread_id=thread, filename="picture.png")

    try:
        await sent(chat)
    except ChatMigrated as moved:
        await sent(moved.new_chat_id)
