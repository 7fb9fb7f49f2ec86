"""From what people call an item or a colleague to the one they mean, or a question back with those it may be."""

from typing import Any
from uuid import UUID

from core.domains.checklists import queries
from core.kernel.phrases import phrase
from core.kernel.tools import Refused, ToolContext
from core.naming import queries as naming
from core.naming.events import in_event
from core.naming.times import local_text

Row = dict[str, Any]

_ALIKE, _SURE = 0.4, 0.6
"""Word similarity from which a name is worth asking back with, and from which it counts as meant (pg_trgm's own)."""
_TIE = 0.1


async def the_open_item(ctx: ToolContext, said: str, event_name: str | None) -> tuple[Row, Row] | Refused:
    """Return an item that is still to be done and its event, by id, by title, or by the only one that is like it."""
    by_id = await _by_id(ctx, said)
    if by_id is not None:
        return _still_open(said, [by_id[0]], by_id[1])

    async def look(event: Row) -> tuple[Row, Row] | Refused:
        return _still_open(said, _meant(await queries.items_named(ctx.tx, said, event["id"], _ALIKE)), event)

    return await in_event(ctx, event_name, look)


def _still_open(said: str, found: list[Row], event: Row) -> tuple[Row, Row] | Refused:
    if not found:
        return Refused(phrase("checklist-item-unknown", title=said, event=event["name"]), is_unknown=True)
    still_open = [row for row in found if not row["is_done"]]
    if not still_open:
        return Refused(phrase("checklist-done-already", title=found[0]["title"]))
    if len(still_open) == 1 and _is_sure(still_open):
        return still_open[0], event
    zone = event["time_zone"]
    candidates = [
        {"id": str(row["id"]), "title": row["title"], "due": local_text(row["due_at"], zone) if row["due_at"] else None}
        for row in still_open
    ]
    titles = tuple(row["title"] for row in still_open)
    return Refused(phrase("checklist-item-which", title=said, titles=titles), {"candidates": candidates})


async def the_person(ctx: ToolContext, said: str) -> Row | Refused:
    """Return somebody of the organisation, by id, e-mail, name, or the only one whose name is like it."""
    found = _meant(await queries.people_named(ctx.tx, said, _ALIKE))
    if not found:
        return Refused(phrase("checklist-person-unknown", person=said))
    active = [row for row in found if row["is_active"]]
    if not active:
        return Refused(phrase("checklist-person-inactive", person=found[0]["name"]))
    if len(active) == 1 and _is_sure(active):
        return active[0]
    candidates = [{"id": str(row["id"]), "name": row["name"], "role": row["role"]} for row in active]
    names = tuple(row["name"] for row in active)
    return Refused(phrase("checklist-person-which", person=said, names=names), {"candidates": candidates})


async def _by_id(ctx: ToolContext, said: str) -> tuple[Row, Row] | None:
    try:
        item_id = UUID(said)
    except ValueError:
        return None
    item = await queries.item_by_id(ctx.tx, item_id)
    if item is None:
        return None
    event = await naming.event_by_id(ctx.tx, item["event_id"])
    return ({**item, "match": 2}, event) if event else None


def _meant(hits: list[Row]) -> list[Row]:
    return [row for row in hits if row["match"] >= hits[0]["match"] - _TIE]


def _is_sure(hits: list[Row]) -> bool:
    return hits[0]["match"] >= _SURE
