# לוח הזמנים.
when = { $day }, { $start } עד { $end }
nothing-on = לא מצאתי דבר בלוח הזמנים עבור { $asked }.
nothing-at-all = לא מצאתי דבר בלוח הזמנים.
found = זה הכי קרוב ל־{ $query }:
found-nothing = לא מצאתי דבר על { $query }.
cancelled = בוטל
without-room = בלי אולם
now-is = השעה { $time }.
runs-now = עכשיו { $title } עד { $end }
comes-next = אחר כך { $title }, { $day } בשעה { $time }
no-slots = אין חלון פנוי כזה ב{ $day }.
seats = { $count ->
    [one] מקום אחד
    [two] שני מקומות
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
booked-share = { $count ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $count } מושבים
}, { $percent } אחוז מהיום
longest-gap = החלון הפנוי הארוך ביותר מ־{ $start } עד { $end }
