"""What an organisation's policy means when somebody presses: who may, how many must, and how an owner goes past it."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.kernel.messages import Decision
from core.kernel.phrases import phrase
from core.policies.models import Approval, Policy
from core.texts import plain, say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.gestures import evidence
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, statuses, suggested
from tests.integration.policies.rules import rule
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

RENAME = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"title": "Light"}})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def suggestion(
    db: Database, database_url: str, owner_url: str, user: str = "USTAFF", write: Any = MOVE
) -> tuple[Runtime, FakePlatform, UUID]:
    """Somebody's suggestion on its card."""
    rt, slack, _, _ = runtime(db, calls(write), says("It waits."))
    await suggested(rt, slack_message("please", user=user), database_url)
    return rt, slack, log_rows(owner_url)[-1]["id"]


def footers(slack: FakePlatform) -> set[str]:
    return {plain(say("en", line)) for card in slack.cards.values() for line in card.footer}


async def test_a_manager_cannot_approve_what_owners_decide(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(approvals=(Approval(roles=("owner",)),)))
    rt, slack, ident = await suggestion(db, database_url, owner_url)
    told = await on_decision(rt, press(ident))
    assert told == say("he", phrase("policy-not-you", who=phrase("policy-who-owner")))
    assert statuses(owner_url) == ["suggested"]
    assert "Decides: an owner." in footers(slack)
    assert await on_decision(rt, press(ident, user="UOWNER")) is None
    assert statuses(owner_url) == ["executed"]


async def test_the_policy_of_the_moment_of_asking_counts(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    rt, _, ident = await suggestion(db, database_url, owner_url)
    await rule(db, world, Policy(approvals=(Approval(roles=("owner",)),)))
    assert log_rows(owner_url)[0]["policy"]["version"] == 0
    assert await on_decision(rt, press(ident)) is None


async def test_an_asker_cannot_approve_their_own_nor_what_they_edited(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(askers_may_approve=False))
    rt, _, ident = await suggestion(db, database_url, owner_url, user="UMANAGER")
    assert await on_decision(rt, press(ident)) == say("he", phrase("policy-not-your-own"))
    edited = replace(press(ident, user="UOWNER", verdict="edit"), evidence={"start": "2031-05-01T15:00"})
    assert await on_decision(rt, edited) is None
    fresh = log_rows(owner_url)[-1]["id"]
    await drain(rt, database_url)
    own = await on_decision(rt, press(fresh, user="UOWNER"))
    assert own == say("en", phrase("policy-not-your-own"))
    assert statuses(owner_url) == ["superseded", "suggested"]


@pytest.mark.parametrize("forgets", [False, True], ids=["as-it-is", "the-twin"])
async def test_who_edited_before_somebody_else_did_still_counts_as_an_asker(
    db: Database, world: World, database_url: str, owner_url: str, forgets: bool
) -> None:
    await rule(db, world, Policy(askers_may_approve=False))
    rt, _, ident = await suggestion(db, database_url, owner_url, write=RENAME)
    for user, title in (("UMANAGER", "Lights"), ("UOWNER", "Lights!")):
        edited = replace(press(ident, user=user, verdict="edit"), evidence={"title": title})
        assert await on_decision(rt, edited) is None
        ident = log_rows(owner_url)[-1]["id"]
        await drain(rt, database_url)
    if forgets:
        # Only the last one who edited it is remembered.
        owner_run(
            owner_url,
            "set session_replication_role = replica",
            "update public.ai_insights_log set action_data = action_data - 'editors' "
            "where execution_status = 'suggested'",
        )
    told = await on_decision(rt, press(ident))
    assert told == (None if forgets else say("he", phrase("policy-not-your-own")))
    assert statuses(owner_url)[-1] == ("executed" if forgets else "suggested")


async def test_two_different_people_approve_what_is_critical(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(two_people_for=("high",)))
    rt, slack, ident = await suggestion(db, database_url, owner_url)
    assert await on_decision(rt, press(ident)) == say("he", phrase("policy-voted"))
    assert await on_decision(rt, press(ident)) == say("he", phrase("policy-voted"))
    await drain(rt, database_url)
    assert statuses(owner_url) == ["suggested"]
    assert "Approved so far by Manager of Aleph Events. One more approval is needed, by somebody else." in footers(
        slack
    )
    assert await on_decision(rt, press(ident, user="UOWNER")) is None
    assert statuses(owner_url) == ["executed"]


async def test_two_who_approve_at_one_moment_are_enough(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(two_people_for=("high",)))
    rt, _, ident = await suggestion(db, database_url, owner_url)
    presses = [press(ident, user=user) for user in ("UMANAGER", "UOWNER") * 20]
    told = await asyncio.gather(*(on_decision(rt, each) for each in presses))
    assert statuses(owner_url) == ["executed"]
    assert told.count(None) == 1


async def test_a_delegate_decides_in_the_place_of_who_is_away_and_the_log_says_so(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    owner, manager = world.people["owner"], world.people["manager"]
    await rule(db, world, Policy(approvals=(Approval(people=(owner.user_id,)),)))
    rt, _, ident = await suggestion(db, database_url, owner_url)
    assert await on_decision(rt, press(ident)) is not None
    owner_run(
        owner_url,
        "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) values "
        f"('{world.organization_id}', '{owner.user_id}', '{manager.user_id}', now(), now() + interval '1 day', "
        f"'{owner.user_id}')",
    )
    assert await on_decision(rt, press(ident)) is None
    assert log_rows(owner_url)[0]["decided_from"]["in_place_of"] == owner.name


async def test_an_owner_breaks_the_glass_with_a_reason_and_everybody_hears(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(two_people_for=("high",), askers_may_approve=False))
    rt, slack, ident = await suggestion(db, database_url, owner_url, user="UOWNER")
    words = "The hall is flooded and people are at the door"

    def glass(user: str, said: str) -> Decision:
        return replace(press(ident, user=user, verdict="break_glass"), evidence={"words": said})

    assert await on_decision(rt, glass("UMANAGER", words)) == say("he", phrase("policy-glass-owners"))
    assert await on_decision(rt, glass("UOWNER", "now!!")) == say("en", phrase("policy-glass-words", count=10))
    assert statuses(owner_url) == ["suggested"]
    # Past the policy, and past nothing else: what its risk asks for is to be done all the same.
    assert await on_decision(rt, glass("UOWNER", words)) == say("en", phrase("gesture-acknowledge-first"))
    assert statuses(owner_url) == ["suggested"]
    ticked = replace(glass("UOWNER", words), evidence={"words": words, **evidence(ident)})
    assert await on_decision(rt, ticked) is None
    [row] = log_rows(owner_url)
    assert (row["execution_status"], row["decided_from"]["past_policy"], row["decided_from"]["reason"]) == (
        "executed",
        True,
        words,
    )
    await drain(rt, database_url)
    notices = [plain(text) for _, text in slack.said if "‼" in text]
    assert notices
    assert all(words in each for each in notices)


async def test_nobody_breaks_the_glass_past_a_conflict(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(two_people_for=("high",)))
    taken = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"start_time": "11:00"}})
    rt, _, ident = await suggestion(db, database_url, owner_url, write=taken)
    pressed = press(ident, user="UOWNER", verdict="break_glass")
    told = await on_decision(rt, replace(pressed, evidence={"words": "I really want to have it"}))
    assert told == say("en", phrase("policy-glass-blocked"))
    assert statuses(owner_url) == ["suggested"]


