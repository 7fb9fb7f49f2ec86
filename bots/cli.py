"""`eventflow`: every command, loaded when it is asked for, so that none waits for another's libraries."""

import importlib
import sys
from collections.abc import Iterable

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


def main() -> None:
    """Run the command line."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    build([asked] if asked in _COMMANDS else _COMMANDS)()


if __name__ == "__main__":
    main()
