/** The page's own words in English and Hebrew; what people and the bot say is never translated here. */

const WORDS = {
  en: {
    playground: "Playground",
    examples: "Examples",
    examplesTitle: "Things to say",
    examplesLead: "Pick a sentence. It is put into the right chat, as the right person; you send it.",
    examplesNone: "The server offers no examples.",
    reset: "Start over",
    resetTitle: "Empty both chats?",
    resetText: "The messages on this page go away. What was already decided stays in the agenda and in the log.",
    resetDo: "Empty both chats",
    cancel: "Cancel",
    ok: "OK",
    close: "Close",
    about: "What is real here",
    tabs: "Platforms",
    standin: "Stand-in",
    modelBanner:
      "The model here is a stand-in that understands a documented set of sentences; set GEMINI_API_KEY for the real one.",
    chatsBanner: "Both chats are stand-ins that speak the real wire protocols; the bot and its database are real.",
    slackPane: "Slack workspace",
    telegramPane: "Telegram",
    connecting: "Connecting…",
    live: "Live",
    reconnecting: "Reconnecting…",
    youAre: "You are",
    person: "Speak as",
    channels: "Channels",
    apps: "Apps",
    chats: "Chats",
    app: "App",
    bot: "bot",
    channelNote: "Mention @{bot} to ask it something",
    messageTo: "Message {name}",
    send: "Send",
    mention: "Mention {bot}",
    reply: "Reply in thread",
    replyShort: "Reply…",
    replyTo: "Reply in the thread",
    replies: (n) => (n === 1 ? "1 reply" : `${n} replies`),
    edited: "edited",
    onlyYou: "Only visible to you",
    typing: "typing…",
    working: "{name} is working on it…",
    members: (n) => `${n} people and the bot`,
    newMessages: "New messages",
    unread: (n) => `${n} unread`,
    emptyChannel: "Nothing was said in {name} yet",
    emptyChannelHint: "Suggestions that wait for a decision appear here.",
    emptyIm: "Say hello to {name}",
    emptyImHint: "Ask about the agenda, or ask for a change. A person decides before anything is written.",
    emptyChat: "No messages here yet",
    emptyChatHint: "Say something, or begin with the button below.",
    start: "Start",
    tryThis: "For example",
    tapToSend: "Send this sentence",
    today: "Today",
    failed: "That did not reach the server. Please try again.",
    unknownBlock: "A block that this page does not draw ({type})",
    image: "Image: {alt}",
    spoiler: "Hidden text, press to show",
    optional: "(optional)",
    choose: "Choose an option",
    required: "Please complete this required field.",
    tooShort: (limit) => (limit === 1 ? "Write at least 1 character." : `Write at least ${limit} characters.`),
    tooLong: (limit) => (limit === 1 ? "Only 1 character fits here." : `Only ${limit} characters fit here.`),
    notWhole: "Enter a whole number.",
    tooSmall: (limit) => `Enter a number that is at least ${limit}.`,
    tooLarge: (limit) => `Enter a number that is at most ${limit}.`,
    trouble: "We had some trouble connecting. Try again?",
    replyTelegram: "Reply",
    replyingTo: "Reply to {name}",
    replyCancel: "Cancel the reply",
    quoteGone: "A message that is no longer here",
    home: "Home",
    messages: "Messages",
    homeWaits: "One moment…",
    commands: "Menu",
    picture: "Picture",
    enlarge: "Enlarge the picture",
    attach: "Attach a file",
    detach: "Take the file away",
    fileTooLarge: (limit) => `Files of up to ${limit} can be shared on this page.`,
    fileEmpty: "That file is empty.",
    fileUnread: "That file cannot be read. Please choose it again.",
    oneFile: "One file at a time; the first one was taken.",
  },
  he: {
    playground: "מגרש משחקים",
    examples: "דוגמאות",
    examplesTitle: "מה אפשר לומר",
    examplesLead: "בוחרים משפט, והוא נכנס לצ׳אט המתאים בשם האדם המתאים. השליחה בידיים שלך.",
    examplesNone: "השרת לא מציע דוגמאות.",
    reset: "התחלה מחדש",
    resetTitle: "לרוקן את שני הצ׳אטים?",
    resetText: "ההודעות בעמוד יימחקו. מה שכבר הוחלט נשאר בלוח הזמנים וביומן.",
    resetDo: "לרוקן את שני הצ׳אטים",
    cancel: "ביטול",
    ok: "הבנתי",
    close: "סגירה",
    about: "מה אמיתי כאן",
    tabs: "פלטפורמות",
    standin: "תחליף",
    modelBanner: "המודל כאן הוא תחליף שמבין אוסף מתועד של משפטים; כדי להשתמש במודל האמיתי יש להגדיר GEMINI_API_KEY.",
    chatsBanner: "שני הצ׳אטים הם תחליפים שמדברים בפרוטוקולים האמיתיים; הבוט ומסד הנתונים שלו אמיתיים.",
    slackPane: "סביבת העבודה ב־Slack",
    telegramPane: "טלגרם",
    connecting: "מתחבר…",
    live: "מחובר",
    reconnecting: "מתחבר מחדש…",
    youAre: "בתור",
    person: "לדבר בתור",
    channels: "ערוצים",
    apps: "אפליקציות",
    chats: "צ׳אטים",
    app: "אפליקציה",
    bot: "בוט",
    channelNote: "כדי לשאול, מזכירים את ‎@{bot}",
    messageTo: "הודעה אל {name}",
    send: "שליחה",
    mention: "להזכיר את {bot}",
    reply: "תשובה בשרשור",
    replyShort: "תשובה…",
    replyTo: "תשובה בשרשור",
    replies: (n) => (n === 1 ? "תגובה אחת" : n === 2 ? "שתי תגובות" : `${n} תגובות`),
    edited: "נערך",
    onlyYou: "גלוי רק לך",
    typing: "מקליד…",
    working: "{name} מטפל בזה…",
    members: (n) => `${n} אנשים והבוט`,
    newMessages: "הודעות חדשות",
    unread: (n) => (n === 1 ? "הודעה אחת שלא נקראה" : `${n} הודעות שלא נקראו`),
    emptyChannel: "עוד לא נאמר דבר ב{name}",
    emptyChannelHint: "הצעות שמחכות להחלטה יופיעו כאן.",
    emptyIm: "אפשר לומר שלום ל־{name}",
    emptyImHint: "אפשר לשאול על לוח הזמנים או לבקש שינוי. אדם מחליט לפני שמשהו נכתב.",
    emptyChat: "אין כאן עדיין הודעות",
    emptyChatHint: "אפשר לכתוב משהו, או להתחיל בכפתור שלמטה.",
    start: "התחלה",
    tryThis: "לדוגמה",
    tapToSend: "לשליחת המשפט",
    today: "היום",
    failed: "זה לא הגיע לשרת. אפשר לנסות שוב.",
    unknownBlock: "רכיב שהעמוד הזה לא מצייר ({type})",
    image: "תמונה: {alt}",
    spoiler: "טקסט מוסתר, לחיצה תציג אותו",
    optional: "(לא חובה)",
    choose: "בחירה מהרשימה",
    required: "זה שדה חובה, צריך למלא אותו.",
    tooShort: (limit) => (limit === 1 ? "צריך לכתוב לפחות תו אחד." : `צריך לכתוב לפחות ${limit} תווים.`),
    tooLong: (limit) => (limit === 1 ? "יש כאן מקום לתו אחד בלבד." : `יש כאן מקום ל־${limit} תווים בלבד.`),
    notWhole: "צריך להזין מספר שלם.",
    tooSmall: (limit) => `צריך להזין מספר שהוא לפחות ${limit}.`,
    tooLarge: (limit) => `צריך להזין מספר שהוא לכל היותר ${limit}.`,
    trouble: "הייתה בעיה בהתחברות. לנסות שוב?",
    replyTelegram: "תשובה",
    replyingTo: "תשובה אל {name}",
    replyCancel: "ביטול התשובה",
    quoteGone: "הודעה שכבר אינה כאן",
    home: "בית",
    messages: "הודעות",
    homeWaits: "רק רגע…",
    commands: "תפריט",
    picture: "תמונה",
    enlarge: "הגדלת התמונה",
    attach: "צירוף קובץ",
    detach: "הסרת הקובץ",
    fileTooLarge: (limit) => `בעמוד הזה אפשר לשתף קבצים של עד \u2066${limit}\u2069.`,
    fileEmpty: "הקובץ ריק.",
    fileUnread: "אי אפשר לקרוא את הקובץ. כדאי לבחור אותו שוב.",
    oneFile: "קובץ אחד בכל פעם; נלקח הראשון.",
  },
};
// What a person is, as the server says it in English; a note that is not here is shown as it came.
const NOTES = {
  he: { manager: "ניהול", owner: "בעלים", guest: "חשבון אורח", "not linked": "לא מקושר", "field staff": "צוות שטח" },
};
const NAMES = { en: "English", he: "עברית" };
const STORED = "eventflow.language";

let current = "en";

/** The language of the page: what was chosen before, else what the browser asks for, else English. */
export function initialLanguage() {
  const wished = [remembered(STORED), ...(navigator.languages ?? [])].filter(Boolean);
  // "iw" is the old code of Hebrew; some browsers still send it.
  const found = wished.map((each) => each.slice(0, 2).replace("iw", "he")).find((each) => each in WORDS);
  return found ?? "en";
}

/** Switch the page's words and its direction. */
export function setLanguage(language) {
  current = language;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "he" ? "rtl" : "ltr";
  remember(STORED, language);
}

export const language = () => current;
export const otherLanguage = () => (current === "he" ? "en" : "he");
export const languageName = (code) => NAMES[code];

/** Say a phrase: `t("messageTo", {name})`, or `t("replies", 3)` where the words depend on a number. */
export function t(key, values = {}) {
  const words = WORDS[current][key];
  if (typeof words === "function") return words(values);
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What a person is, in the page's language. */
export const note = (words) => NOTES[current]?.[words] ?? words;

/** Remember a choice where the browser allows it; a private window may refuse, and the page goes on. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Return what was remembered, or null. */
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
