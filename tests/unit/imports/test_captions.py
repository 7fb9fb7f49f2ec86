"""Words beside a shared file, and sentences of a chat: what they answer, and that none names a command's option."""

import re

import pytest

from core.imports.models import Answers
from core.imports.shared import caption
from core.imports.shared.caption import answers_in, in_chat
from core.kernel.phrases import phrase
from core.texts import LOCALES, loader


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("", Answers()),
        ("here is the new one, for Hall A/B", Answers()),
        ("dates: day first", Answers(dates="day")),
        ("The month comes first", Answers(dates="month")),
        ("day first or month first?", Answers()),
        ("היום קודם", Answers(dates="day")),
        ("החודש קודם", Answers(dates="month")),
        ("clock date", Answers(clock="date")),
        ("Clock: start, please", Answers(clock="start")),
        ("zone Asia/Jerusalem", Answers(zone="Asia/Jerusalem")),
        ("Mars/Olympus", Answers()),
        ("event: Spring Summit", Answers(event="Spring Summit")),
        ('אירוע: "אביב 2027"', Answers(event="אביב 2027")),
        ("title = Talk name\nstart=When", Answers(columns={"title": "Talk name", "start": "When"})),
        ("day first\nevent: A\nEurope/Berlin", Answers(dates="day", event="A", zone="Europe/Berlin")),
    ],
)
def test_what_the_words_beside_a_file_answer(text: str, answers: Answers) -> None:
    assert answers_in(text) == answers


def test_a_chat_never_names_an_option_of_the_command_line() -> None:
    asked = frozenset[str](vars(caption)["_ASKED_OTHERWISE"])
    for locale in LOCALES:
        folder = loader.Path(loader.__file__).parent / locale
        lines = [line for name in ("formats", "imports") for line in (folder / f"{name}.ftl").read_text().splitlines()]
        named = {line.partition(" = ")[0] for line in lines if re.search(r"--[a-z]", line)}
        assert named - {"people-several-events"} == asked
    said = phrase("import-titled", title="x", why=phrase("format-day-or-month", text="5/6"))
    inner = in_chat(said).args["why"]
    assert inner == phrase("chat-format-day-or-month", text="5/6")
