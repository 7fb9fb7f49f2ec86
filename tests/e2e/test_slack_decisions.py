"""Slack beyond yes and no, in a real browser: reject with a reason, edit, alternatives, everything in full, home."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.test_main_job import ADAM, DANA, log_of, slack_as, slack_says, words

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def _patience() -> Generator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def press(place: Locator, verdict: str) -> None:
    place.get_by_test_id(f"slack-button-decide_{verdict}").click()


def field(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"slack-modal-input-{name}")


def submit(page: Page) -> None:
    page.get_by_test_id("slack-modal-submit").click()


def approves(page: Page, card: Locator) -> None:
    """Approve, in the modal where the risk asks for one."""
    button = card.get_by_test_id(re.compile("slack-button-decide_(approve|review)"))
    asks_more = "review" in str(button.get_attribute("data-testid"))
    button.click()
    if asks_more:
        expect(page.get_by_test_id("slack-modal-submit")).to_be_visible()
        for box in page.get_by_test_id("slack-modal").get_by_role("checkbox").all():
            box.check()
        submit(page)


def suggested(page: Page, person: str, sentence: str) -> Locator:
    """Ask for something that nobody asked for yet, and return its card: the same message whatever becomes of it."""
    slack_as(page, person)
    page.get_by_test_id("slack-tab-messages").click()
    slack_says(page, sentence)
    card = page.get_by_test_id("slack-message").filter(has_text=sentence)
    card = card.filter(has=page.get_by_test_id("slack-button-decide_show"))
    expect(card).to_have_count(1)
    ts = card.get_attribute("data-ts")
    return page.locator(f'[data-testid="slack-message"][data-ts="{ts}"]')


@pytest.mark.parametrize(
    ("person", "sentence", "outcome"),
    [
        (ADAM, "Move Rain Plans That Work to 12:30", "Rejected by Adam Cohen"),
        (DANA, "העבר את אבטחה בלי להפחיד ל-12:30", "נדחה על ידי Dana Levi"),
    ],
)
def test_a_rejection_takes_a_reason_that_the_card_then_tells(
    page: Page, person: str, sentence: str, outcome: str
) -> None:
    card = suggested(page, person, sentence)
    press(card, "reject")
    expect(field(page, "reason")).to_be_visible()
    label = field(page, "reason").locator("label").nth(3)
    said = label.inner_text()
    label.click()
    submit(page)
    expect(page.get_by_test_id("slack-modal")).to_have_count(0)
    expect(card).to_contain_text(words(outcome))
    expect(card).to_contain_text(words(said.strip("\u200f ").rstrip(".")))
    expect(card.get_by_test_id("slack-button-decide_reject")).to_have_count(0)


def test_another_reason_has_to_be_said_and_words_are_enough(page: Page) -> None:
    card = suggested(page, ADAM, "Move Rain Plans That Work to 12:45")
    press(card, "reject")
    field(page, "reason").locator("label").last.click()
    submit(page)
    expect(page.get_by_test_id("slack-modal-error")).to_be_visible()
    field(page, "words").fill("We have <no> chairs")
    submit(page)
    expect(card).to_contain_text(words("We have <no> chairs"))


def test_an_edit_is_checked_again_and_then_approved(page: Page, demo: Demo) -> None:
    card = suggested(page, ADAM, "Rename Sponsors Who Stay to Sponsors Who Return")
    press(card, "edit")
    expect(field(page, "title")).to_have_value("Sponsors Who Return")
    submit(page)
    expect(page.get_by_test_id("slack-modal-error")).to_be_visible()
    field(page, "title").fill("Sponsors Who Come Back")
    submit(page)
    expect(page.get_by_test_id("slack-modal")).to_have_count(0)
    expect(card).to_contain_text(words("Sponsors Who Come Back"))
    approves(page, card)
    expect(card).to_contain_text(words("Approved by Adam Cohen"))
    assert any("Sponsors Who Come Back" in str(entry) for entry in log_of(demo, "executed"))


def test_an_edit_into_a_conflict_says_so_under_the_room_and_changes_nothing(page: Page) -> None:
    card = suggested(page, DANA, "העבר את חוזים עם ספקים לאולם ג")
    expect(card).to_contain_text(words("תפוס על ידי"))
    press(card, "edit")
    expect(field(page, "room")).to_be_visible()
    field(page, "room").select_option(label="\u200fHall A")
    submit(page)
    expect(page.get_by_test_id("slack-modal-error")).to_contain_text(words("תפוס"))
    page.get_by_test_id("slack-modal-close").click()
    press(card, "dismiss")
    expect(card).to_contain_text(words("נדחה על ידי"))


@pytest.mark.parametrize(
    ("person", "sentence"),
    [(ADAM, "Move Rain Plans That Work to Hall A"), (DANA, "העבר את חוזים עם ספקים לאולם א")],
)
def test_an_alternative_takes_the_place_of_what_cannot_be(page: Page, person: str, sentence: str) -> None:
    card = suggested(page, person, sentence)
    press(card, "alternative_0")
    expect(card.get_by_test_id(re.compile("slack-button-decide_(approve|review)"))).to_be_visible()
    press(card, "reject")
    expect(field(page, "reason")).to_be_visible()
    submit(page)
    expect(card.get_by_test_id("slack-button-decide_reject")).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "sentence", "close", "asked"),
    [
        (ADAM, "Move Rain Plans That Work to 12:35", "Close", "Asked"),
        (DANA, "העבר את אבטחה בלי להפחיד ל-12:35", "סגירה", "הבקשה"),
    ],
)
def test_everything_is_shown_in_full_in_the_readers_language(
    page: Page, person: str, sentence: str, close: str, asked: str
) -> None:
    card = suggested(page, person, sentence)
    press(card, "show")
    modal = page.get_by_test_id("slack-modal")
    expect(modal).to_contain_text(words(asked))
    expect(modal).to_contain_text(sentence)
    expect(page.get_by_test_id("slack-modal-submit")).to_have_count(0)
    page.get_by_test_id("slack-modal-cancel").get_by_text(close).click()
    expect(modal).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "sentence", "change", "title", "empty", "direction"),
    [
        (
            ADAM,
            "Move Rain Plans That Work to 12:40",
            "12:40 to 13:25 instead of 11:30 to 12:15",
            "Where you are needed",
            "Rejected by Adam Cohen",
            "ltr",
        ),
        (
            DANA,
            "העבר את אבטחה בלי להפחיד ל-12:40",
            "12:40 עד 13:25 במקום 11:30 עד 12:15",
            "איפה צריכים אותך",
            "נדחה על ידי Dana Levi",
            "rtl",
        ),
    ],
)
def test_the_home_tab_says_where_somebody_is_needed_and_acts_on_the_same_row(
    page: Page, person: str, sentence: str, change: str, title: str, empty: str, direction: str
) -> None:
    card = suggested(page, person, sentence)
    page.get_by_test_id("slack-tab-home").click()
    home = page.get_by_test_id("slack-home")
    expect(home).to_contain_text(title)
    assert home.locator(".blocks").evaluate("(each) => getComputedStyle(each).direction") == direction
    expect(home).to_contain_text(words(change))
    home.get_by_test_id("slack-button-decide_reject").first.click()
    expect(field(page, "words")).to_be_visible()
    field(page, "words").fill("From home")
    submit(page)
    expect(page.get_by_test_id("slack-modal")).to_have_count(0)
    expect(home).to_contain_text(words(empty))
    page.get_by_test_id("slack-tab-messages").click()
    expect(card).to_contain_text(words("From home"))


def test_the_home_tab_is_filtered_by_risk(page: Page) -> None:
    suggested(page, ADAM, "Move Rain Plans That Work to 12:50")
    page.get_by_test_id("slack-tab-home").click()
    home = page.get_by_test_id("slack-home")
    waits = home.get_by_text(words("12:50 to 13:35 instead of 11:30 to 12:15"))
    expect(waits).to_have_count(2)  # among what waits for Adam, and among what he asked for
    page.get_by_test_id("slack-select-home_filter").select_option("risk.low")
    expect(home.locator(".of-header").nth(1)).to_contain_text(words("Waits for you"))
    expect(waits).to_have_count(0)
    expect(page.get_by_test_id("slack-select-home_filter")).to_have_value("risk.low")


@pytest.mark.parametrize(
    ("person", "sentence", "before", "after", "mode"),
    [
        (ADAM, "Push everything after 11:00 in Hall B by 10 minutes", "5 sessions", "4 sessions", "until one fails"),
        (DANA, "דחה את כל מה שאחרי 11:00 באולם א ב-10 דקות", "6 מושבים", "5 מושבים", "עד שאחד נכשל"),
    ],
)
def test_lines_of_a_bundle_are_chosen_and_run_without_the_rest(
    page: Page, person: str, sentence: str, before: str, after: str, mode: str
) -> None:
    card = suggested(page, person, sentence)
    expect(card).to_contain_text(words(before))
    press(card, "choose")
    lines = field(page, "lines").get_by_role("checkbox")
    expect(lines.first).to_be_checked()
    for line in lines.all():
        line.uncheck()
    submit(page)
    expect(page.get_by_test_id("slack-modal-error")).to_be_visible()
    for line in lines.all()[1:]:
        line.check()
    field(page, "mode").get_by_role("radio").last.check()
    submit(page)
    expect(page.get_by_test_id("slack-modal")).to_have_count(0)
    expect(card).to_contain_text(words(after))
    expect(card).to_contain_text(words(mode))
