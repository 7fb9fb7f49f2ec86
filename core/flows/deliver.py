"""What goes out: sentences and cards, and every copy of a card edited until it tells the truth."""

from uuid import UUID

import structlog

from core.actions import queries as actions
from core.actions.card import card_of
from core.actions.suggestion import Suggestion
from core.delivery import queries as copies
from core.delivery.queries import Copy
from core.flows.runtime import Runtime, write_tool
from core.jobs.queries import refresh_cards_later, replace_card_later, say_later
from core.kernel.cards import Card, ChatPlatform
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import Locale, Principal
from core.kernel.tools import Transaction
from core.texts import say

_log = structlog.get_logger("flow.deliver")


async def say_now(rt: Runtime, address: Address, text: str) -> None:
    """Say a sentence; a chat that is gone for good is left alone."""
    try:
        await _platform(rt, address.platform).say(address, text)
    except Unreachable as gone:
        _log.warning("not delivered", platform=address.platform, reason=gone.phrase.id)


async def post_card(
    rt: Runtime, organization_id: UUID, suggestion_id: UUID, address: Address, locale: Locale, *, can_decide: bool
) -> None:
    """Post a card and register the copy; a job that runs again after a crash posts no second one."""
    async with rt.db.as_system() as tx:
        suggestion = await _newest(tx, organization_id, suggestion_id)
        if suggestion is None:
            return
        is_posted = await copies.is_posted(tx, organization_id, suggestion.id, address)
    if not is_posted and not await _post(rt, suggestion, address, locale, can_decide=can_decide):
        return
    # A decision that fell between the reading of the row and the registering of the copy has not seen this copy.
    async with rt.db.as_system() as tx:
        await refresh_cards_later(tx, organization_id, suggestion.id)


async def _newest(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """Return the suggestion, or the one that replaced it; copies that were registered after that follow."""
    found = await actions.find_for_delivery(tx, organization_id, suggestion_id)
    while found is not None and found.superseded_by is not None:
        found = await actions.find_for_delivery(tx, organization_id, found.superseded_by)
    if found is not None and found.id != suggestion_id:
        await copies.move(tx, organization_id, suggestion_id, found.id)
    return found


async def _post(rt: Runtime, suggestion: Suggestion, address: Address, locale: Locale, *, can_decide: bool) -> bool:
    card = card_for(suggestion, can_decide=can_decide)
    try:
        ref = await _platform(rt, address.platform).post(address, card, locale)
    except Unreachable as gone:
        _log.warning("card not delivered", platform=address.platform, reason=gone.phrase.id)
        await _tell_asker(rt, suggestion, address)
        return False
    async with rt.db.as_system() as tx:
        await copies.add(
            tx,
            suggestion.organization_id,
            suggestion.id,
            ref,
            locale,
            can_decide=can_decide,
            shown=shown_state(suggestion),
        )
    return True


async def _tell_asker(rt: Runtime, suggestion: Suggestion, address: Address) -> None:
    """The managers' channel cannot be reached: whoever waits for them must know."""
    origin = suggestion.origin
    if origin is None or origin.channel == address.channel:
        return
    async with rt.db.as_system() as tx:
        locale = await copies.locale_of(tx, suggestion.organization_id, suggestion.user_id)
        await say_later(tx, origin, say(locale, phrase("card-unreachable")))


async def show_on_every_copy(tx: Transaction, principal: Principal, suggestion_id: UUID, pressed: MessageRef) -> None:
    """Queue the edit of every copy, the pressed one too, even if we lost track of it (a crash after posting)."""
    await copies.add(
        tx,
        principal.organization_id,
        suggestion_id,
        pressed,
        principal.locale,
        can_decide=principal.may_decide,
        shown="",
    )
    await refresh_cards_later(tx, principal.organization_id, suggestion_id)


async def refresh_cards(rt: Runtime, organization_id: UUID, suggestion_id: UUID) -> None:
    """Queue the edit of every copy that shows another state than the row."""
    async with rt.db.as_system() as tx:
        suggestion = await _newest(tx, organization_id, suggestion_id)
        if suggestion is None:
            return
        for copy in await copies.of_suggestion(tx, organization_id, suggestion.id):
            if copy.shown_status != shown_state(suggestion):
                await replace_card_later(tx, copy.id)


async def replace_card(rt: Runtime, copy_id: UUID) -> None:
    """Edit one copy so that it shows the suggestion as it is now."""
    async with rt.db.as_system() as tx:
        copy = await copies.one(tx, copy_id)
        if copy is None:
            return
        suggestion = await actions.find_for_delivery(tx, copy.organization_id, copy.suggestion_id)
    if suggestion is None or copy.shown_status == shown_state(suggestion):
        return
    await _replace(rt, copy, suggestion)


async def _replace(rt: Runtime, copy: Copy, suggestion: Suggestion) -> None:
    card = card_for(suggestion, can_decide=copy.can_decide)
    platform = rt.platforms.get(copy.ref.platform)
    if platform is None:
        # Off is not gone: a worker that was started without its token must not leave old buttons for ever.
        raise Upstream
    try:
        await platform.replace(copy.ref, card, copy.locale)
    except Unreachable as gone:
        _log.warning("copy lost", platform=copy.ref.platform, reason=gone.phrase.id)
        async with rt.db.as_system() as tx:
            await copies.mark_lost(tx, copy.id)
        return
    async with rt.db.as_system() as tx:
        await copies.mark_shown(tx, copy.id, suggestion.id, shown_state(suggestion))


def shown_state(suggestion: Suggestion) -> str:
    """Return what distinguishes one look of a suggestion's card from the next."""
    readers = len(suggestion.acknowledged_by) if suggestion.status == "suggested" else 0
    return f"{suggestion.status}, read by {readers}" if readers else suggestion.status


def card_for(suggestion: Suggestion, *, can_decide: bool) -> Card:
    """Return a suggestion's card as it stands now."""
    tool, action = write_tool(suggestion.action_type), suggestion.action()
    can_undo = tool.inverse(action) is not None
    return card_of(suggestion, tool.describe(action), can_decide=can_decide, can_undo=can_undo)


def _platform(rt: Runtime, name: str) -> ChatPlatform:
    platform = rt.platforms.get(name)
    if platform is None:
        raise Unreachable
    return platform
