"""Files that are not part of the project: real schedules, others' descriptions of their APIs, cases from the field."""

import os
from pathlib import Path

import pytest


def find_shared(name: str) -> Path | None:
    """Return a shared file or folder, looked for in EVENTFLOW_TEST_DATA and in ``shared`` beside the folders above."""
    places = [Path(given) for given in [os.environ.get("EVENTFLOW_TEST_DATA")] if given]
    for parent in Path(__file__).resolve().parents:
        places += [parent / "shared" / "data", parent / "shared"]
    return next((place / name for place in places if (place / name).exists()), None)


def missing(name: str) -> str:
    """Return why a test that needs the shared file is left out."""
    return f"{name} is not here; put it into ../shared/data or name its folder in EVENTFLOW_TEST_DATA"


def shared_data(name: str) -> Path:
    """Return the path of a shared file; without it the test is skipped, and says what is missing."""
    found = find_shared(name)
    if found is None:
        pytest.skip(missing(name))
    return found
