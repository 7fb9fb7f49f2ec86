"""What the stand-in says: short sentences made of the tools' answers, in the language of the question. Pure."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from bots.playground.sentences.intents import Args, Intent, Language
from bots.playground.sentences.wording import WORDING

_MOST_LINES = 12


def answer(intent: Intent, answers: list[tuple[str, Args]]) -> str:
    """Return what is said after the last tool has answered."""
    if not answers:
        return WORDING[intent.language][intent.kind]
    name, data = answers[-1]
    words = WORDING[intent.language]
    if "error" in data:
        return words["error"]
    if data.get("status") == "refused":
        return _refused(intent.language, data)
    if data.get("status") == "waiting_for_approval":
        return _waiting(intent.language, data)
    return _TELLERS[name](intent, data)


def not_understood(language: Language) -> str:
    """Say honestly what this is, and what it understands."""
    return WORDING[language]["not_understood"]


def forced(language: Language) -> str:
    """Say something when no tool may be called any more."""
    return WORDING[language]["error"]


def _isolated(value: object) -> str:
    return f"\u2068{value}\u2069"


def _refused(language: Language, data: Args) -> str:
    lines = [str(data.get("why", ""))]
    for number, each in enumerate(data.get("candidates") or [], start=1):
        when = f", {_when(each['start'], language)}" if each.get("start") else ""
        room = f", {_isolated(each['room'])}" if each.get("room") else ""
        lines.append(f"{number}. {_isolated(each.get('title') or each.get('name'))}{when}{room}")
    return "\n".join(lines)


def _waiting(language: Language, data: Args) -> str:
    words = WORDING[language]
    lines = [words["blocked" if data["blocked"] else "waiting"].format(title=_isolated(data["title"]))]
    lines += [conflict["sentence"] for conflict in data["conflicts"]]
    if data["vips"]:
        lines.append(words["vips"].format(names=_named(data["vips"])))
    return "\n".join(lines)


def _agenda(intent: Intent, data: Args) -> str:
    words = WORDING[intent.language]
    sessions: list[Args] = data["sessions"]
    if not sessions:
        return words["nothing_on"]
    day = f"{_day(data['day'], intent.language)}:\n" if "day" in data else ""
    lines = [_line(each, intent.language, with_day="day" not in data) for each in sessions[:_MOST_LINES]]
    if len(sessions) > _MOST_LINES or data.get("more"):
        lines.append(words["more"].format(count=len(sessions) - len(lines)))
    return day + "\n".join(lines)


def _found(intent: Intent, data: Args) -> str:
    if not data["sessions"]:
        return WORDING[intent.language]["nothing_found"]
    return "\n".join(_line(each, intent.language, with_day=True) for each in data["sessions"][:_MOST_LINES])


def _session(intent: Intent, data: Args) -> str:
    words = WORDING[intent.language]
    lines = [_line(data["session"], intent.language, with_day=True)]
    places = data.get("capacity")
    key = "registered_of" if places else "registered"
    lines.append(words[key].format(count=data["registered"], places=places))
    if data["vips"]:
        lines.append(words["vips"].format(names=_named(data["vips"])))
    return "\n".join(lines)


def _slots(intent: Intent, data: Args) -> str:
    words = WORDING[intent.language]
    if not data["slots"]:
        return words["nothing_free"]
    lines = [
        words["slot"].format(room=_isolated(each["room"]), start=_clock(each["start"]), end=_clock(each["end"]))
        for each in data["slots"][:_MOST_LINES]
    ]
    return f"{_day(str(data['day']), intent.language)}:\n" + "\n".join(lines)


def _pending(intent: Intent, data: Args) -> str:
    words = WORDING[intent.language]
    if not data["suggestions"]:
        return words["nothing_pending"]
    return "\n".join(
        words["suggestion"].format(
            title=_isolated(each["title"]), name=_isolated(each["asked_by"]), risk=words[f"risk_{each['risk']}"]
        )
        for each in data["suggestions"][:_MOST_LINES]
    )


def _events(intent: Intent, data: Args) -> str:
    words = WORDING[intent.language]
    if not data["events"]:
        return words["no_events"]
    return "\n".join(
        words["event"].format(
            name=_isolated(each["name"]),
            start=_day(each["starts_on"], intent.language),
            end=_day(each["ends_on"], intent.language),
        )
        for each in data["events"][:_MOST_LINES]
    )


def _line(session: Args, language: Language, *, with_day: bool) -> str:
    words = WORDING[language]
    when = words["span"].format(start=_clock(session["start"]), end=_clock(session["end"]))
    parts = [f"{_day(session['start'], language)}, {when}" if with_day else when]
    parts.append(_isolated(session["room"]) if session["room"] else words["no_room"])
    line = f"{', '.join(parts)}: {_isolated(session['title'])}"
    return f"{line}, {_isolated(session['speaker'])}" if session["speaker"] else line


def _named(vips: list[Args]) -> str:
    return ", ".join(
        _isolated(each["name"]) + (f" ({_isolated(each['note'])})" if each.get("note") else "") for each in vips
    )


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M")


def _when(moment: str, language: Language) -> str:
    return f"{_day(moment, language)} {_clock(moment)}"


def _day(moment: str, language: Language) -> str:
    day = date.fromisoformat(moment[:10])
    return format_date(day, "EEEE, d בMMMM" if language == "he" else "EEEE, MMMM d", locale=language)


_TELLERS: dict[str, Any] = {
    "get_agenda": _agenda,
    "find_sessions": _found,
    "get_session": _session,
    "find_free_slots": _slots,
    "list_pending_suggestions": _pending,
    "list_events": _events,
}
