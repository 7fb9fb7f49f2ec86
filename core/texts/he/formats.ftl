# Calendars, tables and the JSON of other tools.
format-field-of = ‏{ $place }, { $name }
format-no-event-name = הקובץ של { $tool } אינו אומר מה שם הכנס; אפשר לתת אותו ב־--event.
format-no-zone = הזמנים של { $tool } מקומיים, והקובץ אינו אומר מה אזור הזמן; אפשר לתת אותו ב־--zone.
format-nothing-placed = לאף מושב אין עדיין זמן; קודם צריך לשבץ אותם ב־{ $tool }.
format-not-placed = עדיין אין לו זמן.
format-encoding-damaged = קידוד הטקסט של הקובץ פגום; יש לשמור אותו כ־UTF-8.
format-no-text = זה אינו טקסט, או שקידוד הטקסט אינו מוכר; יש לשמור אותו כ־UTF-8.
format-calendar-cut = היומן נקטע באמצע אירוע; יש לייצא או להוריד אותו שוב.
format-calendar-broken = אי אפשר לקרוא את היומן: { $why }.
format-zone-unknown = "{ $title }" ({ $place }): אזור הזמן "{ $zone }" אינו מוכר; הזמנים נקראו כזמנים מקומיים.
format-repeats-unread = "{ $title }" ({ $place }): אי אפשר לקרוא מתי המושב חוזר; נשמרה הפעם הראשונה.
format-repeats-endlessly = "{ $title }" ({ $place }) חוזר בלי סוף; נשמר עד { $until }.
format-events-twice = מושבים עומדים גם ליד הכנס וגם בימים שלו, ואי אפשר לדעת לאיזה מהם הכוונה. צריך לייצא את הקובץ שוב.
format-repeats-too-often = "{ $title }" ({ $place }) חוזר יותר מהמותר, שהוא { $most ->
    [one] פעם אחת
    [two] פעמיים
   *[other] { $most } פעמים
}; נשמרו הראשונות.
format-stands-twice = הוא מופיע בקובץ פעם שנייה, מילה במילה.
format-whole-days = "{ $title }" ({ $place }) נמשך ימים שלמים ואינו תופס אולם; בקובץ כתוב { $room }.
format-indico-list = זו רשימת האירועים של Indico; יש לייצא את לוח הזמנים: ‎/export/timetable/NUMBER.json.
format-indico-events = יש כאן { $count ->
    [one] אירוע אחד
    [two] שני אירועים
   *[other] { $count } אירועים
}; יש לייצא את לוח הזמנים של אחד מהם.
format-indico-blocks = { $count ->
    [one] מקטע אחד של Indico נשמר כמסלול של ההרצאות שבו.
    [two] שני מקטעים של Indico נשמרו כמסלולים של ההרצאות שבהם.
   *[other] { $count } מקטעים של Indico נשמרו כמסלולים של ההרצאות שבהם.
}
format-indico-posters = { $count ->
    [one] פוסטר אחד נשמר בטקסט של מושב הפוסטרים שלו.
    [two] שני פוסטרים נשמרו בטקסט של מושבי הפוסטרים שלהם.
   *[other] { $count } פוסטרים נשמרו בטקסט של מושבי הפוסטרים שלהם.
}

