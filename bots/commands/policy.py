"""`eventflow policy`: who may approve what, how heavy conflicts weigh, and who decides in somebody's place."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from uuid import UUID

import typer
from pydantic import BaseModel, ValidationError

from bots.commands.console import database, done, fail, out, run, settings_from_environment
from bots.commands.organizations import OrgOption
from bots.commands.policy_tables import data, show_delegations, show_policy, spoken
from bots.commands.tables import AsJson, print_json
from core.db import Database, WorldMoved
from core.flows.runtime import ACTION_TYPES, write_tool
from core.identity import provisioning
from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Action, Refused, ToolContext, Transaction
from core.policies import queries
from core.policies.asked import AskedLevel, AskedRule, ChangePolicy, CreateDelegation, EndDelegation
from core.policies.kinds import KINDS
from core.policies.models import LONGEST_BUFFER, RISKS, DecidingRole

T = TypeVar("T")

policy = typer.Typer(help="Who may approve what, and how heavy conflicts weigh.", no_args_is_help=True)

_NOBODY = "none"


class LevelName(StrEnum):
    """How heavy a kind of conflict may weigh."""

    block = "block"
    acknowledge = "acknowledge"
    warn = "warn"
    off = "off"


class RiskName(StrEnum):
    """The risks, and all of them."""

    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"
    any = "*"


class DeciderName(StrEnum):
    """The roles that may decide."""

    owner = "owner"
    manager = "manager"


@policy.command()
def show(
    organization: OrgOption, as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False
) -> None:
    """Show the policy in force.

    Who may approve what, how many must, and how heavy each kind of conflict weighs.
    """

    async def work(tx: Transaction, _me: Principal) -> tuple[Any, Any]:
        return await queries.current(tx), await queries.versions(tx, 1)

    now, versions = _as_the_organization(organization, work)
    if as_json:
        print_json([data(now)])
    else:
        show_policy(now, versions)


@policy.command("set")
def set_(
    organization: OrgOption,
    askers: Annotated[
        bool | None, typer.Option("--askers-approve/--askers-do-not", help="May askers approve their own?")
    ] = None,
    two_people: Annotated[
        str | None, typer.Option("--two-people", help="Risks that take two people: critical, or high,critical; none.")
    ] = None,
    at_once: Annotated[
        bool | None, typer.Option("--at-once/--not-at-once", help="Is what is of low risk done at once?")
    ] = None,
    backup: Annotated[
        list[str] | None, typer.Option("--backup", help="Who is asked when nobody decides; again for more; none.")
    ] = None,
) -> None:
    """Set what holds for every action."""
    if (askers, two_people, at_once, backup) == (None, None, None, None):
        fail("Say what to set, such as --two-people critical. `eventflow policy set --help` names the rest.")
    people = None if backup is None else [name for name in backup if name != _NOBODY]
    asked = ChangePolicy(
        askers_may_approve=askers, two_people_for=_risks(two_people), at_once_for_low=at_once, backup=people
    )
    _change(organization, asked)


@policy.command()
def level(
    kind: Annotated[str, typer.Argument(help="The kind of conflict, as `eventflow policy show` names it.")],
    level: Annotated[LevelName, typer.Argument(help="block, acknowledge, warn or off.")],
    organization: OrgOption,
) -> None:
    """Set how heavy a kind of conflict weighs."""
    _change(organization, ChangePolicy(levels=[_read(lambda: AskedLevel(kind=kind, level=level.value))]))


@policy.command()
def buffer(
    minutes: Annotated[int, typer.Argument(min=0, max=LONGEST_BUFFER, help="0 for none.")], organization: OrgOption
) -> None:
    """Set how many minutes a room stays empty between two sessions."""
    _change(organization, ChangePolicy(buffer_minutes=minutes))


@policy.command()
def approvers(
    action: Annotated[str, typer.Argument(help="An action, * for any letters: schedule_delete, schedule_*, *.")],
    organization: OrgOption,
    risk: Annotated[RiskName, typer.Option("--risk", help="Only at this risk.")] = RiskName.any,
    role: Annotated[list[DeciderName] | None, typer.Option("--role", help="A role that may; again for more.")] = None,
    person: Annotated[list[str] | None, typer.Option("--person", help="Somebody who may besides; again.")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Take the rule about this out again.")] = False,
) -> None:
    """Set who may approve an action."""
    if not drop and not role and not person:
        fail("Name who may approve it, with --role or --person; or take the rule out with --drop.")
    roles: list[DecidingRole] = [each.value for each in role or []]
    rule = _read(lambda: AskedRule(action=action, risk=risk.value, roles=roles, people=person or [], drop=drop))
    _change(organization, ChangePolicy(rules=[rule]))


@policy.command()
def reset(organization: OrgOption) -> None:
    """Go back to the policy that everybody starts with.

    Owners and managers approve, one is enough.
    """
    _change(organization, ChangePolicy(reset=True))


@policy.command()
def delegate(
    absent: Annotated[str, typer.Argument(help="Who is away: a name or an e-mail address.")],
    to: Annotated[str, typer.Argument(help="Who decides meanwhile.")],
    organization: OrgOption,
    until: Annotated[str, typer.Option("--until", help="The last day away, YYYY-MM-DD.")],
    since: Annotated[str | None, typer.Option("--from", help="The first day away; today without it.")] = None,
) -> None:
    """Let somebody decide in another's place for some days."""
    first, last = _day(since) if since else None, _day(until)
    _run_tool(
        organization,
        "delegation_create",
        _read(lambda: CreateDelegation(absent=absent, delegate=to, first_day=first, last_day=last)),
        f"{to} decides for {absent} until the end of {last.isoformat()}.",
    )


