"""From the slots of a sentence to the tool call that it asks for. Pure."""

from collections.abc import Callable
from typing import Any

from bots.playground.sentences.intents import Args, Call
from bots.playground.sentences.situation import Situation
from bots.playground.sentences.words import read_clock, read_room

Slots = dict[str, str]
Build = Callable[[Slots, Situation], Call | None]


def nothing(_slots: Slots, _situation: Situation) -> None:
    """Small talk: no tool is needed."""
    return


def plain(name: str) -> Build:
    """A tool without arguments."""
    return lambda _slots, _situation: (name, {})


def agenda(slots: Slots, situation: Situation) -> Call | None:
    """Part of the agenda, by day, time, room or speaker."""
    args: Args = {}
    if "day" in slots:
        day = situation.day(slots["day"])
        if day is None:
            return None
        args["day"] = day.isoformat()
    if "time" in slots:
        clock = read_clock(slots["time"])
        if clock is None:
            return None
        args["at"] = clock
    if "room" in slots:
        args["room"] = read_room(slots["room"])
    if "speaker" in slots:
        args["speaker"] = unquoted(slots["speaker"])
    return "get_agenda", args


def now(_slots: Slots, situation: Situation) -> Call:
    """What runs at this moment."""
    return "get_agenda", {"day": situation.now.date().isoformat(), "at": situation.now.strftime("%H:%M")}


def find(slots: Slots, _situation: Situation) -> Call:
    """Sessions about something."""
    return "find_sessions", {"query": unquoted(slots["query"])}


def session(slots: Slots, situation: Situation) -> Call | None:
    """One session with its people."""
    title = situation.title(unquoted(slots["title"]))
    return None if title is None else ("get_session", {"session": title})


def free(slots: Slots, situation: Situation) -> Call | None:
    """When rooms are empty."""
    args: Args = {"minutes": int(slots.get("minutes", 60 if "hour" in slots else 30))}
    if "day" in slots:
        day = situation.day(slots["day"])
        if day is None:
            return None
        args["day"] = day.isoformat()
    if "room" in slots:
        args["room"] = read_room(slots["room"])
    if "time" in slots and (clock := read_clock(slots["time"])) is not None:
        args["after"] = clock
    return "find_free_slots", args


def move(slots: Slots, situation: Situation) -> Call | None:
    """Another time, day or room for a session."""
    changes: Args = {}
    if "time" in slots:
        start = situation.moment(slots.get("day"), slots["time"])
        if start is None:
            return None
        changes["start_time"] = start
    elif "day" in slots:
        return None
    if "room" in slots:
        changes["room"] = read_room(slots["room"])
    return update(slots, situation, changes)


def change(column: str) -> Build:
    """Another value for one property of a session."""

    def build(slots: Slots, situation: Situation) -> Call | None:
        value: Any = unquoted(slots["value"])
        return update(slots, situation, {column: int(value) if column == "max_capacity" else value})

    return build


def update(slots: Slots, situation: Situation, changes: Args) -> Call | None:
    """A change of a session."""
    title = situation.title(unquoted(slots["title"]))
    if title is None or not changes:
        return None
    return "update_schedule_item", {"schedule_id": title, "changes": changes}


def delete(slots: Slots, situation: Situation) -> Call | None:
    """The removal of a session."""
    title = situation.title(unquoted(slots["title"]))
    if title is None:
        return None
    args: Args = {"schedule_id": title}
    if "reason" in slots:
        args["reason"] = slots["reason"]
    return "delete_schedule_item", args


def add(slots: Slots, situation: Situation) -> Call | None:
    """A new session."""
    start = situation.moment(slots.get("day"), slots["time"])
    end = situation.moment(slots.get("day"), slots["until"])
    if start is None or end is None:
        return None
    args: Args = {"title": unquoted(slots["title"]), "start_time": start, "end_time": end}
    if "room" in slots:
        args["room"] = read_room(slots["room"])
    if "speaker" in slots:
        args["speaker_name"] = unquoted(slots["speaker"])
    return "create_schedule_item", args


def unquoted(text: str) -> str:
    """Return a title without the quotes around it."""
    return text.strip().strip('"').strip()
