"""Make the environment `.venv` and install a lock into it; `make` calls it with the Python that the machine has.

It runs before anything is installed: standard library only.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# The lock is complete, so nothing is resolved: whatever was released since, and whatever pip this Python brought, the
# same files are installed. `pip check` shows afterwards that they fit each other.
LOCKED = ["install", "--quiet", "--no-deps", "--require-hashes", "-r"]
PROJECT = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
# What a person set for other projects and what would lead pip out of this environment.
_ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


def main(lock: str) -> None:
    """Set up the environment from the lock of that name; ends with a sentence where something is missing."""
    pip = _environment()
    if not _run([*pip, *LOCKED, str(ROOT / lock)]) or not _run([*pip, *PROJECT]):
        sys.exit("The installation did not finish; what is wrong stands above. Then run the same command again.")
    if not _run([*pip, "check"], quiet=True):
        _run([*pip, "check"])
        sys.exit("The installed packages do not fit each other; please report what stands above.")


def _environment() -> list[str]:
    """Make the environment where it is missing or half made; return the command that is its pip."""
    own = [str(PYTHON), "-I", "-m", "pip"]
    make = [sys.executable, "-I", "-m", "venv", "--clear"]
    if _run([*own, "--version"], quiet=True) or _run([*make, str(VENV)], quiet=True):
        return own
    # Debian packs venv without ensurepip: an environment without pip, filled by the pip of the machine (22.3 or newer).
    outside = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if _run([*make, "--without-pip", str(VENV)], quiet=True) and _run([*outside, "--version"], quiet=True):
        return outside
    sys.exit(
        f"{sys.executable} cannot make an environment in {VENV}: it lacks the modules venv and ensurepip, or the "
        "folder cannot be written. On Debian and Ubuntu `apt-get install python3-venv` brings them."
    )


def _run(command: list[str], *, quiet: bool = False) -> bool:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, env=kept | settings, stdout=output, stderr=output, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1])
