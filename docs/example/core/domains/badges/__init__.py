"""Badges: which names are printed for an event."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "badges",
    "list, new",
    "badge, name tag, תג",
    warnings="badge_known",
    rank=900,
)
