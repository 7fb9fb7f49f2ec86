"""What speaks against a change of an event's vendors; judged from facts and the clock alone. Pure."""

from datetime import date, datetime
from typing import Any

from core.kernel.money import money_of
from core.kernel.phrases import Money
from core.kernel.proposals import Conflict, Impact, Item, Touched, added_up
from core.naming.times import span_of

Row = dict[str, Any]

COMING = frozenset({"invited", "confirmed", "on_the_way"})
"""Statuses of a vendor that is expected and not there yet."""
_PLANNED = frozenset({"invited", "confirmed"})


def closing(event: Row) -> datetime:
    """Return when an event is over. ``ends_on`` is a date or its ISO text."""
    last = event["ends_on"]
    last = date.fromisoformat(last) if isinstance(last, str) else last
    return span_of(last, last, event["time_zone"])[-1]


def find_conflicts(change: Row, facts: Row, now: datetime) -> tuple[Conflict, ...]:
    """Return the warnings of a change, in its order. ``facts`` is the answer of ``app.vendor_facts``."""
    found: list[Conflict] = []
    for entry, fact in _pairs(change, facts):
        if not {"status", "arrives_at"} & entry.keys():
            continue
        after = {**(fact["now"] or {}), **entry}
        arrives = _arrival(after) if after["status"] in COMING else None
        if max(now, arrives or now) >= closing(facts["event"]):
            vendor = Item(kind="vendor", id=fact["vendor_id"], title=fact["name"], start_time=arrives)
            details: dict[str, str | int] = {"event": facts["event"]["name"]}
            found.append(Conflict(kind="vendor_event_over", severity="warning", item=vendor, details=details))
        first = fact["first_session"]
        if arrives is not None and first is not None and arrives > datetime.fromisoformat(first["start_time"]):
            item = Item.session(first)
            found.append(Conflict(kind="vendor_late", severity="warning", item=item, details={"vendor": fact["name"]}))
    return tuple(found)


def find_impact(change: Row, facts: Row) -> Impact:
    """Return by how much the event comes to cost more or less, in each currency."""
    touched: list[Touched] = []
    for entry, fact in _pairs(change, facts):
        was = (fact["now"] or {}).get("cost")
        # An entry without a status or a time takes the vendor away.
        stays = len(entry) > 1
        touched += _difference(was, entry.get("cost", was) if stays else None)
    return Impact(counts_people=False, more=added_up(touched))


def _difference(was: Row | None, will: Row | None) -> list[Touched]:
    before, after = (money_of(each) if each else None for each in (was, will))
    if before and after and before.currency == after.currency:
        more = after.amount - before.amount
        return [_costs(Money(abs(more), after.currency), is_more=more > 0)] if more else []
    return [_costs(each, is_more=each is after) for each in (before, after) if each and each.amount]


def _costs(money: Money, *, is_more: bool) -> Touched:
    kind = "cost-more" if is_more else "cost-less"
    return Touched(kind=kind, amount=money.amount, currency=money.currency, is_internal=True)


def moot_from(change: Row, facts: Row) -> datetime | None:
    """Return when a decision comes too late: the first arrival that is planned. None for a report of what is so."""
    afters = [{**(fact["now"] or {}), **entry} for entry, fact in _pairs(change, facts)]
    arrivals = [_arrival(after) for after in afters if after["status"] in _PLANNED]
    return min((at for at in arrivals if at is not None), default=None)


def _pairs(change: Row, facts: Row) -> list[tuple[Row, Row]]:
    return list(zip(change["vendors"], facts["vendors"], strict=True))


def _arrival(row: Row) -> datetime | None:
    return datetime.fromisoformat(row["arrives_at"]) if row.get("arrives_at") else None
