# משתתפים, ספקים ורשימת המשימות.
vip = אח״מ: { $name }
vip-note = אח״מ: { $name } ({ $note })
no-vips = אין אח״מים.
is-here = כבר כאן
not-here-yet = עדיין לא כאן
vip-next = אחר כך { $title }, { $at }, { $room }
arrived-at = הגעה { $at }
no-registrations = אין רישומים.
waits-at = ברשימת ההמתנה של { $title }: מספר { $position }.
no-vendors = לא מצאתי ספק כזה.
nobody-is-late = אף אחד לא מאחר.
status-count = { $status }: { $count }
status-invited = הוזמן
status-confirmed = אישר הגעה
status-on-the-way = בדרך
status-arrived = הגיע
status-cancelled = בוטל
arrives-at = שעת ההגעה { $at }
minutes-late = { $count ->
    [one] באיחור של דקה
    [two] באיחור של שתי דקות
   *[other] באיחור של { $count } דקות
}
checklist-done = ברשימת המשימות: { $done } מתוך { $total } בוצעו, { $overdue ->
    [0] שום דבר לא באיחור.
    [one] אחת באיחור.
    [two] שתיים באיחור.
   *[other] { $overdue } באיחור.
}
nobody-yet = עדיין בלי אחראי
is-overdue = באיחור
not-open = אין ברשימה משימה פתוחה כמו { $title }.
