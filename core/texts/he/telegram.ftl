# כרטיסים ופקודות בטלגרם.
telegram-mode = אם שורה נכשלת
telegram-answer-here = התשובה שלך
telegram-asked-you = { $name }, השאלה אליך:
telegram-command-pending = מה ממתין להחלטה שלי
telegram-command-mine = מה ביקשתי
