# איך קוראים לשדות של תשובה. field-x: לצד הערך; count-x: לצד מספר; names-x: לפני שמות; list-x: מעל רשימה; none-x: כשהיא ריקה;
# value-x: מילה של הכלים. שדה שלא כאן נאמר בערך שלו בלבד.
nothing = לא מצאתי דבר.
nothing-for = לא מצאתי דבר עבור { $asked }.
event = { $name } מתקיים מ{ $first } עד { $last }.
days = מ{ $first } עד { $last }
counted = { $name }: { $count }
without-room = בלי אולם
field-time = השעה { $value }.
field-now = עכשיו { $value }
field-next = אחר כך { $value }
count-minutes_left = { $count ->
    [one] נותרה דקה אחת
    [two] נותרו שתי דקות
   *[other] נותרו { $count } דקות
}
count-in_minutes = { $count ->
    [one] בעוד דקה
    [two] בעוד שתי דקות
   *[other] בעוד { $count } דקות
}
count-registered = { $count ->
    [0] אף אחד לא רשום
    [one] אדם אחד רשום
    [two] שני אנשים רשומים
   *[other] { $count } אנשים רשומים
}
count-capacity = { $count ->
    [one] מקום אחד
    [two] שני מקומות
   *[other] { $count } מקומות
}
count-seats = { $count ->
    [one] מקום אחד
    [two] שני מקומות
   *[other] { $count } מקומות
}
count-needed = { $count ->
    [one] נדרש מקום אחד
    [two] נדרשים שני מקומות
   *[other] נדרשים { $count } מקומות
}
count-people = { $count ->
    [one] אדם אחד
    [two] שני אנשים
   *[other] { $count } אנשים
}
count-sessions = { $count ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $count } מושבים
}
count-rooms = { $count ->
    [one] אולם אחד
    [two] שני אולמות
   *[other] { $count } אולמות
}
count-participants = { $count ->
    [one] משתתף אחד
    [two] שני משתתפים
   *[other] { $count } משתתפים
}
count-vips = { $count ->
    [0] בלי אח״מים
    [one] אח״מ אחד
    [two] שני אח״מים
   *[other] { $count } אח״מים
}
names-participants = ביניהם: { $value }
count-open_suggestions = { $count ->
    [0] שום דבר לא ממתין לאישור
    [one] הצעה אחת ממתינה לאישור
    [two] שתי הצעות ממתינות לאישור
   *[other] { $count } הצעות ממתינות לאישור
}
field-vendors = ספקים: { $value }
field-cost = עלות: { $value }
field-checklist = רשימת המשימות: { $value }
field-conflicts = התנגשויות: { $value }
count-done = { $count ->
    [one] אחת בוצעה
    [two] שתיים בוצעו
   *[other] { $count } בוצעו
}
count-all = { $count } בסך הכול
count-total = { $count } בסך הכול
field-overdue = באיחור
count-overdue = { $count ->
    [one] אחד באיחור
    [two] שניים באיחור
   *[other] { $count } באיחור
}
count-share_percent = { $count }% מהיום
field-longest_gap = החלון הפנוי הארוך ביותר: { $value }
count-minutes = { $count ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $count } דקות
}
field-is_vip = אח״מ
field-vip_note = הערה: { $value }
field-checked_in_at = הגעה: { $value }
field-checked_in = כבר כאן
field-checked_in-not = עדיין לא כאן
field-next_sessions = אחר כך { $value }
count-waiting_list_position = ברשימת ההמתנה: מספר { $count }
field-arrives = שעת ההגעה: { $value }
count-minutes_late = { $count ->
    [one] באיחור של דקה
    [two] באיחור של שתי דקות
   *[other] באיחור של { $count } דקות
}
field-due = עד { $value }
field-asked_by = לבקשת { $value }
field-approved_by = באישור { $value }
field-risk = סיכון { $value }
field-deadline = עד { $value }
field-blocked = אי אפשר לאשר כמו שזה
field-since = מאז { $value }:
field-asked_at = מועד הבקשה: { $value }
field-asked_in_their_words = במילים שנכתבו: “{ $value }”
field-ended = איך זה הסתיים: { $value }
field-by = על ידי { $value }
field-reason = הסיבה: { $value }
field-other = וגם { $value }
field-others_that_match = יש עוד כמוה: { $value }
list-vips = אח״מים:
list-suggestions = { $count ->
    [one] הצעה אחת ממתינה להחלטה:
    [two] שתי הצעות ממתינות להחלטה:
   *[other] { $count } הצעות ממתינות להחלטה:
}
list-conflicts = { $count ->
    [one] יש התנגשות אחת:
    [two] יש שתי התנגשויות:
   *[other] יש { $count } התנגשויות:
}
list-who_may_approve = מי רשאי לאשר:
list-delegations = מי מחליט במקום מישהו אחר:
none-conflicts = אין התנגשויות.
none-changes = שום דבר לא השתנה.
none-suggestions = שום דבר לא ממתין לאישור.
none-events = אין עדיין אירועים.
none-open_items = שום דבר לא מתאים כאן.
field-otherwise = מה שאין לו כלל משלו: { $value }.
field-two_people_for = נדרש אישור של שני אנשים שונים: { $value }
field-askers_may_approve = מי שביקש משהו רשאי גם לאשר אותו.
field-askers_may_approve-not = אף אחד לא רשאי לאשר את מה שביקש בעצמו.
field-at_once_for_low = מה שבסיכון נמוך מתבצע מיד.
count-buffer_minutes = { $count ->
    [0] אולם לא צריך הפסקה בין שני מושבים
    [one] בין שני מושבים האולם נשאר ריק דקה אחת
    [two] בין שני מושבים האולם נשאר ריק שתי דקות
   *[other] בין שני מושבים האולם נשאר ריק { $count } דקות
}
field-asked_when_nobody_decides = למי פונים כשאף אחד לא מחליט: { $value }
field-absent = במקום { $value }
field-delegate = מחליט: { $value }
value-low = נמוך
value-medium = בינוני
value-high = גבוה
value-critical = קריטי
value-invited = הוזמן
value-confirmed = אישר הגעה
value-on_the_way = בדרך
value-arrived = הגיע
value-cancelled = בוטל
value-draft = טיוטה
value-published = פורסם
value-executed = אושר ובוצע
value-rejected = נדחה
value-expired = אף אחד לא החליט בזמן
value-superseded = הצעה חדשה יותר באה במקומה
value-failed = אי אפשר היה לבצע
value-owner = בעלים
value-manager = מנהלים
value-owners_and_managers = בעלים ומנהלים
value-the_owners = הבעלים
value-speaker_overlap = מישהו בשני מקומות
value-room_too_small = אולם קטן מדי
value-outside_event = מחוץ לימי האירוע
value-anything = הכול
value-suggested = ממתין להחלטה
