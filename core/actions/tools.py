"""What the model may ask about suggestions themselves."""

from pydantic import BaseModel, ConfigDict

from core.actions import queries
from core.actions.suggestion import subject
from core.kernel.tools import Done, ReadTool, ToolContext, ToolSpec


class ListPendingSuggestions(BaseModel):
    """No arguments: what waits in the organisation of who asks."""

    model_config = ConfigDict(extra="forbid")


async def _list_pending(ctx: ToolContext, _args: ListPendingSuggestions) -> Done:
    found, total = await queries.waiting(ctx.tx)
    return Done(
        {
            # The newest are listed; how many wait is another number.
            "total": total,
            "suggestions": [
                {
                    "id": str(each.id),
                    "title": subject(each.before, each.args),
                    "action": each.action_type,
                    "asked_by": each.asker_name,
                    "risk": each.risk,
                    "blocked": each.is_blocked,
                    "deadline": each.deadline.isoformat(),
                }
                for each in found
            ],
        }
    )


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="list_pending_suggestions",
        description="List the suggestions that wait for a decision, with who asked, the risk and the deadline.",
        args=ListPendingSuggestions,
        run=_list_pending,
    ),
)
