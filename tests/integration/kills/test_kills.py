"""Workers are killed at random moments: nothing is lost, nothing runs twice, every card ends final.

20 kills by default; EVENTFLOW_KILLS=500 for the long run.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core.db import Database
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.messages import InboundEvent
from core.kernel.phrases import phrase
from core.texts import say
from tests.integration.kills.office import POISON, TRAP
from tests.owner import owner_rows
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db

KILLS = int(os.environ.get("EVENTFLOW_KILLS", "20"))
MESSAGES = max(20, KILLS // 2)
WORKERS = 2


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Generator["Office"]:
    """Two workers in processes of their own."""
    opened = _open(database_url, tmp_path / "chat")
    yield opened
    opened.close()


@pytest.fixture
def wary_office(database_url: str, tmp_path: Path) -> Generator["Office"]:
    """Two of the program's own workers, which count who dies of what."""
    opened = _open(database_url, tmp_path / "chat", "suspects")
    yield opened
    opened.close()


def _open(database_url: str, chat: Path, *more: str) -> "Office":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.kills.office", database_url, str(chat), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return Office(process, chat)


class Office:
    """Starts workers, kills them, and reads what their chats show."""

    def __init__(self, process: subprocess.Popen[str], chat: Path) -> None:
        self._process = process
        self._chat = chat
        self.pids = [self._start() for _ in range(WORKERS)]

    def _start(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def kill_one(self) -> None:
        """Kill a worker without warning, and start another."""
        victim = self.pids.pop(random.randrange(len(self.pids)))
        os.kill(victim, signal.SIGKILL)
        self.pids.append(self._start())

    def add_one(self) -> None:
        """Start another worker, in the place of one that died."""
        self.pids.append(self._start())

    def set_a_trap(self) -> None:
        """Let the next worker that posts a card die before it notes where."""
        self._chat.with_suffix(TRAP).touch()

    def said(self) -> list[str]:
        """Return every sentence, in order."""
        lines = [json.loads(line) for line in self._chat.read_text().splitlines()] if self._chat.exists() else []
        return [line["text"] for line in lines if line["what"] == "said"]

    def shown(self) -> dict[str, dict[str, Any]]:
        """Return every card copy as its chat shows it now."""
        if not self._chat.exists():
            return {}
        lines = [json.loads(line) for line in self._chat.read_text().splitlines()]
        return {line["message"]: line for line in lines if line["what"] == "card"}

    def close(self) -> None:
        """End every process that was started here."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


async def deliver(db: Database, payload: dict[str, Any], lock: str) -> None:
    platform = payload.get("platform", "slack")
    event = InboundEvent(platform=platform, workspace=TEAM, event_id=payload["id"], lock=lock, payload=payload)
    await db.run_as_system(RECEIVE, receive_values([event]))


async def press_what_waits(db: Database, owner_url: str, pressed: set[str]) -> None:
    """Press every card that stands in a chat and waits."""
    query = (
        "select copy.suggestion_id, copy.channel, copy.message from public.card_copies as copy "
        "join public.ai_insights_log as entry on entry.id = copy.suggestion_id where copy.shown_status = 'suggested'"
    )
    for row in owner_rows(owner_url, query):
        suggestion = str(row["suggestion_id"])
        if suggestion not in pressed:
            pressed.add(suggestion)
            payload = {**row, "suggestion": suggestion, "id": f"press-{suggestion}", "suggestion_id": None}
            await deliver(db, payload, f"press/{row['message']}")


async def test_workers_killed_at_random_lose_nothing_and_do_nothing_twice(
    db: Database, owner_url: str, office: Office
) -> None:
    world: World = await make_world(db)
    pressed: set[str] = set()
    random.seed(20)
    for kill in range(max(KILLS, MESSAGES)):
        if kill < MESSAGES:
            minute = (kill % 10) * 5
            text = f"add S{kill} at {1 + kill % 2:02d} {8 + kill // 10 % 14:02d}:{minute:02d}"
            channel = f"D{kill % 4}"
            await deliver(db, {"id": f"m{kill}", "channel": channel, "text": text}, f"slack/{TEAM}/{channel}/")
        await asyncio.sleep(random.uniform(0.02, 0.25))
        if kill < KILLS:
            office.kill_one()
        await press_what_waits(db, owner_url, pressed)
    for _ in range(600):
        await press_what_waits(db, owner_url, pressed)
        [left] = owner_rows(
            owner_url, "select count(*) as n from procrastinate.procrastinate_jobs where status in ('todo', 'doing')"
        )
        statuses = owner_rows(
            owner_url, "select execution_status as s from public.ai_insights_log where kind = 'suggestion'"
        )
        if left["n"] == 0 and len(statuses) == MESSAGES and {row["s"] for row in statuses} == {"executed"}:
            break
        await asyncio.sleep(0.1)
    titles = owner_rows(owner_url, "select title from public.schedules where title ~ '^S[0-9]+$'")
    assert sorted(row["title"] for row in titles) == sorted(f"S{number}" for number in range(MESSAGES))
    log = owner_rows(owner_url, "select execution_status as s from public.ai_insights_log where kind = 'suggestion'")
    assert [row["s"] for row in log] == ["executed"] * MESSAGES
    [lost] = owner_rows(owner_url, "select count(*) as n from public.inbound_events where handled_at is null")
    failed = owner_rows(owner_url, "select task_name from procrastinate.procrastinate_jobs where status = 'failed'")
    assert (lost["n"], failed) == (0, [])
    known = {row["message"] for row in owner_rows(owner_url, "select message from public.card_copies")}
    shown = office.shown()
    assert {shown[message]["state"] for message in known} == {"executed"}
    assert world.organization_id


async def test_a_message_that_kills_its_workers_is_given_up_and_the_innocent_come_through(
    db: Database, owner_url: str, wary_office: Office
) -> None:
    await make_world(db)
    poison = {"id": "p", "channel": "D0", "text": POISON, "event": {"user": "UMANAGER"}}
    await deliver(db, poison, f"slack/{TEAM}/D0/")
    await deliver(db, {"id": "m", "channel": "D1", "text": "add S1 at 01 08:00"}, f"slack/{TEAM}/D1/")
    [job] = owner_rows(owner_url, "select id from procrastinate.procrastinate_jobs where lock like '%/D0/'")
    bug = str(job["id"])
    expected = sorted([say("he", phrase("error-bug", id=bug)), say("en", phrase("given-up", id=bug))])
    told: list[str] = []
    for _worker in range(40):
        await asyncio.sleep(0.7)
        told = sorted(words for words in wary_office.said() if words in expected)
        if told == expected and wary_office.shown():
            break
        wary_office.add_one()
    kept = "select status, args -> 'deaths' as deaths from procrastinate.procrastinate_jobs where args ? 'deaths'"
    assert (told, owner_rows(owner_url, kept)) == (expected, [{"status": "failed", "deaths": 5}])
    # Who dies between posting and noting posts again: there may be two.
    assert {card["state"] for card in wary_office.shown().values()} == {"suggested"}


_LEFT = "select from procrastinate.procrastinate_jobs where status in ('todo', 'doing')"
_COPIES = "select channel, message, suggestion_id from public.card_copies"


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize("forgotten_first", [True, False], ids=["the-forgotten-first", "the-known-first"])
async def test_a_card_that_was_posted_and_not_noted_is_adopted_when_it_is_pressed_and_decides_nothing_twice(
    db: Database, owner_url: str, office: Office, platform: str, *, forgotten_first: bool
) -> None:
    await make_world(db)
    office.set_a_trap()
    said = {"id": "m", "channel": "7001", "text": "add S1 at 01 08:00", "platform": platform}
    await deliver(db, said, f"{platform}/D/")
    await _until(lambda: bool(owner_rows(owner_url, _COPIES)) and not owner_rows(owner_url, _LEFT))
    copies = owner_rows(owner_url, _COPIES)
    known = {row["message"] for row in copies}
    # Usually one; a machine that is slow takes living workers for dead.
    forgotten = office.shown().keys() - known
    assert forgotten
    # All are alive, and nobody can tell which of them are not known.
    assert {card["state"] for card in office.shown().values()} == {"suggested"}
    in_turn = [*forgotten, copies[0]["message"]] if forgotten_first else [copies[0]["message"], *forgotten]
    for number, message in enumerate(in_turn):
        press = {"id": f"p{number}", "suggestion": str(copies[0]["suggestion_id"]), "message": message}
        await deliver(db, {**press, "channel": "7001", "platform": platform}, f"press/{message}")
        await _until(lambda: not owner_rows(owner_url, _LEFT))
        # A forgotten card is left as it was until somebody presses it; then it tells the truth as the others do.
        alive = {key for key, card in office.shown().items() if card["state"] == "suggested"}
        assert alive == forgotten - set(in_turn[: number + 1])
    assert {card["state"] for card in office.shown().values()} == {"executed"}
    assert {row["message"] for row in owner_rows(owner_url, _COPIES)} == known | forgotten
    steps = owner_rows(owner_url, "select execution_status as s from public.ai_insights_log where kind = 'suggestion'")
    made = owner_rows(owner_url, "select from public.schedules where title = 'S1'")
    assert (steps, len(made)) == ([{"s": "executed"}], 1)
