"""What is kept of a turn beside its words: how often the model was asked, and whether it ran into the limit."""

from typing import Any

import pytest

from core.db import Database
from core.flows.linking import principal_of
from core.flows.on_message import on_message
from core.identity import queries as identity
from core.kernel.principal import ChatUser
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import log_rows, slack_message
from tests.owner import owner_rows, owner_run
from tests.world import TEAM, make_world

pytestmark = pytest.mark.db

LOOK = calls(("get_agenda", {}))
KEPT = "select steps, hit_limit from public.ai_runs"


@pytest.mark.parametrize(("looks", "kept"), [(0, (1, False)), (2, (3, False)), (4, (5, True))])
async def test_steps_and_the_limit_are_kept(db: Database, owner_url: str, looks: int, kept: tuple[Any, ...]) -> None:
    await make_world(db)
    rt, *_ = runtime(db, *[LOOK] * looks, says("That is all."))
    await on_message(rt, slack_message("What is on?"))
    assert [tuple(row.values()) for row in owner_rows(owner_url, KEPT)] == [kept]
    told = [(row["execution_error"], row["action_data"]["steps"]) for row in log_rows(owner_url, "kind = 'error'")]
    assert told == ([("step-limit", 5)] if kept[1] else [])


@pytest.mark.parametrize(("email", "is_linked"), [("KIM@aleph.example", True), ("\u212aim@aleph.example", False)])
async def test_an_address_with_other_letters_is_another_address(
    db: Database, owner_url: str, email: str, is_linked: bool
) -> None:
    """U+212A, which PostgreSQL folds into k, would make a stranger the owner."""
    await make_world(db, linked=False)
    owner_run(owner_url, "update public.user_profiles set email = 'kim@aleph.example' where email like 'owner@%'")
    who = ChatUser("slack", TEAM, "UKIM")
    async with db.as_system() as tx:
        await identity.link_by_email(tx, who, email)
    rt, *_ = runtime(db)
    assert (await principal_of(rt, who) is not None) == is_linked
