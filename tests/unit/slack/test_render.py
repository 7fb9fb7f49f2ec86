"""A card in Block Kit: the whole of it in both languages, and what no card may ever contain."""

import json
import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from bidi import get_display
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.slack.render import LONGEST, Page, card_message, letters
from bots.slack.text import at_a_word, clean, directed, escape, fitting, inert, shorten
from core.kernel.cards import Button, Card, Caution, Change, Fact
from core.kernel.phrases import phrase, verbatim
from core.texts import is_line_right_to_left
from tests.unit.slack.block_kit import problems
from tests.unit.slack.cards import ENGLISH, HEBREW_DONE, SUGGESTION, cards, long_words

_BARE = re.compile(r"&(?!(?:amp|lt|gt);)|[<>]")
"""What a value must not bring into mrkdwn: a bracket, or an ampersand that is no escape."""
_INVISIBLE = dict.fromkeys([0x200F, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069])


def drawn(card: Card, locale: str) -> tuple[str, list[dict[str, Any]]]:
    text, blocks = card_message(card, locale)
    return text, [block.to_dict() for block in blocks]


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str, *, emoji: bool = True) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": emoji}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text)}


def fields(*texts: str) -> dict[str, Any]:
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def button(verdict: str, label: str, style: str) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"decide_{verdict}",
        "value": f"{verdict}:{SUGGESTION}",
        "text": plain(label),
        "style": style,
    }


def test_an_english_card() -> None:
    text, blocks = drawn(ENGLISH, "en")
    assert (text, blocks) == (
        "\u2068Move &lt;Keynote&gt; &amp; lunch\u2069 · "
        "\u2068\u2068Starts\u2069: \u206812:00\u2069 instead of \u206810:00\u2069\u2069 (Waiting for a decision)",
        [
            {"type": "header", "text": plain("Move <Keynote> & lunch", emoji=False)},
            fields("⏳ *Waiting for a decision*", "🟠 Risk: *high*"),
            section("The agenda changed; please look again."),
            fields("*Starts (Proposed)*\n\u206812:00\u2069", "*Starts (Now)*\n\u206810:00\u2069"),
            fields("*Room*\n\u2068Hall B\u2069", "*Speaker*\n\u2068&lt;@U123&gt;\u2069"),
            {"type": "divider"},
            section("*Conflicts*\n⛔ Hall B is taken by &lt;!channel&gt;\n⚠️ Dana speaks elsewhere"),
            section("*Impact*\n• 120 registered\n• VIP: Noa, front row"),
            section(">Asked: \u2068Dana: move it to twelve, please &lt;now&gt;\u2069"),
            {"type": "context", "elements": [mrkdwn("Expires at 18:00")]},
            {
                "type": "actions",
                "elements": [button("approve", "Approve", "primary"), button("reject", "Reject", "danger")],
            },
        ],
    )


def test_a_hebrew_card_begins_every_line_from_the_right() -> None:
    assert drawn(HEBREW_DONE, "he") == (
        "\u200f\u200f\u2068להזיז את Keynote\u2069 · "
        "\u2068\u2068התחלה\u2069: \u206812:00\u2069 במקום \u206810:00\u2069\u2069 (בוצע)",
        [
            {"type": "header", "text": plain("\u200fלהזיז את Keynote", emoji=False)},
            fields("\u200f✅ *בוצע*", "\u200f🟢 סיכון: *נמוך*"),
            section("\u200fDana אישרה בשעה 10:00"),
            fields("\u200f*התחלה (עכשיו)*\n\u200f\u206812:00\u2069", "\u200f*התחלה (לפני)*\n\u200f\u206810:00\u2069"),
            fields("\u200f*אולם*\n\u200f\u2068Hall B+\u2069"),
            section("\u200f*השפעה*\n\u200f• 120 רשומים"),
            section(">\u200fהבקשה: \u206810:00 זה מוקדם מדי תודה\u2069"),
        ],
    )


def test_a_hebrew_card_reads_right_and_without_its_marks_it_does_not() -> None:
    """The bidi algorithm itself lays the lines out, as a chat that looks for the first strong character would."""
    _, blocks = drawn(HEBREW_DONE, "he")
    outcome, room = blocks[2]["text"]["text"], blocks[4]["fields"][0]["text"].split("\n")[1]
    assert [_seen(outcome), _seen(room)] == ["10:00 העשב הרשיא Dana", "Hall B+"]
    # Without the mark the line is laid out from the left; without the isolates a sign goes to the other end.
    assert [_seen(outcome.removeprefix("\u200f")), _seen("\u200fHall B+")] == [
        "Dana 10:00 העשב הרשיא",
        "+Hall B",
    ]


