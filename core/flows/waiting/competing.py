"""Of suggestions that cannot both be, each says which others lose; when one is approved, the others end with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from core.actions import queries as actions
from core.actions.phrasing import headline, in_short, what_changes
from core.actions.suggestion import Rival, Rivals, Suggestion
from core.actions.waiting import queries
from core.actions.waiting.competing import MOST_NAMED, all_competing, competing, wanted
from core.actions.waiting.queries import Waiting
from core.db import Database, Question, Row, ask_together
from core.delivery import queries as copies
from core.flows.runtime import write_tool
from core.jobs.queries import refresh_cards_later, say_later
from core.kernel.claims import things
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Action, Description, Transaction
from core.texts import say


async def with_others(tx: Transaction, suggestion: Suggestion) -> Suggestion:
    """Return it with what its card says of others: which lose if it is approved, or which won or undid it since."""
    if suggestion.review.status == "suggested":
        ids = await _rivals(tx, suggestion)
        return replace(suggestion, rivals=await _named(tx, suggestion.organization_id, ids)) if ids else suggestion
    if suggestion.review.status == "executed":
        return replace(suggestion, taken_back=await actions.taken_back_by(tx, suggestion))
    if suggestion.review.lost_to is not None:
        winner = await actions.find_for_delivery(tx, suggestion.organization_id, suggestion.review.lost_to)
        return replace(suggestion, winner=title_of(winner.action())) if winner else suggestion
    return suggestion


async def with_others_alone(db: Database, suggestion: Suggestion) -> Suggestion:
    """Do what ``with_others`` does as the system, where nothing else is asked: no transaction has to be ended."""
    review = suggestion.review
    if review.status != "suggested":
        if review.status != "executed" and review.lost_to is None:
            return suggestion
        async with db.as_system() as tx:
            return await with_others(tx, suggestion)
    asked = _asked_rivals(suggestion)
    ids = _competing(suggestion, *await db.ask_as_system(*asked)) if asked else ()
    if not ids:
        return suggestion
    [named] = await db.ask_as_system(queries.asked_waiting(suggestion.organization_id, ids[:MOST_NAMED]))
    return replace(suggestion, rivals=Rivals(ids, tuple(_rival(Waiting.of(row)) for row in named)))


async def each_with_others(tx: Transaction, found: Sequence[Suggestion]) -> list[Suggestion]:
    """Do for a whole page what ``with_others`` does for one: what waits in an event is read once for all of them."""
    rivals = await _rivals_of_all(tx, [each for each in found if each.review.status == "suggested"])
    named = await _named_of_all(tx, rivals, found)
    return [
        replace(each, rivals=_few(rivals.get(each.id, ()), named))
        if each.review.status == "suggested"
        else await with_others(tx, each)
        for each in found
    ]


async def _rivals_of_all(tx: Transaction, those: Sequence[Suggestion]) -> dict[UUID, tuple[UUID, ...]]:
    together: dict[UUID, list[Suggestion]] = {}
    for each in those:
        if each.request.event_id is not None and wanted(each.request.claims):
            together.setdefault(each.request.event_id, []).append(each)
    rivals: dict[UUID, tuple[UUID, ...]] = {}
    for event, page in together.items():
        wants = things(wanted(claim for each in page for claim in each.request.claims))
        waiting, free = await queries.claiming(tx, page[0].organization_id, event, wants)
        against = {ident: wanted(theirs, free) for ident, theirs in waiting.items()}
        rivals |= all_competing({each.id: wanted(each.request.claims, free) for each in page}, against)
    return rivals


async def _named_of_all(
    tx: Transaction, rivals: Mapping[UUID, tuple[UUID, ...]], found: Sequence[Suggestion]
) -> dict[UUID, Rival]:
    ids = sorted({ident for each in rivals.values() for ident in each[:MOST_NAMED]})
    if not ids:
        return {}
    return {each.id: _rival(each) for each in await queries.waiting(tx, found[0].organization_id, ids)}


def _few(ids: tuple[UUID, ...], named: Mapping[UUID, Rival]) -> Rivals:
    return Rivals(ids, tuple(named[each] for each in ids[:MOST_NAMED] if each in named))


async def neighbours(tx: Transaction, suggestion: Suggestion) -> list[Suggestion]:
    """Return the waiting suggestions whose cards speak of this one, or of what it replaced, or did until now.

    Each has its rivals by id. However many there are, they are read at once and compared by what they claim.
    """
    if suggestion.request.event_id is None:
        return []
    organization = suggestion.organization_id
    replaced = await queries.replaced_by(tx, organization, suggestion.request.correlation_id, suggestion.id)
    claims = (*suggestion.request.claims, *replaced)
    if not wanted(claims):
        return []
    waiting, free = await queries.claiming(tx, organization, suggestion.request.event_id)
    against = {each: wanted(theirs, free) for each, theirs in waiting.items()}
    near = set(competing(wanted(claims, free), against)) - {suggestion.id}
    if not near:
        return []
    rivals = all_competing(against, against)
    found = await actions.find_all_for_delivery(tx, organization, sorted(near))
    return [replace(each, rivals=Rivals(rivals[each.id])) for each in found]


async def take_turn(tx: Transaction, suggestion_id: UUID) -> None:
    """Queue the wait for whoever approves something of the same event: call it before an approval is claimed.

    Two rivals that are approved at one moment would otherwise each wait for the other's row.
    """
    await queries.one_at_a_time(tx, suggestion_id)


async def end_rivals(tx: Transaction, approved: Suggestion) -> tuple[Waiting, ...]:
    """End what loses to an approved suggestion, as the person who approved it; return what they were."""
    found = await _rivals(tx, approved) if approved.has_company else ()
    lost = await queries.lose(tx, list(found), approved.id) if found else frozenset[UUID]()
    return tuple(await queries.waiting(tx, approved.organization_id, sorted(lost))) if lost else ()


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


async def _rivals(tx: Transaction, suggestion: Suggestion) -> tuple[UUID, ...]:
    """Return what waits and cannot be beside it, oldest first."""
    asked = _asked_rivals(suggestion)
    return _competing(suggestion, *await ask_together(tx, *asked)) if asked else ()


def _asked_rivals(suggestion: Suggestion) -> tuple[Question, ...]:
    event, mine = suggestion.request.event_id, wanted(suggestion.request.claims)
    return queries.asked_claiming(suggestion.organization_id, event, things(mine)) if event is not None and mine else ()


def _competing(suggestion: Suggestion, found: list[Row], shared: list[Row]) -> tuple[UUID, ...]:
    waiting, free = queries.claiming_from(found, shared)
    mine = wanted(suggestion.request.claims)
    against = {each: wanted(theirs, free) for each, theirs in waiting.items() if each != suggestion.id}
    return competing(wanted(mine, free), against)


async def _named(tx: Transaction, organization_id: UUID, ids: tuple[UUID, ...]) -> Rivals:
    return Rivals(ids, tuple(map(_rival, await queries.waiting(tx, organization_id, ids[:MOST_NAMED]))))


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
