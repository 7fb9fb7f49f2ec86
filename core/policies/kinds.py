"""Every kind of conflict that a policy may weigh, those that it cannot, and what people call kinds. Pure."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from core.domains import SUBJECTS
from core.kernel.phrases import Phrase, phrase, verbatim

FIXED: dict[str, Phrase] = {
    "room_overlap": phrase("policy-fixed-room"),
    "room_sessions_overlap": phrase("policy-fixed-room"),
    "ends_before_start": phrase("policy-fixed-times"),
}
"""What the database itself refuses whatever a policy says: ``no_room_overlap`` and ``schedules_end_after_start``."""

KINDS: dict[str, str] = {
    **dict.fromkeys(sorted({kind for subject in SUBJECTS for kind in subject.errors.split()}), "block"),
    **dict.fromkeys(sorted({kind for subject in SUBJECTS for kind in subject.warnings.split()}), "warn"),
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