async def test_an_owner_is_told_when_nobody_can_approve(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(askers_may_approve=False, approvals=(Approval(roles=("manager",)),)))
    _, slack, _ = await suggestion(db, database_url, owner_url, user="UMANAGER")
    told = [plain(text) for channel, text in slack.said if channel == "UOWNER"]
    assert [
        text.startswith(
            "“Change: Opening Keynote · Thu 1 May · 14:00 to 15:00 instead of 10:00 to 11:00” waits in vain. "
            "Nobody can approve this"
        )
        for text in told
    ] == [True]


async def test_low_risk_is_done_at_once_where_the_policy_says_so_and_can_be_undone(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(at_once_for_low=True))
    _, slack, _ = await suggestion(db, database_url, owner_url, user="UMANAGER", write=RENAME)
    assert statuses(owner_url) == ["executed"]
    [card] = slack.cards.values()
    assert (card.state, [button.verdict for button in card.buttons]) == ("executed", ["undo"])


async def test_what_is_not_low_or_not_ones_own_to_decide_waits_all_the_same(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    await rule(db, world, Policy(at_once_for_low=True))
    await suggestion(db, database_url, owner_url, user="UMANAGER")
    await suggestion(db, database_url, owner_url, user="USTAFF", write=RENAME)
    assert statuses(owner_url) == ["suggested", "suggested"]


async def test_levels_make_a_conflict_heavier_or_lighter(
    db: Database, world: World, database_url: str, owner_url: str
) -> None:
    twice = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"speaker_name": "Dana Levi"}})
    await rule(db, world, Policy(levels={"speaker_overlap": "block"}))
    rt, _, ident = await suggestion(db, database_url, owner_url, write=twice)
    assert await on_decision(rt, press(ident)) == say("he", phrase("notice-blocked"))
    [row] = log_rows(owner_url)
    assert (row["is_blocked"], row["conflicts"][0]["severity"]) == (True, "error")
