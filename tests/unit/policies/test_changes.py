"""What a wish makes of a policy, and which policies cannot be."""

from uuid import UUID

import pytest

from core.kernel.phrases import Phrase
from core.kernel.tools import Action
from core.policies.changes import fault, grant
from core.policies.describe import describe_delegation
from core.policies.models import AboutRule, Approval, Person, Policy, Wish
from core.texts import plain, say
from tests.unit.policies.people import ACTIONS, ADAM, DANA, DECIDERS, NOA, TOM, rule

ALL = rule("*", "*", "owner")
DELETES = rule("schedule_delete", "critical", "owner", (DANA,))
SESSIONS = rule("schedule_*", "*", "owner manager")


def _why(policy: Policy, people: tuple[Person, ...] = DECIDERS, named: tuple[Person, ...] = ()) -> str | None:
    found = fault(policy, Policy(), named=named, people=people, action_types=ACTIONS)
    return plain(say("en", found)) if isinstance(found, Phrase) else None


@pytest.mark.parametrize(
    ("before", "wished", "after"),
    [
        pytest.param((), DELETES, (DELETES,), id="the-first"),
        pytest.param((ALL,), DELETES, (DELETES, ALL), id="before-what-would-hide-it"),
        pytest.param((DELETES,), ALL, (DELETES, ALL), id="what-is-wider-comes-last"),
        pytest.param((DELETES, ALL), SESSIONS, (DELETES, SESSIONS, ALL), id="between"),
        pytest.param((SESSIONS, ALL), rule("*", "*", "manager"), (SESSIONS, rule("*", "*", "manager")), id="in-place"),
    ],
)
def test_a_rule_finds_its_place(before: tuple[Approval, ...], wished: Approval, after: tuple[Approval, ...]) -> None:
    assert grant(Policy(approvals=before), Wish(rules=(wished,))).approvals == after


def test_what_a_wish_leaves_out_stays() -> None:
    policy = Policy(approvals=(ALL,), two_people_for=("critical",), levels={"speaker_overlap": "block"})
    wish = Wish(levels={"room_too_small": "off"}, buffer_minutes=15)
    assert grant(policy, wish) == policy.model_copy(
        update={"levels": {"room_too_small": "off", "speaker_overlap": "block"}, "buffer_minutes": 15}
    )


def test_a_wish_takes_back_what_it_speaks_of() -> None:
    policy = Policy(approvals=(DELETES, ALL), levels={"speaker_overlap": "block"}, backup=(DANA.id,))
    wish = Wish(
        drop_rules=(AboutRule(action="*"),), levels={"speaker_overlap": "warn"}, backup=(), two_people_for=("high",)
    )
    assert grant(policy, wish) == Policy(approvals=(DELETES,), two_people_for=("high",))
    assert grant(policy, Wish(document=Policy())) == Policy()


def test_a_wish_survives_the_database() -> None:
    for wish in (Wish(document=Policy()), Wish(rules=(DELETES,), backup=(), levels={"room_too_small": "off"})):
        assert Wish.model_validate(wish.data()) == wish
    assert Wish(document=Policy()).data() == {"document": {}}


@pytest.mark.parametrize(
    ("policy", "people", "why"),
    [
        (Policy(), DECIDERS, None),
        (Policy(two_people_for=("critical",)), (ADAM, DANA), None),
        (Policy(askers_may_approve=False), (ADAM, DANA), None),
        (
            Policy(approvals=(rule("schedule_delete", "*", "manager"),)),
            (ADAM,),
            "Nobody could approve removals of sessions at low risk: the policy would ask for a manager. "
            "Nothing was changed.",
        ),
        (
            Policy(approvals=(rule("schedule_*", "high"),)),
            DECIDERS,
            "Nobody could approve changes of sessions and one other kind of action at high risk: the policy would ask "
            "for nobody. Nothing was changed.",
        ),
        (
            Policy(approvals=(rule("event_publish", "*", "owner"),), two_people_for=("critical",)),
            DECIDERS,
            "Two different people would have to approve publishing events at critical risk, and only Adam could "
            "(an owner). Nothing was changed.",
        ),
        (
            Policy(askers_may_approve=False, two_people_for=("critical",)),
            (ADAM, DANA),
            "Too few could approve changes of sessions and 2 other kinds of action at critical risk when Adam is the "
            "one who asks (an owner or a manager). Nothing was changed.",
        ),
        (
            Policy(approvals=(rule("event_publish", "*", "owner"),), askers_may_approve=False),
            DECIDERS,
            "Too few could approve publishing events at low risk when Adam is the one who asks (an owner). "
            "Nothing was changed.",
        ),
        # Nobody could before either: that is not the fault of this change.
        (Policy(buffer_minutes=15), (), None),
        (Policy(approvals=(rule("event_*", "*", "manager"),)), (DANA,), None),
    ],
)
def test_nobody_locks_everybody_out(policy: Policy, people: tuple[Person, ...], why: str | None) -> None:
    assert _why(policy, people) == why


@pytest.mark.parametrize(
    ("policy", "named", "why"),
    [
        (
            Policy(approvals=(rule("schedule_drop", "*", "owner"),)),
            (),
            "No action is called schedule_drop. The actions are: changes of sessions, removals of sessions, publishing "
            "events, changes of the policy, and deciding in somebody's place.",
        ),
        (
            Policy(backup=(NOA.id,)),
            (NOA,),
            "Noa can never decide, because only owners and managers do. Give them that role first.",
        ),
        (
            Policy(approvals=(rule("*", "*", "owner", (TOM,)),)),
            (),
            "One of these people does not work here any more. Name somebody else.",
        ),
        (Policy(approvals=(rule("*", "*", "owner", (TOM,)),)), (TOM,), None),
    ],
)
def test_a_mistake_is_said_in_one_sentence(policy: Policy, named: tuple[Person, ...], why: str | None) -> None:
    assert _why(policy, named=named) == why


def test_an_unknown_kind_of_conflict_is_named_with_those_that_there_are() -> None:
    said = _why(Policy(levels={"speaker_clash": "block"}))
    assert said is not None
    assert said.startswith("There is no kind of conflict speaker_clash. The kinds are: ")
    assert "speaker in two places at once" in said
    assert "_" not in said.removeprefix("There is no kind of conflict speaker_clash")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        # Whole days, as somebody asked for them: the last one is the last on which the other decides.
        ("2031-05-01T00:00:00+03:00", "2031-05-04T00:00:00+03:00", ("Thu 1 May", "Sat 3 May")),
        ("2031-04-30T21:00:00+00:00", "2031-05-01T21:00:00+00:00", ("Thu 1 May", "Thu 1 May")),
        ("2031-05-01T12:30:00+03:00", "2031-05-04T00:00:00+03:00", ("Thu 1 May at 12:30", "Sun 4 May at 00:00")),
    ],
)
def test_a_delegation_says_its_days(start: str, end: str, said: tuple[str, str]) -> None:
    people = {"from": {"name": "Adam"}, "to": {"name": "Dana"}}
    before = {**people, "starts_at": start, "ends_at": end}
    described = describe_delegation(Action(UUID(int=1), "delegation_create", {}, before, "Asia/Jerusalem", ""))
    shown = [say("en", fact.value).translate({0x2068: None, 0x2069: None}) for fact in described.facts]
    assert shown == ["Dana", *said]
