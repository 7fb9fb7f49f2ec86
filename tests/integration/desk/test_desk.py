"""Where am I needed: one truth for whoever may decide, whoever asked, and the day's decisions."""

import json
from itertools import product
from typing import Any, LiteralString
from uuid import UUID

import pytest

from core.actions.desk import queries as lists
from core.actions.desk.queries import Filter
from core.db import Database
from core.flows.desk import Desk, desk_of
from core.flows.on_decision import on_decision
from core.kernel.cards import Card
from core.kernel.principal import Principal
from core.policies.models import Named, Person, Right, Snapshot
from core.policies.rules import why_not_approve
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, press, slack_message, suggested, telegram_message
from tests.owner import owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

RENAME = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"title": "Last Words"}})


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def states(cards: tuple[Card, ...]) -> list[tuple[UUID, str, int]]:
    return [(card.suggestion_id, card.state, len(card.buttons) > 0) for card in cards]


def counts(desk: Desk) -> tuple[int, int, int]:
    return desk.waiting_count, desk.mine_count, desk.decided_count


async def test_a_suggestion_goes_from_one_list_to_the_next(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."), calls(RENAME), says("It waits."))
    await suggested(rt, telegram_message("move it", "7002"), database_url)
    await suggested(rt, slack_message("rename it", event="E2"), database_url)
    move, rename = (row["id"] for row in log_rows(owner_url))
    manager, staff = world.people["manager"], world.people["staff"]

    desk = await desk_of(rt, manager)
    assert states(desk.waiting) == [(rename, "suggested", True), (move, "suggested", True)]
    assert (states(desk.mine), counts(desk)) == ([(rename, "suggested", False)], (2, 1, 0))
    theirs = await desk_of(rt, staff)
    assert (states(theirs.mine), counts(theirs)) == ([(move, "suggested", False)], (0, 1, 0))

    assert await on_decision(rt, press(move)) is None
    await drain(rt, database_url)
    desk = await desk_of(rt, manager)
    assert (states(desk.waiting), states(desk.decided)) == (
        [(rename, "suggested", True)],
        [(move, "executed", True)],
    )
    theirs = await desk_of(rt, staff)
    assert (states(theirs.mine), states(theirs.decided), counts(theirs)) == (
        [(move, "executed", False)],
        [(move, "executed", False)],
        (0, 1, 1),
    )


async def test_filters_bounds_and_counts_speak_of_the_same_rows(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."), calls(RENAME), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    await suggested(rt, slack_message("rename it", event="E2"), database_url)
    move, rename = log_rows(owner_url)
    manager = world.people["manager"]
    assert move["risk"] != rename["risk"]
    one = await desk_of(rt, manager, most=1)
    assert ([card.suggestion_id for card in one.waiting], counts(one)) == ([rename["id"]], (2, 2, 0))
    next_page = await desk_of(rt, manager, most=1, skip=1)
    assert ([card.suggestion_id for card in next_page.waiting], counts(next_page)) == ([move["id"]], (2, 2, 0))
    beyond = await desk_of(rt, manager, most=1, skip=2)
    assert (beyond.waiting, counts(beyond)) == ((), (2, 2, 0))
    risky = await desk_of(rt, manager, risk=move["risk"])
    assert ([card.suggestion_id for card in risky.waiting], counts(risky)) == ([move["id"]], (1, 1, 0))
    assert counts(await desk_of(rt, manager, event="spring  CONFERENCE")) == (2, 2, 0)
    assert counts(await desk_of(rt, manager, event=str(world.event_id))) == (2, 2, 0)
    assert counts(await desk_of(rt, manager, event="Autumn Fair")) == (0, 0, 0)


async def test_another_organisation_has_another_desk(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    other = await make_world(db, "Bet Events", team="T2")
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    assert counts(await desk_of(rt, other.people["owner"])) == (0, 0, 0)


async def test_what_was_decided_yesterday_where_the_event_is_was_not_decided_today(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    assert await on_decision(rt, press(row["id"], "reject")) is None
    manager = world.people["manager"]
    [found] = (await desk_of(rt, manager)).decided
    assert found.state == "rejected"
    owner_run(
        owner_url,
        "set session_replication_role = 'replica'; update public.ai_insights_log "
        "set decided_at = date_trunc('day', now(), zone) - interval '1 second'",
    )
    assert (await desk_of(rt, manager)).decided == ()


async def test_what_waits_for_somebody_is_what_the_rules_let_them_decide(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("move it"), database_url)
    [row] = log_rows(owner_url)
    people = {role: world.people[role] for role in ("owner", "manager")}
    manager, staff = (Named(id=world.people[who].user_id, name=who) for who in ("manager", "staff"))
    rights = (
        (Right(),),
        (Right(roles=("owner",)),),
        (Right(roles=("manager",)),),
        (Right(roles=(), people=(manager,)),),
        (Right(roles=("owner",), people=(manager,)),),
        (Right(roles=(), people=(staff,)),),
        (Right(roles=("owner",)), Right(roles=("manager",))),
        (),
    )
    lenders = ((), (_person(people["owner"]),), (_person(people["manager"]),))
    seen: set[bool] = set()
    editors = (None, people["owner"].user_id)
    for needed, own, owners_only, lent, who, editor in product(
        rights, (True, False), (True, False), lenders, people.values(), editors
    ):
        kept = Snapshot(rights=needed, askers_may_approve=own, owners_only=owners_only)
        expected = (
            why_not_approve(
                kept,
                user_id=who.user_id,
                role=who.role,
                is_asker=who.user_id in {row["user_id"], editor},
                asker=row["user_id"],
                lenders=lent,
            )
            is None
        )
        _set_policy(owner_url, kept, editor)
        async with db.acting_as(who) as tx:
            found = await lists.waiting(tx, who, tuple((each.id, each.role) for each in lent), Filter())
        assert (kept, who.role, lent, found.total) == (kept, who.role, lent, int(expected))
        seen.add(expected)
    assert seen == {True, False}


async def test_whoever_approved_as_one_of_two_is_not_waited_for(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", "7002"), database_url)
    [row] = log_rows(owner_url)
    _set_policy(owner_url, Snapshot(votes=2), None)
    assert await on_decision(rt, press(row["id"])) is not None
    assert [(await desk_of(rt, world.people[who])).waiting_count for who in ("manager", "owner")] == [0, 1]


async def test_the_right_of_somebody_who_is_away_counts(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("move it", "7002"), database_url)
    owner, manager = world.people["owner"], world.people["manager"]
    _set_policy(owner_url, Snapshot(rights=(Right(roles=("owner",)),)), None)
    assert (await desk_of(rt, manager)).waiting_count == 0
    owner_run(
        owner_url,
        "insert into public.delegations (organization_id, from_user, to_user, starts_at, ends_at, created_by) "
        f"values ('{world.organization_id}', '{owner.user_id}', '{manager.user_id}', now(), now() + interval '1 day', "
        f"'{owner.user_id}')",
    )
    assert (await desk_of(rt, manager)).waiting_count == 1


async def test_every_list_is_found_through_an_index(db: Database, world: World, owner_url: str) -> None:
    for each, rows in ((world, 500), (await make_world(db, "Bet Events", team="T2"), 5000)):
        owner_run(
            owner_url,
            "insert into public.ai_insights_log (organization_id, kind, user_id, action_type, execution_status, "
            "correlation_id, created_at, decided_at, shown_hash, facts_digest, risk, deadline, effect, zone) "
            f"select '{each.organization_id}', 'suggestion', '{each.people['staff'].user_id}', 'x', "
            "case n % 10 when 0 then 'suggested' else 'rejected' end, gen_random_uuid(), "
            "now() - n * interval '1 hour', "
            "case n % 10 when 0 then null else now() - n * interval '1 hour' end, '', '', 'low', "
            f"now() + interval '1 day', 'update', 'UTC' from generate_series(1, {rows}) as n",
        )
    owner_run(owner_url, "analyze public.ai_insights_log")
    manager = world.people["manager"]
    assert {
        "waiting": await _index(db, manager, lists.listed(lists.WAITING, "entry.created_at", Filter())),
        "mine": await _index(db, manager, lists.listed(lists.MINE, "entry.created_at", Filter())),
        "decided": await _index(db, manager, lists.listed(lists.DECIDED, "entry.decided_at", Filter())),
    } == {"waiting": "ai_insights_log_waiting", "mine": "ai_insights_log_mine", "decided": "ai_insights_log_decided"}


def _person(one: Principal) -> Person:
    return Person(one.user_id, one.name, one.role)


def _set_policy(owner_url: str, kept: Snapshot, editor: UUID | None) -> None:
    owner_run(
        owner_url,
        "set session_replication_role = 'replica'; "
        f"update public.ai_insights_log set policy = '{kept.model_dump_json()}', "
        f"action_data = action_data || '{json.dumps({'editor': str(editor) if editor else None})}'",
    )


async def _index(db: Database, who: Principal, query: LiteralString) -> str:
    """Return the index through which a list finds its rows, as the person who looks."""
    values = {
        "organization": who.organization_id,
        "user_id": who.user_id,
        "role": who.role,
        "holders": "[]",
        "most": 10,
        "skip": 0,
    }
    [row] = await db.read_as(who, "explain (format json) " + query, values)
    return next(name for name in _indexes(row["QUERY PLAN"][0]["Plan"]) if name.startswith("ai_insights_log_"))


def _indexes(plan: dict[str, Any]) -> list[str]:
    mine = [plan["Index Name"]] if "Index Name" in plan else []
    return [*mine, *(name for part in plan.get("Plans", []) for name in _indexes(part))]
