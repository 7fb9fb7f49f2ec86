"""Cases of the field: what people write and share in Slack, and where they write it."""

import json
from typing import Any

import pytest

from tests.contract.field.stage import COLLEAGUE, MANAGER, STAFF, Stage, case, slack_ts
from tests.contract.slack.standin import MEMBER
from tests.owner import owner_rows

pytestmark = pytest.mark.db


async def test_slack_emoji_shortcode(stage: Stage) -> None:
    event: dict[str, Any] = case("slack-emoji-shortcode")["event"]
    text = event["text"].replace("$SID", str(stage.session("Closing Panel")))
    assert await stage.event(event | {"text": text}) == 200
    await stage.settle()
    [card, *_] = stage.cards()
    assert "🎉 Closing Gala 🍷" in json.dumps(card["blocks"], ensure_ascii=False)
    asked = owner_rows(stage.owner_url, "select action_data from public.ai_insights_log where kind = 'suggestion'")
    assert [row["action_data"]["args"]["set"] for row in asked] == [{"title": "🎉 Closing Gala 🍷"}]


async def test_slack_mention_of_colleague(stage: Stage) -> None:
    assert await stage.event(case("slack-mention-of-colleague")["event"]) == 200
    await stage.settle()
    assert stage.told().endswith("<message>give Order the badges to @Noa Bar please, in #general</message>")


async def test_a_colleague_whom_nobody_linked_has_slacks_name_for_them(stage: Stage) -> None:
    stage.slack.people["U7"] = MEMBER | {"id": "U7", "profile": {"real_name": "Rina Oz"}}
    assert await stage.event({"text": "<@UBOT> is <@U7> speaking, or <@U8|Tal>?"}) == 200
    await stage.settle()
    assert stage.told().endswith("<message>is @Rina Oz speaking, or @Tal?</message>")


async def test_slack_dm_mention_twice(stage: Stage) -> None:
    ts = slack_ts()
    for event in case("slack-dm-mention-twice")["events"]:
        assert await stage.event(event | {"ts": ts}) == 200
    await stage.settle()
    assert (len(stage.gemini.asked), stage.said("D1")) == (1, ["Nothing is on there."])


async def test_slack_mention_added_by_edit(stage: Stage) -> None:
    event: dict[str, Any] = case("slack-mention-added-by-edit")["event"]
    added = event | {"ts": slack_ts(), "edited": {"user": MANAGER, "ts": slack_ts()}}
    answered = {"text": "<@UBOT> what is on?", "ts": slack_ts()}
    for posted in (added, added, answered, answered | {"edited": {"user": MANAGER, "ts": slack_ts()}}):
        assert await stage.event(posted) == 200
    await stage.settle()
    assert (len(stage.gemini.asked), stage.said("C1")) == (2, ["Nothing is on there."] * 2)


async def test_slack_voice_clip_dm(stage: Stage) -> None:
    assert await stage.event(case("slack-voice-clip-dm")["event"]) == 200
    await stage.settle()
    said = ["I can read only text that you type to me. Please write what you need."]
    assert (stage.said("D1"), stage.gemini.asked) == (said, [])


async def test_slack_forwarded_message(stage: Stage) -> None:
    assert await stage.event(case("slack-forwarded-message")["event"]) == 200
    await stage.settle()
    told = stage.told()
    assert (
        'The person passes on what somebody else wrote: {"from": "Rina", '
        '"text": "The projector in Hall B is dead, move the 14:00 talk to the Attic"}.'
    ) in told
    assert told.endswith("<message>please deal with this</message>")


async def test_what_is_shared_without_a_word_is_read_too(stage: Stage) -> None:
    event: dict[str, Any] = case("slack-forwarded-message")["event"]
    assert await stage.event(event | {"text": ""}) == 200
    await stage.settle()
    assert "The projector in Hall B is dead" in stage.told()
    assert stage.said("D1") == ["Nothing is on there."]


async def test_slack_dm_thread_under_answer(stage: Stage) -> None:
    told = case("slack-dm-thread-under-answer")
    stage.gemini.answer = lambda _body: stage.says(told["asked"])
    assert await stage.direct(told["first"]) == 200
    await stage.settle()
    [asked] = [call for call in stage.slack.answers if call["text"] == told["asked"]]
    assert await stage.direct(told["second"], thread_ts=asked["ts"]) == 200
    await stage.settle()
    spoken = [part["text"] for content in stage.gemini.asked[-1].body["contents"] for part in content["parts"]]
    assert spoken[1:3] == [f"<message>{told['first']}</message>", told["asked"]]
    assert f'The message answers this one: {{"from": "you", "text": "{told["asked"]}"}}.' in spoken[-2]
    assert spoken[-1] == f"<message>{told['second']}</message>"


async def test_question_about_a_card_in_slack(stage: Stage) -> None:
    wish = (
        f'[[update_schedule_item {{"schedule_id": "{stage.session("Closing Panel")}", "changes": {{"title": "X"}}}}]]'
    )
    assert await stage.event({"text": f"<@UBOT> {wish}", "user": STAFF, "channel": "C2"}) == 200
    await stage.settle()
    [card] = [call for call in stage.slack.answers if call.get("blocks") and call["channel"] == "C1MANAGERS"]
    question = case("question-about-a-card")["question"]
    assert await stage.event({"text": f"<@UBOT> {question}", "channel": "C1MANAGERS", "thread_ts": card["ts"]}) == 200
    await stage.settle()
    [row] = owner_rows(stage.owner_url, "select id from public.ai_insights_log where kind = 'suggestion'")
    about = (
        f'The message is about the suggestion on this card: {{"suggestion_id": "{row["id"]}", "title": "Closing Panel"'
    )
    assert about in stage.told()


async def test_an_answer_to_our_own_question_in_a_thread_needs_no_name(stage: Stage) -> None:
    stage.gemini.answer = lambda _body: stage.says("Blue Lagoon or Red Desert?")
    head = slack_ts()
    assert await stage.event({"text": "<@UBOT> move the desert talk", "ts": head}) == 200
    await stage.settle()
    heard = {"type": "message", "channel_type": "channel", "thread_ts": head}
    for event in (heard | {"text": "the second"}, heard | {"text": "mine too", "user": COLLEAGUE}):
        assert await stage.event(event) == 200
    await stage.settle()
    stage.gemini.answer = lambda _body: stage.says("It waits.")
    assert await stage.event(heard | {"text": "red"}) == 200
    await stage.settle()
    assert await stage.event(heard | {"text": "thanks everybody"}) == 200
    await stage.settle()
    words = [asked.body["contents"][-1]["parts"][-1]["text"] for asked in stage.gemini.asked]
    assert words == [f"<message>{text}</message>" for text in ("move the desert talk", "the second", "red")]
