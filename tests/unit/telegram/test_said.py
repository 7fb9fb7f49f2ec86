"""What people send beside their own words: pictures, forwards, rich messages, what they answer; and who is masked."""

from typing import Any

import pytest

from bots.telegram.inbound import anonymous, inbound_event
from core.kernel.messages import Address, InboundMessage, Quoted, SharedFile
from tests.unit.telegram.test_inbound import BOT, GROUP, NAME, entity, group, read, said, update

PHOTO: dict[str, Any] = {"photo": [{"file_id": "x"}]}
RINA = {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "Rina", "last_name": "Oz"}}
FORWARDED = Quoted("forwarded", "Rina Oz", "the projector is dead")


AGENDA: dict[str, Any] = {"file_id": "F1", "file_name": "agenda.csv", "file_size": 12, "mime_type": "text/csv"}
SHARED = (SharedFile("agenda.csv", 12, "F1"),)


def kept_as(message: InboundMessage) -> str:
    """Return the id of the delivery that a message came with."""
    return (
        message.event_id if "album" in message.event_id else f"message/{message.address.channel}/7/{message.event_id}"
    )


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (update(None, document=AGENDA), said("", files=SHARED, language="he")),
        (update(None, document=AGENDA, caption="the new one"), said("the new one", files=SHARED)),
        # Each part of an album is a file of its own, with words or without: none may stand for the others.
        (update(None, document=AGENDA, media_group_id="12"), said("", files=SHARED, language="he")),
        (update(None, document=AGENDA, media_group_id="12", caption="both"), said("both", files=SHARED)),
        (update(None, document=AGENDA | {"file_name": "photo.heic"}), said("", unread=("document",), language="he")),
        (update(None, document={"file_id": "F1"}), said("", unread=("document",), language="he")),
        (update(None, document=AGENDA | {"file_id": 5}), said("", unread=("document",), language="he")),
        (update(None, document=AGENDA | {"file_size": "12"}),
         said("", files=(SharedFile("agenda.csv", 0, "F1"),), language="he")),
        (update(None, chat=GROUP, document=AGENDA, caption="@EventFlowBot",
                caption_entities=[entity("mention", "@EventFlowBot", "@EventFlowBot")]),
         said("", chat="-1001", files=SHARED, language="he")),
        # In a group nobody named the bot: a file is no question to it.
        (update(None, chat=GROUP, document=AGENDA), None),
    ],
)  # fmt: skip
def test_a_document_that_is_a_schedule(payload: dict[str, Any], expected: InboundMessage | None) -> None:
    assert read(payload) == expected
    stored = inbound_event(payload, BOT)
    assert (stored and stored.event_id) == (expected and kept_as(expected))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (update(None, voice={"file_id": "x"}), said("", unread=("voice",), language="he")),
        (update(None, video_note={"file_id": "x"}), said("", unread=("video_note",), language="he")),
        (update(None, some_kind_of_2027={"file_id": "x"}), said("", unread=("some_kind_of_2027",), language="he")),
        (update(None, caption="what is this?", **PHOTO), said("what is this?", unread=("photo",))),
        (update("the projector is dead", forward_origin=RINA), said("", quoted=(FORWARDED,), language="he")),
        (update(None, caption="the projector is dead", forward_origin=RINA, **PHOTO),
         said("", quoted=(FORWARDED,), unread=("photo",), language="he")),
        (update(None, forward_origin=RINA, **PHOTO), said("", unread=("photo",), language="he")),
        (update("a link", via_bot={"id": 5, "is_bot": True, "first_name": "gif"}),
         said("", quoted=(Quoted("forwarded", "gif", "a link"),), language="he")),
        (update("/start abc", forward_origin={"type": "hidden_user", "sender_user_name": "X"}),
         said("", quoted=(Quoted("forwarded", "X", "/start abc"),), language="he")),
        (update(None, media_group_id="12", caption="one", **PHOTO),
         said("one", unread=("photo",), event_id="album/42/12/5")),
        (update(None, media_group_id="12", **PHOTO),
         said("", unread=("photo",), language="he", event_id="album/42/12", album="album/42/12/")),
        (update(None, message_auto_delete_timer_changed={"message_auto_delete_time": 1}), None),
        (update(None, pinned_message={"message_id": 5}), None),
        (update(None, some_thing_of_2027_changed={"to": 1}), None),
        (update(None, chat=GROUP, **PHOTO), None),
        (update(None, **{"from": {"id": 43, "is_bot": True}}, **PHOTO), None),
    ],
)  # fmt: skip
def test_what_people_send_beside_their_own_words(payload: dict[str, Any], expected: InboundMessage | None) -> None:
    assert read(payload) == expected
    stored = inbound_event(payload, BOT)
    assert (stored and stored.event_id) == (expected and kept_as(expected))


