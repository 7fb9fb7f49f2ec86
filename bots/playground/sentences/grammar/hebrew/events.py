"""Whole events: how they stand, what changed, new ones."""

from bots.playground.sentences.grammar.hebrew.verbs import ADD, CHANGE, FIND, MOVE, OPEN, PUBLISH, SHOW
from bots.playground.sentences.grammar.rules import Rule

THE_EVENT = "(האירוע|הכנס|הפסטיבל)"
EVERYWHERE = "( ב(כל אולם|כל האולמות|כל חדר|כל החדרים|אולמות))?"
CLASHES = "(התנגשויות|התנגשות|כפילויות|חפיפות|קונפליקטים)"
NEW_EVENT = f"({ADD}|{OPEN}) (אירוע|כנס|פסטיבל)( חדש)?( כטיוטה)?"
UNTIL = "( ?(עד|ועד|ל|-) ?(ה)?{last})?"
CHANGED = (
    "מה( כבר)? (השתנה|חדש|התחדש|שונה|שינו|שינינו|בוטל|הועבר|הוזז)",
    "(אילו|איזה|אלו|מה) ה?שינויים( היו| נעשו| בוצעו| אושרו| יש)?",
    f"[{SHOW} ][את ](כל )?ה?שינויים( האחרונים)?",
    "(האם )?(היו|יש|נעשו|בוצעו)( כבר)? שינויים",
    "(האם )?(השתנה|התחדש) משהו",
    "(האם )?משהו (השתנה|התחדש|שונה)",
)
SINCE = (
    "( לאחרונה| ביממה האחרונה)?",
    " (מאז|מ|החל מ) ?{day}( ב(שעה )?{clock})?",
    " (מאז|מ|החל מ) ?(ה?שעה )?{clock}",
    " ב{duration} ה(אחרונה|אחרונות|אחרון)",
    " ב?{day}",
)
"""How far back; without it the tool says what the last day brought."""

RULES: tuple[Rule, ...] = (
    Rule(
        "events",
        (f"[{SHOW} ][את ](כל )?האירועים[ שלנו]", "(אילו|איזה|אלו) אירועים יש[ לנו]", "מה האירועים[ שלנו| הקרובים]"),
    ),
    Rule(
        "now_and_next",
        (
            f"(מה|{SHOW} מה) (יש |קורה |רץ |מתקיים )?עכשיו ומה (הבא|הבא בתור|אחר כך|בא אחר כך|אחרי זה|"
            f"בהמשך){EVERYWHERE}",
            "מה (יש|קורה|רץ|מתקיים) (עכשיו|כרגע) ב(כל אולם|כל האולמות|כל חדר|כל החדרים)",
            "מה (יש|קורה|רץ|מתקיים) ב(כל אולם|כל האולמות|כל חדר|כל החדרים)( עכשיו| כרגע)?",
            f"[{SHOW} ](את )?(מה )?עכשיו ו(מה )?הבא בתור{EVERYWHERE}",
        ),
    ),
    Rule(
        "conflicts",
        (
            f"(האם )?יש( לנו)?( עוד)? {CLASHES}( ב{{event}})?",
            f"({SHOW}|{FIND}) [את ](כל )?ה?{CLASHES}( ב{{event}})?",
            f"(אילו|איזה|אלו|מה|מהן) ה?{CLASHES}( יש)?( לנו)?( ב{{event}})?",
            f"(בדוק|בדקי|תבדוק|תבדקי|לבדוק) (אם )?(יש )?{CLASHES}( ב{{event}})?",
        ),
    ),
    *(Rule("changed", tuple(f"{start}{when}" for start in CHANGED)) for when in SINCE),
    Rule(
        "create_event",
        (
            f"{NEW_EVENT}( בשם| שנקרא|:)? {{new}},? (ב|מ|החל מ|בתאריך |בתאריכים |בין ה){{day}}{UNTIL}"
            "(,? באזור הזמן {zone})?",
            f"{NEW_EVENT}( בשם| שנקרא|:) {{new}}",
        ),
    ),
    Rule(
        "update_event",
        (
            f"{CHANGE} [את ]שם {THE_EVENT} ל{{new}}",
            f"{CHANGE} [את ]השם של {THE_EVENT} ל{{new}}",
            f"{MOVE} [את ]{THE_EVENT} ל{{day}}{UNTIL}",
            f"({CHANGE}|{MOVE}) [את ](ה?תאריכים של |ה?תאריך של |ה?מועד של |תאריכי |תאריך |ימי |מועד ){THE_EVENT} "
            f"ל(בין )?{{day}}{UNTIL}",
            f"{CHANGE} [את ]אזור הזמן של {THE_EVENT} ל{{zone}}",
        ),
    ),
    Rule("publish_event", (f"{PUBLISH} [את ]{{event}}",)),
    Rule(
        "overview",
        (
            f"(מה )?(מצב|המצב של|הסטטוס של|סטטוס) {THE_EVENT}",
            "(מה המצב|איפה אנחנו עומדים|איך אנחנו עומדים|תמונת מצב)( עם הכול| עם הכל)?",
            f"[{SHOW} ](תמונת מצב|סקירה|סקירה כללית|סיכום)( (של|על) {{event}})?",
            f"איך (מתקדם|הולך|נראה) {THE_EVENT}",
            f"איך {THE_EVENT} (מתקדם|הולך|נראה)",
            f"מה קורה עם {THE_EVENT}",
        ),
    ),
)
