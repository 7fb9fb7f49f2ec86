"""What a sentence asks for, before anything is looked up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from bots.playground.sentences.grammar.text import Language

Small: TypeAlias = Literal["hello", "thanks", "help", "decide", "choose", "more", "repeat"]
"""Talk around the work, and words that mean something only after others."""
Question: TypeAlias = Literal[
    "events",
    "overview",
    "conflicts",
    "changed",
    "pending",
    "explain",
    "agenda",
    "now_and_next",
    "next",
    "speaker",
    "when",
    "about",
    "search",
    "free",
    "room_use",
    "person_agenda",
    "vips",
    "vendors",
    "checklist",
    "policy",
]
Change: TypeAlias = Literal[
    "create_event",
    "update_event",
    "publish_event",
    "create",
    "move",
    "shift",
    "lengthen",
    "change_speaker",
    "rename",
    "capacity",
    "track",
    "describe",
    "clear",
    "cancel",
    "swap",
    "shift_all",
    "assign",
    "unassign",
    "move_people",
    "add_person",
    "update_person",
    "set_vip",
    "check_in",
    "assign_vendors",
    "unassign_vendor",
    "vendor_status",
    "add_vendor",
    "update_vendor",
    "add_items",
    "complete_item",
    "assign_item",
    "add_room",
    "update_room",
    "policy_buffer",
    "policy_two",
    "policy_askers",
    "policy_at_once",
    "delegate",
    "end_delegation",
    "person_off",
    "person_on",
    "person_role",
]
Intent: TypeAlias = Small | Question | Change
CHANGES: frozenset[Intent] = frozenset(get_args(Change))
"""Intents that end in a write tool. Only these may stand several in one sentence, and only these have a reason."""
IT = "\x00it"
"""Stands for a title, a person or a suggestion where the sentence only points: "move it", "check her in"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An intent and what was said with it; times are local ``HH:MM``."""

    intent: Intent
    language: Language
    title: str | None = None
    """A session as the person called it, its id once it was chosen, or ``IT``."""
    other: str | None = None
    """The second session, where two are meant."""
    event: str | None = None
    """An event's name, or its id once it was chosen among several."""
    thing: str | None = None
    """A vendor, a checklist item or what a suggestion was about, as the person called it."""
    person: str | None = None
    """Somebody who comes, or somebody of the organisation."""
    names: tuple[str, ...] = ()
    """Several people, vendors or checklist items."""
    speaker: str | None = None
    query: str | None = None
    new: str | None = None
    """A new title or name."""
    note: str | None = None
    email: str | None = None
    phone: str | None = None
    status: str | None = None
    """A vendor's, a risk, somebody's role, or what a session is to be without, in the tool's word."""
    zone: str | None = None
    flag: bool | None = None
    """Whether: a VIP, everyone, a room that may be shared, only what is late."""
    reason: str | None = None
    again: bool = False
    """Asked for once more, after it was rejected."""
    number: int | None = None
    """Places of a capacity, or which of several was chosen (-1 is the last)."""
    minutes: int | None = None
    """A length; for a shift, later is positive."""
    day: date | None = None
    last_day: date | None = None
    at: str | None = None
    end: str | None = None
    after: str | None = None
    before: str | None = None
    room: str | None = None
    is_now: bool = False
