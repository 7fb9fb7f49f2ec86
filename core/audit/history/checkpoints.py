"""How far each chain was walked, kept in a file outside the database: who owns the database cannot write it anew."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

FILE = "verified.json"
"""Its name in the program's home."""
_FRESH = timedelta(days=1)
"""How long rows that were walked are not walked again: a row that was changed behind it is found within a day."""


class Checkpoint(BaseModel):
    """Up to where the chain of one organisation was found intact."""

    model_config = ConfigDict(frozen=True)

    organization_id: UUID
    started_at: datetime
    """When the chain began; another one where the database was set up anew."""
    position: int
    """The last row that was walked, and ``hash`` is its own."""
    hash: str
    at: datetime
    """When the rows were walked."""
    whole_at: datetime
    """When all of them were, from the first one."""

    @property
    def is_fresh(self) -> bool:
        """Whether a walk may begin behind it."""
        return datetime.now(UTC) - self.whole_at < _FRESH


_CHECKPOINTS = TypeAdapter(dict[UUID, Checkpoint])


def kept(home: Path) -> dict[UUID, Checkpoint]:
    """Return the checkpoints of a home, by organisation; none where there is no file, or one that nobody can read."""
    try:
        return _CHECKPOINTS.validate_json((home / FILE).read_bytes())
    except (OSError, ValidationError):
        return {}


def keep(home: Path, walked: Iterable[Checkpoint]) -> None:
    """Put checkpoints in the place of those of the same organisations. A home that cannot be written keeps none."""
    every = kept(home) | {each.organization_id: each for each in walked}
    written = home / f"{FILE}.new"
    try:
        home.mkdir(parents=True, exist_ok=True)
        written.touch(mode=0o600)
        written.write_text(json.dumps(_CHECKPOINTS.dump_python(every, mode="json"), indent=1), "utf-8")
        written.replace(home / FILE)
    except OSError:
        return
