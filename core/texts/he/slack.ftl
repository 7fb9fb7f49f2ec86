# כרטיסים בסלאק.

# משותף לחלונות בסלאק.
slack-modal-foreign = החלון הזה לא שייך להצעה שאני מכיר. שום דבר לא שונה; אפשר ללחוץ שוב על הכפתור בכרטיס.

# דחייה.
slack-reject-title = דחייה
slack-reject-do = דחייה
slack-reject-why = מה הסיבה?
slack-reject-words = במילים שלך
slack-reject-hint = מי שביקש יקרא את זה, וזה נשמר ביומן. אפשר להשאיר ריק.
slack-reject-other = נא לכתוב את הסיבה בכמה מילים, או לבחור סיבה אחרת.

# שינוי לפני אישור.
slack-edit-title = קודם לשנות
slack-edit-do = בדיקת השינוי
slack-edit-note = מה שמשתנה כאן נבדק מחדש. הכרטיס יציג אותו כגרסה חדשה, ואת הקודמת כבר לא יהיה אפשר לאשר.
slack-edit-field-day = יום
slack-edit-field-start = התחלה
slack-edit-field-end = סיום
slack-edit-field-endday = מסתיים ביום אחר
slack-edit-zone = לפי השעה במקום האירוע ({ $zone }).
slack-edit-choose-place = בחירת אולם
slack-edit-choose-person = בחירת אדם
slack-edit-choose-choice = בחירה
slack-edit-day-of = { $label }: יום
slack-edit-time-of = { $label }: שעה
slack-edit-nothing = עוד לא השתנה דבר. אפשר לשנות משהו, או לסגור את החלון.
slack-edit-order = הסיום צריך להיות אחרי ההתחלה.
slack-edit-empty = אי אפשר להשאיר את זה ריק.
slack-edit-when = צריך גם יום וגם שעה.

# בחירת שורות.
slack-choose-title = מה יבוצע
slack-choose-do = עדכון הכרטיס
slack-choose-lines = שורות { $first } עד { $last }
slack-choose-line = שורה { $first }
slack-choose-mode = כשאי אפשר לבצע שורה
slack-choose-all = שום דבר לא יבוצע
slack-choose-until = מה שבוצע לפניה נשאר, והשאר לא יבוצע
slack-choose-none = לפחות שורה אחת צריכה להישאר. כדי לוותר על כולן, דוחים את ההצעה.

# הכול במלואו.
slack-show-title = הכול
slack-show-close = סגירה
slack-show-page = עמוד { $page } מתוך { $pages }
slack-show-next = העמוד הבא
slack-show-back = העמוד הקודם

# מעבר למדיניות.
slack-glass-title = אישור כבעלים
slack-glass-do = אישור כבעלים
slack-glass-note = זה מעבר למדיניות, שדורשת כאן יותר מהאישור שלך. האישור יהיה בשמך בלבד, כל מי שמחליט יקבל הודעה, והיומן ישמור את הסיבה.
slack-glass-why = למה זה לא יכול לחכות?
slack-glass-short = נא לכתוב סיבה של לפחות 10 אותיות.

# לשונית הבית.
slack-home-title = איפה צריכים אותך
slack-home-filter = להציג
slack-home-all = הכול
slack-home-risk = סיכון: { $risk }
slack-home-event = אירוע: { $name }
slack-home-waiting = ממתין להחלטתך ({ $count })
slack-home-mine = הבקשות שלך ({ $count })
slack-home-decided = הוחלט היום ({ $count })
slack-home-waiting-none = שום דבר לא ממתין לך.
slack-home-mine-none = לא היו בקשות שלך בשבעת הימים האחרונים.
slack-home-decided-none = היום עוד לא הוחלט דבר.
slack-home-conflicts = { $count ->
    [0] אין התנגשויות
    [one] התנגשות אחת
    [two] שתי התנגשויות
   *[other] { $count } התנגשויות
}
slack-home-page = { $first } עד { $last } מתוך { $count }
slack-home-next = הבא
slack-home-back = הקודם
