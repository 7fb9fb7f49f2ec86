"""A card in Telegram's HTML: the whole of it in both languages, and what no card may ever contain."""

import re
from dataclasses import replace

import pytest
from bidi import get_base_level
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bots.telegram.render import card_message
from bots.telegram.text import clean, inert, shorten, units
from core.kernel.cards import Button, Card
from core.kernel.phrases import Phrase, phrase, verbatim
from core.texts import say
from tests.unit.telegram.cards import ENGLISH, HEBREW_DONE, SUGGESTION, cards, long_words, words
from tests.unit.telegram.html_subset import read_html

_SEES = re.compile(
    r"(?<![\w/])(?!/(?:pending|mine)\b)[@/#]\w|://|(?<![\w.+@-])(?![\w.+-]+@)[\w-]+\.(?:com|net|me|org|example)\b|\b\d+\.\d+\.\d+\.\d+/"
)
"""What Telegram would turn into a mention or a link by itself: an e-mail address apart, and the two commands that only
show something to whoever presses them."""


def test_an_english_card() -> None:
    text, keyboard = card_message(ENGLISH, "en")
    assert text == (
        "<b>Move &lt;Keynote&gt; &amp; lunch</b>\n"
        "⏳ Waiting for a decision\n"
        "🟠 Risk: high\n"
        "\n"
        "The agenda changed; please look again.\n"
        "\n"
        "<b>Starts</b>\n"
        "Proposed: \u206812:00\u2069\n"
        "Now: \u206810:00\u2069\n"
        "\n"
        "<b>Room</b>\n"
        "Proposed: \u2068Hall B\u2069\n"
        "Now: \u2068Hall A\u2069\n"
        "\n"
        "Room: \u2068Hall B\u2069\n"
        "Speaker: \u2068@\u2060dana\u2069\n"
        "\n"
        "<b>Conflicts</b>\n"
        "⛔ Hall B is taken by t.\u2060me/spam\n"
        "⚠️ Dana speaks elsewhere\n"
        "\n"
        "<b>Impact</b>\n"
        "• 120 registered\n"
        "• VIP: Noa, front row\n"
        "\n"
        "Asked:\n"
        "<blockquote>Dana: move it to twelve, please &lt;now&gt;</blockquote>\n"
        "\n"
        "<blockquote>Because: “&lt;b&gt;Hall B&lt;/\u2060b&gt; is free”</blockquote>\n"
        "\n"
        "<i>Expires at 18:00</i>"
    )
    assert keyboard is not None
    assert keyboard.to_dict() == {
        "inline_keyboard": [
            [
                {"text": "Approve", "callback_data": f"approve:{SUGGESTION.hex}", "style": "success"},
                {"text": "Reject", "callback_data": f"menu.reject:{SUGGESTION.hex}", "style": "danger"},
            ]
        ]
    }


def test_a_hebrew_card() -> None:
    assert card_message(HEBREW_DONE, "he") == (
        "<b>להזיז את Keynote</b>\n"
        "\u200f✅ בוצע\n"
        "\u200f🟢 סיכון: נמוך\n"
        "\n"
        "\u200fDana אישרה בשעה 10:00\n"
        "\n"
        "<b>התחלה</b>\n"
        "עכשיו: \u206812:00\u2069\n"
        "לפני: \u206810:00\u2069\n"
        "\n"
        "אולם: \u2068Hall B 2\u2069\n"
        "\n"
        "<b>השפעה</b>\n"
        "\u200f• 120 רשומים\n"
        "\n"
        "הבקשה:\n"
        "<blockquote>\u200f10:00 זה מוקדם מדי תודה</blockquote>",
        None,
    )


@given(card=cards, locale=st.sampled_from(["en", "he"]))
@example(card=replace(ENGLISH, title=verbatim("/mine")), locale="en")
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_card_injects_a_tag_or_a_link_or_is_too_long(card: Card, locale: str) -> None:
    markup, keyboard = card_message(card, locale)
    read = read_html(markup)
    assert 0 < read.length <= 4096
    assert len(read.tags) <= 100
    assert _SEES.findall(read.text) == []
    assert "\0" not in read.text
    levels = {get_base_level(line) for line in read.text.split("\n") if line}
    assert levels == {1 if locale == "he" else 0}
    buttons = [button for row in (keyboard.inline_keyboard if keyboard else ()) for button in row]
    for button in buttons:
        assert 1 <= len(str(button.callback_data).encode()) <= 64
        assert 1 <= units(button.text) <= 64
    shows = f"show:{card.suggestion_id.hex}" in {button.callback_data for button in buttons}
    assert shows or all(on_one_line(each) in read.text for each in said(card))


