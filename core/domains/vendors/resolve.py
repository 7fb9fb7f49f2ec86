"""From what people call a vendor to the one they mean, or a question back with those it may be."""

from typing import Any
from uuid import UUID

from core.domains.vendors import queries
from core.kernel.phrases import phrase
from core.kernel.tools import Refused, ToolContext

Row = dict[str, Any]

_ALIKE, _SURE = 0.4, 0.6
"""Word similarity from which a name is worth asking back with, and from which it counts as meant (pg_trgm's own)."""
_TIE = 0.1
_EXACT = 2
"""What ``queries.named`` gives the very name or id."""


async def the_vendor(ctx: ToolContext, event: Row | None, said: str, *, assigned: bool) -> Row | Refused:
    """Return the vendor that was named, whichever event; with ``assigned``, one that comes to this one.

    Several that match are handed back as candidates: the person is asked which one they mean.
    """
    hits = await queries.named(ctx.tx, said, event["id"] if event else None, _ALIKE)
    here = [row for row in hits if row["is_assigned"]] if assigned else hits
    if assigned and event is not None and _is_another(hits, here):
        names = tuple(row["name"] for row in _meant(hits))
        return Refused(phrase("vendors-not-assigned", vendors=names, event=event["name"]), is_unknown=True)
    if not here:
        return Refused(phrase("vendors-unknown", vendor=said), is_unknown=assigned)
    found = _meant(here)
    if len(found) == 1 and _best(found) >= _SURE:
        return found[0]
    candidates = [{"id": str(row["id"]), "name": row["name"], "category": row["category"]} for row in found]
    names = tuple(row["name"] for row in found)
    return Refused(phrase("vendors-which", vendor=said, vendors=names), {"candidates": candidates})


async def the_vendors(ctx: ToolContext, event: Row, said: list[str]) -> dict[UUID, Row] | Refused:
    """Return the vendors that were named, each once, in the order in which they were said."""
    found: dict[UUID, Row] = {}
    for name in said:
        vendor = await the_vendor(ctx, event, name, assigned=False)
        if isinstance(vendor, Refused):
            return vendor
        found[vendor["id"]] = vendor
    return found


def _is_another(hits: list[Row], here: list[Row]) -> bool:
    """Whether a vendor was meant that does not come to the event, whoever else there has a name like it."""
    if not here:
        return bool(hits) and _best(hits) >= _SURE
    return _is_exact(hits) and not _is_exact(here)


def _is_exact(hits: list[Row]) -> bool:
    return bool(hits) and _best(hits) == _EXACT


def _best(hits: list[Row]) -> float:
    return hits[0]["match"]


def _meant(hits: list[Row]) -> list[Row]:
    return [row for row in hits if row["match"] >= _best(hits) - _TIE]
