"""Questions, pictures and commands of a bot as python-telegram-bot meets them in the playground."""

import json

import httpx2
import pytest
from telegram import Bot, BotCommand, ForceReply
from telegram.error import BadRequest

from tests.contract.playground.ground import Playground
from tests.contract.playground.pngs import png

pytestmark = pytest.mark.contract


async def shown(ground: Playground, chat: str) -> list[dict[str, object]]:
    return (await ground.state())["telegram"]["messages"].get(chat, [])


async def test_a_picture_arrives_byte_for_byte_with_its_words(ground: Playground) -> None:
    content = png(60, 40)
    async with ground.bot() as bot, httpx2.AsyncClient(trust_env=False) as client:
        sent = await bot.send_photo(7001, content, caption="אולם ב, 10:00")
        [message] = await shown(ground, "7001")
        photo = message["photo"]
        assert isinstance(photo, dict)
        kept = await client.get(f"{ground.address}/playground/pictures/{photo['id']}")
        gone = await client.get(f"{ground.address}/playground/pictures/none")
    assert (kept.content, kept.headers["content-type"], gone.status_code) == (content, "image/png", 404)
    assert (sent.caption, sent.text, [(size.width, size.height) for size in sent.photo]) == (
        "אולם ב, 10:00",
        None,
        [(60, 40)],
    )
    assert (message["text"], photo["width"], photo["height"]) == ("אולם ב, 10:00", 60, 40)


@pytest.mark.parametrize(
    ("content", "caption", "words"),
    [
        (b"no picture at all, just some words", "x", "Image_process_failed"),
        (b"\x89PNG\r\n\x1a\n", "x", "Image_process_failed"),
        (png(60, 2), "x", "Photo_invalid_dimensions"),
        (png(60, 40), "x" * 1025, "Message caption is too long"),
    ],
)
async def test_a_picture_that_telegram_does_not_take(
    ground: Playground, content: bytes, caption: str, words: str
) -> None:
    async with ground.bot() as bot:
        with pytest.raises(BadRequest, match=words):
            await bot.send_photo(7001, content, caption=caption)
        with pytest.raises(BadRequest, match="There is no photo in the request"):
            await bot.send_photo(7001, "https://example.org/picture.png")
    assert await shown(ground, "7001") == []


async def test_the_words_of_a_picture_are_no_text_to_edit(ground: Playground) -> None:
    async with ground.bot() as bot:
        sent = await bot.send_photo(7001, png(60, 40))
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await bot.edit_message_text("x", 7001, sent.message_id)


async def test_a_question_says_whom_it_asks(ground: Playground) -> None:
    call = '<a href="tg://user?id=7002">Tom</a>: which room?'
    async with ground.bot() as bot:
        await bot.send_message(7001, "when?", reply_markup=ForceReply(selective=True, input_field_placeholder="14:00"))
        await bot.send_message(-1001, call, parse_mode="HTML", reply_markup=ForceReply(selective=True))
        await bot.send_message(-1001, "anybody?", reply_markup=ForceReply())
    asked = [each["force_reply"] for chat in ("7001", "-1001") for each in await shown(ground, chat)]
    assert asked == [
        {"placeholder": "14:00", "selective": True, "for": []},
        {"placeholder": "", "selective": True, "for": ["7002"]},
        {"placeholder": "", "selective": False, "for": []},
    ]


async def test_a_question_that_telegram_does_not_take(ground: Playground) -> None:
    async with ground.bot() as bot:
        with pytest.raises(BadRequest, match="Input field placeholder is too long"):
            await bot.send_message(7001, "x", reply_markup=ForceReply(input_field_placeholder="x" * 65))
    assert await shown(ground, "7001") == []


async def test_an_answer_to_a_question_in_a_group_reaches_the_bot(ground: Playground) -> None:
    async with ground.bot() as bot:
        asked = await bot.send_message(-1001, "which room?", reply_markup=ForceReply())
    said = {"person": "7002", "chat": "-1001", "text": "Hall B"}
    await ground.post("telegram/say", said)
    await ground.post("telegram/say", {**said, "reply_to": asked.message_id})
    await ground.program.wait(1)
    [update] = [json.loads(body) for _path, body, _headers in ground.program.got]
    quoted = update["message"]["reply_to_message"]
    assert (update["message"]["text"], quoted["message_id"], quoted["text"]) == (
        "Hall B",
        asked.message_id,
        "which room?",
    )


async def test_a_bot_learns_what_somebody_is_called(ground: Playground) -> None:
    async with ground.bot() as bot:
        member = await bot.get_chat_member(-1001, 7002)
        assert (member.status, member.user.full_name) == ("member", "Tom Harris")
        for chat, user in ((-1001, 1), (7001, 7002)):
            with pytest.raises(BadRequest, match="User not found"):
                await bot.get_chat_member(chat, user)


async def test_the_commands_are_kept_by_language(ground: Playground) -> None:
    async with ground.bot() as bot:
        await bot.set_my_commands([BotCommand("pending", "What waits")])
        await bot.set_my_commands([BotCommand("pending", "מה ממתין")], language_code="he")
    assert (await ground.state())["telegram"]["commands"] == {
        "": [{"command": "pending", "description": "What waits"}],
        "he": [{"command": "pending", "description": "מה ממתין"}],
    }


@pytest.mark.parametrize(
    ("command", "described", "words"),
    [("Pending", "x", "Bot_command_invalid"), ("mine", "x" * 257, "Bot_command_description_invalid")],
)
async def test_commands_that_telegram_does_not_take(
    ground: Playground, command: str, described: str, words: str
) -> None:
    async with ground.bot() as bot:
        assert isinstance(bot, Bot)
        with pytest.raises(BadRequest, match=words):
            await bot.set_my_commands([BotCommand(command, described)])
    assert (await ground.state())["telegram"]["commands"] == {}


async def test_a_document_stands_in_the_chat_and_can_be_saved(ground: Playground) -> None:
    body = "דוח".encode()
    async with ground.bot() as bot, httpx2.AsyncClient(trust_env=False) as client:
        sent = await bot.send_document(7001, body, filename="דוח על agenda.txt")
        with pytest.raises(BadRequest, match="There is no document in the request"):
            await bot.send_document(7001, "https://example.org/agenda.txt")
        [message] = (await ground.state())["telegram"]["messages"]["7001"]
        kept = await client.get(f"{ground.address}/playground/pictures/{message['document']['id']}")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("דוח על agenda.txt", len(body))
    assert (kept.content, message["document"]["name"]) == (body, "דוח על agenda.txt")
