# כרטיסים של אולמות.
field-room-capacity = מקומות ישיבה
field-may-be-shared = שיתוף
field-room-sessions = מושבים
rooms-shared = כמה מושבים בו־זמנית
rooms-not-shared = מושב אחד בכל פעם
rooms-sessions-along = { $count ->
    [one] מושב אחד עובר יחד איתו
    [two] שני מושבים עוברים יחד איתו
   *[other] { $count } מושבים עוברים יחד איתו
}
card-room-add = אולם חדש: { $room }
card-room-update = שינוי באולם: { $room }
card-room-remove = הסרת האולם: { $room }

# התנגשויות של אולם.
conflict-room-sessions-overlap = המושבים { $title } ו{ $other } יעמדו באותו אולם באותו זמן, החל מ{ $start }. צריך להזיז אחד מהם קודם.
conflict-room-below-registered = { $registered ->
    [one] אדם אחד רשום למושב { $title }, { $start }, יותר ממספר המקומות שיהיו באולם.
    [two] שני אנשים רשומים למושב { $title }, { $start }, יותר ממספר המקומות שיהיו באולם.
   *[other] { $registered } אנשים רשומים למושב { $title }, { $start }, יותר ממספר המקומות שיהיו באולם.
}
conflict-room-below-registered-more = { $count ->
    [one] במושב אחד נוסף רשומים יותר אנשים ממספר המקומות שיהיו באולם.
    [two] בשני מושבים נוספים רשומים יותר אנשים ממספר המקומות שיהיו באולם.
   *[other] ב־{ $count } מושבים נוספים רשומים יותר אנשים ממספר המקומות שיהיו באולם.
}

# כשאין על מה להחליט.
rooms-gone = האולם הזה כבר לא קיים. לא שונה דבר.
rooms-exists = האולם { $room } כבר קיים.
rooms-nameless = לאולם צריך שם שאפשר לקרוא.
rooms-none = ב{ $event } עדיין אין אולמות.
rooms-in-use = { $count ->
    [one] מושב אחד מתקיים ב{ $room }, ולכן האולם נשאר.
    [two] שני מושבים מתקיימים ב{ $room }, ולכן האולם נשאר.
   *[other] { $count } מושבים מתקיימים ב{ $room }, ולכן האולם נשאר.
}