@policy.command()
def delegations(
    organization: OrgOption,
    end: Annotated[str | None, typer.Option("--end", help="End the one of this person now.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show who decides in whose place, now and in the days to come."""
    if end is not None:
        _run_tool(organization, "delegation_end", _read(lambda: EndDelegation(absent=end)), f"{end} decides again.")
        return

    async def work(tx: Transaction, _me: Principal) -> list[dict[str, Any]]:
        return await queries.delegations(tx)

    rows = _as_the_organization(organization, work)
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("Nobody decides in another's place.")
    else:
        show_delegations(rows)


def _change(organization: str, asked: ChangePolicy) -> None:
    _run_tool(organization, "policy_change", asked, "The policy is changed. `eventflow policy show` has all of it.")


def _run_tool(organization: str, action_type: str, asked: BaseModel, told: str) -> None:
    """Propose and carry out at once: whoever sits at the server's command line is beyond the organisation's rules."""

    async def work(tx: Transaction, me: Principal) -> None:
        tool = write_tool(action_type)
        looked = await tool.preview(ToolContext(tx, me, datetime.now(UTC)), asked)
        if isinstance(looked, Refused):
            fail(spoken(looked.why) + _as_written(looked.why))
        action = Action(
            suggestion_id=UUID(int=0),
            action_type=action_type,
            args=looked.args,
            before=looked.before,
            zone=looked.zone,
            facts_digest=looked.facts_digest,
        )
        await tool.execute(tx, action)

    try:
        _as_the_organization(organization, work)
    except WorldMoved:
        fail(spoken(phrase("policy-moved")))
    done(told)


def _as_written(why: Phrase) -> str:
    """Return how a command writes the kinds that a refusal names, for whoever has to write another one."""
    written = {"policy-unknown-kind": KINDS, "policy-unknown-action": ACTION_TYPES}.get(why.id, ())
    return f" In commands they are written: {', '.join(written)}." if written else ""


def _as_the_organization(organization: str, work: Callable[[Transaction, Principal], Awaitable[T]]) -> T:
    settings = settings_from_environment()

    async def connected() -> T | WorldMoved:
        async with database(settings) as db:
            me = await _command_line(db, organization)
            try:
                async with db.acting_as(me) as tx:
                    return await work(tx, me)
            except WorldMoved as moved:
                return moved

    came = run(connected())
    if isinstance(came, WorldMoved):
        raise came
    return came


async def _command_line(db: Database, organization: str) -> Principal:
    async with db.as_operator() as tx:
        found = await provisioning.organization_named(tx, organization)
        if found is None:
            fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
        return await provisioning.command_line_of(tx, found["id"])


def _risks(said: str | None) -> list[Risk] | None:
    if said is None:
        return None
    wanted = [word.strip().lower() for word in said.split(",") if word.strip()]
    if wanted == [_NOBODY]:
        return []
    known: list[Risk] = [risk for risk in RISKS if risk in wanted]
    if not wanted or len(known) != len(set(wanted)):
        fail(f'"{said}" names no risks. Write them with commas between, of {", ".join(RISKS)}; or none.')
    return known


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        fail(f'"{said}" is no day. Write it as YYYY-MM-DD, such as 2031-05-01.')


def _read(made: Callable[[], T]) -> T:
    """Read what was typed as the tool's arguments; what cannot be read ends the command with its name."""
    try:
        return made()
    except ValidationError as invalid:
        fault = invalid.errors(include_url=False, include_input=False)[0]
        if fault["type"] == "string_pattern_mismatch":
            fail("An action is written in small letters, with * for any: schedule_delete, schedule_*, or *.")
        fail(f"{str(fault['loc'][0]).replace('_', ' ').capitalize()} cannot be read: {fault['msg']}.")
