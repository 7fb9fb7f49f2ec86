"""`eventflow user`: who works for an organisation, what they may do, and the way out."""

import sys
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import typer

from bots.commands.console import database, done, fail, out, run, settings_from_environment
from bots.commands.naming import check_zone, organization_or_all, the_organization, the_user
from bots.commands.organizations import AnyOrgOption, OrgOption, check_locale, check_name
from bots.commands.tables import AsJson, counted, print_json, show, show_pairs
from core.identity import people, provisioning
from core.identity.people import Listed
from core.kernel.tools import Transaction

user = typer.Typer(help="The people of an organisation.", no_args_is_help=True)

PersonArgument = Annotated[str, typer.Argument(help="The person's e-mail address, name or id.")]
Successor = Annotated[
    str | None, typer.Option("--successor", help="Who becomes an owner first, where the last one goes.")
]


class RoleName(StrEnum):
    """The roles that a person may have."""

    owner = "owner"
    manager = "manager"
    staff = "staff"
    viewer = "viewer"


@user.command("add")
def add_user(
    email: Annotated[str, typer.Argument(help="Their e-mail address, also what Slack must vouch for.")],
    organization: OrgOption,
    name: Annotated[str, typer.Option("--name", help="Their name, as cards show it.")],
    role: Annotated[RoleName, typer.Option("--role", help="owner and manager decide, staff suggest, viewers read.")],
    locale: Annotated[str, typer.Option(help="Their language: he or en.")] = "en",
    timezone: Annotated[str, typer.Option(help="Their time zone, such as Asia/Jerusalem.")] = "UTC",
    subject: Annotated[
        str | None, typer.Option("--id", help="Their id at your identity provider (the token's sub, a UUID).")
    ] = None,
) -> None:
    """Add a person."""
    check_locale(locale)
    check_name(name)
    if "@" not in email:
        fail(f'"{email}" is no e-mail address.')
    check_zone(timezone)
    user_id = _subject(subject)
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, organization)
            added = await provisioning.add_person(
                tx,
                found["id"],
                provisioning.NewPerson(
                    email=email.strip(), name=name, role=role.value, locale=locale, timezone=timezone, id=user_id
                ),
            )
            if added is None:
                taken = f", or somebody has the id {user_id}" if user_id else ""
                fail(f'"{found["name"]}" has somebody with the address {email} already{taken}.')
        done(f"Added {name} ({role.value}).")

    run(work())


@user.command("list")
def list_users(organization: AnyOrgOption = None, as_json: AsJson = False) -> None:
    """List the people: role, access, and where they are linked."""
    settings = settings_from_environment()

    async def work() -> list[Listed]:
        async with database(settings) as db, db.as_operator() as tx:
            return await people.listed(tx, await organization_or_all(tx, organization))

    found = run(work())
    if as_json:
        print_json(map(_data, found))
    elif not found:
        out.print("Nobody is there yet. Add somebody with `eventflow user add`.")
    else:
        show(
            ("Name", "E-mail", "Role", "Access", "Linked in", "Organisation"),
            [
                (each.full_name, each.email, each.role, each.standing, ", ".join(each.links), each.organization)
                for each in found
            ],
            total=f"{counted(len(found), 'person', 'people')}.",
        )


@user.command("show")
def show_user(person: PersonArgument, organization: AnyOrgOption = None, as_json: AsJson = False) -> None:
    """Show everything that is kept about somebody's access."""

    async def work(_tx: Transaction, who: Listed) -> list[str]:
        if as_json:
            print_json([_data(who)])
            return []
        show_pairs((title.replace("_", " "), _said(value)) for title, value in _data(who).items())
        return []

    _with(person, organization, work)


@user.command("role")
def change_role(
    person: PersonArgument,
    role: Annotated[RoleName, typer.Argument(help="owner and manager decide, staff suggest, viewers read.")],
    organization: AnyOrgOption = None,
    successor: Successor = None,
) -> None:
    """Give somebody another role. It holds at once, for cards already on screen too."""

    async def work(tx: Transaction, who: Listed) -> list[str]:
        _must_be_there(who)
        if who.role == role.value:
            return [f"{who.full_name} has the role {role.value} already."]
        followed = [] if role is RoleName.owner else await _keep_an_owner(tx, who, successor)
        await people.set_role(tx, who, role.value)
        return [*followed, f"{who.full_name} is {role.value} now, was {who.role}."]

    _with(person, organization, work)


