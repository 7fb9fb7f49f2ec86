"""What people take for one name: the key that names are compared by. Pure; twin of ``app.name_key`` in SQL."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SPACES = re.compile(r"[^\S\x1c-\x1f]+")
"""Separators of records are spaces to Python and none to PostgreSQL."""
_SEVERAL = re.compile("[,;&+]")


def name_key(name: str | None) -> str | None:
    """Return the key under which names are the same, whatever their case, width and spaces; None where nothing is left.

    ``tests/integration/domains/test_names.py`` compares it with ``app.name_key``.
    """
    if name is None:
        return None
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name))
    # Letter by letter, as PostgreSQL does it: the full mapping makes two letters of some.
    lower = "".join(letter.lower()[:1] for letter in _SPACES.sub(" ", visible))
    return lower.strip(" ") or None


def name_keys(names: str | None) -> tuple[str, ...]:
    """Return the keys of several names written in one field, in their order; twin of ``app.name_keys``."""
    return tuple(key for name in _SEVERAL.split(names or "") if (key := name_key(name)) is not None)
