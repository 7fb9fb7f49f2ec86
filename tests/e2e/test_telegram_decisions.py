"""Decisions in Telegram in a real browser, in English and in Hebrew: menus, questions, words and commands."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_main_job import last_telegram, telegram_as, telegram_says, words

pytestmark = pytest.mark.e2e

DANA, ADAM, NOA = "7004", "7005", "7001"


@pytest.fixture(autouse=True)
def _patience() -> Generator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def key(where: Locator, begins: str) -> Locator:
    """The button of a card that carries this verdict."""
    return where.locator(f'[data-testid="telegram-button"][data-data^="{begins}"]')


def card_about(page: Page, title: str) -> Locator:
    """The latest message with buttons that tells of a session."""
    found = page.get_by_test_id("telegram-message").filter(has_text=words(title))
    return found.filter(has=page.get_by_test_id("telegram-button")).last


def read_and_approve(card: Locator) -> None:
    """Acknowledge the consequences where there are some, and approve."""
    expect(key(card, "menu.reject")).to_have_count(1)
    if key(card, "acknowledge").count():
        expect(key(card, "approve")).to_have_count(0)
        key(card, "acknowledge").click()
    key(card, "approve").click()


def answer(page: Page, text: str) -> None:
    """Answer the question that has just been asked: its reply is open already."""
    expect(page.get_by_test_id("telegram-reply-quote")).to_have_count(1)
    telegram_says(page, text)
    expect(page.get_by_test_id("telegram-reply-quote")).to_have_count(0)


def test_a_reason_is_chosen_from_a_menu(page: Page) -> None:
    telegram_as(page, ADAM)
    telegram_says(page, "Move Data After the Event to 18:00")
    card = card_about(page, "Data After the Event")
    key(card, "menu.reject").click()
    expect(key(card, "reject.too_late")).to_have_text("Too late")
    key(card, "menu:").click()
    expect(key(card, "menu.reject")).to_have_count(1)
    key(card, "menu.reject").click()
    key(card, "reject.too_late").click()
    expect(last_telegram(page)).to_contain_text(words("Rejected by Adam Cohen"))
    expect(last_telegram(page)).to_contain_text(words("too late"))
    telegram_says(page, "/mine")
    expect(last_telegram(page)).to_contain_text(words("Data After the Event"))
    expect(last_telegram(page)).to_contain_text(words("too late"))


def test_a_title_is_changed_in_hebrew_before_it_is_approved(page: Page) -> None:
    telegram_as(page, DANA)
    telegram_says(page, "העבר את הגברה בחללים קשים לשעה 18:00")
    card = card_about(page, "הגברה בחללים קשים")
    key(card, "menu.edit").click()
    expect(key(card, "edit.title")).to_have_count(1)
    key(card, "edit.title").click()
    expect(last_telegram(page)).to_contain_text(words("הגברה בחללים קשים"))
    answer(page, "הגברה בחללים קלים")
    card = card_about(page, "הגברה בחללים קלים")
    expect(card).to_contain_text(words("שונתה על ידי Dana Levi"))
    read_and_approve(card)
    done = page.get_by_test_id("telegram-message").filter(has_text=words("אושר על ידי Dana Levi"))
    expect(done.filter(has_text=words("הגברה בחללים קלים"))).to_have_count(1)


def test_what_is_taken_offers_what_is_free(page: Page) -> None:
    telegram_as(page, ADAM)
    telegram_says(page, "Move Workshop: Budget Clinic to Workshop 1")
    card = card_about(page, "Workshop: Budget Clinic")
    expect(key(card, "approve")).to_have_count(0)
    expect(card).to_contain_text("⛔")
    key(card, "alternative.0").click()
    expect(card).not_to_contain_text("⛔")
    expect(key(card, "menu.reject")).to_have_count(1)
    key(card, "menu.reject").click()
    key(card, "reject.other").click()
    answer(page, "the trainer is away")
    done = page.get_by_test_id("telegram-message").filter(has_text=words("Workshop: Budget Clinic"))
    expect(done.filter(has_text=words("Rejected by Adam Cohen")).last).to_contain_text("the trainer is away")


def test_a_name_is_typed_as_an_answer_in_hebrew(page: Page) -> None:
    telegram_as(page, DANA)
    telegram_says(page, "בטל את Keynote: The Quiet Show")
    card = card_about(page, "Keynote: The Quiet Show")
    expect(key(card, "approve")).to_have_count(0)
    expect(card).to_contain_text(words("לאישור, צריך להשיב להודעה הזו במילה"))
    typed = re.search(r"במילה\s*[\u2068\u2066]?(.+?)[\u2069]?\.", card.inner_text())
    assert typed is not None
    card.hover()
    card.get_by_test_id("telegram-reply-tool").click()
    telegram_says(page, "לא זה")
    expect(last_telegram(page)).to_contain_text(words("דבר לא שונה"))
    card.hover()
    card.get_by_test_id("telegram-reply-tool").click()
    telegram_says(page, typed[1].strip())
    done = page.get_by_test_id("telegram-message").filter(has_text=words("אושר על ידי Dana Levi"))
    expect(done.filter(has_text=words("הסרה: Keynote: The Quiet Show")).last).to_be_visible()


def test_the_menu_says_what_waits_and_its_card_can_be_decided_there(page: Page) -> None:
    telegram_as(page, NOA)
    telegram_says(page, "Move Crowd Flow in Numbers to 18:00")
    expect(last_telegram(page)).to_contain_text(words("ממתין להחלטה"))
    telegram_as(page, ADAM)
    page.get_by_test_id("telegram-commands-toggle").click()
    page.get_by_test_id("telegram-command-pending").click()
    card = card_about(page, "Crowd Flow in Numbers")
    expect(card).to_contain_text("Noa Mizrahi")
    key(card, "show").click()
    expect(last_telegram(page)).to_contain_text(words("once this is decided"))
    read_and_approve(card)
    decided = page.get_by_test_id("telegram-message").filter(has_text=words("Approved by Adam Cohen"))
    card_itself = decided.filter(has_text=words("Crowd Flow in Numbers"), has_not_text=words("once this is decided"))
    expect(card_itself.last).to_contain_text(words("Done"))
    telegram_as(page, NOA)
    theirs = page.get_by_test_id("telegram-message").filter(has_text="Adam Cohen")
    expect(theirs.filter(has_text=words("Crowd Flow in Numbers")).first).to_be_visible()
