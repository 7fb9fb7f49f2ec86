"""The Home tab, pure: what it shows within Slack's limits, and who asks for which part of it."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.playground.slack_view_checks import read_view
from bots.slack.home.asked import HomeAsked
from bots.slack.home.view import home_view
from bots.slack.inbound import inbound_event, parse
from core.flows.desk import Desk
from core.flows.home import Home
from core.kernel.cards import Button, Card
from core.kernel.messages import InboundEvent
from core.kernel.phrases import phrase, verbatim
from core.kernel.principal import ChatUser
from tests.unit.slack.cards import ENGLISH, cards
from tests.unit.slack.payloads import BOT, TEAM, event, press

DANA = ChatUser("slack", TEAM, "U1")
EVENT = UUID("01936b2e-7a3c-7c1e-8f00-000000000001")
CHOSEN = f"event.{EVENT}"
UNDO = Button("undo", phrase("button-undo"), "plain")
WAITING = replace(
    ENGLISH,
    asker=verbatim("Dana"),
    footer=(verbatim("An owner decides."), phrase("footer-deadline", deadline="Sunday")),
)
DONE = replace(ENGLISH, state="executed", outcome=verbatim("Done by Dana."), buttons=(UNDO,))


def home(*waiting: Card, count: int | None = None, mine: tuple[Card, ...] = (), done: tuple[Card, ...] = ()) -> Home:
    desk = Desk(
        waiting=waiting,
        waiting_count=len(waiting) if count is None else count,
        mine=mine,
        mine_count=len(mine),
        decided=done,
        decided_count=len(done),
    )
    return Home(desk=desk, locale="en", events=((EVENT, "Spring <3"),))


def drawn(found: Home | str, asked: HomeAsked | None = None, notice: str | None = None) -> dict[str, Any]:
    view = home_view(found, asked or HomeAsked(DANA), notice).to_dict()
    read_view(view, "home")
    return view


def said(view: dict[str, Any]) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False).translate(dict.fromkeys([0x200F, 0x2068, 0x2069]))


def buttons(view: dict[str, Any]) -> list[list[str]]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [[each["action_id"] for each in row] for row in rows]


def opened(**more: Any) -> dict[str, Any]:
    return event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.0", **more})


def at_home(value: Any, action_id: str, kept: str = "", **more: Any) -> dict[str, Any]:
    view = {"type": "home", "id": "V1", "private_metadata": kept}
    return press(value, action_id, view=view, container={"type": "view", "view_id": "V1"}, channel=None, **more)


def test_what_waits_is_compact_and_has_the_buttons_of_its_card() -> None:
    view = drawn(home(WAITING))
    text = said(view)
    for words in (
        "*Move &lt;Keynote&gt; &amp; lunch*",
        "Risk: *high*",
        "2 conflicts",
        "Waits until Sunday.",
        "Starts: 12:00 instead of 10:00",
        "Asked: Dana",
    ):
        assert words in text
    # Of an edited suggestion they speak of other values.
    assert "move it to twelve" not in text
    assert "An owner decides." not in text
    assert buttons(view) == [["home_filter"], ["decide_approve", "decide_reject", "decide_show"]]


def test_empty_lists_say_so() -> None:
    text = said(drawn(home()))
    assert [text.count(said_) for said_ in ("Nothing waits for you.", "You have not asked", "Nothing was decided")] == [
        1,
        1,
        1,
    ]


def test_what_was_decided_has_its_outcome_and_the_way_back() -> None:
    view = drawn(home(mine=(WAITING,), done=(DONE,)))
    accessories = [block["accessory"]["action_id"] for block in view["blocks"] if "accessory" in block]
    assert ("Done by Dana." in said(view), accessories) == (True, ["decide_show", "decide_undo"])


def test_the_filter_shows_what_was_chosen_and_the_tab_remembers_it() -> None:
    asked = HomeAsked(DANA, CHOSEN, 2)
    view = drawn(home(), asked)
    select = view["blocks"][1]["elements"][0]
    assert [option["value"] for option in select["options"]] == [
        "all",
        "risk.low",
        "risk.medium",
        "risk.high",
        "risk.critical",
        CHOSEN,
    ]
    assert (select["initial_option"]["value"], asked.event, asked.risk) == (CHOSEN, str(EVENT), None)
    assert parse(at_home("x", "home_page_1", view["private_metadata"]), BOT) == HomeAsked(DANA, CHOSEN)


def test_more_than_a_page_is_turned() -> None:
    many = tuple(replace(WAITING, suggestion_id=uuid4()) for _ in range(23))
    first = drawn(home(*many[:10], count=23))
    assert ("1 to 10 of 23" in said(first), buttons(first)[-1]) == (True, ["home_page_2"])
    last = drawn(home(*many[20:], count=23), HomeAsked(DANA, page=3))
    assert ("21 to 23 of 23" in said(last), buttons(last)[-1]) == (True, ["home_page_2"])
    middle = drawn(home(*many[10:20], count=23), HomeAsked(DANA, page=2))
    assert buttons(middle)[-1] == ["home_page_1", "home_page_3"]
    beyond = drawn(home(count=23), HomeAsked(DANA, page=9))
    assert buttons(beyond)[-1] == ["home_page_8"]


def test_a_notice_stands_on_top_and_pings_nobody() -> None:
    view = drawn(home(), notice="Dana already approved <!channel>.")
    assert view["blocks"][2]["text"]["text"] == "Dana already approved &lt;!channel&gt;."


def test_somebody_unknown_reads_the_way_in_alone() -> None:
    view = drawn("I do not know you yet.")
    assert (len(view["blocks"]), buttons(view)) == (1, [])


@given(
    waiting=st.lists(cards, max_size=3),
    done=st.lists(cards, max_size=2),
    locale=st.sampled_from(["en", "he"]),
    page=st.integers(1, 3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_slack_takes_a_home_of_any_cards(waiting: list[Card], done: list[Card], locale: str, page: int) -> None:
    found = home(*(waiting * 10)[:10], count=200, mine=tuple(done * 20), done=tuple(done * 20))
    drawn(replace(found, locale=locale), HomeAsked(DANA, page=page), "told")


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (opened(), HomeAsked(DANA)),
        (opened(view={"private_metadata": '{"of": "risk.low", "page": 4}'}), HomeAsked(DANA, "risk.low", 4)),
        (opened(view={"private_metadata": '{"of": "risk.none", "page": "x"}'}), HomeAsked(DANA)),
        (opened(view={"private_metadata": "{"}), HomeAsked(DANA)),
        (opened(view={"private_metadata": 7}), HomeAsked(DANA)),
        (opened(tab="messages"), None),
        (opened(user=None), None),
        (at_home("3", "home_page_3", '{"of": "risk.high", "page": 2}'), HomeAsked(DANA, "risk.high", 3)),
        (at_home("0", "home_page_0"), HomeAsked(DANA)),
        (at_home(None, "home_page_x"), HomeAsked(DANA)),
    ],
)
def test_who_asks_for_which_part(payload: dict[str, Any], expected: HomeAsked | None) -> None:
    assert (parse(payload, BOT), inbound_event(payload) is None) == (expected, expected is None)


@pytest.mark.parametrize(
    ("value", "chosen"), [("risk.high", "risk.high"), ("all", ""), (CHOSEN, CHOSEN), ("event.x' or 1", ""), (None, "")]
)
def test_a_choice_begins_at_the_first_page(value: Any, chosen: str) -> None:
    payload = at_home(None, "home_filter", '{"of": "risk.low", "page": 7}')
    payload["actions"][0] |= {"type": "static_select", "selected_option": {"value": value}}
    assert parse(payload, BOT) == HomeAsked(DANA, chosen)


def test_every_look_is_one_delivery_in_the_order_of_the_persons_own() -> None:
    assert [inbound_event(payload) for payload in (opened(), at_home("2", "home_page_2"))] == [
        InboundEvent(
            platform="slack",
            workspace=TEAM,
            event_id="Ev1",
            lock=f"home/{TEAM}/U1",
            payload=opened(),
            kind="sending",
            sender="U1",
        ),
        InboundEvent(
            platform="slack",
            workspace=TEAM,
            event_id=f"home/{TEAM}/U1/1700000009.5",
            lock=f"home/{TEAM}/U1",
            payload=at_home("2", "home_page_2"),
            kind="sending",
            sender="U1",
        ),
    ]
