"""Slack's payloads become messages and presses, or nothing; never an exception."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.slack.inbound import inbound_event, parse, thread_of_press
from bots.slack.render import card_message
from bots.slack.said import readable
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef, SharedFile
from core.kernel.principal import ChatUser
from tests.unit.slack.cards import ENGLISH
from tests.unit.slack.payloads import BOT, SUGGESTION, TEAM, direct, event, mention, press

DANA = ChatUser("slack", TEAM, "U1")
ASKED = "1700000000.000100"
TOKEN = "aZ_9-aZ_9-aZ_9-aZ_9-"


def said(
    text: str, *, channel: str = "D1", thread: str | None = None, token: str | None = None, sender: ChatUser = DANA
) -> InboundMessage:
    head = MessageRef("slack", sender.workspace, channel, thread) if thread and thread != ASKED else None
    return InboundMessage(
        reply_to=head if channel == "D1" else None,
        under=head,
        event_id=f"message/{channel}/{ASKED}",
        sender=sender,
        address=Address("slack", sender.workspace, channel, thread),
        text=text,
        direct=channel == "D1",
        link_token=token,
    )


def decided(
    verdict: Any, suggestion: UUID | None, choice: str = "", *, at: tuple[str, str] = ("C1", "1700000001.7")
) -> Decision:
    return Decision(
        event_id=f"press/{at[0]}/{at[1]}/U1/1700000009.5",
        sender=DANA,
        suggestion_id=suggestion,
        verdict=verdict,
        choice=choice,
        pressed=MessageRef("slack", TEAM, *at),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מי מדבר באולם ב בעשר?", said("מי מדבר באולם ב בעשר?")),
        (f"<@{BOT}> who is next", said("who is next")),
        ("  \n ", said("/help")),
        (None, said("/help")),
        (["x"], said("/help")),
        (f"link {TOKEN}", said("/start", token=TOKEN)),
        (f"LINK\n`{TOKEN}`", said("/start", token=TOKEN)),
        (f"<@{BOT}> Link {TOKEN}", said("/start", token=TOKEN)),
        (f"link `{TOKEN}", said(f"link `{TOKEN}")),
        ("link up with Dana", said("link up with Dana")),
        (f"link {TOKEN} please", said(f"link {TOKEN} please")),
    ],
)
def test_a_direct_message(text: Any, expected: InboundMessage) -> None:
    assert parse(direct(text), BOT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<@{BOT}> move it", "move it"),
        (f"<@{BOT}|eventflow>: move it", "move it"),
        (f"👍 hey <@{BOT}>, move it", "👍 hey, move it"),
        (f"move it <@{BOT}>", "move it"),
        ("ask <@U2> and <@U3|noa>", "ask @U2 and @noa"),
        ("in <#C1|general> or <#C2> or <#C3|>", "in #general or a channel or a channel"),
        ("<!here> <!channel|channel> <!subteam^S1|@crew> <!subteam^S2>", "@here @channel @crew a group"),
        ("on <!date^1700000000^{date_short}|May 1>", "on May 1"),
        ("<https://e.org/?a=1&amp;b=2|the plan> <https://e.org/x>", "the plan https://e.org/x"),
        ("<mailto:d@crew.org|d@crew.org> <mailto:n@crew.org> <tel:+97231|+97231>", "d@crew.org n@crew.org +97231"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;b&amp;gt; &nbsp;", "1 < 2 && 3 > 2, &lt;b&gt; &nbsp;"),
        ("&lt;@U2&gt; typed, not meant", "<@U2> typed, not meant"),
        (":tada: Gala :+1::skin-tone-3: :flag-il:", "🎉 Gala 👍🏼 🇮🇱"),
        (
            "at 10:30:15, a:b:c, 12:100:30, :our_logo: and :nobody:",
            "at 10:30:15, a:b:c, 12:100:30, :our_logo: and :nobody:",
        ),
        (f"<@{BOT}>: :our_logo: first", ":our_logo: first"),
        ("<>", "<>"),
        ("<@>", "@"),
    ],
)
def test_a_text_is_read_as_people_see_it(text: str, expected: str) -> None:
    assert readable(text, BOT) == expected


def test_a_channel_is_answered_in_the_thread_and_a_direct_chat_only_where_it_is_in_one() -> None:
    assert [
        parse(mention(), BOT),
        parse(mention(thread_ts="1690000000.1"), BOT),
        parse(direct(), BOT),
        parse(direct(thread_ts="1690000000.1"), BOT),
    ] == [
        said("hello", channel="C1", thread="1700000000.000100"),
        said("hello", channel="C1", thread="1690000000.1"),
        said("hello"),
        said("hello", thread="1690000000.1"),
    ]


def test_a_link_token_in_a_channel_is_neither_used_nor_kept() -> None:
    expected = said("/start", channel="C1", thread="1700000000.000100")
    assert parse(mention(f"<@{BOT}> link {TOKEN}"), BOT) == expected


def test_in_a_shared_channel_everybody_is_a_person_of_our_workspace() -> None:
    payload = direct() | {"team_id": "TELSEWHERE"}
    assert (parse(payload, BOT), parse(payload | {"authorizations": []}, BOT)) == (
        said("hello"),
        said("hello", sender=ChatUser("slack", "TELSEWHERE", "U1")),
    )


@pytest.mark.parametrize(
    "payload",
    [
        direct(bot_id="B1"),
        direct(bot_profile={"id": "B1"}),
        direct(user="USLACKBOT"),
        direct(user=None),
        direct(user=""),
        direct(user="U1/../U2"),
        direct(user="U" * 200),
        direct(ts=None),
        direct(channel=["C1"]),
        direct(subtype="message_changed", message={"text": "x"}),
        direct(subtype="message_deleted"),
        direct(subtype="bot_message"),
        direct(subtype="channel_join"),
        direct(subtype=["file_share"]),
        event({"type": "message", "channel_type": "channel", "channel": "C1", "user": "U1", "ts": "1.0", "text": "x"}),
        event({"type": "message", "channel_type": "mpim", "channel": "G1", "user": "U1", "ts": "1.0", "text": "x"}),
        event({"type": "reaction_added", "user": "U1"}),
        direct() | {"event_id": None},
        direct() | {"event_id": "E" * 3000},
        direct() | {"type": "event"},
        {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1"}},
        {"type": "url_verification", "challenge": "x"},
        {},
    ],
)
def test_what_no_person_newly_said_to_us_is_nothing(payload: dict[str, Any]) -> None:
    assert (parse(payload, BOT), inbound_event(payload)) == (None, None)


def test_our_own_words_are_nothing() -> None:
    assert parse(direct(user=BOT), BOT) is None


def test_an_emoji_that_slack_drew_is_read_wherever_it_stands() -> None:
    elements = [
        {"type": "text", "text": "Gala"},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd", "skin_tone": 4},
        {"type": "emoji", "name": "logo"},
        {"type": "emoji", "name": "broken", "unicode": "110000"},
    ]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]
    payload = direct("Gala:tada::wave::skin-tone-4::logo::broken:", blocks=blocks)
    assert parse(payload, BOT) == said("Gala🎉👋🏽:logo::broken:")


def test_words_that_stand_in_blocks_alone_are_read() -> None:
    section = {
        "type": "rich_text_section",
        "elements": [
            {"type": "user", "user_id": BOT},
            {"type": "text", "text": " is 1 < 2 in "},
            {"type": "link", "url": "https://e.org/x?a=1&b=2"},
            {"type": "emoji", "name": "tada", "unicode": "1f389"},
        ],
    }
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "and who?"}]}
    listed = {"type": "rich_text_list", "elements": [item]}
    blocks = [{"type": "rich_text", "elements": [section, listed]}, {"type": "section", "text": {"text": "end"}}]
    assert parse(direct("", blocks=blocks), BOT) == said("is 1 < 2 in https://e.org/x?a=1&b=2🎉\nand who?\nend")


def test_one_message_has_one_key_in_whatever_events_it_comes() -> None:
    mentioned = event(mention()["event"] | {"channel": "D1", "edited": {"user": "U1", "ts": "1.0"}}, event_id="Ev2")
    found = [inbound_event(each) for each in (direct(), mentioned)]
    assert [(each.event_id, each.lock) for each in found if each] == [("Ev1", "slack/T1/D1/"), ("Ev2", "slack/T1/D1/")]
    assert [parse(each, BOT) for each in (direct(), mentioned)] == [said("hello")] * 2


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_words_with_a_file_or_shown_outside_their_thread_count(subtype: str) -> None:
    assert parse(direct(subtype=subtype), BOT) == said("hello")


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (press(), decided("approve", SUGGESTION)),
        (press(f"reject:{SUGGESTION.hex}", "decide_reject"), decided("reject", SUGGESTION)),
        (press(f"REJECT:{SUGGESTION}".upper(), "decide_reject"), decided("reject", SUGGESTION)),
        (press(f"reject:{SUGGESTION}", "decide_approve"), decided(None, None)),
        (press(f"approve:{SUGGESTION}", "other"), decided(None, None)),
        (press(f"x:{SUGGESTION}"), decided(None, None)),
        (press(f"approve:{SUGGESTION}0"), decided(None, None)),
        (press(f"approve:{{{SUGGESTION}}}"), decided(None, None)),
        (press(f"approve:{SUGGESTION}\n"), decided(None, None)),
        (press("approve:"), decided(None, None)),
        (press(None), decided(None, None)),
        (press(["approve"]), decided(None, None)),
        (press(channel=None), decided("approve", SUGGESTION)),
        (press(container={"message_ts": "1700000001.7"}), decided("approve", SUGGESTION)),
        (press(container={"type": "view", "view_id": "V1"}), decided("approve", SUGGESTION, at=("U1", ""))),
        (press(f"alternative.0:{SUGGESTION}", "decide_alternative_0"), decided("alternative", SUGGESTION, "0")),
        (press(f"reject.too_late:{SUGGESTION}", "decide_reject_too_late"), decided("reject", SUGGESTION, "too_late")),
        (press(f"reject:{SUGGESTION}", "decide_dismiss"), decided("reject", SUGGESTION)),
        (press(f"reject.other:{SUGGESTION}", "decide_dismiss"), decided(None, None)),
        (press(f"review:{SUGGESTION}", "decide_review"), decided("approve", SUGGESTION)),
        (press(f"review.0:{SUGGESTION}", "decide_review"), decided(None, None)),
        (press(f"review:{SUGGESTION}", "decide_approve"), decided(None, None)),
        (press(f"alternative.0:{SUGGESTION}", "decide_alternative_1"), decided(None, None)),
        (press(f"alternative.0/1:{SUGGESTION}", "decide_alternative_0/1"), decided(None, None)),
        (press(f"show.{'x' * 17}:{SUGGESTION}", f"decide_show_{'x' * 17}"), decided(None, None)),
        (press(f"acknowledge:{SUGGESTION}", "decide_acknowledge"), decided(None, None)),
        (press(f"menu.reject:{SUGGESTION}", "decide_menu_reject"), decided(None, None)),
        (press(team=None), None),
        (press(user={"id": 5}), None),
        (press(actions=[]), None),
        (press(actions="x"), None),
        (press(actions=[{"action_id": "a"}]), None),
        (press(action_id=None), None),
    ],
)
def test_a_press(payload: dict[str, Any], expected: Decision | None) -> None:
    assert (parse(payload, BOT), inbound_event(payload) is None) == (expected, expected is None)


def test_the_buttons_of_a_card_read_back() -> None:
    *_, actions = [block.to_dict() for block in card_message(ENGLISH, "en")[1]]
    pressed = [press(button["value"], button["action_id"]) for button in actions["elements"]]
    assert [parse(payload, BOT) for payload in pressed] == [
        decided("approve", SUGGESTION),
        decided("reject", SUGGESTION),
    ]


def test_the_presser_is_answered_where_the_card_stands() -> None:
    card: dict[str, Any] = press()["message"]
    assert [
        thread_of_press(press()),
        thread_of_press(press(message=card | {"thread_ts": "1690000000.1"})),
        thread_of_press(press(message=card | {"thread_ts": card["ts"]})),
        thread_of_press(press(container={"thread_ts": "1690000000.1"}, message=None)),
    ] == [None, "1690000000.1", None, "1690000000.1"]


def test_events_of_one_conversation_share_a_lock_and_a_press_has_its_own() -> None:
    assert [inbound_event(payload) for payload in (mention(), direct(), press())] == [
        InboundEvent(
            platform="slack",
            workspace=TEAM,
            event_id="Ev1",
            lock="slack/T1/C1/1700000000.000100",
            payload=mention(),
            sender="U1",
        ),
        InboundEvent(
            platform="slack", workspace=TEAM, event_id="Ev1", lock="slack/T1/D1/", payload=direct(), sender="U1"
        ),
        InboundEvent(
            platform="slack",
            workspace=TEAM,
            event_id="press/C1/1700000001.7/U1/1700000009.5",
            lock="press/T1/C1/1700000001.7",
            payload=press(),
            kind="decisions",
            sender="U1",
        ),
    ]


_leaf: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "im",
            "message",
            "app_mention",
            "app_home_opened",
            "home",
            "C1",
            "U1",
            "1.0",
            f"approve:{SUGGESTION}",
            f"<@{BOT}> x",
            "<@>",
        ]
    ),
)
_keys = st.sampled_from(
    "type team_id team event_id event authorizations channel channel_type user ts thread_ts text subtype edited bot_id "
    "container message message_ts channel_id actions action_id value action_ts id view tab private_metadata "
    "selected_option x".split()
)
_garbage = st.recursive(
    _leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=6), max_leaves=25
)


@given(payload=st.dictionaries(_keys, _garbage, max_size=6), kind=st.sampled_from(["event_callback", "block_actions"]))
@settings(max_examples=500)
def test_garbage_never_raises(payload: dict[str, Any], kind: str) -> None:
    _read_all(payload | {"type": kind})


@given(base=st.sampled_from([direct(), mention(), press()]), field=_keys, value=_garbage, is_inner=st.booleans())
@settings(max_examples=500)
def test_a_real_payload_with_one_broken_field_never_raises(
    base: dict[str, Any], field: str, value: Any, is_inner: bool
) -> None:
    inner = "event" if "event" in base else "container"
    _read_all(base | {inner: base[inner] | {field: value}} if is_inner else base | {field: value})


def _read_all(payload: dict[str, Any]) -> None:
    found = parse(payload, BOT)
    assert not isinstance(found, InboundMessage | Decision) or found.sender.platform == "slack"
    # What is acted on was stored first: the webhook may never drop what parse would read.
    assert found is None or inbound_event(payload) is not None
    thread_of_press(payload)


URL = "https://files.slack.com/files-pri/T1-F1/agenda.csv"


def file(name: Any = "agenda.csv", size: Any = 12, **fields: Any) -> dict[str, Any]:
    return {"id": "F1", "name": name, "size": size, "mimetype": "text/csv", "url_private": URL} | fields


@pytest.mark.parametrize(
    ("files", "shared", "unread"),
    [
        ([file()], (SharedFile("agenda.csv", 12, URL),), ()),
        ([file(url_private_download=URL + "/download")], (SharedFile("agenda.csv", 12, URL + "/download"),), ()),
        ([file("one.ICS"), file("two.xlsx")], (SharedFile("one.ICS", 12, URL), SharedFile("two.xlsx", 12, URL)), ()),
        ([file("a.png", mimetype="image/png"), file()], (SharedFile("agenda.csv", 12, URL),), ("image",)),
        # Of another workspace (Slack Connect): Slack tells no name and no address yet.
        ([{"id": "F1", "file_access": "check_file_info"}], (), ("file",)),
        ([file(size="12")], (SharedFile("agenda.csv", 0, URL),), ()),
        ([file(size=True)], (SharedFile("agenda.csv", 0, URL),), ()),
        ([file(url_private=5)], (), ("file",)),
        ([file(5), 7, None], (), ("file", "file", "file")),
        ("agenda.csv", (), ()),
    ],
)
def test_a_file_that_is_a_schedule(files: Any, shared: tuple[SharedFile, ...], unread: tuple[str, ...]) -> None:
    found = parse(direct("", subtype="file_share", files=files), BOT)
    assert isinstance(found, InboundMessage)
    assert (found.files, found.unread, found.text) == (shared, unread, "" if shared or unread else "/help")


def test_a_file_counts_in_a_channel_where_the_bot_is_named() -> None:
    found = parse(mention(f"<@{BOT}> the new one", files=[file()]), BOT)
    assert isinstance(found, InboundMessage)
    assert (found.files, found.text) == ((SharedFile("agenda.csv", 12, URL),), "the new one")
    assert parse(event({"type": "message", "channel_type": "channel", "channel": "C1", "user": "U1", "ts": ASKED,
                        "text": "", "subtype": "file_share", "files": [file()]}), BOT) is None  # fmt: skip
