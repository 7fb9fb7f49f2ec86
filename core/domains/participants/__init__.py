"""The people of an event: who comes to which session, who waits, who is a VIP, who has arrived."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "participants",
    "register, unregister, enrol, sign up, add participant, add attendee, add guest, new participant, check in, "
    "checked in, has arrived, mark vip, as vip, is vip, make vip, move participants, move everyone, move everybody, "
    "participant email, participant phone, participant name, רשמ, רשומ, רישומ, הרשמ, תרשמ, הוספ משתתפ, הוסיפ משתתפ, "
    "תוסיפ משתתפ, משתתפ חדש, סמנ, תסמנ, סימונ, הגיע, צ'ק אינ, העבר משתתפ, העבר כול, תעביר כול",
)
