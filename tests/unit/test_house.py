"""The house stays as designed: small rooms, one registration line per tool, a README that tells the truth."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bots.cli import COMMANDS, build, overview
from core.actions.bundles.models import BUNDLE
from core.domains import TOOLS as DOMAIN_TOOLS
from core.flows.runtime import TOOLS, tools_for, write_tool
from core.kernel.principal import Role
from core.kernel.settings import Settings
from core.kernel.tools import WriteTool
from tests.subjects import known

ROOT = Path(__file__).parents[2]
LONGEST = 400
FOLDERS = ("bots", "core", "migrations", "tests")
GENERATED = {"migrations/schema.sql"}
KINDS = {".py", ".js", ".css", ".sql", ".ftl", ".html"}


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in KINDS and "node_modules" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST and name not in GENERATED} == {}


ADAPTERS = {"slack", "telegram", "playground", "bench"}
"""Folders of ``bots`` that are about one platform, stand in for it, or measure it."""


def asks_which_platform(source: str) -> list[int]:
    """Return the lines that compare something with a chat platform's name, in Python or in SQL."""

    def is_name(node: ast.AST) -> bool:
        return any(isinstance(each, ast.Constant) and each.value in {"slack", "telegram"} for each in ast.walk(node))

    def asks(node: ast.AST) -> bool:
        if isinstance(node, ast.Constant):
            return re.search(r"platform\s*(=|<>|in)\s*\(?'\w", str(node.value)) is not None
        return isinstance(node, (ast.Compare, ast.MatchValue)) and is_name(node)

    return [
        node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.expr, ast.pattern)) and asks(node)
    ]


def test_nobody_but_an_adapter_asks_which_platform_it_is() -> None:
    """Whoever needs something of a platform asks for the ability (``core.kernel.cards.Abilities``)."""
    files = [
        path
        for top in ("core", "bots")
        for path in (ROOT / top).rglob("*.py")
        if not (top == "bots" and ADAPTERS & set(path.relative_to(ROOT).parts))
    ]
    found = {str(path.relative_to(ROOT)): asks_which_platform(path.read_text("utf-8")) for path in files}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(files) > 300


@pytest.mark.parametrize(
    "source",
    [
        'if platform == "slack": pass',
        'x = 1 if "telegram" != name else 2',
        'y = name in ("slack", "telegram")',
        'match name:\n    case "slack":\n        pass',
        "Q = \"delete from workspaces where platform = 'slack'\"",
    ],
)
def test_twin_a_question_which_platform_it_is_would_be_found(source: str) -> None:
    assert asks_which_platform(source) != []


