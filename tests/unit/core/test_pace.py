"""When people are reminded, when the backup is asked, and when a suggestion is over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.suggestion import deadline_for
from core.actions.waiting.pace import MOST, Tick, escalation, reminders, tick
from core.kernel.claims import Claim, Claims
from core.kernel.proposals import Impact, Proposal

ASKED = datetime(2031, 5, 1, 9, 0, tzinfo=UTC)


def minutes(*times: datetime | None) -> list[int | None]:
    return [None if at is None else int((at - ASKED) / timedelta(minutes=1)) for at in times]


def after(number: float) -> datetime:
    return ASKED + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("span", "reminded", "escalated"),
    [
        (24 * 60, [15, 45, 105, 225], 45),
        (120, [15, 45, 105], 45),
        (60, [15, 45], 30),
        (40, [10, 30], 10),
        (20, [5, 15], 5),
        (8, [2, 6], 2),
        (4.9, [], None),
    ],
)
def test_reminders_come_less_and_less_often_and_the_backup_is_asked_once(
    span: float, reminded: list[int], escalated: int | None
) -> None:
    assert minutes(*reminders(ASKED, after(span))) == reminded
    assert minutes(escalation(ASKED, after(span))) == [escalated]


def test_a_step_says_what_is_to_do_and_when_to_look_again() -> None:
    deadline = after(60)

    def at(now: float, sent: int, *, escalated: bool = False) -> Tick:
        return tick(ASKED, deadline, sent=sent, escalated=escalated, now=after(now))

    assert at(14, 0) == Tick(reminds=False, escalates=False, sent=0, next_at=after(15))
    assert at(15, 0) == Tick(reminds=True, escalates=False, sent=1, next_at=after(30))
    assert at(30, 1) == Tick(reminds=False, escalates=True, sent=1, next_at=after(45))
    assert at(45, 1, escalated=True) == Tick(reminds=True, escalates=False, sent=2, next_at=None)
    # Nobody was at work for a while: one sentence is enough, and what was missed is not made up for.
    assert at(50, 0) == Tick(reminds=True, escalates=True, sent=2, next_at=None)
    assert at(59.5, 0) == Tick(reminds=False, escalates=False, sent=0, next_at=None)
    assert at(70, 0) == Tick(reminds=False, escalates=False, sent=0, next_at=None)


@given(span=st.integers(0, 30 * 3600), looks=st.lists(st.integers(0, 31 * 3600), max_size=40))
def test_whenever_somebody_looks_nobody_is_reminded_too_often_or_too_late(span: int, looks: list[int]) -> None:
    deadline = ASKED + timedelta(seconds=span)
    sent, escalated, told, asked = 0, False, 0, 0
    for seconds in sorted(looks):
        now = ASKED + timedelta(seconds=seconds)
        done = tick(ASKED, deadline, sent=sent, escalated=escalated, now=now)
        sent, escalated = done.sent, escalated or done.escalates
        told, asked = told + done.reminds, asked + done.escalates
        assert not (done.reminds or done.escalates) or now <= deadline - timedelta(minutes=1)
        assert done.next_at is None or now < done.next_at <= deadline - timedelta(minutes=1)
        assert not done.escalates or sent > 0
    assert told <= MOST
    assert asked <= 1
    assert span >= 300 or (told, asked) == (0, 0)


def proposal(starts_at: datetime | None, claims: Claims) -> Proposal:
    return Proposal(
        action_type="schedule_update",
        effect="update",
        event_id=None,
        args={},
        claims=claims,
        before=None,
        zone="UTC",
        facts_digest="",
        conflicts=(),
        impact=Impact(),
        starts_at=starts_at,
    )


def starting(*numbers: int) -> Claims:
    return tuple(
        Claim(kind="session", id=str(number), part="takes", start=after(number), end=after(number + 30))
        for number in numbers
    )


@pytest.mark.parametrize(
    ("starts_at", "claims", "hours", "ends"),
    [
        (after(120), (), 24, 120),
        (None, (), 24, 24 * 60),
        (after(-10), (), 24, 24 * 60),
        (after(3000), (), 24, 24 * 60),
        (after(120), (), 1, 60),
        # A day at most, whatever the settings say.
        (None, (), 168, 24 * 60),
        # Moved to an earlier time: after that there is nothing left to approve.
        (after(120), starting(30), 24, 30),
        (after(120), starting(300), 24, 120),
        (after(120), starting(-5), 24, 120),
        (after(120), starting(50, 40), 24, 40),
    ],
)
def test_the_deadline_is_before_the_session_starts_and_within_a_day(
    starts_at: datetime | None, claims: Claims, hours: int, ends: int
) -> None:
    assert minutes(deadline_for(proposal(starts_at, claims), ASKED, timedelta(hours=hours))) == [ends]
