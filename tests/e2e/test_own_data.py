"""Own data in a real browser: from the files to the first approved card, and a file that is shared in each chat."""

import json
import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Demo, running_demo
from tests.e2e.test_main_job import ADAM, last_slack, words

pytestmark = pytest.mark.e2e

DAY = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
AGENDA = f"""כותרת;תאריך;התחלה;סיום;אולם;דוברים
פתיחה;{DAY};09:00;10:00;אולם ים;נועה לב
Tide Tables by Hand;{DAY};10:00;11:00;אולם ים;Tom Bar
לקרוא עננים;{DAY};10:00;11:00;אולם חוף;דנה רז
Knots, Ropes and Rigs;{DAY};11:00;12:00;אולם חוף;Lia Peled
"""
LATER = AGENDA.replace("11:00;12:00;אולם חוף", "11:15;12:15;אולם חוף") + f"ניווט בלילה;{DAY};20:00;21:00;אולם חוף;\n"
PEOPLE = "שם,דואל,VIP,מפגשים\nרות דגן,ruth@example.org,אורחת כבוד,פתיחה\nTom Bar,tom@example.org,,Tide Tables by Hand\n"


@pytest.fixture(scope="module")
def begun() -> float:
    return time.monotonic()


@pytest.fixture(scope="module")
def demo(begun: float, tmp_path_factory: pytest.TempPathFactory) -> Generator[Demo]:
    home = tmp_path_factory.mktemp("own")
    agenda, people = home / "ימי הים.csv", home / "people.csv"
    agenda.write_bytes(AGENDA.encode("cp1255"))
    people.write_text(PEOPLE, "utf-8")
    options = ("--schedule", str(agenda), "--people", str(people), "--zone", "Asia/Jerusalem")
    with running_demo(home, *options) as running:
        yield running


@pytest.fixture(autouse=True)
def _patience() -> Generator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def file(text: str, name: str = "ימי הים.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def offered(page: Page, locale: str, number: int) -> str:
    """Choose one of the page's examples in a language; return the platform whose chat it is put into."""
    page.get_by_test_id("examples-toggle").click()
    example = page.locator(f'[data-testid="example"][lang="{locale}"]').nth(number)
    platform = str(example.get_attribute("data-platform"))
    example.click()
    return platform


def test_from_the_files_to_the_first_approved_card(
    page: Page, demo: Demo, begun: float, record_testsuite_property: Callable[[str, object], None]
) -> None:
    assert offered(page, "en", 0) == "slack"
    expect(page.get_by_test_id("slack-input")).to_have_value("Move פתיחה to 11:00")
    page.get_by_test_id("slack-send").click()
    card = last_slack(page)
    expect(card).to_contain_text(words("Change: פתיחה"))
    expect(card).to_contain_text(words("אורחת כבוד"))
    # A VIP is registered: that is acknowledged first.
    card.get_by_test_id("slack-button-decide_review").click()
    modal = page.get_by_test_id("slack-modal")
    expect(modal).to_contain_text(words("אורחת כבוד"))
    for box in modal.get_by_role("checkbox").all():
        box.check()
    page.get_by_test_id("slack-modal-submit").click()
    expect(card).to_contain_text(words("Approved by Adam Cohen"))
    # Promised are five minutes; how long it took is in the report of the run, for machines differ.
    record_testsuite_property("seconds from the files to the first approved card", round(time.monotonic() - begun, 1))
    # It has a home of its own, which the line that the demo prints leads to.
    assert "The log: eventflow --demo log " in demo.log.read_text("utf-8")
    log = [json.loads(line) for line in demo.run("--demo", "log", "--json", "--status", "executed").splitlines()]
    [done] = [entry for entry in log if entry["kind"] == "suggestion"]
    assert (done["action_type"], done["decided_by"]) == ("schedule_update", "Adam Cohen")


@pytest.mark.parametrize(
    ("locale", "answers"),
    [
        ("en", ["is taken by", "לקרוא עננים", "Remove: לקרוא עננים"]),
        ("he", ["תפוס על ידי", "לקרוא עננים", "הסרה: לקרוא עננים"]),
    ],
)
def test_every_further_sentence_that_the_page_offers_is_understood(page: Page, locale: str, answers: list[str]) -> None:
    for number, answer in enumerate(answers, 1):
        platform = offered(page, locale, number)
        page.get_by_test_id(f"{platform}-send").click()
        expect(page.get_by_test_id(f"{platform}-message").filter(has_text=words(answer)).last).to_be_visible()


@pytest.mark.parametrize(
    ("pane", "person", "channel", "summary", "card_words", "approved"),
    [
        ("slack", ADAM, "D0ADAM", "adds one session and moves 2", "Import into ימי הים", "Approved by Adam Cohen"),
        ("telegram", "7004", "7004", "מושבים חדשים", "ייבוא אל ימי הים", "אושר על ידי"),
    ],
)
def test_a_shared_schedule_becomes_a_card_with_its_report(
    page: Page, pane: str, person: str, channel: str, summary: str, card_words: str, approved: str
) -> None:
    page.get_by_test_id(f"{pane}-person").select_option(person)
    page.get_by_test_id(f"{pane}-{'channel' if pane == 'slack' else 'chat'}-{channel}").click()
    page.get_by_test_id(f"{pane}-file").set_input_files(file(LATER))
    expect(page.get_by_test_id(f"{pane}-attached")).to_contain_text("ימי הים.csv")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id(f"{pane}-attached")).to_be_hidden()
    messages = page.get_by_test_id(f"{pane}-message")
    expect(messages.filter(has_text=words(summary)).last).to_be_visible()
    card = messages.filter(has_text=words(card_words)).last
    expect(card).to_be_visible()
    with page.expect_download() as saved:
        messages.get_by_test_id(f"{pane}-document").last.click()
    report = Path(saved.value.path()).read_text("utf-8")
    assert "ניווט בלילה" in report
    assert saved.value.suggested_filename.endswith(".txt")
    button = card.get_by_test_id(f"{pane}-button-decide_reject" if pane == "slack" else "telegram-button").last
    expect(button).to_be_visible()
