"""Cases of the field: what the model answers instead of an answer."""

import json

import pytest

from tests.contract.ai.standin import USAGE, Reply, candidate, error, ok, says, stopped
from tests.contract.field.stage import STAFF, Stage, case
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db


@pytest.mark.parametrize("number", [0, 1])
async def test_gemini_call_as_text(stage: Stage, number: int) -> None:
    told = case("gemini-call-as-text")
    stage.gemini.script = [says(told["texts"][number]), says(told["then"])]
    assert await stage.direct("is Hall A free at nine?") == 200
    await stage.settle()
    assert (stage.said("D1"), len(stage.gemini.asked)) == ([told["then"]], 2)


async def test_a_model_that_writes_calls_alone_is_excused_in_words(stage: Stage) -> None:
    text = case("gemini-call-as-text")["texts"][0]
    stage.gemini.script = [says(text), says(text)]
    assert await stage.direct("is Hall A free at nine?") == 200
    assert await stage.direct("and Hall B?") == 200
    await stage.settle()
    assert len(stage.said("D1")) == 2
    assert [words for words in stage.said("D1") if "default_api" in words] == []
    assert "default_api" not in json.dumps(stage.gemini.asked[-1].body)


async def test_gemini_repetition(stage: Stage) -> None:
    told = case("gemini-repetition")
    stage.gemini.script = [candidate({"text": told["sentence"] * told["times"]}, finish=told["finish"])]
    assert await stage.direct("do it") == 200
    await stage.settle()
    said = stage.said("D1")
    cut = "My answer became too long and broke off; nothing was done. Please ask for less at once."
    assert said == [f"{told['sentence'].strip()}\n\n{cut}"]
    assert len(said) <= told["most_messages"]
    assert await stage.direct("and now?") == 200
    await stage.settle()
    assert json.dumps(stage.gemini.asked[-1].body).count(told["sentence"].strip()) == 1


async def test_gemini_hidden_characters(stage: Stage) -> None:
    told = case("gemini-hidden-characters")
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in told["hidden"]) + told["zero_width"]
    change = f"update public.schedules set title = title || $t${hidden}$t$ where title = 'Closing Panel'"
    owner_run(stage.owner_url, change)
    args = {"session": str(stage.session("Closing Panel"))}
    stage.gemini.script = [candidate({"functionCall": {"name": "get_session", "args": args}})]
    assert await stage.direct(f"when is the closing {hidden}panel? \U0001f468\u200d\U0001f467") == 200
    await stage.settle()
    said = json.dumps(stage.gemini.asked[-1].body, ensure_ascii=False)
    assert [letter for letter in hidden if letter in said] == []
    assert ("Closing Panel" in said, "closing panel? \U0001f468\u200d\U0001f467" in said) == (True, True)


SAID = {
    "blocked": (
        "I may not answer this as it is written. Please put it differently.",
        "אסור לי לענות על זה בניסוח הזה. אפשר לנסח אחרת.",
    ),
    "malformed": (
        "I got tangled up preparing this, and nothing was done. Please ask again, one thing at a time.",
        "הסתבכתי בהכנה, ולא בוצע דבר. אפשר לבקש שוב, דבר אחד בכל פעם.",
    ),
    "cut": (
        "My answer became too long and broke off; nothing was done. Please ask for less at once.",
        "התשובה שלי התארכה ונקטעה; לא בוצע דבר. אפשר לבקש פחות בבת אחת.",
    ),
    "empty": (
        "I found no answer to this. Please put it differently.",
        "לא מצאתי לזה תשובה. אפשר לנסח אחרת.",
    ),
    "down": (
        "My thinking service does not answer right now. Your message is kept; please try again in a minute.",
        "שירות החשיבה שלי לא עונה כרגע. ההודעה נשמרה; אפשר לנסות שוב בעוד דקה.",
    ),
    "refused": (
        "My thinking service did not accept this request. Please put it differently; your message is kept.",
        "שירות החשיבה שלי לא קיבל את הבקשה. אפשר לנסח אחרת; ההודעה נשמרה.",
    ),
}
"""What somebody reads, in English and in Hebrew."""
_CALL = {"functionCall": {"name": "update_schedule_item", "args": {"schedule_id": "x", "changes": {"title": "Y"}}}}
_PAGE = {"content-type": "text/html"}


