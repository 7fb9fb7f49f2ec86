# למי יש גישה, על כרטיס.
card-person-off = { $name }: כיבוי הגישה
card-person-on = { $name }: החזרת הגישה
card-person-role = { $name }: תפקיד אחר
access-field-role = תפקיד
access-field-access = גישה
access-field-chats = צ׳אטים
access-on = פעילה
access-off = כבויה
access-chats-end = הקישור אל { $platforms } מסתיים מיד, וגם הכפתורים בכרטיסים שכבר נשלחו.
access-chats-none = אין קישור לאף צ׳אט.
access-chats-back = הקישורים חוזרים כמו שהיו.
access-chats-anew = צריך לקשר מחדש; במרחב Slack של הארגון כתובת המייל מספיקה.
access-role-owner = בעלים
access-role-manager = ניהול
access-role-staff = צוות
access-role-viewer = צפייה

# למה אי אפשר לשנות את הגישה.
access-gone = האדם הזה כבר לא נמצא כאן. לא שונה דבר.
access-on-already = ל־{ $name } כבר יש גישה.
access-off-already = ל־{ $name } אין גישה. צריך להחזיר אותה קודם.
access-role-already = התפקיד של { $name } הוא כבר { $role }.
access-oneself = אי אפשר לקחת מעצמך את הגישה או את התפקיד. אפשר לבקש מבעלים אחרים.
access-last-owner = אין בעלים חוץ מ־{ $name }. צריך לתת למישהו אחר תפקיד של בעלים קודם.
