"""What a person must do to approve, graded by the risk, and whether they have done it; checked by code. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

from core.actions.phrasing import conflict_phrase, touched_phrase
from core.actions.suggestion import Suggestion
from core.kernel.cards import Gesture, Risk
from core.kernel.phrases import Phrase, phrase, verbatim
from core.texts import LOCALES, plain, say

Evidence: TypeAlias = Mapping[str, str]
"""What a gesture produced. ``read``: the numbers of the consequences that were ticked, separated by commas; ``shown``:
the hash of what they stood on; ``word``: what was typed."""

_LARGE = 100
"""Registered people from which the word to type is the name of what is at stake: nobody types that by habit."""
_MOST_VIPS = 5
"""VIPs with a consequence of their own; of more, all names stand in one: who must tick ten boxes reads none."""
_TYPED = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼʹ׳´`ˈ＇", "'") | dict.fromkeys("“”„‟″״«»〝〞＂", '"') | dict.fromkeys("‐‑‒–—―−־﹘﹣－", "-")
)
"""Marks that phones write for those of a typewriter, and Hebrew's own: geresh, gershayim, maqaf."""
_HYPHENS = re.compile("-+")
_EMOJI_MARKS = "\ufe0e\ufe0f"
_GESTURES: dict[Risk, Gesture] = {
    "low": "confirm",
    "medium": "approve_reject",
    "high": "acknowledge",
    "critical": "type_word",
}


def gesture_for(risk: Risk, *, blocked: bool) -> Gesture:
    """Return what approves an action of this risk, the same on every platform; a blocked one nobody can approve."""
    return "none" if blocked else _GESTURES[risk]


def consequences(suggestion: Suggestion) -> tuple[Phrase, ...]:
    """Return what has to be acknowledged one by one; at least one, and in the order of the card."""
    impact = suggestion.request.impact
    found: list[Phrase] = []
    if suggestion.request.effect == "delete":
        found.append(phrase("consequence-gone"))
    found += map(touched_phrase, impact.people)
    if len(impact.vips) > _MOST_VIPS:
        found.append(phrase("consequence-vips", names=tuple(vip.name for vip in impact.vips), count=len(impact.vips)))
    else:
        found += [touched_phrase(vip.line) for vip in impact.vips]
    found += [conflict_phrase(conflict, suggestion.request.zone) for conflict in suggestion.request.conflicts]
    return tuple(found) or (phrase("consequence-at-once"),)


def word_to_type(suggestion: Suggestion) -> Phrase:
    """Return the word that approves a critical action, in the reader's language; for the largest, its title."""
    title = (suggestion.request.before or {}).get("title")
    if title and suggestion.request.impact.affected_participants >= _LARGE:
        return verbatim(str(title))
    return phrase("word-delete" if suggestion.request.effect == "delete" else "word-confirm")


def is_the_word(suggestion: Suggestion, typed: str) -> bool:
    """Whether this is the word, in any language that there is, whatever its case, width and spaces."""
    wanted = word_to_type(suggestion)
    return _key(typed) in {_key(say(locale, wanted)) for locale in LOCALES}


def word_and_rest(suggestion: Suggestion, typed: str) -> tuple[str, str]:
    """Return the word with which something typed begins, and the rest; no word and everything where it does not."""
    said = typed.split()
    for count in range(1, len(said) + 1):
        if is_the_word(suggestion, word := " ".join(said[:count])):
            return word, " ".join(said[count:])
    return "", typed


def is_a_word(typed: str) -> bool:
    """Whether this is a word that cards ask for, in any language that there is."""
    words = (phrase("word-delete"), phrase("word-confirm"))
    return _key(typed) in {_key(say(locale, word)) for word in words for locale in LOCALES}


def is_an_attempt(suggestion: Suggestion, typed: str) -> bool:
    """Whether a reply to the card tries to be the word, and is no question about it: it is not much longer."""
    longest = max(len(_key(say(locale, word_to_type(suggestion))).split()) for locale in LOCALES)
    return len(_key(typed).split()) <= longest + 1 and not typed.rstrip().endswith("?")


def missing(suggestion: Suggestion, evidence: Evidence, *, has_acknowledged: bool) -> Phrase | None:
    """Return what the presser still has to do before this may run, or None.

    ``has_acknowledged``: they have ticked the consequences before, on the card as it still is.
    """
    gesture = gesture_for(suggestion.request.risk, blocked=suggestion.request.is_blocked)
    if gesture == "acknowledge" and not (has_acknowledged or _ticked_all(suggestion, evidence)):
        return phrase("gesture-acknowledge-first")
    if gesture == "type_word" and not is_the_word(suggestion, evidence.get("word", "")):
        return phrase("gesture-word", word=word_to_type(suggestion))
    return None


def _ticked_all(suggestion: Suggestion, evidence: Evidence) -> bool:
    ticked = set(filter(None, evidence.get("read", "").split(",")))
    needed = {str(number) for number in range(len(consequences(suggestion)))}
    return evidence.get("shown") == suggestion.request.shown_hash and ticked >= needed


def _key(text: str) -> str:
    """Return what counts of a typed word: not its case, its width, its points, nor which marks a keyboard writes."""
    wide = unicodedata.normalize("NFKC", plain(text).translate(_TYPED)).translate(_TYPED)
    typed = _HYPHENS.sub("-", "".join(letter for letter in wide if not _is_pointing(letter)).replace("''", '"'))
    return " ".join(typed.split()).casefold().strip("\"'.")


def _is_pointing(letter: str) -> bool:
    return letter in _EMOJI_MARKS or "\u0591" <= letter <= "\u05bd"
