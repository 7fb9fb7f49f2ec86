# מה עושים לפני שמשהו מסוכן רץ.
button-confirm = אישור
button-acknowledge = ☐ קראתי את ההשלכות
button-acknowledged = ☑ ההשלכות נקראו
consequence-gone = הפריט יוסר, יחד עם הרישומים אליו. אפשר להחזיר את שניהם ב”ביטול השינוי“.
consequence-vips = { $count ->
    [one] נוגע לאח״מ אחד: { $names }.
    [two] נוגע לשני אח״מים: { $names }.
   *[other] נוגע ל־{ $count } אח״מים: { $names }.
}
consequence-at-once = השינוי נכנס לתוקף מיד עם האישור.
word-delete = מחק
word-confirm = אשר
gesture-acknowledge-first = תחילה צריך לאשר שקראת את ההשלכות, ואז לאשר את ההצעה.
gesture-word = כדי לאשר צריך להקליד { $word }. שום דבר לא שונה.
gesture-reply = לאישור, צריך להשיב להודעה הזו במילה { $word }.
gesture-read-by = ההשלכות נקראו על ידי { $names }.
gesture-read = קראתי
gesture-type = לאישור, יש להקליד { $word }
modal-title = אישור
modal-close = ביטול

# מה שבוצע חוזר אחורה.
button-undo = ביטול השינוי
notice-undo-in-part = ההצעה הזו מחזירה את מה שבוצע, אבל לא הכול: מה שלא חוזר מפורט כאן.
notice-taken-back = בוטל על ידי { $name }, { $at }. מה שכתוב כאן כבר לא בתוקף.
notice-undo = ההצעה הזו מחזירה בדיוק את מה שבוצע. מחליטים עליה כמו על כל שינוי.
undo-impossible = את זה אי אפשר להחזיר אוטומטית. אפשר לבקש את השינוי הרצוי.
undo-not-done = אין מה להחזיר: זה לא בוצע.
undo-waits = כבר הוצע להחזיר את זה; הכרטיס ממתין להחלטה.
