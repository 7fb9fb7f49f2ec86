"""What a done change was, as the model reads it: from the log's row alone, whatever the change was about. Pure."""

from datetime import datetime
from typing import Any

from core.kernel.claims import named
from core.naming.times import local_text

Row = dict[str, Any]


def changed_data(row: Row, zone: str) -> Row:
    """Return one executed action of ``queries.EXECUTED``: its subject, what was set, who asked and who approved."""
    args: Row = row["args"]
    before: Row = row["before_state"] or {}
    wanted: Row = _dict(args.get("set"))
    data: Row = {
        "at": local_text(row["executed_at"], zone),
        "action": row["action_type"],
        "what": named(before, wanted, args),
        "asked_by": row["asked_by"],
        "approved_by": row["approved_by"],
    }
    if row["effect"] == "update":
        data["changes"] = {
            column: {"before": _said(before.get(column), zone), "after": _said(value, zone)}
            for column, value in wanted.items()
        }
    return data


def _dict(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _said(value: Any, zone: str) -> Any:
    """Moments are stored in UTC and read at the event's own time."""
    if isinstance(value, str) and "T" in value:
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            return value
        return local_text(read, zone) if read.tzinfo is not None else value
    return value