def test_formatted_text_is_read_from_its_blocks() -> None:
    spans = [
        {"type": "mention", "text": "@EventFlowBot", "username": "EventFlowBot"},
        " who is ",
        {"text": ["on"]},
        "?",
    ]
    inner = {"blocks": [{"type": "paragraph", "text": "and then"}]}
    blocks = [
        {"type": "heading", "size": 2, "text": "Hall A"},
        {"type": "paragraph", "text": spans},
        {"type": "list", "items": [inner, {"blocks": []}]},
        {"type": "some_block", "text": {"type": "bold", "text": "x"}, "rows": [[{"text": "1"}, {"text": "2"}]]},
    ]
    rich = {"rich_message": {"blocks": blocks}}
    text = "Hall A\n@EventFlowBot who is on?\nand then\nx\n1\n2"
    assert [
        read(update(None, **rich)),
        read(update(None, chat=GROUP, **rich)),
        read(update(None, chat=GROUP, **rich), "X"),
    ] == [
        said(text),
        said(text.replace("@EventFlowBot ", ""), chat="-1001"),
        None,
    ]


def test_what_a_message_answers_comes_with_it() -> None:
    text = "@EventFlowBot is this right?"
    named = entity("mention", text, "@EventFlowBot")
    bot = {"id": 777, "is_bot": True, "first_name": "EventFlow"}
    answered = {
        "message_id": 3,
        "date": 1,
        "chat": GROUP,
        "from": {"id": 9, "first_name": "Rina"},
        "text": "Hall B at 9",
    }
    quoted = [
        group(text, named, reply_to_message=answered),
        group(text, named, reply_to_message=answered, quote={"text": "at 9", "position": 7}),
        group("why?", reply_to_message=answered | {"from": bot}),
        group("@EventFlowBot", entity("mention", "@EventFlowBot", "@EventFlowBot"), reply_to_message=answered),
        update("and?", external_reply={"origin": {"type": "channel", "chat": {"title": "News"}}}, quote={"text": "x"}),
    ]
    assert [read(each) for each in quoted] == [
        said("is this right?", chat="-1001", quoted=(Quoted("answered", "Rina", "Hall B at 9"),)),
        said("is this right?", chat="-1001", quoted=(Quoted("answered", "Rina", "at 9"),)),
        said("why?", chat="-1001", answers="3", quoted=(Quoted("answered", "you", "Hall B at 9"),)),
        said("", chat="-1001", quoted=(Quoted("answered", "Rina", "Hall B at 9"),), language="he"),
        said("and?", quoted=(Quoted("answered", "News", "x"),)),
    ]


def test_an_anonymous_administrator_can_be_told_so() -> None:
    text = "@EventFlowBot approve it"
    masked = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
    named, not_named = group(text, entity("mention", text, "@EventFlowBot"), **masked), group("lunch?", **masked)
    assert (read(named), anonymous(named, BOT, NAME)) == (None, Address("telegram", BOT, "-1001"))
    assert inbound_event(named, BOT) is not None
    assert (anonymous(not_named, BOT, NAME), anonymous(named, BOT, "OtherBot"), inbound_event(not_named, BOT)) == (
        None,
    ) * 3