def _seen(line: str) -> str:
    return str(get_display(line)).translate(_INVISIBLE)


def many(count: int) -> Card:
    each = range(count)
    return Card(
        suggestion_id=SUGGESTION,
        title=verbatim("T"),
        state="suggested",
        risk="low",
        gesture="none",
        facts=tuple(Fact(verbatim(f"F{n}"), verbatim("v")) for n in each),
        changes=tuple(Change(verbatim(f"C{n}"), verbatim("a"), verbatim("b")) for n in each),
        warnings=tuple(Caution("warning", verbatim(f"W{n}")) for n in each),
        impact=tuple(phrase("impact-vip", name=f"V{n}") for n in each),
        footer=tuple(verbatim(f"N{n}") for n in each),
    )


def test_what_does_not_fit_is_counted_in_every_part_of_a_card() -> None:
    _, blocks = drawn(many(13), "en")
    text = json.dumps(blocks, ensure_ascii=False).translate(_INVISIBLE)
    shown = {letter: len(re.findall(rf"(?<=\W){letter}\d+", text)) for letter in "FCWVN"}
    assert (len(blocks), shown, re.findall(r"and [a-z0-9]+ more", text)) == (
        16,
        {"F": 10, "C": 12, "W": 6, "V": 6, "N": 9},
        ["and 7 more", "and 3 more", "and 7 more", "and 7 more", "and 4 more"],
    )


@pytest.mark.parametrize(("locale", "said"), [("en", "and one more"), ("he", "\u200fועוד אחד")])
def test_one_more_is_said_as_one(locale: str, said: str) -> None:
    _, blocks = drawn(many(7), locale)
    assert said in [block["text"]["text"] for block in blocks if block["type"] == "section" and "text" in block]


def test_ten_facts_and_ten_lines_below_are_all_shown() -> None:
    _, blocks = drawn(many(10), "en")
    [facts] = [block for block in blocks if "F0" in json.dumps(block)]
    assert (len(facts["fields"]), len(blocks[-2]["elements"]), blocks[-2]["type"]) == (10, 10, "context")


def test_two_buttons_of_one_verdict_become_one() -> None:
    twice = Button("reject", verbatim("Refuse"), "danger")
    _, blocks = drawn(replace(many(0), gesture="approve_reject", buttons=(twice, twice)), "en")
    assert blocks[-1] == {"type": "actions", "elements": [button("reject", "Refuse", "danger")]}


def pressed(card: Card) -> list[list[tuple[str, str]]]:
    """The rows of a card's buttons: what each is called, and what it carries short of the id."""
    _, blocks = drawn(card, "en")
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return [[(each["action_id"], each["value"].partition(":")[0]) for each in row] for row in rows]


def test_what_decides_stands_above_what_asks_for_something_else() -> None:
    buttons = (
        Button("acknowledge", verbatim("Telegram's"), "primary"),
        Button("approve", verbatim("Approve"), "primary"),
        Button("reject", verbatim("Reject"), "danger"),
        Button("edit", verbatim("Edit"), "plain"),
        Button("alternative", verbatim("14:00 in Hall C"), "plain", choice="0"),
        Button("alternative", verbatim("Swap"), "plain", choice="1"),
        Button("menu", verbatim("Back"), "plain"),
        Button("show", verbatim("Show all"), "plain"),
    )
    card = replace(many(0), gesture="acknowledge", buttons=buttons)
    assert pressed(card) == [
        [("decide_review", "review"), ("decide_reject", "reject")],
        [
            ("decide_edit", "edit"),
            ("decide_alternative_0", "alternative.0"),
            ("decide_alternative_1", "alternative.1"),
            ("decide_show", "show"),
        ],
    ]


def test_what_nobody_can_approve_is_put_away_without_a_modal() -> None:
    card = replace(many(0), gesture="none", buttons=(Button("reject", verbatim("Dismiss"), "danger"),))
    assert pressed(card) == [[("decide_dismiss", "reject")]]


