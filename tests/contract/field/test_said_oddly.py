"""What people type and send, seen on the wire: each gets its answer, or a silence that is right."""

from typing import Any

import pytest

from tests.contract.field.stage import MANAGER, STAFF, Stage, slack_ts
from tests.contract.slack.standin import BOT_USER, MEMBER
from tests.owner import owner_run

pytestmark = pytest.mark.db

ONLY_TEXT = "I can read only text that you type to me. Please write what you need."
NONE_WAIT = "Nothing waits for you, \u2068Owner of Aleph Events\u2069."
GROUP: dict[str, Any] = {"id": -1002000000777, "type": "supergroup", "title": "Crew"}
BOT = {"id": 123456, "is_bot": True, "first_name": "EventFlow"}
RINA = {"id": 99, "is_bot": False, "first_name": "Rina"}
DIRECT = {"type": "message", "channel_type": "im", "channel": "D1"}


def command(text: str, offset: int = 0) -> dict[str, Any]:
    """Return a message with a command as Telegram marks it."""
    return {"text": text, "entities": [{"type": "bot_command", "offset": offset, "length": len(text.strip()) - offset}]}


async def told_by(stage: Stage, messages: list[dict[str, Any]], chat: dict[str, Any] | None = None) -> list[str]:
    """Post messages in Telegram; return the words that the model read."""
    for message in messages:
        assert await stage.message(message, chat) == 200
        await stage.settle()
    texts = [asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked]
    return [text.removeprefix("<message>").removesuffix("</message>") for text in texts]


@pytest.mark.parametrize("chat", [None, GROUP])
async def test_a_command_is_known_however_a_phone_writes_it(stage: Stage, chat: dict[str, Any] | None) -> None:
    written = [
        command("/PENDING"),
        command("/pending@EventFlow_Bot"),
        command("\u200f/pending", 1),
        command("\u200b/Pending\u00a0"),
        command("/pending please"),
        command("\u2067/pending\u2069", 1),
    ]
    assert await told_by(stage, written, chat) == []
    assert stage.texts(chat["id"] if chat else 777) == [NONE_WAIT] * len(written)


async def test_others_commands_in_a_group_are_not_ours(stage: Stage) -> None:
    others = [command("/pending@lunch_bot"), command("/weather"), command("\u200f/pending@lunch_bot", 1)]
    assert (await told_by(stage, others, GROUP), stage.texts(GROUP["id"])) == ([], [])


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {"file_id": "a", "duration": 3}},
        {"video_note": {"file_id": "a", "length": 3, "duration": 3}},
        {"sticker": {"file_id": "a", "emoji": "\U0001f600"}},
        {"contact": {"phone_number": "+97250", "first_name": "Rina"}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"venue": {"title": "Hall", "address": "x"}, "location": {"latitude": 1.0, "longitude": 2.0}},
        {"poll": {"id": "1", "question": "Lunch?", "options": []}},
        {"dice": {"emoji": "\U0001f3b2", "value": 3}},
        {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
        {"animation": {"file_id": "a"}, "document": {"file_id": "a", "file_name": "x.gif"}},
        {"voice": {"file_id": "a"}, "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Rina"}},
    ],
)
async def test_what_is_no_text_is_said_to_be_unread_where_somebody_waits(stage: Stage, content: dict[str, Any]) -> None:
    answer = {"reply_to_message": {"message_id": 5, "from": BOT, "text": "Which one?"}}
    assert await told_by(stage, [content]) == []
    assert await told_by(stage, [content, content | answer], GROUP) == []
    assert (stage.texts(), stage.texts(GROUP["id"])) == ([ONLY_TEXT], [ONLY_TEXT])


