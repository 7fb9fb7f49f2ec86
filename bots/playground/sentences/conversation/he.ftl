# המילים של הממלא מקום של Gemini. Fluent מבודד את הערכים; בין שני ערכים באות מילים, לא מקפים.
hello = שלום! אפשר לשאול מה קורה, מי מדבר ואיפה, או לבקש שינוי בלוח הזמנים.
thanks = בשמחה.
help = כאן ממלאים את מקומו של Gemini, עם רשימה קבועה של משפטים (docs/sentences.md): מה קורה, מי מדבר, מתי ואיפה, אולמות פנויים, ושינויים בלוח שמנהל מאשר אחר כך. למשל:
not-understood = כאן רק ממלא מקום של Gemini, והמשפט הזה לא ברשימה שהוא מכיר (היא ב־docs/sentences.md). אפשר לנסות אחד מאלה:
decide = מחליטים על הצעה בכפתורים שבכרטיס שלה, בעלים או מנהל. אין לי אפשרות לעשות זאת.
choose = אין כאן בין מה לבחור. נא לכתוב את הבקשה המלאה.
which-session = לאיזה מושב הכוונה? נא לכתוב את הכותרת.
which-one = לאיזה מהם הכוונה?
may-not-write = אפשר כאן לצפות בלוח, ולא לשנות אותו. כדאי לפנות למנהל.
no-tool = אין לי כאן כלי לזה.
cannot-look = אי אפשר לבדוק דבר בשביל התשובה הזאת.
not-finished = לא הספקתי להגיע לסוף. נא לבקש שוב.
tool-error = הכלי לא קיבל את זה: { $error }
create-when = מתי זה יתקיים? נא לכתוב במשפט אחד, עם כותרת, התחלה, סיום ואולם.
create-until = עד מתי? נא לכתוב במשפט אחד, עם כותרת, התחלה, סיום ואולם.
move-where = לאן או למתי? נא לכתוב במשפט אחד, עם שעה, יום או אולם.

span = { $start } עד { $end }
moment = { $day } בשעה { $time }
when = { $day }, { $start } עד { $end }
event = { $name } מתקיים מ{ $first } עד { $last }.
no-events = אין עדיין אירועים.
nothing-on = לא מצאתי דבר בלוח הזמנים עבור { $asked }.
nothing-at-all = לא מצאתי דבר בלוח הזמנים.
there-is-more = יש עוד, מעבר למה שרשום כאן. אפשר לשאול על אולם או על שעה.
found = זה הכי קרוב ל־{ $query }:
found-nothing = לא מצאתי דבר על { $query }.
cancelled = בוטל
no-slots = אין חלון פנוי כזה ב{ $day }.
seats = { $count ->
    [one] מקום אחד
   *[other] { $count } מקומות
}
registered = { $count ->
    [0] אף אחד לא רשום.
    [one] אדם אחד רשום.
    [two] שני אנשים רשומים.
   *[other] { $count } אנשים רשומים.
}
registered-of = { $count ->
    [0] אף אחד עוד לא רשום
    [one] אדם אחד רשום
    [two] שני אנשים רשומים
   *[other] { $count } אנשים רשומים
}, מספר המקומות: { $capacity }.
among-them = ביניהם:
vip = אח״מ: { $name }
vip-note = אח״מ: { $name } ({ $note })
nothing-waits = שום דבר לא ממתין לאישור.
waiting = { $count ->
    [one] הצעה אחת ממתינה להחלטה:
    [two] שתי הצעות ממתינות להחלטה:
   *[other] { $count } הצעות ממתינות להחלטה:
}
suggestion = { $action ->
    [schedule_create] מושב חדש, { $title }
    [schedule_update] שינוי של { $title }
    [schedule_delete] הסרה של { $title }
   *[other] { $title }
}, לבקשת { $name }
risk = סיכון { $risk ->
    [low] נמוך
    [medium] בינוני
    [high] גבוה
    [critical] קריטי
   *[other] { $risk }
}
until = עד { $until }
is-blocked = אי אפשר לאשר כמו שזה
suggested = הכנתי הצעה עבור { $title }. שום דבר עוד לא השתנה; היא ממתינה לאישור בכרטיס.
blocked = הכנתי הצעה עבור { $title }, אבל אי אפשר לאשר אותה כמו שהיא. צריך לבחור שעה אחרת או אולם אחר.
affected = { $count ->
    [one] נוגע לאדם אחד שרשום.
    [two] נוגע לשני אנשים רשומים.
   *[other] נוגע ל־{ $count } אנשים רשומים.
}