def test_every_line_of_a_bundle_of_fifty_is_on_the_card_with_its_number() -> None:
    card = replace(many(0), lines=tuple(verbatim(f"Move <{n}> " + "to Hall B " * 8) for n in range(50)))
    _, blocks = drawn(card, "he")
    text = json.dumps(blocks, ensure_ascii=False)
    assert [n for n in range(50) if f"\u200f{n + 1}. Move &lt;{n}&gt;" not in text] == []
    assert problems("chat.postMessage", {"channel": "C1", "text": "x", "blocks": blocks}) == []
    assert pressed(card) == []


def test_the_assistants_reason_is_quoted_as_its_own_words_and_escaped() -> None:
    _, blocks = drawn(replace(many(0), why=phrase("card-why", words="Hall B <floods>\n>now")), "en")
    [quote] = [block["text"]["text"] for block in blocks if block["type"] == "section" and "text" in block]
    assert quote.translate(_INVISIBLE) == ">The assistant suggests it because: “Hall B &lt;floods&gt; &gt;now”"


def test_what_loses_is_listed_under_what_it_means() -> None:
    _, blocks = drawn(replace(many(0), rivals=(verbatim("“Keynote” to Hall B"),)), "en")
    assert (
        blocks[-1]["text"]["text"].translate(_INVISIBLE) == "*If this is approved, this is not:*\n• “Keynote” to Hall B"
    )


@pytest.mark.parametrize(
    ("card", "shows"),
    [
        (ENGLISH, False),
        (replace(ENGLISH, title=verbatim("x" * 200)), False),
        (replace(ENGLISH, asked_by=verbatim("x" * 900)), True),
        (replace(ENGLISH, facts=ENGLISH.facts * 6), True),
        (replace(ENGLISH, buttons=(), why=verbatim("x" * 900)), True),
    ],
)
def test_what_had_to_be_shortened_can_be_opened_in_full(card: Card, shows: bool) -> None:
    assert (("decide_show", "show") in [each for row in pressed(card) for each in row]) is shows


@given(card=cards, locale=st.sampled_from(["en", "he"]))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_is_cut_silently(card: Card, locale: str) -> None:
    """A card without the button that shows everything says every one of its phrases whole."""
    _, blocks = drawn(card, locale)
    text = json.dumps(blocks, ensure_ascii=False).replace("\u2060", "")
    page = Page(locale)
    parts = [
        *(each for fact in card.facts for each in (fact.label, fact.value)),
        *(each for change in card.changes for each in (change.label, change.now, change.proposed)),
        *(caution.text for caution in card.warnings),
        *(note for note in (card.title, card.outcome, card.notice, card.asked_by, card.why) if note is not None),
        *(*card.impact, *card.lines, *card.rivals, *card.footer),
    ]
    whole = [json.dumps(page.words(part), ensure_ascii=False)[1:-1] for part in parts]
    missing = [each for each in whole if each not in text and escape(each) not in text]
    assert missing == [] or '"action_id": "decide_show"' in text


