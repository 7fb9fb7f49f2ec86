"""`eventflow org | channel | event`: the organisations, where their managers chat, and what they run."""

from typing import Annotated

import typer

from bots.commands.console import database, done, fail, out, point_to_the_demo, run, settings_from_environment
from bots.commands.costs import org_ceiling
from bots.commands.naming import near, organization_or_all, the_organization
from bots.commands.retention import org_retention
from bots.commands.tables import AsJson, counted, print_json, show
from core.identity import provisioning
from core.kernel.messages import Address
from core.texts import LOCALES

org = typer.Typer(help="Organisations.", no_args_is_help=True)
org.command("retention")(org_retention)
org.command("ceiling")(org_ceiling)
channel = typer.Typer(help="Where an organisation's managers see what waits for them.", no_args_is_help=True)
event = typer.Typer(help="What an organisation runs.", no_args_is_help=True)

OrgOption = Annotated[str, typer.Option("--org", help="The organisation's name or id.")]
AnyOrgOption = Annotated[str | None, typer.Option("--org", help="Only this organisation, by name or id.")]


@org.command("add")
def add_organization(
    name: Annotated[str, typer.Argument(help="Its name, unique.")],
    locale: Annotated[str, typer.Option(help="Language of its channels: he or en.")] = "en",
) -> None:
    """Add an organisation."""
    check_locale(locale)
    check_name(name)
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings, begins=True) as db, db.as_operator() as tx:
            if await provisioning.add_organization(tx, name, locale) is None:
                fail(f'There is an organisation named "{name}" already.')
        done(f'Added organisation "{name}".')

    run(work())


@org.command("list")
def list_organizations(as_json: AsJson = False) -> None:
    """List the organisations, with their people and events."""
    settings = settings_from_environment()

    async def work() -> list[provisioning.Row]:
        async with database(settings) as db, db.as_operator() as tx:
            return await provisioning.organizations(tx)

    rows = run(work())
    if as_json:
        print_json(rows)
    elif not rows:
        out.print('There is no organisation yet. Add one with `eventflow org add "Your Organisation"`.')
        point_to_the_demo(settings)
    else:
        columns = ("name", "locale", "people", "owners", "events", "id")
        titles = ("Name", "Language", "People", "Owners", "Events", "Id")
        told = [[str(row[column]) for column in columns] for row in rows]
        show(titles, told, numbers=(2, 3, 4), total=f"{counted(len(rows), 'organisation')}.")


@org.command("rename")
def rename_organization(
    name: Annotated[str, typer.Argument(help="The organisation's name or id.")],
    new: Annotated[str, typer.Argument(help="Its new name, unique.")],
) -> None:
    """Give an organisation another name."""
    check_name(new)
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, name)
            if not await provisioning.rename_organization(tx, found["id"], new):
                fail(f'There is an organisation named "{new}" already.')
        done(f'"{found["name"]}" is called "{new}" now.')

    run(work())


@channel.command("set")
def set_channel(
    organization: OrgOption,
    slack: Annotated[str, typer.Option("--slack", help="TEAM/CHANNEL, such as T0123/C0456.")],
) -> None:
    """Claim a Slack workspace and name the managers' channel in it."""
    team, _, place = slack.partition("/")
    if not (team.startswith(("T", "E")) and place.startswith(("C", "G"))):
        fail("Write the channel as TEAM/CHANNEL, such as T0123/C0456. Both ids are in the channel's address in Slack.")
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, organization)
            if not await provisioning.claim_workspace(tx, found["id"], Address("slack", team, place)):
                fail(f"Workspace {team} is claimed by another organisation.")
        done(f'Cards for the managers of "{found["name"]}" go to {place}; people of {team} are known by their e-mail.')

    run(work())


@channel.command("list")
def list_channels(organization: AnyOrgOption = None, as_json: AsJson = False) -> None:
    """List the claimed workspaces and the managers' channels in them."""
    settings = settings_from_environment()

    async def work() -> list[provisioning.Row]:
        async with database(settings) as db, db.as_operator() as tx:
            return await provisioning.channels(tx, await organization_or_all(tx, organization))

    rows = run(work())
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("No workspace is claimed. Claim one with `eventflow channel set --org ... --slack TEAM/CHANNEL`.")
    else:
        columns = ("organization", "platform", "workspace", "managers_channel")
        titles = ("Organisation", "Platform", "Workspace", "Managers' channel")
        told = [[str(row[column]) for column in columns] for row in rows]
        show(titles, told, total=f"{counted(len(rows), 'workspace')}.")


@channel.command("unset")
def unset_channel(
    organization: OrgOption,
    slack: Annotated[str | None, typer.Option("--slack", help="TEAM; all of the organisation's otherwise.")] = None,
) -> None:
    """Give up the claim of a Slack workspace.

    No card goes to its channel, and no e-mail links anybody there any more.
    """
    settings = settings_from_environment()
    team = slack.partition("/")[0] if slack else None

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, organization)
            claimed = [row["workspace"] for row in await provisioning.channels(tx, found["id"])]
            ended = await provisioning.unclaim(tx, found["id"], "slack", team)
            if not ended:
                which = f"workspace {team}" if team else "no workspace"
                has_not = (
                    f'"{found["name"]}" has not claimed {which}.' if team else f'"{found["name"]}" claims {which}.'
                )
                fail(f"{has_not} {near(team or '', claimed)}".strip())
        done(f'"{found["name"]}" has given up {", ".join(ended)}. Who is linked there stays linked.')

    run(work())


@event.command("list")
def list_events(organization: AnyOrgOption = None, as_json: AsJson = False) -> None:
    """List the events, with their days, time zone and status."""
    settings = settings_from_environment()

    async def work() -> list[provisioning.Row]:
        async with database(settings) as db, db.as_operator() as tx:
            return await provisioning.events(tx, await organization_or_all(tx, organization))

    rows = run(work())
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("There is no event yet. Import one with `eventflow import FILE --org ...`.")
    else:
        columns = ("organization", "name", "starts_on", "ends_on", "time_zone", "status", "id")
        titles = ("Organisation", "Event", "First day", "Last day", "Time zone", "Status", "Id")
        told = [[str(row[column]) for column in columns] for row in rows]
        show(titles, told, total=f"{counted(len(rows), 'event')}.")


def check_locale(locale: str) -> None:
    """End the command where there are no texts in a language."""
    if locale not in LOCALES:
        fail(f"There are no texts in {locale}. Choose one of: {', '.join(LOCALES)}.")


_LONGEST_NAME = 200
"""Characters of a name; the tables' own limit."""


def check_name(name: str) -> None:
    """End the command where a name is empty or too long."""
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        fail(f"A name has between 1 and {_LONGEST_NAME} characters.")
