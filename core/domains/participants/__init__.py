"""The people of an event: who comes to which session, who waits, who is a VIP, who has arrived."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "participants",
    "who is registered where, registrations, people, VIPs, arrivals",
    "vip, register, registered, unregister, enrol, sign up, participant, attendee, guest, check in, checked in, has "
    "arrived, move everyone, move everybody, אח״מ, אחמ, רשמ, רשומ, רישומ, הרשמ, תרשמ, משתתפ, סמנ, תסמנ, סימונ, הגיע, "
    "צ'ק אינ, העבר כול, תעביר כול",
    errors="places_exceeded session_cancelled session_full",
    warnings="already_in_target participant_known participant_namesake waiting_list waiting_passed",
    rank=40,
)
