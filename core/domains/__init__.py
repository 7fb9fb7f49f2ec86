"""The subjects of a live event, one folder each, and the list of every tool that they offer."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from core.kernel.tools import Subject, ToolSpec

_MODULES = ("reads", "writes", "records")
"""The modules of a folder that may hold ``TOOLS``, in the order in which the model reads them."""


def _subjects() -> dict[str, Subject]:
    """Return what each folder is about, by its package, in the order of their ranks.

    Raises ``ImportError`` for a folder that does not say, and for two of one rank: the order is what the provider keeps
    the beginning of a call by, so it rests on no file system.
    """
    found: dict[str, Subject] = {}
    for folder in sorted(path.parent for path in Path(__file__).parent.glob("*/__init__.py")):
        subject = getattr(import_module(f"{__name__}.{folder.name}"), "SUBJECT", None)
        if not isinstance(subject, Subject) or subject.rank < 1:
            raise ImportError(f"core/domains/{folder.name}/__init__.py names no SUBJECT with a rank of its own.")
        if taken := [name for name, other in found.items() if other.rank == subject.rank]:
            raise ImportError(
                f"{folder.name} and {taken[0].rpartition('.')[2]} have rank {subject.rank}; take another."
            )
        found[f"{__name__}.{folder.name}"] = subject
    return dict(sorted(found.items(), key=lambda each: each[1].rank))


def _tools_of(package: str) -> tuple[ToolSpec, ...]:
    modules = (f"{package}.{name}" for name in _MODULES)
    return tuple(tool for name in modules if find_spec(name) for tool in getattr(import_module(name), "TOOLS", ()))


_FOUND = _subjects()
SUBJECTS: tuple[Subject, ...] = tuple(_FOUND.values())
"""What each folder here is about, in the order of their ranks."""
TOOLS: tuple[ToolSpec, ...] = tuple(tool for package in _FOUND for tool in _tools_of(package))
"""Every tool of every domain, in that order; a folder registers by being here."""
