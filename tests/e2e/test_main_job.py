"""The main job in a real browser: ask, suggest, decide, and see both chats tell the truth."""

import json
import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Demo

pytestmark = pytest.mark.e2e

DANA, ADAM, SAM, GUEST = "U0DANA", "U0ADAM", "U0SAM", "U0GUEST"
NOA, TOM, SHAI = "7001", "7002", "7003"


@pytest.fixture(autouse=True)
def _patience() -> Generator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def words(text: str) -> re.Pattern[str]:
    """The text as people see it: marks of direction between its words are not seen."""
    return re.compile(r"[\s\u200f\u2066-\u2069]+".join(re.escape(word) for word in text.split()))


def slack_as(page: Page, person: str, channel: str | None = None) -> None:
    page.get_by_test_id("slack-person").select_option(person)
    page.get_by_test_id(f"slack-channel-{channel or 'D' + person[1:]}").click()


def telegram_as(page: Page, person: str) -> None:
    page.get_by_test_id("telegram-person").select_option(person)
    page.get_by_test_id(f"telegram-chat-{person}").click()


def slack_says(page: Page, text: str) -> None:
    page.get_by_test_id("slack-input").fill(text)
    page.get_by_test_id("slack-send").click()


def telegram_says(page: Page, text: str) -> None:
    page.get_by_test_id("telegram-input").fill(text)
    page.get_by_test_id("telegram-send").click()


def slack_rejects(page: Page, card: Locator) -> None:
    """Reject without a reason."""
    card.get_by_test_id("slack-button-decide_reject").click()
    expect(page.get_by_test_id("slack-modal-input-words")).to_be_visible()
    page.get_by_test_id("slack-modal-submit").click()


def last_slack(page: Page) -> Locator:
    """Return what was written last; a card's picture comes when it is drawn."""
    return page.get_by_test_id("slack-message").filter(has_not=page.get_by_test_id("slack-picture")).last


def last_telegram(page: Page) -> Locator:
    """Return what was written last, as in Slack."""
    return page.get_by_test_id("telegram-message").filter(has_not=page.get_by_test_id("telegram-photo")).last


def log_of(demo: Demo, status: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in demo.run("log", "--json", "--status", status).splitlines()]


def test_a_question_in_english_and_in_hebrew_is_answered_in_its_language(page: Page) -> None:
    slack_as(page, ADAM)
    slack_says(page, "Who speaks in Hall A at 10:15?")
    expect(last_slack(page)).to_contain_text(words("ניהול קהל באירועים גדולים"))
    slack_as(page, DANA)
    slack_says(page, "מי מדבר באולם א ב-9:00?")
    expect(last_slack(page)).to_contain_text(words("Maya Golan"))
    expect(last_slack(page)).to_contain_text(re.compile("יום"))


def test_a_managers_change_is_suggested_approved_and_told_on_the_card(page: Page, demo: Demo) -> None:
    slack_as(page, ADAM)
    slack_says(page, "Move Rain Plans That Work to 12:30")
    card = last_slack(page)
    expect(card).to_contain_text(words("Change: Rain Plans That Work"))
    expect(card).to_contain_text(words("Waiting for a decision"))
    card.get_by_test_id("slack-button-decide_review").click()
    modal = page.get_by_test_id("slack-modal")
    expect(modal).to_contain_text(words("registered people are affected"))
    page.get_by_test_id("slack-modal-submit").click()
    expect(page.get_by_test_id("slack-modal-error").first).to_be_visible()
    for box in modal.get_by_role("checkbox").all():
        box.check()
    page.get_by_test_id("slack-modal-submit").click()
    expect(modal).to_have_count(0)
    expect(card).to_contain_text(words("Approved by Adam Cohen"))
    expect(card.get_by_test_id("slack-button-decide_review")).to_have_count(0)
    executed = [entry for entry in log_of(demo, "executed") if entry["kind"] == "suggestion"]
    assert [(entry["action_type"], entry["asked_by"], entry["decided_by"]) for entry in executed] == [
        ("schedule_update", "Adam Cohen", "Adam Cohen")
    ]
    card.get_by_test_id("slack-button-decide_undo").click()
    expect(last_slack(page)).to_contain_text(words("This takes back what was done"))
    back = last_slack(page)
    slack_rejects(page, back)
    expect(back).to_contain_text(words("Rejected by Adam Cohen"))


def test_field_staffs_suggestion_is_decided_in_slack_and_both_cards_change(page: Page) -> None:
    telegram_as(page, NOA)
    telegram_says(page, "דחה את אבטחה בלי להפחיד בחצי שעה")
    asked = last_telegram(page)
    expect(asked).to_contain_text(words("שינוי: אבטחה בלי להפחיד"))
    expect(asked.get_by_test_id("telegram-button")).to_have_count(0)
    slack_as(page, DANA, "C0MANAGERS")
    card = last_slack(page)
    expect(card).to_contain_text(words("Noa Mizrahi"))
    slack_rejects(page, card)
    expect(card).to_contain_text(words("Rejected by Dana Levi"))
    # The card that was asked for, and a sentence that the asker is notified of.
    told = page.get_by_test_id("telegram-message").filter(has_text=words("נדחה על ידי Dana Levi"))
    expect(told).to_have_count(2)
    expect(last_telegram(page)).to_contain_text(words("לא שונה דבר"))


