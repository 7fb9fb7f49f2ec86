"""The jobs there are. A name is stored with every queued job: renaming one needs a migration of the queue."""

HANDLE_EVENT = "handle_event"
SAY = "say"
POST_CARD = "post_card"
REFRESH_CARDS = "refresh_cards"
REPLACE_CARD = "replace_card"
EXPIRE = "expire"
REMIND = "remind"
