"""2,000 presses at once: approve, reject, edit and the deadline, from two platforms: each suggestion has one end."""

import asyncio
from random import Random
from uuid import UUID

import pytest

from core.db import Database
from core.flows.expire import expire
from core.flows.on_decision import on_decision
from core.kernel.messages import Decision, MessageRef, Verdict
from core.kernel.principal import ChatUser
from tests.fakes import runtime
from tests.owner import owner_rows, owner_run
from tests.proof.office import add_talks, ends, gestures, suggest
from tests.proof.payloads import TELEGRAM_BOT
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db

SUGGESTIONS, PRESSES, AT_ONCE = 40, 50, 8
PEOPLE = (
    ChatUser("slack", TEAM, "UMANAGER"),
    ChatUser("slack", TEAM, "UOWNER"),
    ChatUser("telegram", TELEGRAM_BOT, "7001"),
    ChatUser("telegram", TELEGRAM_BOT, "7000"),
)
VERDICTS: tuple[Verdict, ...] = ("approve", "reject", "edit")


def press(random: Random, suggestion: UUID, number: int, evidence: dict[str, str]) -> Decision:
    sender = random.choice(PEOPLE)
    verdict = random.choice(VERDICTS)
    given = {"approve": evidence, "reject": {}, "edit": {"title": f"Edited {suggestion.hex[:6]} {number}"}}
    return Decision(
        event_id=f"{suggestion}-{number}",
        sender=sender,
        suggestion_id=suggestion,
        verdict=verdict,
        pressed=MessageRef(sender.platform, sender.workspace, "-5" if sender.platform == "telegram" else "C1", "9"),
        evidence=given[verdict],
    )


async def rename_all(db: Database, world: World) -> tuple[UUID, ...]:
    """Suggest another title for each of as many talks."""
    rt, _, _, _ = runtime(db)
    await add_talks(db, world, SUGGESTIONS)
    return tuple(
        [
            await suggest(
                rt, world, "update_schedule_item", schedule_id=f"Talk {number}", changes={"title": f"Lecture {number}"}
            )
            for number in range(1, SUGGESTIONS + 1)
        ]
    )


async def test_every_suggestion_has_one_end_and_the_agenda_and_the_log_agree(db: Database, owner_url: str) -> None:
    random = Random(7)
    world = await make_world(db)
    made = await rename_all(db, world)
    rt, _, _, _ = runtime(db)
    asks = gestures(owner_url)
    # The deadline of every fourth one falls among the presses.
    late = ", ".join(f"'{each}'" for each in made[::4])
    owner_run(owner_url, f"update public.ai_insights_log set deadline = now() + interval '1 s' where id in ({late})")
    presses = [press(random, each, number, asks[each]) for number in range(PRESSES) for each in made]
    random.shuffle(presses)
    waiting = iter(presses)

    async def one_after_the_other() -> None:
        for each in waiting:
            await on_decision(rt, each)

    async def sweep() -> None:
        for _ in range(5):
            await asyncio.sleep(0.3)
            await expire(rt)

    await asyncio.gather(sweep(), *(one_after_the_other() for _ in range(AT_ONCE)))
    await expire(rt)

    rows = owner_rows(owner_url, "select * from public.ai_insights_log where kind = 'suggestion'")
    first = {row["id"]: row for row in rows if row["id"] in made}
    assert {row["execution_status"] for row in first.values()} <= {"executed", "rejected", "superseded", "expired"}
    edits = [row for row in rows if row["edited_from"] is not None]
    assert sorted(row["edited_from"] for row in edits) == sorted(
        row["id"] for row in first.values() if row["execution_status"] == "superseded"
    )
    [written] = owner_rows(owner_url, "select count(*) as n from public.schedules where title like 'Lecture %'")
    assert written["n"] == sum(row["execution_status"] == "executed" for row in first.values())
    [edited] = owner_rows(owner_url, "select count(*) as n from public.schedules where title like 'Edited %'")
    assert edited["n"] == 0
    assert ends(owner_url)["suggested"] == len(edits)
    # One step each from "suggested", as the history tells it, whoever pressed how often.
    steps = owner_rows(
        owner_url,
        "select entry_id, count(*) as n from public.ai_insights_history where from_status = 'suggested' group by 1",
    )
    assert {row["entry_id"]: row["n"] for row in steps} == dict.fromkeys(first, 1)


async def test_two_approvers_on_two_platforms_execute_it_once(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    made = await rename_all(db, world)
    rt, _, _, _ = runtime(db)
    asks = gestures(owner_url)
    presses = [
        Decision(
            event_id=f"{each}-{sender.user}",
            sender=sender,
            suggestion_id=each,
            verdict="approve",
            pressed=MessageRef(sender.platform, sender.workspace, sender.user, "1"),
            evidence=asks[each],
        )
        for each in made
        for sender in (PEOPLE[0], PEOPLE[3])
    ]
    told = await asyncio.gather(*(on_decision(rt, each) for each in presses))
    assert told.count(None) == SUGGESTIONS
    assert ends(owner_url) == {"executed": SUGGESTIONS}
    rows = owner_rows(owner_url, "select distinct row_version from public.schedules where title like 'Lecture %'")
    assert [row["row_version"] for row in rows] == [2]
