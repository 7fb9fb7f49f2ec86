# זמנים. מילים, לא מקפים וחצים, בין שני ערכים.
time-moment = { $day } בשעה { $time }
time-span = { $day }, מ־{ $start } עד { $end }
time-span-days = מ{ $day } בשעה { $start } עד { $endday } בשעה { $end }
time-zone-note = (שעון { $zone })

# חלקי הכרטיס, לכל הפלטפורמות.
card-now = עכשיו
card-before = לפני
card-after = עכשיו
card-proposed = מוצע
card-conflicts = התנגשויות
card-impact = השפעה
card-risk = סיכון
card-asked = הבקשה
risk-low = נמוך
risk-medium = בינוני
risk-high = גבוה
risk-critical = קריטי
state-suggested = ממתין להחלטה
state-approved = אושר
state-rejected = נדחה
state-executed = בוצע
state-failed = נכשל
state-expired = פג תוקף
state-superseded = הוחלף

# טלגרם.
telegram-command-start = שלום וחיבור החשבון
telegram-command-help = מה אפשר לבקש ממני
telegram-more = { $count ->
    [one] ועוד אחד
   *[other] ועוד { $count }
}
telegram-press-repeats = משהו השתבש. הלחיצה נשמרה ותטופל שוב.

# שדות של כרטיס לוח זמנים.
field-when = מתי
field-title = כותרת
field-room = אולם
field-speaker-name = דובר
field-max-capacity = מקומות
field-reason = סיבה
field-empty = אין
when = { $span }
card-schedule-create = מושב חדש: { $title }
card-schedule-update = שינוי: { $title }
card-schedule-delete = הסרה: { $title }

# התנגשויות: מה מתנגש, ובשגיאה מה לעשות.
conflict-room-overlap = { $room } תפוס על ידי { $title } עד { $end }. צריך לבחור שעה אחרת או אולם אחר.
conflict-speaker-overlap = { $speaker } מופיע גם במושב { $title }, שמתחיל { $start }.
conflict-capacity-overflow = { $registered ->
    [one] אדם אחד רשום
   *[other] { $registered } אנשים רשומים
}, ומספר המקומות יהיה { $capacity }.
conflict-room-too-small = ב{ $room } יש { $seats } מקומות, ונדרשים { $needed }.
conflict-outside-event = זה מחוץ לתאריכים של { $event }. צריך לבחור יום מימי האירוע.
conflict-ends-before-start = הסיום קודם להתחלה. צריך לתת שעת סיום שאחרי ההתחלה.

# במי הפעולה נוגעת.
impact-nobody = אף אחד לא רשום למושב.
impact-registered = { $count ->
    [one] נוגע לאדם אחד שרשום.
    [two] נוגע לשני אנשים רשומים.
   *[other] נוגע ל־{ $count } אנשים רשומים.
}
impact-vip = אח״מ: { $name }
impact-vip-note = אח״מ: { $name } ({ $note })

# סביב הכרטיס.
asked-by = ‏{ $name }: ”{ $words }“
footer-told = נעדכן את { $name } בהחלטה.
footer-deciders = מחליטים בעלים או מנהלים.
footer-deadline = ממתין עד { $deadline }.
button-approve = אישור
button-reject = דחייה
button-dismiss = סגירה
notice-blocked = אי אפשר לאשר את זה כמו שהוא. אפשר לבקש שעה או אולם אחרים, או לסגור.
notice-renewed = הלוח השתנה אחרי ההצעה הראשונה. לא בוצע דבר; כך זה נראה עכשיו.
outcome-approved = אושר על ידי { $name }, { $at }.
outcome-rejected = נדחה על ידי { $name }, { $at }. לא שונה דבר.
outcome-executed = בוצע. אושר על ידי { $name }, { $at }.
outcome-failed = לא ניתן היה לבצע, ולא שונה דבר. { $name }, { $at }. אפשר לבקש שוב.
outcome-expired = אף אחד לא החליט עד { $deadline }. לא שונה דבר; אם זה עדיין רצוי, אפשר לבקש שוב.
outcome-superseded = הוחלף בהצעה חדשה יותר. ההצעה הזו לא שינתה דבר.
card-unreachable = ההצעה שלך נשמרה, אבל אי אפשר להגיע לערוץ המנהלים. כדאי לעדכן מנהל.

# מה שומע מי שלחץ.
decision-not-linked = אנחנו עוד לא מכירים, ולכן הכפתור לא עושה דבר. אפשר לכתוב לי כדי לקשר את החשבון.
decision-unknown = ההצעה הזו לא מוכרת לי. אפשר לבקש שוב ואכין חדשה.
decision-not-allowed = רק בעלים או מנהלים יכולים להחליט כאן. הם כבר התבקשו.
decision-moved = הלוח השתנה בינתיים ולכן לא בוצע דבר. כדאי להסתכל שוב בכרטיס.
decision-blocked-now = הלוח השתנה בינתיים וזה כבר לא מתאים, ולכן לא בוצע דבר. הסיבה כתובה בכרטיס.
decision-expired = ההצעה חיכתה עד { $deadline } ופגה. לא שונה דבר; אם זה עדיין רצוי, אפשר לבקש שוב.
decision-again = לא ניתן היה להחליט ברגע זה. אפשר ללחוץ שוב.
decision-already-approved = כבר אושר על ידי { $name }, { $at }.
decision-already-executed = כבר אושר על ידי { $name }, { $at }, ובוצע.
decision-already-rejected = כבר נדחה על ידי { $name }, { $at }.
decision-already-failed = לא ניתן היה לבצע, { $at }. לא שונה דבר.
decision-already-expired = ההצעה פגה. לא שונה דבר.
decision-already-superseded = הצעה חדשה יותר החליפה את זו. כדאי להסתכל בכרטיס החדש.

