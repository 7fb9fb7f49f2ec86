"""Queues of their own: a press waits for nobody, off is not gone, and a crowd of strangers puts no colleague back."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

import psycopg
import pytest

from bots import worker
from bots.chats import Chats
from bots.parts import Parts
from bots.process import Process
from bots.worker import Worker, lanes
from core.ai.models import ModelReply, ModelRequest
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.flows.slots import Slots
from core.jobs.queries import RECEIVE, SUSPECT, receive_values, say_later
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Platform
from core.kernel.settings import Settings
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, ScriptedModel, calls, runtime, says
from tests.owner import owner_rows, owner_run
from tests.world import BOT, TEAM, make_world

pytestmark = pytest.mark.db


class HangingModel(ScriptedModel):
    """Answers nobody until it is let go."""

    let_go: asyncio.Event

    async def generate(self, request: ModelRequest) -> ModelReply:
        self.requests.append(request)
        await self.let_go.wait()
        return says("At last.")


class HangingPlatform(FakePlatform):
    """Says nothing to anybody until it is let go."""

    let_go: asyncio.Event

    async def say(self, address: Address, text: str) -> MessageRef:
        await self.let_go.wait()
        return await FakePlatform.say(self, address, text)


@asynccontextmanager
async def working(rt: Runtime, url: str) -> AsyncGenerator[Parts]:
    async def dispatch(platform: str, payload: dict[str, Any]) -> None:
        sender = ChatUser(_platform(platform), payload["workspace"], payload["user"])
        if "suggestion" in payload:
            pressed = MessageRef(sender.platform, sender.workspace, payload["channel"], "1")
            await on_decision(
                rt,
                Decision(
                    event_id=payload["id"],
                    sender=sender,
                    suggestion_id=UUID(payload["suggestion"]),
                    verdict="approve",
                    pressed=pressed,
                ),
            )
        else:
            await on_message(
                rt,
                InboundMessage(
                    event_id=payload["id"],
                    sender=sender,
                    address=Address(sender.platform, sender.workspace, payload["channel"]),
                    text=payload["text"],
                    direct=True,
                ),
            )

    stop, parts = asyncio.Event(), Parts()
    process = Process(rt.settings, url, rt.db)
    work = asyncio.create_task(Worker(process, Chats(rt, None, None), dispatch).run(stop, parts))
    try:
        yield parts
    finally:
        stop.set()
        await work


def _platform(name: str) -> Platform:
    return "slack" if name == "slack" else "telegram"


async def deliver(db: Database, platform: Platform, workspace: str, user: str, number: int, **more: Any) -> None:
    channel = more.pop("channel", f"D{user}{number}")
    kind: Literal["decisions", "turns"] = more.pop("kind", "decisions" if "suggestion" in more else "turns")
    payload = {"id": f"{user}-{number}", "workspace": workspace, "user": user, "channel": channel, **more}
    event = InboundEvent(
        platform=platform,
        workspace=workspace,
        event_id=payload["id"],
        lock=f"{platform}/{channel}",
        payload=payload,
        kind=kind,
        sender=user,
    )
    await db.run_as_system(RECEIVE, receive_values([event]))


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.05)


def queued(owner_url: str) -> dict[str, int]:
    rows = owner_rows(
        owner_url,
        "select queue_name as q, count(*) as n from procrastinate.procrastinate_jobs "
        "where status = 'todo' and queue_name <> 'upkeep' group by 1",
    )
    return {row["q"]: row["n"] for row in rows}


@dataclass
class Crowd:
    """64 messages of one organisation that the model answers when it is let go, and a suggestion that waits."""

    rt: Runtime
    suggestion: str
    let_go: asyncio.Event
    model: HangingModel
    slack: FakePlatform
    telegram: HangingPlatform


async def crowd(db: Database, database_url: str, owner_url: str) -> Crowd:
    await make_world(db)
    await make_world(db, "Beth Events", team="T2")
    args = {"title": "Lighting Basics", "start_time": "2031-05-01T14:00", "end_time": "2031-05-01T15:00"}
    rt, *_ = runtime(db, calls(("create_schedule_item", args)), says("It waits."))
    await deliver(db, "slack", TEAM, "UMANAGER", 0, text="please add it")

    async def first(platform: str, payload: dict[str, Any]) -> None:
        there = Address("slack", TEAM, payload["channel"])
        who = ChatUser("slack", TEAM, "UMANAGER")
        await on_message(rt, InboundMessage(event_id="1", sender=who, address=there, text=payload["text"], direct=True))

    await drain(rt, database_url, first)
    [suggestion] = owner_rows(owner_url, "select id from public.ai_insights_log where kind = 'suggestion'")
    let_go = asyncio.Event()
    model, slack, telegram = HangingModel([]), FakePlatform("slack"), HangingPlatform("telegram")
    model.let_go = telegram.let_go = let_go

    async def the_model() -> HangingModel:
        return model

    rt = replace(rt, platforms={"slack": slack, "telegram": telegram}, model=the_model, slots=Slots(4))
    for number in range(64):
        await deliver(db, "slack", TEAM, ("UOWNER", "USTAFF", "UVIEWER")[number % 3], number, text="a hard question")
    return Crowd(rt, str(suggestion["id"]), let_go, model, slack, telegram)


def status(owner_url: str) -> str:
    [row] = owner_rows(owner_url, "select execution_status as s from public.ai_insights_log where kind = 'suggestion'")
    return row["s"]


async def test_a_press_is_decided_while_all_hang(db: Database, database_url: str, owner_url: str) -> None:
    """All 64 still wait for the model, and the other organisation is answered as far as the model too."""
    there = await crowd(db, database_url, owner_url)
    async with db.as_system() as tx:
        for number in range(40):
            await say_later(tx, Address("telegram", BOT, str(number)), "hello")
    async with working(there.rt, database_url):
        await until(lambda: len(there.model.requests) == 2)
        await deliver(db, "slack", TEAM, "UMANAGER", 99, suggestion=there.suggestion)
        await deliver(db, "slack", "T2", "USTAFF", 99, text="/pending")
        await deliver(db, "slack", "T2", "UOWNER", 100, text="what is on?")
        await until(lambda: status(owner_url) == "executed")
        await until(lambda: "DUSTAFF99" in {channel for channel, _text in there.slack.said})
        await until(lambda: (len(there.model.requests), there.telegram.said) == (3, []))
        hard = "handled_at is null and payload ->> 'text' = 'a hard question'"
        assert len(owner_rows(owner_url, f"select id from public.inbound_events where {hard}")) == 64
        there.let_go.set()
        await until(lambda: queued(owner_url) == {})


async def test_in_the_queue_of_the_messages_a_press_would_wait_for_them(
    db: Database, database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: eight places for everything that comes in, as before there were queues."""

    def narrow(platforms: Iterable[str], turns: int) -> dict[str, int]:
        return lanes(platforms, turns) | {"slack/turns": 8}

    monkeypatch.setattr(worker, "lanes", narrow)
    there = await crowd(db, database_url, owner_url)
    async with working(there.rt, database_url):
        await until(lambda: queued(owner_url) == {"slack/turns": 56})
        await deliver(db, "slack", TEAM, "UMANAGER", 99, kind="turns", suggestion=there.suggestion)
        async with db.as_system() as tx:
            await say_later(tx, Address("slack", TEAM, "D1"), "said after the press")
        await until(lambda: ("D1", "said after the press") in there.slack.said)
        assert (queued(owner_url), status(owner_url)) == ({"slack/turns": 57}, "suggested")
        there.let_go.set()
        await until(lambda: status(owner_url) == "executed")


