"""How the program judges a change before anybody sees it: the tool's preview, then the organisation's rules."""

from datetime import datetime

from core.actions.drafts import Weighed
from core.db import Database
from core.domains.schedule.models import UpdateScheduleItem
from core.flows.runtime import write_tool
from core.flows.suggesting import weigh
from core.kernel.principal import Principal
from core.kernel.tools import Refused, ToolContext

_UPDATE = "schedule_update"


class NotJudged(Exception):
    """A change that should have been judged was refused: the figure would measure something else."""


async def judged(db: Database, manager: Principal, said: UpdateScheduleItem, now: datetime) -> Weighed:
    """Return a change of a session as it would be stored: conflicts, impact, risk, policy and alternatives.

    Raises ``NotJudged``.
    """
    async with db.acting_as(manager) as tx:
        ctx = ToolContext(tx, manager, now)
        looked = await write_tool(_UPDATE).preview(ctx, said)
        if isinstance(looked, Refused):
            raise NotJudged(looked.why.id)
        return await weigh(ctx, looked)
