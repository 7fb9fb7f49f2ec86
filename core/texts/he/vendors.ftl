# ספקים באירוע.
card-vendors-assign = שיבוץ ל{ $event }: { $vendors }
card-vendor-unassign = הסרה מ{ $event }: { $vendors }
card-vendor-status = { $vendors } באירוע { $event }
card-vendor-add = ספק חדש: { $vendor }
card-vendor-update = שינוי בפרטי הספק: { $vendor }
card-vendor-remove = הסרת הספק: { $vendor }
vendors-field-name = שם
vendors-field-category = תחום
vendors-field-phone = טלפון
vendors-field-email = דוא״ל
vendors-label-status = סטטוס
vendors-label-arrives = הגעה
vendors-label-notes = הערות
vendors-label-notes-of = הערות על { $vendor }
vendors-label-cost = עלות
vendors-label-cost-of = העלות של { $vendor }
vendors-cost = { $cost }
impact-cost-more = עלות האירוע עולה ב{ $amount }.
impact-cost-less = עלות האירוע יורדת ב{ $amount }.
vendors-label-left-out = כבר משובצים ולכן לא נכללו
vendors-names = { $names }
vendors-standing = { $status }, הגעה ב{ $at }
vendors-at = { $at }
vendors-no-time = לא נקבעה שעה
vendors-status-invited = הוזמן
vendors-status-confirmed = אישר הגעה
vendors-status-on-the-way = בדרך
vendors-status-arrived = הגיע
vendors-status-cancelled = בוטל

# מה לשים לב אליו.
conflict-vendor-late = ההגעה של { $vendor } מתוכננת רק אחרי ש{ $title } כבר התחיל, { $start }.
conflict-vendor-event-over = האירוע { $event } כבר יהיה מאחורינו בזמן ההגעה של { $vendor }.

# לשאול בחזרה.
vendors-unknown = לא מצאתי ספק בשם { $vendor }.
vendors-which = לאיזה ספק הכוונה ב־{ $vendor }: { $vendors }?
vendors-already = כבר שובצו ל{ $event }: { $vendors }. אין מה לשנות.
vendors-not-assigned = לא שובצו ל{ $event }: { $vendors }.
vendors-gone = הספק או האירוע כבר לא קיימים. לא שונה דבר.
vendors-exists = כבר יש ספק בשם { $vendor }.
vendors-nameless = לספק נדרש שם שאפשר לקרוא.
vendors-in-use = { $count ->
    [one] הספק { $vendor } משובץ לאירוע אחד ולכן נשאר. קודם יש להסיר אותו מהאירוע.
    [two] הספק { $vendor } משובץ לשני אירועים ולכן נשאר. קודם יש להסיר אותו מהם.
   *[other] הספק { $vendor } משובץ ל־{ $count } אירועים ולכן נשאר. קודם יש להסיר אותו מהם.
}