def said(card: Card) -> list[Phrase]:
    """Everything that somebody else's words say on a card."""
    notes = [each for each in (card.outcome, card.notice, card.asked_by, card.why) if each is not None]
    pairs = [part for fact in card.facts for part in (fact.label, fact.value)]
    pairs += [part for change in card.changes for part in (change.label, change.now, change.proposed)]
    lists = [*card.impact, *card.footer, *card.lines, *card.rivals, *(each.text for each in card.warnings)]
    return [card.title, *notes, *pairs, *lists]


def on_one_line(each: Phrase) -> str:
    """A phrase as a card says it where there is room."""
    return inert(" ".join(clean(say("en", each)).split()))


def test_a_bundle_shows_every_line_and_what_it_replaces_in_its_place() -> None:
    lines = tuple(verbatim(f"Move “Session {number}”: starts 14:00 (now 13:40)") for number in range(1, 51))
    card = replace(ENGLISH, changes=(), lines=lines, rivals=(verbatim("“Lunch”, asked for by Tom"),))
    text, keyboard = card_message(card, "en")
    shown = read_html(text).text.split("\n")
    assert [line for line in shown if "Session" in line] == [
        f"{number}. {line.args['text']}" for number, line in enumerate(lines, 1)
    ]
    assert "Session 1”" in shown[shown.index("What it does, line by line") + 1]
    assert shown[shown.index("If this is approved, this is not:") + 1] == "• “Lunch”, asked for by Tom"
    assert keyboard is not None
    assert "show" not in str(keyboard.to_dict())


@pytest.mark.parametrize(
    "card",
    [
        replace(ENGLISH, asked_by=verbatim("please " * 200)),
        replace(ENGLISH, lines=tuple(verbatim(str(number)) for number in range(101))),
        replace(ENGLISH, impact=tuple(verbatim(str(number)) for number in range(41))),
        replace(ENGLISH, buttons=(Button("alternative", verbatim("14:00 " * 20), "plain", "0"),)),
        replace(ENGLISH, buttons=(), asked_by=verbatim("please " * 200)),
    ],
)
def test_whatever_is_cut_can_be_read_in_full(card: Card) -> None:
    _text, keyboard = card_message(card, "he")
    assert keyboard is not None
    last = keyboard.inline_keyboard[-1][-1]
    assert (last.callback_data, last.text) == (f"show:{SUGGESTION.hex}", say("he", phrase("button-show")))


@given(text=words)
@settings(max_examples=300)
def test_making_text_inert_only_adds_invisible_joiners(text: str) -> None:
    assert inert(text).replace("\u2060", "") == text.replace("\u2060", "")


@given(text=long_words, limit=st.integers(1, 60))
@settings(max_examples=300)
def test_a_cut_keeps_a_beginning_and_marks_its_end(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_what_stays_a_link_and_what_does_not() -> None:
    assert [
        inert(text)
        for text in (
            "ask dana@crew.org.",
            "a@evil.com/path",
            "see t.me/x",
            "at 10.30 on 20.11.2026",
            "1.2.3.4/x",
            "3. Next",
            "/approve and/or 24/7",
            "#vip C# $USD $5",
        )
    ] == [
        "ask dana@crew.org.",
        "a@\u2060evil.\u2060com/path",
        "see t.\u2060me/x",
        "at 10.30 on 20.11.2026",
        "1.\u20602.3.4/x",
        "3. Next",
        "/\u2060approve and/or 24/7",
        "#\u2060vip C# $\u2060USD $5",
    ]


def test_what_is_not_seen_is_taken_out_of_what_telegram_is_sent() -> None:
    assert clean("a\u202eb\u202d\x00\x1b[c\ud83d\r\nd\te") == "ab[c\ufffd\nd e"
