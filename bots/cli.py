"""`eventflow`: every command, loaded when it is asked for, so that none waits for another's libraries."""

import importlib
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any

import typer

_COMMANDS = {
    "demo": "bots.commands.demo:demo",
    "serve": "bots.commands.running:serve",
    "worker": "bots.commands.running:worker",
    "migrate": "bots.commands.running:migrate",
    "doctor": "bots.commands.doctor:doctor",
    "org": "bots.commands.organizations:org",
    "user": "bots.commands.people:user",
    "link": "bots.commands.linking:link",
    "channel": "bots.commands.organizations:channel",
    "event": "bots.commands.organizations:event",
    "retention": "bots.commands.retention:retention",
    "policy": "bots.commands.policy:policy",
    "import": "bots.commands.importing:import_",
    "pending": "bots.commands.pending:pending",
    "log": "bots.commands.log:log",
    "slack": "bots.commands.slack:slack",
    "backup": "bots.commands.backups:backup",
    "restore": "bots.commands.backups:restore",
    "bench": "bots.commands.bench:bench",
}


def build(names: Iterable[str] = _COMMANDS) -> typer.Typer:
    """Return the command line with these commands."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    # A callback keeps the command's name on the command line where there is only one.
    app.callback()(_eventflow)
    for name in names:
        module, _, attribute = _COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _eventflow() -> None:
    """An AI co-worker for live events in Slack and Telegram: it proposes, a person decides."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever went wrong is one sentence on standard error."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal of another encoding shows a question mark where it has no such letter.
            stream.reconfigure(errors="replace")
    asked = given[0] if given else ""
    try:
        _must_be_text(given)
        app = build([asked] if asked in _COMMANDS else _COMMANDS)
        return app(given, prog_name="eventflow", standalone_mode=False) or 0
    except typer.TyperException as mistake:
        return _failed().mistaken(mistake)
    except typer.Abort:
        return _failed().given_up()
    except Exception as bug:  # A terminal is no place for a stack trace.
        return _failed().broken(bug)


def _must_be_text(given: Sequence[str]) -> None:
    for each in given:
        if not each.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in each):
            raise typer.BadParameter("what was typed is not UTF-8")


def _failed() -> Any:
    # Loaded when it is needed, like every command.
    return importlib.import_module("bots.commands.failing")


if __name__ == "__main__":
    sys.exit(main())
