"""The command line as an operator uses it, run for real against a database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def environment_of(database_url: str, home: Path, **more: str) -> dict[str, str]:
    """Return an environment with nothing in it but the database."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
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
