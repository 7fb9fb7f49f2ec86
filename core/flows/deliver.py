"""What goes out: sentences and cards, and every copy of a card edited until it tells the truth."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from uuid import UUID

import structlog

from core.actions import queries as actions
from core.actions.buttons import Reach
from core.actions.card import card_of, is_long
from core.actions.discretion import FROM_VIEWERS, discreet
from core.actions.suggestion import Suggestion, suggestion_from_row
from core.actions.waiting.competing import rivals_key
from core.db import ask_together
from core.delivery import queries as copies
from core.delivery.queries import Copy, Posted
from core.flows.deciding.fields import editable
from core.flows.elsewhere import post_elsewhere
from core.flows.picturing import has_to_change
from core.flows.runtime import Runtime, write_tool
from core.flows.waiting.competing import neighbours, with_others, with_others_alone
from core.identity import queries as identity
from core.jobs.queries import (
    picture_follows,
    refresh_cards_later,
    replace_card_later,
    replace_cards_later,
    replace_copies_later,
    show_picture_later,
)
from core.kernel.breakages import Breakage
from core.kernel.cards import Card, ChatPlatform
from core.kernel.errors import AppError, ChatGone, Unreachable, Upstream
from core.kernel.messages import Address, Document, MessageRef
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Locale, Principal
from core.kernel.tools import Transaction
from core.policies.models import Person, Snapshot
from core.policies.rules import decider_lines, is_restricted, may_go_past

_log = structlog.get_logger("flow.deliver")


async def say_now(rt: Runtime, address: Address, text: str, to: str | None = None) -> None:
    """Say a sentence; where a chat is gone for good, directly to the person who waits for it."""
    platform = _platform(rt, address.platform)
    try:
        try:
            await platform.say(address, text)
            rt.watch.works(_chat(address))
        except Unreachable as gone:
            _note(rt, address, gone, to or "")
            if to is None or not platform.can.private_answers:
                raise
            await platform.whisper(ChatUser(address.platform, address.workspace, to), address, text)
    except Unreachable as gone:
        _log.warning("not delivered", platform=address.platform, reason=gone.phrase.id)


async def post_document(rt: Runtime, address: Address, document: Document, to: str | None = None) -> None:
    """Post a text as a file; where the chat takes no files, or not now, say the short of it instead."""
    try:
        await _platform(rt, address.platform).document(address, document.name, document.text.encode())
    except AppError as failure:
        _log.warning("document not delivered", platform=address.platform, reason=failure.phrase.id)
        await say_now(rt, address, document.instead, to)


async def post_card(
    rt: Runtime,
    organization_id: UUID,
    suggestion_id: UUID,
    address: Address,
    locale: Locale,
    *,
    can_decide: bool,
    again: datetime | None = None,
) -> None:
    """Post a card and register the copy; a job that runs again after a crash posts no second one.

    ``again``: whatever was posted before this moment, somebody asked to see it once more.
    """
    found, posted, readers = await rt.db.ask_as_system(
        actions.asked_for_delivery(organization_id, suggestion_id),
        copies.asked_if_posted(organization_id, suggestion_id, address, again),
        identity.asked_who_reads(organization_id, address),
    )
    if not found:
        return
    suggestion = suggestion_from_row(found[0])
    if suggestion.review.superseded_by is not None:
        # Another one took its place before its card was there: that one's is posted, if nobody has yet.
        async with rt.db.as_system() as tx:
            suggestion = await _newest(tx, organization_id, suggestion_id) or suggestion
            [posted] = await ask_together(tx, copies.asked_if_posted(organization_id, suggestion.id, address, again))
    elif not posted:
        suggestion = await with_others_alone(rt.db, suggestion)
    if not posted:
        to = Person(**readers[0]) if readers else None
        await _post(rt, suggestion, address, locale, can_decide=can_decide, again=again is not None, reader=to)


async def _newest(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """Return the suggestion, or the one that replaced it; copies that were registered after that follow."""
    found = await actions.find_for_delivery(tx, organization_id, suggestion_id)
    while found is not None and found.review.superseded_by is not None:
        found = await actions.find_for_delivery(tx, organization_id, found.review.superseded_by)
    if found is not None and found.id != suggestion_id:
        await copies.move(tx, organization_id, suggestion_id, found.id)
    return await with_others(tx, found) if found else None


async def _post(
    rt: Runtime,
    suggestion: Suggestion,
    address: Address,
    locale: Locale,
    *,
    can_decide: bool,
    again: bool,
    reader: Person | None,
) -> None:
    try:
        platform = _platform(rt, address.platform)
        alone = platform.is_private(address.channel)
        decider = reader if alone else None
        card = card_for(suggestion, can_decide=can_decide, in_private=alone, decider=decider)
        ref = await platform.post(address, card, locale)
        rt.watch.works(_chat(address))
    except Unreachable as gone:
        _note(rt, address, gone)
        _log.warning("card not delivered", platform=address.platform, reason=gone.phrase.id)
        await post_elsewhere(rt, suggestion, address, can_decide=can_decide)
        return
    # A card that is asked for once more comes alone, and what is decided already moves nothing any more.
    alone = again or suggestion.review.status != "suggested"
    posted = Posted(ref, locale, can_decide, shown_state(suggestion), address.thread, comes_alone=alone)
    async with rt.db.as_system() as tx:
        await copies.add(tx, suggestion.organization_id, suggestion.id, posted)
        await picture_follows(tx, suggestion.organization_id, ref)
        # A decision that fell between the reading of the row and the registering of the copy has not seen this copy.
        await refresh_cards_later(tx, suggestion.organization_id, suggestion.id)


async def show_on_every_copy(
    tx: Transaction, principal: Principal, suggestion_id: UUID, pressed: MessageRef, *, is_decided: bool = False
) -> None:
    """Queue the edit of every copy, the pressed one too, even if we lost track of it (a crash after posting).

    Where it ``is_decided`` all of them are out of date: no job has to look for those first.
    """
    # What was pressed on somebody's desk was on no message that could be edited.
    if pressed.message:
        here = Posted(pressed, principal.locale, principal.may_decide)
        await copies.add(tx, principal.organization_id, suggestion_id, here)
    if is_decided:
        await replace_copies_later(tx, principal.organization_id, suggestion_id)
    await refresh_cards_later(tx, principal.organization_id, suggestion_id, others_only=is_decided)


async def refresh_cards(rt: Runtime, organization_id: UUID, suggestion_id: UUID, *, others_only: bool = False) -> None:
    """Queue the edit of every copy that shows another state than the row, and of the cards that speak of it."""
    async with rt.db.as_system() as tx:
        suggestion = await _newest(tx, organization_id, suggestion_id)
        if suggestion is None:
            return
        # The cards of its rivals speak of it.
        mine = () if others_only else (suggestion,)
        shown = {each.id: each for each in (*mine, *await neighbours(tx, suggestion))}
        found = await copies.of_suggestions(tx, organization_id, list(shown))
        stale = [copy.id for copy in found if copy.shown_status != shown_state(shown[copy.suggestion_id], copy.menu)]
        await replace_cards_later(tx, organization_id, stale)


async def replace_card(rt: Runtime, organization_id: UUID | None, copy_id: UUID) -> None:
    """Edit one copy so that it shows the suggestion as it is now."""
    # Whoever pressed waits for this one: everything is asked for in one round trip.
    of = {"organization_id": organization_id, "id": copy_id}
    found, rows, readers = await rt.db.ask_as_system(
        (copies.ONE, of), (actions.ON_COPY, of), (identity.READER_OF_COPY, of)
    )
    if not found or not rows:
        return
    copy, suggestion = copies.read(found[0]), suggestion_from_row(rows[0])
    if suggestion.review.status != "executed" or rows[0]["has_undo"]:
        suggestion = await with_others_alone(rt.db, suggestion)
    if copy.shown_status != shown_state(suggestion, copy.menu):
        await _replace(rt, copy, suggestion, Person(**readers[0]) if readers else None)


async def _shown_by(tx: Transaction, copy: Copy) -> Suggestion | None:
    found = await actions.find_for_delivery(tx, copy.organization_id, copy.suggestion_id)
    return await with_others(tx, found) if found else None


async def _replace(rt: Runtime, copy: Copy, suggestion: Suggestion, reader: Person | None) -> None:
    platform = _platform(rt, copy.ref.platform)
    alone = platform.is_private(copy.ref.channel)
    decider = reader if alone else None
    card = card_for(suggestion, can_decide=copy.can_decide, menu=copy.menu, in_private=alone, decider=decider)
    try:
        await _edit(platform, copy, card)
    except Unreachable as gone:
        _log.warning("copy lost", platform=copy.ref.platform, reason=gone.phrase.id)
        async with rt.db.as_system() as tx:
            await copies.mark_lost(tx, copy)
        return
    async with rt.db.as_system() as tx:
        await copies.mark_shown(tx, copy, suggestion.id, shown_state(suggestion, copy.menu))
        if has_to_change(copy, suggestion):
            await show_picture_later(tx, copy.organization_id, copy.id)
    if suggestion.review.status == "suggested":
        await _look_again(rt, copy)


async def _edit(platform: ChatPlatform, copy: Copy, card: Card) -> None:
    """Edit a copy; where nothing can be edited, whoever has it sees how it stands now below it."""
    if platform.can.editing:
        await platform.replace(copy.ref, card, copy.locale)
    else:
        there = Address(copy.ref.platform, copy.ref.workspace, copy.ref.channel, copy.thread)
        await platform.post(there, card, copy.locale)


async def _look_again(rt: Runtime, edited: Copy) -> None:
    """Queue another edit where the card was out of date by the time it was there.

    A rival may have come and gone meanwhile: whoever looked for stale copies then saw the one from before.
    """
    async with rt.db.as_system() as tx:
        copy = await copies.one(tx, edited.organization_id, edited.id)
        suggestion = await _shown_by(tx, copy) if copy else None
        if copy is not None and suggestion is not None and copy.shown_status != shown_state(suggestion, copy.menu):
            await replace_card_later(tx, copy.organization_id, copy.id)


async def show_menu(
    tx: Transaction, organization_id: UUID, suggestion_id: UUID, pressed: MessageRef, menu: str | None
) -> None:
    """Queue the edit of one copy whose buttons become a menu, or the usual ones again; system role only."""
    copy_id = await copies.open_menu(tx, organization_id, suggestion_id, pressed, menu)
    if copy_id is not None:
        await replace_card_later(tx, organization_id, copy_id)


def shown_state(suggestion: Suggestion, menu: str | None = None) -> str:
    """Return what distinguishes one look of a suggestion's card from the next."""
    if suggestion.review.status != "suggested":
        return f"{suggestion.review.status}, taken back" if suggestion.taken_back else suggestion.review.status
    readers = len(suggestion.review.acknowledged_by)
    looks = (
        "suggested",
        f"read by {readers}" if readers else "",
        f"approved by {len(suggestion.review.approved_by)}" if suggestion.review.approved_by else "",
        f"menu {menu}" if menu else "",
        f"beside {rivals_key(suggestion.rivals.ids)}" if suggestion.rivals else "",
    )
    return ", ".join(filter(None, looks))


