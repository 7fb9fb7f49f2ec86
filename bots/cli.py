"""`eventflow`: every command, loaded when it is asked for, so that none waits for another's libraries."""

import importlib
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Annotated, Any

import typer

COMMANDS = {
    "demo": ("bots.commands.demo:demo", "Start two chats, the program between them, sample data."),
    "serve": ("bots.commands.running:serve", "Run the program: web and worker in one process."),
    "worker": ("bots.commands.running:worker", "Run a worker alone; as many as you like."),
    "migrate": ("bots.commands.running:migrate", "Bring the database up to date and verify it."),
    "doctor": ("bots.commands.doctor:doctor", "Say what is off, and the next step with its command."),
    "import": ("bots.commands.importing:import_", "Import a schedule, people or vendors."),
    "pending": ("bots.commands.pending:pending", "Show what waits for a decision."),
    "log": ("bots.commands.log:log", "Show what was asked, decided and done."),
    "costs": ("bots.commands.costs:costs", "Show what the model cost."),
    "policy": ("bots.commands.policy:policy", "Who may approve what, and how heavy conflicts weigh."),
    "org": ("bots.commands.organizations:org", "Organisations."),
    "user": ("bots.commands.people:user", "The people of an organisation."),
    "link": ("bots.commands.linking:link", "Link a chat account to a person."),
    "channel": ("bots.commands.organizations:channel", "Where an organisation's managers see what waits."),
    "event": ("bots.commands.organizations:event", "What an organisation runs."),
    "retention": ("bots.commands.retention:retention", "How long what is not the log is kept."),
    "slack": ("bots.commands.slack:slack", "The Slack app."),
    "backup": ("bots.commands.backups:backup", "Write everything into one file."),
    "restore": ("bots.commands.backups:restore", "Put a backup into an empty database."),
    "upgrade": ("bots.commands.upgrades:upgrade", "Try this version on the newest backup."),
    "bench": ("bots.commands.bench:bench", "Measure the program against the floor of the same work."),
}
"""Where each command stands, and its line in the list of ``--help``: the list alone loads none of them."""


def build(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with these commands, loaded."""
    app = _bare()
    for name in names:
        module, _, attribute = COMMANDS[name][0].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def overview() -> typer.Typer:
    """Return the command line that lists the commands, and runs none."""
    app = _bare()
    for name, (_where, line) in COMMANDS.items():
        app.command(name, short_help=line)(_nothing)
    return app


def _bare() -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    # A callback keeps the command's name on the command line where there is only one.
    app.callback()(_eventflow)
    return app


def _eventflow(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Work with the data of the demo that ran last.")] = False,
) -> None:
    """An AI co-worker for live events in Slack and Telegram: it proposes, a person decides."""
    importlib.import_module("bots.commands.console").WITH_THE_DEMO.set(demo)


def _nothing() -> None:
    """Stand for a command in the list."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever went wrong is one sentence on standard error."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal of another encoding shows a question mark where it has no such letter.
            stream.reconfigure(errors="replace")
    asked = next((each for each in given if each != "--demo"), "")
    try:
        _must_be_text(given)
        app = build([asked]) if asked in COMMANDS else overview()
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
