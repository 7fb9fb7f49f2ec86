"""How a bundle reads on a card: what happens as a whole, a line for each, and what became of it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.actions.bundles.models import Line, Row, everything_of, left_out_of, mode_of
from core.actions.phrasing import in_one_line, what_changes
from core.kernel.cards import Fact
from core.kernel.phrases import Phrase, phrase, verbatim
from core.kernel.tools import Action, Description, Place

_STATES = {"done": "bundle-line-done", "failed": "bundle-line-failed", "skipped": "bundle-line-skipped"}
_NAMED = 2
"""Lines that a title names; the rest is counted."""

_NOWHERE = UUID(int=0)
"""How a line reads does not depend on the suggestion that it stands in."""

DescribeLine = Callable[[Action], Description]


def describe(action: Action, describe_line: DescribeLine) -> Description:
    """Return what it comes to, how it runs, and the lines. ``describe_line`` says one action as its own tool does.

    Lines that were left out are shown among the others, so that each keeps its number.
    """
    lines = everything_of(action.args)
    said = [describe_line(line.action(action.suggestion_id)) for line, _runs in lines]
    order = agenda_order(said)
    runs = [at for at, (_line, is_kept) in enumerate(lines) if is_kept]
    days = {day for each in said if (day := _day(each)) is not None}
    room = _only_room(said)
    shown = {at: _line(said[at], is_dated=len(days) > 1, is_placed=room is None) for at in order}
    facts = [Fact(phrase("field-when"), phrase("on-day", day=days.pop()), is_plain=True)] if len(days) == 1 else []
    facts += [Fact(phrase("field-room"), verbatim(room), is_plain=True)] if room is not None else []
    facts.append(Fact(phrase("bundle-runs"), phrase(f"bundle-runs-{mode_of(action.args).replace('_', '-')}")))
    if names := left_out_of(action.args):
        facts.append(Fact(phrase("bundle-left-out"), phrase("bundle-left-out-why", titles=names)))
    return Description(
        _title([said[at] for at in order if at in runs]),
        facts=tuple(facts),
        lines=tuple(shown[at] if at in runs else phrase("bundle-line-dropped", line=shown[at]) for at in order),
        order=tuple(runs.index(at) if at in runs else -1 for at in order),
    )


def numbered(lines: Sequence[Line], describe_line: DescribeLine) -> dict[int, int]:
    """Return the place of each line, as they run, by the number that a card gives it, from 1."""
    said = [describe_line(line.action(_NOWHERE)) for line in lines]
    return dict(enumerate(agenda_order(said), 1))


def agenda_order(said: Sequence[Description]) -> list[int]:
    """Return the places of lines in the order in which the event goes through them: by time, then as they run."""
    last = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return sorted(range(len(said)), key=lambda at: last if (place := said[at].place) is None else place.span.start)


def lines_as_they_ran(said: Description, outcome: Sequence[Row]) -> tuple[Phrase, ...]:
    """Return the lines with what became of each; as they are where the bundle has not run."""
    if not outcome or len(outcome) > len(said.lines):
        return said.lines
    ran = dict(enumerate(outcome))
    return tuple(_ran(line, ran[at]) if at in ran else line for at, line in zip(said.order, said.lines, strict=True))


def counted(outcome: Sequence[Row]) -> tuple[int, int]:
    """Return how many lines are done, of how many."""
    return sum(ran["state"] == "done" for ran in outcome), len(outcome)


def _ran(line: Phrase, ran: Row) -> Phrase:
    return phrase(_STATES[ran["state"]], line=line, why=phrase(ran.get("reason", "bundle-line-no-reason")))


def _only_room(said: Sequence[Description]) -> str | None:
    """Return the room in which everything stands and stays, which then is said once."""
    rooms = {place.room if place else None for each in said for place in (each.place, each.was or each.place)}
    return rooms.pop() if len(rooms) == 1 else None


def _line(said: Description, *, is_dated: bool, is_placed: bool) -> Phrase:
    """Say one line: the hours and the name where it has them, so that the eye runs down the agenda; then the rest."""
    if said.place is None:
        return in_one_line(said.title, *what_changes(said.changes, said.facts))
    name = said.name or said.title
    span = replace(said.place.span, is_dated=is_dated)
    rest = [fact for fact in said.facts if not _is_when(fact.label) and (is_placed or fact.label.id != "field-room")]
    changes = [each for each in said.changes if not _is_when(each.label)]
    before = (phrase("change-before", now=each.now) for each in said.changes if _is_when(each.label))
    return in_one_line(phrase("bundle-line-at", hours=span, name=name), *before, *what_changes(changes, rest))


def _is_when(label: Phrase) -> bool:
    return label.id == "field-when"


def _day(said: Description) -> date | None:
    if said.place is None:
        return None
    return said.place.span.start.astimezone(ZoneInfo(said.place.span.zone)).date()


def _title(said: Sequence[Description]) -> Phrase:
    """Say what happens: sessions that all move by the same, two that change places, else which things change."""
    moves = [(each.was, each.place) for each in said if each.was is not None and each.place is not None]
    names = tuple(each.name or each.title for each in said)
    if len(moves) == len(said) > 1:
        shifted = _shift(moves)
        if shifted is not None:
            return shifted
        if _is_swap(moves):
            return phrase("card-bundle-swap", one=names[0], other=names[1])
    more = max(len(names) - _NAMED, 0)
    return phrase("card-bundle", count=len(names), names=names[: len(names) - more], more=more)


def _shift(moves: Sequence[tuple[Place, Place]]) -> Phrase | None:
    by = {place.span.start - was.span.start for was, place in moves}
    by |= {place.span.end - was.span.end for was, place in moves}
    rooms = {room for pair in moves for room in (pair[0].room, pair[1].room)}
    if len(by) > 1 or not (shift := by.pop()) or any(was.room != place.room for was, place in moves):
        return None
    first = min((was.span for was, _place in moves), key=lambda span: span.start)
    clock = f"{first.start.astimezone(ZoneInfo(first.zone)):%H:%M}"
    later = phrase("shift-later" if shift > timedelta() else "shift-earlier", by=_length(abs(shift)))
    sessions = phrase("sessions-count", count=len(moves))
    room = rooms.pop() if len(rooms) == 1 else None
    if room is None:
        return phrase("card-bundle-shift", clock=clock, sessions=sessions, later=later)
    return phrase("card-bundle-shift-room", room=room, clock=clock, sessions=sessions, later=later)


def _length(shift: timedelta) -> Phrase:
    minutes = int(shift.total_seconds()) // 60
    return phrase("length-hours", count=minutes // 60) if minutes % 60 == 0 else phrase("length-minutes", count=minutes)


def _is_swap(moves: Sequence[tuple[Place, Place]]) -> bool:
    if len(moves) != 2:  # noqa: PLR2004 two change places
        return False
    (was, place), (other_was, other_place) = moves
    return _stands(place) == _stands(other_was) and _stands(other_place) == _stands(was)


def _stands(place: Place) -> tuple[datetime, str | None]:
    return place.span.start, place.room
