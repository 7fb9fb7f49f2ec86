"""Who may decide what, as a table that an organisation could read."""

from uuid import UUID

import pytest

from core.kernel.cards import Risk
from core.kernel.phrases import phrase
from core.policies.models import Named, Person, Policy, Right, Snapshot
from core.policies.rules import (
    backups,
    decider_lines,
    in_place_of,
    is_restricted,
    needed_votes,
    possible_approvers,
    runs_at_once,
    snapshot,
    stuck,
    told_when_stuck,
    who_decides,
    why_not_approve,
    why_not_break_glass,
)
from core.texts import plain, say
from tests.unit.policies.people import ADAM, DANA, DECIDERS, EVERYBODY, NOA, TOM, current, rule

DEFAULT = Policy()
STRICT = Policy(
    approvals=(
        rule("schedule_delete", "critical", "owner"),
        rule("schedule_*", "*", "owner", (DANA,)),
        rule("event_publish", "*", "", (TOM,)),
    ),
    askers_may_approve=False,
    two_people_for=("critical",),
)
TWO = Policy(two_people_for=("high", "critical"))


@pytest.mark.parametrize(
    ("policy", "action", "risk", "asker", "who"),
    [
        (DEFAULT, "schedule_update", "low", NOA, "Adam Dana Tom"),
        (DEFAULT, "schedule_delete", "critical", DANA, "Adam Dana Tom"),
        (DEFAULT, "policy_change", "high", ADAM, "Adam"),
        (DEFAULT, "delegation_create", "high", DANA, "Adam"),
        (STRICT, "schedule_delete", "critical", NOA, "Adam"),
        (STRICT, "schedule_delete", "critical", ADAM, ""),
        (STRICT, "schedule_delete", "high", NOA, "Adam Dana"),
        (STRICT, "schedule_update", "low", DANA, "Adam"),
        (STRICT, "event_publish", "high", NOA, "Tom"),
        (STRICT, "event_publish", "high", TOM, ""),
        (STRICT, "room_add", "low", TOM, "Adam Dana"),
        (STRICT, "policy_change", "high", ADAM, "Adam"),
        (TWO, "schedule_update", "critical", DANA, "Adam Dana Tom"),
    ],
)
def test_who_may_approve(policy: Policy, action: str, risk: Risk, asker: Person, who: str) -> None:
    kept = snapshot(current(policy), action, risk)
    assert [each.name for each in possible_approvers(kept, EVERYBODY, asker.id)] == who.split()


@pytest.mark.parametrize(
    ("policy", "action", "risk", "votes"),
    [
        (DEFAULT, "schedule_delete", "critical", 1),
        (TWO, "schedule_update", "medium", 1),
        (TWO, "schedule_update", "high", 2),
        (TWO, "schedule_delete", "critical", 2),
        # An owner may go past the policy anyway: changing it openly must not be harder than breaking it.
        (TWO, "policy_change", "high", 1),
    ],
)
def test_how_many_must(policy: Policy, action: str, risk: Risk, votes: int) -> None:
    assert needed_votes(snapshot(current(policy), action, risk)) == votes


@pytest.mark.parametrize(
    ("person", "is_asker", "why"),
    [
        (NOA, False, phrase("decision-not-allowed")),
        (ADAM, True, phrase("policy-not-your-own")),
        (TOM, False, phrase("policy-not-you", who=who_decides(snapshot(current(STRICT), "schedule_update", "low")))),
        (DANA, False, None),
        (ADAM, False, None),
    ],
)
def test_why_somebody_may_not(person: Person, is_asker: bool, why: object) -> None:
    kept = snapshot(current(STRICT), "schedule_update", "low")
    assert why_not_approve(kept, user_id=person.id, role=person.role, is_asker=is_asker) == why