async def test_what_was_not_said_to_the_bot_stays_unanswered(stage: Stage) -> None:
    others = {"message_id": 5, "from": {"id": 98, "is_bot": True, "first_name": "Lunch"}, "text": "Which one?"}
    silent = [
        {"text": "the second", "reply_to_message": others},
        {"text": "@eventflow_bot2 hello", "entities": [{"type": "mention", "offset": 0, "length": 15}]},
        {"text": "@eventflow_bot typed where nothing is marked: in code, say"},
        {"new_chat_members": [BOT]},
        {"left_chat_member": RINA},
        {"pinned_message": {"message_id": 5, "date": 0, "chat": GROUP}},
        {"forum_topic_closed": {}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
        {"video_chat_started": {}},
    ]
    assert (await told_by(stage, silent, GROUP), stage.texts(GROUP["id"])) == ([], [])


async def test_a_quoted_part_and_a_reply_elsewhere_come_along(stage: Stage) -> None:
    answered = {"message_id": 5, "from": RINA, "text": "Hall B is dark and cold"}
    named = {"text": "@eventflow_bot this?", "entities": [{"type": "mention", "offset": 0, "length": 14}]}
    await told_by(stage, [{**named, "reply_to_message": answered, "quote": {"text": "dark", "position": 10}}], GROUP)
    assert 'The message answers this one: {"from": "Rina", "text": "dark"}.' in stage.told()


async def test_spaces_and_marks_that_nobody_sees_are_no_words(stage: Stage) -> None:
    read = await told_by(
        stage, [{"text": "\u200fwhat\u00a0is\u202fon at\u3000１０:００?\u200b"}, {"text": "\u200b\u200f"}]
    )
    assert read == ["what is on at １０:００?"]
    assert len(stage.texts()) == 2


SILENT: list[dict[str, Any]] = [
    {"subtype": "message_changed", "message": {"text": "new", "user": "U1", "ts": "1.2"}},
    {"subtype": "message_deleted", "deleted_ts": "1.2"},
    {"subtype": "huddle_thread", "text": "A huddle started", "room": {"id": "R1"}},
    {"subtype": "bot_message", "text": "lunch", "bot_id": "B1"},
    {"subtype": "channel_join", "text": "joined"},
    {"subtype": "assistant_app_thread", "text": "New Assistant Thread"},
    {"subtype": "tombstone", "text": "This message was deleted.", "hidden": True},
    {"subtype": "reminder_add", "text": "set up a reminder"},
    {"subtype": "something_of_2027", "text": "x"},
]
UNREAD: list[dict[str, Any]] = [
    {"mimetype": "application/vnd.slack-docs", "filetype": "quip", "name": "Canvas"},
    {"mimetype": "application/vnd.slack-list", "filetype": "list", "name": "List"},
    {"mimetype": "video/mp4", "subtype": "slack_video", "name": "clip.mp4"},
    {"mimetype": "image/png", "name": "x.png"},
    {"mode": "tombstone", "name": None},
]


async def test_what_slack_reports_is_nobodys_question_and_files_are_said_to_be_unread(stage: Stage) -> None:
    for event in SILENT:
        assert await stage.event(DIRECT | {"text": ""} | event) == 200
    await stage.settle()
    assert (stage.said("D1"), stage.gemini.asked) == ([], [])
    for number, file in enumerate(UNREAD):
        shared = {"subtype": "file_share", "text": "", "files": [{"id": f"F{number}", **file}]}
        assert await stage.event(DIRECT | shared) == 200
    await stage.settle()
    assert (stage.said("D1"), stage.gemini.asked) == ([ONLY_TEXT] * len(UNREAD), [])


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """Return blocks with one line."""
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


WRITTEN: list[tuple[dict[str, Any], str]] = [
    ({"text": "is <#C2> free, or <#C3|>?"}, "is a channel free, or a channel?"),
    ({"text": "האם <#C2> פנוי?"}, "האם ערוץ כלשהו פנוי?"),
    ({"text": "in <#C0GEN|general>"}, "in #general"),
    ({"text": "ask <@UNOBODY> or <@U9|Tal>"}, "ask somebody or @Tal"),
    ({"text": "שאל את <@UNOBODY>"}, "שאל את מישהו"),
    ({"text": "tell <!here> and <!subteam^S01>"}, "tell @here and a group"),
    ({"text": "on <!date^1790000000^{date_short}>"}, "on 2026-09-21 14:13 UTC"),
    ({"text": "on <!date^1790000000^{date_short}^https://a.b|21 Sep>"}, "on 21 Sep"),
    ({"text": "\u200f\u00a0what\u00a0is on?\u200b"}, "what is on?"),
    ({"text": "what is on?", "subtype": "me_message"}, "what is on?"),
    ({"text": "", "blocks": [{"type": "markdown", "text": "what is on?"}]}, "what is on?"),
    (
        {
            "text": "",
            "blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": t} for t in ("A", "free?")]]}],
        },
        "A | free?",
    ),
    (
        {"text": "", "blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "Hall A"}]}]},
        "Hall A",
    ),
    (
        {
            "text": "",
            "blocks": rich(
                {"type": "date", "timestamp": 1790000000, "format": "{date_short}", "fallback": "21 Sep"},
                {"type": "text", "text": " ask "},
                {"type": "usergroup", "usergroup_id": "S01"},
                {"type": "text", "text": " and "},
                {"type": "user", "user_id": "U2"},
            ),
        },
        "21 Sep ask a group and @Noa Bar",
    ),
]


