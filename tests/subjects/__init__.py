"""What the tests of all tools and tables need to know of a subject: a module with ``KNOWN``, found by being here.

What was there before stands in the tests' own lists.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.integration.isolation.rights import NOBODY, PEOPLE, Function, Rights

Args = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One subject's tools and tables, as its tests declare them."""

    reads: dict[str, Args] = field(default_factory=dict[str, Args])
    """Its questions, which everybody may ask, with what a viewer asks them."""
    writes: dict[str, tuple[Args, ...]] = field(default_factory=dict[str, tuple[Args, ...]])
    """Its writes, which all but viewers may propose, with what each is done and undone with."""
    ways_back: tuple[str, ...] = ()
    """Its writes that only take another back; offered to nobody."""
    tables: dict[str, Rights] = field(default_factory=dict[str, Rights])
    """Its tables; people hold every verb on them, and the policies say whose rows are meant."""
    told_to_viewers: dict[str, str] = field(default_factory=dict[str, str])
    """Which columns with words in them every member reads."""
    functions: dict[str, Function] = field(default_factory=dict[str, Function])

    @property
    def offered(self) -> frozenset[str]:
        """Its tools that the model is told of."""
        return frozenset({*self.reads, *self.writes})


def functions_of(word: str) -> dict[str, Function]:
    """Return the three functions that a write has whose kind begins with this word."""
    return {
        f"app.{word}_facts(jsonb)": Function("stable", PEOPLE),
        f"app.assert_{word}_unchanged(jsonb, text)": Function("volatile", PEOPLE),
        f"app.{word}_is_done(uuid, text, jsonb)": Function("stable", NOBODY),
    }


@cache
def known() -> dict[str, Known]:
    """Return every subject that is declared here, by its name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    return {name: import_module(f"{__name__}.{name}").KNOWN for name in names}
