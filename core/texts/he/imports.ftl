# איפה משהו כתוב בקובץ.
import-the-file = הקובץ
import-line = שורה { $line }
import-line-column = שורה { $line }, עמודה { $column }
import-element = שורה { $line }, <{ $tag }>
import-absent = שורה { $line }, <{ $tag }>, { $name }
import-at = ‏{ $place }: { $said }

# קובץ שאי אפשר לקרוא.
import-too-large = בקובץ { $name } יש { $size } בתים; אפשר לקרוא עד { $most }.
import-cannot-open = אי אפשר לקרוא את { $path }: { $why }.
import-empty = הוא ריק.
import-no-json = זה לא JSON תקין: { $why }.
import-too-deep = הקינון בו עמוק מדי.
import-too-many-digits = יש בו מספר בן אלפי ספרות.
import-has-doctype = יש בו הצהרה על סוג מסמך או על ישויות, ואלה לא נקראים.
import-no-xml = זה לא XML תקין: { $why }.
import-other-encoding = קידוד הקובץ לא נתמך; צריך לשמור אותו ב־UTF-8.
import-too-many-elements = הקינון עמוק מ־{ $deepest } רמות, או שיש יותר מ־{ $most } רכיבים.
import-other-root = השורש הוא <{ $root }>; צריך להיות <schedule>.
import-no-conference = חסר <conference> בתוך <schedule>.
import-pretalx-data = אלה נתוני הווידג׳ט או ה־API של pretalx, שלא אומרים את שם הכנס; צריך לקחת את הייצוא "JSON (frab compatible)", כלומר schedule.json.
import-login-page = זה דף אינטרנט שמבקש להתחבר, ולא לוח זמנים. צריך להתחבר בדפדפן, לקחת את הייצוא עצמו, ולייבא את הקובץ הזה.
import-web-page = זה דף אינטרנט, ולא לוח זמנים. צריך לקחת את הייצוא של כלי התכנון (schedule.json, schedule.xml, iCalendar, CSV או Excel) ולייבא את הקובץ הזה.
import-other-kind = זה קובץ מסוג { $kind }, ואין בו לוח זמנים. צריך לקחת את הייצוא של כלי התכנון: schedule.json, schedule.xml, iCalendar, CSV או Excel (.xlsx).
import-error-answer = זו הודעת שגיאה של שירות באינטרנט, ולא לוח זמנים: "{ $said }" צריך לפתוח את כתובת הייצוא בדפדפן שמחוברים בו, ולשמור שוב.
import-other-json = ה־JSON הזה לא מוכר כייצוא של שום כלי (הוא מתחיל ב־{ $keys }). צריך לקחת את הייצוא של כלי התכנון: schedule.json, iCalendar, CSV או Excel (.xlsx).
import-no-session = אין בו אף מושב.
import-no-offset = אין לשעה היסט והקובץ לא אומר מה אזור הזמן; צריך לתת אותו ב־--zone.
import-zones-differ = הקובץ לא אומר מה אזור הזמן, וההיסטים של השעות בו שונים; צריך לתת אותו ב־--zone.
import-conference-no-title = אין לכנס שם.

# שדה שאי אפשר לקרוא.
import-text-expected = כאן צריך להיות טקסט.
import-object-expected = כאן צריך להיות אובייקט.
import-list-expected = כאן צריכה להיות רשימה.
import-key-twice = המפתח { $key } כתוב כאן פעמיים.
import-missing = זה חסר.
import-no-seats = "{ $text }" הוא לא מספר מקומות.
import-no-date = "{ $text }" הוא לא תאריך; צריך לכתוב כמו 2026-05-01.
import-no-clock = "{ $text }" היא לא שעה; צריך לכתוב כמו 10:00.
import-no-time = "{ $text }" הוא לא זמן; צריך לכתוב כמו 2026-05-01T10:00:00+02:00.
import-no-duration = "{ $text }" הוא לא משך; צריך לכתוב כמו 00:45.
import-no-zone = "{ $text }" הוא לא אזור זמן; צריך שם כמו Europe/Berlin.
import-other-year = "{ $text }" לא בין השנים { $first } ו־{ $last }.
import-longer-than = "{ $text }" ארוך { $days ->
    [one] מיום אחד
    [two] מיומיים
   *[other] מ־{ $days } ימים
}.
import-session-no-title = אין למושב שם.

