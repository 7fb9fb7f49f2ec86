"""What a sentence asks for, and the tool calls that lead there. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

Language = Literal["en", "he"]
Args = dict[str, Any]
Call = tuple[str, Args]


@dataclass(frozen=True, slots=True)
class Intent:
    """One understood sentence. ``kind`` is what is asked, ``call`` the tool that answers or proposes it."""

    kind: str
    language: Language
    call: Call | None = None
    minutes: int = 0
    """For a move by so many minutes, which needs the session's times first."""
    details: Args = field(default_factory=dict[str, Any])


def next_call(intent: Intent, answers: list[tuple[str, Args]]) -> Call | None:
    """Return the next tool call, or None when the answers so far are enough to speak."""
    if not answers:
        return intent.call
    name, answer = answers[-1]
    if intent.kind == "shift" and name == "get_session" and "session" in answer:
        return _shifted(answer["session"], intent.minutes)
    return None


def _shifted(session: Args, minutes: int) -> Call:
    start = datetime.fromisoformat(session["start"]) + timedelta(minutes=minutes)
    changes = {"start_time": start.strftime("%Y-%m-%dT%H:%M")}
    return "update_schedule_item", {"schedule_id": session["id"], "changes": changes}
