"""The documents run: every shell block, line by line, in the order of the pages, on an empty home."""

import csv
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.main import get_command

from bots.cli import build
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
FOLLOWING_THE_README = (
    "README.md",
    "docs/importing.md",
    "docs/deciding.md",
    "docs/operating.md",
    "docs/upgrading.md",
    "CONTRIBUTING.md",
)
"""Read one after the other on one home; the other pages begin on their own."""
OF_OTHERS = ("docker ", "podman ")
"""Programs that not every machine has; what they are given to read is tested in tests/unit/deploy."""
LASTING = ("eventflow serve", "eventflow worker", "eventflow demo")
NEEDS_OUTSIDE = {
    "eventflow doctor --telegram-webhook": "Telegram",
}
"""What cannot succeed without the platform itself: it ends with a sentence that names it."""


def pages() -> list[tuple[str, ...]]:
    """Return which pages share a home; a page with a block that is in no list is on its own."""
    others = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
    alone = [(name,) for name in others if name not in FOLLOWING_THE_README and commands(name)]
    return [tuple(name for name in FOLLOWING_THE_README if (ROOT / name).exists()), *alone]


def commands(name: str) -> list[str]:
    """Return the command lines of a page's shell blocks, without comments, continued lines joined.

    A block of ``bash`` is a script, which is no matter of single lines; tests/unit/deploy runs it.
    """
    blocks = [body for language, body in FENCE.findall((ROOT / name).read_text("utf-8")) if language == "sh"]
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    plain = [re.sub(r"\s+# .*$", "", line).strip() for line in lines]
    return [line for line in plain if line and not line.startswith(("#", *OF_OTHERS))]


@dataclass
class Terminal:
    """Somebody who types what the page says."""

    folder: Path
    environment: dict[str, str]
    typed: list[str] = field(default_factory=list[str])

    def type(self, line: str) -> None:
        """Type one line; raises with what was seen when it fails."""
        self.typed.append(line)
        if line.startswith("make "):
            self._make(line)
        elif line.startswith(LASTING):
            self._start_and_stop(line)
        else:
            self._enter(line)

    def _enter(self, line: str) -> None:
        done = self._bash(f"{line}\nstatus=$?\nenv -0 > .environment\nexit $status")
        seen = f"$ {line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in seen, seen
        outside = next((said for start, said in NEEDS_OUTSIDE.items() if line.startswith(start)), None)
        if outside is not None:
            assert done.returncode == 1, seen
            assert outside in done.stderr, seen
        elif line.startswith("eventflow doctor"):
            assert done.returncode in {0, 1}, seen
        else:
            assert done.returncode == 0, seen
        self._take_environment()

    def _bash(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def _take_environment(self) -> None:
        told = (self.folder / ".environment").read_text("utf-8").split("\0")
        self.environment |= dict(pair.split("=", 1) for pair in told if "=" in pair)

    def _make(self, line: str) -> None:
        # Each target runs in a build of its own, or is this very run; that it exists is what is left to show.
        target, _, rest = line.partition(" && ")
        done = subprocess.run(
            [*shlex.split(target), "--dry-run"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if rest:
            self.type(rest)

    def _start_and_stop(self, line: str) -> None:
        web, page = free_port(), free_port()
        environment = self.environment | {"EVENTFLOW_PORT": str(web), "EVENTFLOW_PLAYGROUND_PORT": str(page)}
        address = f"http://127.0.0.1:{web}/healthz" if "worker" not in line else None
        with subprocess.Popen(
            line.split(), cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            for _ in range(600):
                if process.poll() is not None or address is None or _answers(address):
                    break
                time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            seen, _ = process.communicate(timeout=60)
        assert process.returncode == 0, f"$ {line}\n{seen}"
        assert "Traceback" not in seen, seen


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310 an address of this test
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _as_workbook(table: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            sheet.append(row)
    book.save(table.with_suffix(".xlsx"))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """An empty home, a folder with the files that the pages speak of, and the program on the path."""
    folder = tmp_path / "work"
    shutil.copytree(Path(__file__).with_name("samples"), folder)
    shutil.copy(ROOT / "core" / "imports" / "demo" / "schedule.json", folder)
    _as_workbook(folder / "vendors.csv")
    program = tmp_path / "bin"
    program.mkdir()
    (program / "eventflow").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bots.cli "$@"\n', "utf-8")
    (program / "eventflow").chmod(0o755)
    dropped = ("GEMINI", "SLACK", "TELEGRAM", "DATABASE", "EVENTFLOW", "XDG_RUNTIME_DIR", "MAKE")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    environment |= {"HOME": str(tmp_path), "PATH": f"{program}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    yield Terminal(folder, environment)


@pytest.mark.parametrize("together", pages(), ids=lambda names: names[0])
def test_every_line_of_the_pages_runs(together: tuple[str, ...], terminal: Terminal) -> None:
    for name in together:
        for line in commands(name):
            terminal.type(line)
    assert terminal.typed


def named() -> set[str]:
    """Return every command that a page names in a sentence or a table, as it stands there."""
    texts = [path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]]
    return {found for text in texts for found in re.findall(r"`(eventflow [a-z][^`\n]*)`", text)}


def unknown(line: str) -> str | None:
    """Return the word or option of a command line that there is not."""
    command: Any = get_command(build())
    for word in line.split()[1:]:
        if word.startswith("--"):
            known = {option for each in command.params for option in each.opts}
            if word.split("=")[0].rstrip(",;") not in known | {"--help"}:
                return word
        elif isinstance(getattr(command, "commands", None), dict) and command.commands:
            if not word.isascii() or not word.islower():
                return None
            command = command.commands.get(word.rstrip(",;"))
            if command is None:
                return word
    return None


def test_every_command_that_a_sentence_names_is_there() -> None:
    assert {line: unknown(line) for line in sorted(named()) if unknown(line)} == {}


@pytest.mark.parametrize(
    ("line", "word"), [("eventflow nonsense", "nonsense"), ("eventflow serve --nonsense", "--nonsense")]
)
def test_a_command_that_is_not_there_is_noticed(line: str, word: str) -> None:
    assert unknown(line) == word
