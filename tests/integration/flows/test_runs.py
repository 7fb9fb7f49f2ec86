"""Every turn of the model is a row before it is asked, and says afterwards what it took, however it ended."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.ai.models import ModelReply, ModelRequest, Usage
from core.conversations.runs.models import Ended
from core.db import Database
from core.flows.expire import end_lost_runs
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.errors import Upstream
from core.kernel.phrases import phrase
from migrations.apply import migrate
from tests.fakes import ScriptedModel, calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, slack_message
from tests.owner import owner_rows, owner_run
from tests.world import make_world

pytestmark = pytest.mark.db

NUMBERS = (
    "status, error_message, input_tokens, cached_tokens, output_tokens, thought_tokens, total_tokens, steps, "
    "tool_calls, hit_limit, estimated_cost_usd::text as cost, output_data"
)


def runs(owner_url: str, columns: str = NUMBERS) -> list[dict[str, Any]]:
    return owner_rows(owner_url, f"select {columns} from public.ai_runs order by created_at, id")


def spent(reply: ModelReply, **tokens: int) -> ModelReply:
    return replace(reply, usage=Usage(**tokens))


class _Looking(ScriptedModel):
    """Looks at the rows, as anybody else sees them, when it is asked."""

    owner_url: str = ""
    seen: list[list[dict[str, Any]]]

    async def generate(self, request: ModelRequest) -> ModelReply:
        self.seen.append(runs(self.owner_url, "*"))
        return await super().generate(request)


async def test_the_row_is_there_before_the_model_is_asked(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    rt, *_ = runtime(db)
    model = _Looking([says("Nothing is on.")])
    model.owner_url, model.seen = owner_url, []

    async def looking() -> ScriptedModel:
        return model

    await on_message(replace(rt, model=looking), slack_message("What is on?"))

    [[row]] = model.seen
    [talk] = owner_rows(owner_url, "select id, organization_id, user_id from public.conversations")
    [message] = owner_rows(owner_url, "select id from public.messages where role = 'user'")
    assert row == {
        "organization_id": world.organization_id,
        "id": row["id"],
        "user_id": world.people["manager"].user_id,
        "conversation_id": talk["id"],
        "event_id": None,
        "agent_name": "eventflow",
        "agent_type": "event_curator",
        "status": "running",
        "error_message": None,
        "input_data": {"message_id": str(message["id"]), "characters": len("What is on?")},
        "output_data": None,
        "input_tokens": None,
        "cached_tokens": None,
        "output_tokens": None,
        "thought_tokens": None,
        "total_tokens": None,
        "duration_ms": None,
        "estimated_cost_usd": None,
        "provider": "gemini",
        "model_name": "scripted",
        "temperature": None,
        "steps": None,
        "tool_calls": None,
        "hit_limit": False,
        "toolsets": [],
        "created_at": row["created_at"],
        "completed_at": None,
    }
    [after] = runs(owner_url, "*")
    assert (after["status"], after["completed_at"] is not None, after["duration_ms"] is not None) == (
        "success",
        True,
        True,
    )


async def test_a_run_is_counted_once_however_it_ends(db: Database, owner_url: str) -> None:
    await make_world(db)
    counted: list[tuple[str, str, int | None]] = []
    rt, *_ = runtime(db, says("Nothing is on."), Upstream(phrase("model-timeout")))

    def count(model: str, ended: Ended) -> None:
        counted.append((model, ended.status, ended.prompt))

    rt = replace(rt, count_run=count)

    await on_message(rt, slack_message("What is on?", event="E2"))
    await on_message(rt, slack_message("And tomorrow?", event="E3"))
    await _aborted(rt)

    kept = [(row["status"], row["input_tokens"]) for row in runs(owner_url)]
    assert [(status, prompt) for _, status, prompt in counted] == kept
    assert [(model, status) for model, status, _ in counted] == [
        ("scripted", "success"),
        ("scripted", "timeout"),
        ("scripted", "cancelled"),
    ]


async def test_a_run_says_what_it_took_and_what_it_led_to(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    look = spent(calls(("get_agenda", {})), prompt=100, output=10, thoughts=4)
    both = spent(calls(MOVE, ("no_such_tool", {"words": "of a person"})), prompt=200, cached=90, output=20, thoughts=6)
    rt, *_ = runtime(db, look, both, spent(says("It is on a card."), prompt=300, cached=180, output=30))

    await on_message(rt, slack_message("Move the keynote to 14:00"))

    assert runs(owner_url) == [
        {
            "status": "success",
            "error_message": None,
            "input_tokens": 600,
            "cached_tokens": 270,
            "output_tokens": 60,
            "thought_tokens": 10,
            "total_tokens": 670,
            "steps": 3,
            "tool_calls": 3,
            "hit_limit": False,
            # The scripted model costs a micro-dollar per token, thoughts aside.
            "cost": "0.000660",
            "output_data": {
                "tools": {"get_agenda": 1, "update_schedule_item": 1, "unknown_tool": 1},
                "suggestions": 1,
            },
        }
    ]
    [run] = runs(owner_url, "id, event_id")
    assert run["event_id"] == world.event_id
    assert {row["correlation_id"] for row in log_rows(owner_url, "true")} == {run["id"]}


@pytest.mark.parametrize(
    ("failure", "status", "error"),
    [
        (Upstream(phrase("model-timeout")), "timeout", "model-timeout"),
        (Upstream(phrase("model-down")), "error", "model-down"),
        (ModelReply(None, failure=phrase("model-blocked"), is_blocked=True), "error", "model-blocked"),
        (RuntimeError("Dana's secret words"), "error", "bug"),
    ],
    ids=["timeout", "down", "blocked", "bug"],
)
async def test_what_fails_has_its_row_and_its_cost(
    db: Database, owner_url: str, failure: ModelReply | Exception, status: str, error: str
) -> None:
    await make_world(db)
    rt, *_ = runtime(db, spent(calls(("get_agenda", {})), prompt=50, output=5), failure)

    await on_message(rt, slack_message("What is on?"))

    [run] = runs(owner_url, "id, status, error_message, input_tokens, estimated_cost_usd::text as cost, steps")
    if error == "bug":
        error = f"bug {str(run['id'])[:8]}"
    assert run == {
        "id": run["id"],
        "status": status,
        "error_message": error,
        "input_tokens": 50,
        "cost": "0.000055",
        "steps": 2,
    }


@pytest.mark.parametrize("said", ["", "/help", "/start", "/pending", "/mine"])
async def test_what_needs_no_model_is_no_run(db: Database, owner_url: str, said: str) -> None:
    await make_world(db)
    rt, *_ = runtime(db)
    await on_message(rt, slack_message(said))
    assert runs(owner_url) == []


async def test_a_delivery_that_comes_again_is_no_second_run(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, *_ = runtime(db, says("Nothing."))
    for _ in range(2):
        await on_message(rt, slack_message("What is on?"))
    assert runs(owner_url, "status") == [{"status": "success"}]


class _Hanging(ScriptedModel):
    asked: asyncio.Event

    async def generate(self, request: ModelRequest) -> ModelReply:
        del request
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError


async def _aborted(rt: Runtime) -> None:
    """Ask a model that never answers, and stop waiting."""
    model = _Hanging([])
    model.asked = asyncio.Event()

    async def hanging() -> ScriptedModel:
        return model

    turn = asyncio.create_task(on_message(replace(rt, model=hanging), slack_message("What is on?")))
    await model.asked.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn


async def test_a_turn_that_is_stopped_says_so(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, *_ = runtime(db)
    await _aborted(rt)
    assert runs(owner_url, "status, error_message, input_tokens, estimated_cost_usd as cost, steps") == [
        {"status": "cancelled", "error_message": "stopped", "input_tokens": None, "cost": None, "steps": 1}
    ]


async def test_what_a_killed_process_left_is_ended_by_upkeep(db: Database, owner_url: str) -> None:
    """Nobody was there to write an end: the row is as it was when the model was asked."""
    await make_world(db)
    rt, *_ = runtime(db)
    await _aborted(rt)
    left = "update public.ai_runs set status = 'running', completed_at = null, error_message = null"
    owner_run(owner_url, f"{left}, created_at = now() - interval '90 seconds'")
    assert await end_lost_runs(rt) == 0
    owner_run(owner_url, f"{left}, created_at = now() - interval '121 seconds'")
    assert await end_lost_runs(rt) == 1
    [lost] = runs(owner_url, "status, error_message, estimated_cost_usd as cost, completed_at > created_at as is_over")
    assert lost == {"status": "error", "error_message": "lost", "cost": None, "is_over": True}


async def test_what_could_not_be_stored_has_a_run_of_its_own(db: Database, owner_url: str) -> None:
    """The person was asked away while the model thought; the message is tried once more."""
    await make_world(db)
    rt, *_ = runtime(db, spent(says("One."), prompt=40, output=2), spent(says("Two."), prompt=60, output=3))
    owner_run(
        owner_url,
        "create function public.once() returns trigger language plpgsql as $$ begin "
        "if (select count(*) from public.ai_runs) = 1 then raise exception 'no' using errcode = '23514'; end if; "
        "return new; end $$",
        "create trigger once before insert on public.messages for each row when (new.role = 'assistant') "
        "execute function public.once()",
    )
    await on_message(rt, slack_message("What is on?"))
    assert runs(owner_url, "status, error_message, input_tokens") == [
        {"status": "error", "error_message": "not-stored", "input_tokens": 40},
        {"status": "success", "error_message": None, "input_tokens": 60},
    ]


async def test_what_was_counted_with_the_answer_becomes_its_run(db: Database, owner_url: str) -> None:
    """A database from before: three answers, of which one failed and one was no turn of the model."""
    await make_world(db)
    rt, *_ = runtime(db, calls(("get_agenda", {})), says("A."), Upstream(phrase("model-down")))
    for number, words in enumerate(("What is on?", "And then?", "/help")):
        await on_message(rt, slack_message(words, event=f"E{number}"))
    kept = runs(owner_url, "id, conversation_id, user_id, error_message")
    owner_run(
        owner_url,
        "delete from public.ai_runs",
        "delete from app.migrations where name = '0034_runs.sql'",
        "alter table public.messages add model text, add input_tokens int, add output_tokens int, "
        "add cost_microdollars bigint, add latency_ms int, add steps int, add hit_limit boolean not null default false",
        "update public.messages set model = 'gemini-3.8-flash', input_tokens = 700, output_tokens = 30, "
        "cost_microdollars = 638, latency_ms = 1500, steps = 2 where role = 'assistant' and text not like '%/pending%'",
    )
    assert (await migrate(owner_url))[0] == "0034_runs.sql"
    moved = runs(owner_url, "id, conversation_id, user_id, error_message")
    assert moved == kept
    assert runs(
        owner_url,
        "status, model_name, total_tokens, estimated_cost_usd::text as cost, steps, completed_at - created_at as took",
    ) == [
        {
            "status": status,
            "model_name": "gemini-3.8-flash",
            "total_tokens": 730,
            "cost": "0.000638",
            "steps": 2,
            "took": timedelta(seconds=1.5),
        }
        for status in ("success", "error")
    ]
    left = owner_rows(
        owner_url,
        "select attname from pg_attribute where attrelid = 'public.messages'::regclass and attnum > 0 "
        "and not attisdropped order by attnum",
    )
    assert [row["attname"] for row in left] == [
        *("id", "organization_id", "conversation_id", "user_id", "role", "text", "contents", "inbound_event_id"),
        "created_at",
    ]
