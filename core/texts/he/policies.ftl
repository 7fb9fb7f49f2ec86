# מי מחליט.
policy-who-both = בעלים או מנהל
policy-who-owner = בעלים
policy-who-manager = מנהל
policy-who-people = { $count ->
    [0] אף אחד
    [1] { $names }
   *[other] אחד מאלה: { $names }
}
policy-who-or = { $roles } או { $people }
policy-who-all = מי שהוא גם וגם: { $rights }
policy-decided-by = ההחלטה בידי: { $who }.
policy-two-needed = נדרש אישור של שני אנשים שונים.
policy-votes = אישרו עד כה: { $names }. נדרש אישור נוסף, של מישהו אחר.
policy-asker-may-not = הבקשה היא של { $name }, ולכן האישור צריך לבוא ממישהו אחר.

# למה מישהו לא יכול לאשר.
policy-owners-only = רק בעלים יכולים להחליט על זה. הם כבר קיבלו את הבקשה.
policy-not-your-own = זו בקשה שלך, ולכן מישהו אחר צריך לאשר אותה.
policy-not-you = לפי המדיניות של הארגון ההחלטה כאן בידי: { $who }. הם כבר קיבלו את הבקשה.
policy-voted = האישור שלך נרשם. נדרש אישור נוסף, של מישהו אחר.
policy-voted-already = כבר אישרת את זה. נדרש אישור נוסף, של מישהו אחר.
policy-stuck = כרגע אין מי שיכול לאשר את זה: המדיניות דורשת { $who }. בעלים יכולים לשנות את המדיניות, או לאשר מעבר לה.
policy-stuck-one = נדרשים כאן שני אנשים שונים, ורק ל{ $name } יש אפשרות לאשר. בעלים יכולים לשנות את המדיניות, או לאשר מעבר לה.
policy-stuck-notice = ”{ $title }“ מחכה לשווא. { $why }

# מעבר למדיניות.
policy-glass-owners = רק בעלים יכולים לאשר מעבר למדיניות.
policy-glass-blocked = אי אפשר לאשר את זה: יש כאן התנגשות, וזה לא עניין של מדיניות.
policy-glass-nothing = המדיניות מאפשרת לך לאשר את זה לבד: יש להשתמש בכפתור של הכרטיס.
policy-glass-words = צריך לכתוב למה, לפחות { $count ->
    [one] אות אחת
    [two] שתי אותיות
   *[other] { $count } אותיות
}. לא שונה דבר.
policy-glass-notice = ‼ אישור מעבר למדיניות, בידי { $name }: ”{ $title }“. הסיבה שנכתבה: ”{ $words }“

# שינוי במדיניות, על כרטיס.
card-policy-change = שינוי במדיניות
policy-field-rule = מי מאשר { $about }
policy-field-order = הכללים, הראשון שמתאים קובע
policy-field-askers = מבקשים מאשרים את הבקשות שלהם
policy-field-at-once = סיכון נמוך מתבצע מיד
policy-field-two = שני אנשים נדרשים עבור
policy-field-backup = למי פונים כשאף אחד לא מחליט
policy-field-level = התנגשות ”{ $kind }“
policy-field-buffer = הפסקה בין שני מושבים באולם
policy-any-action = הכול
policy-action-at-risk = { $action } (סיכון: { $risk })
policy-no-rule = אין כלל משלו
policy-names = { $names }
policy-the-owners = הבעלים
policy-none = שום דבר
policy-yes = כן
policy-no = לא
policy-level-block = חוסמת
policy-level-acknowledge = דורשת אישור שנקראה
policy-level-warn = נאמרת
policy-level-off = לא נאמרת
policy-minutes = { $count ->
    [0] אין
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $count } דקות
}

