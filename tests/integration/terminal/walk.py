"""The tree of commands, and a terminal in which each of them runs."""

import contextlib
import io
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from typer.main import get_command

from bots.cli import build, main
from bots.commands.tables import err, out

_KEPT = ("PATH", "LANG")


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
