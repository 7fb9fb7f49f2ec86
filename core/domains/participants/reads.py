"""What the model may ask about participants; answered at once, as the person who asked."""

from functools import partial
from itertools import groupby
from typing import Any

from core.domains.participants import queries
from core.domains.participants.models import GetParticipantAgenda, ListVips
from core.domains.participants.resolve import the_participant
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import in_event, the_event
from core.naming.resolve import session_data
from core.naming.times import local_text

Row = dict[str, Any]

_MOST_VIPS = 60
"""VIPs per answer; more are said to be there, so that the model does not call the list whole."""


async def get_participant_agenda(ctx: ToolContext, args: GetParticipantAgenda) -> Done | Refused:
    """Return a person's sessions in order, with the room, and their place in the line where they wait."""
    return await in_event(ctx, args.event, partial(_agenda_of, ctx, args.participant))


async def _agenda_of(ctx: ToolContext, said: str, event: Row) -> Done | Refused:
    person = await the_participant(ctx, event, said)
    if isinstance(person, Refused):
        return person
    zone = event["time_zone"]
    rows = await queries.agenda(ctx.tx, person["id"])
    return Done(
        {
            "event": event["name"],
            "time_zone": zone,
            "participant": _person(person, zone),
            "sessions": [{**session_data(row, zone), "waiting_list_position": row["position"]} for row in rows],
        }
    )


async def list_vips(ctx: ToolContext, args: ListVips) -> Done | Refused:
    """Return the VIPs with their notes and the sessions that they are in now or come to next."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    zone = event["time_zone"]
    rows = await queries.vips(ctx, event["id"], _MOST_VIPS + 1)
    people = [list(group) for _, group in groupby(rows, key=lambda row: row["person_id"])]
    vips = [
        {
            "name": sessions[0]["full_name"],
            "note": sessions[0]["vip_notes"],
            "checked_in": sessions[0]["checked_in_at"] is not None,
            "next_sessions": [
                {**session_data(row, zone), "is_running": row["start_time"] <= ctx.now}
                for row in sessions
                if row["id"] is not None
            ],
        }
        for sessions in people[:_MOST_VIPS]
    ]
    return Done({"event": event["name"], "time_zone": zone, "vips": vips, "more": len(people) > _MOST_VIPS})


def _person(person: Row, zone: str) -> Row:
    arrived = person["checked_in_at"]
    return {
        "id": str(person["id"]),
        "name": person["full_name"],
        "is_vip": person["is_vip"],
        "vip_note": person["vip_notes"] if person["is_vip"] else None,
        "checked_in_at": local_text(arrived, zone) if arrived else None,
    }


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="get_participant_agenda",
        description="Read which sessions a participant is registered for, in order, with rooms and waiting lists.",
        args=GetParticipantAgenda,
        run=get_participant_agenda,
    ),
    ReadTool(
        name="list_vips",
        description="List an event's VIPs with their notes and the sessions they are in now or come to next.",
        args=ListVips,
        run=list_vips,
    ),
)