@user.command("off")
def switch_off(person: PersonArgument, organization: AnyOrgOption = None, successor: Successor = None) -> None:
    """Switch somebody's access off at once.

    Their links end, their codes die, their presses do nothing.
    """

    async def work(tx: Transaction, who: Listed) -> list[str]:
        _must_be_there(who)
        if not who.is_active:
            return [f"{who.full_name} has no access already."]
        followed = await _keep_an_owner(tx, who, successor)
        await people.set_active(tx, who, is_active=False)
        ended = f"{counted(len(who.links), 'link')} and {counted(who.codes, 'code')} ended"
        return [*followed, f"{who.full_name} has no access any more; {ended}. `eventflow user on` gives it back."]

    _with(person, organization, work)


@user.command("on")
def switch_on(person: PersonArgument, organization: AnyOrgOption = None) -> None:
    """Give somebody access again. Old links and codes stay dead: link them anew with `eventflow link`."""

    async def work(tx: Transaction, who: Listed) -> list[str]:
        _must_be_there(who)
        if who.is_active:
            return [f"{who.full_name} has access already."]
        await people.set_active(tx, who, is_active=True)
        return [
            f"{who.full_name} has access again. In a claimed Slack workspace their e-mail links them; "
            f"elsewhere run `eventflow link {who.email}`."
        ]

    _with(person, organization, work)


@user.command("erase")
def erase(
    person: PersonArgument,
    organization: AnyOrgOption = None,
    successor: Successor = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Take somebody's personal data out for good.

    The audit log stays as it is, and still verifies: docs/operating.md has what is left and why.
    """

    async def work(tx: Transaction, who: Listed) -> list[str]:
        if who.erased_at is not None:
            return ["This person was erased before."]
        if sys.stdin.isatty() and not yes:
            typer.confirm(f"Erase {who.full_name} ({who.email})? There is no way back.", abort=True)
        followed = await _keep_an_owner(tx, who, successor)
        locale = (await the_organization(tx, who.organization))["locale"]
        await people.forget(tx, who, locale)
        return [
            *followed,
            f"{who.full_name} is erased: profile, links, codes, talks; the log points to a stand-in name.",
            "The log keeps the words of requests and reasons, and names that stand in them, because every entry is "
            "sealed in the chain that `eventflow log verify` walks.",
        ]

    _with(person, organization, work)


def _with(said: str, organization: str | None, work: Callable[[Transaction, Listed], Awaitable[list[str]]]) -> None:
    """Do something about a person in one transaction, and say what was done once it is committed."""
    settings = settings_from_environment()

    async def do() -> list[str]:
        async with database(settings) as db, db.as_operator() as tx:
            return await work(tx, await the_user(tx, said, organization))

    for sentence in run(do()):
        done(sentence)


async def _keep_an_owner(tx: Transaction, who: Listed, successor: str | None) -> list[str]:
    """Let nobody leave an organisation without an owner; ``successor`` becomes one first."""
    if who.role != "owner" or not who.is_active:
        return []
    if successor is not None:
        next_owner = await the_user(tx, successor, who.organization)
        if next_owner.id == who.id or not next_owner.is_active:
            fail(f"{next_owner.full_name} cannot follow: name somebody else who has access.")
        await people.set_role(tx, next_owner, "owner")
        return [f"{next_owner.full_name} is owner now, was {next_owner.role}."]
    if await people.other_owners(tx, who) == 0:
        fail(
            f'{who.full_name} is the last owner of "{who.organization}". '
            "Name another with --successor, or `eventflow user role ... owner` first."
        )
    return []


def _must_be_there(who: Listed) -> None:
    if who.erased_at is not None:
        fail("This person was erased. Add them anew with `eventflow user add`.")


def _subject(said: str | None) -> UUID | None:
    if said is None:
        return None
    try:
        return UUID(said)
    except ValueError:
        fail(f'"{said}" is no id of an identity provider. Write a UUID, such as 0b2c1f6e-6d1c-4f6e-9a55-3f1f6d1c4f6e.')


def _said(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _data(who: Listed) -> dict[str, Any]:
    return {
        "id": who.id,
        "name": who.full_name,
        "email": who.email,
        "role": who.role,
        "access": who.standing,
        "organization": who.organization,
        "language": who.locale,
        "timezone": who.timezone,
        "since": who.created_at,
        "linked_in": list(who.links),
        "codes": who.codes,
    }
