# כרטיסים ופקודות בטלגרם.
telegram-mode = אם שורה נכשלת
telegram-answer-here = התשובה שלך
telegram-asked-you = { $name }, השאלה אליך:
telegram-command-pending = מה ממתין להחלטה שלי
telegram-command-mine = מה ביקשתי
telegram-anonymous = אי אפשר לדעת מי כותב: ההודעה נשלחה בשם הקבוצה או בשם ערוץ. אפשר לכתוב בשם האישי, או לפנות אליי בהודעה פרטית.
