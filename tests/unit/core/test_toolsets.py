"""Which tools the model is told of: none is lost, words open the right ones, and what stood before stays the same."""

from typing import cast
from uuid import UUID

import pytest

from core.ai.models import ToolCall, ToolDeclaration
from core.db import Database
from core.domains import SUBJECTS
from core.domains import TOOLS as DOMAIN_TOOLS
from core.flows.runtime import TOOLS, declared_for, tools_for
from core.flows.tool_calls import ToolRun
from core.flows.toolsets import OPEN_TOOLS, OpenTools, offer_for, open_for, prompt_for
from core.kernel.principal import Principal, Role
from core.kernel.tools import WriteTool
from core.texts import plain
from tests.fakes import runtime
from tests.subjects import known

ROLES: tuple[Role, ...] = ("owner", "manager", "staff", "viewer")


def named(declarations: tuple[ToolDeclaration, ...]) -> list[str]:
    return [each.name for each in declarations]


@pytest.mark.parametrize("role", ROLES)
def test_every_tool_of_a_role_is_told_at_once_or_stands_in_one_set_that_the_index_names(role: Role) -> None:
    offer = offer_for(role)
    inside = [each for one in offer.sets.values() for each in named(one.declarations)]
    always = [name for name in named(offer.always) if name != OPEN_TOOLS]

    assert sorted(always + inside) == sorted(tool.name for tool in tools_for(role))
    assert {tool.name for tool in tools_for(role) if isinstance(tool, WriteTool)} <= set(inside)
    index = [each.description for each in offer.always if each.name == OPEN_TOOLS]
    assert all(f"{name} (" in index[0] for name in offer.sets)
    assert len(index) == (1 if inside else 0)


IN_ORDER = (
    "list_events get_event_overview get_agenda_now find_conflicts what_changed create_event_draft update_event "
    "publish_event unpublish_event delete_event_draft get_agenda find_sessions get_session find_free_slots "
    "create_schedule_item update_schedule_item delete_schedule_item get_room_use add_room update_room remove_room "
    "get_participant_agenda list_vips assign_participant unassign_participant move_participants add_participant "
    "update_participant set_vip check_in_participant remove_participant list_vendors assign_vendors unassign_vendor "
    "update_vendor_status add_vendor update_vendor remove_vendor get_checklist add_checklist_items "
    "complete_checklist_item assign_checklist_item remove_checklist_items reopen_checklist_item switch_off_person "
    "switch_on_person change_person_role"
).split()


def test_the_order_of_the_domains_tools_stays_for_the_providers_cache_rests_on_it() -> None:
    """A new domain has its tools where its rank says, and moves no other's."""
    assert [tool.name for tool in DOMAIN_TOOLS if tool.name in IN_ORDER] == IN_ORDER
    assert [subject.rank for subject in SUBJECTS] == sorted({subject.rank for subject in SUBJECTS})


def test_a_viewer_has_nothing_to_open() -> None:
    assert (offer_for("viewer").sets, OPEN_TOOLS in offer_for("viewer").names) == ({}, False)


def test_subjects_follow_from_where_tools_live() -> None:
    before = {name: one for name, one in offer_for("staff").sets.items() if name not in known()}
    assert {name: named(one.declarations) for name, one in before.items()} == {
        "events": ["create_event_draft", "update_event", "publish_event"],
        "schedule": [
            "create_schedule_item",
            "update_schedule_item",
            "delete_schedule_item",
            "swap_sessions",
            "shift_sessions",
        ],
        "rooms": ["get_room_use", "add_room", "update_room"],
        "participants": [
            "get_participant_agenda",
            "list_vips",
            "assign_participant",
            "unassign_participant",
            "move_participants",
            "add_participant",
            "update_participant",
            "set_vip",
            "check_in_participant",
        ],
        "vendors": [
            "list_vendors",
            "assign_vendors",
            "unassign_vendor",
            "update_vendor_status",
            "add_vendor",
            "update_vendor",
        ],
        "checklists": ["get_checklist", "add_checklist_items", "complete_checklist_item", "assign_checklist_item"],
        "policies": ["get_policy"],
    }


@pytest.mark.parametrize(
    ("said", "opened"),
    [
        ("Move the keynote to 14:00", ["schedule"]),
        ("Cancel Rain Plans That Work", ["schedule"]),
        ("Swap the panel and the workshop", ["schedule"]),
        ("Register Noa for the keynote", ["participants"]),
        ("Noa has arrived", ["participants"]),
        ("The sound vendor is on the way", ["vendors"]),
        ("Add to the checklist: order water", ["checklists"]),
        ("Add a room called Studio for 40", ["rooms"]),
        ("Create an event called Summit", ["events"]),
        ("Who may approve? Let two people decide on high risk", ["policies"]),
        ("Switch off Lior's access", ["people"]),
        ("תזיזי את ההרצאה של דנה ל-14:00", ["schedule"]),
        ("אפשר להזיז את הפתיחה לשעה 15:00?", ["schedule"]),
        ("ותבטלו את הסדנה", ["schedule"]),
        ("לרשום את נועה להרצאה", ["participants"]),
        ("הספק של הסאונד בדרך", ["vendors"]),
        ("תוסיף לרשימת המשימות להזמין מים", ["checklists"]),
        ("להוסיף חדר בשם סטודיו", ["rooms"]),
        ("מי מאשר שינויים? המדיניות השתנתה", ["policies"]),
        # Questions cost nothing more.
        ("What is on in Hall A at ten?", []),
        ("Who speaks after lunch?", []),
        ("Which rooms are free on Tuesday?", []),
        ("מה קורה עכשיו באולם א?", []),
        ("מי מדבר אחרי הצהריים?", []),
    ],
)
def test_words_open_what_they_ask_for_in_both_languages(said: str, opened: list[str]) -> None:
    assert list(open_for("owner", [], said).used) == opened


