"""Of suggestions that cannot both be, each says which others lose; when one is approved, the others end with it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from core.actions import queries as actions
from core.actions.phrasing import headline, in_short, what_changes
from core.actions.suggestion import Rival, Suggestion
from core.actions.waiting import queries
from core.actions.waiting.competing import Wants, competes, may_compete, wants
from core.actions.waiting.queries import Waiting
from core.delivery import queries as copies
from core.flows.runtime import write_tool
from core.jobs.queries import refresh_cards_later, say_later
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Action, Description, Transaction
from core.texts import say


async def beside(tx: Transaction, suggestion: Suggestion) -> Suggestion:
    """Return it with what its card says of others: which lose if it is approved, or which won or undid it since."""
    if suggestion.review.status == "suggested":
        found = await _rivals(tx, suggestion)
        return replace(suggestion, rivals=tuple(_rival(each) for each in found)) if found else suggestion
    if suggestion.review.status == "executed":
        return replace(suggestion, taken_back=await actions.taken_back_by(tx, suggestion))
    if suggestion.review.lost_to is not None:
        winner = await actions.find_for_delivery(tx, suggestion.organization_id, suggestion.review.lost_to)
        return replace(suggestion, winner=title_of(winner.action())) if winner else suggestion
    return suggestion


async def each_beside(tx: Transaction, found: Sequence[Suggestion]) -> list[Suggestion]:
    """Do for a whole page what ``beside`` does for one: what waits in an event is read once for all of them."""
    together: dict[UUID, list[Suggestion]] = {}
    for each in found:
        if (
            each.review.status == "suggested"
            and each.request.event_id is not None
            and may_compete(each.request.action_type)
        ):
            together.setdefault(each.request.event_id, []).append(each)
    rivals: dict[UUID, list[Waiting]] = {}
    for those in together.values():
        rivals |= await _rivals_among(tx, those)
    return [
        replace(each, rivals=tuple(_rival(one) for one in rivals.get(each.id, [])))
        if each.review.status == "suggested"
        else await beside(tx, each)
        for each in found
    ]


async def _rivals_among(tx: Transaction, those: Sequence[Suggestion]) -> dict[UUID, list[Waiting]]:
    mine = [(each.id, _wants(each.action())) for each in those]
    if not any(wanted for _, wanted in mine):
        return {}
    others, shared = await queries.waiting_beside(tx, those, [wanted for _, wanted in mine])
    theirs = [(each, _wants(each.action, shared)) for each in others]
    return {
        id_: [each for each, wanted in theirs if each.id != id_ and competes(wanted, my_wish)] for id_, my_wish in mine
    }


async def neighbours(tx: Transaction, suggestion: Suggestion) -> list[UUID]:
    """Return the waiting suggestions whose cards speak of this one, or of what it replaced, or did until now."""
    if suggestion.request.event_id is None or not may_compete(suggestion.request.action_type):
        return []
    replaced = await queries.replaced_by(
        tx, suggestion.organization_id, suggestion.request.correlation_id, suggestion.id
    )
    mine = [
        _wants(suggestion.action()),
        *(wants(each["action_type"], each["args"], each["before"]) for each in replaced),
    ]
    return [each.id for each in await _in_the_way(tx, suggestion, mine)]


async def take_turn(tx: Transaction, suggestion_id: UUID) -> None:
    """Queue the wait for whoever approves something of the same event: call it before an approval is claimed.

    Two rivals that are approved at one moment would otherwise each wait for the other's row.
    """
    await queries.one_at_a_time(tx, suggestion_id)


async def end_rivals(tx: Transaction, approved: Suggestion) -> tuple[Waiting, ...]:
    """End what loses to an approved suggestion, as the person who approved it; return what they were."""
    found = await _rivals(tx, approved) if approved.has_company else []
    if not found:
        return ()
    lost = await queries.lose(tx, [each.id for each in found], approved.id)
    return tuple(each for each in found if each.id in lost)


async def tell_losers(
    tx: Transaction, principal: Principal, approved: Suggestion, lost: tuple[Waiting, ...], pressed: MessageRef
) -> None:
    """Queue what follows for those that lost: their cards, and a sentence for who asked; as the system role."""
    for each in lost:
        await refresh_cards_later(tx, principal.organization_id, each.id)
        if each.origin is None or (each.user_id == principal.user_id and _is_there(Address(**each.origin), pressed)):
            continue
        locale = await copies.locale_of(tx, principal.organization_id, each.user_id)
        told = phrase(
            "waiting-lost", title=title_of(each.action), winner=title_of(approved.action()), name=principal.name
        )
        await say_later(tx, Address(**each.origin), say(locale, told))


def title_of(action: Action) -> Phrase:
    """Return what a suggestion is called in a sentence: the title of its card, and what would change."""
    return in_short(_describe(action), undoes=action.is_undo)


def headline_of(action: Action) -> Phrase:
    """Return the title of a suggestion's card alone."""
    return headline(_describe(action), undoes=action.is_undo)


async def _rivals(tx: Transaction, suggestion: Suggestion) -> list[Waiting]:
    if suggestion.request.event_id is None or not may_compete(suggestion.request.action_type):
        return []
    return await _in_the_way(tx, suggestion, [_wants(suggestion.action())])


async def _in_the_way(tx: Transaction, suggestion: Suggestion, mine: Sequence[Wants]) -> list[Waiting]:
    if not any(mine):
        return []
    others, shared = await queries.waiting_beside(tx, [suggestion], mine)
    # A room that is shared is left out on their side, so it clashes with nothing on ours.
    return [each for each in others if any(competes(one, _wants(each.action, shared)) for one in mine)]


def _wants(action: Action, shared_rooms: frozenset[str] = frozenset()) -> Wants:
    return wants(action.action_type, action.args, action.before, shared_rooms)


def _rival(waiting: Waiting) -> Rival:
    said = _describe(waiting.action)
    return Rival(
        waiting.id,
        headline_of(waiting.action),
        what_changes(said.changes, said.facts, is_short=True),
        waiting.asker_name,
    )


def _describe(action: Action) -> Description:
    return write_tool(action.action_type).describe(action)


def _is_there(one: Address, pressed: MessageRef) -> bool:
    return (one.platform, one.workspace, one.channel) == (pressed.platform, pressed.workspace, pressed.channel)
