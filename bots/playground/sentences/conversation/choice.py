"""What was chosen among several takes the place of the words that were not clear. Pure."""

from dataclasses import replace

from bots.playground.sentences.conversation.talk import Row
from bots.playground.sentences.grammar.text import normalise
from bots.playground.sentences.grammar.wish import IT, Wish

_FIELDS = ("title", "other", "person", "thing")


def chosen(wish: Wish, row: Row) -> Wish:
    """Return the wish with the id of what was chosen: a session, a person, a vendor, an item, else an event."""
    field = field_meant(wish, row)
    if field is None:
        return replace(wish, event=row["id"])
    if field == "names":
        return replace(wish, names=tuple(row["id"] if _is_like(name, row) else name for name in wish.names))
    return replace(wish, **{field: row["id"]})


def field_meant(wish: Wish, row: Row) -> str | None:
    """Return the field whose words led to this candidate, or None for an event, which nobody needs to name."""
    if set(row) == {"id", "name"}:
        return None
    said = [field for field in _fields(row) if getattr(wish, field)]
    return alike(wish, row) or next(iter(said), None)


def alike(wish: Wish, row: Row) -> str | None:
    """Return the field whose words occur in a candidate's name, or None."""
    fields = [field for field in _fields(row) if field != "names" and getattr(wish, field)]
    return next((field for field in fields if _is_like(getattr(wish, field), row)), None)


def filled(wish: Wish, words: str) -> Wish:
    """Return the wish with words for what it only pointed at."""
    field = next((field for field in _FIELDS if getattr(wish, field) == IT), "title")
    return replace(wish, **{field: words})


def _fields(row: Row) -> tuple[str, ...]:
    if "title" in row:
        return ("title", "other") if "start" in row else ("thing",)
    if "category" in row:
        return ("thing", "names")
    return ("person", "names")


def _is_like(said: str, row: Row) -> bool:
    words, name = (normalise(each).casefold() for each in (said, str(row.get("title") or row.get("name", ""))))
    return words in name or name in words
