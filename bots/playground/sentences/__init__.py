"""The rule-based stand-in's head: documented sentences in English and Hebrew, tool calls, answers."""

from bots.playground.config import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        text="מי מדבר באולם א בעשר ורבע?",
        locale="he",
        platform="slack",
        person="U0DANA",
        what="שאלה, שנענית מיד",
    ),
    Example(
        text="Move Rain Plans That Work to 12:30",
        locale="en",
        platform="slack",
        person="U0ADAM",
        what="A change: suggested, then approved on its card",
    ),
    Example(
        text="העבר את חוזים עם ספקים לאולם ג",
        locale="he",
        platform="slack",
        person="U0DANA",
        what="אולם תפוס: בלי כפתור אישור",
    ),
    Example(
        text="Move Artists, Riders and Patience to 16:30 in Hall B",
        locale="en",
        platform="slack",
        person="U0ADAM",
        what="A speaker in two places: a warning",
    ),
    Example(
        text="What is on at 10:00?",
        locale="en",
        platform="telegram",
        person="7002",
        what="The field asks from the hall",
    ),
    Example(
        text="Cancel Opening Keynote: Doors at Eight",
        locale="en",
        platform="telegram",
        person="7002",
        what="Critical: many registered, VIPs; the managers decide in Slack",
    ),
    Example(
        text="דחה את אבטחה בלי להפחיד בחצי שעה",
        locale="he",
        platform="telegram",
        person="7001",
        what="צוות השטח מציע, המנהלים מחליטים",
    ),
    Example(
        text="Move stage management to 12:30",
        locale="en",
        platform="telegram",
        person="7002",
        what="Two sessions match: it asks back",
    ),
    Example(
        text="When is Hall B free for 45 minutes tomorrow?",
        locale="en",
        platform="slack",
        person="U0ADAM",
        what="Free slots, computed in SQL",
    ),
    Example(text="מה מחכה לאישור?", locale="he", platform="slack", person="U0DANA", what="מה מחכה להחלטה"),
    Example(text="How is the event going?", locale="en", platform="slack", person="U0ADAM", what="How it all stands"),
    Example(
        text="דחה את כל מה שאחרי 16:00 באולם ב ב-20 דקות",
        locale="he",
        platform="slack",
        person="U0DANA",
        what="כמה מושבים בהצעה אחת",
    ),
    Example(
        text="Move Transport and Parking to 13:15 and mark Galil Sound as arrived",
        locale="en",
        platform="slack",
        person="U0ADAM",
        what="Several changes, one card",
    ),
    Example(text="רשום הגעה של צבי חדד", locale="he", platform="telegram", person="7001", what="אח״מ הגיע לשער"),
    Example(text="What is on now?", locale="en", platform="telegram", person="7003", what="Somebody who is not linked"),
)
"""Sentences to try, in the order of a good first tour; titles are those of the sample conference."""
