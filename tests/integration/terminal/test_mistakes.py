"""What is mistyped at the terminal, missing or set wrongly: one sentence and a code from every command; the help."""

from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bots.cli import build
from core.db import Database
from tests.conftest import with_database
from tests.integration.terminal.operator import Said, Terminal, commands
from tests.owner import owner_run
from tests.world import make_world

pytestmark = pytest.mark.db

_ORG, _PERSON = "Aleph Events", "staff@aleph.example"
_LONG = "x" * 201
RIGHT: dict[str, str] = {
    "organization": _ORG,
    "person": _PERSON,
    "email": "new@aleph.example",
    "name": "Somebody",
    "role": "staff",
    "new": "Beth Events",
    "slack": "T1/C1",
    "kind": "speaker_overlap",
    "level": "warn",
    "minutes": "5",
    "action": "schedule_*",
    "absent": "owner@aleph.example",
    "to": "manager@aleph.example",
    "until": "2040-05-02",
}
"""What a command needs, by the name of its option."""
WRONG: dict[str, tuple[str, ...]] = {
    "organization": ("Nobody", ""),
    "person": ("nobody@aleph.example", "", "00000000-0000-4000-8000-000000000000"),
    "event": ("Autumn Fair", ""),
    "limit": ("0", "many", "99999999999999999999"),
    "status": ("exectued", ""),
    "risk": ("huge", ""),
    "mine": ("nobody@aleph.example", "somebody"),
    "email": ("nobody", ""),
    "name": ("", _LONG),
    "new": ("", _LONG),
    "role": ("boss", ""),
    "locale": ("fr", ""),
    "timezone": ("Mars", "../etc/passwd", ""),
    "subject": ("1", ""),
    "by": ("week", ""),
    "dollars": ("much", "-1", "1.001", "NaN", "1e9", ""),
    "successor": ("nobody@aleph.example",),
    "slack": ("managers", "T9", "/"),
    "telegram": ("-1", "seven", "7001"),
    "kind": ("nonsense", ""),
    "level": ("loud", ""),
    "minutes": ("-1", "some", "100000"),
    "action": ("Move it", ""),
    "absent": ("nobody@aleph.example", ""),
    "to": ("nobody@aleph.example", "owner@aleph.example"),
    "until": ("tomorrow", "2031-02-30", "1999-01-01", "0000-00-00", ""),
    "since": ("tomorrow", "2041-01-01"),
    "end": ("nobody@aleph.example",),
    "backup": ("nobody@aleph.example",),
    "two_people": ("dangerous", ","),
    "messages_days": ("0", "-5", "soon", "4000"),
    "deliveries_days": ("1",),
    "cards_days": ("0",),
    "jobs_days": ("0",),
    "codes_days": ("0",),
    "copies_days": ("0",),
    "runs_days": ("30",),
    "keep": ("0", "-1", "many"),
    "room": ("/proc/nowhere",),
    "every": ("0", "-1", "often"),
    "kept": ("nonsense", "00000000-0000-4000-8000-000000000000:x:y"),
    "telegram_webhook": ("nowhere",),
    "url": ("nowhere", "http://example.org", "https://[::1"),
    "only": ("P999",),
    "rows": ("5", "many"),
    "file": ("/nowhere.json", "", "."),
    "zone": ("Mars",),
    "clock": ("late",),
    "gone": ("perhaps",),
    "columns": ("title", "="),
    "dates": ("year",),
    "schedule": ("/nowhere.json",),
    "people": ("/nowhere.csv",),
}
"""What cannot be meant, by the name of the option; a new option wants a row here."""
_SETS = {
    ("policy approvers", "person"): ("--role", "owner"),
    ("demo", "zone"): ("--schedule", "/nowhere.json"),
    ("demo", "event"): ("--schedule", "/nowhere.json"),
    ("demo", "dates"): ("--schedule", "/nowhere.json"),
}
FREE = {
    ("import", "event"): "a new event of this name is made",
    ("import", "zone"): "the file names its own",
    ("user off", "successor"): "asked for where the last owner goes",
    ("user role", "successor"): "asked for where the last owner goes",
    ("user erase", "successor"): "asked for where the last owner goes",
}
"""What cannot be wrong by itself, with why."""


def words_of(command: str, parameter: Any, value: str) -> tuple[str, ...]:
    """Return a command with everything that it needs, and one value."""
    given = {each.name: RIGHT[each.name] for each in commands()[command].params if each.required and each.name in RIGHT}
    given |= {parameter.name: value}
    words = [*command.split(), *_SETS.get((command, parameter.name), ())]
    for each in commands()[command].params:
        if each.name in given:
            words += [given[each.name]] if each.param_type_name == "argument" else [each.opts[0], given[each.name]]
        elif each.required:
            words += [_A_FILE]
    return tuple(words)


_A_FILE = str(Path(__file__).parents[3] / "core" / "imports" / "demo" / "schedule.json")


def valued(command: str) -> list[Any]:
    """Return the options of a command that take a value."""
    return [each for each in commands()[command].params if not getattr(each, "is_flag", False)]


