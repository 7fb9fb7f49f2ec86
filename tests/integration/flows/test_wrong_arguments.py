"""Whatever a model gives a tool for arguments: it hears what is wrong, and nothing becomes a suggestion.

The model is told of no lengths, ranges, patterns and nulls (``core.ai.schema``), so that it may well send what they
forbid. The cases are made from each tool's own model.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

import pytest

from core.ai.models import ToolCall
from core.ai.schema import flat_schema
from core.db import Database
from core.flows.on_message import on_message
from core.flows.runtime import TOOLS
from core.flows.tool_calls import ToolRun
from core.flows.toolsets import OpenTools
from core.kernel.principal import Principal
from core.kernel.tools import ToolSpec
from core.texts import plain
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import log_rows, slack_message
from tests.integration.undo.stage import enrich
from tests.integration.undo.test_every_tool import EVERY
from tests.world import World, make_world

Json = dict[str, Any]
OFFERED = tuple(tool for tool in TOOLS if tool.roles)
"""What a model can call at all; the others are reached by a press alone."""
READS: dict[str, Json] = {
    "find_sessions": {"query": "Keynote"},
    "get_session": {"session": "Opening Keynote"},
    "find_free_slots": {"minutes": 30},
    "get_participant_agenda": {"participant": "Maya Golan"},
    "explain_suggestion": {"suggestion": "01890a5d-ac96-774b-bcce-b302099a8057"},
}
"""What a read needs; the others need nothing."""
OWNER = Principal(
    user_id=UUID(int=1), organization_id=UUID(int=2), role="owner", locale="en", timezone="UTC", name="Olga"
)
LONG = "long " * 2_000
ASKED_BACK = {"money-no-currency", "money-unreadable"}
"""What is asked of the person instead, in their own language."""
MOST_SAID = 1_000
"""Characters of an answer that says what is wrong: it is paid for, and stands in the log."""
ODD = (
    LONG,
    "\u202e\u2066\x00\x07\u200b\ufeff",
    "\ud800",
    "1999-01-01",
    "1999-01-01T09:00",
    "0001-01-01",
    "9999-12-31T23:59",
    "25:99",
    "2031-05-01T10:00\u202e",
    "'; drop table public.events; --",
    "%s %(x)s {0} \\",
    "-1",
    "1e400",
)
"""Words that no schema forbids, in any place for words."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Arguments of which one is wrong."""

    what: str
    args: Json


def schema_of(tool: ToolSpec) -> Json:
    return tool.args.model_json_schema()


def base_of(tool: ToolSpec) -> Json:
    return copy.deepcopy(EVERY[tool.name][0] if tool.name in EVERY else READS.get(tool.name, {}))


ALWAYS_WRONG: dict[str, tuple[tuple[str, Any], ...]] = {
    "string": (("a number", 42), ("a list", ["x"]), ("an object", {"x": 1}), ("a truth", True)),
    "integer": (
        ("words", "many"),
        ("a part", 1.5),
        ("a list", [1]),
        ("an object", {"x": 1}),
        ("huge", 10**30),
        ("huge in words", str(10**30)),
        ("endless", float("inf")),
    ),
    "boolean": (("words", "perhaps"), ("a number", 2), ("a list", [True]), ("an object", {"x": 1})),
    "array": (("words", "words"), ("a number", 42), ("an object", {"x": 1})),
    "object": (("words", "words"), ("a number", 42), ("a list", ["x"])),
}
"""What each kind of place cannot hold, whatever its limits are."""


def wrong_values(schema: Json, definitions: Json) -> Iterator[tuple[str, Any]]:
    """Yield what a place cannot hold: another type, a null, what is too long, too short, too much, not in the list."""
    kinds = [_resolved(each, definitions) for each in schema.get("anyOf", [schema])]
    if all(each.get("type") != "null" for each in kinds):
        yield "null", None
    [kind, *rest] = [each for each in kinds if each.get("type") != "null"]
    yield from ALWAYS_WRONG[kind["type"]]
    yield from _beyond(kind)
    if "enum" in kind and all("pattern" not in each for each in rest):
        yield "not in the list", "no_such_word"
    if "maxItems" in kind:
        sample = "Guest" if _resolved(kind["items"], definitions).get("type") == "string" else {}
        yield "too many", [sample] * (kind["maxItems"] + 1)


