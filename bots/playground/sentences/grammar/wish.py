"""What a sentence asks for, before anything is looked up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bots.playground.sentences.grammar.text import Language

Intent: TypeAlias = Literal[
    "hello",
    "thanks",
    "help",
    "decide",
    "events",
    "pending",
    "agenda",
    "next",
    "speaker",
    "when",
    "about",
    "search",
    "free",
    "move",
    "shift",
    "lengthen",
    "change_speaker",
    "rename",
    "capacity",
    "cancel",
    "create",
    "choose",
    "more",
]
IT = "\x00it"
"""Stands for a title where the sentence only points: "move it", "that session"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An intent and what was said with it; times are local ``HH:MM``."""

    intent: Intent
    language: Language
    title: str | None = None
    """A session as the person called it, its id once it was chosen, or ``IT``."""
    event: str | None = None
    """An event's id, once it was chosen among several."""
    speaker: str | None = None
    query: str | None = None
    new: str | None = None
    reason: str | None = None
    number: int | None = None
    """Places of a capacity, or which of several was chosen (-1 is the last)."""
    minutes: int | None = None
    """A length; for a shift, later is positive."""
    day: date | None = None
    at: str | None = None
    end: str | None = None
    after: str | None = None
    before: str | None = None
    room: str | None = None
    is_now: bool = False
