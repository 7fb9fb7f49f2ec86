"""What becomes one line, what stays beside it, and in which order lines run."""

from typing import Any

import pytest

from core.actions.bundles.merging import merge, why_not_together
from core.actions.bundles.models import Wanted
from core.actions.risk import of_lines
from core.flows.bundles.making import LINE_TOOLS
from core.kernel.cards import Risk
from core.kernel.phrases import phrase

AT: dict[str, Any] = {"event_id": "e", "schedule_id": "s"}


def line(action_type: str, effect: Any = "update", /, raised_to: Risk | None = None, **args: Any) -> Wanted:
    return Wanted(action_type, args, effect, action_type, raised_to)


TITLE = line("schedule_update", **AT, set={"title": "A"})
ROOM = line("schedule_update", raised_to="high", **AT, set={"room": "B", "title": "C"})
GONE = line("schedule_delete", "delete", **AT, reason="rain")
COMES = line("participant_assign", "create", **AT, participant_id="p", set={"waiting": False})
LEAVES = line("participant_unassign", **AT, participant_id="q")
NEW = line("schedule_create", "create", event_id="e", new_id="n", set={"title": "A"})


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ([TITLE, ROOM], [line("schedule_update", raised_to="high", **AT, set={"title": "C", "room": "B"})]),
        (
            [line("vendor_update", vendor_id="v", set={"a": 1}), line("vendor_update", vendor_id="v", set={"b": None})],
            [line("vendor_update", vendor_id="v", set={"a": 1, "b": None})],
        ),
        ([TITLE, GONE], [GONE]),
        ([GONE, TITLE], [GONE]),
        ([GONE, line("schedule_delete", "delete", **AT)], [GONE]),
        ([NEW, line("schedule_create", "create", event_id="e", new_id="m", set={"title": "A"})], None),
        ([COMES, LEAVES], [LEAVES, COMES]),
        ([TITLE, NEW, LEAVES], [LEAVES, TITLE, NEW]),
        (
            [
                line("participant_set_vip", event_id="e", participant_id="p", set={"is_vip": True}),
                line("participant_check_in", event_id="e", participant_id="p", set={"checked_in_at": "t"}),
            ],
            None,
        ),
        ([line("event_update", event_id="e", set={"name": "N"}), line("event_publish", event_id="e")], None),
        (
            [line("event_update", event_id="e", set={"a": 1}), line("event_update", event_id="e", set={"b": 2})],
            [line("event_update", event_id="e", set={"a": 1, "b": 2})],
        ),
        (
            [line("event_update", event_id="e", set={"a": 1}), line("event_delete_draft", "delete", event_id="e")],
            [line("event_delete_draft", "delete", event_id="e")],
        ),
    ],
)
def test_lines(given: list[Wanted], lines: list[Wanted] | None) -> None:
    merged = merge(given, LINE_TOOLS)
    expected = given if lines is None else lines
    assert [(each.action_type, each.args, each.raised_to) for each in merged] == [
        (each.action_type, each.args, each.raised_to) for each in expected
    ]


def test_what_speaks_against_one_bundle() -> None:
    again = line("participants_move", event_id="e", schedule_id="s", to_schedule_id="t", participant_ids=["p"])
    smaller = line("schedule_update", **AT, set={"max_capacity": 1})
    assert why_not_together([COMES, LEAVES, TITLE], LINE_TOOLS) is None
    assert why_not_together([COMES, again], LINE_TOOLS) == phrase("bundle-seat-twice", title="participants_move")
    assert why_not_together([smaller, COMES], LINE_TOOLS) == phrase("bundle-session-and-seats", title="schedule_update")
    assert why_not_together([smaller, LEAVES], LINE_TOOLS) is None
    assert why_not_together([LEAVES, GONE], LINE_TOOLS) is None
    assert why_not_together([NEW] * 51, LINE_TOOLS) == phrase("bundle-too-many", most=50)


VENDOR, OTHER = "01a22e07-673e-7e6f-92a1-cb01879a304c", "01a22e07-673e-7e6f-92a1-cb01879a304d"
OFF = line("vendor_unassign", "delete", event_id="e", vendors=[{"vendor_id": VENDOR}])
NO_VENDOR = line("vendor_remove", "delete", vendor_id=VENDOR)
NO_EVENT = line("event_delete_draft", "delete", event_id="e")


@pytest.mark.parametrize(
    ("taken", "other", "is_refused"),
    [
        (OFF, line("vendor_status", event_id="e", vendors=[{"vendor_id": VENDOR, "status": "arrived"}]), True),
        (OFF, line("vendor_status", event_id="e", vendors=[{"vendor_id": OTHER, "status": "arrived"}]), False),
        (OFF, line("vendor_update", vendor_id=VENDOR, set={"name": "N"}), False),
        (OFF, NO_VENDOR, False),
        (NO_VENDOR, line("vendors_assign", "create", event_id="e", vendors=[{"vendor_id": VENDOR}]), True),
        (NO_EVENT, line("event_publish", event_id="e"), True),
        (NO_EVENT, line("event_publish", event_id="f"), False),
    ],
)
def test_what_is_taken_away_is_not_used_by_another_line(taken: Wanted, other: Wanted, is_refused: bool) -> None:
    why = phrase("bundle-taken-and-used", title=taken.title) if is_refused else None
    assert why_not_together([taken, other], LINE_TOOLS) == why_not_together([other, taken], LINE_TOOLS) == why


@pytest.mark.parametrize(
    ("risks", "people", "risk"),
    [
        (["low"], 0, "low"),
        (["low", "medium"], 99, "medium"),
        (["low", "high", "medium"], 0, "high"),
        (["low"] * 19, 0, "low"),
        (["low"] * 20, 0, "medium"),
        (["low", "low"], 100, "medium"),
        (["medium"] * 20, 500, "high"),
        (["high", "low"], 100, "critical"),
        (["critical"] * 50, 1000, "critical"),
    ],
)
def test_the_risk_of_a_bundle(risks: list[Risk], people: int, risk: Risk) -> None:
    """The riskiest line, and a step more from twenty lines or a hundred people on."""
    assert of_lines(risks, people) == risk
