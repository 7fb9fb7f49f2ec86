"""Vendors at an event: who comes, when, and who is late."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "vendors",
    "vendor, supplier, caterer arriv, catering arriv, ספק",
)
