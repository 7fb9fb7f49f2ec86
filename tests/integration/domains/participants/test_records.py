"""People themselves: added, changed, marked as VIPs, arrived; each taken back exactly, none in another organisation."""

from typing import Any

import pytest

from core.actions.risk import assess
from core.db import Database, WorldMoved
from core.flows.runtime import tools_for, write_tool
from core.kernel.phrases import Moment, phrase
from core.kernel.principal import Role
from core.kernel.proposals import Conflict, Impact, Proposal, Vip
from core.kernel.tools import Refused
from tests.integration.domains.participants.office import (
    PEOPLE,
    action_of,
    add_people,
    inverse_of,
    propose,
    proposed,
    review,
    run,
    take_back,
    write_of,
)
from tests.owner import owner_rows, owner_run
from tests.world import NOW, ROLES, ZONE, World, make_world

pytestmark = pytest.mark.db

RUTH = Vip(name="Ruth Bar", note="Sits in the front row")


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def person(owner_url: str, name: str) -> dict[str, Any]:
    columns = "full_name, email, phone, is_vip, vip_notes, checked_in_at"
    [row] = owner_rows(owner_url, f"select {columns} from public.participants where full_name = %s", (name,))
    return row


async def test_somebody_is_added_and_taken_off_again(db: Database, world: World, owner_url: str) -> None:
    who, before = world.people["manager"], owner_rows(owner_url, PEOPLE)
    proposal = await proposed(db, who, "add_participant", name=" Gal Adar ", email="gal@example.org", phone="+972 50 1")
    assert (proposal.conflicts, proposal.impact, assess(proposal, NOW)) == ((), Impact(counts_people=False), "low")
    await run(db, who, proposal)
    assert person(owner_url, "Gal Adar") == {
        "full_name": "Gal Adar",
        "email": "gal@example.org",
        "phone": "+972 50 1",
        "is_vip": False,
        "vip_notes": None,
        "checked_in_at": None,
    }
    added = owner_rows(owner_url, PEOPLE)
    back = await take_back(db, who, proposal)
    assert owner_rows(owner_url, PEOPLE) == before
    await take_back(db, who, back)
    assert owner_rows(owner_url, PEOPLE) == added


async def test_a_removed_person_can_come_back_with_their_registrations(
    db: Database, world: World, owner_url: str
) -> None:
    who = world.people["manager"]
    proposal = await proposed(db, who, "remove_participant", participant="Ruth Bar")
    assert (proposal.impact, assess(proposal, NOW)) == (Impact(affected_participants=1, vips=(RUTH,)), "critical")
    back = write_of("remove_participant").inverse(action_of(proposal))
    assert back is not None
    assert (back.action_type, back.args["restore"]) == ("participant_add", {})
    await run(db, who, proposal)
    assert [row["full_name"] for row in owner_rows(owner_url, PEOPLE)] == ["Eli Katz"]


@pytest.mark.parametrize("role", ROLES)
def test_removing_people_is_offered_to_nobody_and_yet_found(role: Role) -> None:
    assert "remove_participant" not in {tool.name for tool in tools_for(role)}
    assert write_tool("participant_remove").name == "remove_participant"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (
            {"name": "ruth  BAR"},
            Conflict(kind="participant_namesake", severity="warning", details={"name": "Ruth Bar"}),
        ),
        (
            {"name": "Somebody", "email": "ELI@example.org"},
            Conflict(
                kind="participant_known", severity="warning", details={"name": "Eli Katz", "email": "eli@example.org"}
            ),
        ),
    ],
)
async def test_who_may_be_on_the_list_already_is_named(
    db: Database, world: World, owner_url: str, given: dict[str, str], known: Conflict
) -> None:
    owner_run(owner_url, "update public.participants set email = 'eli@example.org' where full_name = 'Eli Katz'")
    assert (await proposed(db, world.people["staff"], "add_participant", **given)).conflicts == (known,)


async def test_of_two_that_add_one_name_the_second_is_told_of_the_first(db: Database, world: World) -> None:
    who = world.people["manager"]
    first = await proposed(db, who, "add_participant", name="Gal Adar")
    second = await proposed(db, who, "add_participant", name="gal adar")
    await run(db, who, first)
    with pytest.raises(WorldMoved):
        await run(db, who, second)
    looked = await review(db, who, "participant_add", second.args)
    assert isinstance(looked, Proposal)
    assert [each.kind for each in looked.conflicts] == ["participant_namesake"]
    assert await review(db, who, "participant_add", first.args) == Refused(
        phrase("participant-already-added", name="Gal Adar")
    )


