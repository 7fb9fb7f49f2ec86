# כמה שינויים בכרטיס אחד.
card-bundle = { $count ->
    [one] שינוי אחד
    [two] שני שינויים
   *[other] { $count } שינויים
}
bundle-runs = ביצוע
bundle-runs-all = הכול ביחד או כלום
bundle-runs-until-failure = אחד אחרי השני, עד שאחד נכשל
bundle-left-out = הושמטו
bundle-left-out-why = { $titles } (בינתיים לא קיימים, או שכבר כך)
bundle-line = { $title }: { $parts }
bundle-part = ‏{ $label } { $value }
bundle-part-changed = ‏{ $label } { $proposed } (עכשיו { $now })
bundle-conflict = שורה { $line }: { $said }
bundle-line-done = { $line }. בוצע.
bundle-line-failed = { $line }. נכשל: { $why }
bundle-line-skipped = { $line }. לא בוצע: { $why }
bundle-line-no-reason = לא ידוע יותר מזה.
bundle-line-moved = זה כבר לא היה כפי שהוצג.
bundle-line-error = אי אפשר היה לרשום את זה.
bundle-line-after-failure = שורה קודמת נכשלה.
outcome-executed-in-part = { $done ->
    [one] שינוי אחד מתוך { $of } בוצע
    [two] שני שינויים מתוך { $of } בוצעו
   *[other] { $done } שינויים מתוך { $of } בוצעו
}, והאחרים לא. באישור { $name }, { $at }.
conflict-room-buffer = { $title } מתקיים ב{ $room } מ{ $start } עד { $end }, במרחק של פחות מ{ $minutes ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $minutes } דקות
}.

# לשאול בחזרה.
bundle-too-many = זה יותר מ־{ $most } שינויים בבת אחת. צריך לבקש פחות בכל פעם.
bundle-seat-twice = אותו רישום אל { $title } ישתנה פעמיים בבת אחת. צריך לומר מה מהשניים רצוי.
bundle-session-and-seats = { $title } ישתנה ויקבל אנשים חדשים בבת אחת. קודם צריך לבקש את השינוי, ואחר כך את האנשים.
bundle-which-lines = נא להשיב במספרי השורות שלא לבצע, למשל 2, 5. לא שונה דבר.
bundle-none-left = אם משמיטים את כל השורות לא נשאר מה לעשות. צריך להשאיר לפחות אחת, או לדחות את ההצעה.
bundle-no-such-line = אין שורה כזאת בכרטיס הזה.
bundle-not-one = זה שינוי יחיד; אין שורות לבחור מהן.
bundle-swap-same = זה אותו מושב. צריך לציין את השניים שמחליפים מקום.
bundle-swap-events = { $title } ו{ $other } שייכים לאירועים שונים ולא יכולים להחליף מקום.
bundle-shift-none = אין מושב שמתחיל אחרי { $after }.
bundle-shift-nothing = הזזה באפס דקות לא משנה דבר. צריך לומר בכמה דקות.
