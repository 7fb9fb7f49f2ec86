"""What runs took and cost in SQL, summed up for the operator; the ceiling of an organisation's day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, LiteralString, get_args
from uuid import UUID

from core.kernel.tools import Transaction

Row = dict[str, Any]
By = Literal["day", "person", "event", "tool"]
"""What costs are summed up by."""
WAYS: tuple[By, ...] = get_args(By)

_SUMS: LiteralString = """
count(*) as turns, sum(input_tokens * part)::bigint as input_tokens, sum(cached_tokens * part)::bigint as cached_tokens,
sum(output_tokens * part)::bigint as output_tokens, sum(thought_tokens * part)::bigint as thought_tokens,
round(sum(estimated_cost_usd * part), 6) as cost,
count(*) filter (where completed_at is not null and estimated_cost_usd is null) as unknown
"""
_RUNS: LiteralString = """
select run.*, organization.name as organization, days.zone,
       (run.created_at at time zone days.zone)::date as day, 1.0::numeric as part
from public.organizations as organization
cross join lateral (select app.organization_zone(organization.id) as zone) as days
cross join lateral (
    select coalesce(%(since)s::date, (now() at time zone days.zone)::date - %(days)s::integer + 1)::timestamp
           at time zone days.zone as at) as since
join public.ai_runs as run on run.organization_id = organization.id and run.created_at >= since.at
where %(organization)s::uuid is null or organization.id = %(organization)s
"""
_NAMED: dict[By, LiteralString] = {
    "day": "select runs.*, day::text as name, null as detail from runs",
    "person": """
        select runs.*, person.full_name as name, person.email as detail from runs
        join public.user_profiles as person
            on person.organization_id = runs.organization_id and person.id = runs.user_id""",
    "event": """
        select runs.*, event.name, null as detail from runs left join public.events as event
            on event.organization_id = runs.organization_id and event.id = runs.event_id""",
    # A turn that called several tools counts for each by its share of the calls, so that the sum is what was paid.
    "tool": """
        select runs.organization, runs.zone, runs.completed_at, runs.input_tokens, runs.cached_tokens,
               runs.output_tokens, runs.thought_tokens, runs.estimated_cost_usd, tool.key as name, null as detail,
               coalesce(tool.value::numeric / runs.tool_calls, 1) as part
        from runs left join lateral jsonb_each_text(runs.output_data -> 'tools') as tool on true""",
}
_ORDER: dict[By, LiteralString] = {
    "day": "name desc",
    "person": "cost desc nulls last, name, detail",
    "event": "cost desc nulls last, name",
    "tool": "cost desc nulls last, name",
}
SPENT: LiteralString = """
select organization.ceiling_usd as ceiling, app.organization_zone(organization.id) as zone, (
    select coalesce(sum(run.estimated_cost_usd), 0) from public.ai_runs as run
    where run.organization_id = organization.id
      and run.created_at >= date_trunc('day', now(), app.organization_zone(organization.id))) as spent
from public.organizations as organization where organization.id = %(organization)s
"""
SET_CEILING: LiteralString = """
update public.organizations
set ceiling_usd = case when %(sets)s then %(ceiling)s else ceiling_usd end,
    time_zone = coalesce(%(zone)s, time_zone), ceiling_told_until = null
where id = %(organization)s
"""


@dataclass(frozen=True, slots=True)
class Since:
    """From which day on, by each organisation's own clock: a date, or the last so many days with today."""

    day: date | None = None
    days: int = 30


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What an organisation allows itself in a day, in US dollars, and what today cost it so far."""

    dollars: Decimal | None
    spent: Decimal
    zone: str


async def costs(tx: Transaction, by: By, since: Since, organization: UUID | None) -> list[Row]:
    """Return turns, tokens and cost in dollars by day, person, event or tool; each organisation for itself.

    ``unknown`` counts the turns whose cost nobody knows; they are not in ``cost``.
    """
    query = (
        "with runs as (" + _RUNS + "), named as (" + _NAMED[by] + ") select organization, zone, name, detail, " + _SUMS
    )
    order = " from named group by organization, zone, name, detail order by organization, " + _ORDER[by]
    values = {"since": since.day, "days": since.days, "organization": organization}
    return await (await tx.execute(query + order, values)).fetchall()


async def ceiling_of(tx: Transaction, organization: UUID) -> Ceiling:
    """Return the ceiling of an organisation and what its day cost so far."""
    [row] = await (await tx.execute(SPENT, {"organization": organization})).fetchall()
    return Ceiling(row["ceiling"], row["spent"], row["zone"])


async def set_ceiling(
    tx: Transaction, organization: UUID, *, sets: bool, dollars: Decimal | None, zone: str | None
) -> None:
    """Set the ceiling (None: no ceiling) where ``sets``, and the zone where one is given."""
    values = {"organization": organization, "sets": sets, "ceiling": dollars, "zone": zone}
    await tx.execute(SET_CEILING, values)
