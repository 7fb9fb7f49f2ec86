"""The command line as an operator uses it: each command in a process of its own, or all of them one after the other."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from typer.main import get_command

from bots.cli import build, main
from bots.commands.tables import err, out

ROOT = Path(__file__).parents[3]
_KEPT = ("PATH", "LANG")


def environment_of(database_url: str, home: Path, **more: str) -> dict[str, str]:
    """Return an environment with nothing in it but the database."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    fixed = {"EVENTFLOW_HOME": str(home), "HOME": str(home), "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
    return {**kept, **fixed, "DATABASE_URL": database_url, **more}


def eventflow(environment: dict[str, str], *command: str) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it said on both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def commands() -> dict[str, Any]:
    """Return every command that can be run, by its words: ``org list``; a group that is a command itself too."""
    return dict(_leaves(get_command(build()), ()))


def _leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    below: dict[str, Any] = getattr(command, "commands", {})
    if path and (not below or command.invoke_without_command):
        yield " ".join(path), command
    for name, each in below.items():
        yield from _leaves(each, (*path, name))


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said on both streams, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Terminal:
    """A terminal on a database; ``more`` is what its environment has besides."""

    home: Path
    database_url: str | None
    width: int = 80
    more: dict[str, str] = field(default_factory=dict[str, str])

    def run(self, *words: str) -> Said:
        """Run a command in this process, as `eventflow` does."""
        told, complained = io.StringIO(), io.StringIO()
        widths = out.width, err.width
        with self._environment(), contextlib.redirect_stdout(told), contextlib.redirect_stderr(complained):
            out.width = err.width = self.width
            try:
                code = main(words)
            finally:
                out.width, err.width = widths
                structlog.reset_defaults()
        return Said(code, told.getvalue(), complained.getvalue())

    @contextlib.contextmanager
    def _environment(self) -> Generator[None]:
        before, folder = dict(os.environ), Path.cwd()
        there = {"EVENTFLOW_HOME": str(self.home), "HOME": str(self.home)}
        database = {} if self.database_url is None else {"DATABASE_URL": self.database_url}
        kept = {name: before[name] for name in _KEPT if name in before}
        os.environ.clear()
        os.environ.update({**kept, **there, **database, **self.more})
        os.chdir(self.home)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            os.chdir(folder)
