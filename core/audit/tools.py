"""What the model may ask about the log: the whole story of one suggestion."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from core.audit.history import queries
from core.kernel.phrases import phrase
from core.kernel.tools import Action, Done, ReadTool, Refused, ToolContext, ToolSpec

Row = dict[str, Any]

_OPEN = ("suggested", "approved")


class ExplainSuggestion(BaseModel):
    """Which suggestion."""

    model_config = ConfigDict(extra="forbid")

    suggestion: str = Field(min_length=1, max_length=500, description="Its id, or what it is about.")


async def explain_suggestion(ctx: ToolContext, args: ExplainSuggestion) -> Done | Refused:
    """Return who asked for what in which words, what was shown, every step with who, when and where, and the end."""
    suggestion_id, others = _as_id(args.suggestion), list[Row]()
    if suggestion_id is None:
        found = await queries.meant(ctx, args.suggestion)
        suggestion_id, others = (found[0]["id"], found[1:]) if found else (None, [])
    story = await queries.suggestion_by_id(ctx, suggestion_id) if suggestion_id else None
    if story is None:
        return Refused(phrase("history-unknown", said=args.suggestion))
    steps = await queries.steps(ctx, story["id"])
    told = {**_story(story, ctx.now), **_named(ctx, story), "steps": [_step(step, story) for step in steps]}
    if others:
        told["others_that_match"] = [_other(row) for row in others]
    return Done(told)


def _named(ctx: ToolContext, row: Row) -> Row:
    """Say what would change, or changed, in the words of its card; not of an entry from before its action was so."""
    if ctx.named is None or not ctx.principal.may_read_notes:
        return {}
    data = row["action_data"]
    args, undoes = data.get("args") or {}, bool(data.get("undoes"))
    action = Action(row["id"], row["action_type"], args, row["before_state"], row["zone"], "", is_undo=undoes)
    try:
        return {"change": ctx.named(action)}
    except (LookupError, TypeError, ValueError):
        return {}


def _as_id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _story(row: Row, now: datetime) -> Row:
    zone, data, before = row["zone"], row["action_data"], row["before_state"]
    return {
        "id": str(row["id"]),
        "action": row["action_type"],
        "title": row["title"],
        "event": row["event"],
        "time_zone": zone,
        "asked_by": row["asked_by"],
        "asked_in_their_words": data.get("user_message", data.get("request")),
        "asked_at": _local(row["suggested_at"], zone),
        "asked_in": _chat(row["origin"]),
        "proposed": data.get("args"),
        "before": before,
        "conflicts": row["conflicts"],
        "impact": row["impact"],
        "risk": row["risk"],
        "blocked": row["is_blocked"],
        "deadline": _local(row["deadline"], zone),
        "shown_in": [
            {**_chat(copy), "at": _local(datetime.fromisoformat(copy["posted_at"]), zone)} for copy in row["shown_in"]
        ],
        "status": row["execution_status"],
        "ended": None if row["execution_status"] in _OPEN else _end(row),
        "waited": _waited(row, now),
        "run": row["run"],
        "replaces": str(row["replaces"]) if row["replaces"] else None,
        **_edited(row),
    }


def _edited(row: Row) -> Row:
    """Say who changed what was suggested first, and each value as it was and as it is; nothing where nobody did."""
    if row["edited_from"] is None:
        return {}
    both: list[Row] = [row["before_edit"] or {}, row["action_data"]]
    names = sorted(frozenset().union(*(each.get("changes") or {} for each in both)))
    was, now = (each.get("proposed_state") or {} for each in both)
    changed = {name: {"was": was.get(name), "is": now.get(name)} for name in names if was.get(name) != now.get(name)}
    by = row["action_data"].get("edited_by")
    return {"edited": {"from": str(row["edited_from"]), "by": by, "changed": changed}}


def _end(row: Row) -> Row:
    """Say how it ended; an expired one was decided by nobody."""
    return {
        "as": row["execution_status"],
        "at": _local(row["decided_at"] or row["deadline"], row["zone"]),
        "by": row["decided_by"],
        "in": _chat(row["decided_from"]),
        "reason": (row["decided_from"] or {}).get("reason"),
        "error": row["execution_error"],
        "replaced_by": str(row["superseded_by"]) if row["superseded_by"] else None,
    }


def _step(row: Row, story: Row) -> Row:
    """Return one step; the first one happened where it was asked for."""
    what: Row = row["what"]
    return {
        "position": row["position"],
        "at": _local(row["at"], story["zone"]),
        "from": row["from_status"],
        "to": row["to_status"],
        "by": row["actor"],
        "in": _chat(story["origin"] if row["to_status"] == "suggested" else what.get("decided_from")),
        "error": what.get("execution_error"),
    }


def _other(row: Row) -> Row:
    return {
        "id": str(row["id"]),
        "action": row["action_type"],
        "title": row["title"],
        "asked_at": _local(row["created_at"], row["zone"]),
        "status": row["execution_status"],
    }


def _chat(origin: Row | None) -> Row:
    """Return platform and channel of an address, empty where there is none."""
    return {key: origin[key] for key in ("platform", "channel") if origin and origin.get(key)}


def _waited(row: Row, now: datetime) -> str:
    until = row["decided_at"] or (now if row["execution_status"] in _OPEN else row["deadline"])
    return str(timedelta(seconds=max(0, int((until - row["suggested_at"]).total_seconds()))))


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="explain_suggestion",
        description=(
            "Tell the story of one suggestion: who asked for what in which words, its conflicts and risk, every step "
            "with who, when and where, and how it ended."
        ),
        args=ExplainSuggestion,
        run=explain_suggestion,
    ),
)
