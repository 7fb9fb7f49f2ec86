"""Totals are totals, nobody did what they did not, and a change that moves nobody is of low risk."""

from typing import Any

import pytest

from core.db import Database
from core.flows.suggesting import weigh
from core.kernel.proposals import Impact
from core.policies.models import Policy
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.integration.domains.steps import told
from tests.integration.flows.office import slack_message, suggested
from tests.integration.policies.rules import rule
from tests.integration.undo.stage import preview, suggest
from tests.world import World, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_the_model_is_told_how_many_wait_and_not_how_many_are_listed(db: Database, world: World) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    who = world.people["owner"]
    for number in range(25):
        args = {"schedule_id": "Opening Keynote", "changes": {"title": f"Keynote {number}"}}
        await suggest(rt, who, await preview(db, who, "update_schedule_item", args))
    answer = await told(db, who, "list_pending_suggestions")
    assert (answer["total"], len(answer["suggestions"])) == (25, 20)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"title": "Keynote"}}),
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"max_capacity": 50}}),
        ("update_participant", {"participant": "Ruth Bar", "changes": {"email": "ruth@example.org"}}),
    ],
)
async def test_what_moves_nobody_is_of_low_risk_though_vips_are_registered(
    db: Database, world: World, name: str, args: dict[str, Any]
) -> None:
    who = world.people["owner"]
    looked = await preview(db, who, name, args)
    async with db.acting_as(who) as tx:
        weighed = await weigh(context(tx, who), looked)
    assert (weighed.risk, looked.impact) == ("low", Impact(counts_people=False))


async def test_what_the_policy_let_be_done_was_approved_by_nobody(
    db: Database, world: World, database_url: str
) -> None:
    await rule(db, world, Policy(at_once_for_low=True))
    rename = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"title": "The End"}})
    rt, slack, _telegram, _model = runtime(db, calls(rename), says("Done."))
    await suggested(rt, slack_message("Rename it"), database_url)
    [card] = {each.suggestion_id: each for each in slack.cards.values()}.values()
    assert card.outcome is not None
    assert (card.state, card.outcome.id, card.outcome.args["name"]) == (
        "executed",
        "outcome-at-once",
        "Manager of Aleph Events",
    )
    assert "had to approve" in say("en", card.outcome)
