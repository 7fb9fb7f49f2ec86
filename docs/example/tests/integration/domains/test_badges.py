"""Badges: sentences in both languages, from the question to the row that a decision wrote, and back."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.kernel.messages import Decision, MessageRef
from tests.drain import drain
from tests.gestures import of_row
from tests.integration.playground.stage import DANA, TEAM, Stage, the_demo
from tests.owner import owner_rows

pytestmark = pytest.mark.db


@pytest.fixture
async def stage(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    async with the_demo(db, database_url, owner_url) as opened:
        yield opened


async def approve(stage: Stage) -> str:
    """Approve the newest suggestion as Dana, who owns the organisation; return how it ended."""
    newest = "select * from public.ai_insights_log where kind = 'suggestion' order by created_at desc, id desc limit 1"
    [row] = owner_rows(stage.owner_url, newest)
    pressed = MessageRef("slack", TEAM, "D1", "1")
    decision = Decision(
        event_id=str(uuid4()),
        sender=DANA,
        suggestion_id=row["id"],
        verdict="approve",
        pressed=pressed,
        evidence=of_row(row),
    )
    assert await on_decision(stage.rt, decision) is None
    await drain(stage.rt, stage.database_url)
    [row] = owner_rows(stage.owner_url, "select * from public.ai_insights_log where id = %s", (row["id"],))
    return row["execution_status"]


async def test_a_sentence_of_either_language_becomes_a_card_and_then_a_row(stage: Stage) -> None:
    assert await stage.ask_for("Print a badge for Noa Levi") == [("badge_create", False)]
    assert await approve(stage) == "executed"
    assert await stage.ask_for("הדפס תג עבור רות בר") == [("badge_create", False)]
    assert await approve(stage) == "executed"
    rows = owner_rows(stage.owner_url, "select name from public.badges order by name")
    assert [row["name"] for row in rows] == ["Noa Levi", "רות בר"]
    assert [card.state for card in stage.slack.cards.values()].count("executed") >= len(rows)

    for asked in ("Which badges are there?", "אילו תגים יש?"):
        assert (await stage.hear(asked))[-2:] == ["Noa Levi", "רות בר"]


async def test_a_second_badge_of_one_name_is_warned_about(stage: Stage) -> None:
    await stage.ask_for("Print a badge for Noa Levi")
    await approve(stage)
    await stage.ask_for("Print a badge for NOA levi")
    [row] = owner_rows(
        stage.owner_url, "select conflicts from public.ai_insights_log where execution_status = 'suggested'"
    )
    assert [each["kind"] for each in row["conflicts"]] == ["badge_known"]
