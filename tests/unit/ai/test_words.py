"""What is wrong with a model's words is seen before anybody reads them."""

import pytest

from core.ai.words import LONGEST, is_call, shortened

TOOLS = ("get_agenda", "update_schedule_item")


@pytest.mark.parametrize(
    "text",
    [
        'declaration:default_api:get_agenda{day:"2027-05-10",room:"Hall A"}',
        "```tool_code\nprint(default_api.get_agenda(day='2027-05-10'))\n```",
        "Let me look.\n\nprint(get_agenda(day='2027-05-10'))",
        "get_agenda(day='2027-05-10')",
        "get_agenda {day: '2027-05-10'}",
        "eventflow.get_agenda(day='x')",
        '{"name": "get_agenda", "arguments": {"day": "2027-05-10"}}',
        "{'tool': 'default.get_agenda', 'args': {}}",
        '```json\n{"functionCall": {"name": "x"}}\n```',
        '<tool_call>{"name": "x"}</tool_call>',
        "<function=get_agenda>{}</function>",
        "<get_agenda><day>2027-05-10</day></get_agenda>",
        '<|tool_call|>get_agenda',
        '[TOOL_CALLS] [{"x": 1}]',
        "<ctrl46>call",
    ],
)  # fmt: skip
def test_a_call_written_as_words_is_no_answer(text: str) -> None:
    assert is_call(text, TOOLS)


@pytest.mark.parametrize(
    "text",
    [
        "Hall A is free at nine.",
        "The session is called print(hello) and starts at 10:00 {sic}.",
        'Its "name": "Opening Keynote" (Hall A).',
        "I can get the agenda (all of it) or update a schedule item.",
        "<b> & co. sell tools: [TOOL SHED], call them.",
        "אולם א פנוי בתשע (עד עשר).",
    ],
)
def test_words_about_calls_are_words(text: str) -> None:
    assert not is_call(text, TOOLS)
    assert shortened(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I will do it. I will execute it. " * 900, "I will do it. I will execute it."),
        ("Two halls are free.\n" + "And so on, " * 400, "Two halls are free.\nAnd so on,"),
        ("אני אעשה את זה. " * 500, "אני אעשה את זה."),
        ("no" * 5000, "no"),
        ("Free: " + "- \n" * 900 + "done", "Free: -"),
    ],
)
def test_a_loop_is_read_once(text: str, kept: str) -> None:
    assert shortened(text) == kept


def test_a_long_list_is_no_loop() -> None:
    agenda = "\n".join(f"{hour:02}:00 to {hour:02}:45, Hall {room}, free" for hour in range(24) for room in "ABC")
    table = "\n".join("| free | free | free | free | free |" for _row in range(4))
    assert [shortened(agenda), shortened(table)] == [agenda, table]


def test_an_answer_fits_into_three_messages() -> None:
    long = "\n".join(f"Session {number} is in the room that was planned." for number in range(900))
    assert 0 < len(shortened(long)) <= LONGEST
    assert long.startswith(shortened(long) + "\n")