# Tables.
format-row = שורה { $row }
format-row-of = גיליון "{ $sheet }", שורה { $row }
format-no-agenda = זה אינו לוח זמנים ואינו טבלה עם עמודות כגון כותרת, תאריך, התחלה, סיום וחדר.
format-no-table = השורה הזאת אינה חלק מטבלה.
format-password = הקובץ נעול בסיסמה; יש לשמור אותו בלעדיה.
format-no-workbook = הגיליון פגום או מסוג שאינו מוכר; יש לשמור אותו כ־.xlsx או כ־.csv.
format-unpacks-too-large = הקובץ נפרש ל־{ $size } בתים; נקראים { $most } לכל היותר.
format-workbook-too-heavy = בגיליון הזה רשומים יותר תאים ממה שאפשר לקרוא; צריך להעתיק את לוח הזמנים לבדו לגיליון חדש, או לשמור כ־‎.csv.
format-too-many-rows = יש בו יותר מ־{ $most } שורות.
format-map-field = אין שדה ששמו "{ $field }"; יש { $fields }.
format-map-column = אין עמודה ששמה "{ $column }"; העמודות הן { $columns }.
format-no-column = אף עמודה אינה מוכרת כ־{ $field }; העמודות הן { $columns }. אפשר לומר מי מהן ב־--map { $field }="שם העמודה".
format-sheet-unread = בגיליון "{ $sheet }" אין לוח זמנים, והוא לא נקרא.
format-day-or-month = את "{ $text }" אפשר לקרוא בשתי דרכים; ‎--dates day או ‎--dates month אומרים מה בא קודם.
format-day-first = תאריכים כמו { $text } נקראים כשהיום ראשון.
format-month-first = תאריכים כמו { $text } נקראים כשהחודש ראשון.
format-not-held = המצב שלו הוא "{ $status }".
format-row-no-date = אין תאריך כאן או מעל.
format-no-date = "{ $text }" אינו תאריך שקיים.
format-no-clock = "{ $text }" אינה שעה; יש לכתוב אותה כך: 10:00.
format-no-length = "{ $text }" אינו משך זמן; יש לכתוב אותו כך: 45 או 1:30.

# People, registrations and vendors.
format-no-people = זו אינה טבלה עם עמודות כגון שם, דוא״ל ו־VIP.
format-no-name = אין כאן שם, או שיש בו יותר מ־200 אותיות.
format-no-email = "{ $text }" אינה כתובת דוא״ל.
format-no-status = "{ $text }" אינו מצב של ספק; המצבים הם { $known }.
people-no-event = אין אירוע ששמו { $name }; קודם צריך לייבא את לוח הזמנים שלו.
people-no-event-at-all = אין אירוע שעוד לא הסתיים; קודם צריך לייבא את לוח הזמנים שלו.
people-several-events = יש כמה אירועים; אפשר לומר לאיזה מהם ב־--event: { $names }.
people-namesakes = { $count ->
    [one] יש שם אדם אחד בשם הזה
    [two] יש שם שני אנשים בשם הזה
   *[other] יש שם { $count } אנשים בשם הזה
}; צריך לתת את כתובת הדוא״ל.
people-session-unknown = אין מושב ששמו "{ $session }"; הרישום נשאר בחוץ.
people-session-twice = יש כמה מושבים ששמם "{ $session }"; צריך לתת את המזהה של המושב.