def test_a_conflict_leaves_no_approve_button_and_says_what_to_do(page: Page) -> None:
    slack_as(page, DANA)
    slack_says(page, "העבר את חוזים עם ספקים לאולם ג")
    card = last_slack(page)
    expect(card).to_contain_text(words("תפוס על ידי"))
    expect(card.get_by_test_id("slack-button-decide_approve")).to_have_count(0)
    card.get_by_test_id("slack-button-decide_dismiss").click()
    expect(card).to_contain_text(words("נדחה על ידי"))


def test_what_cannot_be_taken_back_is_approved_by_typing_its_name(page: Page) -> None:
    slack_as(page, DANA)
    slack_says(page, "בטל את Opening Keynote: Doors at Eight")
    card = last_slack(page)
    expect(card).to_contain_text(words("ממתין להחלטה"))
    card.get_by_test_id("slack-button-decide_review").click()
    word = page.get_by_test_id("slack-modal-input-word")
    word.fill("מחק")
    page.get_by_test_id("slack-modal-submit").click()
    expect(page.get_by_test_id("slack-modal-error")).to_contain_text(words("Opening Keynote: Doors at Eight"))
    word.fill("opening keynote: doors at eight")
    page.get_by_test_id("slack-modal-submit").click()
    expect(page.get_by_test_id("slack-modal")).to_have_count(0)
    expect(card).to_contain_text(words("אושר על ידי Dana Levi"))


def test_a_double_click_decides_once(page: Page, demo: Demo) -> None:
    slack_as(page, ADAM)
    slack_says(page, "Move Sponsors Who Stay to 12:30")
    # The answer and the picture say the change, too; the card says who asked for it.
    card = page.get_by_test_id("slack-message").filter(has_text=words("Change: Sponsors Who Stay"))
    card = card.filter(has_text="Asked:")
    expect(card).to_contain_text(words("Waiting for a decision"))
    card.get_by_test_id("slack-button-decide_approve").dblclick()
    expect(card).to_contain_text(words("Approved by Adam Cohen"))
    moved = [
        entry
        for entry in log_of(demo, "executed")
        if entry["kind"] == "suggestion" and "Sponsors Who Stay" in json.dumps(entry["before_state"])
    ]
    assert len(moved) == 1


def test_a_stranger_gets_the_way_in_and_presses_for_nothing(page: Page) -> None:
    telegram_as(page, SHAI)
    telegram_says(page, "מה קורה עכשיו?")
    expect(last_telegram(page)).to_contain_text(words("ועוד לא הכרנו"))
    telegram_as(page, TOM)
    telegram_says(page, "Move Catering for a Thousand to 13:15")
    expect(last_telegram(page)).to_contain_text(words("Waiting for a decision"))
    slack_as(page, SAM, "C0MANAGERS")
    last_slack(page).get_by_test_id("slack-button-decide_review").click()
    expect(page.get_by_test_id("slack-modal")).to_contain_text(words("I do not know you yet"))
    page.get_by_test_id("slack-modal-close").click()
    expect(last_telegram(page)).to_contain_text(words("Waiting for a decision"))


def test_a_guest_of_the_workspace_is_not_known_by_their_email(page: Page) -> None:
    slack_as(page, GUEST)
    slack_says(page, "What is on now?")
    expect(last_slack(page)).to_contain_text(words("I do not know you yet"))


def test_somebody_is_linked_by_a_one_time_code(page: Page, demo: Demo) -> None:
    demo.run(
        "user",
        "add",
        "shai@example.org",
        "--org",
        "EventFlow Demo",
        "--name",
        "Shai Bar",
        "--role",
        "viewer",
        "--locale",
        "he",
    )
    found = re.search(r"/start (\S+)", demo.run("link", "shai@example.org"))
    assert found is not None
    telegram_as(page, SHAI)
    telegram_says(page, f"/start {found[1]}")
    expect(last_telegram(page)).to_contain_text(words("Shai Bar"))
    telegram_says(page, f"/start {found[1]}")
    expect(last_telegram(page)).to_contain_text(words("כבר מקושר"))


def test_two_matches_are_asked_back_and_the_choice_is_understood(page: Page) -> None:
    telegram_as(page, TOM)
    telegram_says(page, "Move stage management to 12:30")
    expect(last_telegram(page)).to_contain_text(words("Stage Management for Festivals"))
    telegram_says(page, "the first")
    expect(last_telegram(page)).to_contain_text(words("Waiting for a decision"))


def test_the_page_says_plainly_that_the_model_is_a_stand_in(page: Page) -> None:
    expect(page.get_by_test_id("model-banner")).to_be_visible()
    expect(page.get_by_test_id("model-banner")).to_contain_text(words("stand-in"))


def test_words_that_are_not_known_are_answered_with_three_sentences_to_tap(page: Page) -> None:
    slack_as(page, DANA)
    slack_says(page, "שיר לי שיר על ספקים")
    expect(last_slack(page).get_by_test_id("sentence")).to_have_count(3)
    telegram_as(page, TOM)
    telegram_says(page, "Sing a song about the checklist")
    sentences = last_telegram(page).get_by_test_id("sentence")
    expect(sentences).to_have_count(3)
    sentences.filter(has_text="Show me the checklist").click()
    expect(last_telegram(page)).to_contain_text(words("16 in all, 3 done"))
