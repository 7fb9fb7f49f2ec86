"""What the model may ask about suggestions themselves."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from core.actions import queries
from core.kernel.tools import Done, ReadTool, ToolContext, ToolSpec


class ListPendingSuggestions(BaseModel):
    """No arguments: what waits in the organisation of who asks."""

    model_config = ConfigDict(extra="forbid")


async def _list_pending(ctx: ToolContext, _args: ListPendingSuggestions) -> Done:
    if not ctx.principal.may_read_notes:
        rows, total = await queries.waiting_outlines(ctx.tx)
        return _listed(total, rows)
    found, total = await queries.waiting(ctx.tx)
    rows = [
        {
            "id": each.id,
            "title": each.request.title,
            **({"change": ctx.named(each.action())} if ctx.named else {}),
            "action": each.request.action_type,
            "asked_by": each.request.asker_name,
            "risk": each.request.risk,
            "blocked": each.request.is_blocked,
            "deadline": each.request.deadline,
        }
        for each in found
    ]
    return _listed(total, rows)


def _listed(total: int, rows: list[dict[str, Any]]) -> Done:
    """Return the newest; how many wait is another number."""
    told = [{**row, "id": str(row["id"]), "deadline": row["deadline"].isoformat()} for row in rows]
    return Done({"total": total, "suggestions": told})


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="list_pending_suggestions",
        description="List the suggestions that wait for a decision, with who asked, the risk and the deadline.",
        args=ListPendingSuggestions,
        run=_list_pending,
    ),
)
