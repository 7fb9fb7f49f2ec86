"""What an organisation lets the model cost in a day is reached: whoever asks hears when it goes on, the owners once."""

from datetime import datetime

from core.conversations.queries import Answer
from core.conversations.runs import queries as runs
from core.flows.breakages import tell_owners
from core.flows.runtime import Runtime
from core.flows.store_turn import Turn, store_turn
from core.kernel.phrases import Moment, phrase
from core.texts import say


async def say_paused(rt: Runtime, turn: Turn, until: datetime) -> None:
    """Answer a message that the model is not asked about before ``until``."""
    principal = turn.principal
    async with rt.db.as_system() as tx:
        told = await runs.begin_telling(tx, principal.organization_id, until)
        if told is not None:
            ceiling, zone = told
            said = phrase("ceiling-told", dollars=f"{ceiling:,.2f}", at=Moment(until, zone))
            await tell_owners(tx, principal.organization_id, said)
    said = phrase("ceiling-reached", at=Moment(until, principal.timezone))
    await store_turn(rt, turn, Answer(say(principal.locale, said)))
