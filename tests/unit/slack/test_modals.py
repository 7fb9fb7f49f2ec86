"""Modals, pure: what each shows within Slack's limits, and what a submitted one asks for."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.playground.slack_view_checks import read_view
from bots.slack.modals.frame import telling_view
from bots.slack.modals.sheet import refused, submitted
from core.kernel.cards import Card, Change, Form, Sheet
from core.kernel.messages import Verdict
from core.kernel.phrases import phrase, verbatim
from core.texts import plain, say
from tests.unit.slack.cards import cards, words
from tests.unit.slack.sheets import (
    BUNDLE,
    CARD,
    CRITICAL,
    FORM,
    SEAL,
    SHEETS,
    SUGGESTION,
    drawn,
    read,
    submission,
    with_values,
)

EDIT = SHEETS["edit"]


def said(view: dict[str, Any]) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False).translate(dict.fromkeys([0x200F, 0x2068, 0x2069]))


@pytest.mark.parametrize("locale", ["en", "he"])
@pytest.mark.parametrize("verdict", list(SHEETS))
def test_slack_takes_every_modal_in_both_languages(verdict: str, locale: str) -> None:
    view = read_view(drawn(replace(SHEETS[verdict], locale=locale)))
    assert len(view["private_metadata"]) <= 3000


@given(
    card=cards,
    verdict=st.sampled_from(["approve", "break_glass", "choose", "edit", "reject", "show"]),
    locale=st.sampled_from(["en", "he"]),
    texts=st.lists(words, min_size=1, max_size=3),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_slack_takes_a_modal_of_any_card(card: Card, verdict: Verdict, locale: str, texts: list[str]) -> None:
    consequences = tuple(verbatim(text) for text in texts)
    form = with_values(FORM, title=texts[0], speaker=texts[-1])
    sheet = Sheet(
        verdict=verdict,
        card=replace(card, consequences=consequences),
        locale=locale,
        form=form,
        reasons=SHEETS["reject"].reasons,
        notices=((verbatim("Who"), verbatim(texts[0] * 50)),),
    )
    read_view(drawn(sheet))


def test_an_approval_brings_what_was_ticked_with_the_card_that_was_shown() -> None:
    found = read(SHEETS["approve"], read0=["read"])
    assert (found.decision.verdict, found.decision.evidence, found.wrong) == (
        "approve",
        {"read": "0", "shown": "abc"},
        {},
    )


def test_a_rejection_brings_a_reason_and_words_or_nothing() -> None:
    sheet = SHEETS["reject"]
    found = [
        read(sheet),
        read(sheet, reason="too_late"),
        read(sheet, words="We have\nno  chairs"),
        read(sheet, reason="other", words="No chairs"),
    ]
    assert [(each.decision.choice, dict(each.decision.evidence), each.wrong) for each in found] == [
        ("", {"shown": "abc"}, {}),
        ("too_late", {"shown": "abc"}, {}),
        ("", {"words": "We have no chairs", "shown": "abc"}, {}),
        ("other", {"words": "No chairs", "shown": "abc"}, {}),
    ]
    assert list(read(sheet, reason="other").wrong) == ["words"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"title": "Sun  Plans"}, {"title": "Sun Plans"}),
        ({"room": "אולם ג"}, {"room": "אולם ג"}),
        ({"speaker": None}, {"speaker": ""}),
        # Who moves the start alone keeps the length.
        ({"start": "14:00"}, {"start": "2026-05-01T14:00", "end": "2026-05-01T15:30"}),
        ({"day": "2026-05-02"}, {"start": "2026-05-02T09:00", "end": "2026-05-02T10:30"}),
        ({"end": "11:00"}, {"start": "2026-05-01T09:00", "end": "2026-05-01T11:00"}),
        ({"start": "14:00", "end": "14:30"}, {"start": "2026-05-01T14:00", "end": "2026-05-01T14:30"}),
        ({"end": "01:00", "endday": "2026-05-02"}, {"start": "2026-05-01T09:00", "end": "2026-05-02T01:00"}),
    ],
)
def test_an_edit_brings_what_is_different(typed: dict[str, Any], expected: dict[str, str]) -> None:
    found = read(EDIT, **typed)
    assert ({**found.decision.evidence}, found.wrong) == ({**expected, "shown": "abc"}, {})


@pytest.mark.parametrize(
    ("typed", "block"),
    [
        ({}, "title"),
        ({"title": "  Rain   Plans "}, "title"),
        ({"title": None}, "title"),
        ({"end": "08:00"}, "end"),
        ({"end": "09:00"}, "end"),
        ({"start": None}, "start"),
        ({"end": None}, "end"),
        ({"day": "nonsense"}, "start"),
    ],
)
def test_an_edit_that_cannot_be_is_told_under_its_field(typed: dict[str, Any], block: str) -> None:
    assert list(read(EDIT, **typed).wrong) == [block]


@pytest.mark.parametrize(
    ("typed", "block"),
    [({"room": "Hall A"}, "room"), ({"start": "14:00"}, "start"), ({"title": "x", "room": "Hall A"}, "room")],
)
def test_what_the_core_says_of_an_edit_stands_under_what_was_changed(typed: dict[str, Any], block: str) -> None:
    assert read(EDIT, **typed).blames == block


def test_a_session_over_midnight_opens_with_its_second_day_and_is_moved_whole() -> None:
    late = with_values(FORM, time="2026-05-01T23:00/2026-05-02T01:00")
    sheet = replace(EDIT, form=late)
    assert read(sheet, start="22:30").decision.evidence["end"] == "2026-05-02T00:30"
    assert list(read(sheet).wrong) == ["title"]


def test_a_form_has_only_what_the_action_has() -> None:
    only = Form(zone="UTC", fields=(replace(FORM.fields[0], value="Tent"),))
    view = drawn(replace(EDIT, form=only))
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == ["title"]
    assert read(replace(EDIT, form=only), title="Big tent").decision.evidence == {"title": "Big tent", "shown": "abc"}


def test_more_rooms_than_a_list_holds_are_typed() -> None:
    rooms = tuple((f"Room {n}", verbatim(f"Room {n}")) for n in range(120))
    form = replace(FORM, fields=tuple(replace(each, options=rooms and each.options and rooms) for each in FORM.fields))
    found = read(replace(EDIT, form=form), room="Room 119")
    assert (found.decision.evidence["room"], found.wrong) == ("Room 119", {})


def test_lines_that_are_unticked_are_left_out_by_number() -> None:
    sheet = SHEETS["choose"]
    group = [str(n) for n in range(1, 11) if n not in {2, 5}]
    found = read(sheet, lines0=group, lines10=["12"], mode="until_failure")
    assert found.decision.evidence == {"out": "2,5,11", "mode": "until_failure", "shown": "abc"}
    assert read(sheet).decision.evidence == {"out": "", "mode": "all", "shown": "abc"}
    assert list(read(sheet, lines0=[], lines10=[]).wrong) == ["lines0"]


def test_a_bundle_of_fifty_long_lines_is_chosen_from_in_full() -> None:
    lines = tuple(verbatim(f"{n} " + "very long line " * 12 + "end.") for n in range(1, 51))
    view = drawn(replace(SHEETS["choose"], card=replace(BUNDLE, lines=lines), is_stopping=True))
    read_view(view)
    assert said(view).count("end.") == 50
    groups = [block["element"] for block in view["blocks"] if block.get("block_id", "").startswith("lines")]
    assert [len(each["options"]) for each in groups] == [10] * 5
    [mode] = [block["element"] for block in view["blocks"] if block.get("block_id") == "mode"]
    assert mode["initial_option"]["value"] == "until_failure"


def test_a_line_that_does_not_fit_on_its_box_is_cut_before_what_was() -> None:
    line = "16:35 to 17:20 Wristbands, Tickets and Queues · instead of 16:15 to 17:00 in Hall B"
    lines = tuple(verbatim(each) for each in (line, "10:00 to 11:00 Talk · instead of 09:00 to 10:00"))
    view = drawn(replace(SHEETS["choose"], card=replace(BUNDLE, lines=lines)))
    [boxes] = [block["element"]["options"] for block in view["blocks"] if block.get("block_id") == "lines0"]
    assert [(each["text"]["text"], each.get("description", {}).get("text")) for each in boxes] == [
        ("1. 16:35 to 17:20 Wristbands, Tickets and Queues", "instead of 16:15 to 17:00 in Hall B"),
        ("2. 10:00 to 11:00 Talk · instead of 09:00 to 10:00", None),
    ]


def test_what_is_rejected_is_said_as_on_its_card() -> None:
    change = Change(phrase("field-room"), verbatim("Hall A"), verbatim("Hall B"), is_plain=True)
    view = drawn(replace(SHEETS["reject"], card=replace(CARD, title=verbatim("Change: Talk"), changes=(change,))))
    assert plain(view["blocks"][0]["text"]["text"]) == "*Change: Talk*\nHall B instead of Hall A"


def test_everything_is_shown_whole_on_as_many_pages_as_it_takes() -> None:
    long = tuple(verbatim(f"caution {n}: " + "שלום עולם " * 60) for n in range(400))
    sheet = replace(SHEETS["show"], card=replace(CARD, impact=long))
    first = drawn(sheet)
    assert "submit" not in first
    pages = int(said(first).partition("Page 1 of ")[2].partition('"')[0])
    text = "".join(said(read_view(drawn(sheet, str(page)))) for page in range(1, pages + 1))
    assert (pages > 2, [n for n in range(400) if f"caution {n}: " not in text]) == (True, [])
    assert text.count("שלום") == 400 * 60
    assert said(drawn(sheet, "999")) == said(drawn(sheet, str(pages)))


def test_who_is_told_and_in_which_words_is_shown_with_its_lines() -> None:
    text = said(drawn(SHEETS["show"]))
    assert "*Dana will read:*\\none\\ntwo &lt;3&gt;" in text


def test_past_the_policy_takes_a_reason_and_the_gesture() -> None:
    sheet = SHEETS["break_glass"]
    found = read(sheet, words="The hall is flooding", word="delete")
    assert (found.decision.verdict, found.decision.evidence) == (
        "break_glass",
        {"words": "The hall is flooding", "word": "delete", "shown": "abc"},
    )
    assert list(read(sheet, words="......... a", word="DELETE").wrong) == ["words"]


def test_only_what_we_wrote_for_that_person_is_read() -> None:
    view = drawn(SHEETS["reject"])
    kept = view["private_metadata"]
    other = kept.replace(SUGGESTION.hex, "0" * 32)
    assert other != kept
    own = submission(view)
    wrong = [
        submission({**view, "private_metadata": other}),
        submission({**view, "private_metadata": kept[:-1]}),
        submission({**view, "private_metadata": kept[24:]}),
        submission({**view, "private_metadata": ""}),
        submission({**view, "private_metadata": SEAL.close("{}")}),
        submission({**view, "private_metadata": SEAL.close("[]")}),
        submission({**view, "private_metadata": SEAL.close(kept[24:].replace("reject", "approved"))}),
        submission({**view, "private_metadata": "é" * 40}),
        {**own, "user": {"id": "U2"}},
        {**own, "team": {}},
        {**own, "type": "view_closed"},
        submission({**view, "callback_id": "another"}),
    ]
    assert (submitted(own, SEAL) is not None, [submitted(each, SEAL) for each in wrong]) == (True, [None] * 12)


def test_a_refusal_stands_under_its_input_or_takes_the_modals_place() -> None:
    payload = submission(drawn(replace(SHEETS["approve"], card=CRITICAL)))
    assert refused(payload, "No.", "word") == {"response_action": "errors", "errors": {"word": "No."}}
    assert refused(payload, "Too <late>.", "") == {
        "response_action": "update",
        "view": telling_view("Too <late>.", "ours").to_dict(),
    }
    read_view(telling_view("", "x").to_dict())
    read_view(telling_view(say("he", phrase("slack-modal-foreign")) * 50, "x").to_dict())
