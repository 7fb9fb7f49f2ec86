"""A day of 40 rooms and 1,000 sessions, nearly full, and moves to where another session stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, LiteralString
from uuid import UUID

from bots.bench.office import DAY, open_office
from bots.bench.stage import Stage
from core.db import Database
from core.domains.schedule.models import UpdateScheduleItem
from core.kernel.principal import Principal

Row = dict[str, Any]

_ROOMS, _SLOTS = 40, 26
"""Half hours from eight in the morning; every room is empty in one of them, which leaves 1,000 sessions."""
_OPENS = datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=UTC)
NOW = _OPENS - timedelta(days=30)
"""When everything is asked."""
_EVENT: LiteralString = """
insert into public.events (organization_id, name, starts_on, ends_on, time_zone, status)
values (%(organization)s, 'A Full Day', %(day)s, %(day)s, 'UTC', 'published') returning id
"""
_HALLS: LiteralString = """
insert into public.rooms (organization_id, event_id, name, capacity)
select %(organization)s, %(event)s, 'Room ' || n, 50 + n from generate_series(0, %(rooms)s - 1) as n
"""
_SESSIONS: LiteralString = """
insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time)
select %(organization)s, %(event)s, 'Talk ' || room || '/' || slot, 'Room ' || room, 'Guest ' || room || '/' || slot,
       starts, starts + interval '30 minutes'
from generate_series(0, %(rooms)s - 1) as room
cross join generate_series(0, %(slots)s - 1) as slot
cross join lateral (select %(opens)s::timestamptz + slot * interval '30 minutes') as starting(starts)
where slot <> room * 7 %% %(slots)s
returning id, room, start_time
"""


@dataclass(frozen=True, slots=True)
class FullDay:
    """Who asks, and what there is to ask about."""

    manager: Principal
    event_id: UUID
    talks: tuple[Row, ...]
    """``id``, ``room`` and ``start_time`` of each."""

    def moves(self, random: Random) -> Iterator[UpdateScheduleItem]:
        """Yield, without end, moves to another room at another time, where another session stands."""
        while True:
            moved, taken = random.sample(self.talks, 2)
            if moved["room"] != taken["room"] and moved["start_time"] != taken["start_time"]:
                changes = {"room": taken["room"], "start_time": f"{taken['start_time']:%H:%M}"}
                yield UpdateScheduleItem.model_validate({"schedule_id": str(moved["id"]), "changes": changes})


async def open_full_day(stage: Stage, database: str, db: Database) -> FullDay:
    """Add the organisation and its day to a fresh database."""
    manager = (await open_office(stage, database, db, sessions=1)).manager
    values: dict[str, Any] = {
        "organization": manager.organization_id,
        "day": DAY,
        "rooms": _ROOMS,
        "slots": _SLOTS,
        "opens": _OPENS,
    }
    async with stage.owner(database) as conn:
        [event] = await (await conn.execute(_EVENT, values)).fetchall()
        values["event"] = event["id"]
        await conn.execute(_HALLS, values)
        talks = await (await conn.execute(_SESSIONS, values)).fetchall()
        await conn.execute("vacuum (analyze)")
    return FullDay(manager, event["id"], tuple(talks))
