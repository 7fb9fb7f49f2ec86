"""Cases of the field: what the model answers instead of an answer."""

import json

import pytest

from tests.contract.ai.standin import candidate, says
from tests.contract.field.stage import Stage, case
from tests.owner import owner_run

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
