"""Events: what an organisation runs, and when."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "events",
    "drafts, changes, publishing",
    "create event, new event, draft event, publish, rename event, event dates, time zone, צור אירוע, צרי אירוע, ליצור "
    "אירוע, תיצור אירוע, אירוע חדש, פרסמ, תפרסמ, אזור זמנ, שנה אירוע",
    reads_always=True,
    rank=10,
)
