"""The jobs there are. A name is stored with every queued job: renaming one needs a migration of the queue."""

HANDLE_EVENT = "handle_event"
SAY = "say"
POST_DOCUMENT = "post_document"
POST_CARD = "post_card"
REFRESH_CARDS = "refresh_cards"
REPLACE_CARD = "replace_card"
SHOW_PICTURE = "show_picture"
EXPIRE = "expire"
REMIND = "remind"
POST_HEADS = "post_heads"
SWEEP = "sweep"

DECISIONS, TURNS, STRANGERS, SENDING, PICTURES = "decisions", "turns", "strangers", "sending", "pictures"
"""The kinds of queues that every chat platform has: presses, messages of people, of strangers, what goes out, and the
pictures that follow their cards."""
KINDS = (DECISIONS, TURNS, STRANGERS, SENDING, PICTURES)
UPKEEP = "upkeep"
"""The queue of what needs no chat platform. ``app.queue_of`` in ``migrations/functions/inbox.sql`` sorts jobs."""


def queue_name(platform: str, kind: str) -> str:
    """Return a platform's queue of a kind: a worker takes only those of the platforms that it has."""
    return f"{platform}/{kind}"
