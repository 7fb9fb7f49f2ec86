"""Cases of the field: what people send in Telegram, where they say it, and what Telegram answers instead of yes."""

from typing import Any

import pytest

from tests.contract.field.stage import BOT_ID, PHONE, Stage, case
from tests.contract.telegram.standin import refusal
from tests.owner import owner_run

pytestmark = pytest.mark.db

ONLY_TEXT = "I can read only text that you type to me. Please write what you need."
ANSWER = "Nothing is on there."


async def test_telegram_rich_message(stage: Stage) -> None:
    told = case("telegram-rich-message")
    assert await stage.message(told["private"]) == 200
    assert await stage.message(told["group"], told["group_chat"]) == 200
    await stage.settle()
    words = sorted(asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked)
    assert words == [
        "<message>Hall A\nWho speaks at 10:15 in the attic?\nand who after that</message>",
        "<message>who speaks at 10:15 in the attic?</message>",
    ]
    assert (stage.texts(), stage.texts(told["group_chat"]["id"])) == ([ANSWER], [ANSWER])


async def test_telegram_group_command_unsuffixed(stage: Stage) -> None:
    told = case("telegram-group-command-unsuffixed")
    loud = {"text": "/PENDING\n", "entities": told["message"]["entities"]}
    for message in (told["message"], told["other"], told["foreign"], loud):
        assert await stage.message(message, told["chat"]) == 200
    await stage.settle()
    assert stage.texts(told["chat"]["id"]) == ["Nothing waits for you, \u2068Owner of Aleph Events\u2069."] * 2
    assert stage.gemini.asked == []


async def test_telegram_group_caption_mention(stage: Stage) -> None:
    told = case("telegram-group-caption-mention")
    assert await stage.message(told["message"], told["chat"]) == 200
    await stage.settle()
    assert stage.told().endswith("<message>the sign is wrong, what is on in Hall A?</message>")
    assert stage.texts(told["chat"]["id"]) == [ANSWER]


async def test_telegram_media_of_new_kinds(stage: Stage) -> None:
    told = case("telegram-media-of-new-kinds")
    for message in (*told["messages"], *told["service"]):
        assert await stage.message(message) == 200
    await stage.settle()
    assert (stage.texts(), stage.gemini.asked) == ([ONLY_TEXT] * len(told["messages"]), [])


@pytest.mark.parametrize(("captioned", "expected"), [(None, ONLY_TEXT), (0, ANSWER), (1, ANSWER), (2, ANSWER)])
async def test_an_album_has_one_answer(stage: Stage, captioned: int | None, expected: str) -> None:
    for number in range(3):
        words = {"caption": "what is on in Hall A?"} if number == captioned else {}
        photo = {"photo": [{"file_id": f"A{number}"}], "media_group_id": "13577531"}
        assert await stage.message({**photo, **words}) == 200
    await stage.settle()
    assert stage.texts() == [expected]


GROUP = {"id": -1001, "type": "supergroup", "title": "Crew"}
NAMED: dict[str, Any] = {
    "text": "@eventflow_bot what is on?",
    "entities": [{"type": "mention", "offset": 0, "length": 14}],
}
AMENDED: dict[str, Any] = {
    "text": "@eventflow_bot what is on tomorrow?",
    "entities": [{"type": "mention", "offset": 0, "length": 14}],
}


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ([{"text": "what is on?"}, NAMED, AMENDED], ["what is on?"]),
        ([{"text": "@lunch_bot what is on?", "entities": NAMED["entities"]}, NAMED, NAMED], ["what is on?"]),
        ([NAMED, AMENDED, {"text": "never mind"}], ["what is on?"]),
        ([{"photo": [{"file_id": "A"}]}, {"photo": [{"file_id": "A"}], "caption": "@eventflow_bot and here?",
           "caption_entities": NAMED["entities"]}],
         ["and here?"]),
    ],
)  # fmt: skip
async def test_an_edit_that_adds_the_mention_is_answered_once(
    stage: Stage, texts: list[dict[str, Any]], read: list[str]
) -> None:
    assert await stage.message({"message_id": 70} | texts[0], GROUP) == 200
    for text in texts[1:]:
        assert await stage.edited({"message_id": 70} | text, GROUP) == 200
    await stage.settle()
    told = [asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked]
    assert told == [f"<message>{words}</message>" for words in read]
    assert stage.texts(-1001) == [ANSWER] * len(read)