def cards_for(rt: Runtime, principal: Principal) -> AbstractAsyncContextManager[Transaction]:
    """Open a transaction that reads suggestions for this person; every statement in it names their organisation.

    A viewer reads no row of the log, so what they are shown is read as for a channel, and is as discreet.
    """
    return rt.db.acting_as(principal) if principal.may_read_notes else rt.db.as_system()


def card_for(
    suggestion: Suggestion,
    *,
    can_decide: bool,
    menu: str | None = None,
    whole: bool = False,
    in_private: bool = True,
    reader: Principal | None = None,
    decider: Person | None = None,
) -> Card:
    """Return a suggestion's card as it stands now; ``whole`` with nothing cut.

    Where it is not ``in_private``, others read along: people are named, and nothing personal is told. Neither is it to
    a ``reader``, where it is known who that is, who reads no notes. ``decider``: who alone decides with it, where that
    is known; what is not for them is not offered.
    """
    tool, action, kept = (
        write_tool(suggestion.request.action_type),
        suggestion.action(),
        Snapshot.read(suggestion.request.policy),
    )
    reach = Reach(
        editable={slot.name: slot.label for slot in editable(tool, action)},
        can_undo=tool.inverse(action) is not None,
        is_long=is_long(suggestion),
        may_break_glass=is_restricted(kept)
        and (
            decider is None
            or may_go_past(kept, decider, asker=suggestion.request.user_id, askers=suggestion.request.askers)
        ),
    )
    card = card_of(
        suggestion,
        tool.describe(action),
        can_decide=can_decide,
        reach=reach,
        decided_by=decider_lines(kept, suggestion.request.asker_name),
        menu=menu,
        whole=whole,
    )
    if reader is not None and not reader.may_read_notes:
        return discreet(card, phrase("personal-not-for-viewers"), FROM_VIEWERS)
    return card if in_private else discreet(card, phrase("personal-on-card"))


def _note(rt: Runtime, address: Address, gone: Unreachable, waiting: str = "") -> None:
    if isinstance(gone, ChatGone):
        rt.watch.broke(_chat(address), gone.why, waiting)


def _chat(address: Address) -> Breakage:
    return Breakage(address.platform, "chat", address.workspace, address.channel)


def _platform(rt: Runtime, name: str) -> ChatPlatform:
    platform = rt.platforms.get(name)
    if platform is None:
        # Off is not gone: a worker that was started without its token must not throw away what it cannot send.
        raise Upstream
    return platform
