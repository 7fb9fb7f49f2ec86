"""Questions about the agenda and the rooms' free time. Pure."""

from collections.abc import Mapping

from bots.playground.sentences.conversation.answers import agenda as answers
from bots.playground.sentences.conversation.plans.steps import Outcome, Plan, Read, ask, day_of, given
from bots.playground.sentences.conversation.talk import Call, Row, Turn
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish

_USUAL_SLOT = 30
"""Minutes of a free slot when nobody said how long."""


def _agenda(wish: Wish, situation: Situation) -> Row:
    if wish.is_now:
        now = situation.now
        return given(event=wish.event, day=f"{now:%Y-%m-%d}", room=wish.room, at=f"{now:%H:%M}")
    return given(event=wish.event, day=day_of(wish), room=wish.room, at=wish.at)


def _speaker(wish: Wish, turn: Turn) -> Outcome:
    step = turn.answer("get_agenda")
    if step is None:
        args = given(event=wish.event, speaker=wish.speaker, day=day_of(wish), room=wish.room, at=wish.at)
        return Call("get_agenda", args)
    if step.is_refused or step.rows("sessions"):
        return answers.agenda(wish, step, turn.situation)
    # Nobody of exactly that name: the search forgives typing mistakes.
    call = Call("find_sessions", given(query=wish.speaker, event=wish.event))
    return ask(turn, call, lambda found: answers.found(wish, found, turn.situation))


def _free(wish: Wish, situation: Situation) -> Row:
    return given(
        minutes=wish.minutes or _USUAL_SLOT,
        day=day_of(wish),
        room=wish.room,
        after=wish.after or wish.at or (f"{situation.now:%H:%M}" if wish.is_now else None),
        event=wish.event,
    )


_SESSION = Read("get_session", lambda wish, _: given(session=wish.title, event=wish.event), answers.session)
PLANS: Mapping[Intent, Plan] = {
    "agenda": Read("get_agenda", _agenda, answers.agenda),
    "next": Read("get_agenda", lambda wish, _: given(event=wish.event), answers.coming),
    "now_and_next": Read("get_agenda_now", lambda wish, _: given(event=wish.event), answers.now_and_next),
    "speaker": _speaker,
    "search": Read("find_sessions", lambda wish, _: given(query=wish.query, event=wish.event), answers.found),
    "when": _SESSION,
    "about": _SESSION,
    "free": Read("find_free_slots", _free, answers.slots),
}
