"""Who may decide what, and in whose place. Pure."""

from collections.abc import Mapping

from bots.playground.sentences.conversation.answers import policy as answers
from bots.playground.sentences.conversation.plans.steps import Plan, Read, Write, day_of, given
from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish


def _delegate(wish: Wish, _situation: Situation) -> Row:
    last = wish.last_day.isoformat() if wish.last_day else None
    return given(delegate=wish.person, absent=wish.thing, first_day=day_of(wish), last_day=last)


PLANS: Mapping[Intent, Plan] = {
    "policy": Read("get_policy", lambda _wish, _situation: {}, answers.policy),
    "policy_buffer": Write("change_policy", lambda wish, _: {"buffer_minutes": wish.minutes}),
    "policy_two": Write("change_policy", lambda wish, _: {"two_people_for": [wish.status]}),
    "policy_askers": Write("change_policy", lambda wish, _: {"askers_may_approve": wish.flag}),
    "policy_at_once": Write("change_policy", lambda wish, _: {"at_once_for_low": wish.flag}),
    "delegate": Write("create_delegation", _delegate),
    "end_delegation": Write("end_delegation", lambda wish, _: given(absent=wish.thing)),
    "person_off": Write("switch_off_person", lambda wish, _: given(person=wish.person)),
    "person_on": Write("switch_on_person", lambda wish, _: given(person=wish.person)),
    "person_role": Write("change_person_role", lambda wish, _: given(person=wish.person, role=wish.status)),
}