# למה מדיניות כזו לא אפשרית.
policy-nothing = המדיניות כבר אומרת את זה, ואין מה לשנות.
policy-moved = מישהו אחר שינה את המדיניות באותו רגע, ולכן השינוי לא נשמר. כדאי להסתכל עליה ולבקש שוב.
policy-fixed-room = מסד הנתונים עצמו לא מרשה שני מושבים באולם אחד באותו זמן. אפשר לסמן את האולם כאולם משותף במקום זה.
policy-fixed-times = מושב חייב להסתיים אחרי שהוא מתחיל, בכל מדיניות. אפשר לשנות את הזמנים שלו במקום זה.
policy-unknown-kind = אין סוג התנגשות בשם { $kind }. הסוגים הם: { $kinds }.
policy-unknown-action = אין פעולה בשם { $action }. הפעולות הן: { $actions }.
policy-too-many-rules = { $count ->
    [one] במדיניות יש לכל היותר כלל אחד. צריך להסיר כלל קודם.
    [two] במדיניות יש לכל היותר שני כללים. צריך להסיר כלל קודם.
   *[other] במדיניות יש לכל היותר { $count } כללים. צריך להסיר כלל קודם.
}
policy-never-decides = ל{ $name } אין אפשרות להחליט, כי רק בעלים ומנהלים מחליטים. קודם צריך לתת תפקיד כזה.
policy-person-gone = אחד מהאנשים האלה כבר לא עובד כאן. צריך לבחור מישהו אחר.
policy-person-unknown = אני לא מכיר כאן אף אחד בשם { $name }.
policy-person-which = למי הכוונה: { $names }?
policy-actions = { $more ->
    [one] { $first } ועוד סוג פעולה אחד
    [two] { $first } ועוד שני סוגי פעולות
   *[other] { $first } ועוד { $more } סוגי פעולות
}
policy-locks-out = אף אחד לא יוכל לאשר { $action } בסיכון { $risk }: המדיניות תדרוש { $who }. לא שונה דבר.
policy-one-for-two = שני אנשים שונים יצטרכו לאשר { $action } בסיכון { $risk }, ורק ל{ $name } תהיה אפשרות ({ $who }). לא שונה דבר.
policy-locks-asker-out = לא יישארו מספיק אנשים לאשר { $action } בסיכון { $risk } כשהבקשה היא של { $name } ({ $who }). לא שונה דבר.

# מי מחליט במקום מישהו.
card-delegation-create = { $name } בהיעדרות, וההחלטות עוברות בינתיים
card-delegation-end = ההחלטות חוזרות אל { $name }
card-delegation-resume = { $name } בכל זאת בהיעדרות
delegation-field-delegate = מי מחליט בינתיים
delegation-field-from = מתאריך
delegation-field-until = עד
delegation-moment = { $at }
delegation-to-oneself = במקום { $name } צריך להחליט מישהו אחר. נא לציין שם נוסף.
delegation-nothing-to-give = ל{ $name } אין אפשרות להחליט, ולכן אין מה להעביר.
delegation-backwards = היום האחרון הוא לפני הראשון. צריך להחליף ביניהם.
delegation-past = הימים האלה כבר עברו. צריך לבחור ימים שעוד יבואו.
delegation-overlaps = ההחלטות של { $name } כבר אצל { $to }, החל מ{ $start } עד { $end }. צריך לסיים את זה קודם.
delegation-none = אף אחד לא מחליט במקום { $name }, ואין מה לסיים.
delegation-gone = זה כבר הסתיים או השתנה בינתיים. לא שונה דבר.

