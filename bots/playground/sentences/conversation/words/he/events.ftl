# אירועים שלמים והצעות.
event = { $name } מתקיים מ{ $first } עד { $last }.
event-status = { $status ->
    [draft] הוא עדיין טיוטה.
    [published] הוא פורסם.
   *[other] סטטוס: { $status }.
}
no-events = אין עדיין אירועים.
overview-sessions = { $sessions ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $sessions } מושבים
} { $rooms ->
    [one] באולם אחד.
    [two] בשני אולמות.
   *[other] ב־{ $rooms } אולמות.
}
overview-people = { $people ->
    [one] משתתף אחד
    [two] שני משתתפים
   *[other] { $people } משתתפים
}, { $vips ->
    [0] בלי אח״מים.
    [one] אחד מהם אח״מ.
    [two] שניים מהם אח״מים.
   *[other] מתוכם { $vips } אח״מים.
}
overview-vendors = ספקים:
overview-open = { $count ->
    [0] שום דבר לא ממתין לאישור.
    [one] הצעה אחת ממתינה לאישור.
    [two] שתי הצעות ממתינות לאישור.
   *[other] { $count } הצעות ממתינות לאישור.
}
conflict-count = { $count ->
    [0] אין התנגשויות.
    [one] יש התנגשות אחת.
    [two] יש שתי התנגשויות.
   *[other] יש { $count } התנגשויות.
}
conflict-speaker = { $people ->
    [one] ‏{ $speaker } בשני מקומות בו־זמנית: { $title }, { $at }, וגם { $other }, { $then }.
   *[other] כמה אנשים בשני מקומות בו־זמנית ({ $speaker }): { $title }, { $at }, וגם { $other }, { $then }.
}
conflict-room = ‏{ $title }, { $at }: { $needed ->
    [one] נדרש מקום אחד
    [two] נדרשים שני מקומות
   *[other] נדרשים { $needed } מקומות
}, וב{ $room } יש { $seats }.
conflict-outside = ‏{ $title }, { $at }, נמצא מחוץ לימי האירוע.
changed-since = מה בוצע מאז { $since }:
nothing-changed = שום דבר לא השתנה מאז { $since }.
asked-and-approved = לבקשת { $asker } ובאישור { $approver }
nothing-waits = שום דבר לא ממתין לאישור.
waiting = { $count ->
    [one] הצעה אחת ממתינה להחלטה:
    [two] שתי הצעות ממתינות להחלטה:
   *[other] { $count } הצעות ממתינות להחלטה:
}
suggestion = { $what }, לבקשת { $name }
action = { $action ->
    [schedule_create] מושב חדש, { $title }
    [schedule_update] שינוי של { $title }
    [schedule_delete] הסרה של { $title }
    [event_create] אירוע חדש, { $title }
    [event_update] שינוי באירוע { $title }
    [event_publish] פרסום של { $title }
    [room_add] אולם חדש, { $title }
    [room_update] שינוי באולם { $title }
    [participant_add] משתתף חדש, { $title }
    [participant_update] שינוי פרטים של { $title }
    [participant_set_vip] סימון אח״מ של { $title }
    [participant_check_in] הגעה של { $title }
    [checklist_add] משימה חדשה: { $title }
    [checklist_complete] משימה שבוצעה: { $title }
    [checklist_assign] הטלת המשימה { $title }
    [vendors_assign] ספקים: { $title }
    [vendor_unassign] הסרה של הספק { $title }
    [vendor_status] עדכון של הספק { $title }
    [vendor_add] ספק חדש: { $title }
    [vendor_update] פרטים חדשים של הספק { $title }
    [sessions_swap] החלפה: { $title }
    [sessions_shift] הזזה: { $title }
    [policy_change] שינוי במדיניות
    [delegation_create] החלפה בהחלטות
    [delegation_end] סיום של החלפה
    [person_off] כיבוי הגישה של { $title }
    [person_on] החזרת הגישה של { $title }
    [person_role] התפקיד של { $title }
    [bundle] כמה שינויים: { $title }
   *[other] { $title }
}
risk = סיכון { $risk ->
    [low] נמוך
    [medium] בינוני
    [high] גבוה
    [critical] קריטי
   *[other] { $risk }
}
until = עד { $until }
story-asked = לבקשת { $name }, { $at }.
story-words = במילים שנכתבו: “{ $words }”
story-risk = הסיכון { $risk ->
    [low] נמוך
    [medium] בינוני
    [high] גבוה
    [critical] קריטי
   *[other] { $risk }
}.
story-waits = ממתין להחלטה עד { $until }.
story-ended = { $status ->
    [executed] אושר ובוצע: { $name }, { $at }.
    [approved] אושר: { $name }, { $at }.
    [rejected] נדחה: { $name }, { $at }.
    [expired] אף אחד לא החליט, והמועד עבר: { $at }.
    [superseded] הצעה חדשה יותר באה במקומה: { $at }.
    [failed] אי אפשר היה לבצע: { $at }.
   *[other] הסתיים: { $at }.
}
story-reason = הסיבה: { $reason }
story-others = יש עוד כמוה:
