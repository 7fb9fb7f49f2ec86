"""What stands in the chats: kept in memory, written to one file, and every change told to the page."""

import asyncio
import contextlib
import json
import os
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_WRITE_AFTER = 0.3
"""Seconds between a change and the file; several changes are written together."""
_KEPT_ALERTS = 20

Message = dict[str, Any]


class State:
    """Messages of both chats. Only the event loop's thread touches it."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._changed = asyncio.Event()
        self._dirty = asyncio.Event()
        self._last_ts = 0.0
        self.revision = 0
        self.typing: dict[str, float] = {}
        self._data = self._read()

    @property
    def slack(self) -> dict[str, list[Message]]:
        """Messages by channel, oldest first."""
        return self._data["slack"]

    @property
    def telegram(self) -> dict[str, list[Message]]:
        """Messages by chat, oldest first."""
        return self._data["telegram"]

    @property
    def alerts(self) -> list[Message]:
        """What pressing a Telegram button answered, newest last."""
        return self._data["alerts"]

    def next_number(self) -> int:
        """Return a number that was never given before: message ids, update ids."""
        self._data["counter"] += 1
        return self._data["counter"]

    def next_ts(self) -> str:
        """Return a Slack timestamp, later than every other."""
        self._last_ts = max(time.time(), self._last_ts + 0.000001)
        return f"{self._last_ts:.6f}"

    def changed(self) -> None:
        """Tell the page, and write the file soon."""
        self.revision += 1
        self._changed.set()
        self._changed = asyncio.Event()
        self._dirty.set()

    def alert(self, person: str, text: str, *, show_alert: bool) -> None:
        """Keep what a press answered; the page shows it once."""
        self.alerts.append(
            {"id": self.next_number(), "person": person, "text": text, "show_alert": show_alert, "time": now_text()}
        )
        del self.alerts[:-_KEPT_ALERTS]
        self.changed()

    def clear(self) -> None:
        """Empty both chats; numbers go on, so that nothing old is taken for something new."""
        self.slack.clear()
        self.telegram.clear()
        self.alerts.clear()
        self.changed()

    async def wait(self, seconds: float) -> None:
        """Return when something changed, or after a while."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Write changes to the file while the page runs, and once more at its end."""
        task = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await asyncio.to_thread(self._write)

    async def _keep(self) -> None:
        while True:
            await self._dirty.wait()
            await asyncio.sleep(_WRITE_AFTER)
            self._dirty.clear()
            await asyncio.to_thread(self._write)

    def _read(self) -> dict[str, Any]:
        # Numbers go on from the clock where the file is gone: the program remembers the old ones.
        fresh: dict[str, Any] = {"slack": {}, "telegram": {}, "alerts": [], "counter": int(time.time()) - 1_700_000_000}
        if self._file is None or not self._file.exists():
            return fresh
        try:
            read: object = json.loads(self._file.read_text("utf-8"))
        except ValueError:
            return fresh
        return read if isinstance(read, dict) and read.keys() == fresh.keys() else fresh

    def _write(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(self._data, ensure_ascii=False), "utf-8")
        os.replace(beside, self._file)  # noqa: PTH105 the atomic one


def now_text() -> str:
    """Return the time as the page reads it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