@pytest.mark.parametrize(
    ("delegate", "lenders", "asker", "may"),
    [
        pytest.param(TOM, (), NOA, False, id="without-a-delegation"),
        pytest.param(TOM, (DANA,), NOA, True, id="for-somebody-who-is-named"),
        pytest.param(TOM, (ADAM,), NOA, True, id="for-an-owner"),
        pytest.param(NOA, (ADAM,), TOM, False, id="staff-can-never-decide"),
        pytest.param(TOM, (DANA,), DANA, False, id="who-may-not-approve-it-lends-nothing"),
        pytest.param(TOM, (DANA,), TOM, False, id="an-asker-stays-an-asker"),
    ],
)
def test_a_delegate_counts_as_the_one_who_is_away(
    delegate: Person, lenders: tuple[Person, ...], asker: Person, may: bool
) -> None:
    kept = snapshot(current(STRICT), "schedule_update", "low")
    why = why_not_approve(
        kept,
        user_id=delegate.id,
        role=delegate.role,
        is_asker=delegate.id == asker.id,
        asker=asker.id,
        lenders=lenders,
    )
    assert (why is None) is may


def test_what_only_an_owner_may_write_is_lent_to_nobody() -> None:
    kept = snapshot(current(DEFAULT), "policy_change", "high")
    why = why_not_approve(kept, user_id=DANA.id, role=DANA.role, is_asker=False, lenders=(ADAM,))
    assert why == phrase("policy-owners-only")


def test_it_is_known_in_whose_place_somebody_decided() -> None:
    kept = snapshot(current(STRICT), "schedule_update", "low")
    assert in_place_of(kept, user_id=TOM.id, role=TOM.role, lenders=(DANA,)) == DANA
    assert in_place_of(kept, user_id=ADAM.id, role=ADAM.role, lenders=(DANA,)) is None


def test_a_bundle_needs_the_right_for_every_line() -> None:
    lines: list[tuple[str, Risk]] = [("event_publish", "high"), ("schedule_update", "low")]
    kept = snapshot(current(STRICT), "bundle", "high", lines)
    assert possible_approvers(kept, DECIDERS, NOA.id) == ()
    assert [each.name for each in possible_approvers(kept, DECIDERS, NOA.id, {TOM.id: (DANA,)})] == ["Tom"]


def test_a_bundle_hides_no_change_of_the_policy_and_no_second_pair_of_eyes() -> None:
    lines: list[tuple[str, Risk]] = [("policy_change", "high"), ("schedule_delete", "critical")]
    kept = snapshot(current(TWO), "bundle", "critical", lines)
    assert (kept.owners_only, kept.votes, possible_approvers(kept, DECIDERS, NOA.id)) == (True, 2, (ADAM,))


def test_a_snapshot_survives_the_database_and_the_change_of_the_policy() -> None:
    kept = snapshot(current(STRICT), "schedule_delete", "high")
    assert kept.data() == {
        "version": 7,
        "rights": [{"roles": ["owner"], "people": [{"id": str(DANA.id), "name": "Dana"}]}],
        "askers_may_approve": False,
        "votes": 1,
        "at_once": False,
        "owners_only": False,
        "backup": [],
    }
    assert Snapshot.read(kept.data()) == kept


def test_what_was_suggested_before_there_were_policies_has_the_first_one() -> None:
    kept = Snapshot.read(None)
    assert kept == Snapshot(version=0, rights=(Right(roles=("owner", "manager")),), votes=1)
    assert possible_approvers(kept, EVERYBODY, DANA.id) == DECIDERS


@pytest.mark.parametrize(
    ("possible", "votes", "why"),
    [
        ((DANA,), 1, None),
        ((), 1, phrase("policy-stuck", who=phrase("policy-who-both"))),
        ((ADAM, DANA), 2, None),
        ((DANA,), 2, phrase("policy-stuck-one", name="Dana")),
    ],
)
def test_too_few_who_could_approve_is_never_silence(possible: tuple[Person, ...], votes: int, why: object) -> None:
    kept = Snapshot.model_validate({"votes": votes})
    assert stuck(kept, possible) == why
    assert told_when_stuck(EVERYBODY) == (ADAM,)


@pytest.mark.parametrize(
    ("named", "people", "asked"),
    [
        ((), DECIDERS, (ADAM,)),
        ((TOM,), DECIDERS, (TOM,)),
        ((TOM,), (ADAM, DANA), (ADAM,)),
        ((NOA,), EVERYBODY, (ADAM,)),
    ],
)
def test_who_is_asked_when_nobody_decides(
    named: tuple[Person, ...], people: tuple[Person, ...], asked: tuple[Person, ...]
) -> None:
    kept = Snapshot(backup=tuple(Named(id=each.id, name=each.name) for each in named))
    assert backups(kept, people) == asked