def test_the_locks_pin_by_hash_and_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        pinned = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
        assert pinned
        assert all("==" in line for line in pinned)
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^(make \w+)", readme, re.MULTILINE)
    assert commands[:2] == ["make demo", "make test"]
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_every_setting_is_in_the_example_environment() -> None:
    example = (ROOT / "deploy" / "env.example").read_text("utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}


READS = set(
    "list_events get_event_overview get_agenda_now find_conflicts what_changed get_agenda find_sessions get_session "
    "find_free_slots get_room_use get_participant_agenda list_vips list_vendors get_checklist "
    "list_pending_suggestions explain_suggestion get_policy".split()
)
WRITES = set(
    "create_event_draft update_event publish_event create_schedule_item update_schedule_item delete_schedule_item "
    "swap_sessions shift_sessions "
    "add_room update_room assign_participant unassign_participant move_participants add_participant "
    "update_participant set_vip check_in_participant assign_vendors unassign_vendor update_vendor_status "
    "add_vendor update_vendor add_checklist_items complete_checklist_item assign_checklist_item".split()
)
"""What takes a write back is offered to nobody: a person asks for it, on the card."""
ABSENCES = {"create_delegation", "end_delegation"}
ACCESS = {"switch_off_person", "switch_on_person", "change_person_role"}


@pytest.mark.parametrize(
    ("role", "writes"),
    [
        ("owner", WRITES | ABSENCES | ACCESS | {"change_policy"}),
        ("manager", WRITES | ABSENCES),
        ("staff", WRITES),
        ("viewer", set[str]()),
    ],
)
def test_tools_are_offered_by_role(role: Role, writes: set[str]) -> None:
    asked = {name for subject in known().values() for name in subject.reads}
    proposed = {name for subject in known().values() for name in subject.writes if role != "viewer"}
    assert {tool.name for tool in tools_for(role)} == READS | writes | asked | proposed


def test_every_stored_action_finds_its_tool() -> None:
    for tool in TOOLS:
        if isinstance(tool, WriteTool):
            assert write_tool(tool.action_type) is tool
    with pytest.raises(LookupError):
        write_tool("drop_everything")


def test_every_argument_is_described_or_names_itself() -> None:
    for tool in DOMAIN_TOOLS:
        schema = tool.args.model_json_schema()
        assert tool.description
        assert schema.get("additionalProperties") is False


def test_the_web_part_is_up_before_any_sdk_is_loaded() -> None:
    heavy = ("google.genai", "slack_bolt", "slack_sdk", "telegram", "aiohttp")
    asked = f"import sys, bots.commands.running; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_database_can_tell_of_every_write_whether_it_was_done() -> None:
    """A kind of write that ``app.is_done`` does not know can never be executed."""
    folder = ROOT / "migrations" / "functions"
    text = (folder / "writes.sql").read_text("utf-8")
    kinds = {tool.action_type for tool in TOOLS if isinstance(tool, WriteTool)} - {BUNDLE}
    # What is a bundle as soon as it is proposed.
    kinds -= {"sessions_swap", "sessions_shift"}
    unknown = {kind for kind in kinds if f"'{kind}'" not in text and f"when '{kind.partition('_')[0]}'" not in text
               and f"subject = '{kind.partition('_')[0]}'" not in text}  # fmt: skip
    everything = "".join(path.read_text("utf-8") for path in folder.glob("*.sql"))
    told = set(re.findall(r"create or replace function app\.([a-z]+)_is_done\(", everything))
    assert {kind for kind in unknown if kind.partition("_")[0] not in told} == set()
    judged = set(re.findall(r"create or replace function app\.([a-z]+)_facts\(", everything))
    # Judged by the file's own digest, and by functions that are called otherwise.
    judged |= {"import", "participants", "vendors", "person"}
    assert {kind for kind in kinds if kind.partition("_")[0] not in judged} == set()


def test_the_list_of_commands_is_of_all_there_are_and_cuts_no_line() -> None:
    loaded: Any = get_command(build())
    printed = CliRunner().invoke(overview(), ["--help"]).stdout
    listed = re.findall(r"^  (\S+) +(\S.*)$", printed.partition("Commands:")[2], re.MULTILINE)
    assert listed == [(name, line) for name, (_where, line) in COMMANDS.items()]
    assert {name for name, _line in listed} == set(loaded.commands)


def test_the_list_of_commands_loads_none_of_them() -> None:
    run = "import sys, bots.cli; bots.cli.overview(); print(*(n for n in sys.modules if n[:5] in ('core.', 'bots.')))"
    printed = subprocess.run([sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed == "bots.cli\n"


HOMES = ("core/domains/", "core/policies/", "core/imports/shared/", "core/actions/bundles/models.py")
"""Where writes are declared: there, and nowhere else, the arguments of a write are read by name."""
OTHER_ARGS = {
    "core/actions/discretion.py": "values of a sentence",
    "core/policies/changes.py": "values of a sentence",
    "core/texts/": "values of a sentence",
    "core/flows/given_up.py": "values of a job",
    "core/jobs/": "values of a job",
    "bots/playground/": "what a platform's or the model's own protocol calls arguments",
}


def reads_of_args(source: str) -> list[str]:
    """Return the keys that a module reads of something called ``args``: by subscript, ``get`` or ``in``."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Subscript(value=where, slice=ast.Constant(value=str(key))):
                found += [key] if _is_args(where) else []
            case ast.Call(func=ast.Attribute(value=where, attr="get" | "pop"), args=[ast.Constant(value=str(key)), *_]):
                found += [key] if _is_args(where) else []
            case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()], comparators=[where]):
                found += [key] if _is_args(where) else []
            case _:
                pass
    return found


def _is_args(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="args") | ast.Attribute(attr="args") | ast.Subscript(slice=ast.Constant(value="args")):
            return True
        case ast.BoolOp(values=[first, *_]):
            return _is_args(first)
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value="args"), *_]):
            return True
        case _:
            return False


def test_nobody_but_its_domain_reads_the_arguments_of_a_write_by_name() -> None:
    paths = {str(path.relative_to(ROOT)): path for folder in ("core", "bots") for path in (ROOT / folder).rglob("*.py")}
    outside = {name: path for name, path in paths.items() if not name.startswith((*HOMES, *OTHER_ARGS))}
    found = {name: keys for name, path in outside.items() if (keys := reads_of_args(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        'args["schedule_id"]',
        'action.args.get("set")',
        'line["args"]["room"]',
        '(line.get("args") or {})["room"]',
        '"room" in proposal.args',
        'row["args"].get("participant_id", None)',
    ],
)
def test_reading_them_by_name_is_found(source: str) -> None:
    """The twin: each way to read a key."""
    assert len(reads_of_args(source)) == 1


_DOMAINS = (folder.parent.name for folder in (ROOT / "core" / "domains").glob("*/__init__.py"))
SQL_HOMES = ("agenda", "alternatives", "events", "logistics", "people", "policies", "writes", *_DOMAINS)
"""Files of functions that belong to a subject, and the one that knows every kind of write."""
_READ_IN_SQL = re.compile(r"'args' *->>? *'|\{args,[a-z]|\bargs *(?:->>?|\?\|?) *(?:'|array)")


def test_nobody_but_its_domain_reads_them_in_sql_either() -> None:
    files = [*(ROOT / "core").rglob("*queries.py"), *(ROOT / "migrations" / "functions").glob("*.sql")]
    outside = [
        path
        for path in files
        if not str(path.relative_to(ROOT)).startswith(HOMES)
        and path.stem not in SQL_HOMES
        # The queue's own jobs have arguments, too.
        and path.stem != "retention"
        and "jobs" not in path.parts
    ]
    assert {path.stem for path in outside} > {"history", "decisions", "bundles", "outlines"}
    found = {str(path.relative_to(ROOT)): _READ_IN_SQL.findall(path.read_text("utf-8")) for path in outside}
    assert {name: reads for name, reads in found.items() if reads} == {}


@pytest.mark.parametrize(
    "text",
    ["action_data -> 'args' ->> 'room'", "action_data #>> '{args,set,room}'", "args ->> 'room'", "args ? 'set'"],
)
def test_reading_them_in_sql_is_found(text: str) -> None:
    """The twin."""
    assert len(_READ_IN_SQL.findall(text)) == 1