# A schedule that somebody shared in a chat.
shared-title = ייבוא אל { $event }
shared-title-new = ייבוא של { $event }, אירוע חדש
shared-file = קובץ
shared-added = מושבים חדשים
shared-moved = עוברים שעה או אולם
shared-changed = משתנים אחרת
shared-left = אינם עוד בקובץ, ונשארים
shared-unplaced = נשארים בלי אולם
shared-reported = אינם מיובאים
shared-count = { $count }
shared-undo = ביטול
shared-no-undo = לא בלחיצה אחת; אפשר לייבא שוב את הקובץ הקודם.
shared-more = { $count ->
    [one] ... ועוד שורה אחת.
    [two] ... ועוד שתי שורות.
   *[other] ... ועוד { $count } שורות.
}
shared-not-yours = רק בעלים ומנהלים יכולים לייבא לוח זמנים; אפשר לבקש מהם לשתף את הקובץ.
shared-too-large = { $name } גדול מדי לצ׳אט; אפשר לייבא אותו בשורת הפקודה.
shared-not-fetched = לא היה אפשר להביא את הקובץ; כדאי לשתף אותו שוב ולבדוק שלאפליקציה מותר לקרוא קבצים.
shared-unreadable = אי אפשר לייבא את { $name }. { $why }
shared-people = ב־{ $name } יש אנשים או ספקים; אותם מייבאים בשורת הפקודה.
shared-nothing-new = אין חדש ב־{ $name }: { $event } כבר כפי שכתוב בקובץ.
shared-several-events = אי אפשר לייבא את { $name }: יש כמה אירועים בשם הזה.
shared-summary = { $name }, עבור { $event }: { $parts }.
shared-does-added = { $count ->
    [one] מושב אחד חדש
    [two] שני מושבים חדשים
   *[other] { $count } מושבים חדשים
}
shared-does-moved = { $count ->
    [one] אחד עובר שעה או אולם
    [two] שניים עוברים שעה או אולם
   *[other] { $count } עוברים שעה או אולם
}
shared-does-changed = { $count ->
    [one] אחד משתנה אחרת
    [two] שניים משתנים אחרת
   *[other] { $count } משתנים אחרת
}
shared-does-left = { $count ->
    [one] אחד כבר אינו בקובץ, ונשאר
    [two] שניים כבר אינם בקובץ, ונשארים
   *[other] { $count } כבר אינם בקובץ, ונשארים
}
shared-does-unplaced = { $count ->
    [one] אחד נשאר בלי אולם
    [two] שניים נשארים בלי אולם
   *[other] { $count } נשארים בלי אולם
}
shared-does-reported = { $count ->
    [one] אחד אינו מיובא
    [two] שניים אינם מיובאים
   *[other] { $count } אינם מיובאים
}
shared-report = דוח על { $name }
shared-report-beside = הדוח שלמטה מפרט את כולם בשמם.
chat-format-no-event-name = הקובץ של { $tool } אינו אומר מה שם הכנס; אפשר לשתף אותו שוב ולכתוב לצידו: אירוע: השם.
chat-format-no-zone = הזמנים של { $tool } מקומיים, והקובץ אינו אומר מה אזור הזמן; אפשר לשתף אותו שוב ולכתוב לצידו אזור זמן, כגון Asia/Jerusalem.
chat-format-no-column = אף עמודה אינה מוכרת כ־{ $field }; העמודות הן { $columns }. אפשר לשתף את הקובץ שוב ולכתוב לצידו: { $field } = שם העמודה.
chat-format-day-or-month = את "{ $text }" אפשר לקרוא בשתי דרכים; אפשר לשתף את הקובץ שוב ולכתוב לצידו "היום קודם" או "החודש קודם".
chat-import-no-offset = לזמן אין היסט, והקובץ אינו אומר מה אזור הזמן; אפשר לשתף אותו שוב ולכתוב לצידו אזור זמן, כגון Asia/Jerusalem.
chat-import-zones-differ = הקובץ אינו אומר מה אזור הזמן, וההיסטים של הזמנים שלו שונים; אפשר לשתף אותו שוב ולכתוב לצידו אזור זמן, כגון Asia/Jerusalem.
chat-import-note-zone-of-offsets = הקובץ אינו אומר מה אזור הזמן; ההיסטים שלו אומרים { $zone }. אם אזור הזמן של המקום אחר, אפשר לשתף את הקובץ שוב ולכתוב אותו לצידו, כגון Asia/Jerusalem.
chat-import-note-other-offset = הקובץ אומר שאזור הזמן הוא { $zone }, אבל הזמנים שלו כתובים ב־{ $offset }. אם אזור הזמן של המקום אחר, אפשר לשתף את הקובץ שוב ולכתוב אותו לצידו.
chat-import-note-two-times = בחלק מהמושבים, { $count } מתוך { $of }, start ו־date סותרים זה את זה, כמו ב"{ $title }": לפי start השעה { $start }, ולפי date השעה { $date }. נלקח start; אם date הוא הנכון, אפשר לשתף את הקובץ שוב ולכתוב לצידו "clock date".
chat-import-namesake = { $event } הוא אירוע בפני עצמו, אף על פי ש{ $names } דומה לו. אם הם אירוע אחד, אפשר לשתף את הקובץ שוב ולכתוב לצידו: אירוע: והשם ההוא.
