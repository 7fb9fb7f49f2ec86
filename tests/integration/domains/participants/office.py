"""What the tests of participants ask, propose, run and look at."""

from typing import Any
from uuid import UUID, uuid4

from core.db import Database
from core.domains.participants.reads import TOOLS as READS
from core.domains.participants.writes import TOOLS as WRITES
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Done, Inverse, ReadTool, Refused, WriteTool
from tests.owner import owner_rows, owner_run
from tests.world import World, context

SEATS = (
    "select session.title, person.full_name as name, seat.registered_at, seat.waiting_since "
    "from public.participant_schedules as seat join public.schedules as session on session.id = seat.schedule_id "
    "join public.participants as person on person.id = seat.participant_id order by 1, 2, person.id"
)
PEOPLE = "select * from public.participants order by id"


def write_of(name: str) -> WriteTool[Any]:
    """Return a write tool by its name or its action type."""
    tool = next(tool for tool in WRITES if isinstance(tool, WriteTool) and name in {tool.name, tool.action_type})
    assert isinstance(tool, WriteTool)
    return tool


async def ask(db: Database, who: Principal, name: str, /, **args: Any) -> Done | Refused:
    """Ask as a person."""
    tool = next(tool for tool in READS if tool.name == name)
    assert isinstance(tool, ReadTool)
    async with db.acting_as(who) as tx:
        return await tool.run(context(tx, who), tool.args.model_validate(args))


async def propose(db: Database, who: Principal, name: str, /, **args: Any) -> Proposal | Refused:
    """Propose as a person."""
    tool = write_of(name)
    async with db.acting_as(who) as tx:
        return await tool.preview(context(tx, who), tool.args.model_validate(args))


async def proposed(db: Database, who: Principal, name: str, /, **args: Any) -> Proposal:
    """Propose what nothing refuses."""
    outcome = await propose(db, who, name, **args)
    assert isinstance(outcome, Proposal), outcome
    return outcome


def action_of(proposal: Proposal) -> Action:
    """Return a proposal as a decided write."""
    return Action(
        suggestion_id=uuid4(),
        action_type=proposal.action_type,
        args=proposal.args,
        before=proposal.before,
        zone=proposal.zone,
        facts_digest=proposal.facts_digest,
    )


async def run(db: Database, who: Principal, proposal: Proposal) -> None:
    """Execute a proposal as its decider would. Raises ``WorldMoved`` when its facts are no longer so."""
    async with db.acting_as(who) as tx:
        await write_of(proposal.action_type).execute(tx, action_of(proposal))


def inverse_of(proposal: Proposal) -> Inverse:
    """Return what takes a proposal back."""
    inverse = write_of(proposal.action_type).inverse(action_of(proposal))
    assert inverse is not None
    return inverse


async def review(db: Database, who: Principal, action_type: str, args: dict[str, Any]) -> Proposal | Refused:
    """Look again at canonical arguments."""
    async with db.acting_as(who) as tx:
        return await write_of(action_type).review(context(tx, who), args)


async def take_back(db: Database, who: Principal, proposal: Proposal) -> Proposal:
    """Review and run the inverse of a proposal; return what ran."""
    inverse = inverse_of(proposal)
    looked = await review(db, who, inverse.action_type, inverse.args)
    assert isinstance(looked, Proposal), looked
    assert not looked.is_blocked
    await run(db, who, looked)
    return looked


def seats(owner_url: str, title: str) -> list[tuple[str, bool]]:
    """Return who is on a session's list, and whether they wait."""
    return [
        (row["name"], row["waiting_since"] is not None) for row in owner_rows(owner_url, SEATS) if row["title"] == title
    ]


def all_seats(owner_url: str) -> list[dict[str, Any]]:
    """Return every registration, to the microsecond."""
    return owner_rows(owner_url, SEATS)


def add_people(owner_url: str, world: World, *names: str) -> list[UUID]:
    """Put people on the event's list."""
    for name in names:
        owner_run(
            owner_url,
            "insert into public.participants (organization_id, event_id, full_name) "
            f"values ('{world.organization_id}', '{world.event_id}', '{name}')",
        )
    rows = owner_rows(
        owner_url,
        "select id, full_name from public.participants where organization_id = %s",
        (world.organization_id,),
    )
    by_name = {row["full_name"]: row["id"] for row in rows}
    return [by_name[name] for name in names]


def seat(owner_url: str, world: World, title: str, *names: str, waiting_since: str | None = None) -> None:
    """Register people for a session, or put them into its line."""
    since = f"'{waiting_since}'" if waiting_since else "null"
    for name in names:
        owner_run(
            owner_url,
            "insert into public.participant_schedules (organization_id, schedule_id, participant_id, registered_at, "
            f"waiting_since) select organization_id, '{world.sessions[title]}', id, '2021-04-01 10:00:00.123456Z', "
            f"{since} from public.participants where full_name = '{name}' "
            f"and organization_id = '{world.organization_id}'",
        )


def limit(owner_url: str, world: World, title: str, places: int, *, line: bool = True) -> None:
    """Say how many places a session has, and whether it keeps a waiting list."""
    owner_run(
        owner_url,
        f"update public.schedules set max_capacity = {places}, keeps_waiting_list = {str(line).lower()} "
        f"where id = '{world.sessions[title]}'",
    )
