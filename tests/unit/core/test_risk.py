"""Risk follows from facts alone; the order of the seed's Pattern 3."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.risk import assess, at_least, of_lines
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


TABLE = """
what happens | people | VIPs | conflict    | starts in | demands  | the model says | risk
create       |      0 |    0 |             |     1 day |          |                | low
update       |      0 |    0 |             |     1 day |          |                | low
update       |      0 |    0 |             |    1 hour |          |                | low
update       |      3 |    0 |             |     1 day |          |                | medium
update       |      3 |    0 |             |  -5 hours |          |                | medium
update       |      3 |    0 |             |    1 hour |          |                | high
update       |      3 |    0 |             |    3 hours|          |                | medium
update       |      0 |    0 | warning     |     1 day |          |                | medium
update       |      0 |    0 | acknowledge |     1 day |          |                | high
update       |      0 |    0 | error       |     1 day |          |                | high
update       |      3 |    1 |             |     1 day |          |                | high
delete       |      0 |    0 |             |     1 day |          |                | medium
delete       |      0 |    1 |             |     1 day |          |                | high
delete       |      1 |    0 |             |     1 day |          |                | critical
delete       |     40 |    2 | warning     |    1 hour |          |                | critical
create       |      0 |    0 |             |     1 day | high     |                | high
update       |      3 |    0 |             |     1 day | low      |                | medium
update       |      0 |    0 |             |     1 day | critical |                | critical
update       |      0 |    0 |             |     1 day |          | high           | high
update       |      3 |    1 |             |     1 day |          | low            | high
delete       |      1 |    0 |             |     1 day |          | medium         | critical
"""
"""Irreversible loss, harm to many, a reversible change, next to nothing: the seed's Pattern 3, in full."""
CONFLICTS = {
    "": (),
    "warning": (SPEAKER,),
    "acknowledge": (SPEAKER.model_copy(update={"must_be_acknowledged": True}),),
    "error": (ROOM,),
}
UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1), "hours": timedelta(hours=1)}
BUNDLES = """
lines                   | people | risk
low                     |      0 | low
low medium              |      3 | medium
low high                |      3 | high
low critical            |      3 | critical
low low low             |    100 | medium
medium medium           |    100 | high
low and 19 more         |      0 | medium
medium and 19 more      |      0 | high
critical and 19 more    |    100 | critical
"""
"""As risky as its riskiest line, and a step more from twenty lines or a hundred people on."""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", rows(TABLE), ids=" ".join)
def test_risk(row: list[str]) -> None:
    effect, people, vips, conflict, starts, demands, model, risk = cast("list[Any]", row)
    count, unit = starts.replace("hours", " hours").split()
    given_ = proposal(
        effect, int(people), *CONFLICTS[conflict], vips=int(vips), starts_in=int(count) * UNITS[unit]
    ).model_copy(update={"least_risk": demands or "low"})
    assert at_least(assess(given_, NOW), model or None) == risk


@pytest.mark.parametrize("row", rows(BUNDLES), ids=" ".join)
def test_the_risk_of_a_bundle(row: list[str]) -> None:
    said, people, risk = cast("list[Any]", row)
    first, *more = said.replace(" and 19 more", " *20").split()
    lines = [first] * 20 if more == ["*20"] else [first, *more]
    assert of_lines(lines, int(people)) == risk


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
