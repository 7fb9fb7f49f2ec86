"""Take one defence out of a copy of the program, and see whether its test notices."""

import compileall
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

ROOT = Path(__file__).parents[2]
_SECONDS = 300
_PASSED, _FAILED = 0, 1
"""pytest's exit codes; every other one means that the test did not run."""
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "dist", "*.egg-info")


@dataclass(frozen=True, slots=True)
class Defence:
    """Something that stands between an attack and its success."""

    name: str
    """What it stops, in a few words."""
    path: str
    """The file that holds it, from the project's root."""
    text: str
    """Its text there; stands exactly once in the file."""
    instead: str
    """What the file says without it: the same program with the way open."""
    test: str
    """The test that falls without it, as pytest names it."""


class NotThere(Exception):
    """The catalogue is out of date: the text does not stand exactly once in its file."""


def copy_of_the_program(folder: Path) -> Path:
    """Copy what the tests run on, compiled; the environment stays this one's."""
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=_NOT_COPIED)
    # By content: what is taken away and put back within a second must not be taken for the other.
    for name in ("bots", "core", "migrations"):
        compileall.compile_dir(copy / name, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return copy


def without(defence: Defence, root: Path) -> str:
    """Return the file's text without the defence.

    Raises ``NotThere`` where the catalogue and the file differ.
    """
    text = (root / defence.path).read_text("utf-8")
    if text.count(defence.text) != 1:
        raise NotThere(f'{defence.name}: "{defence.text}" stands {text.count(defence.text)} times in {defence.path}')
    return text.replace(defence.text, defence.instead)


def is_noticed(defence: Defence, copy: Path) -> bool:
    """Whether the defence's test fails in the copy without it. The copy is as before afterwards.

    Raises ``AssertionError`` with pytest's words where the test did not run to its end: a program that does not start
    without the defence tells nothing about the attack.
    """
    path = copy / defence.path
    before = path.read_text("utf-8")
    path.write_text(without(defence, copy), "utf-8")
    try:
        code, said = run_tests([defence.test], copy)
    finally:
        path.write_text(before, "utf-8")
    assert code in {_PASSED, _FAILED}, f"{defence.name}: {said}"
    assert "\nERROR " not in said, f"{defence.name}: {said}"
    return code == _FAILED


def run_tests(tests: list[str], copy: Path) -> tuple[int, str]:
    """Run tests in the copy, up to the first that fails; return pytest's exit code and the end of what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=line", *tests],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "EVENTFLOW_PROOF": "20"},
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS * max(1, len(tests) // 10),
    )
    return done.returncode, (done.stdout + done.stderr)[-4_000:]
