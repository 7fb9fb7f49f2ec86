# זמנים. מילים, לא מקפים וחצים, בין שני ערכים.
time-moment = { $day } בשעה { $time }
time-span = { $day }, מ־{ $start } עד { $end }
time-span-days = מ{ $day } בשעה { $start } עד { $endday } בשעה { $end }
time-zone-note = (שעון { $zone })

# חלקי הכרטיס, לכל הפלטפורמות.
card-now = עכשיו
card-proposed = מוצע
card-conflicts = התנגשויות
card-impact = השפעה
card-risk = סיכון
card-asked = הבקשה
risk-low = נמוך
risk-medium = בינוני
risk-high = גבוה
risk-critical = קריטי
state-suggested = ממתין להחלטה
state-approved = אושר
state-rejected = נדחה
state-executed = בוצע
state-failed = נכשל
state-expired = פג תוקף
state-superseded = הוחלף

# טלגרם.
telegram-command-start = שלום וחיבור החשבון
telegram-command-help = מה אפשר לבקש ממני
telegram-more = { $count ->
    [one] ועוד אחד
   *[other] ועוד { $count }
}
telegram-press-repeats = משהו השתבש. הלחיצה נשמרה ותטופל שוב.
