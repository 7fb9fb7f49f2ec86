"""`eventflow org | user | link | channel`: who works for whom, and where they chat."""

from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

import typer

from bots.commands.console import database, done, fail, out, run, settings_from_environment
from bots.telegram.outbound import open_telegram
from bots.telegram.secrecy import bot_id_of
from core.db import Database
from core.identity import provisioning
from core.identity.provisioning import TOKEN_LIFE, Person
from core.kernel.errors import AppError
from core.kernel.messages import Address
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from core.texts import LOCALES

org = typer.Typer(help="Organisations.", no_args_is_help=True)
user = typer.Typer(help="The people of an organisation.", no_args_is_help=True)
channel = typer.Typer(help="Where an organisation's managers see what waits for them.", no_args_is_help=True)

OrgOption = Annotated[str, typer.Option("--org", help="The organisation's name or id.")]


class RoleName(StrEnum):
    """The roles that a person may have."""

    owner = "owner"
    manager = "manager"
    staff = "staff"
    viewer = "viewer"


@org.command("add")
def add_organization(
    name: Annotated[str, typer.Argument(help="Its name, unique.")],
    locale: Annotated[str, typer.Option(help="Language of its channels: he or en.")] = "en",
) -> None:
    """Add an organisation."""
    _check_locale(locale)
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            if await provisioning.add_organization(tx, name, locale) is None:
                fail(f'There is an organisation named "{name}" already.')
        done(f'Added organisation "{name}".')

    run(work())


@user.command("add")
def add_user(  # noqa: PLR0917 typer takes options by position of the signature
    email: Annotated[str, typer.Argument(help="Their e-mail address, also what Slack must vouch for.")],
    organization: OrgOption,
    name: Annotated[str, typer.Option("--name", help="Their name, as cards show it.")],
    role: Annotated[RoleName, typer.Option("--role", help="owner and manager decide, staff suggest, viewers read.")],
    locale: Annotated[str, typer.Option(help="Their language: he or en.")] = "en",
    timezone: Annotated[str, typer.Option(help="Their time zone, such as Asia/Jerusalem.")] = "UTC",
) -> None:
    """Add a person."""
    _check_locale(locale)
    if "@" not in email:
        fail(f'"{email}" is no e-mail address.')
    if timezone not in available_timezones():
        fail(f'There is no time zone "{timezone}". Write one such as Asia/Jerusalem or UTC.')
    settings = settings_from_environment()

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            found = await provisioning.organization_named(tx, organization)
            if found is None:
                fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
            added = await provisioning.add_person(
                tx, found["id"], email=email, name=name, role=role.value, locale=locale, timezone=timezone
            )
            if added is None:
                fail(f'"{found["name"]}" has somebody with the address {email} already.')
        done(f"Added {name} ({role.value}).")

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
            found = await provisioning.organization_named(tx, organization)
            if found is None:
                fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
            if not await provisioning.claim_workspace(tx, found["id"], Address("slack", team, place)):
                fail(f"Workspace {team} is claimed by another organisation.")
        done(f'Cards for the managers of "{found["name"]}" go to {place}; people of {team} are known by their e-mail.')

    run(work())


def link(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    slack: Annotated[str | None, typer.Option("--slack", help="TEAM/USER, such as T0123/U0456.")] = None,
    telegram: Annotated[str | None, typer.Option("--telegram", help="The numeric Telegram user id.")] = None,
    organization: Annotated[str | None, typer.Option("--org", help="Needed when several know the address.")] = None,
) -> None:
    """Link a chat account to a person; without one, print a one-time code for them."""
    settings = settings_from_environment()
    who = _chat_user(settings, slack, telegram)

    async def work() -> None:
        async with database(settings) as db:
            async with db.as_operator() as tx:
                person = _only(await provisioning.people_with(tx, email, organization), email)
            if who is None:
                await _print_code(settings, db, person)
                return
            async with db.as_operator() as tx:
                linked = await provisioning.link(tx, person, who)
            if not linked:
                fail(f"{who.platform} user {who.user} is linked to somebody else.")
            done(f"Linked {who.platform} user {who.user} to {person.full_name}.")

    run(work())


async def _print_code(settings: Settings, db: Database, person: Person) -> None:
    async with db.as_operator() as tx:
        token, _expires = await provisioning.new_token(tx, person)
    minutes = int(TOKEN_LIFE.total_seconds() // 60)
    out.print(f"One-time code for {person.full_name}, valid for {minutes} minutes:", markup=False)
    out.print(f"  In Slack, write to the assistant:  link {token}", markup=False, soft_wrap=True)
    out.print(f"  In Telegram, write to the bot:     /start {token}", markup=False, soft_wrap=True)
    if settings.telegram_is_on:
        try:
            async with open_telegram(settings) as bot:
                out.print(f"  Or open:  {await bot.deep_link(token)}", markup=False, soft_wrap=True)
        except AppError:
            out.print("  (Telegram does not answer, so there is no link to open now.)", markup=False)


def _chat_user(settings: Settings, slack: str | None, telegram: str | None) -> ChatUser | None:
    if slack and telegram:
        fail("Give --slack or --telegram, not both.")
    if slack:
        team, _, who = slack.partition("/")
        if not (team.startswith(("T", "E")) and who.startswith(("U", "W"))):
            fail("Write the Slack account as TEAM/USER, such as T0123/U0456.")
        return ChatUser("slack", team, who)
    if telegram:
        if not telegram.isdigit():
            fail("A Telegram account is named by its numeric user id.")
        if settings.telegram_bot_token is None:
            fail("Set TELEGRAM_BOT_TOKEN first: a Telegram account is linked for one bot.")
        return ChatUser("telegram", bot_id_of(settings.telegram_bot_token), telegram)
    return None


def _only(found: list[Person], email: str) -> Person:
    if not found:
        fail(f"Nobody has the address {email}. Add them with `eventflow user add`.")
    if len(found) > 1:
        fail(f"Several organisations know {email}: {', '.join(each.organization for each in found)}. Give --org.")
    return found[0]


def _check_locale(locale: str) -> None:
    if locale not in LOCALES:
        fail(f"There are no texts in {locale}. Choose one of: {', '.join(LOCALES)}.")