async def test_what_nobody_can_take_waits_for_a_worker_that_can(
    db: Database, database_url: str, owner_url: str
) -> None:
    await make_world(db)
    rt, slack, telegram, _model = runtime(db)
    for number in range(10):
        await deliver(db, "telegram", f"{BOT}1", "7002", number, text="/start")
    async with db.as_system() as tx:
        await say_later(tx, Address("telegram", BOT, "7002"), "hello")
    await deliver(db, "slack", TEAM, "USTAFF", 0, text="/start")
    only_slack = replace(rt, platforms={"slack": slack})
    async with working(only_slack, database_url) as parts:
        await until(lambda: len(slack.said) == 1)
        await until(lambda: parts.missing() == [])
    assert queued(owner_url) == {"telegram/sending": 1, "telegram/turns": 10}
    async with working(rt, database_url):
        await until(lambda: len(telegram.said) == 11)
    assert queued(owner_url) == {}


async def test_what_the_program_of_yesterday_queued_is_taken(db: Database, database_url: str, owner_url: str) -> None:
    await make_world(db)
    rt, slack, telegram, _model = runtime(db)
    await deliver(db, "slack", TEAM, "USTAFF", 0, text="/start")
    await deliver(db, "telegram", f"{BOT}1", "7002", 1, text="/start")
    owner_run(owner_url, "update procrastinate.procrastinate_jobs set queue_name = 'default'")
    async with working(replace(rt, platforms={"slack": slack}), database_url):
        await until(lambda: len(slack.said) == 1)
    assert queued(owner_url) == {"telegram/turns": 1}
    async with working(rt, database_url):
        await until(lambda: len(telegram.said) == 1)


