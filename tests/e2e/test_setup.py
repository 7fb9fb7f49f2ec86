"""The two commands' set-up, from a checkout in an awkward place, with the oldest and the newest pip."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OLDEST, NEWEST = "22.3", "26.3"
"""What Python 3.11.0 brought, and the newest at the time of the lock."""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project without what git ignores, in a folder whose name has spaces, an apostrophe and Hebrew letters."""
    listed = subprocess.run(
        ["git", "ls-files", "-zco", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git checkout here, so no copy of one can be set up")
    copy = tmp_path / "Dana's כנס folder"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command as somebody with an empty home and no active environment; warnings are shown."""
    home = tmp_path / "home"
    home.mkdir()
    dropped = {"VIRTUAL_ENV", "PYTHONPATH", "XDG_RUNTIME_DIR", "MAKEFLAGS", "MAKELEVEL"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {"HOME": str(home), "PYTHONWARNINGS": "default"}

    def command(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    return command


def _base_python() -> str:
    return os.path.realpath(sys.executable)


def _environment_with(pip: str, checkout: Path, run: Run) -> None:
    assert run(_base_python(), "-m", "venv", ".venv", cwd=checkout).returncode == 0
    own = (checkout / ".venv" / "bin" / "python", "-m", "pip", "install", "--quiet", f"pip=={pip}")
    if run(*own, cwd=checkout).returncode:
        pytest.skip(f"pip {pip} cannot be fetched here")


@pytest.mark.parametrize("pip", [OLDEST, NEWEST])
def test_the_set_up_works_with_this_pip(pip: str, checkout: Path, run: Run) -> None:
    _environment_with(pip, checkout, run)
    done = run("make", "setup", f"PYTHON={_base_python()}", cwd=checkout)
    assert (done.returncode, done.stdout) == (0, "Installing (once) ...\n"), done.stderr
    again = run("make", "setup", cwd=checkout)
    assert (again.returncode, again.stderr) == (0, "")
    version = run(checkout / ".venv" / "bin" / "python", "-m", "pip", "--version", cwd=checkout)
    assert version.stdout.startswith(f"pip {pip} ")
    asked = run(checkout / ".venv" / "bin" / "eventflow", "--help", cwd=checkout)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "Usage: eventflow" in asked.stdout


def test_an_environment_that_was_left_half_made_is_made_anew(checkout: Path, run: Run) -> None:
    assert run(_base_python(), "-m", "venv", "--without-pip", ".venv", cwd=checkout).returncode == 0
    (checkout / "requirements.lock").write_text("", "utf-8")
    (checkout / "requirements-dev.lock").write_text("", "utf-8")
    done = run("make", "setup", f"PYTHON={_base_python()}", cwd=checkout)
    # With an empty lock there is nothing to build the project with, and the reason stands above the sentence.
    assert "hatchling" in done.stderr
    assert "The installation did not finish; what is wrong stands above." in done.stderr
    assert run(checkout / ".venv" / "bin" / "python", "-m", "pip", "--version", cwd=checkout).returncode == 0


def test_an_old_python_is_told_so_in_a_sentence(checkout: Path, run: Run) -> None:
    old = checkout / "old-python"
    old.write_text(f'#!/bin/sh\nexec {_base_python()} -c "import sys; sys.version_info = (3, 10, 13); $2"\n', "utf-8")
    old.chmod(0o755)
    done = run("make", "setup", f"PYTHON={old.name}", f"PATH={checkout}:{os.environ['PATH']}", cwd=checkout)
    assert done.stderr.startswith("Python 3.11 or newer is needed; run make with PYTHON=/path/to/it\n")
    assert done.returncode != 0
    assert not (checkout / ".venv").exists()
