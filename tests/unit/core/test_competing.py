"""Which suggestions cannot both be, from their arguments alone."""

from typing import Any
from uuid import uuid4

import pytest

from core.actions.phrasing import in_one_line
from core.actions.suggestion import Rival
from core.actions.waiting.competing import Wants, competes, may_compete, name_key, rival_lines, rivals_key, wants
from core.kernel.phrases import phrase, verbatim

BEFORE = {
    "id": "s1",
    "title": "Opening",
    "start_time": "2031-05-01T07:00:00+00:00",
    "end_time": "2031-05-01T08:00:00+00:00",
    "room": "Hall A",
    "speaker_name": "Dana Levi",
}


def create(start: str, end: str, **more: Any) -> Wants:
    change = {
        "title": "New",
        "start_time": f"2031-05-01T{start}:00+00:00",
        "end_time": f"2031-05-01T{end}:00+00:00",
        "room": None,
        "speaker_name": None,
        **more,
    }
    return wants("schedule_create", {"event_id": "e", "new_id": str(uuid4()), "set": change}, None)


def update(session: str = "s1", **change: Any) -> Wants:
    return wants("schedule_update", {"event_id": "e", "schedule_id": session, "set": change}, {**BEFORE, "id": session})


def delete(session: str = "s1") -> Wants:
    return wants("schedule_delete", {"event_id": "e", "schedule_id": session}, {**BEFORE, "id": session})


HALL_A = create("07:30", "08:30", room="Hall A")


@pytest.mark.parametrize(
    ("one", "other", "both_cannot_be"),
    [
        # The same session, whatever is done to it.
        (update(title="A"), update(title="B"), True),
        (update(title="A"), delete(), True),
        (delete(), delete(), True),
        (update(title="A"), update("s2", title="A"), False),
        # The same room at overlapping times; what touches does not overlap.
        (HALL_A, create("08:00", "09:00", room="hall  a"), True),
        (HALL_A, create("08:30", "09:00", room="Hall A"), False),
        (HALL_A, create("06:30", "07:30", room="Hall A"), False),
        (HALL_A, create("07:00", "09:00", room="Hall A"), True),
        (HALL_A, create("08:00", "09:00", room="Hall B"), False),
        (create("07:00", "08:00"), create("07:00", "08:00"), False),
        # The same speaker at overlapping times, one of several in a field too.
        (
            create("07:00", "08:00", speaker_name="Tom, DANA  levi"),
            create("07:59", "09:00", speaker_name="Dana Levi"),
            True,
        ),
        (create("07:00", "08:00", speaker_name="Dana"), create("08:00", "09:00", speaker_name="Dana"), False),
        (create("07:00", "08:00", speaker_name="Hall A"), create("07:00", "08:00", room="Hall A"), False),
        # A change wants the place where it goes, with what it keeps.
        (update(start_time="2031-05-01T09:00:00+00:00", end_time="2031-05-01T10:00:00+00:00"), HALL_A, False),
        (
            update(start_time="2031-05-01T09:00:00+00:00", end_time="2031-05-01T10:00:00+00:00"),
            create("09:30", "10:30", room="Hall A"),
            True,
        ),
        (
            update(start_time="2031-05-01T09:00:00+00:00", end_time="2031-05-01T10:00:00+00:00"),
            create("09:30", "10:30", speaker_name="dana levi"),
            True,
        ),
        (update(room="Hall B"), create("07:30", "08:30", room="Hall B"), True),
        # What it leaves alone it has already; and what is removed wants no place.
        (update(title="Other"), HALL_A, False),
        (delete(), HALL_A, False),
    ],
)
def test_what_competes(one: Wants, other: Wants, both_cannot_be: bool) -> None:
    assert (competes(one, other), competes(other, one)) == (both_cannot_be, both_cannot_be)


def test_several_may_stand_in_a_room_that_is_shared() -> None:
    args = {"new_id": "n", "set": {"start_time": BEFORE["start_time"], "end_time": BEFORE["end_time"], "room": "Foyer"}}
    shared, not_shared = (wants("schedule_create", args, None, rooms) for rooms in (["foyer"], []))
    assert (shared.stays, len(not_shared.stays)) == ((), 1)


def test_a_bundle_wants_what_its_lines_want() -> None:
    lines = [
        {"action_type": "participant_add", "args": {"set": {"full_name": "Eli"}}, "before": None},
        {"action_type": "schedule_update", "args": {"schedule_id": "s1", "set": {"title": "A"}}, "before": BEFORE},
        {
            "action_type": "schedule_update",
            "args": {"schedule_id": "s2", "set": {"room": "Hall B"}},
            "before": {**BEFORE, "id": "s2"},
        },
    ]
    bundle = wants("bundle", {"mode": "all", "lines": lines}, None)
    assert bundle.sessions == {"s1", "s2"}
    assert [(stay.kind, stay.key) for stay in bundle.stays] == [("room", "hall b")]
    assert competes(bundle, delete("s2"))
    assert not competes(bundle, delete("s3"))
    assert not wants("bundle", {"mode": "all", "lines": lines[:1]}, None)


def test_only_the_agenda_competes() -> None:
    assert [may_compete(each) for each in ("schedule_delete", "bundle", "room_update", "participant_add")] == [
        True,
        True,
        False,
        False,
    ]
    assert not wants("participant_add", {"schedule_id": "s1", "set": {"full_name": "Eli"}}, None)


@pytest.mark.parametrize("name", ["Hall A", "  hall\u00a0\n a ", "HALL\u200b A", "Ｈall A"])
def test_names_are_one_whatever_their_case_width_and_spaces(name: str) -> None:
    assert name_key(name) == "hall a"


def test_a_card_names_a_few_rivals_and_counts_the_rest() -> None:
    rivals = [
        Rival(uuid4(), verbatim(f"Session {number}"), (verbatim("Hall B"),) if number else (), "Noa")
        for number in range(5)
    ]
    assert rival_lines(rivals) == (
        phrase("waiting-rival", title=verbatim("Session 0"), name="Noa"),
        phrase("waiting-rival", title=in_one_line(verbatim("Session 1"), verbatim("Hall B")), name="Noa"),
        phrase("waiting-rival", title=in_one_line(verbatim("Session 2"), verbatim("Hall B")), name="Noa"),
        phrase("waiting-more-rivals", count=2),
    )
    assert rival_lines(rivals[:1]) == (phrase("waiting-rival", title=verbatim("Session 0"), name="Noa"),)
    assert rivals_key(rivals) == rivals_key(rivals[::-1])
    assert rivals_key(rivals) != rivals_key(rivals[1:])