@pytest.mark.parametrize(
    ("policy", "risk", "asker", "blocked", "at_once"),
    [
        (Policy(at_once_for_low=True), "low", DANA, False, True),
        (Policy(at_once_for_low=True), "low", NOA, False, False),
        (Policy(at_once_for_low=True), "medium", DANA, False, False),
        (Policy(at_once_for_low=True), "low", DANA, True, False),
        (Policy(at_once_for_low=True, askers_may_approve=False), "low", DANA, False, False),
        (Policy(at_once_for_low=True, two_people_for=("low",)), "low", DANA, False, False),
        (Policy(at_once_for_low=True, approvals=(rule("*", "*", "owner"),)), "low", DANA, False, False),
        (Policy(), "low", DANA, False, False),
    ],
)
def test_low_risk_is_done_at_once_where_the_asker_could_approve_it_alone(
    policy: Policy, risk: Risk, asker: Person, blocked: bool, at_once: bool
) -> None:
    kept = snapshot(current(policy), "schedule_update", risk)
    assert runs_at_once(kept, risk, user_id=asker.id, role=asker.role, is_blocked=blocked) is at_once


@pytest.mark.parametrize(
    ("role", "blocked", "words", "why"),
    [
        ("owner", False, "the stage is on fire", None),
        ("owner", False, "החשמל נפל באולם", None),
        ("manager", False, "the stage is on fire", phrase("policy-glass-owners")),
        ("owner", True, "the stage is on fire", phrase("policy-glass-blocked")),
        ("owner", False, "urgent!!!", phrase("policy-glass-words", count=10)),
        ("owner", False, "1234567890123", phrase("policy-glass-words", count=10)),
        ("owner", False, "", phrase("policy-glass-words", count=10)),
    ],
)
def test_the_glass_is_broken_by_an_owner_who_says_why(role: str, blocked: bool, words: str, why: object) -> None:
    assert why_not_break_glass(role=role, is_blocked=blocked, words=words) == why  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (DEFAULT, ["An owner or a manager decides."]),
        (STRICT, ["Decides: an owner or Dana.", "Noa asked for it and cannot approve it."]),
        (
            Policy(approvals=(rule("*", "*", "", (DANA, TOM)),), two_people_for=("high",)),
            ["Decides: one of Dana and Tom.", "Two different people have to approve it."],
        ),
    ],
)
def test_a_card_says_who_decides(policy: Policy, said: list[str]) -> None:
    kept = snapshot(current(policy), "schedule_update", "high")
    assert [plain(say("en", line)) for line in decider_lines(kept, "Noa")] == said


def test_nobody_lends_a_right_that_is_for_somebody_else_alone() -> None:
    kept = Snapshot(rights=(Right(roles=(), people=(Named(id=UUID(int=9), name="Gone"),)),))
    assert possible_approvers(kept, DECIDERS, None, {DANA.id: (ADAM, TOM)}) == ()


@pytest.mark.parametrize(
    ("policy", "action", "offered"),
    [
        pytest.param(DEFAULT, "schedule_update", False, id="anybody-who-decides"),
        pytest.param(Policy(approvals=(rule("*", "*", "owner"),)), "schedule_update", False, id="owners-decide"),
        pytest.param(Policy(approvals=(rule("*", "*", "owner", (DANA,)),)), "room_add", False, id="owners-or-dana"),
        pytest.param(Policy(two_people_for=("high",)), "policy_change", False, id="what-owners-alone-decide"),
        pytest.param(Policy(approvals=(rule("*", "*", "", (TOM,)),)), "room_add", True, id="tom-decides"),
        pytest.param(Policy(approvals=(rule("*", "*", "manager"),)), "room_add", True, id="managers-decide"),
        pytest.param(Policy(two_people_for=("high",)), "room_add", True, id="two-people"),
        pytest.param(Policy(askers_may_approve=False), "room_add", True, id="an-owner-may-have-asked"),
    ],
)
def test_to_go_past_the_policy_is_offered_where_it_stops_an_owner(policy: Policy, action: str, offered: bool) -> None:
    assert is_restricted(snapshot(current(policy), action, "high")) is offered
