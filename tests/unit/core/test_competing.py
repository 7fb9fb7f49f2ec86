"""Which suggestions cannot both be, from their arguments alone."""

from typing import Any
from uuid import uuid4

import pytest

from core.actions.phrasing import in_one_line
from core.actions.suggestion import Rival, Rivals
from core.actions.waiting.competing import all_competing, competing, rival_lines, rivals_key, wanted
from core.flows.runtime import write_tool
from core.kernel.claims import Claims
from core.kernel.phrases import Phrase, phrase, verbatim

BEFORE = {
    "id": "s1",
    "title": "Opening",
    "start_time": "2031-05-01T07:00:00+00:00",
    "end_time": "2031-05-01T08:00:00+00:00",
    "room": "Hall A",
    "speaker_name": "Dana Levi",
}


def claims(action_type: str, args: dict[str, Any], before: dict[str, Any] | None) -> Claims:
    return wanted(write_tool(action_type).claims(args, before))


def competes(one: Claims, other: Claims) -> bool:
    theirs = uuid4()
    return competing(one, {theirs: other}) == (theirs,)


def create(start: str, end: str, **more: Any) -> Claims:
    change = {
        "title": "New",
        "start_time": f"2031-05-01T{start}:00+00:00",
        "end_time": f"2031-05-01T{end}:00+00:00",
        "room": None,
        "speaker_name": None,
        **more,
    }
    return claims("schedule_create", {"event_id": "e", "new_id": str(uuid4()), "set": change}, None)


def update(session: str = "s1", **change: Any) -> Claims:
    return claims(
        "schedule_update", {"event_id": "e", "schedule_id": session, "set": change}, {**BEFORE, "id": session}
    )


def delete(session: str = "s1") -> Claims:
    return claims("schedule_delete", {"event_id": "e", "schedule_id": session}, {**BEFORE, "id": session})


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
def test_what_competes(one: Claims, other: Claims, both_cannot_be: bool) -> None:
    assert (competes(one, other), competes(other, one)) == (both_cannot_be, both_cannot_be)


def test_several_may_stand_in_a_room_that_is_shared() -> None:
    one, other = (create("07:00", "08:00", room="Foyer") for _ in range(2))
    free = {("room", "foyer")}
    assert (competes(one, other), competes(wanted(one, free), wanted(other, free))) == (True, False)


def test_a_bundle_wants_what_its_lines_want() -> None:
    lines = [
        {"action_type": "participant_add", "args": {"new_id": "p", "set": {"full_name": "Eli"}}, "before": None},
        {"action_type": "schedule_update", "args": {"schedule_id": "s1", "set": {"title": "A"}}, "before": BEFORE},
        {
            "action_type": "schedule_update",
            "args": {"schedule_id": "s2", "set": {"room": "Hall B"}},
            "before": {**BEFORE, "id": "s2"},
        },
    ]
    bundle = claims("bundle", {"mode": "all", "lines": lines}, None)
    assert [each.thing for each in bundle] == [("session", "s1"), ("session", "s2"), ("room", "hall b")]
    assert competes(bundle, delete("s2"))
    assert not competes(bundle, delete("s3"))
    assert claims("bundle", {"mode": "all", "lines": lines[:1]}, None) == ()


def test_who_wants_nothing_for_themselves_competes_with_nobody() -> None:
    assert claims("participant_add", {"new_id": "s1", "set": {"full_name": "Eli"}}, None) == ()
    assert claims("room_update", {"room_id": "s1", "set": {"name": "Hall C"}}, None) == ()


def test_all_are_compared_at_once_as_each_is_by_itself() -> None:
    asked = [update(title="A"), delete(), HALL_A, create("08:00", "09:00", room="Hall A"), delete("s2"), ()]
    waiting = {uuid4(): each for each in asked}
    alone = {
        ident: competing(mine, {other: theirs for other, theirs in waiting.items() if other != ident})
        for ident, mine in waiting.items()
    }
    assert all_competing(waiting, waiting) == alone
    assert [len(each) for each in alone.values()] == [1, 1, 1, 1, 0, 0]


def test_a_card_names_a_few_rivals_and_counts_the_rest() -> None:
    rivals = [
        Rival(uuid4(), verbatim(f"Session {number}"), (verbatim("Hall B"),) if number else (), "Noa")
        for number in range(5)
    ]
    ids = tuple(each.id for each in rivals)
    assert rival_lines(Rivals(ids, tuple(rivals[:3]))) == (
        phrase("waiting-rival", title=verbatim("Session 0"), name="Noa"),
        phrase("waiting-rival", title=in_one_line(verbatim("Session 1"), verbatim("Hall B")), name="Noa"),
        phrase("waiting-rival", title=in_one_line(verbatim("Session 2"), verbatim("Hall B")), name="Noa"),
        phrase("waiting-more-rivals", count=2),
    )
    assert rival_lines(Rivals(ids[:1], tuple(rivals[:1]))) == (
        phrase("waiting-rival", title=verbatim("Session 0"), name="Noa"),
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (10, phrase("waiting-more-rivals", count=10)),
        (11, phrase("waiting-many-rivals", count=10)),
        (20, phrase("waiting-many-rivals", count=10)),
        (21, phrase("waiting-many-rivals", count=20)),
        (1999, phrase("waiting-many-rivals", count=1000)),
    ],
)
def test_many_rivals_are_counted_roughly_and_never_wrongly(more: int, said: Phrase) -> None:
    named = tuple(Rival(uuid4(), verbatim("Session"), (), "Noa") for _ in range(3))
    ids = (*(each.id for each in named), *(uuid4() for _ in range(more)))
    assert rival_lines(Rivals(ids, named))[-1] == said


def test_a_card_changes_a_few_times_however_many_rivals_come() -> None:
    ids = [uuid4() for _ in range(500)]
    looks = [rivals_key(ids[:count]) for count in range(1, 501)]
    assert len(set(looks)) == 13 + 5
    # Another one by name is another look.
    assert rivals_key(ids[:3]) != rivals_key([*ids[:2], ids[3]])