@given(card=cards, locale=st.sampled_from(["en", "he"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_card_pings_links_or_is_refused(card: Card, locale: str) -> None:
    text, blocks = drawn(card, locale)
    assert problems("chat.postMessage", {"channel": "C1", "text": text, "blocks": blocks}) == []
    assert _BARE.findall(text) == []
    for said in _mrkdwn(blocks):
        assert said["verbatim"] is True
        assert _BARE.findall(said["text"].removeprefix(">")) == []
        lines = said["text"].removeprefix(">").split("\n")
        if locale == "he":
            assert all(line[0] == "\u200f" for line in lines)
        else:
            assert [line for line in lines if _first_strong(line) != "L" and not is_line_right_to_left(line)] == []


def _first_strong(line: str) -> str:
    return next((way for each in line if (way := unicodedata.bidirectional(each)) in {"L", "R", "AL"}), "L")


@pytest.mark.parametrize(
    ("locale", "line", "said"),
    [
        ("en", "⚠️ \u2068צבי חדד\u2069 is also registered", "\u200e⚠️ \u2068צבי חדד\u2069 is also registered"),
        ("en", "• VIP: צבי חדד", "• VIP: צבי חדד"),
        ("en", "11:30", "11:30"),
        ("en", "\u2068אולם א\u2069", "\u200e\u2068אולם א\u2069"),
        ("en", "\u2068צבי\u2069 is here", "\u200e\u2068צבי\u2069 is here"),
        ("en", "שום דבר לא שונה.", "שום דבר לא שונה."),
        (
            "en",
            "2. \u2068אולם א\u2069 · \u2068instead of B\u2069",
            "\u200e2. \u2068אולם א\u2069 · \u2068instead of B\u2069",
        ),
        ("he", "Hall A תפוס", "\u200fHall A תפוס"),
    ],
)
def test_a_line_reads_in_the_direction_of_its_language(locale: str, line: str, said: str) -> None:
    assert directed(line, locale) == said


def _mrkdwn(found: object) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        own = [found] if found.get("type") == "mrkdwn" else []
        return own + [text for value in found.values() for text in _mrkdwn(value)]
    return [text for value in found for text in _mrkdwn(value)] if isinstance(found, list) else []


def test_twin_without_escaping_a_title_pings_everybody() -> None:
    _, blocks = drawn(ENGLISH, "en")
    conflicts = blocks[6]["text"]["text"]
    unescaped = conflicts.replace("&lt;", "<").replace("&gt;", ">")
    assert (_BARE.findall(conflicts), "<!channel>" in unescaped) == ([], True)


@given(text=long_words, limit=st.integers(1, 60))
@settings(max_examples=300)
def test_a_cut_fits_when_escaped_keeps_a_beginning_and_marks_its_end(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(escape(short)) <= limit
    assert short == text or ("…" in short and text.startswith(short[: short.rindex("…")]))
    assert fitting(text, limit) <= limit


def test_a_cut_closes_what_it_opened() -> None:
    said = "Change: \u2068A very long title\u2069"
    assert (shorten(said, 18), shorten("a" * 5 + "&" * 5, 20), shorten("fits", 4)) == (
        "Change: \u2068A very…\u2069",
        "aaaaa&&…",
        "fits",
    )


@pytest.mark.parametrize("length", [110, 200, 390])
@pytest.mark.parametrize("locale", ["en", "he"])
def test_the_longest_card_stays_below_what_slack_was_seen_to_refuse(length: int, locale: str) -> None:
    lines = tuple(verbatim(f"{number} {'Tide & Time ' * 40}"[:length]) for number in range(48))
    _, blocks = card_message(replace(ENGLISH, lines=lines), locale)
    assert letters(blocks) <= LONGEST
    is_cut = blocks[-1].to_dict()["elements"][-1]["action_id"] == "decide_show"
    assert is_cut == (length > 110)


def test_others_marks_are_no_marks_of_ours() -> None:
    text = inert("*b* _i_ ~s~ `c` :tada: :+1: a*b 10:30:15 x_y")
    assert text.replace("\u2060", "") == "*b* _i_ ~s~ `c` :tada: :+1: a*b 10:30:15 x_y"
    assert [mark for mark in ("*b*", "_i_", "~s~", "`c`", ":tada:", ":+1:") if mark in text] == []
    assert ("a*b" in text, "10:30:15" in text, "x_y" in text) == (True, True, True)


def test_where_nobody_can_approve_what_could_be_done_instead_stands_above_dismissing() -> None:
    buttons = (
        Button("alternative", verbatim("14:00 in Hall C"), "plain", choice="0"),
        Button("reject", verbatim("Dismiss"), "danger"),
        Button("show", verbatim("Show all"), "plain"),
    )
    assert pressed(replace(many(0), buttons=buttons)) == [
        [("decide_alternative_0", "alternative.0"), ("decide_show", "show")],
        [("decide_dismiss", "reject")],
    ]


@pytest.mark.parametrize("limit", range(2, 60))
def test_a_picture_is_named_up_to_a_word_with_its_isolates_closed(limit: int) -> None:
    words = "The rooms of \u2068Stagecraft Conference\u2069. \u2068Rain \u2068Plans\u2069 That Work\u2069 moves"
    cut = at_a_word(words, limit)
    assert (len(cut) <= limit, cut.count("\u2068") == cut.count("\u2069")) == (True, True)
    kept = cut.rstrip("\u2069").removesuffix("…").rstrip(".")
    assert limit < 8 or words[len(kept)] in " .\u2069"


def test_what_is_not_seen_is_taken_out_of_what_slack_is_sent() -> None:
    assert clean("a\u202eb\u202d\x00\x1b[c\ud83d\r\nd\te") == "ab[c\ufffd\nd e"
