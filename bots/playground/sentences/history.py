"""What was talked about, read from the contents of the request; the stand-in keeps nothing itself. Pure."""

import re
from dataclasses import dataclass
from typing import Any

Args = dict[str, Any]
_TAGGED = re.compile(r"<(\w+)>(.*)</\1>", re.DOTALL)
_CHOICES = {
    "1": 0, "the first": 0, "the first one": 0, "first": 0, "הראשון": 0, "הראשונה": 0, "את הראשון": 0, "את הראשונה": 0,
    "2": 1, "the second": 1, "the second one": 1, "second": 1, "השני": 1, "השנייה": 1, "את השני": 1, "את השנייה": 1,
    "3": 2, "the third": 2, "the third one": 2, "third": 2, "השלישי": 2, "השלישית": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """One request, taken apart."""

    told: str
    """The context of the latest message."""
    words: str
    """The person's own words."""
    answers: list[tuple[str, Args]]
    """What tools answered in this turn, in order."""
    earlier: list[tuple[Args, Args]]
    """Tool calls and their answers of earlier turns, oldest first."""


def hear(contents: list[Args]) -> Heard:
    """Take a request's contents apart."""
    start = max((index for index, each in enumerate(contents) if _texts(each)), default=0)
    texts = _texts(contents[start]) if contents else []
    *told, last = texts or [""]
    tagged = _TAGGED.search(last)
    return Heard(
        told=" ".join(told),
        words=tagged[2] if tagged else last,
        answers=[(call["name"], answer) for call, answer in _calls(contents[start:])],
        earlier=_calls(contents[:start]),
    )


def last_title(heard: Heard) -> str | None:
    """Return the id or title of the one session that was talked about last."""
    for call, answer in reversed(heard.earlier):
        sessions = [answer["session"]] if isinstance(answer.get("session"), dict) else answer.get("sessions") or []
        if len(sessions) == 1:
            return sessions[0]["id"]
        said = call["args"].get("schedule_id") or call["args"].get("session")
        if said and answer.get("status") == "waiting_for_approval":
            return said
    return None


def chosen_call(heard: Heard, words: str) -> tuple[str, Args] | None:
    """Return the last call again with the candidate that the person chose, if the last answer asked which one."""
    if not heard.earlier:
        return None
    call, answer = heard.earlier[-1]
    candidates = answer.get("candidates") or []
    said = words.lower()
    place = _CHOICES.get(said)
    if place is None:
        titles = [str(each.get("title", each.get("name", ""))).lower() for each in candidates]
        place = titles.index(said) if said in titles else None
    if place is None or place >= len(candidates):
        return None
    key = "schedule_id" if "schedule_id" in call["args"] else "session"
    return call["name"], {**call["args"], key: candidates[place]["id"]}


def _texts(content: Args) -> list[str]:
    if content.get("role") != "user":
        return []
    return [part["text"] for part in content.get("parts", ()) if isinstance(part.get("text"), str)]


def _calls(contents: list[Args]) -> list[tuple[Args, Args]]:
    calls: list[Args] = []
    pairs: list[tuple[Args, Args]] = []
    for content in contents:
        for part in content.get("parts", ()):
            if "functionCall" in part:
                calls.append({"args": {}, **part["functionCall"]})
            elif "functionResponse" in part and calls:
                pairs.append((calls.pop(0), part["functionResponse"].get("response") or {}))
    return pairs
