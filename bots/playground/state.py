"""What stands in the chats: kept in memory, written to one file, and every change told to the page."""

import asyncio
import contextlib
import json
import logging
import os
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

_log = logging.getLogger(__name__)

_WRITE_AFTER = 0.3
"""Seconds between a change and the file; several changes are written together."""
_KEPT_ALERTS = 20
_NUMBERS_BEFORE = 1_700_000_000
"""Where numbers start counting: they stay short, and far below 2**31."""

Message = dict[str, Any]


@dataclass(slots=True)
class Trigger:
    """What lets the bot open one modal: whose it is, until when (monotonic seconds), and whether it was used."""

    person: str
    until: float
    is_used: bool = False


class State:
    """Messages of both chats. Only the event loop's thread touches it."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._changed = asyncio.Event()
        self._dirty = asyncio.Event()
        self._last_ts = 0
        self.revision = 0
        self.api_url = ""
        """The playground's own address as the bot called it last, with a slash at its end; empty before."""
        self.is_closed = False
        self.typing: dict[str, float] = {}
        """Until when (monotonic seconds) the bot types, by chat."""
        self.views: dict[str, Message] = {}
        """Slack's modals by the person who sees them. A restart closes them, as Slack does when it is loaded again."""
        self.homes: dict[str, Message] = {}
        """Slack's Home tabs by the person who sees them; a restart empties them until they are opened again."""
        self.triggers: dict[str, Trigger] = {}
        """What lets modals be opened, oldest first."""
        self.commands: dict[str, list[Message]] = {}
        """What the Telegram bot understands, by language; the empty one is for everybody else."""
        self._data = _read(file)

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

    @property
    def updates(self) -> list[Message]:
        """Telegram's updates that the bot has not taken yet, oldest first; they outlive a restart, as Telegram's do."""
        return self._data["updates"]

    @property
    def blocked(self) -> list[str]:
        """People in Telegram who blocked the bot."""
        return self._data["blocked"]

    @property
    def pictures(self) -> dict[str, str]:
        """The latest pictures in base64 by their id, oldest first."""
        return self._data["pictures"]

    def next_number(self) -> int:
        """Return a number that was never given before: message ids, update ids."""
        self._data["counter"] += 1
        return self._data["counter"]

    def next_ts(self) -> str:
        """Return a Slack timestamp, later than every other."""
        # Whole microseconds: fractions of a second this large cannot be told apart reliably.
        self._last_ts = max(time.time_ns() // 1000, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    def changed(self) -> None:
        """Tell the page, and write the file soon."""
        self.revision += 1
        self._changed.set()
        self._changed = asyncio.Event()
        self.keep()

    def keep(self) -> None:
        """Write the file soon: something changed that the page does not show."""
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
        for part in (self.slack, self.telegram, self.alerts, self.updates, self.blocked):
            part.clear()
        for part in (self.typing, self.views, self.homes, self.triggers, self.pictures):
            part.clear()
        self.changed()

    def close(self) -> None:
        """Let whoever waits for a change go: the playground ends."""
        self.is_closed = True
        self._changed.set()

    async def wait(self, known: int, seconds: float) -> None:
        """Return when the revision is another than ``known``, at once if it already is, or after a while."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.revision == known and not self.is_closed:
                    await self._changed.wait()

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Write changes to the file while the playground runs, and once more at its end."""
        stop = asyncio.Event()
        task = asyncio.create_task(self._keep(stop))
        try:
            yield
        finally:
            stop.set()
            self._dirty.set()
            await task

    async def _keep(self, stop: asyncio.Event) -> None:
        """Write, one at a time: the last writing begins when the one before it has ended."""
        while not stop.is_set():
            await self._dirty.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _WRITE_AFTER)
            self._dirty.clear()
            if self._file is None:
                continue
            # Made into text here: another thread would see it change under its hands.
            text = json.dumps(self._data, ensure_ascii=False)
            try:
                await asyncio.to_thread(_write, self._file, text)
            except OSError as failure:
                _log.warning("the playground's chats were not saved: %s", type(failure).__name__)


def now_text() -> str:
    """Return the time as the page reads it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read(file: Path | None) -> dict[str, Any]:
    # Numbers go on from the clock where the file is gone: the program remembers the old ones.
    fresh: dict[str, Any] = {"slack": {}, "telegram": {}, "alerts": [], "updates": [], "blocked": [], "pictures": {}}
    fresh["counter"] = int(time.time()) - _NUMBERS_BEFORE
    if file is None or not file.exists():
        return fresh
    try:
        read: object = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return fresh
    if not isinstance(read, dict):
        return fresh
    kept = cast("dict[str, Any]", read)
    # A file of an earlier version lacks what came later; the chats in it are still good.
    return fresh | {key: kept[key] for key, value in fresh.items() if type(kept.get(key)) is type(value)}


def _write(file: Path, text: str) -> None:
    """Replace the file, so that whoever reads it finds the old text or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(text, "utf-8")
    os.replace(beside, file)  # noqa: PTH105 the atomic one
