"""What a conversation has open: it is remembered, a known tool runs whether it is declared or not, and rights hold."""

from typing import Any

import pytest

from core.ai.models import ModelRequest
from core.db import Database
from core.flows.on_message import on_message
from core.flows.toolsets import OPEN_TOOLS
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, log_rows, slack_message
from tests.owner import owner_rows
from tests.world import make_world

pytestmark = pytest.mark.db

ADD_ROOM = ("add_room", {"name": "Studio", "capacity": 40})


def told(request: ModelRequest) -> set[str]:
    return {tool.name for tool in request.tools}


def answer(request: ModelRequest) -> dict[str, Any]:
    [part] = request.contents[-1]["parts"]
    return part["function_response"]["response"]


def kept(owner_url: str) -> list[Any]:
    return [row["open_tools"] for row in owner_rows(owner_url, "select open_tools from public.conversations")]


def refusals(owner_url: str) -> list[str]:
    logged = "select execution_error from public.ai_insights_log where execution_error is not null"
    return [row["execution_error"] for row in owner_rows(owner_url, logged)]


async def test_a_subject_opens_within_a_turn_and_stays_open_for_the_conversation(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls((OPEN_TOOLS, {"subject": "rooms"})), calls(ADD_ROOM), says("It waits."))
    await on_message(rt, slack_message("We need Studio, seating forty"))

    first, second, _ = model.requests
    assert {"add_room", "update_schedule_item"} & told(first) == set()
    assert answer(second) == {"opened": ["get_room_use", "add_room", "update_room"]}
    assert told(second) - told(first) == {"get_room_use", "add_room", "update_room"}
    assert second.tools[: len(first.tools)] == first.tools
    assert [(row["action_type"], row["execution_status"]) for row in log_rows(owner_url)] == [("room_add", "suggested")]
    [[[subject, _]]] = kept(owner_url)
    assert subject == "rooms"

    # Another process: nothing but the conversation's row tells it.
    later, _, _, other = runtime(db, says("Yes."))
    await on_message(later, slack_message("Thank you", event="E2"))
    assert other.requests[0].tools == second.tools

    elsewhere, _, _, third = runtime(db, says("Hello."))
    await on_message(elsewhere, slack_message("Hello", event="E3", user="USTAFF"))
    assert "add_room" not in told(third.requests[0])


async def test_words_open_a_subject_before_the_model_is_asked(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls(MOVE), says("ממתין."))
    await on_message(rt, slack_message("אפשר להזיז את Opening Keynote ל-14:00?"))

    assert "update_schedule_item" in told(model.requests[0])
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["suggested"]


async def test_a_known_tool_that_is_not_open_runs_and_is_open_from_then_on(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls(ADD_ROOM), says("It waits."))
    await on_message(rt, slack_message("We need Studio, seating forty"))

    assert "add_room" not in told(model.requests[0])
    assert answer(model.requests[1])["status"] == "waiting_for_approval"
    assert "add_room" in told(model.requests[1])
    assert [row["execution_status"] for row in log_rows(owner_url)] == ["suggested"]


@pytest.mark.parametrize(
    ("user", "call"),
    [
        ("UVIEWER", ADD_ROOM),
        ("UVIEWER", (OPEN_TOOLS, {"subject": "rooms"})),
        ("UMANAGER", ("switch_off_person", {"person": "Dana Levi"})),
    ],
)
async def test_the_twin_who_has_no_right_to_a_tool_has_it_neither_open_nor_closed(
    db: Database, owner_url: str, user: str, call: tuple[str, dict[str, Any]]
) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls(call), says("I cannot."))
    await on_message(rt, slack_message("Please", user=user))

    assert answer(model.requests[1]) == {
        "error": f"There is no tool named {call[0]}. Use only the tools you were given."
    }
    assert model.requests[1].tools == model.requests[0].tools
    assert refusals(owner_url) == ["unknown_tool"]
    assert kept(owner_url) == [[]]


async def test_a_subject_that_the_role_has_not_stays_shut(db: Database, owner_url: str) -> None:
    await make_world(db)
    rt, _, _, model = runtime(db, calls((OPEN_TOOLS, {"subject": "people"})), says("I cannot."))
    await on_message(rt, slack_message("Please"))

    assert answer(model.requests[1])["error"].startswith("There is no such subject.")
    assert kept(owner_url) == [[]]


async def test_who_opens_forever_meets_the_limit_and_answers_in_words(db: Database, owner_url: str) -> None:
    await make_world(db)
    subjects = ("rooms", "schedule", "vendors", "events", "participants", "checklists")
    rt, _, _, model = runtime(db, *(calls((OPEN_TOOLS, {"subject": each})) for each in subjects[:4]), says("Enough."))
    await on_message(rt, slack_message("Open everything"))

    assert [request.force_text for request in model.requests] == [False, False, False, False, True]
    assert refusals(owner_url) == ["step-limit"]
