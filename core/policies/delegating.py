"""How somebody's right to decide passes to another for some days: proposed, ended, taken back."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import DECIDING_ROLES
from core.kernel.proposals import Effect, Impact, Proposal
from core.kernel.tools import Action, Inverse, Refused, Said, ToolContext
from core.policies import queries
from core.policies.asked import CreateDelegation, EndDelegation
from core.policies.models import Person
from core.policies.resolve import the_decider

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {
    "delegation_create": "create",
    "delegation_end": "update",
    "delegation_resume": "update",
}


async def preview_create(ctx: ToolContext, args: CreateDelegation) -> Proposal | Refused:
    """Propose that somebody decides in another's place for some days, which begin and end where the absent lives."""
    giver = await _absent(ctx, args.absent)
    if isinstance(giver, Refused):
        return giver
    taker = await the_decider(ctx.tx, args.delegate)
    if isinstance(taker, Refused):
        return taker
    zone = ZoneInfo(giver.timezone)
    first = args.first_day or ctx.now.astimezone(zone).date()
    change: Row = {
        "new_id": str(uuid4()),
        "from_user": str(giver.id),
        "to_user": str(taker.id),
        "starts_at": datetime.combine(first, time(0), zone).isoformat(),
        "ends_at": datetime.combine(args.last_day + timedelta(days=1), time(0), zone).isoformat(),
    }
    return await propose("delegation_create", ctx, change)


async def preview_end(ctx: ToolContext, args: EndDelegation) -> Proposal | Refused:
    """Propose that a delegation ends now: the one that holds, else the next one."""
    giver = await _absent(ctx, args.absent)
    if isinstance(giver, Refused):
        return giver
    found = next((row for row in await queries.delegations(ctx.tx) if row["from_user"] == giver.id), None)
    if found is None:
        return Refused(phrase("delegation-none", name=giver.name))
    return await propose("delegation_end", ctx, {"delegation_id": str(found["id"])})


async def propose(action_type: str, ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look at the people and at what would overlap; refused in one sentence where there is nothing to decide."""
    facts, digest = await queries.DELEGATION.facts(ctx.tx, change)
    why = _why_not(action_type, change, facts, ctx)
    if why is not None:
        return Refused(why)
    row: Row = facts["now"] or change
    before = {
        "from": facts["from"],
        "to": facts["to"],
        "starts_at": row["starts_at"],
        "ends_at": row["ends_at"],
        "ended_at": row.get("ended_at"),
    }
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS[action_type],
        event_id=None,
        args=change,
        before=before,
        proposed={**before, "holds": action_type != "delegation_end"},
        zone=ctx.principal.timezone,
        facts_digest=digest,
        conflicts=(),
        impact=Impact(counts_people=False),
        starts_at=None,
        least_risk="high",
    )


def _why_not(action_type: str, change: Row, facts: Row, ctx: ToolContext) -> Phrase | None:
    """Return why a delegation cannot be made, ended or resumed, or None."""
    now: Row | None = facts["now"]
    if action_type == "delegation_end":
        return phrase("delegation-gone") if now is None or now["ended_at"] is not None else None
    if action_type == "delegation_resume" and (now is None or now["ended_at"] is None):
        return phrase("delegation-gone")
    if action_type == "delegation_create" and now is not None:
        return phrase("delegation-gone")
    row: Row = now or change
    return _wrong_people(row, facts) or _wrong_times(row, facts, ctx)


def inverse(action: Action) -> Inverse | None:
    """What was made is ended; what was ended holds again as if nothing had been."""
    if action.action_type == "delegation_create":
        return Inverse("delegation_end", {"delegation_id": action.args["new_id"]})
    back = "delegation_end" if action.action_type == "delegation_resume" else "delegation_resume"
    return Inverse(back, {"delegation_id": action.args["delegation_id"]})


def said(action: Action) -> Said:
    """Return who decides meanwhile and on which days, both included, as they are where the absent lives."""
    args = action.args
    first, after = (datetime.fromisoformat(args[each]).date() for each in ("starts_at", "ends_at"))
    days = {"first_day": first.isoformat(), "last_day": (after - timedelta(days=1)).isoformat()}
    return Said({"absent": args["from_user"]}, {"delegate": args["to_user"], **days})


async def _absent(ctx: ToolContext, said: str | None) -> Person | Refused:
    if said is None:
        me = ctx.principal
        return Person(me.user_id, me.name, me.role, me.timezone)
    return await the_decider(ctx.tx, said)


def _wrong_people(row: Row, facts: Row) -> Phrase | None:
    giver, taker = facts["from"], facts["to"]
    if giver is None or taker is None:
        return phrase("policy-person-gone")
    if row["from_user"] == row["to_user"]:
        return phrase("delegation-to-oneself", name=giver["name"])
    if giver["role"] not in DECIDING_ROLES:
        return phrase("delegation-nothing-to-give", name=giver["name"])
    if taker["role"] not in DECIDING_ROLES:
        return phrase("policy-never-decides", name=taker["name"])
    return None


def _wrong_times(row: Row, facts: Row, ctx: ToolContext) -> Phrase | None:
    starts, ends = datetime.fromisoformat(row["starts_at"]), datetime.fromisoformat(row["ends_at"])
    if ends <= starts:
        return phrase("delegation-backwards")
    if ends <= ctx.now:
        return phrase("delegation-past")
    other: Row | None = facts["overlap"]
    if other is None:
        return None
    zone = ctx.principal.timezone
    return phrase(
        "delegation-overlaps",
        name=facts["from"]["name"],
        to=other["to"] or "",
        start=Moment(datetime.fromisoformat(other["starts_at"]), zone),
        end=Moment(datetime.fromisoformat(other["ends_at"]), zone),
    )
