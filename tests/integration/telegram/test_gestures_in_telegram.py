"""Every gesture in Telegram, over HTTP with the real SDK, in both languages: shown, pressed, typed, and done."""

import pytest

from core.ai.models import ModelReply
from core.db import Database
from core.kernel.phrases import Moment, phrase
from core.texts import say
from tests.fakes import calls, says
from tests.integration.flows.office import MOVE, log_rows, start_of, statuses
from tests.integration.telegram.chat import DANA, DECIDERS, GROUP, Json, pressable, telegram, verdicts
from tests.owner import owner_rows
from tests.world import World, at, make_world

pytestmark = pytest.mark.db

DELETE = ("delete_schedule_item", {"schedule_id": "Opening Keynote"})
TAKEN = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"room": "Hall A"}})
WAITS = says("It waits.")


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def asked(*tools: tuple[str, object]) -> tuple[ModelReply, ...]:
    return tuple(reply for tool in tools for reply in (calls(tool), WAITS))  # pyright: ignore[reportArgumentType]


def plainly(text: str) -> str:
    """A text without marks of direction and joiners."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069\u200e\u200f\u2060")


def has(message: Json, locale: str, text: str, **values: str) -> bool:
    """Whether a message says this sentence."""
    return plainly(say(locale, phrase(text, **values))) in plainly(message["text"])


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_consequences_are_acknowledged_before_there_is_a_button_to_approve(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        assert verdicts(await chat.card(who))[:2] == [["acknowledge"], ["menu.reject"]]
        await chat.press(who, "acknowledge")
        assert verdicts(await chat.card(who))[:2] == [["withdraw"], ["approve", "menu.reject"]]
        await chat.press(who, "withdraw")
        assert verdicts(await chat.card(who))[:2] == [["acknowledge"], ["menu.reject"]]
        await chat.press(who, "acknowledge")
        await chat.press(who, "approve")
        card = await chat.card(who)
        assert has(card, locale, "state-executed")
        assert (statuses(owner_url), start_of(owner_url, world, "Opening Keynote")) == (["executed"], at("14:00"))
        assert await chat.alerts() == []


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_a_word_is_typed_as_an_answer_to_the_card(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(DELETE)) as chat:
        await chat.say(who, "remove it")
        card = await chat.card(who)
        assert verdicts(card)[0] == ["menu.reject"]
        word = phrase("word-delete")
        assert has(card, locale, "gesture-reply", word=say(locale, word))
        await chat.say(who, "yes", answers=card)
        assert plainly((await chat.last(who))["text"]) == plainly(say(locale, phrase("gesture-word", word=word)))
        assert statuses(owner_url) == ["suggested"]
        await chat.say(who, say(locale, word), answers=card)
        assert has(await chat.card(who), locale, "state-executed")
        assert (statuses(owner_url), start_of(owner_url, world, "Opening Keynote")) == (["executed"], None)


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_a_reason_is_chosen_from_a_menu_and_the_menu_can_be_left(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        opened = verdicts(await chat.card(who))
        await chat.press(who, "menu.reject")
        menu = [each for row in verdicts(await chat.card(who)) for each in row]
        assert (menu[0], menu[-2:]) == ("reject.not_needed", ["reject", "menu"])
        await chat.press(who, "menu:")
        assert verdicts(await chat.card(who)) == opened
        await chat.press(who, "menu.reject")
        await chat.press(who, "reject.too_late")
        card = await chat.card(who)
        assert has(card, locale, "state-rejected")
        assert plainly(say(locale, phrase("reject-too-late"))) in plainly(card["text"])
        [row] = log_rows(owner_url)
        assert (row["execution_status"], row["decided_from"]["reason"]) == ("rejected", "too_late")


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_a_reason_in_ones_own_words_is_asked_for_and_answered(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        await chat.press(who, "menu.reject")
        await chat.press(who, "reject.other")
        question = await chat.last(who)
        assert has(question, locale, "ask-reason", title="Opening Keynote")
        assert question["force_reply"] == {
            "placeholder": say(locale, phrase("telegram-answer-here")),
            "selective": True,
            "for": [],
        }
        await chat.say(who, "the speaker\nis <b>late</b>", answers=question)
        card = await chat.card(who)
        assert has(card, locale, "state-rejected")
        assert "the speaker is <b>late</b>" in plainly(card["text"])
        [row] = log_rows(owner_url)
        assert (row["execution_status"], row["decided_from"]["reason"]) == (
            "rejected",
            "the speaker is <b>late</b>",
        )


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
@pytest.mark.parametrize(
    ("choice", "typed", "column", "becomes"),
    [
        ("time", "15:00", "start_time", at("15:00").isoformat()),
        ("room", "hall  b", "room", "Hall B"),
        ("speaker", "Tom Harris", "speaker_name", "Tom Harris"),
        ("title", "Doors Open", "title", "Doors Open"),
    ],
)
async def test_what_is_suggested_is_changed_by_answering_a_question(
    db: Database,
    world: World,
    owner_url: str,
    database_url: str,
    who: str,
    locale: str,
    choice: str,
    typed: str,
    column: str,
    becomes: str,
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        await chat.press(who, "menu.edit")
        assert [each for row in verdicts(await chat.card(who)) for each in row][:4] == [
            "edit.title",
            "edit.time",
            "edit.room",
            "edit.speaker",
        ]
        await chat.press(who, f"edit.{choice}")
        question = await chat.last(who)
        assert has(question, locale, f"ask-{choice}", title="Opening Keynote")
        await chat.say(who, typed, answers=question)
        first, second = log_rows(owner_url)
        assert (first["execution_status"], second["execution_status"]) == ("superseded", "suggested")
        assert (second["edited_from"], second["action_data"]["args"]["set"][column]) == (first["id"], becomes)
        card = await chat.card(who)
        assert pressable(card)[0].endswith(second["id"].hex)
        # Rooms to choose from stand below their question, which is answered; no card offers what is past.
        cards = [each for each in await chat.messages(who) if each["message_id"] != question["message_id"]]
        assert first["id"].hex not in str(cards)


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_a_room_is_pressed_once_and_its_button_says_so_when_it_is_pressed_again(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        await chat.press(who, "menu.edit")
        await chat.press(who, "edit.room")
        question = await chat.last(who)
        rooms = {button["text"].strip("\u200f\u2068\u2069"): button["callback_data"] for button in _buttons(question)}
        assert sorted(rooms) == ["Hall B", "Workshop"]
        await chat.press(who, rooms["Workshop"])
        first, second = log_rows(owner_url)
        assert (first["execution_status"], second["execution_status"]) == ("superseded", "suggested")
        assert second["action_data"]["args"]["set"]["room"] == "Workshop"
        for again in (rooms["Workshop"], rooms["Hall B"]):
            await chat.press(who, again)
            assert (await chat.alerts())[-1] == (who, say(locale, phrase("ask-answered")))
        assert log_rows(owner_url) == [first, second]


def _buttons(message: Json) -> list[Json]:
    return [button for row in message["reply_markup"]["inline_keyboard"] for button in row]


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_something_else_is_chosen_where_a_place_is_taken(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(TAKEN)) as chat:
        await chat.say(who, "to Hall A")
        card = await chat.card(who)
        assert verdicts(card)[0] == ["alternative.0"]
        assert ["reject"] in verdicts(card)[1:]
        await chat.press(who, "alternative.0")
        blocked, instead = log_rows(owner_url)
        assert (blocked["execution_status"], instead["execution_status"]) == ("superseded", "suggested")
        assert not instead["is_blocked"]
        assert pressable(await chat.card(who))[0].endswith(instead["id"].hex)


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_everything_can_be_read_in_full(
    db: Database, world: World, database_url: str, who: str, locale: str
) -> None:
    words = " ".join(f"word{number}" for number in range(450))
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, f"move it, {words}")
        card = await chat.card(who)
        assert "word449" not in card["text"]
        assert "show" in [each for row in verdicts(card) for each in row]
        before = len(await chat.messages(who))
        await chat.press(who, "show")
        said = (await chat.messages(who))[before:]
        whole = "\n".join(plainly(each["text"]) for each in said)
        assert len(said) > 1
        assert words.replace(" ", "") in whole.replace(" ", "").replace("\n", "")
        assert plainly(say(locale, phrase("card-schedule-update", title="Opening Keynote"))) in whole


@pytest.mark.parametrize(("who", "locale"), DECIDERS)
async def test_pending_and_mine_show_what_there_is(
    db: Database, world: World, owner_url: str, database_url: str, who: str, locale: str
) -> None:
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(who, "move it")
        name = world.people["manager" if who == DANA else "owner"].name
        await chat.say(who, "/pending")
        *_, first, again = await chat.messages(who)
        assert plainly(first["text"]) == plainly(say(locale, phrase("desk-waiting", count=1, name=name)))
        cards = [each for each in await chat.messages(who) if pressable(each)]
        assert (len(cards), cards[-1]["message_id"]) == (2, again["message_id"])
        await chat.press(who, "menu.reject")
        await chat.press(who, "reject:")
        cards = [each for each in await chat.messages(who) if has(each, locale, "state-rejected")]
        assert len(cards) == 2
        await chat.say(who, "/mine")
        [row] = log_rows(owner_url)
        at_ = Moment(row["decided_at"], "Asia/Jerusalem")
        outcome = plainly(say(locale, phrase("outcome-rejected", name=name, at=at_)))
        assert plainly((await chat.last(who))["text"]).endswith(outcome)


async def test_in_a_group_the_one_who_pressed_is_called_and_nobody_else_answers_for_them(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    adam, dana = DECIDERS[0][0], DECIDERS[1][0]
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(adam, "@eventflow_bot move it", chat=GROUP)
        await chat.press(adam, "menu.reject", chat=GROUP)
        await chat.press(adam, "reject.other", chat=GROUP)
        question = await chat.last(GROUP)
        assert (question["force_reply"]["for"], plainly(question["text"]).split(",")[0]) == ([adam], "Adam Cohen")
        await chat.say(dana, "not mine", answers=question, chat=GROUP)
        name = world.people["owner"].name
        assert plainly((await chat.last(GROUP))["text"]) == plainly(say("he", phrase("ask-not-yours", name=name)))
        assert statuses(owner_url) == ["suggested"]
        await chat.say(adam, "too far away", answers=question, chat=GROUP)
        assert statuses(owner_url) == ["rejected"]


@pytest.mark.parametrize(
    "changes",
    [
        {"message": {"forward_origin": {"type": "user", "date": 1}}},
        {"message": {"from": {"id": 7001, "is_bot": False, "first_name": "Noa"}}},
        {"message": {"via_bot": {"id": 4242, "is_bot": True, "first_name": "EventFlow"}}},
        {"inline_message_id": "AAAA"},
        {"data": "approve.now:{id}"},
        {"data": "APPROVE:{id}"},
        {"data": "approve:{id} "},
        {"data": "approve:00000000000000000000000000000000"},
        {"from": {"id": 7003, "is_bot": False, "first_name": "Shai"}},
        {"from": {"id": 7001, "is_bot": False, "first_name": "Noa"}},
    ],
)
async def test_a_press_that_is_not_ours_does_nothing_and_is_answered(
    db: Database, world: World, owner_url: str, database_url: str, changes: Json
) -> None:
    adam = DECIDERS[0][0]
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(adam, "move it")
        await chat.press(adam, "acknowledge")
        [row] = log_rows(owner_url)
        await chat.deliver({"callback_query": _forged(await chat.card(adam), row["id"].hex, changes)})
        assert statuses(owner_url) == ["suggested"]
        assert start_of(owner_url, world, "Opening Keynote") == at("10:00")
        executed = owner_rows(owner_url, "select from public.ai_insights_log where execution_status = 'executed'")
        assert executed == []


async def test_a_press_on_a_message_too_old_to_be_shown_still_counts(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    adam = DECIDERS[0][0]
    async with telegram(db, world, database_url, *asked(MOVE)) as chat:
        await chat.say(adam, "move it")
        await chat.press(adam, "acknowledge")
        card, [row] = await chat.card(adam), log_rows(owner_url)
        old = {"message_id": card["message_id"], "chat": {"id": int(adam), "type": "private"}, "date": 0}
        query = _forged(card, row["id"].hex, {})
        await chat.deliver({"callback_query": {**query, "message": old}})
        assert statuses(owner_url) == ["executed"]
        assert has(await chat.card(adam), "en", "state-executed")


def _forged(card: Json, suggestion: str, changes: Json) -> Json:
    """A press on Adam's card as Telegram tells of it, with some of it changed."""
    message = {
        "message_id": card["message_id"],
        "date": 1,
        "chat": {"id": 7005, "type": "private", "first_name": "Adam"},
        "from": {"id": 4242, "is_bot": True, "first_name": "EventFlow"},
        "text": card["text"],
        **changes.get("message", {}),
    }
    return {
        "id": "12345",
        "from": {"id": 7005, "is_bot": False, "first_name": "Adam"},
        "chat_instance": "1",
        **{key: value for key, value in changes.items() if key not in {"message", "data"}},
        "message": message,
        "data": changes.get("data", "approve:{id}").replace("{id}", suggestion),
    }