def _beyond(kind: Json) -> Iterator[tuple[str, Any]]:
    if "format" in kind or "pattern" in kind:
        yield "not of its form", "\N{PILE OF POO} no such form"
    if "maxLength" in kind or "pattern" in kind:
        yield "too long", LONG
    if kind.get("minLength", 0) > 0:
        yield from [("empty", ""), ("blank", " \t "), ("of what nobody sees", "\u202e\u200b\x00")]
    if kind.get("minItems", 0) > 0:
        yield "nothing", []
    for limit, step in (("minimum", -1), ("maximum", 1)):
        if limit in kind:
            yield f"beyond its {limit}", kind[limit] + step


def _resolved(schema: Json, definitions: Json) -> Json:
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def wrong_of(tool: ToolSpec) -> Iterator[Wrong]:
    """Yield calls that the tool's model forbids: each argument, and each one inside it, with all that it cannot be."""
    schema, base = schema_of(tool), base_of(tool)
    definitions = schema.get("$defs", {})
    for where, put in _places(schema, definitions, base):
        for what, value in wrong_values(where[1], definitions):
            yield Wrong(f"{where[0]}: {what}", put(value))
    for path, put in _objects(schema, definitions, base):
        yield Wrong(f"{path or 'the call'}: another key", put({"no_such_argument": 1}))
        yield Wrong(f"{path or 'the call'}: a key without end", put({"k" * 10_000: 1, "\u202ekey": 1}))
    for name in schema.get("required", []):
        yield Wrong(f"{name}: left out", {key: value for key, value in base.items() if key != name})


Put = Callable[[Any], Json]


def _places(schema: Json, definitions: Json, base: Json) -> Iterator[tuple[tuple[str, Json], Put]]:
    """Yield each place of the arguments: its name and schema, and what puts a value there into right arguments."""

    def at(*path: str | int) -> Put:
        return lambda value: _with(base, path, value)

    for name, place in schema.get("properties", {}).items():
        yield (name, place), at(name)
        for kind in (_resolved(each, definitions) for each in place.get("anyOf", [place])):
            inner = _resolved(kind.get("items", {}), definitions)
            if inner:
                yield (f"{name}[0]", inner), at(name, 0)
            for part, below in inner.get("properties", {}).items():
                yield (f"{name}[0].{part}", below), at(name, 0, part)
            for part, below in kind.get("properties", {}).items():
                yield (f"{name}.{part}", below), at(name, part)


def _objects(schema: Json, definitions: Json, base: Json) -> Iterator[tuple[str, Put]]:
    yield "", lambda more: {**base, **more}
    for (name, place), put in _places(schema, definitions, base):
        if _resolved(place, definitions).get("properties"):
            yield name, lambda more, put=put: put(more)


def _with(base: Json, path: tuple[str | int, ...], value: Any) -> Json:
    made = copy.deepcopy(base)
    inner: Any = made
    for step, following in pairwise(path):
        if isinstance(following, int):
            inner[step] = inner.get(step) or [{}]
        elif isinstance(step, str):
            inner.setdefault(step, {})
        elif not isinstance(inner[step], dict):
            inner[step] = {}
        inner = inner[step]
    inner[path[-1]] = value
    return made


def odd_of(tool: ToolSpec) -> Iterator[Wrong]:
    """Yield calls with words that no schema forbids and no sensible person says."""
    schema, base = schema_of(tool), base_of(tool)
    definitions = schema.get("$defs", {})
    for where, put in _places(schema, definitions, base):
        kinds = [_resolved(each, definitions) for each in where[1].get("anyOf", [where[1]])]
        if any(each.get("type") == "string" and "enum" not in each for each in kinds):
            for value in ODD:
                yield Wrong(f"{where[0]}: {value[:20]!r}", put(value))


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    enrich(owner_url)
    return made