# שמו של כל סוג פעולה, אחרי "מי מאשר".
kind-of-action-event-create = אירועים חדשים
kind-of-action-event-update = שינויים באירועים
kind-of-action-event-publish = פרסום אירועים
kind-of-action-event-unpublish = החזרת אירועים לטיוטה
kind-of-action-event-delete-draft = הסרת טיוטות של אירועים
kind-of-action-schedule-create = מושבים חדשים
kind-of-action-schedule-update = שינויים במושבים
kind-of-action-schedule-delete = הסרת מושבים
kind-of-action-room-add = אולמות חדשים
kind-of-action-room-update = שינויים באולמות
kind-of-action-room-remove = הסרת אולמות
kind-of-action-participant-assign = רישום למושבים
kind-of-action-participant-unassign = ביטול רישום למושבים
kind-of-action-participants-move = העברת משתתפים ממושב למושב
kind-of-action-participant-add = משתתפים חדשים
kind-of-action-participant-update = שינויים בפרטי משתתפים
kind-of-action-participant-set-vip = סימוני אח״מ
kind-of-action-participant-check-in = הגעה של משתתפים
kind-of-action-participant-remove = הסרת משתתפים
kind-of-action-vendors-assign = שיבוץ ספקים לאירועים
kind-of-action-vendor-unassign = הסרת ספקים מאירועים
kind-of-action-vendor-status = עדכונים של ספקים באירועים
kind-of-action-vendor-add = ספקים חדשים
kind-of-action-vendor-update = שינויים בפרטי ספקים
kind-of-action-vendor-remove = הסרת ספקים
kind-of-action-checklist-add = משימות חדשות
kind-of-action-checklist-complete = סימון משימות שבוצעו
kind-of-action-checklist-assign = הטלת משימות
kind-of-action-checklist-remove = הסרת משימות
kind-of-action-checklist-reopen = פתיחת משימות מחדש
kind-of-action-person-off = כיבוי הגישה של מישהו
kind-of-action-person-on = החזרת הגישה של מישהו
kind-of-action-person-role = תפקידים של אנשים
kind-of-action-sessions-swap = החלפה בין שני מושבים
kind-of-action-sessions-shift = הזזה של כמה מושבים
kind-of-action-bundle = כמה שינויים בכרטיס אחד
kind-of-action-import-schedule = לוח זמנים מקובץ
kind-of-action-policy-change = שינויים במדיניות
kind-of-action-delegation-create = העברת החלטות למישהו אחר
kind-of-action-delegation-end = סיום של העברת החלטות
kind-of-action-delegation-resume = חידוש של העברת החלטות

# שמו של כל סוג התנגשות.
kind-of-conflict-ends-before-start = סיום לפני ההתחלה
kind-of-conflict-outside-event = מחוץ לתאריכי האירוע
kind-of-conflict-places-exceeded = יותר אנשים ממקומות פנויים
kind-of-conflict-room-overlap = האולם כבר תפוס
kind-of-conflict-room-sessions-overlap = שני מושבים באולם אחד בו־זמנית
kind-of-conflict-session-cancelled = המושב בוטל
kind-of-conflict-session-full = המושב מלא
kind-of-conflict-sessions-left-out = מושבים מחוץ לימים החדשים של האירוע
kind-of-conflict-agenda-empty = לוח זמנים ריק
kind-of-conflict-agenda-outside-event = בלוח הזמנים: מושבים מחוץ לימי האירוע
kind-of-conflict-agenda-rooms-too-small = בלוח הזמנים: מושבים גדולים מהאולם שלהם
kind-of-conflict-agenda-speaker-overlaps = בלוח הזמנים: דוברים בשני מקומות בו־זמנית
kind-of-conflict-already-in-target = כבר ברשימה של המושב
kind-of-conflict-capacity-overflow = יותר רשומים ממקומות
kind-of-conflict-checklist-due-passed = משימה שכבר באיחור
kind-of-conflict-checklist-same-title = משימה פתוחה באותו שם
kind-of-conflict-event-exists = אירוע באותו שם ובאותם ימים
kind-of-conflict-participant-known = משתתף שאולי כבר ברשימה
kind-of-conflict-participant-namesake = משתתף באותו שם
kind-of-conflict-participant-overlap = משתתף בשני מושבים בו־זמנית
kind-of-conflict-room-below-registered = פחות מקומות באולם מאנשים שנרשמו
kind-of-conflict-room-below-registered-more = כך גם במושבים נוספים באולם
kind-of-conflict-room-buffer = הפסקה קצרה מדי בין שני מושבים
kind-of-conflict-room-too-small = אולם קטן מדי
kind-of-conflict-speaker-overlap = דובר בשני מקומות בו־זמנית
kind-of-conflict-vendor-event-over = ספק שמגיע אחרי האירוע
kind-of-conflict-vendor-late = ספק שמגיע אחרי תחילת מושב
kind-of-conflict-waiting-list = אין עדיין מקום, רק רשימת המתנה
kind-of-conflict-waiting-passed = אחרים ממתינים למקום זמן רב יותר
kind-of-conflict-zone-shifts-times = השעות המקומיות משתנות
kind-of-conflict-people-gone = רישומים שאבדו עם אנשים שכבר לא ברשימה
kind-of-conflict-sessions-gone = רישומים שאבדו עם מושבים שכבר לא קיימים
kind-of-conflict-undo-incomplete = ביטול שלא מחזיר את הכול
kind-of-conflict-returns-past-limit = אדם אחד יותר מדי אחרי ביטול
