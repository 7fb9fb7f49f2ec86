"""What waited when the program was upgraded is still served: a suggestion that says nothing of what it claims."""

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, press, slack_message, start_of, statuses, suggested
from tests.owner import owner_rows, owner_run
from tests.world import at, make_world

pytestmark = pytest.mark.db


async def test_a_suggestion_from_before_claims_were_kept_is_carried_out(
    db: Database, owner_url: str, database_url: str
) -> None:
    world = await make_world(db)
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."), calls(MOVE), says("It waits, too."))
    await suggested(rt, slack_message("please"), database_url)
    owner_run(
        owner_url,
        "alter table public.ai_insights_log disable trigger user",
        "update public.ai_insights_log set action_data = action_data - 'claims' where kind = 'suggestion'",
        "alter table public.ai_insights_log enable trigger user",
    )
    assert owner_rows(owner_url, "select from public.ai_insights_log where action_data ? 'claims'") == []
    # Another one for the same session is weighed against it.
    await suggested(rt, slack_message("and again", event="E2"), database_url)
    older = next(iter(slack.cards.values()))
    assert await on_decision(rt, press(older.suggestion_id)) is None
    await drain(rt, database_url)
    assert (statuses(owner_url), start_of(owner_url, world, "Opening Keynote")) == (
        ["executed", "suggested"],
        at("14:00"),
    )
