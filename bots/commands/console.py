"""How commands speak to the person at the terminal: one console, one kind of failure, one event loop."""

import asyncio
import os
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from dotenv.parser import parse_stream
from pydantic import SecretStr, ValidationError
from rich.text import Text

from bots.commands.tables import err, one_line, out
from bots.logs import configure_logs
from bots.process import open_database
from bots.serving import loop_factory
from bots.telegram.secrecy import bot_id_of, check_secret
from core.ai.pricing import read_prices
from core.db import Database, DatabaseDown, WorldMoved, is_address, is_not_set_up
from core.kernel.settings import SECRETS, Settings, secrets_in
from migrations.apply import MigrationError

T = TypeVar("T")

_DISK_FULL = "53100"

WITH_THE_DEMO: ContextVar[bool] = ContextVar("with_the_demo", default=False)
"""Whether the command line asked for the demo's data."""

__all__ = [
    "WITH_THE_DEMO",
    "database",
    "done",
    "err",
    "fail",
    "kept_demo",
    "or_the_demo",
    "out",
    "point_to_the_demo",
    "run",
    "settings_from_environment",
    "settings_to_serve",
]


def fail(sentence: str, *, code: int = 1) -> NoReturn:
    """End the command with one sentence that says what to do."""
    err.print(Text.assemble(("✗", "red"), " ", one_line(sentence)), soft_wrap=True)
    raise typer.Exit(code)


def done(sentence: str) -> None:
    """Say that something was done."""
    out.print(Text.assemble(("✓", "green"), " ", one_line(sentence)), soft_wrap=True)


def settings_from_environment(*, quiet: bool = True) -> Settings:
    """Read the settings; a value that cannot be read ends the command with its name, never with its content."""
    _check_env_file(Path(".env"))
    _check_secrets()
    try:
        settings = Settings()
    except ValidationError as invalid:
        faults = "; ".join(
            f"{str(fault['loc'][0]).upper()}: {fault['msg']}"
            for fault in invalid.errors(include_url=False, include_input=False)
        )
        fail(f"A setting cannot be read. {faults}.")
    for name in ("database_url", "database_direct_url", "database_owner_url"):
        url: SecretStr | None = getattr(settings, name)
        if url is not None and not is_address(url.get_secret_value()):
            fail(f"A setting cannot be read. {name.upper()}: write postgresql://USER:PASSWORD@HOST:5432/DATABASE.")
    configure_logs("ERROR" if quiet else settings.eventflow_log_level)
    return _of_the_demo(settings) if WITH_THE_DEMO.get() else settings


def kept_demo(settings: Settings) -> Path | None:
    """Return the folder of the demo of this home that ran last, if there is one."""
    found = [each for each in settings.eventflow_home.glob("demo*") if (each / "running").is_file()]
    return max(found, key=lambda each: (each / "running").stat().st_mtime, default=None)


def point_to_the_demo(settings: Settings) -> None:
    """Say beside an empty answer where the demo's is, which somebody may be looking for."""
    if settings.database_url is None and _has_its_own(settings) and kept_demo(settings) is not None:
        err.print("The demo keeps its data apart: `eventflow --demo ...` works with it.")


def or_the_demo(settings: Settings) -> Settings:
    """Return settings that lead to the demo's data where this home has none of its own, and say so."""
    if settings.database_url is not None or _has_its_own(settings) or kept_demo(settings) is None:
        return settings
    err.print("This is the demo's data: nothing else is set up here yet.")
    return _of_the_demo(settings)


def _has_its_own(settings: Settings) -> bool:
    return (settings.eventflow_home / "postgres").exists()


def _of_the_demo(settings: Settings) -> Settings:
    folder = kept_demo(settings)
    if folder is None:
        fail(f"There is no demo in {settings.eventflow_home} yet. Start one with `eventflow demo`.")
    urls = dict.fromkeys(("database_url", "database_direct_url", "database_owner_url"))
    own = {**urls, "eventflow_home": folder}
    return settings.model_copy(update=own)


def _check_env_file(path: Path) -> None:
    """End the command where the file of settings cannot be read; a line is named by its number, never quoted."""
    try:
        text = path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        fail(f"{path} in this folder cannot be read. It holds lines NAME=value, in UTF-8.")
    for line in parse_stream(StringIO(text)):
        said = line.original.string.strip()
        if line.error or (said and not said.startswith("#") and line.value is None):
            number = line.original.line + line.original.string[: len(line.original.string) - len(said)].count("\n")
            fail(f"Line {number} of {path} in this folder cannot be read. Write NAME=value; quote what has spaces.")


def _check_secrets() -> None:
    """End the command where the folder of secrets, or a file in it, cannot be read: a secret is never just absent."""
    if not (named := os.environ.get(SECRETS)):
        return
    try:
        secrets_in(Path(named))
    except (OSError, UnicodeDecodeError) as refused:
        why = refused.strerror if isinstance(refused, OSError) else "it is not UTF-8"
        what = getattr(refused, "filename", None) or named
        fail(f"{SECRETS} is {named}, and {what} cannot be read ({why}). Let the user that the program runs as read it.")


def settings_to_serve(*, quiet: bool = False) -> Settings:
    """Read the settings of a process that stays: what it would stumble over later ends the command now."""
    settings = settings_from_environment(quiet=quiet)
    try:
        if settings.telegram_bot_token is not None:
            bot_id_of(settings.telegram_bot_token)
        if settings.telegram_webhook_secret is not None:
            check_secret(settings.telegram_webhook_secret)
        read_prices(settings.gemini_prices)
    except ValueError as wrong:
        fail(f"A setting cannot be read. {wrong}")
    return settings


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; what can go wrong outside the program is said in one sentence."""
    try:
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            return runner.run(work)
    except DatabaseDown as down:
        if down.sqlstate == _DISK_FULL:
            fail("The database's disk is full. Make room, and run the command again.")
        fail(
            "The database does not answer. Check DATABASE_URL, and that the server runs; `eventflow doctor` says more."
        )
    except WorldMoved:
        fail("Somebody changed the agenda at the same moment, so nothing was written. Run the command again.")
    except MigrationError as wrong:
        fail(str(wrong))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        if is_not_set_up(error):
            fail("The database is not set up for this version. Run `eventflow migrate`; `eventflow doctor` says more.")
        raise


@asynccontextmanager
async def database(settings: Settings, *, begins: bool = False) -> AsyncGenerator[Database]:
    """Open the database for one command: the demo's where there is no other, unless the command begins something."""
    async with open_database(settings if begins else or_the_demo(settings)) as url:
        db = Database(url, size=2, pooled=settings.database_direct_url is not None)
        await db.open()
        try:
            yield db
        finally:
            await db.close()