def is_one_sentence(said: Said) -> bool:
    """Tell whether a command ended with one clear sentence, and nothing else."""
    is_line = said.err.startswith("✗ ") and said.err.count("\n") == 1 and said.err.rstrip().endswith((".", "?"))
    return said.code in {1, 2} and said.out == "" and is_line and "inside the program" not in said.err


@pytest.fixture
async def terminal(db: Database, database_url: str, tmp_path: Path) -> Terminal:
    await make_world(db)
    return Terminal(tmp_path, database_url)


def test_a_wrong_value_gets_one_sentence_from_every_option_of_every_command(terminal: Terminal) -> None:
    wrong = [
        (words, said)
        for command in commands()
        for parameter in valued(command)
        if (command, parameter.name) not in FREE
        for value in WRONG[parameter.name]
        for words in [words_of(command, parameter, value)]
        for said in [terminal.run(*words)]
        if not is_one_sentence(said)
    ]
    assert wrong == []


NO_DATABASE = {"slack manifest", "demo", "bench"}
"""Commands that look into no database, or have one of their own."""
_MORE = {
    "backup": ("new.sql",),
    "link revoke": (_PERSON,),
    "policy approvers": ("*", "--role", "owner", "--org", _ORG),
    "policy set": ("--at-once", "--org", _ORG),
}
"""What is needed besides, by the command."""
_SETTING = "✗ A setting cannot be read. "


def plain_words(command: str) -> tuple[str, ...]:
    """Return a command with what it needs, all of it right."""
    if command in _MORE:
        return (*command.split(), *_MORE[command])
    parameters = [each for each in commands()[command].params if each.required]
    if not parameters:
        return tuple(command.split())
    return words_of(command, parameters[0], RIGHT.get(parameters[0].name, _A_FILE))


@pytest.mark.parametrize(
    "address",
    ["nonsense", "postgresql://[::1", "mysql://root:s3cret@host/x", "postgresql:///%ff", "postgresql://h/?x=1"],
)
def test_an_address_that_is_none_is_named_and_not_shown_by_every_command(tmp_path: Path, address: str) -> None:
    terminal = Terminal(tmp_path, address)
    sentence = f"{_SETTING}DATABASE_URL: write postgresql://USER:PASSWORD@HOST:5432/DATABASE.\n"
    told = {command: terminal.run(*plain_words(command)) for command in sorted({*commands()} - NO_DATABASE)}
    assert told == dict.fromkeys(told, Said(1, "", sentence))


def test_a_setting_that_is_wrong_is_named_by_every_command(tmp_path: Path, database_url: str) -> None:
    terminal = Terminal(tmp_path, database_url, more={"EVENTFLOW_PORT": "high"})
    told = {command: terminal.run(*plain_words(command)) for command in sorted({*commands()} - {"slack manifest"})}
    wrong = {command: said for command, said in told.items() if not said.err.startswith(f"{_SETTING}EVENTFLOW_PORT: ")}
    assert (wrong, [said for said in told.values() if not is_one_sentence(said)]) == ({}, [])


def test_a_database_that_nobody_has_set_up_is_no_stack_trace(tmp_path: Path, owner_url: str) -> None:
    owner_run(owner_url, "create database bare template template0")
    terminal = Terminal(tmp_path, with_database(owner_url, "bare"))
    alone = {"serve", "worker", "migrate", "backup", "restore", "doctor", "upgrade"}
    told = {command: terminal.run(*plain_words(command)) for command in sorted({*commands()} - NO_DATABASE - alone)}
    owner_run(owner_url, "drop database bare with (force)")
    sentence = "✗ The database is not set up for this version. Run `eventflow migrate`; `eventflow doctor` says more.\n"
    assert told == dict.fromkeys(told, Said(1, "", sentence))


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "postgresql://somebody:s3cret@127.0.0.1:1/nowhere")
    sentence = (
        "✗ The database does not answer. Check DATABASE_URL, and that the server runs; `eventflow doctor` says more.\n"
    )
    assert terminal.run("org", "list") == Said(1, "", sentence)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lgo",), "✗ No such command 'lgo'. Did you mean 'log'? `eventflow --help` shows how it is written.\n"),
        (("log", "--xx"), "✗ No such option: --xx. `eventflow log --help` shows how it is written.\n"),
        (("user", "role"), "✗ Missing argument 'person'. `eventflow user role --help` shows how it is written.\n"),
        (("log", "\udcff"), "✗ Invalid value: what was typed is not UTF-8.\n"),
    ],
)
def test_what_is_mistyped_gets_one_sentence(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert Terminal(tmp_path, None).run(*words) == Said(2, "", said)


def test_help_is_whole_and_says_something_of_every_option() -> None:
    """No line of a list of commands is cut, and no option stands without a word."""
    cut, silent = list[str](), list[str]()
    for words, command in [("", get_command(build())), *commands().items(), *_groups()]:
        text = command.get_help(command.make_context(f"eventflow {words}", [], resilient_parsing=True))
        cut += [line for line in text.splitlines() if line.endswith("...") and not line.startswith("Usage: ")]
        silent += [f"{words} {each.name}" for each in command.params if not getattr(each, "help", "")]
    assert (cut, silent) == ([], [])


def _groups() -> list[tuple[str, Any]]:
    root: Any = get_command(build())
    return [(name, each) for name, each in root.commands.items() if hasattr(each, "commands")]
