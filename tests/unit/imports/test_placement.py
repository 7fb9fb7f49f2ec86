"""Who gets the room: no overlap remains, nothing is lost, and the order in the file does not matter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from core.imports.models import EventInfo, Schedule, SessionInfo
from core.imports.placement import Placement, Unplaced, place
from core.kernel.names import name_key

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
ROOMS = ("Hall A", " hall  a", "HALL A\u200f", "Hall B", None, "\u200f")


def session(name: str, start: int, length: int, room: str | None = "Hall A") -> SessionInfo:
    """Return a session; times in minutes after nine."""
    begins = START + timedelta(minutes=start)
    return SessionInfo(
        source_id=name, title=f"Talk {name}", start=begins, end=begins + timedelta(minutes=length), room=room
    )


def schedule(sessions: Sequence[SessionInfo]) -> Schedule:
    return Schedule(EventInfo("spring", "Spring", date(2026, 5, 1), date(2026, 5, 1), "UTC"), (), tuple(sessions))


def overlaps(sessions: Sequence[SessionInfo]) -> list[tuple[str, str]]:
    """Compare every session with every other, which placement does not."""
    return [
        (one.source_id, other.source_id)
        for one, other in combinations(sessions, 2)
        if name_key(one.room) is not None
        and name_key(one.room) == name_key(other.room)
        and one.start < other.end
        and other.start < one.end
    ]


@st.composite
def many(draw: st.DrawFn) -> list[SessionInfo]:
    given = draw(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120), st.sampled_from(ROOMS)), max_size=30))
    return [session(str(number), *each) for number, each in enumerate(given)]


@given(many())
def test_no_overlap_remains_and_nothing_is_lost(sessions: list[SessionInfo]) -> None:
    placement = place(schedule(sessions))
    after = placement.schedule.sessions
    assert overlaps(after) == []
    lost_room = {each.session.source_id for each in placement.unplaced}
    expected = {each.source_id: replace(each, room=None) if each.source_id in lost_room else each for each in sessions}
    assert {each.source_id: each for each in after} == expected
    assert len(after) == len(sessions)


@given(many())
def test_nobody_loses_a_room_without_a_reason(sessions: list[SessionInfo]) -> None:
    placement = place(schedule(sessions))
    in_the_way = {each.title: each for each in placement.schedule.sessions}
    for each in placement.unplaced:
        assert overlaps([each.session, in_the_way[each.taken_by]]) != []


@given(many().flatmap(lambda sessions: st.tuples(st.just(sessions), st.permutations(sessions))))
def test_the_order_in_the_file_does_not_matter(both: tuple[list[SessionInfo], list[SessionInfo]]) -> None:
    given_order, other_order = both
    assert place(schedule(given_order)) == place(schedule(other_order))


@given(many(), many())
def test_what_stands_in_the_agenda_keeps_its_room(here: list[SessionInfo], coming: list[SessionInfo]) -> None:
    standing: dict[str, list[SessionInfo]] = {}
    for each in place(schedule(here)).schedule.sessions:
        key = name_key(each.room)
        if key is not None:
            standing.setdefault(key, []).append(replace(each, source_id=f"here-{each.source_id}"))
    placed = place(schedule(coming), standing).schedule.sessions
    assert overlaps([*placed, *(each for room in standing.values() for each in room)]) == []


def test_sessions_that_touch_are_no_overlap() -> None:
    sessions = (session("1", 0, 60), session("2", 60, 30), session("3", 90, 1))
    assert place(schedule(sessions)) == Placement(schedule(sessions), ())


def test_the_one_that_begins_first_has_the_room() -> None:
    late, early, inside = session("1", 30, 60), session("2", 0, 60, "hall a"), session("3", 70, 5)
    assert place(schedule((late, early, inside))) == Placement(
        schedule((early, replace(late, room=None), inside)), (Unplaced(late, "Hall A", "Talk 2"),)
    )


def test_a_shared_room_holds_several_at_a_time() -> None:
    sessions = (session("1", 0, 60), session("2", 30, 60))
    assert place(schedule(sessions), shared=frozenset({"hall a"})) == Placement(schedule(sessions), ())
    assert [each.session.source_id for each in place(schedule(sessions)).unplaced] == ["2"]


def test_room_keys() -> None:
    same = ["Hall B", " hall   b ", "HALL\u00a0B", "Hall B\u200f", "Ｈall B"]
    assert {name_key(name) for name in same} == {"hall b"}
    assert [name_key(name) for name in (None, "", " \t", "\u200f")] == [None, None, None, None]
