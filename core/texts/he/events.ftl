# כרטיסים של אירועים.
field-event = אירוע
field-event-name = שם
field-event-days = ימים
field-first-day = היום הראשון
field-last-day = היום האחרון
field-time-zone = אזור זמן
events-day = ‏{ $day } { $year }
events-days = מ{ $first } עד { $last } { $year }
events-days-years = מ{ $first } { $year } עד { $last } { $lastyear }
card-event-create = אירוע חדש, כטיוטה: { $event }
card-event-update = שינוי באירוע: { $event }
card-event-publish = פרסום האירוע: { $event }
card-event-unpublish = החזרת האירוע לטיוטה: { $event }
card-event-delete-draft = הסרת הטיוטה: { $event }

# התנגשויות של אירוע.
conflict-event-exists = כבר קיים אירוע בשם { $event } באותם ימים.
conflict-sessions-left-out = { $count ->
    [one] מושב אחד יישאר מחוץ לאירוע: { $title }, { $start }. צריך להזיז אותו קודם, או לבחור ימים אחרים.
    [two] שני מושבים יישארו מחוץ לאירוע, הראשון הוא { $title }, { $start }. צריך להזיז אותם קודם, או לבחור ימים אחרים.
   *[other] { $count } מושבים יישארו מחוץ לאירוע, הראשון הוא { $title }, { $start }. צריך להזיז אותם קודם, או לבחור ימים אחרים.
}
conflict-zone-shifts-times = השעות המקומיות זזות: המושבים נשארים ברגע שלהם ויוצגו לפי שעון { $zone }.
conflict-agenda-empty = בלוח של { $event } עדיין אין דבר.
conflict-agenda-speaker-overlaps = { $count ->
    [one] במקרה אחד דובר נמצא בשני מקומות בו־זמנית.
    [two] בשני מקרים דובר נמצא בשני מקומות בו־זמנית.
   *[other] ב־{ $count } מקרים דובר נמצא בשני מקומות בו־זמנית.
}
conflict-agenda-rooms-too-small = { $count ->
    [one] מושב אחד גדול מהאולם שלו.
    [two] שני מושבים גדולים מהאולם שלהם.
   *[other] { $count } מושבים גדולים מהאולם שלהם.
}
conflict-agenda-outside-event = { $count ->
    [one] מושב אחד נמצא מחוץ לימי האירוע.
    [two] שני מושבים נמצאים מחוץ לימי האירוע.
   *[other] { $count } מושבים נמצאים מחוץ לימי האירוע.
}

# כשאין על מה להחליט.
events-gone = האירוע הזה כבר לא קיים. לא שונה דבר.
events-already-published = ‏{ $event } כבר פורסם.
events-not-published = ‏{ $event } כבר בטיוטה.
events-not-empty = ‏{ $event } כבר אינו טיוטה ריקה, ולכן הוא נשאר.
events-days-backwards = היום האחרון קודם לראשון. צריך לתת יום אחרון שאינו מוקדם מהראשון.
events-zone-unknown = אזור הזמן { $zone } לא מוכר לי. צריך לתת שם IANA, למשל Asia/Jerusalem.
