"""A card whose place is gone or does not take it: whoever decides and whoever asked get it directly, and are told."""

from dataclasses import replace

from core.actions.suggestion import Suggestion
from core.actions.waiting.reminders import queries as plans
from core.delivery import queries as copies
from core.flows.runtime import Runtime
from core.identity import queries as identity
from core.jobs.queries import post_card_later, say_later
from core.kernel.messages import Address
from core.kernel.phrases import phrase
from core.kernel.tools import Transaction
from core.policies.models import Person, Snapshot
from core.policies.rules import possible_approvers
from core.texts import say


async def post_elsewhere(rt: Runtime, suggestion: Suggestion, address: Address, *, can_decide: bool) -> None:
    """Find another place for a card that could not be posted; nobody who waits is left in silence.

    A direct chat that cannot be reached either, of somebody who stands in for the managers, tells nothing about them.
    """
    origin = suggestion.request.origin
    async with rt.db.as_system() as tx:
        channels = await identity.managers_channels(tx, suggestion.organization_id)
        is_managers = _place(address) in {_place(channel.address) for channel in channels}
        are_asked = await _ask_directly(tx, suggestion) if is_managers else False
        if origin is None:
            return
        locale = await copies.locale_of(tx, suggestion.organization_id, suggestion.request.user_id)
        asker = await identity.chat_user_of(tx, suggestion.organization_id, suggestion.request.user_id, origin)
        there = Address(origin.platform, origin.workspace, asker) if asker else origin
        alone = rt.platforms[origin.platform].is_private(origin.channel) if origin.platform in rt.platforms else True
        if _place(address) == _place(origin) and not alone and asker:
            await post_card_later(tx, suggestion.organization_id, suggestion.id, there, locale, can_decide=can_decide)
        elif _place(address) in {_place(origin), _place(there)}:
            await say_later(tx, origin, say(locale, phrase("card-not-shown")), to=asker)
        elif is_managers:
            told = "card-asked-directly" if are_asked else "card-unreachable"
            await say_later(tx, origin, say(locale, phrase(told)), to=asker)


async def _ask_directly(tx: Transaction, suggestion: Suggestion) -> bool:
    """Queue the card for everybody who could approve it, in their own chats; False where there is nobody."""
    deciders = await plans.deciders(tx, suggestion.organization_id)
    people = [Person(each.id, each.name, each.role) for each in deciders if each.id != suggestion.request.user_id]
    able = {
        each.id
        for each in possible_approvers(Snapshot.read(suggestion.request.policy), people, suggestion.request.user_id)
    }
    chats = [(each.locale, chat) for each in deciders if each.id in able for chat in each.chats]
    for locale, chat in chats:
        await post_card_later(tx, suggestion.organization_id, suggestion.id, chat, locale, can_decide=True)
    return bool(chats)


def _place(there: Address) -> Address:
    """Return an address without its thread."""
    return replace(there, thread=None)
