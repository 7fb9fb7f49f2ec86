"""Risk follows from facts alone; the order of the seed's Pattern 3."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.risk import assess
from core.actions.suggestion import deadline_for, judge, shown_hash
from core.kernel.cards import Risk
from core.kernel.proposals import Conflict, Effect, Impact, Proposal, Vip

NOW = datetime(2031, 5, 1, 6, 0, tzinfo=UTC)
ROOM = Conflict(kind="room_overlap", severity="error")
SPEAKER = Conflict(kind="speaker_overlap", severity="warning")


def proposal(
    effect: Effect = "update",
    people: int = 0,
    *conflicts: Conflict,
    vips: int = 0,
    starts_in: timedelta = timedelta(days=1),
) -> Proposal:
    return Proposal(
        action_type=f"schedule_{effect}",
        effect=effect,
        event_id=UUID(int=1),
        args={"event_id": "1", "set": {"title": "A"}},
        before=None,
        zone="UTC",
        facts_digest="d",
        conflicts=conflicts,
        impact=Impact(affected_participants=people, vips=tuple(Vip(name=f"V{n}") for n in range(vips))),
        starts_at=NOW + starts_in,
    )


@pytest.mark.parametrize(
    ("given_", "risk"),
    [
        (proposal(), "low"),
        (proposal("create"), "low"),
        (proposal("delete"), "medium"),
        (proposal("update", 3), "medium"),
        (proposal("update", 0, SPEAKER), "medium"),
        (proposal("update", 0, ROOM), "high"),
        (proposal("update", 3, vips=1), "high"),
        (proposal("update", 3, starts_in=timedelta(minutes=90)), "high"),
        (proposal("update", 3, starts_in=timedelta(minutes=-5)), "medium"),
        (proposal("delete", 1), "critical"),
        (proposal("delete", 40, vips=2), "critical"),
    ],
)
def test_risk(given_: Proposal, risk: Risk) -> None:
    assert assess(given_, NOW) == risk


_ORDER: list[Risk] = ["low", "medium", "high", "critical"]


@given(
    effect=st.sampled_from(["create", "update", "delete"]),
    people=st.integers(0, 500),
    vips=st.integers(0, 3),
    hours=st.integers(-5, 50),
)
def test_more_harm_never_lowers_the_risk(effect: Effect, people: int, vips: int, hours: int) -> None:
    starts = timedelta(hours=hours)
    one = assess(proposal(effect, people, vips=vips, starts_in=starts), NOW)
    more = assess(proposal(effect, people + 1, SPEAKER, vips=vips + 1, starts_in=starts), NOW)
    assert _ORDER.index(more) >= _ORDER.index(one)


@pytest.mark.parametrize(
    ("least", "risk"), [("low", "medium"), ("medium", "medium"), ("high", "high"), ("critical", "critical")]
)
def test_a_domain_may_demand_more_and_never_less(least: Risk, risk: Risk) -> None:
    assert assess(proposal("update", 1).model_copy(update={"least_risk": least}), NOW) == risk


@pytest.mark.parametrize(
    ("starts_in", "waits"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=9), timedelta(hours=24)),
        (timedelta(hours=-1), timedelta(hours=24)),
    ],
)
def test_a_suggestion_waits_until_its_session_starts_at_most(starts_in: timedelta, waits: timedelta) -> None:
    assert deadline_for(proposal(starts_in=starts_in), NOW, timedelta(hours=24)) == NOW + waits


def test_the_hash_changes_with_everything_that_is_shown() -> None:
    base = proposal("update", 3)
    longest = timedelta(hours=24)
    shown = judge(base, "medium", NOW, longest)["shown_hash"]
    others = [
        judge(base, "low", NOW, longest),
        judge(base.model_copy(update={"args": {"event_id": "2"}}), "medium", NOW, longest),
        judge(base.model_copy(update={"conflicts": (SPEAKER,)}), "medium", NOW, longest),
        judge(base.model_copy(update={"impact": Impact(affected_participants=4)}), "medium", NOW, longest),
        judge(base.model_copy(update={"facts_digest": "e"}), "medium", NOW, longest),
        judge(base.model_copy(update={"action_type": "schedule_delete"}), "medium", NOW, longest),
    ]
    assert shown not in {other["shown_hash"] for other in others}
    assert shown == shown_hash(
        action_type=base.action_type,
        args=base.args,
        conflicts=base.conflicts,
        impact=base.impact,
        facts_digest="d",
        risk="medium",
    )
