"""Changes of the agenda. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bots.playground.sentences.conversation import written
from bots.playground.sentences.conversation.answers.common import refused
from bots.playground.sentences.conversation.plans.steps import Outcome, Plan, Write, ask, day_of, given, start_of
from bots.playground.sentences.conversation.say import say
from bots.playground.sentences.conversation.talk import Call, Row, Turn
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish


def _create(wish: Wish, _situation: Situation) -> Row | str:
    start, end = start_of(wish), wish.end
    if start is None:
        return say(wish.language, "create-when")
    if end is None and wish.minutes and wish.at:
        later = datetime.fromisoformat(f"2000-01-01T{wish.at}") + timedelta(minutes=wish.minutes)
        end = f"{later:%H:%M}"
    if end is None:
        return say(wish.language, "create-until")
    return given(
        event_id=wish.event,
        title=wish.new,
        start_time=start,
        end_time=end,
        room=wish.room,
        speaker_name=wish.speaker,
        max_capacity=wish.number,
    )


def _swap(wish: Wish, _situation: Situation) -> Row:
    return given(session_a=wish.title, session_b=wish.other, event=wish.event)


def _shift_all(wish: Wish, situation: Situation) -> Row | str:
    after = wish.after or wish.at or (f"{situation.now:%H:%M}" if wish.is_now else None)
    if after is None:
        return say(wish.language, "shift-after-when")
    return given(event=wish.event, room=wish.room, after=after, minutes=wish.minutes, day=day_of(wish))


def _cancel(wish: Wish, turn: Turn) -> Outcome:
    return _change(wish, turn, lambda found: Call("delete_schedule_item", given(schedule_id=found, reason=wish.reason)))


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
    if wish.intent in {"track", "describe"}:
        return {"track" if wish.intent == "track" else "description": wish.new}
    if wish.intent == "clear":
        return {"clear": [wish.status]}
    return given(start_time=start_of(wish), end_time=wish.end, room=wish.room)


def _change(wish: Wish, turn: Turn, call: Callable[[str], Call]) -> Outcome:
    """Call a write tool by title; when an event was chosen first, by the id that reading the session gives."""
    found = wish.title or ""
    if wish.event is not None:
        read = turn.answer("get_session")
        if read is None:
            return Call("get_session", {"session": found, "event": wish.event})
        if read.is_refused:
            return refused(wish, read)
        found = str(read.answer["session"]["id"])
    return ask(turn, call(found), lambda step: written.suggested(wish, step))


def _move(wish: Wish, turn: Turn) -> Outcome:
    return _relative(wish, turn) if wish.day and wish.at is None else _update(wish, turn)


def _relative(wish: Wish, turn: Turn) -> Outcome:
    """Read the session first: the new time follows from the one it has."""
    read = turn.answer("get_session")
    if read is None:
        return Call("get_session", given(session=wish.title, event=wish.event))
    if read.is_refused:
        return refused(wish, read)
    session: Row = read.answer["session"]
    call = Call("update_schedule_item", {"schedule_id": session["id"], "changes": _moved(wish, session)})
    return ask(turn, call, lambda step: written.suggested(wish, step))


def _moved(wish: Wish, session: Row) -> Row:
    start, end = datetime.fromisoformat(session["start"]), datetime.fromisoformat(session["end"])
    if wish.intent == "lengthen":
        return {"end_time": f"{end + timedelta(minutes=wish.minutes or 0):%Y-%m-%dT%H:%M}"}
    if wish.intent == "shift":
        return {"start_time": f"{start + timedelta(minutes=wish.minutes or 0):%Y-%m-%dT%H:%M}"}
    return given(start_time=f"{wish.day}T{start:%H:%M}", room=wish.room)


PLANS: Mapping[Intent, Plan] = {
    "create": Write("create_schedule_item", _create),
    "cancel": _cancel,
    "move": _move,
    "shift": _relative,
    "lengthen": _relative,
    "change_speaker": _update,
    "rename": _update,
    "capacity": _update,
    "track": _update,
    "describe": _update,
    "clear": _update,
    "swap": Write("swap_sessions", _swap),
    "shift_all": Write("shift_sessions", _shift_all),
}
