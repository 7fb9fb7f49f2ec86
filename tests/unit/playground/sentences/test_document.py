"""The sentences that were promised, said one by one; and docs/sentences.md, which is made from the table."""

import re
from pathlib import Path

import pytest

from bots.playground.sentences.conversation.talk import Call
from bots.playground.sentences.document import DOCUMENT, written
from bots.playground.sentences.grammar.rows import table
from bots.playground.sentences.grammar.understand import understand
from tests.unit.playground.sentences.conversing import SITUATION, Conversation, is_lost, shown

SAID = Path(__file__).with_name("said.md")
ONE, BOTH, FOLLOW_UP = "Say", "In English", "First"


def _rows(kind: str) -> list[tuple[str, ...]]:
    """Return the rows of the tables whose first column is called so."""
    found: list[tuple[str, ...]] = []
    head = ""
    for line in SAID.read_text("utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split(" | "))
        if not line.startswith("|"):
            head = ""
        elif not head:
            head = cells[0]
        elif head == kind and not line.startswith("|---"):
            found.append(cells)
    return found


@pytest.mark.parametrize(("said", "calls"), _rows(ONE))
def test_every_documented_sentence_leads_to_the_documented_calls(said: str, calls: str) -> None:
    assert _led_to(said) == (calls, False)


@pytest.mark.parametrize(("english", "hebrew", "calls"), _rows(BOTH))
def test_every_documented_pair_leads_to_the_documented_calls(english: str, hebrew: str, calls: str) -> None:
    assert (_led_to(english), _led_to(hebrew)) == ((calls, False), (calls, False))


@pytest.mark.parametrize(("first", "then", "calls"), _rows(FOLLOW_UP))
def test_every_documented_follow_up_leads_to_the_documented_calls(first: str, then: str, calls: str) -> None:
    conversation = Conversation()
    conversation.say(first)
    assert _led_to(then, conversation) == (calls, False)


def _led_to(said: str, conversation: Conversation | None = None) -> tuple[str, bool]:
    made, words = (conversation or Conversation()).say(said)
    return _written(made), is_lost(words)


def _written(calls: list[Call]) -> str:
    return " then ".join(f"`{shown(call)}`" for call in calls) or "words only"


def test_the_document_holds_what_the_tests_above_say() -> None:
    assert [len(_rows(kind)) for kind in (ONE, BOTH, FOLLOW_UP)] == [88, 61, 16]


def _of_the_readme() -> list[str]:
    readme = (DOCUMENT.parents[1] / "README.md").read_text("utf-8")
    table = readme[readme.index("| say | and see |") :].split("\n\n")[0]
    said = [words for line in table.splitlines()[2:] for words in re.findall("`([^`]+)`", line.split(" | ")[0])]
    return [words for words in said if not words.startswith("/")]


@pytest.mark.parametrize("said", _of_the_readme())
def test_every_sentence_of_the_readme_is_understood(said: str) -> None:
    calls, lost = _led_to(said)
    assert (calls != "words only", lost) == (True, False)


def test_the_readme_holds_sentences_in_both_languages() -> None:
    said = _of_the_readme()
    assert len(said) >= 7
    assert any("\u05d0" <= letter <= "\u05ea" for words in said for letter in words)


def test_the_page_of_sentences_is_made_from_the_table() -> None:
    page = DOCUMENT.read_text("utf-8")
    assert written(page) == page


def test_the_example_of_every_row_leads_to_what_the_row_says() -> None:
    meant = {row.example: (row.ask, understand(row.example, SITUATION)) for row in table()}
    astray = [said for said, (ask, found) in meant.items() if found is None or found.ask != ask]
    assert astray == []
