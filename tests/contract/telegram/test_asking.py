"""Questions that somebody answers by replying, and pictures, as the real SDK sends them."""

import json
import logging

import pytest

from bots.telegram.outbound import TelegramPlatform
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser
from tests.contract.telegram.standin import BOT_ID, BotApi, as_json, html_page, ok, refusal

pytestmark = pytest.mark.contract

NOA = ChatUser("telegram", BOT_ID, "42")
PRIVATE = Address("telegram", BOT_ID, "42")
GROUP = Address("telegram", BOT_ID, "-1001", "9")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def asking(form: dict[str, str]) -> object:
    return as_json(form["reply_markup"])


def reply(placeholder: str) -> dict[str, object]:
    return {"force_reply": True, "selective": True, "input_field_placeholder": placeholder}


async def test_a_question_opens_a_reply_in_the_language_of_the_question(
    api: BotApi, platform: TelegramPlatform
) -> None:
    english = await platform.ask(NOA, PRIVATE, "Which room for “<Lunch>”?")
    await platform.ask(NOA, PRIVATE, "באיזה אולם?")
    first, second = api.of("sendMessage")
    assert (english, first["chat_id"], first["text"]) == (
        MessageRef("telegram", BOT_ID, "42", "101"),
        "42",
        "Which room for “&lt;Lunch&gt;”?",
    )
    assert [asking(form) for form in (first, second)] == [reply("Your answer"), reply("התשובה שלך")]
    assert api.of("getChatMember") == []


async def test_in_a_group_the_one_who_pressed_is_called_by_name(api: BotApi, platform: TelegramPlatform) -> None:
    await platform.ask(NOA, GROUP, "Which room?")
    await platform.ask(NOA, GROUP, "באיזה אולם?")
    call = '<a href="tg://user?id=42">Noa &lt;Mizrahi&gt;</a>'
    first, second = api.of("sendMessage")
    assert (first["text"].replace("\u2068", "").replace("\u2069", ""), first["message_thread_id"]) == (
        f"{call}, this is for you:\nWhich room?",
        "9",
    )
    assert second["text"].replace("\u2068", "").replace("\u2069", "") == (f"\u200f{call}, השאלה אליך:\nבאיזה אולם?")
    assert api.of("getChatMember") == [{"chat_id": "-1001", "user_id": "42"}] * 2


async def test_a_group_that_does_not_tell_names_is_asked_without_one(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["getChatMember"] = [refusal(400, "Bad Request: user not found"), html_page(502)]
    for _ in range(2):
        await platform.ask(NOA, GROUP, "Which room?")
    assert [form["text"] for form in api.of("sendMessage")] == ["Which room?"] * 2


async def test_a_question_to_somebody_who_left_is_unreachable(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["sendMessage"] = [refusal(403, "Forbidden: bot was blocked by the user")]
    with pytest.raises(Unreachable):
        await platform.ask(NOA, PRIVATE, "Which room?")


CARD = MessageRef("telegram", BOT_ID, "7002", "55")


async def test_a_picture_answers_its_card_with_its_words_below_it(api: BotApi, platform: TelegramPlatform) -> None:
    await platform.picture(
        MessageRef("telegram", BOT_ID, "-1001", "7"), "9", PNG, "Hall B is taken by @noa, see t.me/x"
    )
    await platform.picture(CARD, None, PNG, "10:00 תפוס\n" + "א" * 2000)
    first, second = api.of("sendPhoto")
    # The number that the SDK gives to an upload means nothing.
    assert {**first, "photo": ""} == {
        "chat_id": "-1001",
        "message_thread_id": "9",
        "reply_parameters": '{"allow_sending_without_reply": true, "message_id": 7}',
        "caption": "Hall B is taken by @\u2060noa, see t.\u2060me/x",
        "photo": "",
    }
    assert (second["caption"][:12], len(second["caption"]), second["caption"][-1]) == ("\u200f10:00 תפוס\n", 1024, "…")


async def test_another_picture_takes_the_place_of_the_one_that_is_there(
    api: BotApi, platform: TelegramPlatform
) -> None:
    made = {"message_id": 54, "date": 1, "chat": {"id": 7002, "type": "private"}}
    api.script["editMessageMedia"] = [ok(made), refusal(400, "Bad Request: message is not modified: it is the same")]
    for _ in range(2):
        assert await platform.picture(CARD, None, PNG, "the rooms, see t.me/x", instead_of="54") == "54"
    first, _again = api.of("editMessageMedia")
    media = json.loads(first["media"])
    assert {**media, "media": ""} == {"type": "photo", "media": "", "caption": "the rooms, see t.\u2060me/x"}
    assert (first["chat_id"], first["message_id"], media["media"][:9]) == ("7002", "54", "attach://")
    assert api.of("sendPhoto") == []


async def test_a_picture_that_cannot_be_edited_is_none_any_more(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["editMessageMedia"] = [refusal(400, "Bad Request: message can't be edited")]
    assert await platform.picture(CARD, None, PNG, "the rooms", instead_of="54") is None


async def test_an_old_picture_is_deleted_or_says_that_it_is_old(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["deleteMessage"] = [
        ok(True),
        refusal(400, "Bad Request: message to delete not found"),
        refusal(400, "Bad Request: message can't be deleted for everyone"),
    ]
    for _ in range(3):
        await platform.remove_picture(CARD, "54", "he")
    assert api.of("deleteMessage") == [{"chat_id": "7002", "message_id": "54"}] * 3
    [told] = api.of("editMessageCaption")
    assert (told["message_id"], told["caption"]) == ("54", "האולמות כפי שהיו לפני ההחלטה.")


async def test_a_picture_that_is_refused_is_left_out_and_noted(
    api: BotApi, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bots.telegram.failures")
    api.script["sendPhoto"] = [refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")]
    await platform.picture(CARD, None, PNG, "the rooms")
    assert caplog.messages == ["Telegram refuses for good: Image_process_failed"]


async def test_a_picture_is_tried_again_when_telegram_is_down(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["sendPhoto"] = [refusal(429, "Too Many Requests: retry after 3", retry_after=3)]
    with pytest.raises(Upstream) as slow:
        await platform.picture(CARD, None, PNG, "the rooms")
    assert slow.value.retry_after == 3


async def test_a_picture_follows_a_group_that_moved(api: BotApi, platform: TelegramPlatform) -> None:
    moved = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777)
    api.script["sendPhoto"] = [moved]
    await platform.picture(MessageRef("telegram", BOT_ID, "-5", "55"), None, PNG, "the rooms")
    assert [form["chat_id"] for form in api.of("sendPhoto")] == ["-5", "-100777"]


async def test_a_document_goes_under_its_name_into_the_topic(api: BotApi, platform: TelegramPlatform) -> None:
    await platform.document(GROUP, "דוח.txt", b"12345")
    [form] = api.of("sendDocument")
    attached = form["document"].removeprefix("attach://")
    assert {**form, "document": "", attached: form.get(attached, form["document"])} == {
        "chat_id": "-1001",
        "message_thread_id": "9",
        "disable_content_type_detection": "true",
        "document": "",
        attached: "file of 5 bytes",
    }
    api.script["sendDocument"] = [refusal(403, "Forbidden: bot was blocked by the user")]
    with pytest.raises(Unreachable):
        await platform.document(PRIVATE, "a.txt", b"1")
