"""Events: what an organisation runs, and when."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "events",
    "drafts, changes, publishing",
    "create event, new event, draft event, publish, rename event, event dates, time zone, צור אירוע, צרי אירוע, ליצור "
    "אירוע, תיצור אירוע, אירוע חדש, פרסמ, תפרסמ, אזור זמנ, שנה אירוע",
    reads_always=True,
    errors="sessions_left_out",
    warnings="agenda_empty agenda_outside_event agenda_rooms_too_small agenda_speaker_overlaps event_exists "
    "zone_shifts_times",
    rank=10,
)
