"""Who of the organisation has access, and with which role: switched off and on again, by an owner's decision."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "people",
    "access and roles",
    "access, switch off, switch on, role, deactivat, reactivat, גישה, תפקיד, השבת, הפעל, נתק",
    rank=70,
)
