"""Participants: their sessions, their places, VIPs, arrivals. Pure."""

from collections.abc import Mapping

from bots.playground.sentences.conversation.answers import people as answers
from bots.playground.sentences.conversation.plans.steps import Plan, Read, Write, given
from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish


def _person(wish: Wish, _situation: Situation) -> Row:
    return given(participant=wish.person, event=wish.event)


def _place(wish: Wish, _situation: Situation) -> Row:
    return given(participant=wish.person, session=wish.title, event=wish.event)


def _move(wish: Wish, _situation: Situation) -> Row:
    return given(
        from_session=wish.title,
        to_session=wish.other,
        participants=list(wish.names) or None,
        everyone=wish.flag,
        event=wish.event,
    )


def _details(wish: Wish) -> Row:
    return given(email=wish.email, phone=wish.phone)


def _add(wish: Wish, _situation: Situation) -> Row:
    return given(name=wish.person, **_details(wish), event=wish.event)


def _update(wish: Wish, _situation: Situation) -> Row:
    return given(participant=wish.person, changes=given(name=wish.new, **_details(wish)), event=wish.event)


def _vip(wish: Wish, _situation: Situation) -> Row:
    return given(participant=wish.person, is_vip=wish.flag, note=wish.note, event=wish.event)


PLANS: Mapping[Intent, Plan] = {
    "person_agenda": Read("get_participant_agenda", _person, answers.person_agenda),
    "vips": Read("list_vips", lambda wish, _: given(event=wish.event), answers.vips),
    "assign": Write("assign_participant", _place),
    "unassign": Write("unassign_participant", _place),
    "move_people": Write("move_participants", _move),
    "add_person": Write("add_participant", _add),
    "update_person": Write("update_participant", _update),
    "set_vip": Write("set_vip", _vip),
    "check_in": Write("check_in_participant", _person),
}
