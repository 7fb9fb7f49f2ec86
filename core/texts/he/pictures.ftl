# The picture of the rooms around a change.
picture-title = האולמות ב{ $day }
picture-zone = לפי שעון { $zone }
picture-is-old = האולמות כפי שהיו לפני ההחלטה.
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
picture-alternative = { $change }. האולמות של { $event }.
picture-alternative-way = { $change }. מתנגשים: { $titles }. האולמות של { $event }.