def run_of(db: Database, who: Principal) -> ToolRun:
    rt, *_ = runtime(db)
    return ToolRun(rt, who, in_private=True, opened=OpenTools("owner"))


async def told(run: ToolRun, tool: ToolSpec, args: Json) -> Json:
    return await run.call(ToolCall("1", tool.name, args))


def is_one_sentence(answer: Json, tool: ToolSpec) -> bool:
    """Whether the model hears what is wrong and nothing else: short, on one line, nothing invisible in it."""
    asked_back = answer.get("status") == "refused"
    said = str(answer["why" if asked_back else "error"])
    return (
        len(answer) == 1 + asked_back
        and re.fullmatch(r"\S.*" if asked_back else r"Invalid arguments\. \S.*", said) is not None
        and len(said) <= MOST_SAID
        and plain(said) == said
        and "pydantic" not in said
        and tool.args.__name__ not in said
    )


@pytest.mark.parametrize("tool", OFFERED, ids=lambda tool: tool.name)
async def test_each_wrong_argument_is_one_sentence_for_the_model(tool: ToolSpec) -> None:
    """Before any database is asked: there is none here."""
    run = run_of(cast("Database", None), OWNER)
    wrong = list(wrong_of(tool))
    answers = [(each.what, await told(run, tool, each.args)) for each in wrong]
    assert [(what, answer) for what, answer in answers if not is_one_sentence(answer, tool)] == []
    assert run.proposed == []
    assert {entry.error for entry in run.entries} - ASKED_BACK == {"invalid_arguments"}
    assert len(run.entries) == len(wrong) > 0


@pytest.mark.db
@pytest.mark.parametrize("tool", OFFERED, ids=lambda tool: tool.name)
async def test_odd_words_are_answered_and_nothing_invisible_becomes_a_suggestion(
    db: Database, world: World, tool: ToolSpec
) -> None:
    for each in odd_of(tool):
        run = run_of(db, world.people["owner"])
        answer = await told(run, tool, each.args)
        said = json.dumps(answer, ensure_ascii=False)
        said.encode()
        assert answer, each.what
        if "error" in answer:
            assert is_one_sentence(answer, tool), (each.what, answer)
        for proposed in run.proposed:
            runs = json.dumps(proposed.weighed.proposal.args, ensure_ascii=False, default=str)
            assert plain(runs) == runs, each.what
            assert LONG.strip() not in runs, each.what


@pytest.mark.db
async def test_in_the_chat_there_is_a_normal_answer(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    # What PostgreSQL cannot store never comes so far: a reply that has it is asked for again (core.ai.gemini).
    made = [
        (tool.name, [each.args for each in wrong_of(tool) if not re.search(r"\\u0000|Infinity", json.dumps(each.args))])
        for tool in OFFERED
    ]
    asked = [(name, wrong[number % len(wrong)]) for number, (name, wrong) in enumerate(made)]
    for number, call in enumerate(asked):
        rt, slack, _, _ = runtime(db, calls(call), says("That I cannot do."))
        await on_message(rt, slack_message("please", user="UOWNER", event=f"E{number}"))
        await drain(rt, database_url)
        assert (slack.said, slack.cards) == ([("D1", "That I cannot do.")], {}), call
    assert log_rows(owner_url) == []


def _allows(schema: Json, args: Json) -> bool:
    """Whether what the model is told of forbids none of it: names and kinds of values are all that it says."""
    return set(args) <= set(schema["properties"]) and set(schema.get("required", [])) <= set(args)


def test_the_twin_is_what_the_model_is_told_which_allows_most_of_it() -> None:
    allowed = [
        f"{tool.name}: {each.what}"
        for tool in OFFERED
        for each in wrong_of(tool)
        if _allows(flat_schema(schema_of(tool)), each.args)
    ]
    assert len(allowed) > 1000
    kinds = {what.rpartition(": ")[2].split(maxsplit=1)[0] for what in allowed}
    assert {"null", "empty", "blank", "too", "beyond", "not", "huge", "a", "words"} <= kinds
