"""Rules that stand in Python and in SQL say the same, whatever they are asked."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.actions.gestures import consequences, is_a_word, missing
from core.db import Database
from core.kernel.cards import Risk
from core.kernel.claims import Claim, data_of, subject
from core.kernel.names import name_key, name_keys
from core.kernel.phrases import phrase
from core.kernel.principal import DECIDING_ROLES, Principal, Role
from core.kernel.proposals import Conflict, Impact, Vip
from core.naming.times import span_of
from core.policies.models import Named, Person, Right, Snapshot
from core.policies.rules import why_not_approve, why_not_break_glass
from core.texts import LOCALES, say
from tests.owner import owner_rows
from tests.unit.core.test_card import suggestion
from tests.world import ROLES, make_world

pytestmark = pytest.mark.db

PINNED = (
    *("Hall B", " hall   b ", "HALL\u00a0B", "אולם ב\u200f", "Ｈall B", "\t", "", "Straße", "a\u2003b", "ﬁn", "Ǆ"),
    # Letters that have no single other case, or another one at the end of a word; a space of typewriters; tags.
    *("İstanbul", "ΣΑΣ", "one\u000btwo", "Hall\U000e0041\U000e007f", "\u200b", "a\u001cb", "x\u0085y", "Ꭰ", "ẞ"),
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
NAMES = st.text(LETTERS | st.sampled_from("aB ,;&+\t\u000b\u200f\u00a0İΣ"), max_size=12)


def said(of: Callable[[str], object], names: Sequence[str]) -> list[object]:
    return [(name, of(name)) for name in names]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=20, max_size=100))
@example(list(PINNED))
def test_names_have_one_key(owner_url: str, names: list[str]) -> None:
    rows = owner_rows(
        owner_url,
        "select name, app.name_key(name) as key, app.name_keys(name) as keys "
        "from unnest(%(names)s::text[]) with ordinality as given(name, place) order by place",
        {"names": names},
    )
    assert [(row["name"], row["key"]) for row in rows] == said(name_key, names)
    assert [(row["name"], tuple(row["keys"])) for row in rows] == said(name_keys, names)


def test_a_key_that_folds_as_python_does_is_another(owner_url: str) -> None:
    """The twin: what stood beside the tested rule before, and differed."""
    [row] = owner_rows(owner_url, "select app.name_key('ΣΑΣ') as one, app.name_key('İstanbul') as other")
    assert (row["one"], row["other"]) != ("ΣΑΣ".lower(), "İstanbul".lower())


ONE_DATABASE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ZONES = (
    "UTC",
    "Asia/Jerusalem",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "Pacific/Apia",
    "Asia/Beirut",
)
"""With clock changes at two, at midnight in both directions, and with a day that never was."""


@ONE_DATABASE
@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2036, 1, 1)), st.integers(0, 9), st.sampled_from(ZONES))))
@example([(date(2026, 11, 1), 0, "America/Havana"), (date(2026, 3, 8), 0, "America/Havana")])
@example([(date(2026, 9, 6), 1, "America/Santiago"), (date(2011, 12, 29), 1, "Pacific/Apia")])
@example([(date(2026, 3, 27), 0, "Asia/Jerusalem"), (date(2026, 3, 28), 1, "Asia/Beirut")])
def test_an_event_opens_and_closes_at_the_same_moments(owner_url: str, events: list[tuple[date, int, str]]) -> None:
    spans = [(first, first + timedelta(days=more), zone) for first, more, zone in events]
    told = owner_rows(
        owner_url,
        "select span.* from jsonb_array_elements(%s::jsonb) with ordinality as given(event, place) cross join lateral "
        "app.event_span((event ->> 0)::date, (event ->> 1)::date, event ->> 2) as span order by place",
        [json.dumps(spans, default=str)],
    )
    assert [(row["opens"], row["last_start"], row["closes"]) for row in told] == [span_of(*each) for each in spans]


CLAIMS = st.builds(
    Claim,
    kind=st.sampled_from(["session", "room", "person"]),
    id=st.sampled_from("12"),
    part=st.sampled_from(["about", "takes", "leaves"]),
    name=st.sampled_from(["", " ", "Hall B", "אולם ב", "a, b", "x"]),
)


@ONE_DATABASE
@given(st.lists(st.lists(CLAIMS, max_size=6), max_size=50))
def test_what_a_suggestion_is_about_has_one_title(owner_url: str, kept: list[list[Claim]]) -> None:
    told = owner_rows(
        owner_url,
        "select app.entry_title(null, jsonb_build_object('claims', claims)) as title "
        "from jsonb_array_elements(%s::jsonb) with ordinality as given(claims, place) order by place",
        [json.dumps([data_of(claims) for claims in kept])],
    )
    assert [row["title"] or "" for row in told] == [subject(claims) for claims in kept]


VIP_LISTS = st.integers(0, 8).map(lambda count: tuple(Vip(name=f"Guest {each}") for each in range(count)))
CONFLICTS = st.integers(0, 3).map(lambda count: (Conflict(kind="vendor_event_over", severity="warning"),) * count)
IMPACTS = st.builds(Impact, affected_participants=st.integers(0, 150), waiting=st.integers(0, 2), vips=VIP_LISTS)
WORDS = ("", "delete", "DELETE.", "confirm", "מחק", "אשר", "אַשֵּׁר", "no", "keynote", "Ｋeynote", "delete it", "-")


@ONE_DATABASE
@given(data=st.data(), risk=st.sampled_from(["low", "medium", "high", "critical"]), impact=IMPACTS, found=CONFLICTS)
@pytest.mark.parametrize("effect", ["create", "update", "delete"])
def test_what_a_risk_asks_for_is_asked_by_both(
    owner_url: str, effect: str, data: st.DataObject, risk: Risk, impact: Impact, found: tuple[Conflict, ...]
) -> None:
    given_ = suggestion(risk=risk, effect=effect, impact=impact, conflicts=found)
    number = len(consequences(given_))
    read = data.draw(st.sets(st.integers(0, number)) | st.just(set(range(number))))
    evidence = {"read": ",".join(map(str, sorted(read)))} if data.draw(st.booleans()) or read else {}
    evidence |= {
        "shown": data.draw(st.sampled_from(["h", "of another card"])),
        "word": data.draw(st.sampled_from(WORDS)),
    }
    entry = {
        "id": given_.id,
        "organization_id": given_.organization_id,
        "risk": risk,
        "effect": effect,
        "shown_hash": given_.request.shown_hash,
        "impact": impact.model_dump(mode="json"),
        "conflicts": [each.model_dump(mode="json") for each in found],
        "before_state": given_.request.before,
    }
    [told] = owner_rows(
        owner_url,
        "select app.has_gesture(jsonb_populate_record(null::public.ai_insights_log, %s), %s) as done",
        [json.dumps(entry, default=str), json.dumps(evidence)],
    )
    done = missing(given_, evidence, has_acknowledged=False) is None
    if risk == "critical":
        # Which of the words a card wants is the program's; that it is one of them, or the title, is the database's too.
        assert told["done"] >= done
        assert not told["done"] or is_a_word(evidence["word"]) or name_key(evidence["word"]) == name_key("keynote")
    else:
        assert told["done"] is done


@dataclass(frozen=True, slots=True)
class Lent:
    """A right that somebody hands over: to whom, and whether it holds now."""

    giver: str
    taker: str
    holds: str


LENT = {
    "now": "now() - interval '1 hour', now() + interval '1 hour', null",
    "over": "now() - interval '2 hours', now() - interval '1 hour', null",
    "to come": "now() + interval '1 hour', now() + interval '2 hours', null",
    "ended": "now() - interval '2 hours', now() + interval '1 hour', now() - interval '1 hour'",
}
DELEGATIONS = st.builds(Lent, st.sampled_from(ROLES), st.sampled_from(ROLES), st.sampled_from(sorted(LENT)))
NAMED_PEOPLE = st.lists(st.sampled_from(ROLES), max_size=2, unique=True)
ROLE_LISTS = st.lists(st.sampled_from(["owner", "manager"]), max_size=2, unique=True)
RIGHTS = st.lists(st.tuples(ROLE_LISTS, NAMED_PEOPLE), max_size=2)


@settings(parent=ONE_DATABASE, max_examples=200)
@given(
    rights=RIGHTS,
    askers_may=st.booleans(),
    owners_only=st.booleans(),
    asker=st.sampled_from(ROLES),
    editors=st.lists(st.sampled_from(ROLES), max_size=2),
    lent=st.lists(
        DELEGATIONS.filter(lambda each: each.giver != each.taker),
        max_size=3,
        unique_by=lambda each: each.giver,
    ),
    off=st.lists(st.sampled_from(ROLES), max_size=1),
)
async def test_who_may_approve_may_by_both(
    owner_url: str,
    people: dict[Role, Principal],
    rights: list[tuple[list[str], list[Role]]],
    askers_may: bool,
    owners_only: bool,
    asker: Role,
    editors: list[Role],
    lent: list[Lent],
    off: list[Role],
) -> None:
    ids = {role: person.user_id for role, person in people.items()}
    kept = Snapshot(
        rights=tuple(
            Right(roles=cast("Any", tuple(roles)), people=tuple(Named(id=ids[each], name=each) for each in named))
            for roles, named in rights
        ),
        askers_may_approve=askers_may,
        owners_only=owners_only,
    )
    told = _by_the_database(owner_url, people, kept, ids[asker], [ids[each] for each in editors], lent, off)
    lenders = {role: _lenders(people, role, lent, off) for role in ROLES}
    judged = {
        role: role not in off
        and why_not_approve(
            kept,
            user_id=ids[role],
            role=role,
            is_asker=role in {asker, *editors},
            asker=ids[asker],
            editors=[ids[each] for each in editors],
            lenders=lenders[role],
        )
        is None
        for role in ROLES
    }
    assert told == judged


def _lenders(people: dict[Role, Principal], to: Role, lent: list[Lent], off: list[Role]) -> list[Person]:
    now = [people[cast("Role", each.giver)] for each in lent if (each.taker, each.holds) == (to, "now")]
    return [
        Person(id=each.user_id, name=each.name, role=each.role)
        for each in now
        if each.role in DECIDING_ROLES and each.role not in off
    ]


def _by_the_database(
    owner_url: str,
    people: dict[Role, Principal],
    kept: Snapshot,
    asker: UUID,
    editors: list[UUID],
    lent: list[Lent],
    off: list[Role],
) -> dict[Role, bool]:
    organization = people["owner"].organization_id
    entry = {
        "organization_id": organization,
        "user_id": asker,
        "policy": kept.model_dump(mode="json"),
        "action_data": {"editors": editors},
    }
    with psycopg.connect(owner_url) as conn:
        for each in lent:
            giver, taker = (people[cast("Role", role)].user_id for role in (each.giver, each.taker))
            conn.execute(
                "insert into public.delegations (id, organization_id, from_user, to_user, created_by, starts_at, "  # pyright: ignore[reportArgumentType, reportCallIssue]
                f"ends_at, ended_at) select gen_random_uuid(), %s, %s, %s, %s, {LENT[each.holds]}",
                [organization, giver, taker, people["owner"].user_id],
            )
        ids = [people[role].user_id for role in off]
        conn.execute("alter table public.user_profiles disable trigger user")
        conn.execute("update public.user_profiles set is_active = false where id = any(%s)", [ids])
        rows = conn.execute(
            "select id, app.may_approve(jsonb_populate_record(null::public.ai_insights_log, %s), id) "
            "from public.user_profiles where id = any(%s)",
            [json.dumps(entry, default=str), [each.user_id for each in people.values()]],
        ).fetchall()
        conn.rollback()
    found = dict(rows)
    return {role: found[people[role].user_id] for role in ROLES}


@pytest.fixture
async def people(db: Database) -> dict[Role, Principal]:
    return (await make_world(db)).people


@ONE_DATABASE
@given(words=st.lists(st.text(LETTERS | st.sampled_from("aאש1 .\u05b0"), max_size=24), min_size=20))
def test_a_reason_that_the_program_takes_is_enough_for_the_database(owner_url: str, words: list[str]) -> None:
    """The database counts points of Hebrew as letters, too: it is the second line, and never the stricter one."""
    told = owner_rows(
        owner_url,
        "select length(regexp_replace(words, '[^[:alpha:]]', '', 'g')) >= 10 as enough "
        "from unnest(%s::text[]) with ordinality as given(words, place) order by place",
        [words],
    )
    taken = [why_not_break_glass(role="owner", is_blocked=False, words=each) is None for each in words]
    assert [
        each for each, row, is_taken in zip(words, told, taken, strict=True) if is_taken and not row["enough"]
    ] == []


def test_every_word_of_every_language_is_one_for_the_database(owner_url: str) -> None:
    words = [say(locale, phrase(name)) for locale in LOCALES for name in ("word-delete", "word-confirm")]
    told = owner_rows(
        owner_url,
        "select word, app.is_a_word(null::public.ai_insights_log, word) as is_one from unnest(%s::text[]) as word",
        [words],
    )
    assert {row["word"]: row["is_one"] for row in told} == dict.fromkeys(words, True)
