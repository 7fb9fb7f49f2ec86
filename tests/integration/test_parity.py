"""Rules that stand in Python and in SQL say the same, whatever they are asked."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.kernel.names import name_key, name_keys
from tests.owner import owner_rows

pytestmark = pytest.mark.db

PINNED = (
    *("Hall B", " hall   b ", "HALL\u00a0B", "אולם ב\u200f", "Ｈall B", "\t", "", "Straße", "a\u2003b", "ﬁn", "Ǆ"),
    # Letters that have no single other case, or another one at the end of a word; a space of typewriters; tags.
    *("İstanbul", "ΣΑΣ", "one\u000btwo", "Hall\U000e0041\U000e007f", "\u200b", "a\u001cb", "x\u0085y", "Ꭰ", "ẞ"),
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
NAMES = st.text(LETTERS | st.sampled_from("aB ,;&+\t\u000b\u200f\u00a0İΣ"), max_size=12)


def said(of: Callable[[str], object], names: Sequence[str]) -> list[object]:
    return [(name, of(name)) for name in names]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=20, max_size=100))
@example(list(PINNED))
def test_names_have_one_key(owner_url: str, names: list[str]) -> None:
    rows = owner_rows(
        owner_url,
        "select name, app.name_key(name) as key, app.name_keys(name) as keys "
        "from unnest(%(names)s::text[]) with ordinality as given(name, place) order by place",
        {"names": names},
    )
    assert [(row["name"], row["key"]) for row in rows] == said(name_key, names)
    assert [(row["name"], tuple(row["keys"])) for row in rows] == said(name_keys, names)


def test_a_key_that_folds_as_python_does_is_another(owner_url: str) -> None:
    """The twin: what stood beside the tested rule before, and differed."""
    [row] = owner_rows(owner_url, "select app.name_key('ΣΑΣ') as one, app.name_key('İstanbul') as other")
    assert (row["one"], row["other"]) != ("ΣΑΣ".lower(), "İstanbul".lower())
