"""Events: what an organisation runs, and when."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "events",
    "create event, new event, draft event, publish, rename event, event dates, time zone, צור אירוע, צרי אירוע, ליצור "
    "אירוע, תיצור אירוע, אירוע חדש, פרסמ, תפרסמ, אזור זמנ, שנה אירוע",
)