# מה שהיה צריך להניח.
import-note-zone-of-offsets = הקובץ לא אומר מה אזור הזמן; לפי ההיסטים זה { $zone }. את אזור הזמן של המקום נותנים ב־--zone.
import-note-other-offset = הקובץ אומר שאזור הזמן הוא { $zone }, אבל השעות בו כתובות לפי { $offset }. את אזור הזמן של המקום נותנים ב־--zone.
import-too-many-sessions = יש בו יותר מהמותר, שהוא { $most ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $most } מושבים
}; צריך לחלק אותו לפי ימים.
import-note-no-such-time = "{ $title }" ({ $place }): השעון מוזז קדימה ולא מראה { $clock }; נלקחה השעה { $taken }.
import-note-time-twice = "{ $title }" ({ $place }): השעון מוזז אחורה ומראה { $clock } פעמיים; נלקחה הפעם הראשונה.
import-note-no-length = למושב "{ $title }" ({ $place }) אין משך; הוא נשמר עם { $minutes ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $minutes } דקות
}.
import-note-nameless = { $count ->
    [one] למושב אחד אין guid ואין id; בייבוא הבא הוא יזוהה לפי השם והדוברים.
    [two] לשני מושבים אין guid ואין id; בייבוא הבא הם יזוהו לפי השם והדוברים.
   *[other] ל־{ $count } מושבים אין guid ואין id; בייבוא הבא הם יזוהו לפי השם והדוברים.
}
import-note-unread-length = המושב "{ $title }" נשמר עם { $minutes ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $minutes } דקות
}, כי אי אפשר לקרוא את המשך שלו ({ $place }: { $why })
import-note-shortened = { $place }: יש כאן { $letters } אותיות, והן קוצרו ל־{ $most }: "{ $name }".
import-note-left-out = הדוברים של "{ $title }" הושמטו ({ $place }: { $why })
import-blank = משבצת ריקה: בלי שם ובלי מזהה.
import-blanks = { $count ->
    [one] משבצת ריקה אחת
    [two] שתי משבצות ריקות
   *[other] { $count } משבצות ריקות
}, בלי שם ובלי מזהה; הראשונה: { $place }.
import-note-repeated = { $ids ->
    [one] מזהה אחד כתוב ליד { $sessions ->
        [one] מושב אחד
        [two] שני מושבים
       *[other] { $sessions } מושבים
    }: "{ $title }" ({ $id }).
    [two] שני מזהים כתובים כל אחד ליד כמה מושבים, { $sessions } בסך הכול, למשל "{ $title }" ({ $id }: { $count }).
   *[other] { $ids } מזהים כתובים כל אחד ליד כמה מושבים, { $sessions } בסך הכול, למשל "{ $title }" ({ $id }: { $count }).
} כל מושב נשמר.
import-two-times = בחלק מהמושבים, { $count } מתוך { $of }, start ו־date סותרים זה את זה, למשל "{ $title }": לפי start השעה { $start }, לפי date { $date }.
import-clock-start = הנכון הוא start: { $at }
import-clock-date = הנכון הוא date: { $at }
import-note-two-times = בחלק מהמושבים, { $count } מתוך { $of }, start ו־date סותרים זה את זה, למשל "{ $title }": לפי start השעה { $start }, לפי date { $date }. נלקח start; אם השני נכון, צריך לתת --clock date.

# מה הייבוא עשה.
import-summary = { $event }: חדשים: { $added }, הוזזו: { $moved }, השתנו: { $changed }, בלי שינוי: { $unchanged }, מתוך { $count ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $count } מושבים
}.
import-session = ‏{ $title }, { $span }
import-session-in = ‏{ $title }, { $span }, { $room }
import-room-taken = { $title }, { $span }: ב{ $room } עומד { $other }
import-titled = ‏{ $title }: { $why }
import-no-room = בלי אולם
import-was-moved = { $title }: עכשיו { $after }, { $afterroom } (קודם: { $before }, { $beforeroom })
import-was-renamed = { $before } נקרא עכשיו { $after }
import-namesake = { $event } הוא אירוע נפרד, אף שגם { $names } נראה כמוהו. אם זה אותו אירוע, צריך לייבא שוב עם --event והשם שלו.
import-reported = { $count ->
    [one] רשומה אחת מהקובץ לא נכנסה ללוח:
    [two] שתי רשומות מהקובץ לא נכנסו ללוח:
   *[other] { $count } רשומות מהקובץ לא נכנסו ללוח:
}
import-left = { $count ->
    [one] מושב אחד כבר לא בקובץ. הוא נשאר בלוח:
    [two] שני מושבים כבר לא בקובץ. הם נשארים בלוח:
   *[other] { $count } מושבים כבר לא בקובץ. הם נשארים בלוח:
}
import-left-cancelled = { $count ->
    [one] מושב אחד כבר לא בקובץ, והוא בוטל:
    [two] שני מושבים כבר לא בקובץ, והם בוטלו:
   *[other] { $count } מושבים כבר לא בקובץ, והם בוטלו:
}
import-unplaced = { $count ->
    [one] מושב אחד נשמר בלי אולם, כי מושב אחר עומד שם באותו זמן:
    [two] שני מושבים נשמרו בלי אולם, כי מושב אחר עומד שם באותו זמן:
   *[other] { $count } מושבים נשמרו בלי אולם, כי מושב אחר עומד שם באותו זמן:
}
import-cancelled = { $count ->
    [one] הקובץ מבטל מושב אחד. הוא מבוטל בלוח ולא תופס אולם:
    [two] הקובץ מבטל שני מושבים. הם מבוטלים בלוח ולא תופסים אולם:
   *[other] הקובץ מבטל { $count } מושבים. הם מבוטלים בלוח ולא תופסים אולם:
}
import-renamed = { $count ->
    [one] לאולם אחד יש שם אחר:
    [two] לשני אולמות יש שם אחר:
   *[other] ל־{ $count } אולמות יש שם אחר:
}
import-rooms-left = { $count ->
    [one] אולם אחד כבר לא בקובץ, והוא מוצע רק כל עוד עומד בו מושב:
    [two] שני אולמות כבר לא בקובץ, והם מוצעים רק כל עוד עומד בהם מושב:
   *[other] { $count } אולמות כבר לא בקובץ, והם מוצעים רק כל עוד עומד בהם מושב:
}
import-notes = { $count ->
    [one] מה שהיה צריך להניח:
   *[other] מה שהיה צריך להניח:
}
import-added = { $count ->
    [one] מושב חדש אחד:
    [two] שני מושבים חדשים:
   *[other] { $count } מושבים חדשים:
}
import-moved = { $count ->
    [one] מושב אחד הוזז:
    [two] שני מושבים הוזזו:
   *[other] { $count } מושבים הוזזו:
}
import-changed = { $count ->
    [one] מושב אחד השתנה:
    [two] שני מושבים השתנו:
   *[other] { $count } מושבים השתנו:
}
