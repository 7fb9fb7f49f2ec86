"""Telegram's updates become messages and presses, or nothing; never an exception."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.telegram.inbound import anonymous, inbound_event, parse
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.principal import ChatUser

BOT = "777"
NAME = "EventFlowBot"
DANA = {"id": 42, "is_bot": False, "first_name": "Dana", "language_code": "he"}
DANA_USER = ChatUser("telegram", BOT, "42")
SUGGESTION = UUID("01936b2e-7a3c-7c1e-8f00-0123456789ab")
PRIVATE = {"id": 42, "type": "private"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Crew"}


def update(text: str | None = "hello", *, chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    message = {"message_id": 7, "date": 1, "from": DANA, "chat": chat, "text": text} | fields
    return {"update_id": 5, "message": message}


def entity(kind: str, text: str, part: str, **fields: Any) -> dict[str, Any]:
    offset = len(text[: text.index(part)].encode("utf-16-le")) // 2
    return {"type": kind, "offset": offset, "length": len(part.encode("utf-16-le")) // 2} | fields


def group(text: str, *entities: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return update(text, chat=GROUP, entities=list(entities), **fields)


def said(
    text: str,
    *,
    chat: str = "42",
    thread: str | None = None,
    token: str | None = None,
    answers: str | None = None,
    **more: Any,
) -> InboundMessage:
    ref = MessageRef("telegram", BOT, chat, answers) if answers else None
    return InboundMessage(
        event_id=more.pop("event_id", "5"),
        sender=DANA_USER,
        address=Address("telegram", BOT, chat, thread),
        text=text,
        direct=chat == "42",
        reply_to=ref,
        under=ref,
        link_token=token,
        **more,
    )


def press(data: object = None, **fields: Any) -> dict[str, Any]:
    query = {"id": "99", "from": DANA, "message": {"message_id": 7, "chat": GROUP, "date": 1}, "data": data} | fields
    return {"update_id": 6, "callback_query": query}


def decided(
    verdict: Any, suggestion: UUID | None, pressed: tuple[str, str] = ("-1001", "7"), choice: str = ""
) -> Decision:
    return Decision(
        event_id="6",
        sender=DANA_USER,
        suggestion_id=suggestion,
        verdict=verdict,
        pressed=MessageRef("telegram", BOT, *pressed),
        choice=choice,
    )


def on(message: dict[str, Any]) -> dict[str, Any]:
    """A press on a message of the given fields."""
    return press(f"approve:{SUGGESTION.hex}", message={"message_id": 7, "chat": GROUP, "date": 1} | message)


def read(payload: dict[str, Any], username: str | None = NAME) -> InboundMessage | Decision | None:
    return parse(payload, bot_id=BOT, username=username)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מי מדבר באולם ב בעשר?", said("מי מדבר באולם ב בעשר?")),
        ("/start", said("/start")),
        ("/start aZ_9-", said("/start", token="aZ_9-")),
        (f"/start {'a' * 64}", said("/start", token="a" * 64)),
        (f"/start {'a' * 65}", said("/start")),
        ("/start not a token", said("/start")),
        ("/start@EventFlowBot abc", said("/start", token="abc")),
        ("/started abc", said("/started abc")),
        ("/PENDING\n", said("/pending")),
        ("/Start@EventFlowBot abc", said("/start", token="abc")),
        ("/Mine please", said("/mine please")),
        ("  \n ", None),
        (None, None),
    ],
)
def test_a_private_text(text: str | None, expected: InboundMessage | None) -> None:
    assert read(update(text)) == expected


def test_a_group_is_heard_only_when_it_speaks_to_the_bot() -> None:
    mention = "👍 hey @eventflowbot, move the keynote"
    command = "/agenda@EventFlowBot tomorrow"
    linked = "EventFlow: who is next?"
    bot = {"id": 777, "is_bot": True, "first_name": "EventFlow"}
    answers = {"message_id": 3, "date": 1, "chat": GROUP, "from": bot}

    assert [
        read(group(mention, entity("mention", mention, "@eventflowbot"))),
        read(group(command, entity("bot_command", command, "/agenda@EventFlowBot"))),
        read(group(linked, entity("text_mention", linked, "EventFlow", user=bot))),
        read(group("and at eleven?", reply_to_message=answers)),
        read(group("@EventFlowBot", entity("mention", "@EventFlowBot", "@EventFlowBot"))),
        read(group("/pending", entity("bot_command", "/pending", "/pending"))),
        read(group("/pending@OtherBot", entity("bot_command", "/pending@OtherBot", "/pending@OtherBot"))),
        read(group("lunch?")),
        read(group("@EventFlowBot typed but no entity")),
        read(group("@OtherBot hi", entity("mention", "@OtherBot hi", "@OtherBot"))),
        read(group("/agenda", entity("bot_command", "/agenda", "/agenda"))),
        read(group("ok", reply_to_message=answers | {"from": DANA})),
        read(group("news", reply_to_message=answers | {"forum_topic_created": {"name": "Stage"}})),
    ] == [
        said("👍 hey, move the keynote", chat="-1001"),
        said("/agenda tomorrow", chat="-1001"),
        said("who is next?", chat="-1001"),
        said("and at eleven?", chat="-1001", answers="3"),
        said("/help", chat="-1001", language="he"),
        said("/pending", chat="-1001"),
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    ]


def test_a_link_token_in_a_group_is_neither_used_nor_kept() -> None:
    text = "/start@EventFlowBot secret"
    assert read(group(text, entity("bot_command", text, "/start@EventFlowBot"))) == said("/start", chat="-1001")


def test_only_a_topic_is_a_thread() -> None:
    assert [
        read(update("x", message_thread_id=9, is_topic_message=True)),
        read(update("x", message_thread_id=9)),
        read(update("x", message_thread_id="9", is_topic_message=True)),
    ] == [said("x", thread="9"), said("x"), said("x")]


@pytest.mark.parametrize(
    "fields",
    [
        {"from": {"id": 777000, "is_bot": False}},
        {"from": {"id": 43, "is_bot": True}},
        {"from": {"id": -5, "is_bot": False}},
        {"from": {"id": "42", "is_bot": False}},
        {"from": None},
        {"sender_chat": {"id": -100, "type": "channel"}},
        {"is_automatic_forward": True},
        {"chat": {"id": -100, "type": "channel"}},
        {"chat": {"id": "42", "type": "private"}},
        {"chat": {"id": 2**63, "type": "private"}},
    ],
)
def test_what_no_single_person_wrote_is_nothing(fields: dict[str, Any]) -> None:
    payload = update("approve it", **fields)
    assert (read(payload), inbound_event(payload, BOT)) == (None, None)


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "business_message", "my_chat_member"])
def test_other_updates_are_nothing(kind: str) -> None:
    payload = {"update_id": 5, kind: update("x")["message"]}
    assert (read(payload), inbound_event(payload, BOT)) == (None, None)


def test_an_edit_is_read_like_a_new_text_and_kept_beside_the_other_deliveries_of_its_message() -> None:
    payload = {"update_id": 9, "edited_message": update("better so")["message"]}
    first, stored = inbound_event(update("x"), BOT), inbound_event(payload, BOT)
    assert first and stored and (first.event_id, stored.event_id) == ("message/42/7/5", "message/42/7/9")
    assert (first.lock, read(payload)) == (stored.lock, said("better so", event_id="9"))


def test_an_edit_without_words_is_nothing() -> None:
    moved = update(None, location={"latitude": 1.0, "longitude": 2.0, "live_period": 60})["message"]
    payload = {"update_id": 9, "edited_message": moved}
    assert (read(payload), inbound_event(payload, BOT)) == (None, None)


def test_the_notice_of_a_migration_is_no_message() -> None:
    payload = update(None, chat={"id": -7, "type": "group"}, migrate_to_chat_id=-1007)
    assert (read(payload), inbound_event(payload, BOT)) == (None, None)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (press(f"approve:{SUGGESTION.hex}"), decided("approve", SUGGESTION)),
        (press(f"reject:{SUGGESTION.hex}"), decided("reject", SUGGESTION)),
        (press(f"reject.too_late:{SUGGESTION.hex}"), decided("reject", SUGGESTION, choice="too_late")),
        (press(f"menu.edit:{SUGGESTION.hex}"), decided("menu", SUGGESTION, choice="edit")),
        (press(f"menu:{SUGGESTION.hex}"), decided("menu", SUGGESTION)),
        (press(f"alternative.2:{SUGGESTION.hex}"), decided("alternative", SUGGESTION, choice="2")),
        (press(f"approve.2:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"reject.:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"reject.TOO:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"reject.{'x' * 17}:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"reject.a.b:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"execute:{SUGGESTION.hex}"), decided(None, None)),
        (on({"from": {"id": int(BOT), "is_bot": True}}), decided("approve", SUGGESTION)),
        (on({"from": DANA}), decided(None, None)),
        (on({"from": {"id": int(BOT), "is_bot": True}, "forward_origin": {"type": "user"}}), decided(None, None)),
        (on({"forward_date": 1}), decided(None, None)),
        (on({"via_bot": {"id": int(BOT)}}), decided(None, None)),
        (on({"sender_chat": GROUP}), decided(None, None)),
        (press(f"approve:{SUGGESTION}"), decided(None, None)),
        (press(f"APPROVE:{SUGGESTION.hex}"), decided(None, None)),
        (press(f"approve:{SUGGESTION.hex}\n"), decided(None, None)),
        (press(f"approve:{SUGGESTION.hex}0"), decided(None, None)),
        (press("approve:{" + SUGGESTION.hex + "}"), decided(None, None)),
        (press("approve:"), decided(None, None)),
        (press(None), decided(None, None)),
        (
            press(f"approve:{SUGGESTION.hex}", message=None, inline_message_id="AB"),
            decided(None, None, ("inline", "AB")),
        ),
        (
            press(f"approve:{SUGGESTION.hex}", message={"message_id": 7, "chat": GROUP, "date": 0}),
            decided("approve", SUGGESTION),
        ),
        (press(f"approve:{SUGGESTION.hex}", message=None), None),
        (press(f"approve:{SUGGESTION.hex}", message={"message_id": 7}), None),
        (press(f"approve:{SUGGESTION.hex}", **{"from": {"id": 43, "is_bot": True}}), None),
    ],
)
def test_a_press(payload: dict[str, Any], expected: Decision | None) -> None:
    assert read(payload) == expected


def test_events_of_one_chat_share_a_lock_and_a_press_has_its_own() -> None:
    message, pressed = update("x", chat=GROUP, message_thread_id=9, is_topic_message=True), press("approve:1")
    message["message"]["entities"] = [{"type": "mention", "offset": 0, "length": 1}]
    assert [inbound_event(message, BOT), inbound_event(pressed, BOT), inbound_event(group("lunch?"), BOT)] == [
        InboundEvent(
            platform="telegram",
            workspace=BOT,
            event_id="message/-1001/7/5",
            lock="telegram/777/-1001/9",
            payload=message,
            sender="42",
        ),
        InboundEvent(
            platform="telegram",
            workspace=BOT,
            event_id="6",
            lock="press/777/-1001/7",
            payload=pressed,
            kind="decisions",
            sender="42",
        ),
        None,
    ]


_leaf: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [42, -1001, 777, "private", "supergroup", "mention", f"approve:{SUGGESTION.hex}", "/start x", "@EventFlowBot"]
    ),
)
_keys = st.sampled_from(
    [
        "id",
        "from",
        "chat",
        "type",
        "text",
        "entities",
        "offset",
        "length",
        "user",
        "is_bot",
        "message",
        "message_id",
        "data",
        "reply_to_message",
        "update_id",
        "callback_query",
        "inline_message_id",
        "message_thread_id",
        "is_topic_message",
        "photo",
        "quote",
        "forward_origin",
        "rich_message",
        "blocks",
        "caption",
        "media_group_id",
        "x",
    ]
)
_garbage = st.recursive(
    _leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=6), max_leaves=25
)


@given(payload=st.dictionaries(_keys, _garbage, max_size=6))
@settings(max_examples=500)
def test_garbage_never_raises(payload: dict[str, Any]) -> None:
    _read_all(payload)


@given(
    field=st.sampled_from(["from", "chat", "text", "entities", "reply_to_message", "message_thread_id", "sender_chat"]),
    value=_garbage,
    base=st.sampled_from(["private", "group", "press"]),
)
@settings(max_examples=500)
def test_a_real_update_with_one_broken_field_never_raises(field: str, value: Any, base: str) -> None:
    if base == "press":
        _read_all(press(f"approve:{SUGGESTION.hex}", **{field if field == "from" else "message": value}))
    else:
        text = "@EventFlowBot hi"
        chat = PRIVATE if base == "private" else GROUP
        payload = update(text, chat=chat, entities=[entity("mention", text, "@EventFlowBot")], is_topic_message=True)
        payload["message"][field] = value
        _read_all(payload)


def _read_all(payload: dict[str, Any]) -> None:
    found = read(payload)
    assert found is None or found.sender.platform == "telegram"
    # What is acted on was stored first: the webhook may never drop what parse would read.
    assert found is None or inbound_event(payload, BOT) is not None
    anonymous(payload, BOT, NAME)
