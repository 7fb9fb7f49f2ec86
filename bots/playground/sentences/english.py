"""English sentences that the stand-in understands."""

from bots.playground.sentences.building import (
    add,
    agenda,
    change,
    delete,
    find,
    free,
    move,
    nothing,
    now,
    plain,
    session,
)
from bots.playground.sentences.rule import rules
from bots.playground.sentences.words import CLOCK, DAY, ROOM

_T, _U, _D, _R = f"(?P<time>{CLOCK})", f"(?P<until>{CLOCK})", f"(?P<day>{DAY})", f"(?P<room>{ROOM})"
_TITLE = r'(?:the )?(?:session |talk |workshop )?(?P<title>".+?"|.+?)'
_SPAN = r"(?:(?P<minutes>\d{1,3}) ?(?:minutes|min)|(?P<half>half an hour)|(?P<hour>an hour|one hour|1 hour))"

ENGLISH = [
    *rules("en", "hello", nothing, r"(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: \w+)?[,!]?"),
    *rules("en", "thanks", nothing, r"(?:thanks|thank you|great|perfect|ok|okay)(?:,? .{0,30})?"),
    *rules("en", "help", nothing, r"help|what can you do(?: for me)?|/help|/start"),
    *rules(
        "en",
        "pending",
        plain("list_pending_suggestions"),
        r"(?:what|which suggestions?|what suggestions|is anything|anything) (?:is |are |still )*"
        r"(?:waiting|pending|waits?|open)(?: for (?:approval|a decision|me))?",
        r"(?:show|list) (?:the |me the )?(?:pending|waiting|open) suggestions",
    ),
    *rules(
        "en",
        "events",
        plain("list_events"),
        r"(?:what|which) events (?:do we have|are there|are coming up)|(?:show|list) (?:the |our |all )?events",
    ),
    *rules("en", "agenda", now, r"what(?:'s| is) (?:on|happening|going on)(?: right)? now|who is speaking now"),
    *rules(
        "en",
        "agenda",
        agenda,
        rf"(?:what(?:'s| is)|anything) (?:on|happening)(?: in {_R})?(?: {_D})?(?: at {_T})?(?: in (?:{ROOM}))?",
        rf"(?:what(?:'s| is)) (?:on|happening)(?: at {_T})?(?: {_D})?(?: in {_R})?",
        rf"who (?:speaks|is speaking|talks|is on)(?: in {_R})?(?: at {_T})?(?: {_D})?",
        rf"who (?:speaks|is speaking|talks|is on)(?: {_D})?(?: at {_T})?(?: in {_R})?",
        rf"(?:show(?: me)?|what is) the (?:agenda|schedule|programme|program)(?: (?:for )?{_D})?(?: (?:in|of) {_R})?",
    ),
    *rules(
        "en",
        "speaker",
        agenda,
        r"when (?:does|is|do) (?P<speaker>.+?) (?:speak|speaking|talk|on stage)",
        r"what (?:does|is) (?P<speaker>.+?) (?:speak|speaking|talk|talking|present|presenting)(?: about)?",
    ),
    *rules(
        "en",
        "free",
        free,
        rf"when is {_R} (?:free|empty|available)(?: for (?:{_SPAN}))?(?: {_D})?(?: after {_T})?",
        rf"(?:which|what) rooms? (?:is|are) (?:free|empty|available)(?: for (?:{_SPAN}))?(?: {_D})?(?: after {_T})?",
    ),
    *rules(
        "en",
        "session",
        session,
        rf"(?:when|where)(?: and where| and when)? is {_TITLE}",
        rf"(?:tell me (?:more )?about|who is (?:registered|coming) (?:for|to)|who comes to) {_TITLE}",
        rf"which vips (?:are coming|come|are registered)(?: to| for) {_TITLE}",
    ),
    *rules(
        "en",
        "find",
        find,
        r"(?:find|search(?: for)?|are there|any) (?:sessions?|talks?|workshops?) (?:about|on|with) (?P<query>.+)",
    ),
    *rules(
        "en",
        "shift",
        session,
        rf"(?:move|push|shift|delay|postpone|bring) {_TITLE} (?:by )?{_SPAN}(?: (?P<way>later|earlier|forward|back))?",
    ),
    *rules(
        "en",
        "move",
        move,
        rf"(?:move|change|reschedule|shift|put) {_TITLE} (?:(?:to|into|in) )(?:{_D} )?(?:at )?{_T}(?: (?:in|to) {_R})?",
        rf"(?:move|change|reschedule|shift|put) {_TITLE} (?:to|into|in) {_R}(?: (?:{_D} )?at {_T})?",
    ),
    *rules(
        "en",
        "speaker_change",
        change("speaker_name"),
        rf"(?:change|set) the speaker of {_TITLE} to (?P<value>.+)",
        r"(?P<value>.+?) (?:replaces|takes over) the speaker (?:of|in) (?P<title>.+)",
    ),
    *rules("en", "rename", change("title"), rf"rename {_TITLE} to (?P<value>.+)"),
    *rules(
        "en", "capacity", change("max_capacity"), rf"(?:set|change) the capacity of {_TITLE} to (?P<value>\d{{1,5}})"
    ),
    *rules("en", "delete", delete, rf"(?:cancel|delete|remove|drop) {_TITLE}(?:,? because (?P<reason>.+))?"),
    *rules(
        "en",
        "add",
        add,
        rf'(?:add|create|schedule) (?:a |an )?(?:new )?(?:session |talk |workshop |break )?(?P<title>".+?"|.+?) '
        rf"(?:{_D} )?(?:from |at )?{_T} (?:to|until|till) {_U}(?: in {_R})?(?: (?:with|by) (?P<speaker>.+))?",
    ),
]