# לשאול בחזרה.
event-none = עדיין אין אירוע. קודם צריך לייבא לוח זמנים.
event-unknown = לא מצאתי אירוע בשם { $name }.
event-which = לאיזה אירוע הכוונה: { $names }?
session-unknown = לא מצאתי את המושב { $title } ב{ $event }.
session-which = לאיזה מושב הכוונה: { $titles }?
session-gone = המושב הזה כבר לא קיים. לא שונה דבר.
room-unknown = לא מצאתי את האולם { $room }. האולמות הם: { $rooms }.
change-nothing = { $title } כבר כך; אין מה לשנות.
time-unreadable = לא הצלחתי לקרוא את השעה { $text }. אפשר לכתוב 14:30, או 2026-05-01 14:30.
time-never = השעה { $text } לא קיימת באותו יום: השעון ב־{ $zone } מוזז קדימה. צריך שעה אחרת.
time-twice = השעה { $text } קורית פעמיים באותו יום: השעון ב־{ $zone } מוזז אחורה. צריך לכתוב את השעה עם ההפרש.

# קישור.
greeting = שלום { $name }. אפשר לשאול אותי על הלוח, או לבקש שינוי: אני מציע, ומנהל מחליט.
link-already = החשבון שלך כבר מקושר, { $name }.
link-done = נעים להכיר, { $name }. החשבון מקושר; אפשר לשאול אותי על הלוח בכל עת.
link-invalid = קוד הקישור כבר לא בתוקף. אפשר לבקש מהמנהל קוד חדש.
link-invitation = שלום! אני עובד עם צוותי אירועים, ועוד לא הכרנו. אפשר לבקש ממנהל האירוע קוד קישור, ואז נוכל לדבר.

# כשמשהו משתבש.
answer-unfinished = ההצעה נמצאת על הכרטיס שלה, אבל לא הצלחתי לסיים את התשובה.
error-bug = משהו השתבש אצלי, ולא שונה דבר. אפשר לנסות שוב; אם זה חוזר, כדאי למסור למנהל המערכת את המזהה { $id }.
error-upstream = שירות שאני צריך לא עונה. ההודעה נשמרה; אפשר לנסות שוב בעוד דקה.
error-unreachable = אי אפשר להגיע יותר לצ׳אט הזה.
model-off = אני עוד לא יכול לחשוב: לא הוגדר מפתח למודל. מנהל המערכת יכול להגדיר GEMINI_API_KEY. ההודעה נשמרה.

# כשהמודל לא יכול לענות. ההודעה נשמרת בכל מקרה.
model-timeout = לא הספקתי לחשוב על זה בזמן. ההודעה נשמרה; אפשר לנסות שוב, אולי בצעדים קטנים יותר.
model-down = שירות החשיבה שלי לא עונה כרגע. ההודעה נשמרה; אפשר לנסות שוב בעוד דקה.
model-busy = שירות החשיבה שלי עמוס. ההודעה נשמרה; אפשר לנסות שוב בעוד { $seconds ->
    [one] שנייה
    [two] שתי שניות
   *[other] { $seconds } שניות
}.
model-key = שירות החשיבה שלי לא מקבל את המפתח שלו. כדאי לעדכן את מנהל המערכת; ההודעה נשמרה.
model-unknown = המודל שהוגדר לי לא קיים. כדאי לעדכן את מנהל המערכת; ההודעה נשמרה.
model-refused = שירות החשיבה שלי לא קיבל את הבקשה. אפשר לנסח אחרת; ההודעה נשמרה.
model-blocked = אסור לי לענות על זה בניסוח הזה. אפשר לנסח אחרת.
model-empty = לא מצאתי לזה תשובה. אפשר לנסח אחרת.
model-malformed = הסתבכתי בהכנה, ולא בוצע דבר. אפשר לבקש שוב, דבר אחד בכל פעם.
model-cut = התשובה שלי התארכה ונקטעה; לא בוצע דבר. אפשר לבקש פחות בבת אחת.
model-steps = זה דורש יותר צעדים ממה שמותר לי בבת אחת. אפשר לבקש חלק מזה.

# סלאק.
slack-more = { $count ->
    [one] ועוד אחד
   *[other] ועוד { $count }
}

# כשאי אפשר להשתמש בחשבון של המודל.
model-account = שירות החשיבה שלי לא נותן שירות לחשבון הזה. כדאי לעדכן את מנהל המערכת; ההודעה נשמרה.
model-quota = המכסה היומית של שירות החשיבה שלי נגמרה. כדאי לעדכן את מנהל המערכת, או לנסות שוב מחר; ההודעה נשמרה.

# טלגרם, כשנשלח משהו שאינו טקסט.
telegram-text-only = אני קורא רק טקסט שנכתב אליי. אפשר לכתוב לי מה צריך.
