"""Files that are not part of the project: real schedules, others' descriptions of their APIs."""

import os
from pathlib import Path

import pytest


def shared_data(name: str) -> Path:
    """Return the path of a shared file; without it the test is skipped, and says what is missing."""
    folders = [Path(given)] if (given := os.environ.get("EVENTFLOW_TEST_DATA")) else []
    folders += [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    pytest.skip(f"{name} is not here; put it into ../shared/data or name its folder in EVENTFLOW_TEST_DATA")
