# זמנים. מילים, לא מקפים וחצים, בין שני ערכים.
time-moment = { $day } בשעה { $time }
time-hours = { $start } עד { $end }
time-span = { $day } · { $start } עד { $end }
time-span-days = { $day } בשעה { $start } עד { $endday } בשעה { $end }
time-twice-on-that-day = ‏{ $time } (UTC{ $offset })
time-zone-note = (שעון { $zone })

# חלקי הכרטיס, לכל הפלטפורמות.
card-now = עכשיו
card-before = לפני
card-after = עכשיו
card-proposed = מוצע
card-undone = בוטל
card-restored = שוחזר
card-conflicts = התנגשויות
card-impact = השפעה
card-risk = סיכון
card-asked = הבקשה
card-consequences = ההשלכות
card-footer = כדאי לדעת
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

# במי הפעולה נוגעת.
impact-nobody = אף אחד לא רשום למושב.
impact-registered = { $count ->
    [one] נוגע לאדם אחד שרשום.
    [two] נוגע לשני אנשים רשומים.
   *[other] נוגע ל־{ $count } אנשים רשומים.
}
impact-waiting = { $count ->
    [one] אדם אחד ממתין למקום.
    [two] שני אנשים ממתינים למקום.
   *[other] { $count } אנשים ממתינים למקום.
}
impact-returns = { $count ->
    [one] אדם אחד מקבל בחזרה את מקומו.
    [two] שני אנשים מקבלים בחזרה את מקומם.
   *[other] { $count } אנשים מקבלים בחזרה את מקומם.
}
impact-line-returns = { $count ->
    [one] אדם אחד חוזר לרשימת ההמתנה.
    [two] שני אנשים חוזרים לרשימת ההמתנה, באותו סדר.
   *[other] { $count } אנשים חוזרים לרשימת ההמתנה, באותו סדר.
}
impact-vip = אח״מ: { $name }
impact-vip-note = אח״מ: { $name } ({ $note })
impact-places-more = { $count ->
    [one] מתווסף מקום אחד.
    [two] מתווספים שני מקומות.
   *[other] מתווספים { $count } מקומות.
}
impact-places-fewer = { $count ->
    [one] נגרע מקום אחד.
    [two] נגרעים שני מקומות.
   *[other] נגרעים { $count } מקומות.
}

# הערות על אנשים ופרטי קשר, במקום שבו קוראים גם אחרים.
personal = { $value }
internal = { $value }
personal-withheld = לא מוצג כאן
personal-on-card = הערות על אנשים ופרטי קשר לא מוצגים כאן. אפשר לשאול אותי בצ׳אט פרטי, או ללחוץ ב־Slack על ”הצגת הכול“.
personal-not-for-viewers = הערות על אנשים ופרטי קשר לא מוצגים למי שיש לו הרשאת צפייה בלבד.
personal-offered = הערות על אנשים ופרטי קשר לא נמסרים במקום שבו קוראים גם אחרים. אפשר לשאול אותי בצ׳אט פרטי.

# סביב הכרטיס.
asked-by = ‏{ $name }: ”{ $words }“
card-why = העוזר מציע זאת כי: ”{ $words }“
suggestion-was-rejected = ההצעה הזאת בדיוק נדחתה על ידי { $name }, { $at }. היא לא תעלה שוב אלא אם מבקשים זאת במפורש: די לבקש, ואציע אותה שוב.
footer-deciders = מחליטים בעלים או מנהלים.
footer-deadline = ממתין עד { $deadline }.
button-approve = אישור
button-reject = דחייה
button-dismiss = סגירה
notice-blocked = אי אפשר לאשר את זה כמו שהוא. אפשר לבקש שעה או אולם אחרים, או לסגור.
notice-renewed = הלוח השתנה אחרי ההצעה הראשונה. לא בוצע דבר; כך זה נראה עכשיו.
outcome-approved = אושר על ידי { $name }, { $at }.
outcome-rejected = נדחה על ידי { $name }, { $at }. לא שונה דבר.
outcome-at-once = בוצע מיד, { $at }, לבקשת { $name }: לפי המדיניות לא היה צורך באישור.
outcome-executed = אושר על ידי { $name }, { $at }.
outcome-failed = לא ניתן היה לבצע, ולא שונה דבר. { $name }, { $at }. אפשר לבקש שוב.
outcome-expired = אף אחד לא החליט עד { $deadline }. לא שונה דבר; אם זה עדיין רצוי, אפשר לבקש שוב.
outcome-superseded = הוחלף בהצעה חדשה יותר. ההצעה הזו לא שינתה דבר.
card-asked-directly = אי אפשר להגיע לערוץ המנהלים, ולכן פניתי ישירות למי שרשאי להחליט. אם אין תשובה, כדאי לעדכן מנהל.
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
card-not-shown = ההצעה נשמרה, אבל אי אפשר להציג כאן את הכרטיס שלה. מי שמחליט מוצא אותה ב־/pending או בלשונית הבית של Slack.

# דרך אחת לומר שינוי, בשורה אחת. ”במקום“ נכון לפני ההחלטה וגם אחריה.
in-one-line = { $parts }
change = { $proposed } במקום { $now }
change-new = { $proposed }
change-labelled = { $label }: { $proposed } במקום { $now }
change-labelled-new = ‏{ $label }: { $proposed }
card-undo = ביטול · { $title }
card-lines = מה זה עושה, שורה אחר שורה
