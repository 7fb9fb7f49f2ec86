# כמה שינויים בכרטיס אחד.
bundle-runs = ביצוע
bundle-runs-all = הכול ביחד או כלום
bundle-runs-until-failure = אחד אחרי השני, עד שאחד נכשל
bundle-left-out = הושמטו
conflict-undo-incomplete = מה שבוצע לגבי { $what } לא יוחזר: הוא כבר לא קיים, או שהשתנה מאז באופן שלא מאפשר זאת.
bundle-left-out-why = { $titles } (בינתיים לא קיימים, או שכבר כך)
bundle-conflict = שורה { $line }: { $said }
bundle-line-done = ‏✅ { $line }
bundle-line-failed = ❌ { $line }. נכשל: { $why }
bundle-line-skipped = ⏸ { $line }. לא בוצע: { $why }
bundle-line-no-reason = לא ידוע יותר מזה.
bundle-line-moved = זה כבר לא היה כפי שהוצג.
bundle-line-error = אי אפשר היה לרשום את זה.
bundle-line-after-failure = שורה אחרת נכשלה לפני כן.
outcome-executed-in-part = { $done ->
    [one] שינוי אחד בוצע
    [two] שני שינויים בוצעו
   *[other] { $done } שינויים בוצעו
} מתוך { $of }, והאחרים לא. באישור { $name }, { $at }.
conflict-room-buffer = { $title } מתקיים ב{ $room } מ{ $start } עד { $end }, במרחק של פחות מ{ $minutes ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $minutes } דקות
}.

# לשאול בחזרה.
bundle-too-many = אפשר לבקש בבת אחת לכל היותר { $most ->
    [one] שינוי אחד
    [two] שני שינויים
   *[other] { $most } שינויים
}. צריך לבקש פחות בכל פעם.
bundle-seat-twice = אותו רישום אל { $title } ישתנה פעמיים בבת אחת. צריך לומר מה מהשניים רצוי.
bundle-taken-and-used = לפי הבקשה צריך גם להסיר את { $title } וגם לשנות. צריך לומר מה מהשניים רצוי.
bundle-session-and-seats = { $title } ישתנה ויקבל אנשים חדשים בבת אחת. קודם צריך לבקש את השינוי, ואחר כך את האנשים.
bundle-which-lines = נא להשיב במספרי השורות שלא לבצע, למשל 2, 5, או ב־0 אם צריך לבצע את כולן. לא שונה דבר.
bundle-none-left = אם משמיטים את כל השורות לא נשאר מה לעשות. צריך להשאיר לפחות אחת, או לדחות את ההצעה.
bundle-no-such-line = אין שורה כזאת בכרטיס הזה.
bundle-not-one = זה שינוי יחיד; אין שורות לבחור מהן.
bundle-swap-same = זה אותו מושב. צריך לציין את השניים שמחליפים מקום.
bundle-swap-events = { $title } ו{ $other } שייכים לאירועים שונים ולא יכולים להחליף מקום.
bundle-shift-none = אין מושב שמתחיל אחרי { $after }.
bundle-shift-nothing = הזזה באפס דקות לא משנה דבר. צריך לומר בכמה דקות.

# מה כמה שינויים עושים ביחד.
card-bundle = { $count ->
    [one] שינוי אחד: { $names }
    [two] שני שינויים: { $names }
   *[other] { $count } שינויים: { $more ->
        [0] { $names }
        [one] { $names }, ועוד אחד
        [two] { $names }, ועוד שניים
       *[other] { $names }, ועוד { $more }
    }
}
card-bundle-swap = { $one } וגם { $other } מתחלפים ביניהם
card-bundle-shift = החל מ־{ $clock }: { $sessions }, { $later }
card-bundle-shift-room = { $room } החל מ־{ $clock }: { $sessions }, { $later }
sessions-count = { $count ->
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $count } מושבים
}
shift-later = { $by } מאוחר יותר
shift-earlier = { $by } מוקדם יותר
length-minutes = { $count ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $count } דקות
}
length-hours = { $count ->
    [one] שעה אחת
    [two] שעתיים
   *[other] { $count } שעות
}
on-day = { $day }
change-before = במקום { $now }
bundle-line-at = ‏{ $hours } { $name }
bundle-line-dropped = { $line } · הושמט
