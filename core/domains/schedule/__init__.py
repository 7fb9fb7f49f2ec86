"""The agenda: sessions, rooms and speakers; who collides with whom, and what a change touches."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "schedule",
    "sessions: new, changed, removed, swapped, shifted",
    "move, resched, postpone, delay, push, bring forward, swap, cancel, extend, shorten, add session, add talk, add "
    "workshop, add break, new session, new talk, create session, remove session, rename session, change session, "
    "change room, change speaker, change time, change title, הזז, הזיז, תזיז, העבר, תעביר, דחה, דחי, דחות, תדח, הקדמ, "
    "הקדימ, תקדימ, החלפ, החליפ, תחליפ, בטל, תבטל, הארכ, האריכ, קצר, תקצר, הוספ הרצא, הוספ סדנ, הוספ מושב, הוספ הפסק, "
    "הוסיפ הרצא, הוסיפ סדנ, הוסיפ מושב, הוסיפ הפסק, תוסיפ הרצא, תוסיפ סדנ, מושב חדש, הרצא חדש, הסר הרצא, הסירו הרצא, "
    "מחק, שנה, תשנ, שנות",
    reads_always=True,
    errors="ends_before_start outside_event room_overlap",
    warnings="capacity_overflow participant_overlap room_buffer room_too_small speaker_overlap",
    rank=20,
)
