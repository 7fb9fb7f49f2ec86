"""Which files that somebody shares are read as schedules, and what they are called in a sentence. Pure."""

from core.kernel.messages import SharedFile
from core.texts import on_one_line

ENDINGS = frozenset("ics ical xcal jcal csv tsv xlsx xls ods json xml".split())
_LONGEST_NAME = 120
"""Letters; a longer name is cut before its ending."""


def shared_file(name: object, size: object, source: object) -> SharedFile | None:
    """Return a file as a platform describes it, None where its name is not that of a schedule.

    A name is somebody else's text: line feeds and what reorders or hides letters are taken out, so that
    ``agenda.csv`` and a mark that nobody sees is still a table, and no name writes a line of its own in an answer.
    """
    if not (isinstance(name, str) and isinstance(source, str) and source):
        return None
    shown = on_one_line(name)
    stem, dot, ending = shown.rpartition(".")
    if not dot or ending.lower() not in ENDINGS:
        return None
    if len(shown) > _LONGEST_NAME:
        shown = f"{stem[: _LONGEST_NAME - len(ending) - 2]}….{ending}"
    # A bool is an int to Python and no size to anybody.
    return SharedFile(shown, size if type(size) is int and size > 0 else 0, source)
