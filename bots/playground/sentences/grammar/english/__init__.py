"""The English sentences, first match wins. ``docs/sentences.md`` lists what they are for."""

from bots.playground.sentences.grammar.english import (
    agenda,
    changes,
    checklist,
    decisions,
    events,
    people,
    rooms,
    talk,
    vendors,
)
from bots.playground.sentences.grammar.english.verbs import VERBS as VERBS
from bots.playground.sentences.grammar.rules import Rule

RULES: tuple[Rule, ...] = (
    *talk.RULES,
    *events.RULES,
    *decisions.WAITING,
    *decisions.POLICY,
    *decisions.ACCESS,
    *checklist.RULES,
    *vendors.RULES,
    *rooms.RULES,
    *agenda.FIRST,
    *changes.FIRST,
    *people.RULES,
    *vendors.NEWS,
    *changes.RULES,
    *people.PLACES,
    *decisions.STORIES,
    *agenda.RULES,
)
"""Order matters: what is said more exactly stands before what could be any title."""

POINTING = frozenset(
    {"it", "this", "that", "them", "this one", "that one", "this session", "that session", "the session", "this talk"}
    | {"that talk", "the talk", "the workshop", "this workshop", "that workshop"}
)
POINTING_TO_PEOPLE = frozenset({"him", "her", "them", "he", "she", "they"})
THE_EVENT = frozenset(
    {"the event", "our event", "this event", "the conference", "our conference", "this conference", "it", "everything"}
    | {"the agenda", "the schedule", "the programme", "the program", "the festival", "the whole event"}
    | {"the whole agenda", "our agenda"}
)
THE_SUGGESTION = frozenset(
    {"the suggestion", "that suggestion", "this suggestion", "the last suggestion", "the latest suggestion"}
    | {"your suggestion", "my suggestion", "the last one", "the proposal", "my request"}
)
TITLE_WORDS = ("the session ", "the talk ", "the lecture ", "session ", "talk ", "the ")
"""Words before a title that are not its own; so with the words before a name below."""
PERSON_WORDS = ("the participant ", "the guest ", "participant ", "guest ")
SUBJECT_WORDS = tuple(
    f"{lead}{what} {link} "
    for lead in ("the ", "my ", "")
    for what in ("suggestion", "request", "proposal")
    for link in ("about", "for", "of", "to", "on")
)
EVENT_WORDS = ("the event ", "the conference ", "event ")
THING_WORDS = ("the vendor ", "the supplier ", "vendor ", "the task ", "the item ", "the checklist item ", "task ")