async def test_an_edit_in_a_private_chat_is_read_where_the_first_text_was_not(stage: Stage) -> None:
    assert await stage.message({"message_id": 71, "text": "what is on?"}) == 200
    assert await stage.edited({"message_id": 71, "text": "what is on now?"}) == 200
    assert await stage.edited({"message_id": 72, "text": "and tomorrow?"}) == 200  # written while nobody listened
    assert await stage.message({"message_id": 73, "photo": [{"file_id": "A"}]}) == 200
    assert await stage.edited({"message_id": 73, "photo": [{"file_id": "A"}], "caption": "and here?"}) == 200
    await stage.settle()
    told = [asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked]
    assert told == [f"<message>{words}</message>" for words in ("what is on?", "and tomorrow?", "and here?")]
    assert stage.texts() == [ANSWER, ANSWER, ONLY_TEXT, ANSWER]


async def test_an_edit_of_a_wish_asks_for_nothing_twice(stage: Stage) -> None:
    assert await stage.message({"message_id": 74, "text": stage.wish()}) == 200
    assert await stage.edited({"message_id": 74, "text": stage.wish(title="Y")}) == 200
    await stage.settle()
    assert stage.status() == ["suggested"]


async def test_what_is_forwarded_is_told_as_others_words(stage: Stage) -> None:
    origin = {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "Rina"}}
    assert await stage.message({"text": "The projector is dead", "forward_origin": origin}) == 200
    await stage.settle()
    passed = 'The person passes on what somebody else wrote: {"from": "Rina", "text": "The projector is dead"}.'
    assert passed in stage.told()
    assert stage.told().endswith("<message></message>")
    assert stage.texts() == [ANSWER]


@pytest.mark.parametrize("number", [0, 1])
async def test_telegram_thread_not_found(stage: Stage, number: int) -> None:
    told: dict[str, Any] = case("telegram-thread-not-found")
    stage.telegram.script["sendMessage"] = [refusal(400, told["refusals"][number])]
    assert await stage.message(told["message"], told["chat"]) == 200
    await stage.settle()
    sent = [(form["text"], form.get("message_thread_id")) for form in stage.telegram.of("sendMessage")]
    assert sent == [(ANSWER, "55"), (ANSWER, None)]


async def test_question_about_a_card_in_telegram(stage: Stage) -> None:
    session = stage.session("Closing Panel")
    wish = f'[[update_schedule_item {{"schedule_id": "{session}", "changes": {{"title": "X"}}}}]]'
    assert await stage.message({"text": wish}) == 200
    await stage.settle()
    [card] = [number for number, form in stage.telegram.sent if "reply_markup" in form]
    bot = {"id": int(BOT_ID), "is_bot": True, "first_name": "EventFlow"}
    answered = {"message_id": card, "date": 1, "chat": {"id": PHONE, "type": "private"}, "from": bot, "text": "Card"}
    question = case("question-about-a-card")["question"]
    assert await stage.message({"text": question, "reply_to_message": answered}) == 200
    await stage.settle()
    about = 'about the suggestion on this card: {"suggestion_id": "'
    assert about in stage.told()
    assert '"title": "Closing Panel"' in stage.told()
    assert "Card" not in stage.told().partition("<message>")[0].partition("on this card")[2].partition("}")[2]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (400, "Bad Request: chat not found"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_a_card_whose_managers_group_is_gone_reaches_those_who_decide(stage: Stage, code: int, why: str) -> None:
    group = "-1001"
    stage.telegram.refuse = lambda _method, form: refusal(code, why) if form.get("chat_id") == group else None
    owner_run(stage.owner_url, "delete from public.workspaces where platform = 'slack'")
    assert await stage.event({"text": f"<@UBOT> {stage.wish()}", "user": "U4", "channel": "C2"}) == 200
    await stage.settle()
    told = "The managers' channel cannot be reached, so I asked those who may decide directly."
    assert [text.partition(" If nobody")[0] for text in stage.said("C2")][1:] == [told]
    shown = sorted(form["chat_id"] for _, form in stage.telegram.sent if "reply_markup" in form)
    assert shown == ["7000", "7001", str(PHONE)]