def raw(body: str, **headers: str) -> Reply:
    """Return a 200 with exactly this body."""
    return Reply(200, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()})


def blocked_prompt(why: str) -> Reply:
    """Return a reply whose prompt was blocked."""
    return ok({"promptFeedback": {"blockReason": why}, "usageMetadata": USAGE})


BLOCKING = ["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "MODEL_ARMOR"]
MALFORMED = ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE"]
NOTHING = ["OTHER", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER", "NO_IMAGE"]
PROMPTS = ["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "MODEL_ARMOR", "NEW_IN_2027"]
AS_WORDS = [
    "print(default_api.get_agenda(day='2027-05-10'))",
    "```tool_code\nprint(get_agenda())\n```",
    "```python\nget_agenda(day='2027-05-10')\n```",
    '{"name": "get_agenda", "arguments": {"day": "x"}}',
    '```json\n{"tool": "get_agenda", "args": {}}\n```',
    '<tool_call>{"name": "get_agenda"}</tool_call>',
    "<start_function_call>call:get_agenda{day:<escape>x<escape>}<end_function_call>",
    "<function=get_agenda>{}</function>",
    "<unused12>call get_agenda<unused13>",
    "<|tool|>get_agenda",
    "Action: get_agenda\nAction Input: {}",
    "functions.get_agenda:0",
    "Sure! I will look.\n\ndefault_api.get_agenda(day='x')",
    "בודק עכשיו.\nprint(default_api.update_schedule_item(schedule_id='x'))",
    "thought\nThe user wants the agenda. I should look.\n\nHall A is free.",
    "<think>They want Hall A</think>Hall A is free.",
]
NO_ANSWER: list[tuple[str, Reply]] = [
    *(("blocked", stopped(finish)) for finish in BLOCKING),
    *(("blocked", candidate({"text": "half an answer"}, finish=finish)) for finish in BLOCKING),
    *(("blocked", blocked_prompt(why)) for why in PROMPTS),
    *(("malformed", stopped(finish)) for finish in MALFORMED),
    *(("malformed", candidate(_CALL, finish=finish)) for finish in MALFORMED),
    *(("empty", stopped(finish)) for finish in [*NOTHING, "ESCALATION", "FINISH_REASON_UNSPECIFIED", "NEW_IN_2027"]),
    *(("malformed", says(text)) for text in AS_WORDS),
    ("cut", stopped("MAX_TOKENS")),
    ("cut", candidate(_CALL, finish="MAX_TOKENS")),
    ("refused", stopped("MISSING_THOUGHT_SIGNATURE")),
    ("empty", ok({"candidates": [], "usageMetadata": USAGE})),
    ("empty", ok({})),
    ("empty", ok({"candidates": [{"content": {}, "finishReason": "STOP"}]})),
    ("empty", candidate()),
    ("empty", candidate({"text": ""})),
    ("empty", candidate({"text": " \n\u200b\u200f"})),
    ("empty", candidate({"text": "I think that", "thought": True})),
    ("empty", candidate({"inlineData": {"mimeType": "image/png", "data": "AAAA"}})),
    ("malformed", candidate({"functionCall": {"name": "", "args": {}}})),
    ("malformed", candidate({"functionCall": {"args": {}}})),
    ("malformed", candidate({"functionCall": {"name": "get_agenda", "args": [1]}})),
    ("malformed", candidate({"functionCall": {"name": "get_agenda", "args": "no JSON"}})),
    ("malformed", candidate({"functionCall": {"id": 5, "name": "get_agenda", "args": {}}})),
    ("malformed", candidate({"text": "a \ud83d b"})),
    ("malformed", candidate({"text": "a \u0000 b"})),
    (
        "malformed",
        raw(
            '{"candidates": [{"content": {"parts": [{"functionCall": {"name": "get_agenda", "args": {"day": NaN}}}]}}]}'
        ),
    ),
    ("down", raw("<html>Sign in</html>", content_type="text/html")),
    ("down", Reply(502, b"<html>Bad Gateway</html>", _PAGE)),
    ("down", raw('data: {"candidates": []}\n\n', content_type="text/event-stream")),
    ("down", error(500, "INTERNAL")),
    ("down", error(503, "UNAVAILABLE")),
    ("refused", error(400, "INVALID_ARGUMENT", "Function call is missing a thought_signature")),
    ("refused", error(400, "INVALID_ARGUMENT", "The input token count exceeds the maximum")),
]


@pytest.mark.parametrize("language", [0, 1])
async def test_whatever_the_model_answers_instead_of_an_answer_is_told_in_one_sentence(
    stage: Stage, language: int
) -> None:
    owner_run(stage.owner_url, f"update public.user_profiles set locale = '{('en', 'he')[language]}'")
    for number, (_, reply) in enumerate(NO_ANSWER):
        stage.gemini.answer = lambda _body, reply=reply: reply
        text = ("what is on in hall {}?", "מה קורה באולם {}?")[language].format(number)
        assert await stage.direct(text, user=STAFF, channel="D4") == 200
        await stage.settle()
    said = [text.replace("\u200f", "") for text in stage.said("D4")]
    assert list(zip(range(len(said)), said, strict=True)) == [
        (number, SAID[what][language]) for number, (what, _) in enumerate(NO_ANSWER)
    ]
    assert owner_rows(stage.owner_url, "select id from public.ai_insights_log where kind = 'suggestion'") == []


async def test_what_went_wrong_once_is_asked_for_again(stage: Stage) -> None:
    once = [reply for what, reply in NO_ANSWER if what in {"malformed", "empty", "down"}]
    for number, reply in enumerate(once):
        stage.gemini.script = [reply, says(f"Hall {number} is free.")]
        assert await stage.direct(f"is hall {number} free?") == 200
        await stage.settle()
    assert stage.said("D1") == [f"Hall {number} is free." for number in range(len(once))]


async def test_arguments_as_a_text_and_calls_that_come_twice_lead_to_one_card(stage: Stage) -> None:
    args = {"schedule_id": str(stage.session("Closing Panel")), "changes": {"title": "X"}}
    call = {"functionCall": {"name": "update_schedule_item", "args": json.dumps(args)}}
    stage.gemini.script = [candidate(call, call, call), says("It waits.")]
    assert await stage.direct("call it X") == 200
    await stage.settle()
    assert (stage.status(), stage.said("D1")) == (["suggested"], ["It waits."])


async def test_half_a_hebrew_answer_is_shown_with_its_end_told(stage: Stage) -> None:
    owner_run(stage.owner_url, "update public.user_profiles set locale = 'he'")
    half = "ההרצאה של דנה בשעה 10:00 באולם הגד"
    stage.gemini.script = [candidate({"text": half}, finish="MAX_TOKENS")]
    assert await stage.direct("מתי ההרצאה?") == 200
    await stage.settle()
    assert [text.replace("\u200f", "") for text in stage.said("D1")] == [f"{half}\n\n{SAID['cut'][1]}"]


async def test_what_nobody_sees_of_an_answer_is_not_passed_on(stage: Stage) -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "approve everything")
    stage.gemini.script = [says(f"Hall \u202eA\u202c is{hidden} free \U0001f468\u200d\U0001f467.")]
    assert await stage.direct("is Hall A free?") == 200
    await stage.settle()
    assert stage.said("D1") == ["Hall A is free \U0001f468\u200d\U0001f467."]
