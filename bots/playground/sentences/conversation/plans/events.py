"""Whole events, and suggestions themselves. Pure."""

from collections.abc import Mapping
from datetime import timedelta

from bots.playground.sentences.conversation.answers import events as answers
from bots.playground.sentences.conversation.plans.steps import Plan, Read, Write, day_of, given
from bots.playground.sentences.conversation.say import say
from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Intent, Wish


def _the_event(wish: Wish, _situation: Situation) -> Row:
    return given(event=wish.event)


def _changed(wish: Wish, situation: Situation) -> Row:
    since = wish.at
    if wish.minutes:
        since = f"{situation.now - timedelta(minutes=wish.minutes):%Y-%m-%dT%H:%M}"
    elif wish.day:
        since = f"{wish.day.isoformat()}T{wish.at or '00:00'}"
    return given(event=wish.event, since=since)


def _create(wish: Wish, _situation: Situation) -> Row | str:
    if wish.day is None:
        return say(wish.language, "create-event-when")
    return given(name=wish.new, first_day=day_of(wish), last_day=_last_day(wish), time_zone=wish.zone)


def _update(wish: Wish, _situation: Situation) -> Row:
    changes = given(name=wish.new, first_day=day_of(wish), last_day=_last_day(wish), time_zone=wish.zone)
    return given(event=wish.event, changes=changes)


def _last_day(wish: Wish) -> str | None:
    return wish.last_day.isoformat() if wish.last_day else None


PLANS: Mapping[Intent, Plan] = {
    "events": Read("list_events", lambda _wish, _situation: {}, answers.events),
    "overview": Read("get_event_overview", _the_event, answers.overview),
    "conflicts": Read("find_conflicts", _the_event, answers.conflicts),
    "changed": Read("what_changed", _changed, answers.changed),
    "pending": Read("list_pending_suggestions", lambda _wish, _situation: {}, answers.pending),
    "explain": Read("explain_suggestion", lambda wish, _: {"suggestion": wish.thing}, answers.explained),
    "create_event": Write("create_event_draft", _create),
    "update_event": Write("update_event", _update),
    "publish_event": Write("publish_event", _the_event),
}
