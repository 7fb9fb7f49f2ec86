"""What the command line says of what went wrong outside a command's own sentences: mistyped, given up, or a bug."""

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import typer
from pydantic import ValidationError
from rich.text import Text

from bots.commands.tables import err, one_line
from core.kernel.settings import Settings


def mistaken(mistake: typer.TyperException) -> int:
    """Say what was mistyped in one sentence, and where the right way stands; return the exit code."""
    context = getattr(mistake, "ctx", None)
    where = f" `{context.command_path} --help` shows how it is written." if context is not None else ""
    if context is not None and mistake.format_message() == context.get_help():
        # A group of commands without a command is answered with what there is.
        err.print(mistake.format_message(), soft_wrap=True)
        return mistake.exit_code
    said = one_line(mistake.format_message()).replace("Value error, ", "")
    stop = "" if said.endswith((".", "?")) else "."
    _print(f"{said[:1].upper()}{said[1:]}{stop}{where}")
    return mistake.exit_code


def given_up() -> int:
    """Say that somebody said no or stopped; return the exit code."""
    _print("Nothing was done.")
    return 1


def broken(bug: Exception) -> int:
    """Keep what happened in a file for whoever mends the program, and say where; return the exit code."""
    name = uuid4().hex[:8]
    told = "".join(traceback.format_exception(bug))
    where = _keep(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {name}\n{told}\n")
    kept = f" What happened is kept in {where}." if where is not None else ""
    _print(f"Something went wrong inside the program ({name}).{kept} `eventflow doctor` looks at the surroundings.")
    return 1


def _keep(text: str) -> Path | None:
    for folder in (_home(), Path(tempfile.gettempdir())):
        path = folder / "errors.log"
        try:
            path.touch(mode=0o600, exist_ok=True)
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _home() -> Path:
    try:
        return Settings().eventflow_home
    except (ValidationError, OSError, ValueError):
        return Path(tempfile.gettempdir())


def _print(sentence: str) -> None:
    err.print(Text.assemble(("✗", "red"), " ", sentence), soft_wrap=True)
