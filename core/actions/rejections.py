"""Why a suggestion is rejected: the common reasons by code, or somebody's own words. Pure."""

from collections.abc import Mapping

from core.actions.sayings import TooLong, one_line
from core.kernel.phrases import Phrase, phrase

OTHER = "other"
"""A reason in the person's own words."""
REASONS: Mapping[str, Phrase] = {
    code: phrase(f"reject-{code.replace('_', '-')}")
    for code in ("not_needed", "wrong_time", "wrong_place", "too_late", "done_already", OTHER)
}
"""What can be chosen with one press, in the order in which it is offered."""
LONGEST_REASON = 300
"""Characters of somebody's own words."""


def reason_of(choice: str, words: str) -> str | Phrase:
    """Return what is kept of a reason: somebody's words, else a code, else nothing; or why it cannot be kept."""
    try:
        said = one_line(words, LONGEST_REASON)
    except TooLong:
        return phrase("reject-too-long", longest=LONGEST_REASON)
    if said:
        return said
    if choice == OTHER:
        return phrase("reject-say-why")
    return choice if not choice or choice in REASONS else phrase("decision-unknown")


def reason_phrase(kept: str) -> Phrase:
    """Say a reason as it is kept: a common one in the reader's language, anything else as a quotation."""
    return REASONS.get(kept) or phrase("reject-quoted", words=kept)
