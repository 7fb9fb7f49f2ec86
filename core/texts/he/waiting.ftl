# מה קורה להצעות בזמן שהן ממתינות.

# הצעות שלא יכולות להתקיים זו לצד זו.
waiting-rivals = אם ההצעה הזו תאושר, אלה לא יבוצעו:
waiting-rival = ”{ $title }“, לבקשת { $name }
waiting-more-rivals = { $count ->
    [one] ועוד אחת
    [two] ועוד שתיים
   *[other] ועוד { $count }
}
waiting-many-rivals = ועוד יותר מ־{ $count }
outcome-lost = במקום זאת אושר ”{ $winner }“ על ידי { $name }, { $at }. ההצעה הזו לא שינתה דבר.
decision-lost = במקום זאת אושר ”{ $winner }“ על ידי { $name }, { $at }, ולכן כבר אי אפשר להחליט כאן.
waiting-lost = ”{ $winner }“ אושר על ידי { $name }, ולכן ”{ $title }“ לא בוצע. אם זה עדיין רצוי, אפשר לבקש שוב.

# מה שומע מי שביקש.
waiting-told-approved = ”{ $title }“ אושר על ידי { $name } ובוצע.
waiting-told-lines = ”{ $title }“ אושר על ידי { $name }: { $count ->
    [one] בוצעו { $done } מתוך שורה אחת.
    [two] בוצעו { $done } מתוך שתי שורות.
   *[other] בוצעו { $done } מתוך { $count } שורות.
}
waiting-told-rejected = ”{ $title }“ נדחה על ידי { $name }. לא שונה דבר.
waiting-told-rejected-because = ”{ $title }“ נדחה על ידי { $name }: { $reason }. לא שונה דבר.
waiting-told-expired = אף אחד לא החליט על ”{ $title }“ עד { $deadline }, ולכן פג תוקף ההצעה; היא לא נדחתה. אם זה עדיין רצוי, אפשר לבקש שוב.

# אף אחד עוד לא החליט.
waiting-reminder = עדיין ממתין: ”{ $title }“, לבקשת { $name }. ההצעה ממתינה עד { $deadline }.
waiting-escalated = אף אחד עוד לא החליט, ולכן הפנייה אליך: ”{ $title }“, לבקשת { $name }. ההצעה ממתינה עד { $deadline }.
