"""Cases of the field that held from the start, and have to."""

import pytest

from tests.contract.field.stage import Stage, case

pytestmark = pytest.mark.db


@pytest.mark.parametrize("number", [0, 1])
async def test_slack_text_as_typed(stage: Stage, number: int) -> None:
    text, present, absent = case("slack-text-as-typed")["events"][number]
    assert await stage.event({"text": text}) == 200
    await stage.settle()
    told = stage.told().partition("<message>")[2]
    assert [words for words in present if words not in told] == []
    assert [words for words in absent if words in told] == []
