"""What fills the large database: ids that can be computed, words of two languages, no overlap in a room."""

from typing import LiteralString

SESSIONS_PER_EVENT = 50
"""On two days, in five rooms."""
PEOPLE_PER_ORGANIZATION = 4
"""A manager, a viewer and two of the staff."""
ORGANIZATION, PERSON, EVENT, SESSION = range(1, 5)
"""What an id begins with (32 bits); it ends with a number from 0 (48 bits)."""

# Every tenth event and every tenth entry of the log belong to organisation 0, so that what the large one owns lies
# scattered among the rows of all others, as it would after years of use.
FUNCTIONS: LiteralString = """
create function pg_temp.id(kind bigint, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
create function pg_temp.owner_of(n bigint, organizations bigint) returns bigint language sql immutable as $$
    select case when n % 10 = 0 then 0 else 1 + (n / 10 * 9 + n % 10 - 1) % (organizations - 1) end $$;
create function pg_temp.event_of(owner bigint, organizations bigint, events bigint, chance float8) returns bigint
    language sql immutable as $$
    select case when owner = 0 then floor(chance * (events / 10))::bigint * 10
           else (select m / 9 * 10 + m % 9 + 1 from (
               select owner - 1 + (organizations - 1) * floor(chance * (events / 10 * 9 / (organizations - 1)))::bigint
           ) as picked(m)) end $$;
create function pg_temp.one_of(list text[]) returns text language sql volatile as $$
    select list[1 + floor(power(random(), 1.7) * cardinality(list))::integer] $$;
create function pg_temp.coined(syllables text[]) returns text language sql volatile as $$
    select pg_temp.one_of(syllables) || pg_temp.one_of(syllables) || pg_temp.one_of(syllables) $$;
create function pg_temp.title(words text[], syllables text[]) returns text language sql volatile as $$
    select initcap(pg_temp.one_of(words) || ' ' || pg_temp.one_of(words) || ' ' || pg_temp.one_of(words)
        || case when random() < 0.4 then ' ' || pg_temp.coined(syllables) else '' end) $$;
create function pg_temp.person(first text[], last text[]) returns text language sql volatile as $$
    select pg_temp.one_of(first) || ' ' || pg_temp.one_of(last) $$;
"""

