"""Rooms: what an event has, how many they hold, who may share them, and how they are used."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "rooms",
    "use, new, renamed, other capacity",
    "room use, rooms used, how used, is used, שימוש, בשימוש, ניצול, add room, new room, rename room, room capacity, "
    "capacity of, seats, room shared, הוספ חדר, הוסיפ חדר, תוסיפ חדר, חדר חדש, הוספ אולמ, הוסיפ אולמ, אולמ חדש, שנה "
    "שמ חדר, קיבולת, תפוסה",
    errors="room_sessions_overlap",
    warnings="room_below_registered room_below_registered_more",
    rank=30,
)
