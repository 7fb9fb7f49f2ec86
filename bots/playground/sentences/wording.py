"""The stand-in's sentences in both languages; values are isolated before they are put in."""

from bots.playground.sentences.intents import Language

WORDING: dict[Language, dict[str, str]] = {
    "en": {
        "hello": "Hello! Ask me what is on, who speaks where, or ask for a change. I suggest it, and a manager decides.",
        "thanks": "You are welcome.",
        "help": "You can ask: What is on at 10:00? Who speaks in Hall A at ten? When is Hall B free for 45 minutes "
        "tomorrow? Or ask for a change: Move Rain Plans That Work to 12:30 in Hall C.",
        "not_understood": "I am a stand-in for the real model and know a fixed set of sentences. Try: What is on at "
        "10:00? Who speaks in Hall A at ten? Move Rain Plans That Work to Hall C. With GEMINI_API_KEY set, the real "
        "model answers.",
        "error": "I could not do that. Please put it differently.",
        "nothing_on": "Nothing is on then.",
        "nothing_found": "I find no session like that.",
        "nothing_free": "No room is free for that long.",
        "nothing_pending": "Nothing is waiting for approval.",
        "no_events": "There is no event yet.",
        "more": "And {count} more; ask for a room or a time.",
        "span": "{start} to {end}",
        "no_room": "no room yet",
        "registered": "{count} people are registered.",
        "registered_of": "{count} people are registered; there is room for {places}.",
        "vips": "VIPs: {names}.",
        "slot": "{room} is free from {start} to {end}.",
        "suggestion": "{title}, asked by {name}, risk: {risk}.",
        "event": "{name}: {start} to {end}.",
        "waiting": "I have prepared a suggestion for {title}. It waits for approval.",
        "blocked": "I have looked at {title}, and this cannot be approved as it stands.",
        "risk_low": "low",
        "risk_medium": "medium",
        "risk_high": "high",
        "risk_critical": "critical",
    },
    "he": {
        "hello": "שלום! אפשר לשאול מה קורה, מי מדבר ואיפה, או לבקש שינוי. אני מציע, ומנהל מחליט.",
        "thanks": "בשמחה.",
        "help": "אפשר לשאול: מה קורה ב-10:00? מי מדבר באולם א בעשר? מתי אולם ב פנוי ל-45 דקות מחר? "
        "או לבקש שינוי: העבר את חוזים עם ספקים ל-12:30 באולם ג.",
        "not_understood": "אני תחליף למודל האמיתי ומכיר אוסף קבוע של משפטים. אפשר לנסות: מה קורה ב-10:00? "
        "מי מדבר באולם א בעשר? העבר את חוזים עם ספקים לאולם ג. כשמוגדר GEMINI_API_KEY, עונה המודל האמיתי.",
        "error": "לא הצלחתי. אפשר לנסח אחרת.",
        "nothing_on": "אין אז כלום.",
        "nothing_found": "לא מצאתי מושב כזה.",
        "nothing_free": "אין אולם פנוי לזמן כזה.",
        "nothing_pending": "אין שום דבר שמחכה לאישור.",
        "no_events": "עדיין אין אירוע.",
        "more": "ועוד {count}; אפשר לבקש אולם או שעה.",
        "span": "{start} עד {end}",
        "no_room": "עדיין בלי אולם",
        "registered": "{count} אנשים רשומים.",
        "registered_of": "{count} אנשים רשומים; יש מקום ל-{places}.",
        "vips": "אח״מים: {names}.",
        "slot": "{room} פנוי מ-{start} עד {end}.",
        "suggestion": "{title}, לבקשת {name}, סיכון: {risk}.",
        "event": "{name}: {start} עד {end}.",
        "waiting": "הכנתי הצעה עבור {title}. היא ממתינה לאישור.",
        "blocked": "בדקתי את {title}, ואי אפשר לאשר את זה כמו שהוא.",
        "risk_low": "נמוך",
        "risk_medium": "בינוני",
        "risk_high": "גבוה",
        "risk_critical": "קריטי",
    },
}
