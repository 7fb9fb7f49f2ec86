"""Where am I needed: what waits for somebody, what they asked for, and what was decided today."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.actions.desk import queries as lists
from core.actions.desk.queries import Filter, Listed
from core.actions.suggestion import Suggestion
from core.flows.deliver import card_for, cards_for
from core.flows.runtime import Runtime
from core.flows.waiting.competing import each_with_others
from core.kernel.cards import Card, Risk
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.policies import queries as policies
from core.policies.models import Person

_NOTHING = Listed((), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Three lists of cards, newest first, and how many each has altogether."""

    waiting: tuple[Card, ...]
    """What this person may decide now, with its buttons."""
    waiting_count: int
    mine: tuple[Card, ...]
    """What they asked for in the last seven days, whatever became of it; without buttons."""
    mine_count: int
    decided: tuple[Card, ...]
    """What anybody decided today, as the day is where the event is; with the way back for who may decide."""
    decided_count: int


async def desk_of(
    rt: Runtime,
    principal: Principal,
    *,
    event: str | None = None,
    risk: Risk | None = None,
    most: int = 10,
    skip: int = 0,
) -> Desk:
    """Return somebody's desk. ``event``: only of this event, by id or name; ``most``: cards of each list.

    ``skip``: the first so many of what waits stand on pages before this one.
    """
    of = Filter(event, risk, most)
    if event is not None:
        async with rt.db.acting_as(principal) as tx:
            of = await lists.of_event(tx, of)
    async with cards_for(rt, principal) as tx:
        waiting = await _waiting(tx, principal, replace(of, skip=skip))
        mine = await lists.mine(tx, principal, of)
        decided = await lists.decided(tx, principal, of)
        # What stands in two lists is looked at once.
        shown = {each.id: each for found in (waiting, mine, decided) for each in found.shown}
        known = {each.id: each for each in await each_with_others(tx, list(shown.values()))}
    return Desk(
        waiting=_cards(principal, waiting, known, can_decide=True),
        waiting_count=waiting.total,
        mine=_cards(principal, mine, known, can_decide=False),
        mine_count=mine.total,
        decided=_cards(principal, decided, known, can_decide=principal.may_decide),
        decided_count=decided.total,
    )


async def _waiting(tx: Transaction, principal: Principal, of: Filter) -> Listed:
    if not principal.may_decide:
        return _NOTHING
    lenders = await policies.lenders_to(tx, principal.organization_id, principal.user_id)
    return await lists.waiting(tx, principal, tuple((each.id, each.role) for each in lenders), of)


def _cards(reader: Principal, found: Listed, known: dict[UUID, Suggestion], *, can_decide: bool) -> tuple[Card, ...]:
    me = Person(reader.user_id, reader.name, reader.role)
    return tuple(card_for(known[each.id], can_decide=can_decide, reader=reader, decider=me) for each in found.shown)
