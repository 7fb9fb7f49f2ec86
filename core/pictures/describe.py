"""What a picture says, in words: for whoever does not see it, and as its caption. Pure."""

from core.kernel.phrases import Phrase, phrase
from core.pictures.models import Timeline


def describe(timeline: Timeline, change: Phrase) -> Phrase:
    """Return the change first, in the words of its card, then what is in its way; a caption may be cut at its end."""
    if timeline.in_the_way:
        return phrase("picture-alternative-way", change=change, titles=timeline.in_the_way, event=timeline.event)
    return phrase("picture-alternative", change=change, event=timeline.event)
