# שדות של כרטיס לוח זמנים.
field-when = מתי
field-title = כותרת
field-room = אולם
field-speaker-name = דובר
field-max-capacity = מקומות
field-track = מסלול
field-description = תיאור
field-reason = סיבה
field-empty = אין
when = { $span }
card-schedule-create = מושב חדש: { $title }
card-schedule-update = שינוי: { $title }
card-schedule-delete = הסרה: { $title }

# התנגשויות: מה מתנגש, ובשגיאה מה לעשות.
conflict-room-overlap = { $room } תפוס על ידי { $title } עד { $end }. צריך לבחור שעה אחרת או אולם אחר.
conflict-speaker-overlap = { $people ->
    [one] { $speaker } ברשימת הדוברים גם במושב { $title }, שמתחיל { $start }.
   *[other] { $speaker } ברשימת הדוברים גם במושב { $title }, שמתחיל { $start }.
}
conflict-people-gone = { $count ->
    [one] אדם אחד שהיה רשום למושב כבר לא ברשימת האירוע, והרישום שלו לא יחזור.
    [two] שני אנשים שהיו רשומים למושב כבר לא ברשימת האירוע, והרישומים שלהם לא יחזרו.
   *[other] { $count } אנשים שהיו רשומים למושב כבר לא ברשימת האירוע, והרישומים שלהם לא יחזרו.
}
session-back-already = המושב { $title } כבר נמצא שוב בתוכנית. לא שונה דבר.
conflict-capacity-overflow = { $registered ->
    [one] אדם אחד רשום
    [two] שני אנשים רשומים
   *[other] { $registered } אנשים רשומים
}, ומספר המקומות יהיה { $capacity }.
conflict-room-too-small = ב{ $room } { $seats ->
    [one] יש מקום אחד
    [two] יש שני מקומות
   *[other] יש { $seats } מקומות
}, ונדרשים { $needed }.
conflict-outside-event = זה מחוץ לתאריכים של { $event }. צריך לבחור יום מימי האירוע.
conflict-ends-before-start = הסיום קודם להתחלה. צריך לתת שעת סיום שאחרי ההתחלה.

# לשאול בחזרה.
event-none = עדיין אין אירוע. קודם צריך לייבא לוח זמנים.
event-unknown = לא מצאתי אירוע בשם { $name }.
agenda-nothing = לא מצאתי דבר כזה באירוע { $event }.
event-elsewhere = לא מצאתי את זה באירוע { $event }. זה נמצא באירוע { $others }.
event-which = לאיזה אירוע הכוונה: { $names }?
session-unknown = לא מצאתי את המושב { $title } ב{ $event }.
session-which = לאיזה מושב הכוונה: { $titles }?
session-gone = המושב הזה כבר לא קיים. לא שונה דבר.
room-unknown = לא מצאתי את האולם { $room }. האולמות הם: { $rooms }.
change-nothing = { $title } כבר כך; אין מה לשנות.
change-set-and-cleared = התבקשו גם קביעה וגם הסרה של אותו דבר: { $fields }. כדאי לומר במה משתי האפשרויות מדובר.
time-unreadable = לא הצלחתי לקרוא את השעה { $text }. אפשר לכתוב 14:30, או 2026-05-01 14:30.
money-unreadable = לא הצלחתי לקרוא את הסכום { $text }. אפשר לכתוב אותו עם המטבע, למשל 1,500 ₪ או $20.
money-no-currency = באיזה מטבע הסכום { $text }? אפשר לכתוב אותו עם המטבע, למשל 1,500 ₪ או $20.
money-currency-unknown = לא מוכר לי מטבע בשם { $currency }. אפשר לכתוב את הסימן שלו או קוד בן שלוש אותיות, למשל ILS או USD.
money-too-much = הסכום { $text } גדול ממה שאפשר לרשום. כדאי לבדוק אותו.
money-whole = במטבע { $currency } אין ספרות אחרי הנקודה. יש לכתוב סכום שלם.
money-decimals = במטבע { $currency } מותרות עד { $decimals } ספרות אחרי הנקודה. יש לכתוב את הסכום כך.
time-never = השעה { $text } לא קיימת באותו יום: השעון ב־{ $zone } מוזז קדימה. צריך שעה אחרת.
time-twice = השעה { $text } קורית פעמיים באותו יום: השעון ב־{ $zone } מוזז אחורה. צריך לכתוב את השעה עם ההפרש.
