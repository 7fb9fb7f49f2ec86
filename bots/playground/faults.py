"""Failures on order, for tests: the next calls of a method answer 429, 500 or whatever is wanted."""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed answer; ``retry_after`` is in seconds."""

    status: int
    retry_after: int | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class Faults:
    """Failures that wait to happen, in order, for each platform's method (``*`` for any)."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], deque[Fault]] = {}

    def add(self, platform: str, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail."""
        self._waiting.setdefault((platform, method), deque()).extend(faults)

    def take(self, platform: str, method: str) -> Fault | None:
        """Return the failure that this call must meet, if any."""
        for key in ((platform, method), (platform, "*")):
            if self._waiting.get(key):
                return self._waiting[key].popleft()
        return None
