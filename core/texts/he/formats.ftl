# Calendars, tables and the JSON of other tools.
format-field-of = { $place }, { $name }
format-no-event-name = הקובץ של { $tool } אינו אומר מה שם הכנס; אפשר לתת אותו ב־--event.
format-no-zone = הזמנים של { $tool } מקומיים, והקובץ אינו אומר מה אזור הזמן; אפשר לתת אותו ב־--zone.
format-nothing-placed = לאף מפגש אין עדיין זמן; קודם צריך לשבץ אותם ב־{ $tool }.
format-not-placed = עדיין אין לו זמן.
format-encoding-damaged = קידוד הטקסט של הקובץ פגום; יש לשמור אותו כ־UTF-8.
format-no-text = זה אינו טקסט, או שקידוד הטקסט אינו מוכר; יש לשמור אותו כ־UTF-8.
format-calendar-cut = היומן נקטע באמצע אירוע; יש לייצא או להוריד אותו שוב.
format-calendar-broken = אי אפשר לקרוא את היומן: { $why }.
format-zone-unknown = "{ $title }" ({ $place }): אזור הזמן "{ $zone }" אינו מוכר; הזמנים נקראו כזמנים מקומיים.
format-repeats-unread = "{ $title }" ({ $place }): אי אפשר לקרוא מתי המפגש חוזר; נשמרה הפעם הראשונה.
format-repeats-endlessly = "{ $title }" ({ $place }) חוזר בלי סוף; נשמר עד { $until }.
format-repeats-too-often = "{ $title }" ({ $place }) חוזר יותר מ־{ $most } פעמים; נשמרו הראשונות.
format-stands-twice = הוא מופיע בקובץ פעם שנייה, מילה במילה.
format-whole-days = "{ $title }" ({ $place }) נמשך ימים שלמים ואינו תופס חדר; בקובץ כתוב { $room }.
format-indico-list = זו רשימת האירועים של Indico; יש לייצא את לוח הזמנים: ‎/export/timetable/NUMBER.json.
format-indico-events = יש כאן { $count } אירועים; יש לייצא את לוח הזמנים של אחד מהם.
format-indico-blocks = { $count ->
    [one] מקטע אחד של Indico נשמר כמסלול של ההרצאות שבו.
   *[other] { $count } מקטעים של Indico נשמרו כמסלולים של ההרצאות שבהם.
}
format-indico-posters = { $count ->
    [one] פוסטר אחד נשמר בטקסט של מפגש הפוסטרים שלו.
   *[other] { $count } פוסטרים נשמרו בטקסט של מפגשי הפוסטרים שלהם.
}
