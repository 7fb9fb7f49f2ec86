"""Vendors at an event: who comes, when, and who is late."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "vendors",
    "list, who comes, status, details",
    "vendor, supplier, caterer arriv, catering arriv, ספק",
    warnings="vendor_event_over vendor_late",
    rank=50,
)
