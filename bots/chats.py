"""The chat platforms that are on, and the runtime of the flows that talk to them and to the model."""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bots.metrics import count_run
from bots.parts import end, keep_running
from bots.process import Process
from bots.slack.outbound import SlackPlatform, open_slack
from bots.telegram.outbound import TelegramPlatform, open_telegram
from core.ai.models import Model
from core.flows.breakages import Breakages
from core.flows.runtime import Runtime
from core.flows.slots import Slots
from core.kernel.cards import ChatPlatform
from core.kernel.principal import Platform
from core.kernel.settings import Settings


class LazyModel:
    """Loads the model's SDK, which takes about a second, in the background or when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._model: Model | None = None

    async def __call__(self) -> Model | None:
        """Return the model, or None when no key is set."""
        if not self._settings.model_is_on:
            return None
        async with self._lock:
            if self._model is None:
                gemini = await asyncio.to_thread(importlib.import_module, "core.ai.gemini")
                self._model = gemini.open_model(self._settings)
            return self._model

    async def close(self) -> None:
        """Close the model's connections."""
        if self._model is not None:
            await self._model.close()


@dataclass(frozen=True, slots=True)
class Chats:
    """The open platforms of a process; closed in reverse order when it ends."""

    rt: Runtime
    slack: SlackPlatform | None
    telegram: TelegramPlatform | None


@asynccontextmanager
async def open_chats(process: Process) -> AsyncGenerator[Chats]:
    """Open the platforms that are on. Nothing here talks to a platform's server or the model yet."""
    settings, breakages = process.settings, Breakages(process.db)
    async with AsyncExitStack() as stack:
        platforms: dict[Platform, ChatPlatform] = {}
        slack = telegram = None
        if settings.slack_is_on:
            slack = platforms["slack"] = await stack.enter_async_context(open_slack(settings, breakages))
        if settings.telegram_is_on:
            telegram = platforms["telegram"] = await stack.enter_async_context(open_telegram(settings, watch=breakages))
        noting = asyncio.create_task(keep_running("breakages", breakages.run, asyncio.Event()))
        stack.push_async_callback(end, noting, within_seconds=0)
        model = LazyModel(settings)
        stack.push_async_callback(model.close)
        slots = Slots(settings.eventflow_worker_concurrency)
        rt = Runtime(
            db=process.db,
            platforms=platforms,
            model=model,
            settings=settings,
            slots=slots,
            watch=breakages,
            count_run=count_run,
        )
        yield Chats(rt, slack, telegram)
