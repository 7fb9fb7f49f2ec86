"""A person who talks with the stand-in, and tools that answer like the program's over a small agenda."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bots.playground.sentences.conversation.plan import respond
from bots.playground.sentences.conversation.talk import Call, Step, Turn, read_texts
from core.flows.asides import split
from core.flows.runtime import declared_for, tools_for
from core.kernel.tools import ReadTool
from tests.unit.playground.sentences.answering import ANSWERS

CONTEXT = (
    "Now: Monday 2026-05-04T09:00 in Asia/Jerusalem. Person: Dana Levi. "
    "Current events: Stagecraft Conference (2026-05-05 to 2026-05-06)."
)
TOOLS: Mapping[str, frozenset[str]] = {
    declared.name: frozenset(declared.parameters["properties"]) for declared in declared_for("owner")
}
"""Every tool that the program declares to an owner, with the names of its arguments."""
READS = {tool.name: TOOLS[tool.name] for tool in tools_for("owner") if isinstance(tool, ReadTool)}
NEVER = datetime(1999, 1, 1)
"""What the clock says where the context does not; an answer that shows it read no context."""
SITUATION = read_texts([CONTEXT, ""], NEVER)[1]

Row = dict[str, Any]


def _row(id_: str, title: str, *times: str, room: str, speaker: str | None) -> Row:
    start, end = (f"2026-05-05T{clock}" for clock in times)
    place = {"start": start, "end": end, "room": room}
    return {"id": id_, "title": title, **place, "speaker": speaker, "status": "confirmed"}


SESSIONS = (
    _row("s1", "Stage Management 101", "09:30", "10:15", room="Hall C", speaker="Lior Peled"),
    _row("s2", "Stage Management for Festivals", "10:30", "11:15", room="Hall C", speaker="Rachel Dahan"),
    _row("s3", "חוזים עם ספקים", "10:30", "11:15", room="Hall B", speaker="עידו רז"),
    _row("s4", "Lunch on the Terrace", "13:00", "14:00", room="Terrace", speaker=None),
)


def answer(call: Call) -> Row:
    """Answer like the program's tools would, for four sessions. Raises for a call that the real tool refuses."""
    check(call)
    args = call.args
    wanted = str(args.get("session") or args.get("schedule_id"))
    if call.name in {"get_session", "update_schedule_item", "delete_schedule_item"}:
        return _about(call, [row for row in SESSIONS if row["id"] == wanted or wanted.lower() in row["title"].lower()])
    if call.name == "get_agenda":
        return {"event": "Stagecraft Conference", "time_zone": "Asia/Jerusalem", "more": False, **_agenda(args)}
    if call.name in READS:
        return ANSWERS[call.name]
    return waiting(call.name, str(args.get("title") or args.get("name") or args.get("participant") or "Something"))


def check(call: Call) -> None:
    """Raise ``ValidationError`` for arguments that the program's own tool does not take."""
    [tool] = [tool for tool in tools_for("owner") if tool.name == call.name]
    said = split(call.args)[0] if call.name not in READS else call.args
    tool.args.model_validate(said)


def _agenda(args: Row) -> Row:
    rows = [row for row in SESSIONS if all(row[key] == args.get(key, row[key]) for key in ("room", "speaker"))]
    return {"day": args.get("day", "2026-05-05"), "sessions": rows}


def _about(call: Call, rows: list[Row]) -> Row:
    if not rows:
        return {"status": "refused", "why": "I find no such session."}
    if len(rows) > 1:
        among = [{key: row[key] for key in ("id", "title", "start", "room")} for row in rows]
        return {"status": "refused", "why": "Which session do you mean?", "candidates": among}
    if call.name != "get_session":
        return waiting("schedule_update", rows[0]["title"])
    vips = [{"name": "Ruth Bar", "note": "Front row"}]
    return {"session": rows[0], "registered": 2, "capacity": 80, "vips": vips, "participants": ["Ruth Bar", "Eli Katz"]}


def waiting(action: str, title: str) -> Row:
    """Return what a write tool answers when its suggestion waits."""
    return {
        "status": "waiting_for_approval",
        "suggestion_id": "x",
        "action": action,
        "title": title,
        "risk": "low",
        "blocked": False,
        "conflicts": [],
        "affected_participants": 0,
        "vips": [],
    }


@dataclass(slots=True)
class Conversation:
    """Says sentences one after the other; keeps only what a client would send back."""

    tools: Mapping[str, frozenset[str]] = field(default_factory=lambda: TOOLS)
    turns: list[Turn] = field(default_factory=list[Turn])
    answers: Callable[[Call], Row] = answer

    def say(self, words: str) -> tuple[list[Call], str]:
        """Say a sentence; return the tools it led to, in order, and the final words."""
        self.turns.append(Turn(*read_texts([CONTEXT, f"<message>{words}</message>"], NEVER)))
        calls: list[Call] = []
        while True:
            outcome = respond(self.turns, self.tools, may_call=True)
            if isinstance(outcome, str):
                return calls, visible(outcome)
            calls += outcome
            last = self.turns[-1]
            steps = tuple(Step(call, self.answers(call)) for call in outcome)
            self.turns[-1] = Turn(last.words, last.situation, (*last.steps, *steps))


def visible(text: str) -> str:
    """Return a text without the marks that isolate its values."""
    return text.replace("\u2068", "").replace("\u2069", "")


def shown(call: Call) -> str:
    """Write a call as docs/sentences.md does: ``get_agenda(room=Hall B, at=10:00)``."""
    return f"{call.name}({_args(call.args)})"


def _args(args: Row) -> str:
    return ", ".join(
        f"{name}: {_args(value)}" if isinstance(value, dict) else f"{name}={_shown(value)}"
        for name, value in args.items()
    )


def _shown(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return f"[{'; '.join(_args(each) if isinstance(each, dict) else str(each) for each in value)}]"


def is_lost(words: str) -> bool:
    """Whether the stand-in says that it does not know the sentence."""
    return "only a stand-in for Gemini" in words or "רק ממלא מקום של Gemini" in words
