"""From a wish to the next tool calls, or to words once the tools have answered. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bots.playground.sentences.conversation import answers, written
from bots.playground.sentences.conversation.reference import Ask, meaning
from bots.playground.sentences.conversation.say import say
from bots.playground.sentences.conversation.talk import Call, Row, Step, Turn
from bots.playground.sentences.grammar.understand import language_of
from bots.playground.sentences.grammar.wish import Intent, Wish

Outcome: TypeAlias = str | Call
"""Words for the person, or the tool to call next."""
_WRITES = frozenset({"create_schedule_item", "update_schedule_item", "delete_schedule_item"})
_WITHOUT_WORDS: Mapping[Intent, str] = {"hello": "hello", "thanks": "thanks", "decide": "decide", "choose": "choose"}
_USUAL_SLOT = 30
"""Minutes of a free slot when nobody said how long."""


def respond(turns: Sequence[Turn], tools: Collection[str], *, may_call: bool) -> Outcome:
    """Return what comes next in a conversation whose last turn waits for an answer.

    ``tools`` are those that were declared; without ``may_call`` words are forced.
    """
    turn = turns[-1]
    meant = meaning(turns)
    if meant is None:
        return answers.not_understood(language_of(turn.words))
    if isinstance(meant, Ask):
        return answers.which(meant.wish.language, meant.among)
    outcome = _PLANS.get(meant.intent, _words)(meant, turn)
    if isinstance(outcome, str):
        return outcome
    if not may_call:
        return say(meant.language, "cannot-look" if not turn.steps else "not-finished")
    if outcome.name not in tools:
        return say(meant.language, "may-not-write" if outcome.name in _WRITES else "no-tool")
    return outcome


def _words(wish: Wish, _turn: Turn) -> Outcome:
    if wish.intent == "help":
        return answers.help_text(wish.language)
    return say(wish.language, _WITHOUT_WORDS[wish.intent])


def _given(**args: Any) -> Row:
    return {name: value for name, value in args.items() if value is not None}


def _ask(turn: Turn, call: Call, answer: Callable[[Step], str]) -> Outcome:
    """Call a tool, and put its answer into words once it is there."""
    step = turn.answer(call.name)
    return call if step is None else answer(step)


def _events(wish: Wish, turn: Turn) -> Outcome:
    return _ask(turn, Call("list_events", {}), lambda step: answers.events(wish, step))


def _pending(wish: Wish, turn: Turn) -> Outcome:
    call = Call("list_pending_suggestions", {})
    return _ask(turn, call, lambda step: answers.pending(wish, step, turn.situation))


def _agenda(wish: Wish, turn: Turn) -> Outcome:
    now = turn.situation.now
    at = f"{now:%H:%M}" if wish.is_now else wish.at
    day = now.date() if wish.is_now else wish.day
    args = _given(event=wish.event, day=day.isoformat() if day else None, room=wish.room, at=at)
    return _ask(turn, Call("get_agenda", args), lambda step: answers.agenda(wish, step, turn.situation))


def _next(wish: Wish, turn: Turn) -> Outcome:
    call = Call("get_agenda", _given(event=wish.event))
    return _ask(turn, call, lambda step: answers.coming(wish, step, turn.situation))


def _speaker(wish: Wish, turn: Turn) -> Outcome:
    day = wish.day.isoformat() if wish.day else None
    step = turn.answer("get_agenda")
    if step is None:
        return Call("get_agenda", _given(event=wish.event, speaker=wish.speaker, day=day, room=wish.room, at=wish.at))
    if step.is_refused or step.rows("sessions"):
        return answers.agenda(wish, step, turn.situation)
    # Nobody of exactly that name: the search forgives typing mistakes.
    call = Call("find_sessions", _given(query=wish.speaker, event=wish.event))
    return _ask(turn, call, lambda found: answers.found(wish, found, wish.speaker or ""))


def _search(wish: Wish, turn: Turn) -> Outcome:
    call = Call("find_sessions", _given(query=wish.query, event=wish.event))
    return _ask(turn, call, lambda step: answers.found(wish, step, wish.query or ""))


def _session(wish: Wish, turn: Turn) -> Outcome:
    call = Call("get_session", _given(session=wish.title, event=wish.event))
    return _ask(turn, call, lambda step: answers.session(wish, step))


def _free(wish: Wish, turn: Turn) -> Outcome:
    args = _given(
        minutes=wish.minutes or _USUAL_SLOT,
        day=wish.day.isoformat() if wish.day else None,
        room=wish.room,
        after=wish.after or wish.at or (f"{turn.situation.now:%H:%M}" if wish.is_now else None),
        event=wish.event,
    )
    return _ask(turn, Call("find_free_slots", args), lambda step: answers.slots(wish, step))


def _create(wish: Wish, turn: Turn) -> Outcome:
    start, end = _start(wish), wish.end
    if start is None:
        return say(wish.language, "create-when")
    if end is None and wish.minutes and wish.at:
        later = datetime.fromisoformat(f"2000-01-01T{wish.at}") + timedelta(minutes=wish.minutes)
        end = f"{later:%H:%M}"
    if end is None:
        return say(wish.language, "create-until")
    args = _given(
        event_id=wish.event,
        title=wish.new,
        start_time=start,
        end_time=end,
        room=wish.room,
        speaker_name=wish.speaker,
        max_capacity=wish.number,
    )
    return _ask(turn, Call("create_schedule_item", args), lambda step: written.suggested(wish, step))


def _start(wish: Wish) -> str | None:
    if wish.at is None:
        return None
    return f"{wish.day.isoformat()}T{wish.at}" if wish.day else wish.at


def _cancel(wish: Wish, turn: Turn) -> Outcome:
    return _change(
        wish, turn, lambda found: Call("delete_schedule_item", _given(schedule_id=found, reason=wish.reason))
    )


def _update(wish: Wish, turn: Turn) -> Outcome:
    changes = _changes(wish)
    if not changes:
        return say(wish.language, "move-where")
    return _change(wish, turn, lambda found: Call("update_schedule_item", {"schedule_id": found, "changes": changes}))


def _changes(wish: Wish) -> Row:
    if wish.intent == "change_speaker":
        return {"speaker_name": wish.speaker}
    if wish.intent == "rename":
        return {"title": wish.new}
    if wish.intent == "capacity":
        return {"max_capacity": wish.number}
    return _given(start_time=_start(wish), end_time=wish.end, room=wish.room)


def _change(wish: Wish, turn: Turn, call: Callable[[str], Call]) -> Outcome:
    """Call a write tool by title; when an event was chosen first, by the id that reading the session gives."""
    found = wish.title or ""
    if wish.event is not None:
        read = turn.answer("get_session")
        if read is None:
            return Call("get_session", {"session": found, "event": wish.event})
        if read.is_refused:
            return answers.refused(wish, read)
        found = str(read.answer["session"]["id"])
    return _ask(turn, call(found), lambda step: written.suggested(wish, step))


def _move(wish: Wish, turn: Turn) -> Outcome:
    return _relative(wish, turn) if wish.day and wish.at is None else _update(wish, turn)


def _relative(wish: Wish, turn: Turn) -> Outcome:
    """Read the session first: the new time follows from the one it has."""
    read = turn.answer("get_session")
    if read is None:
        return Call("get_session", _given(session=wish.title, event=wish.event))
    if read.is_refused:
        return answers.refused(wish, read)
    session: Row = read.answer["session"]
    call = Call("update_schedule_item", {"schedule_id": session["id"], "changes": _moved(wish, session)})
    return _ask(turn, call, lambda step: written.suggested(wish, step))


def _moved(wish: Wish, session: Row) -> Row:
    start, end = datetime.fromisoformat(session["start"]), datetime.fromisoformat(session["end"])
    if wish.intent == "lengthen":
        return {"end_time": f"{end + timedelta(minutes=wish.minutes or 0):%Y-%m-%dT%H:%M}"}
    if wish.intent == "shift":
        return {"start_time": f"{start + timedelta(minutes=wish.minutes or 0):%Y-%m-%dT%H:%M}"}
    return _given(start_time=f"{wish.day}T{start:%H:%M}", room=wish.room)


_PLANS: Mapping[Intent, Callable[[Wish, Turn], Outcome]] = {
    "events": _events,
    "pending": _pending,
    "agenda": _agenda,
    "next": _next,
    "speaker": _speaker,
    "search": _search,
    "when": _session,
    "about": _session,
    "free": _free,
    "create": _create,
    "cancel": _cancel,
    "move": _move,
    "shift": _relative,
    "lengthen": _relative,
    "change_speaker": _update,
    "rename": _update,
    "capacity": _update,
}