@pytest.mark.parametrize(
    ("tool", "args", "after", "risk"),
    [
        (
            "update_participant",
            {"participant": "eli katz", "changes": {"email": "eli@example.org", "name": "Eli Katz-Levi"}},
            {"full_name": "Eli Katz-Levi", "email": "eli@example.org"},
            "low",
        ),
        (
            "set_vip",
            {"participant": "Eli", "is_vip": True, "note": "Nuts"},
            {"is_vip": True, "vip_notes": "Nuts"},
            "medium",
        ),
        ("set_vip", {"participant": "Ruth", "is_vip": False}, {"is_vip": False, "vip_notes": None}, "high"),
        ("set_vip", {"participant": "Ruth", "is_vip": True, "note": "Nuts"}, {"vip_notes": "Nuts"}, "high"),
        ("check_in_participant", {"participant": "Ruth"}, {"checked_in_at": NOW}, "low"),
    ],
)
async def test_a_change_of_a_person_runs_and_is_taken_back(
    db: Database, world: World, owner_url: str, tool: str, args: dict[str, Any], after: dict[str, Any], risk: str
) -> None:
    who, rows = world.people["manager"], owner_rows(owner_url, PEOPLE)
    proposal = await proposed(db, who, tool, **args)
    before = person(owner_url, (proposal.before or {})["full_name"])
    assert assess(proposal, NOW) == risk
    await run(db, who, proposal)
    assert person(owner_url, after.get("full_name", before["full_name"])) == {**before, **after}
    assert await review(db, who, proposal.action_type, proposal.args) != proposal
    await take_back(db, who, proposal)
    assert owner_rows(owner_url, PEOPLE) == rows


@pytest.mark.parametrize(
    ("tool", "args", "why"),
    [
        ("set_vip", {"participant": "Ruth", "is_vip": True}, phrase("change-nothing", title="Ruth Bar")),
        ("set_vip", {"participant": "Eli", "is_vip": False}, phrase("change-nothing", title="Eli Katz")),
        ("update_participant", {"participant": "Eli", "changes": {}}, phrase("change-nothing", title="Eli Katz")),
        (
            "update_participant",
            {"participant": "Eli", "changes": {"name": "Eli Katz"}},
            phrase("change-nothing", title="Eli Katz"),
        ),
        (
            "check_in_participant",
            {"participant": "Eli"},
            phrase("participant-already-checked-in", name="Eli Katz", at=Moment(NOW, ZONE)),
        ),
    ],
)
async def test_what_is_already_so_is_not_proposed(
    db: Database, world: World, owner_url: str, tool: str, args: dict[str, Any], why: Any
) -> None:
    owner_run(owner_url, f"update public.participants set checked_in_at = '{NOW}' where full_name = 'Eli Katz'")
    assert await propose(db, world.people["staff"], tool, **args) == Refused(why)


async def test_a_person_who_changed_in_the_meantime_is_looked_at_again(
    db: Database, world: World, owner_url: str
) -> None:
    who = world.people["manager"]
    proposal = await proposed(db, who, "set_vip", participant="Eli", is_vip=True)
    owner_run(owner_url, "update public.participants set email = 'eli@example.org' where full_name = 'Eli Katz'")
    with pytest.raises(WorldMoved):
        await run(db, who, proposal)
    owner_run(owner_url, "delete from public.participants where full_name = 'Eli Katz'")
    assert await review(db, who, "participant_set_vip", proposal.args) == Refused(phrase("participant-gone"))


@pytest.mark.parametrize(
    "args",
    [
        {"name": ""},
        {"name": "x" * 501},
        {"name": "Gal", "email": "gal"},
        {"name": "Gal", "email": "a b@example.org"},
        {"name": "Gal", "phone": "call me"},
        {"name": "Gal", "note": "unknown"},
    ],
)
def test_what_is_no_person_is_not_taken(args: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        write_of("add_participant").args.model_validate(args)


@pytest.mark.parametrize("args", [{}, {"participants": ["Ruth"], "everyone": True}, {"participants": []}])
def test_a_move_says_whom_it_moves(args: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        write_of("move_participants").args.model_validate({"from_session": "A", "to_session": "B", **args})


async def test_another_organisations_people_do_not_exist(db: Database, world: World, owner_url: str) -> None:
    other = await make_world(db, "Beth Events", team="T2")
    who = other.people["manager"]
    before = owner_rows(owner_url, PEOPLE)
    [gal] = add_people(owner_url, world, "Gal Adar")
    unknown = Refused(phrase("participant-unknown", name=str(gal), event="Spring Conference"))
    assert await propose(db, who, "set_vip", participant=str(gal), is_vip=True) == unknown
    mine = world.people["manager"]
    stolen = await proposed(db, mine, "set_vip", participant=str(gal), is_vip=True)
    assert await review(db, who, "participant_set_vip", stolen.args) == Refused(phrase("participant-gone"))
    seat = await proposed(db, mine, "assign_participant", participant=str(gal), session="Sound Check Live")
    assert await review(db, who, "participant_assign", seat.args) == Refused(phrase("session-gone"))
    for each in (stolen, seat, await proposed(db, mine, "remove_participant", participant=str(gal))):
        with pytest.raises(WorldMoved):
            await run(db, who, each)
    assert len(owner_rows(owner_url, PEOPLE)) == len(before) + 1
    assert inverse_of(stolen).args["set"] == {"is_vip": False}