async def test_what_people_write_is_read_as_it_is_on_their_screen(stage: Stage) -> None:
    stage.slack.people["UNOBODY"] = {"id": "UNOBODY", "team_id": "T1", "profile": {}}
    for event, _ in WRITTEN:
        assert await stage.event(DIRECT | event | {"ts": slack_ts()}) == 200
        await stage.settle()
    read = [asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked]
    assert read == [f"<message>{words}</message>" for _, words in WRITTEN]


async def test_whoever_is_named_in_what_was_shared_is_named(stage: Stage) -> None:
    shared = {"is_share": True, "author_name": "Rina", "text": "Give it to <@U2>, she is in <#C2>"}
    assert await stage.direct("please do", attachments=[shared]) == 200
    await stage.settle()
    assert '{"from": "Rina", "text": "Give it to @Noa Bar, she is in a channel"}' in stage.told()


GRID = {"enterprise_id": "E1", "is_enterprise_install": True}
AUTH = {"user_id": BOT_USER, "is_bot": True}


async def test_an_app_of_a_whole_grid_knows_people_by_the_workspace_in_which_they_speak(stage: Stage) -> None:
    stage.slack.grid = "E1"
    stage.slack.people["W7"] = MEMBER | {
        "id": "W7",
        "team_id": "T1",
        "enterprise_user": {"id": "W7", "enterprise_id": "E1", "teams": ["T1", "T2"]},
        "profile": {"email": "viewer@aleph.example"},
    }
    owner_run(stage.owner_url, "delete from public.chat_identities where platform = 'slack' and platform_user = 'W7'")
    for team in ("T1", "T2"):
        envelope = {
            "team_id": team,
            "enterprise_id": "E1",
            "authorizations": [{"enterprise_id": "E1", "team_id": None, **AUTH, "is_enterprise_install": True}],
        }
        where = {"user": "W7", "channel": f"D{team}", "channel_type": "im", "type": "message", "text": "what is on?"}
        assert await stage.event(where, **envelope) == 200
        await stage.settle()
    # T1 is claimed by the organisation; of T2 nobody said whose it is, and nobody is taken for anybody there.
    assert stage.said("DT1") == ["Nothing is on there."]
    assert [text.partition("!")[0] for text in stage.said("DT2")] == ["Hello"]


async def test_a_shared_channel_means_the_workspace_that_has_the_app(stage: Stage) -> None:
    shared = {"team_id": "T9", "enterprise_id": "E9", "is_ext_shared_channel": True}
    home = {"authorizations": [{"enterprise_id": None, "team_id": "T1", **AUTH}]}
    assert await stage.event({"text": "<@UBOT> what is on?", "team": "T1"}, **shared, **home) == 200
    guest = {"user": "U9EXT", "team": "T9", "user_team": "T9", "source_team": "T9"}
    stage.slack.people["U9EXT"] = MEMBER | {"id": "U9EXT", "team_id": "T9", "profile": {"email": "owner@aleph.example"}}
    assert await stage.event({"text": "<@UBOT> what is on?", **guest}, **shared, **home) == 200
    await stage.settle()
    assert stage.said("C1") == ["Nothing is on there."]
    assert [each["user"] for each in stage.slack.of("chat.postEphemeral")] == ["U9EXT"]


@pytest.mark.parametrize(
    ("presser", "envelope", "became", "told"),
    [
        # Of another workspace, which is what "team" says.
        ({"id": "U9EXT", "team_id": "T9"}, {"team": {"id": "T9", "domain": "guest"}}, "suggested", ["U9EXT"]),
        # Ours, in an app of a whole Grid: "team" is empty.
        ({"id": MANAGER, "team_id": "T1"}, {"team": None, **GRID, "enterprise": {"id": "E1"}}, "executed", []),
        # Somebody of the Grid, in a workspace that is nobody's.
        ({"id": "W7", "team_id": "T2"}, {"team": None, **GRID, "enterprise": {"id": "E1"}}, "suggested", ["W7"]),
    ],
)
async def test_a_press_in_a_shared_channel_or_a_grid_is_decided_as_whoever_pressed(
    stage: Stage, presser: dict[str, Any], envelope: dict[str, Any], became: str, told: list[str]
) -> None:
    stage.slack.grid = "E1"
    card = await stage.slack_card(user=STAFF)
    buttons = [each for block in stage.blocks(card) if block["type"] == "actions" for each in block["elements"]]
    approve = next(each for each in buttons if each["action_id"] == "decide_approve")
    message = {"ts": card["ts"], "team": "T1", "bot_id": "BBOT"}
    block = {"action_id": "decide_approve", "value": approve["value"]}
    assert await stage.presses(block, card, user=presser, message=message, **envelope) == 200
    await stage.settle()
    whispered = [each["user"] for each in stage.slack.of("chat.postEphemeral")]
    assert (stage.status(), whispered) == ([became], told)
