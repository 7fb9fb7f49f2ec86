"""Every kind of conflict that a policy may weigh, those that it cannot, and what people call kinds. Pure."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from core.kernel.phrases import Phrase, phrase, verbatim

FIXED: dict[str, Phrase] = {
    "room_overlap": phrase("policy-fixed-room"),
    "room_sessions_overlap": phrase("policy-fixed-room"),
    "ends_before_start": phrase("policy-fixed-times"),
}
"""What the database itself refuses whatever a policy says: ``no_room_overlap`` and ``schedules_end_after_start``."""

_ERRORS = frozenset(
    "room_overlap room_sessions_overlap ends_before_start outside_event session_full places_exceeded "
    "session_cancelled sessions_left_out".split()
)
_WARNINGS = frozenset(
    "room_buffer speaker_overlap capacity_overflow room_too_small room_below_registered room_below_registered_more "
    "waiting_list waiting_passed already_in_target participant_overlap participant_known participant_namesake "
    "checklist_same_title checklist_due_passed vendor_late vendor_event_over event_exists zone_shifts_times "
    "agenda_empty agenda_speaker_overlaps agenda_rooms_too_small agenda_outside_event".split()
)
KINDS: dict[str, str] = {
    **dict.fromkeys(sorted(_ERRORS), "block"),
    **dict.fromkeys(sorted(_WARNINGS), "warn"),
    "people_gone": "acknowledge",
    "sessions_gone": "acknowledge",
    "undo_incomplete": "acknowledge",
    "returns_past_limit": "warn",
}
"""Each kind with the level that it has while nobody rules otherwise."""


def said_action(kind: str) -> Phrase:
    """Say what a kind of action is called, as it stands behind "who approves"."""
    return phrase(f"kind-of-action-{kind.replace('_', '-')}")


def said_actions(pattern: str, action_types: Collection[str]) -> Phrase:
    """Say what the pattern of a rule fits, each kind by name; a pattern that fits nothing as it is written."""
    fitting = tuple(said_action(kind) for kind in action_types if fnmatchcase(kind, pattern))
    if not fitting:
        return verbatim(pattern)
    return fitting[0] if len(fitting) == 1 else phrase("policy-names", names=fitting)


def said_conflict(kind: str) -> Phrase:
    """Say what a kind of conflict is called; one that there no longer is as it is written."""
    return phrase(f"kind-of-conflict-{kind.replace('_', '-')}") if kind in KINDS else verbatim(kind)
