"""Nobody has decided yet: the managers are reminded, less and less often, and then the backup is asked directly."""

from collections.abc import Iterable

import structlog

from core.actions import queries as actions
from core.actions.suggestion import Suggestion
from core.actions.waiting import pace
from core.actions.waiting.pace import Tick
from core.actions.waiting.reminders import queries as plans
from core.actions.waiting.reminders.queries import Decider, Due
from core.delivery import queries as copies
from core.flows.runtime import Runtime
from core.flows.waiting.competing import title_of
from core.identity import queries as identity
from core.jobs.queries import post_card_later, say_later
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Locale
from core.kernel.tools import Transaction
from core.policies.models import Person, Snapshot
from core.policies.rules import backups, possible_approvers, told_when_stuck
from core.texts import say

_log = structlog.get_logger("flow.reminding")

_AT_ONCE = 20
"""Suggestions that one transaction reminds of; as many workers as there are share the rest."""


async def remind(rt: Runtime) -> int:
    """Remind of everything that is due, in all organisations; return of how many. Safe with any number of workers."""
    async with rt.db.as_system() as tx:
        for each in await plans.unplanned(tx):
            times = pace.reminders(each["suggested_at"], each["deadline"])
            await plans.plan(tx, each["organization_id"], each["suggestion_id"], times[0] if times else None)
    reminded = 0
    while True:
        async with rt.db.as_system() as tx:
            due = await plans.due(tx, _AT_ONCE)
            for each in due:
                reminded += await _look(tx, each)
        if len(due) < _AT_ONCE:
            break
    if reminded:
        _log.info("reminded", suggestions=reminded)
    return reminded


async def _look(tx: Transaction, due: Due) -> bool:
    tick = Tick(reminds=False, escalates=False, sent=due.sent, next_at=None)
    if due.waits:
        tick = pace.tick(due.suggested_at, due.deadline, sent=due.sent, escalated=due.escalated, now=due.now)
    await plans.done(tx, due, tick)
    if not tick.reminds and not tick.escalates:
        return False
    suggestion = await actions.find_for_delivery(tx, due.organization_id, due.suggestion_id)
    if suggestion is None:
        return False
    if tick.reminds:
        for address, locale in await _readers(tx, suggestion):
            await say_later(tx, address, say(locale, _said("waiting-reminder", suggestion)))
    if tick.escalates:
        await _escalate(tx, suggestion)
    return True


def _said(id_: str, suggestion: Suggestion) -> Phrase:
    until = Moment(suggestion.request.deadline, suggestion.request.zone)
    return phrase(id_, title=title_of(suggestion.action()), name=suggestion.request.asker_name, deadline=until)


async def _readers(tx: Transaction, suggestion: Suggestion) -> list[tuple[Address, Locale]]:
    """Return where people are who may decide and see the card: the managers' channels, and where it was asked."""
    posted = await copies.of_suggestion(tx, suggestion.organization_id, suggestion.id)
    decidable = {_place(copy.ref): copy.locale for copy in posted if copy.can_decide}
    found: dict[tuple[str, str, str], tuple[Address, Locale]] = {}
    for channel in await identity.managers_channels(tx, suggestion.organization_id):
        if _place(channel.address) in decidable:
            found[_place(channel.address)] = (channel.address, channel.locale)
    origin = suggestion.request.origin
    if origin is not None and _place(origin) in decidable:
        # In the thread in which it was asked, also where that is in the managers' channel.
        found[_place(origin)] = (origin, decidable[_place(origin)])
    return list(found.values())


async def _escalate(tx: Transaction, suggestion: Suggestion) -> None:
    """Ask the backup directly, with the card itself; whoever asked is not asked whether they may."""
    deciders = await plans.deciders(tx, suggestion.organization_id)
    kept = Snapshot.read(suggestion.request.policy)
    people = [Person(each.id, each.name, each.role) for each in deciders if each.id != suggestion.request.user_id]
    asker = suggestion.request.user_id
    able = possible_approvers(kept, backups(kept, people), asker) or possible_approvers(
        kept, told_when_stuck(people), asker
    )
    wanted = {each.id for each in able}
    for decider, chat in _chats(each for each in deciders if each.id in wanted):
        # Also on a platform that is off here: it waits for a worker that has it.
        await say_later(tx, chat, say(decider.locale, _said("waiting-escalated", suggestion)))
        await post_card_later(tx, suggestion.organization_id, suggestion.id, chat, decider.locale, can_decide=True)
    _log.info("escalated", suggestion=str(suggestion.id), people=len(wanted))


def _chats(deciders: Iterable[Decider]) -> Iterable[tuple[Decider, Address]]:
    return ((decider, chat) for decider in deciders for chat in decider.chats)


def _place(there: Address | MessageRef) -> tuple[str, str, str]:
    return there.platform, there.workspace, there.channel
