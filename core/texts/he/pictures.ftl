# The picture of the rooms around a change.
picture-title = האולמות ב{ $day }
picture-zone = לפי שעון { $zone }
picture-at = נכון ל{ $at }
picture-more-rooms = { $count ->
    [one] אולם אחד נוסף אינו מוצג.
    [two] שני אולמות נוספים אינם מוצגים.
   *[other] { $count } אולמות נוספים אינם מוצגים.
}
picture-kind-now = עכשיו
picture-kind-proposed = מוצע
picture-kind-collides = מתנגש
picture-kind-other = מושבים אחרים
picture-alternative = האולמות של { $event }. { $moves }
picture-alternative-way = האולמות של { $event }. { $moves } מתנגשים: { $titles }.
picture-moves = { $title } נמצא עכשיו { $now }, ומוצע { $proposed }.
picture-adds = חדש: { $title }, { $proposed }.
picture-where = { $span } ב{ $room }
picture-when = { $span }, ללא אולם
picture-more-moves = { $count ->
    [one] ועוד מושב אחד זז.
    [two] ועוד שני מושבים זזים.
   *[other] ועוד { $count } מושבים זזים.
}
picture-and-then = ‏{ $first } { $then }
