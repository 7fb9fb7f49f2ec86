"""What an import did in words: the same data for the terminal, for a card and for the document beside it. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.imports.models import Reported, SessionInfo, at_place
from core.imports.planning import Planned
from core.imports.writing import ImportReport
from core.kernel.phrases import Moment, Phrase, PhraseValue, Span, phrase, verbatim


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that an import has to say, and what it is about, line by line."""

    title: Phrase
    lines: tuple[Phrase, ...] = ()


def counts(report: ImportReport) -> dict[str, int]:
    """Return how many sessions an import read and what became of them; ``read`` is the sum of the next five."""
    kinds = Counter(each.kind for each in report.sessions)
    return {
        "read": report.schedule.entries,
        "added": kinds["added"],
        "moved": kinds["moved"],
        "changed": kinds["changed"],
        "unchanged": kinds["unchanged"],
        "reported": len(report.schedule.reported),
        "left": len(report.left),
        "unplaced": len(report.unplaced),
        "cancelled": len(report.cancelled),
    }


def summary(report: ImportReport) -> Phrase:
    """Return the import in one sentence."""
    numbers = counts(report)
    return phrase(
        "import-summary",
        event=report.event.name,
        added=numbers["added"],
        moved=numbers["moved"],
        changed=numbers["changed"],
        unchanged=numbers["unchanged"],
        count=len(report.sessions),
    )


def sections(report: ImportReport, *, with_changes: bool = True) -> tuple[Section, ...]:
    """Return everything that a person should know of an import, what needs their attention first.

    ``with_changes`` names the sessions that were added, moved and changed as well.
    """
    taken = (_unplaced(report, each.session, each.room, each.taken_by) for each in report.unplaced)
    renamed = (phrase("import-was-renamed", before=each.before, after=each.after) for each in report.renamed)
    found = [
        _namesakes(report),
        _reported_entries(report.schedule.reported),
        _left(report),
        _section("import-unplaced", taken),
        _section("import-cancelled", (_line(report, each) for each in report.cancelled)),
        _section("import-renamed", renamed),
        _section("import-rooms-left", (verbatim(name) for name in report.rooms_left)),
        _section("import-notes", report.schedule.notes),
    ]
    if with_changes:
        found += [
            _section("import-added", (_line(report, each.session) for each in report.of("added"))),
            _section("import-moved", (_moved(report, each) for each in report.of("moved"))),
            _section("import-changed", (_line(report, each.session) for each in report.of("changed"))),
        ]
    return tuple(section for section in found if section is not None)


def _section(id_: str, lines: Iterable[Phrase]) -> Section | None:
    said = tuple(lines)
    return Section(Phrase(id_, {"count": len(said)}), said) if said else None


def _namesakes(report: ImportReport) -> Section | None:
    if not report.namesakes:
        return None
    names: tuple[Phrase | str, ...] = tuple(event.name for event in report.namesakes)
    return Section(phrase("import-namesake", event=report.event.name, names=names))


def _left(report: ImportReport) -> Section | None:
    lines = tuple(
        _line(report, each.session)
        if each.taken_by is None
        else _unplaced(report, each.session, each.session.room or "", each.taken_by)
        for each in report.left
    )
    if not lines:
        return None
    id_ = "import-left-cancelled" if report.gone == "cancel" else "import-left"
    return Section(Phrase(id_, {"count": len(lines)}), lines)


def _reported_entries(reported: tuple[Reported, ...]) -> Section | None:
    """Return what is not in the agenda; empty slots, which some tools write by the hundred, take one line."""
    blanks = [each for each in reported if each.why.id == "import-blank"]
    lines = [_reported(each) for each in reported if each.why.id != "import-blank" or len(blanks) == 1]
    if len(blanks) > 1:
        lines.append(phrase("import-blanks", count=len(blanks), place=blanks[0].place))
    return Section(phrase("import-reported", count=len(reported)), tuple(lines)) if reported else None


def _reported(each: Reported) -> Phrase:
    why = each.why if each.title is None else phrase("import-titled", title=each.title, why=each.why)
    return at_place(each.place, why)


def _when(report: ImportReport, session: SessionInfo) -> Span:
    return Span(session.start, session.end, report.event.time_zone)


def _line(report: ImportReport, session: SessionInfo) -> Phrase:
    values: dict[str, PhraseValue] = {"title": session.title, "span": _when(report, session)}
    if session.room is None:
        return Phrase("import-session", values)
    return Phrase("import-session-in", {**values, "room": session.room})


def _unplaced(report: ImportReport, session: SessionInfo, room: str, other: str) -> Phrase:
    return phrase("import-room-taken", title=session.title, span=_when(report, session), room=room, other=other)


def _moved(report: ImportReport, planned: Planned) -> Phrase:
    session, known, zone = planned.session, planned.known, report.event.time_zone
    if known is None:
        return _line(report, session)
    return phrase(
        "import-was-moved",
        title=session.title,
        before=Moment(known.session.start, zone),
        beforeroom=known.session.room or phrase("import-no-room"),
        after=Moment(session.start, zone),
        afterroom=session.room or phrase("import-no-room"),
    )