def test_words_open_only_what_the_role_has() -> None:
    said = "Move the keynote; who has access to what? Which role has Lior?"
    assert {role: list(open_for(role, [], said).used) for role in ROLES} == {
        "owner": ["schedule", "people"],
        "manager": ["schedule"],
        "staff": ["schedule"],
        "viewer": [],
    }


def test_what_was_opened_stays_and_comes_last_so_that_what_stood_before_it_stays_the_same() -> None:
    opened = open_for("owner", [], "What is on now?")
    first = opened.declared()
    opened.open("people")
    second = opened.declared()
    again = open_for("owner", opened.kept(), "And move the keynote")

    assert second[: len(first)] == first
    assert again.declared()[: len(second)] == second
    assert list(again.used) == ["people", "schedule"]
    assert prompt_for("manager", "he") == prompt_for("manager", "he")


def test_what_was_not_used_for_longest_closes_where_there_is_too_much() -> None:
    opened = OpenTools("owner")
    for subject in ("rooms", "people", "rooms", "checklists"):
        opened.open(subject)
    assert list(opened.used) == ["rooms", "people", "checklists"]

    opened.open("events")
    assert list(opened.used) == ["rooms", "checklists", "events"]

    for subject in (*offer_for("owner").sets, *offer_for("owner").sets):
        opened.open(subject)
        most = max(one.size for one in offer_for("owner").sets.values())
        assert sum(offer_for("owner").sets[each].size for each in opened.used) <= max(4850, most)
        assert subject in opened.used


def test_what_a_conversation_kept_of_a_role_that_somebody_lost_is_not_opened() -> None:
    kept = [["people", 3], ["gone", 2], ["schedule", 1]]
    assert open_for("owner", kept, "Hi").kept() == [["people", 3], ["schedule", 1]]
    assert open_for("staff", kept, "Hi").kept() == [["schedule", 1]]
    assert open_for("viewer", kept, "Move it").kept() == []


INVENTED = (
    "",
    " ",
    "approve",
    "execute",
    "bundle",
    "schedule_update",
    "Get_agenda",
    "get_agenda ",
    "default_api.get_agenda",
    "get_agenda\u202e",
    "__init__",
    "x" * 10_000,
    "\x00\ud800",
)


@pytest.mark.parametrize("role", ROLES)
async def test_a_tool_that_the_role_has_not_or_nobody_has_is_refused_and_nothing_runs(role: Role) -> None:
    """There is no database here that anything could be asked of."""
    rt, *_ = runtime(cast("Database", None))
    theirs = {tool.name for tool in tools_for(role)}
    others = [tool.name for tool in TOOLS if tool.name not in theirs]
    assert {tool.name for tool in TOOLS if not tool.roles} <= set(others)
    person = Principal(
        user_id=UUID(int=1), organization_id=UUID(int=2), role=role, locale="en", timezone="UTC", name="Olga"
    )
    run = ToolRun(rt, person, in_private=True, opened=OpenTools(role))
    for name in (*others, *INVENTED, *([OPEN_TOOLS] if role == "viewer" else [])):
        answer = await run.call(ToolCall("1", name, {"event": "Spring", "subject": "rooms"}))
        called = " ".join(plain(name).split())[:100]
        assert answer == {"error": f"There is no tool named {called}. Use only the tools you were given."}
    assert {(entry.kind, entry.error) for entry in run.entries} == {("refusal", "unknown_tool")}
    assert (run.proposed, run.opened.used) == ([], {})


@pytest.mark.parametrize("args", [{}, {"subject": "finance"}, {"subject": 3}, {"subject": "rooms", "all": True}])
def test_a_subject_that_is_none_is_told_with_those_there_are(args: dict[str, object]) -> None:
    opened = OpenTools("staff")
    assert opened.answer(args) == {
        "error": f"There is no such subject. Give one of these as subject: {', '.join(offer_for('staff').sets)}."
    }
    assert opened.used == {}


def test_what_is_said_once_is_said_in_the_prompt_and_nowhere_else() -> None:
    offer = offer_for("owner")
    declared = [*offer.always, *(each for one in offer.sets.values() for each in one.declarations)]
    assert set(offer.alike) == {"event", "because", "raise_risk_to", "asked_again"}
    for name, meaning in offer.alike.items():
        assert f"Argument {name}: {meaning}" in prompt_for("owner", "en")
        assert not any(meaning in str(each) for each in declared)
    assert set(offer_for("viewer").alike) <= {"event"}
    assert len(declared_for("owner")) == len(declared) - 1
