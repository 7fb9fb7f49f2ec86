# רשימות המשימות של אירוע.
card-checklist-add = { $count ->
    [one] משימה חדשה ל{ $event }
    [two] שתי משימות חדשות ל{ $event }
   *[other] { $count } משימות חדשות ל{ $event }
}
card-checklist-remove = { $count ->
    [one] הסרת משימה אחת מהרשימה של { $event }
    [two] הסרת שתי משימות מהרשימה של { $event }
   *[other] הסרת { $count } משימות מהרשימה של { $event }
}
card-checklist-complete = סימון ביצוע: { $titles }
card-checklist-reopen = פתיחה מחדש: { $titles }
card-checklist-assign = הטלת משימה: { $titles }
checklist-label-event = אירוע
checklist-label-due = מועד אחרון
checklist-label-assignee = באחריות
checklist-nobody = אף אחד
checklist-open-to-all = עדיין בלי אחראי
checklist-until = עד { $at }
checklist-who-when = ‏{ $name }, { $due }
checklist-line-done = בוצעה; { $line }

# מה לשים לב אליו.
conflict-checklist-same-title = המשימה { $title } כבר ברשימה ועדיין פתוחה.
conflict-checklist-due-passed = המשימה { $title } תהיה באיחור מיד: המועד שלה כבר עבר.

# לשאול בחזרה.
checklist-item-unknown = לא מצאתי ברשימה של { $event } את המשימה { $title }.
checklist-item-which = לאיזו משימה הכוונה ב־{ $title }: { $titles }?
checklist-done-already = המשימה { $title } כבר בוצעה.
checklist-person-unknown = לא מצאתי בארגון שלך מישהו בשם { $person }.
checklist-person-which = למי הכוונה ב־{ $person }: { $names }?
checklist-person-inactive = החשבון של { $person } כבר לא פעיל. צריך לבחור מישהו אחר.
checklist-gone = המשימה או האירוע שלה כבר לא קיימים. לא שונה דבר.
checklist-back-already = המשימות האלה כבר חזרו לרשימה. לא שונה דבר.
