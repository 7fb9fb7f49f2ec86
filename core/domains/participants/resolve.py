"""From what people say to the participant they mean; several that match are handed back, never guessed."""

from typing import Any
from uuid import UUID

from core.domains.participants import queries
from core.kernel.phrases import phrase
from core.kernel.tools import Refused, ToolContext

Row = dict[str, Any]

_AS_GOOD = 0.1
"""Hits this close to the best one may be meant as well; the same distance as for sessions."""


async def the_participant(ctx: ToolContext, event: Row, said: str, *, among: UUID | None = None) -> Row | Refused:
    """Return a person of the event, by id, by exact name, or by the only one whose name is like it.

    ``among`` is a session: of several people of one name those who are registered there are meant.
    """
    by_id = await _by_id(ctx, event, said)
    if by_id is not None:
        return by_id
    places = (among, None) if among is not None else (None,)
    # The very name anywhere in the event is meant before a name in the session that is only like it.
    for look in (queries.by_name, _like):
        for session in places:
            found = await look(ctx, event["id"], said, session)
            if len(found) == 1:
                return found[0]
            if found:
                return _which(found)
    return Refused(phrase("participant-unknown", name=said, event=event["name"]), is_unknown=True)


def _which(found: list[Row]) -> Refused:
    candidates = [{"id": str(row["id"]), "name": row["full_name"], "email": row["email"]} for row in found]
    return Refused(phrase("participant-which", names=tuple(_label(row) for row in found)), {"candidates": candidates})


def _label(row: Row) -> str:
    return f"{row['full_name']} ({row['email']})" if row["email"] else row["full_name"]


async def _like(ctx: ToolContext, event_id: UUID, said: str, session_id: UUID | None) -> list[Row]:
    hits = await queries.like_name(ctx, event_id, said, session_id)
    return [row for row in hits if row["match"] >= hits[0]["match"] - _AS_GOOD]


async def _by_id(ctx: ToolContext, event: Row, said: str) -> Row | None:
    try:
        participant_id = UUID(said)
    except ValueError:
        return None
    return await queries.by_id(ctx, event["id"], participant_id)
