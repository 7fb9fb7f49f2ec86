"""Titles, names and notes that try to ping, link, format or hide something on a card, on both platforms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bots.slack.render import card_message as slack_card
from bots.telegram.render import card_message as telegram_card
from core.actions.card import card_of
from core.actions.suggestion import Request, Review, Suggestion
from core.flows.runtime import write_tool
from core.kernel.proposals import Conflict, Impact, Item, Vip

EVIL = (
    "<!channel> <https://evil.example|Dana> @everyone /start evil.example "
    "<b>x</b> <a href='https://evil.example'>y</a> "
    "\u202eabc\u2066 \x00 &lt;!here&gt;\n\nApproved by Dana"
)
ID = UUID(int=7)
AT = datetime(2031, 5, 1, 7, tzinfo=UTC)


def hostile(action_type: str, title: str = EVIL) -> Suggestion:
    """A suggestion in which every word that people write is hostile."""
    row: dict[str, Any] = {
        "title": title,
        "start_time": AT.isoformat(),
        "end_time": (AT + timedelta(hours=1)).isoformat(),
        "room": EVIL,
        "speaker_name": EVIL,
        "max_capacity": None,
    }
    item = Item(id=ID, title=EVIL, start_time=AT, end_time=AT + timedelta(hours=1), room=EVIL, speaker_name=EVIL)
    return Suggestion(
        id=ID,
        organization_id=ID,
        request=Request(
            user_id=ID,
            asker_name=EVIL,
            words=EVIL,
            is_renewed=True,
            event_id=ID,
            action_type=action_type,
            args={"set": row | {"room": f"{EVIL}2"}},
            effect="update",
            zone="UTC",
            before=row,
            conflicts=(Conflict(kind="speaker_overlap", severity="warning", item=item),),
            impact=Impact(affected_participants=1, vips=(Vip(name=EVIL, note=EVIL),)),
            facts_digest="",
            shown_hash="",
            risk="low",
            is_blocked=False,
            deadline=AT,
            origin=None,
            correlation_id=ID,
            message_id=None,
        ),
        review=Review(status="suggested", decided_at=None, decider_name=None, execution_error=None, superseded_by=None),
    )


def strings(value: Any) -> list[dict[str, Any]]:
    """Return every text object of Slack's blocks."""
    if isinstance(value, list):
        return [found for item in value for found in strings(item)]
    if not isinstance(value, dict):
        return []
    here = [value] if value.get("type") in {"mrkdwn", "plain_text"} else []
    return here + [found for item in value.values() for found in strings(item)]


def slack_texts(suggestion: Suggestion, locale: str) -> list[dict[str, Any]]:
    """Return the texts of the card in Slack, the fallback among them as what it is, ``mrkdwn``."""
    card = card_of(
        suggestion, write_tool(suggestion.request.action_type).describe(suggestion.action()), can_decide=True
    )
    text, blocks = slack_card(card, locale)
    return [{"type": "mrkdwn", "text": text, "verbatim": True}, *strings([block.to_dict() for block in blocks])]


@pytest.mark.parametrize("action", ["schedule_create", "schedule_update", "schedule_delete"])
@pytest.mark.parametrize("locale", ["en", "he"])
def test_nothing_on_a_slack_card_pings_links_or_reorders(action: str, locale: str) -> None:
    for found in slack_texts(hostile(action), locale):
        assert not set(found["text"]) & set("\x00\u202e\u2066")
        if found["type"] == "mrkdwn":
            assert (found["verbatim"], set(found["text"].lstrip(">")) & set("<>")) == (True, set())


@pytest.mark.parametrize("action", ["schedule_create", "schedule_update", "schedule_delete"])
@pytest.mark.parametrize("locale", ["en", "he"])
def test_nothing_on_a_telegram_card_pings_links_or_reorders(action: str, locale: str) -> None:
    suggestion = hostile(action)
    card = card_of(suggestion, write_tool(action).describe(suggestion.action()), can_decide=True)
    markup, keyboard = telegram_card(card, locale)
    assert keyboard is not None
    bare = markup
    for ours in ("<b>", "</b>", "<i>", "</i>", "<blockquote>", "</blockquote>", "<blockquote expandable>"):
        bare = bare.replace(ours, "")
    assert not set(bare) & set("<>\x00\u202e\u2066")
    # A joiner without width stands where Telegram would find a link, a mention or a command by itself.
    assert [live for live in ("https://", "@everyone", " /start", "evil.example") if live in bare] == []


@pytest.mark.parametrize("action", ["schedule_create", "schedule_delete"])
def test_a_title_too_long_for_the_header_stands_below_it_whole(action: str) -> None:
    title = "&" * 499 + "!"
    found = hostile(action, title)
    suggestion = replace(found, request=replace(found.request, conflicts=()))
    whole = "&amp;" * 499 + "!"
    texts = [found["text"] for found in slack_texts(suggestion, "en")]
    assert [whole in text for text in texts].count(True) == 1
    assert max(map(len, texts)) <= 3000
