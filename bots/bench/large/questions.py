"""What tenants ask all day: the program's own statements, and the same by hand with the organisation named.

The statements by hand are for a superuser, whom no policy concerns: what a program without row-level security would
send. Everything else about them is the same, column by column, so that both answer with the same rows.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, LiteralString

from bots.bench.large.tenants import Tenant, day_of, event_id, session_id
from core.actions.queries import WAITING
from core.audit.queries import LATEST
from core.domains.schedule.queries import AGENDA, FACTS, REGISTERED

_AGENDA: LiteralString = """
select id, title, start_time, end_time, room, speaker_name, status from public.schedules
where organization_id = %(organization)s and event_id = %(event)s
  and start_time < %(until)s and end_time > %(since)s
order by start_time, room, id limit %(limit)s
"""
_SPEAKER_CONFLICTS: LiteralString = (
    "select * from public.check_speaker_conflicts(%(event)s, %(speaker)s, %(starts)s, %(ends)s, %(session)s)"
)
_SPEAKER_CONFLICTS_BY_HAND: LiteralString = """
select id as conflict_id, title as conflict_title, start_time as conflict_start, end_time as conflict_end, room,
       speaker_name from public.schedules
where organization_id = %(organization)s and event_id = %(event)s
  and start_time < %(ends)s and end_time > %(starts)s and status <> 'cancelled'
  and id is distinct from %(session)s::uuid and speaker_keys && app.name_keys(%(speaker)s)
order by start_time, id
"""
_REGISTERED: LiteralString = """
select person.full_name as name, person.is_vip, person.vip_notes as note, count(*) over () as registered
from public.participant_schedules as seat
join public.participants as person
  on person.organization_id = seat.organization_id and person.id = seat.participant_id
where seat.organization_id = %(organization)s and seat.schedule_id = %(id)s
  and seat.waiting_since is null
order by person.is_vip desc, person.full_name limit 60
"""
_LATEST: LiteralString = """
select entry.id, entry.created_at, entry.kind, entry.action_type, entry.execution_status, entry.execution_error,
       entry.risk, entry.action_data, entry.conflicts, entry.impact, entry.before_state, entry.approved_at,
       entry.executed_at, entry.decided_at, entry.deadline, entry.origin, entry.correlation_id, entry.shown_hash,
       entry.zone, entry.decided_from,
       (select full_name from public.user_profiles
        where organization_id = %(organization)s and id = entry.user_id) as asked_by,
       (select full_name from public.user_profiles
        where organization_id = %(organization)s and id = entry.decided_by) as decided_by,
       (select name from public.events where organization_id = %(organization)s and id = entry.event_id) as event,
       (select name from public.organizations where id = %(organization)s) as organization
from public.ai_insights_log as entry
where entry.organization_id = %(organization)s
order by entry.created_at desc, entry.id desc limit %(limit)s
"""
_WAITING: LiteralString = """
select entry.*,
    (select full_name from public.user_profiles where organization_id = %(organization)s and id = entry.user_id)
        as asker_name,
    (select full_name from public.user_profiles where organization_id = %(organization)s and id = entry.decided_by)
        as decider_name,
    (select array_agg(reader.full_name order by noted.acknowledged_at, reader.full_name)
     from public.acknowledgements as noted
     join public.user_profiles as reader on reader.organization_id = noted.organization_id and reader.id = noted.user_id
     where noted.organization_id = %(organization)s and noted.suggestion_id = entry.id
       and noted.shown_hash = entry.shown_hash and noted.withdrawn_at is null) as acknowledged_by,
    (select coalesce(max(noted.acknowledged_at) filter (where noted.withdrawn_at is null)
                     > coalesce(max(noted.withdrawn_at), '-infinity'), false)
     from public.acknowledgements as noted
     where noted.organization_id = %(organization)s and noted.suggestion_id = entry.id
       and noted.shown_hash = entry.shown_hash) as is_ticked,
    (select array_agg(voter.full_name order by vote.approved_at, voter.full_name)
     from public.approvals as vote
     join public.user_profiles as voter on voter.organization_id = vote.organization_id and voter.id = vote.user_id
     where vote.organization_id = %(organization)s and vote.suggestion_id = entry.id
       and vote.shown_hash = entry.shown_hash) as approved_by_names,
    count(*) over () as total
from public.ai_insights_log as entry
where entry.organization_id = %(organization)s and entry.execution_status = 'suggested'
  and entry.kind = 'suggestion' and entry.deadline > now()
order by entry.created_at desc limit 20
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One kind of read."""

    what: str
    ours: LiteralString
    theirs: LiteralString
    values: Callable[[Random, Tenant], dict[str, Any]]
    """Draw what is asked about; ``theirs`` gets the organisation as well."""


def _agenda(random: Random, tenant: Tenant) -> dict[str, Any]:
    event = random.choice(tenant.events)
    since, until = day_of(event, random.randrange(2))
    return {"event": event_id(event), "since": since, "until": until, "room": None, "speaker": None, "limit": 81}


def _move(random: Random, tenant: Tenant) -> dict[str, Any]:
    """Draw a moderated session and another hour of its day in another room: room and speaker are mostly taken."""
    event = random.choice(tenant.events)
    starts, ends = _hour(random, event)
    wanted = {"room": f"Hall {random.randrange(3)}", "start_time": starts.isoformat(), "end_time": ends.isoformat()}
    session = session_id(event, 5 * random.randrange(5) + 3)
    return {"change": json.dumps({"event_id": str(event_id(event)), "schedule_id": str(session), "set": wanted})}


def _speaker(random: Random, tenant: Tenant) -> dict[str, Any]:
    event = random.choice(tenant.events)
    starts, ends = _hour(random, event)
    speaker = random.choice((f"moderator {event}", "Dana Levi", "Maya Harris, Noa Katz"))
    session = session_id(event, random.randrange(25))
    return {"event": event_id(event), "speaker": speaker, "starts": starts, "ends": ends, "session": session}


def _hour(random: Random, event: int) -> tuple[datetime, datetime]:
    starts = day_of(event)[0] + timedelta(hours=9, minutes=30 * random.randrange(12))
    return starts, starts + timedelta(hours=1)


def _registered(random: Random, tenant: Tenant) -> dict[str, Any]:
    return {"id": session_id(random.choice(tenant.events), random.randrange(5) * 10)}


def _latest(_random: Random, _tenant: Tenant) -> dict[str, Any]:
    return {"organization": None, "event": None, "status": None, "limit": 50}


def _waiting(_random: Random, _tenant: Tenant) -> dict[str, Any]:
    return {}


QUESTIONS: tuple[Question, ...] = (
    Question(what="agenda of a day", ours=AGENDA, theirs=_AGENDA, values=_agenda),
    # The same function: without policies in its way, its own conditions name the organisation.
    Question(what="facts of a move: room, speaker, VIPs", ours=FACTS, theirs=FACTS, values=_move),
    Question(
        what="conflicts of a speaker", ours=_SPEAKER_CONFLICTS, theirs=_SPEAKER_CONFLICTS_BY_HAND, values=_speaker
    ),
    Question(what="VIPs of a session", ours=REGISTERED, theirs=_REGISTERED, values=_registered),
    Question(what="latest 50 of the log", ours=LATEST, theirs=_LATEST, values=_latest),
    Question(what="pending suggestions", ours=WAITING, theirs=_WAITING, values=_waiting),
)
"""In the order of the table."""
