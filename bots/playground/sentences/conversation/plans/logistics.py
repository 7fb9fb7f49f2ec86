"""Vendors, the checklist, and rooms themselves. Pure."""

from collections.abc import Mapping

from bots.playground.sentences.conversation.answers import logistics as answers
from bots.playground.sentences.conversation.plans.steps import Plan, Read, Write, day_of, given, start_of
from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish

_END_OF_DAY = "23:59"
"""Until when something is due that is due on a day."""


def _the_event(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event)


def _assign_vendors(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event, vendors=list(wish.names), arrives_at=start_of(wish))


def _vendor(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event, vendor=wish.thing)


def _vendor_status(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event, vendor=wish.thing, status=wish.status, arrives_at=start_of(wish))


def _add_vendor(wish: Wish, _situation: Situation) -> Row:
    return given(name=wish.thing, email=wish.email, phone=wish.phone)


def _update_vendor(wish: Wish, _situation: Situation) -> Row:
    return given(vendor=wish.thing, changes=given(name=wish.new, email=wish.email, phone=wish.phone))


def _add_items(wish: Wish, _situation: Situation) -> Row:
    due = start_of(wish) or (f"{wish.day.isoformat()}T{_END_OF_DAY}" if wish.day else None)
    titles = wish.names or (wish.thing,)
    return given(event=wish.event, items=[given(title=title, due_at=due, assignee=wish.person) for title in titles])


def _item(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event, item=wish.thing, assignee=wish.person)


def _add_room(wish: Wish, _situation: Situation) -> Row:
    return given(name=wish.room, capacity=wish.number, may_be_shared=wish.flag, event=wish.event)


def _update_room(wish: Wish, _situation: Situation) -> Row:
    changes = given(name=wish.new, capacity=wish.number, may_be_shared=wish.flag)
    return given(room=wish.room, event=wish.event, changes=changes)


def _room_use(wish: Wish, situation: Situation) -> Row:
    day = f"{situation.now:%Y-%m-%d}" if wish.is_now else day_of(wish)
    return given(event=wish.event, day=day, room=wish.room)


PLANS: Mapping[Intent, Plan] = {
    "vendors": Read("list_vendors", _the_event, answers.vendors),
    "assign_vendors": Write("assign_vendors", _assign_vendors),
    "unassign_vendor": Write("unassign_vendor", _vendor),
    "vendor_status": Write("update_vendor_status", _vendor_status),
    "add_vendor": Write("add_vendor", _add_vendor),
    "update_vendor": Write("update_vendor", _update_vendor),
    "checklist": Read("get_checklist", _the_event, answers.checklist),
    "add_items": Write("add_checklist_items", _add_items),
    "complete_item": Write("complete_checklist_item", _item),
    "assign_item": Write("assign_checklist_item", _item),
    "room_use": Read("get_room_use", _room_use, answers.room_use),
    "add_room": Write("add_room", _add_room),
    "update_room": Write("update_room", _update_room),
}
