"""What broke is told to the owners once, where something still works; told again only after it worked in between."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

import structlog

from core.actions.waiting.reminders.queries import Decider, deciders
from core.db import Database, DatabaseDown
from core.delivery import breakages as queries
from core.identity import queries as identity
from core.identity.queries import ManagersChannel
from core.jobs.queries import say_later
from core.kernel.breakages import Breakage, Watch
from core.kernel.messages import Address
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import PLATFORM_NAMES
from core.kernel.tools import Transaction
from core.texts import say

_log = structlog.get_logger("flow.breakages")

_LOOK_AGAIN_SECONDS = 60.0
"""How long another process may not know what this one noted."""
_PAUSE_SECONDS = 1.0
_MODEL = {"model-key": "key", "model-account": "account", "model-unknown": "unknown", "model-quota": "quota"}
"""What the model's service says that only whoever runs the program can mend, by the phrase that a person is told."""
_SENDING = ("chat.", "conversations.")
"""Calls without which nobody can be told anything in Slack."""


class Breakages:
    """What the adapters of this process report, until it is in the database; ``run`` brings it there."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[Breakage, str] = {}
        self._reports: dict[Breakage, tuple[str, str] | None] = {}
        """What is to be noted: why and who waits, or None for what works again."""
        self._reported = asyncio.Event()

    def broke(self, what: Breakage, why: str, waiting: str = "") -> None:
        """Take note; nothing to do where it is known."""
        if what not in self._known:
            self._reports[what] = (why, waiting)
            self._reported.set()

    def works(self, what: Breakage) -> None:
        """Take note; nothing to do where it was never said to be broken."""
        if what in self._known or what in self._reports:
            self._reports[what] = None
            self._reported.set()

    async def run(self) -> None:
        """Bring reports into the database, for ever; while it does not answer they are kept."""
        while True:
            with suppress(DatabaseDown):
                await self.settle()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._reported.wait(), _LOOK_AGAIN_SECONDS)
            await asyncio.sleep(_PAUSE_SECONDS if self._reports else 0)

    async def settle(self) -> None:
        """Note what was reported, tell the owners what is new, and learn what others noted."""
        self._reported.clear()
        reports, self._reports = self._reports, {}
        try:
            async with self._db.as_system() as tx:
                for what, report in reports.items():
                    await _settle(tx, what, report)
                self._known = await queries.known(tx)
        except BaseException:
            self._reports = reports | self._reports
            raise


def note_model(watch: Watch, failure: Phrase | None) -> None:
    """Report how a turn ended, where that says something about the model's account."""
    what = Breakage("gemini", "model")
    if failure is None:
        watch.works(what)
    elif failure.id in _MODEL:
        watch.broke(what, _MODEL[failure.id])


async def _settle(tx: Transaction, what: Breakage, report: tuple[str, str] | None) -> None:
    if report is None:
        _log.info("it works again", platform=what.platform, kind=what.kind)
        await queries.mended(tx, what)
        return
    why, waiting = report
    if await queries.note(tx, what, why):
        _log.error("it does not work, and somebody has to mend it", platform=what.platform, kind=what.kind, why=why)
        broken = await queries.known(tx)
        for organization in await queries.concerned(tx, what, waiting):
            await _tell_owners(tx, organization, what, why, broken)


async def _tell_owners(
    tx: Transaction, organization: UUID, what: Breakage, why: str, broken: Collection[Breakage]
) -> None:
    """Tell each owner once in a chat that works; where none has any, the managers' channels that do."""
    people, managers = await deciders(tx, organization), await identity.managers_channels(tx, organization)
    said = _said(what, why, people, managers)
    if said is not None and not await _reach_owners(tx, said, people, managers, broken):
        _log.error("no owner can be told", organization=str(organization), why=why)


async def tell_owners(tx: Transaction, organization: UUID, said: Phrase) -> None:
    """Tell each owner in a chat of theirs; where none has any, the managers' channels."""
    people, managers = await deciders(tx, organization), await identity.managers_channels(tx, organization)
    if not await _reach_owners(tx, said, people, managers, await queries.known(tx)):
        _log.error("no owner can be told", organization=str(organization), why=said.id)


async def _reach_owners(
    tx: Transaction, said: Phrase, people: list[Decider], managers: list[ManagersChannel], broken: Collection[Breakage]
) -> bool:
    owners = [(each, _open(each.chats, broken)) for each in people if each.role == "owner"]
    reached = [(owner.locale, chats[0]) for owner, chats in owners if chats]
    if not reached:
        reached = [(each.locale, each.address) for each in managers if _open((each.address,), broken)]
    for locale, there in reached:
        await say_later(tx, there, say(locale, said))
    return bool(reached)


def _open(chats: tuple[Address, ...], broken: Collection[Breakage]) -> list[Address]:
    return [there for there in chats if not any(_closes(each, there) for each in broken)]


def _closes(what: Breakage, there: Address) -> bool:
    """Whether nothing can be said in a chat while something does not work."""
    if what.platform != there.platform or what.workspace not in {"", there.workspace}:
        return False
    if what.kind == "chat":
        return what.place == there.channel
    return what.kind == "installation" or (what.kind == "right" and what.place.startswith(_SENDING))


def _said(what: Breakage, why: str, people: list[Decider], managers: list[ManagersChannel]) -> Phrase | None:
    """Return what owners are told; None for the chat of somebody on whom nobody waits."""
    platform = PLATFORM_NAMES[what.platform]
    if what.kind == "model":
        return phrase(f"breakage-model-{why}")
    if what.kind == "chat":
        return _of_chat(what, why, people, managers)
    return phrase(f"breakage-{what.kind}", platform=platform, why=why, place=what.place)


def _of_chat(what: Breakage, why: str, people: list[Decider], managers: list[ManagersChannel]) -> Phrase | None:
    platform = PLATFORM_NAMES[what.platform]
    there = Address(what.platform, what.workspace, what.place) if what.platform != "gemini" else None
    if there in [each.address for each in managers]:
        return phrase("breakage-managers", platform=platform, why=why)
    name = next((each.name for each in people if there in each.chats), None)
    if name is not None:
        return phrase("breakage-person", platform=platform, why=why, name=name)
    is_person = what.place.isdecimal() or what.place[:1] in {"D", "U", "W"}
    return None if is_person else phrase("breakage-group", platform=platform, why=why)