async def test_a_crowd_of_strangers_is_invited_once_each_and_puts_nobody_back(
    db: Database, database_url: str, owner_url: str
) -> None:
    await make_world(db)
    rt, _slack, telegram, _model = runtime(db)
    for number in range(60):
        await deliver(db, "telegram", f"{BOT}1", str(9000 + number % 20), number, text="who are you?", channel="x")
    await deliver(db, "telegram", f"{BOT}1", "7002", 1000, text="/start")
    assert queued(owner_url) == {"telegram/strangers": 60, "telegram/turns": 1}
    async with working(rt, database_url):
        await until(lambda: queued(owner_url) == {} and len(telegram.said) == 21)
    [stored] = owner_rows(owner_url, "select count(*) as n from public.inbound_events where handled_at is not null")
    assert stored["n"] == 61


CROWD = (
    "insert into procrastinate.procrastinate_jobs (queue_name, task_name, priority, lock, args, scheduled_at) "
    "select {queue}, 'none', 0, {lock}, '{{}}', {at} from generate_series(1, 20000) as number"
)


@pytest.mark.parametrize(
    ("queue", "lock", "at"),
    [
        ("'upkeep'", "null", "now() + interval '1 hour'"),
        ("'upkeep'", "'one ' || number", "now() + interval '1 hour'"),
        ("'slack/turns'", "null", "null"),
        ("'upkeep'", "null", "null"),
        ("'upkeep'", "'one ' || number", "now() - interval '1 hour'"),
    ],
)
async def test_fetching_a_job_reads_none_of_those_that_wait(owner_url: str, queue: str, lock: str, at: str) -> None:
    """Never analysed, as in the first minutes of a database or after a burst."""
    owner_run(owner_url, CROWD.format(queue=queue, lock=lock, at=at))
    fetch = "select id from procrastinate.procrastinate_fetch_job_v2('{upkeep,slack/sending}', null)"
    with psycopg.connect(owner_url, autocommit=True) as conn:
        # What a connection reads once, to know the tables, is no part of it.
        conn.execute(fetch)
        row = conn.execute(f"explain (analyze, buffers, format json) {fetch}").fetchone()
    assert row is not None
    plan = row[0][0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 100


async def test_jobs_are_fetched_in_order_and_what_was_put_off_when_it_is_due(owner_url: str) -> None:
    owner_run(
        owner_url,
        "insert into procrastinate.procrastinate_jobs (queue_name, task_name, priority, lock, args, scheduled_at) "
        "values ('a', 'first of its lock', 0, 'talk', '{}', null), ('a', 'second of its lock', 0, 'talk', '{}', null), "
        "('b', 'more urgent', 1, null, '{}', null), ('b', 'due', 0, null, '{}', now() - interval '1 minute'), "
        "('a', 'later', 0, null, '{}', now() + interval '1 hour'), ('c', 'of another worker', 5, null, '{}', null)",
    )
    fetch = "select task_name as task from procrastinate.procrastinate_fetch_job_v2('{a,b}', null)"
    fetched = [owner_rows(owner_url, fetch)[0]["task"] for _ in range(4)]
    assert fetched == ["more urgent", "first of its lock", "due", None]
    owner_run(owner_url, "delete from procrastinate.procrastinate_jobs where task_name = 'first of its lock'")
    assert owner_rows(owner_url, fetch) == [{"task": "second of its lock"}]
    assert owner_rows(owner_url, fetch.replace("'{a,b}'", "null")) == [{"task": "of another worker"}]


async def test_a_worker_says_which_lane_does_not_work(db: Database, database_url: str) -> None:
    rt, *_ = runtime(db, settings=Settings(eventflow_heartbeat_seconds=1))
    async with working(rt, database_url) as parts:
        await until(lambda: parts.missing() == [])
    kinds = ("decisions", "pictures", "sending", "strangers", "turns")
    assert parts.missing() == [
        *(f"{platform}/{kind}" for platform in ("slack", "telegram") for kind in kinds),
        "upkeep",
    ]


GIVEN_UP = "update procrastinate.procrastinate_jobs set args = args || '{\"deaths\": 4}'"


async def test_a_job_that_workers_die_of_is_given_up_told_once_and_kept(
    db: Database, database_url: str, owner_url: str
) -> None:
    await make_world(db)
    rt, slack, telegram, _model = runtime(db)
    more: dict[str, Any] = {"event": {"user": "UMANAGER"}}
    await deliver(db, "slack", TEAM, "UMANAGER", 0, text="/start", channel="D7", **more)
    owner_run(owner_url, GIVEN_UP + ", lock = 'slack/T1/D7/'")
    async with working(rt, database_url):
        await until(lambda: len(slack.said) == 2)
        await until(lambda: queued(owner_url) == {})
    [kept] = owner_rows(owner_url, "select id, status from procrastinate.procrastinate_jobs where args ? 'deaths'")
    bug = str(kept["id"])
    assert (kept["status"], sorted(slack.said), telegram.said) == (
        "failed",
        [
            ("D7", say("he", phrase("error-bug", id=bug))),
            ("UOWNER", say("en", phrase("given-up", id=bug))),
        ],
        [],
    )


async def test_who_waits_for_a_sentence_or_a_press_that_is_given_up_is_told_too(
    db: Database, database_url: str, owner_url: str
) -> None:
    await make_world(db)
    rt, slack, _telegram, _model = runtime(db)
    more: dict[str, Any] = {"suggestion": "none"}
    await deliver(db, "slack", TEAM, "USTAFF", 0, channel="C1", **more)
    owner_run(owner_url, 'update public.inbound_events set payload = payload || \'{"user": {"id": "USTAFF"}}\'')
    async with db.as_system() as tx:
        await say_later(tx, Address("slack", TEAM, "C9"), "deadly")
    owner_run(owner_url, GIVEN_UP + ", lock = 'press/T1/C1/5' where task_name = 'handle_event'")
    owner_run(owner_url, GIVEN_UP + " where task_name = 'say'")
    async with working(rt, database_url):
        await until(lambda: len(slack.said) == 3)
        await until(lambda: queued(owner_url) == {})
    assert sorted(to for to, _words in slack.said) == ["UOWNER", "UOWNER", "USTAFF"]


async def test_an_innocent_suspect_comes_through(db: Database, database_url: str, owner_url: str) -> None:
    await make_world(db)
    rt, slack, _telegram, _model = runtime(db)
    await deliver(db, "slack", TEAM, "USTAFF", 0, text="/start", channel="D7")
    [job] = owner_rows(owner_url, "select id from procrastinate.procrastinate_jobs")
    await db.run_as_system(SUSPECT, {"jobs": [job["id"]]})
    async with working(rt, database_url):
        await until(lambda: len(slack.said) == 1)
        await until(lambda: queued(owner_url) == {})
    assert owner_rows(owner_url, "select from procrastinate.procrastinate_jobs where args ? 'deaths'") == []


async def test_a_job_that_nobody_heard_of_is_given_back(db: Database, database_url: str, owner_url: str) -> None:
    await make_world(db)
    rt, slack, _telegram, _model = runtime(db, settings=Settings(eventflow_heartbeat_seconds=0.2))
    await deliver(db, "slack", TEAM, "USTAFF", 0, text="/start")
    async with working(rt, database_url):
        await until(lambda: len(slack.said) == 1)
        await deliver(db, "slack", TEAM, "USTAFF", 1, text="/start", channel="lost")
        await until(lambda: len(slack.said) == 2)
        owner_run(
            owner_url,
            "insert into procrastinate.procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts) "
            'select \'slack/turns\', \'say\', \'{"address": {"platform": "slack", "workspace": "T1", '
            '"channel": "D9", "thread": null}, "text": "found"}\', \'doing\', id, 0 '
            "from procrastinate.procrastinate_workers",
        )
        await until(lambda: ("D9", "found") in slack.said)
        # As when this machine slept, and another process took its workers for dead and away.
        owner_run(owner_url, "delete from procrastinate.procrastinate_workers")
        await deliver(db, "slack", TEAM, "USTAFF", 2, text="/start")
        await until(lambda: "DUSTAFF2" in dict(slack.said))
