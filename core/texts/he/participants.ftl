# כרטיסים על משתתפים.
card-participant-assign = רישום של { $name } למושב { $title }
card-participant-unassign = ביטול הרישום של { $name } למושב { $title }
card-participants-move = { $count ->
    [one] העברה של אדם אחד מהמושב { $title } למושב { $target }
    [two] העברה של שני אנשים מהמושב { $title } למושב { $target }
   *[other] העברה של { $count } אנשים מהמושב { $title } למושב { $target }
}
card-participant-add = משתתף חדש: { $name }
card-participant-remove = הסרת משתתף: { $name }
card-participant-update = שינוי פרטי משתתף: { $name }
card-participant-set-vip = אח״מ: { $name }
card-participant-check-in = הגעה: { $name }
participant-name = שם
participant-email = דוא״ל
participant-phone = טלפון
participant-vip = אח״מ
participant-vip-note = הערה לאח״מ
participant-arrived = הגעה
participant-at = { $at }
participant-yes = כן
participant-no = לא
participant-session = מושב
participant-registration = רישום
participant-is-seated = יש מקום
participant-is-waiting = ברשימת ההמתנה, מספר { $position }
participant-waits-since = ברשימת ההמתנה מאז { $since }
participant-is-unregistered = אין רישום
participant-next = הבא ברשימת ההמתנה
participant-registrations = רישומים שיימחקו
participant-session-count = { $count ->
    [0] אין
    [one] מושב אחד
    [two] שני מושבים
   *[other] { $count } מושבים
}
participants-who = מי
participants-named = { $names }
participants-and-more = { $names } ועוד { $more ->
    [one] אדם אחד
    [two] שני אנשים
   *[other] { $more } אנשים
}

# התנגשויות: מה מתנגש, ובשגיאה מה לעשות.
conflict-session-full = המושב { $title } מלא: { $capacity ->
    [one] המקום היחיד תפוס
    [two] שני המקומות תפוסים
   *[other] כל { $capacity } המקומות תפוסים
}. אפשר לפנות מקום, להגדיל את המכסה או לבחור מושב אחר.
conflict-session-cancelled = המושב { $title } בוטל. צריך לבחור מושב אחר.
conflict-waiting-list = עדיין אין מקום עבור { $name }: מספר { $position } ברשימת ההמתנה של { $title }.
conflict-waiting-passed = { $ahead ->
    [one] אדם אחד כבר ממתין
    [two] שני אנשים כבר ממתינים
   *[other] { $ahead } אנשים כבר ממתינים
} למקום במושב { $title }; הבא בתור הוא { $first }.
conflict-places-exceeded = { $needed ->
    [one] נדרש מקום אחד
    [two] נדרשים שני מקומות
   *[other] נדרשים { $needed } מקומות
} במושב { $title }, { $free ->
    [0] ואין מקום פנוי
    [one] ויש רק מקום פנוי אחד
    [two] ויש רק שני מקומות פנויים
   *[other] ויש רק { $free } מקומות פנויים
}. אפשר להעביר פחות אנשים, להגדיל את המכסה או לבחור מושב אחר.
conflict-already-in-target = { $people ->
    [one] { $names } כבר ברשימה של { $title }, בלי העברה.
   *[other] { $more ->
        [0] { $names } כבר ברשימה של { $title }, בלי העברה.
        [one] { $names } ועוד אדם אחד כבר ברשימה של { $title }, בלי העברה.
        [two] { $names } ועוד שני אנשים כבר ברשימה של { $title }, בלי העברה.
       *[other] { $names } ועוד { $more } אנשים כבר ברשימה של { $title }, בלי העברה.
    }
}
conflict-participant-overlap = { $people ->
    [one] ל{ $names } יש רישום גם למושב { $title }, שמתחיל { $start }.
   *[other] { $more ->
        [0] ל{ $names } יש רישום גם למושב { $title }, שמתחיל { $start }.
        [one] ל{ $names } ולעוד אדם אחד יש רישום גם למושב { $title }, שמתחיל { $start }.
        [two] ל{ $names } ולעוד שני אנשים יש רישום גם למושב { $title }, שמתחיל { $start }.
       *[other] ל{ $names } ולעוד { $more } אנשים יש רישום גם למושב { $title }, שמתחיל { $start }.
    }
}
conflict-sessions-gone = { $count ->
    [one] מושב אחד שאליו היה הרישום כבר לא קיים, והרישום הזה לא יחזור.
    [two] שני מושבים שאליהם היה הרישום כבר לא קיימים, והרישומים האלה לא יחזרו.
   *[other] { $count } מושבים שאליהם היה הרישום כבר לא קיימים, והרישומים האלה לא יחזרו.
}
conflict-returns-past-limit = המושב { $title } כבר מלא: { $capacity ->
    [one] המקום היחיד בו תפוס. כך יהיה בו אדם אחד יותר מדי.
    [two] שני המקומות בו תפוסים. כך יהיה בו אדם אחד יותר מדי.
   *[other] { $capacity } המקומות בו תפוסים. כך יהיה בו אדם אחד יותר מדי.
}
conflict-participant-known = ברשימה כבר מופיע השם { $name } (דוא״ל: { $email }). ייתכן שזה אותו אדם.
conflict-participant-namesake = ברשימה כבר מופיע השם { $name }. ייתכן שזה אותו אדם.

# לשאול בחזרה.
participant-unknown = לא מצאתי משתתף בשם { $name } באירוע { $event }.
participant-which = למי הכוונה: { $names }?
participant-gone = האדם הזה כבר לא ברשימה. לא שונה דבר.
participant-already-registered = ל{ $name } כבר יש רישום למושב { $title }.
participant-already-waiting = { $name } כבר ברשימת ההמתנה של { $title }, מספר { $position }.
participant-not-registered = ל{ $name } אין רישום למושב { $title }.
participant-already-added = השם { $name } כבר ברשימה.
participant-already-checked-in = ההגעה של { $name } כבר נרשמה: { $at }.
participants-other-session = אי אפשר להעביר אל { $title }: צריך לבחור מושב אחר של { $event }.
participants-nobody-moves = אין במושב { $title } אנשים שאפשר להעביר.
participants-event-gone = האירוע הזה כבר לא קיים. לא שונה דבר.
