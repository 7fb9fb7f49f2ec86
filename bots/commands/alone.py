"""One demo or server for one home: the second one says that one is running, and where."""

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bots.commands.console import fail


@contextmanager
def alone(home: Path, what: str, address: str) -> Generator[None]:
    """Hold ``home``/running while the process serves; end the command where another process holds it.

    The kernel lets go of it however the process ends, so that nothing stale keeps anybody out.
    """
    if sys.platform == "win32":
        yield
        return
    locks = importlib.import_module("fcntl")
    path = home / "running"
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as refused:
        fail(f"{path} cannot be written ({refused.strerror}). Set EVENTFLOW_HOME to a folder of yours.")
    with file:
        try:
            locks.flock(file, locks.LOCK_EX | locks.LOCK_NB)
        except OSError:
            file.seek(0)
            there = file.read().strip() or "another process"
            fail(f"{there} runs on {home} already. Open that, stop it first, or set EVENTFLOW_HOME to another folder.")
        file.truncate(0)
        file.write(f"{what} at {address}")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
