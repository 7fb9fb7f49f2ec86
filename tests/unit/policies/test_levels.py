"""How heavy a conflict weighs is the organisation's, except for what the database itself refuses."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from core.actions.risk import assess
from core.actions.suggestion import shown_hash
from core.flows.runtime import ACTION_TYPES
from core.kernel.phrases import Phrase
from core.kernel.proposals import Conflict, Impact, Proposal
from core.policies.changes import fault
from core.policies.kinds import FIXED, KINDS, said_actions, said_conflict
from core.policies.models import Level, Policy
from core.policies.rules import apply_levels
from core.texts import LOCALES, plain, say
from tests.unit.policies.people import ACTIONS, DECIDERS

ROOT = Path(__file__).parents[3]
NOW = datetime(2031, 5, 1, 6, 0, tzinfo=UTC)


def _proposal(*conflicts: Conflict) -> Proposal:
    return Proposal(
        action_type="schedule_update",
        effect="update",
        event_id=None,
        args={},
        before=None,
        zone="UTC",
        facts_digest="d",
        conflicts=conflicts,
        impact=Impact(),
        starts_at=None,
    )


@pytest.mark.parametrize(
    ("kind", "severity", "level", "weighs"),
    [
        ("speaker_overlap", "warning", "block", ("error", False)),
        ("speaker_overlap", "warning", "acknowledge", ("warning", True)),
        ("speaker_overlap", "warning", "warn", ("warning", False)),
        ("speaker_overlap", "warning", "off", None),
        ("speaker_overlap", "warning", None, ("warning", False)),
        ("session_full", "error", "warn", ("warning", False)),
        ("outside_event", "error", "off", None),
        # Such a policy cannot be made; should one be there, the database's own rule still shows as what it is.
        ("room_overlap", "error", "off", ("error", False)),
        ("ends_before_start", "error", "acknowledge", ("error", False)),
    ],
)
def test_a_level(kind: str, severity: str, level: Level | None, weighs: tuple[str, bool] | None) -> None:
    policy = Policy(levels={kind: level} if level else {})
    found = apply_levels(policy, [Conflict.model_validate({"kind": kind, "severity": severity})])
    assert [(each.severity, each.must_be_acknowledged) for each in found] == ([weighs] if weighs else [])


def test_errors_come_first_whatever_was_first_before() -> None:
    found = [Conflict(kind="room_too_small", severity="warning"), Conflict(kind="speaker_overlap", severity="warning")]
    weighed = apply_levels(Policy(levels={"speaker_overlap": "block"}), found)
    assert [(each.kind, each.severity) for each in weighed] == [
        ("speaker_overlap", "error"),
        ("room_too_small", "warning"),
    ]


@pytest.mark.parametrize(("level", "risk"), [("warn", "medium"), ("acknowledge", "high"), ("off", "low")])
def test_what_has_to_be_acknowledged_is_of_high_risk(level: Level, risk: str) -> None:
    policy = Policy(levels={"speaker_overlap": level})
    conflicts = apply_levels(policy, [Conflict(kind="speaker_overlap", severity="warning")])
    assert assess(_proposal(*conflicts), NOW) == risk


def test_a_card_from_before_has_the_hash_that_it_had() -> None:
    conflict = Conflict(kind="speaker_overlap", severity="warning")
    as_it_was = {
        "action": "schedule_update",
        "args": {},
        "conflicts": [{"kind": "speaker_overlap", "severity": "warning", "item": None, "details": {}}],
        "impact": {"affected_participants": 0, "vips": [], "counts_people": True},
        "facts": "d",
        "risk": "low",
    }
    canonical = json.dumps(as_it_was, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def shown(found: Conflict) -> str:
        return shown_hash(
            action_type="schedule_update", args={}, conflicts=(found,), impact=Impact(), facts_digest="d", risk="low"
        )

    assert shown(conflict) == sha256(canonical.encode()).hexdigest()
    assert shown(conflict.model_copy(update={"must_be_acknowledged": True})) != shown(conflict)


def test_every_conflict_that_can_be_said_can_be_weighed() -> None:
    texts = "".join(path.read_text("utf-8") for path in (ROOT / "core" / "texts" / "en").glob("*.ftl"))
    said = {kind.replace("-", "_") for kind in re.findall(r"^conflict-([a-z-]+) =", texts, re.MULTILINE)}
    assert set(KINDS) == said
    assert {kind: KINDS[kind] for kind in FIXED} == dict.fromkeys(FIXED, "block")


def nameless(locale: str, folder: Path = ROOT / "core" / "texts") -> set[str]:
    """Return the kinds of actions and conflicts that have no name of their own in a language."""
    kinds = {*(f"action-{each}" for each in ACTION_TYPES), *(f"conflict-{each}" for each in KINDS)}
    text = "".join(path.read_text("utf-8") for path in sorted((folder / locale).glob("*.ftl")))
    named = dict(re.findall(r"^kind-of-([a-z-]+) = (.+)$", text, re.MULTILINE))
    shared = {name for name, times in Counter(named.values()).items() if times > 1}
    return {kind for kind in kinds if named.get(kind.replace("_", "-"), "_") in {*shared, "_"}} | (
        {kind.replace("-", "_") for kind in named} - {kind.replace("-", "_") for kind in kinds}
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_has_one_name_of_its_own_in_every_language(locale: str) -> None:
    assert nameless(locale) == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_twin_without_a_name_or_with_a_borrowed_one_is_found(locale: str, tmp_path: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "core" / "texts" / locale).glob("*.ftl")))
    lent = say(locale, said_conflict("room_too_small"))
    text = re.sub("^kind-of-action-bundle = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub("^(kind-of-conflict-room-overlap) = .*$", rf"\1 = {lent}", text, flags=re.MULTILINE)
    (tmp_path / locale).mkdir()
    (tmp_path / locale / "policies.ftl").write_text(f"{text}\nkind-of-action-gone = x\n", "utf-8")
    found = nameless(locale, tmp_path)
    assert found == {"action-bundle", "conflict-room_overlap", "conflict-room_too_small", "action_gone"}


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("schedule_delete", "removals of sessions"),
        ("schedule_*", "new sessions, changes of sessions, and removals of sessions"),
        ("*_shift", "shifts of several sessions"),
        ("no_such_*", "no_such_*"),
    ],
)
def test_a_pattern_is_said_by_the_names_of_all_that_it_fits(pattern: str, said: str) -> None:
    assert plain(say("en", said_actions(pattern, ACTION_TYPES))) == said


@pytest.mark.parametrize("kind", FIXED)
@pytest.mark.parametrize("level", ["acknowledge", "warn", "off"])
def test_what_the_database_keeps_cannot_be_lowered_and_the_sentence_says_what_to_do(kind: str, level: Level) -> None:
    def why_not(level: Level) -> Phrase | None:
        policy = Policy(levels={kind: level})
        return fault(policy, Policy(), named=(), people=DECIDERS, action_types=ACTIONS)

    assert why_not(level) == FIXED[kind]
    assert "instead" in say("en", FIXED[kind])
    assert why_not("block") is None