_ORGANIZATIONS: LiteralString = """
insert into public.organizations (id, name)
select pg_temp.id(1, n), 'Organisation ' || n from generate_series(0, %(organizations)s::bigint - 1) as n
"""
_PEOPLE: LiteralString = """
insert into public.user_profiles (id, organization_id, email, full_name, role)
select pg_temp.id(2, n), pg_temp.id(1, n / 4), 'person' || n || '@bench.example',
       pg_temp.person(%(first_en)s::text[], %(last_en)s::text[]),
       case n %% 4 when 0 then 'manager' when 1 then 'viewer' else 'staff' end
from generate_series(0, 4 * %(organizations)s::bigint - 1) as n
"""
_EVENTS: LiteralString = """
insert into public.events (id, organization_id, name, starts_on, ends_on, status)
select pg_temp.id(3, n), pg_temp.id(1, pg_temp.owner_of(n, %(organizations)s)), 'Event ' || n, day, day + 1, 'published'
from generate_series(0, %(events)s::bigint - 1) as n
cross join lateral (select date '2030-01-01' + (n %% 700)::integer) as starting(day)
"""
_ROOMS: LiteralString = """
insert into public.rooms (id, organization_id, event_id, name, capacity, may_be_shared)
select pg_temp.id(5, n), pg_temp.id(1, pg_temp.owner_of(n / 5, %(organizations)s)), pg_temp.id(3, n / 5),
       'Hall ' || n %% 5, 50 * (n %% 5 + 1), n %% 5 = 4
from generate_series(0, 5 * %(events)s::bigint - 1) as n
"""
# Five rooms, five sessions a day in each, 90 minutes apart; room_shared as the trigger copy_room_rule would fill it.
# Who moderates the fourth room is there all day: moving one of these sessions meets a conflict of its speaker.
_SESSIONS: LiteralString = """
insert into public.schedules
    (id, organization_id, event_id, title, start_time, end_time, room, room_shared, speaker_name, max_capacity)
select pg_temp.id(4, n), pg_temp.id(1, pg_temp.owner_of(n / 50, %(organizations)s)), pg_temp.id(3, n / 50),
       case when n %% 10 < 3 then pg_temp.title(%(words_he)s::text[], %(syllables_he)s::text[])
            else pg_temp.title(%(words_en)s::text[], %(syllables_en)s::text[]) end,
       starts, starts + (45 + n %% 4 * 15) * interval '1 minute',
       'Hall ' || n %% 5, n %% 5 = 4,
       case when n %% 5 = 3 then 'Moderator ' || n / 50
            when n %% 10 < 3 then pg_temp.person(%(first_he)s::text[], %(last_he)s::text[])
            else pg_temp.person(%(first_en)s::text[], %(last_en)s::text[]) end
       || case when n %% 7 = 0 then ', ' || pg_temp.person(%(first_en)s::text[], %(last_en)s::text[]) else '' end,
       case when n %% 3 = 0 then 40 end
from generate_series(0, 50 * %(events)s::bigint - 1) as n
cross join lateral (
    select timestamptz '2030-01-01 09:00+00' + (n / 50 %% 700 + n %% 50 / 25) * interval '1 day'
           + n %% 25 / 5 * interval '90 minutes') as starting(starts)
"""
_PARTICIPANTS: LiteralString = """
insert into public.participants (id, organization_id, event_id, full_name, email, is_vip, vip_notes)
select pg_temp.id(6, n), pg_temp.id(1, pg_temp.owner_of(n / 25, %(organizations)s)), pg_temp.id(3, n / 25),
       pg_temp.person(%(first_en)s::text[], %(last_en)s::text[]), 'guest' || n || '@bench.example',
       n %% 5 = 0, case when n %% 5 = 0 then 'Sits in the front row' end
from generate_series(0, 25 * %(events)s::bigint - 1) as n
"""
# Every tenth session is one that people register for: ten of the event's 25 sit in it, two of them VIPs.
_SEATS: LiteralString = """
insert into public.participant_schedules (organization_id, schedule_id, participant_id)
select pg_temp.id(1, pg_temp.owner_of(n / 50, %(organizations)s)), pg_temp.id(4, n / 10 * 10),
       pg_temp.id(6, n / 50 * 25 + (n / 10 %% 5 * 5 + n %% 10) %% 25)
from generate_series(0, 50 * %(events)s::bigint - 1) as n
"""
# Oldest first, 20 seconds apart. What still waits is young; a few have run out and wait for the sweeper.
_LOG: LiteralString = """
insert into public.ai_insights_log (
    id, organization_id, kind, user_id, event_id, action_type, action_data, execution_status, executed_at, decided_at,
    decided_by, created_at, correlation_id, origin, conflicts, impact, effect, zone, facts_digest, shown_hash, risk,
    deadline)
select pg_temp.id(7, n), pg_temp.id(1, owner), kind, pg_temp.id(2, owner * 4), pg_temp.id(3, event),
       case kind when 'suggestion' then 'update_schedule_item' else 'get_agenda' end,
       jsonb_build_object('args', jsonb_build_object(
           'event_id', pg_temp.id(3, event), 'schedule_id', pg_temp.id(4, event * 50 + n %% 50),
           'set', jsonb_build_object('room', 'Hall ' || n %% 5)), 'request', null),
       status, case when status = 'executed' then at end, case when status in ('executed', 'rejected') then at end,
       case when status in ('executed', 'rejected') then pg_temp.id(2, owner * 4) end, at, pg_temp.id(8, n / 2),
       '{"platform": "slack", "workspace": "T0BENCH", "channel": "C0BENCH", "thread": null}'::jsonb,
       '[]', '{"affected_participants": 12, "vips": [{"name": "Ruth Bar", "note": "Sits in the front row"}]}'::jsonb,
       case when is_suggestion then 'update' end, case when is_suggestion then 'UTC' end,
       case when is_suggestion then md5(n::text) end, case when is_suggestion then md5(n::text) end,
       case when is_suggestion then 'medium' end,
       case when is_suggestion and n %% 50 = 7 then at when is_suggestion then timestamptz '2999-01-01' end
from (select n, random() as chance, random() as which, pg_temp.owner_of(n, %(organizations)s) as owner,
             now() - (%(entries)s - n) * interval '20 seconds' as at, n >= %(entries)s * 0.9 as is_young
      from generate_series(0, %(entries)s::bigint - 1) as n) as drawn
cross join lateral (select pg_temp.event_of(owner, %(organizations)s, %(events)s, which)) as of_event(event)
cross join lateral (select case when chance < 0.25 then 'suggestion' when chance < 0.85 then 'read'
                                when chance < 0.95 then 'refusal' else 'error' end) as of_kind(kind)
cross join lateral (select kind = 'suggestion') as of_suggestion(is_suggestion)
cross join lateral (
    select case when kind = 'read' then 'executed' when kind <> 'suggestion' then 'failed'
           else case when is_young and chance < 0.12 then 'suggested' when chance < 0.18 then 'executed'
                     when chance < 0.22 then 'rejected' when chance < 0.24 then 'expired'
                     else 'superseded' end end) as of_status(status)
"""
STEPS: tuple[LiteralString, ...] = (
    _ORGANIZATIONS,
    _PEOPLE,
    _EVENTS,
    _ROOMS,
    _SESSIONS,
    _PARTICIPANTS,
    _SEATS,
    _LOG,
)
