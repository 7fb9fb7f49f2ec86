"""`eventflow link`: which chat account is whose; a one-time code for who has none yet; and the way to end it."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bots.commands.console import database, done, fail, out, run, settings_from_environment
from bots.commands.naming import organization_or_all, the_user
from bots.commands.organizations import AnyOrgOption
from bots.commands.people import PersonArgument
from bots.commands.tables import AsJson, counted, one_line, print_json, show
from bots.telegram.outbound import open_telegram
from bots.telegram.secrecy import bot_id_of
from core.db import Database
from core.identity import people, provisioning
from core.identity.people import Listed
from core.identity.provisioning import TOKEN_LIFE, Member
from core.kernel.errors import AppError
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings


class _LinkOrSubcommand(TyperGroup):
    """`eventflow link noa@...` links; `list` and `revoke` are commands of their own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the hidden command's name before what is no command."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["person", *args]
        return super().parse_args(ctx, args)


link = typer.Typer(
    cls=_LinkOrSubcommand,
    no_args_is_help=True,
    help="Link a chat account to a person: `eventflow link E-MAIL`. `eventflow link person --help` has its options.",
)
SlackOption = Annotated[str | None, typer.Option("--slack", help="TEAM/USER, such as T0123/U0456.")]
TelegramOption = Annotated[str | None, typer.Option("--telegram", help="The numeric Telegram user id.")]


@link.command("person")
def link_person(
    person: PersonArgument,
    slack: SlackOption = None,
    telegram: TelegramOption = None,
    organization: Annotated[str | None, typer.Option("--org", help="Needed when several know the address.")] = None,
) -> None:
    """Link a chat account to a person, or print a one-time code.

    The word `person` may be left out: `eventflow link E-MAIL`.
    """
    settings = settings_from_environment()
    who = _chat_user(settings, slack, telegram)

    async def work() -> None:
        async with database(settings) as db:
            async with db.as_operator() as tx:
                found = await the_user(tx, person, organization)
                if found.standing == "erased":
                    fail("This person was erased. Add them anew with `eventflow user add`.")
                if found.standing == "off":
                    fail(f"{found.full_name} has no access. Give it back first: `eventflow user on {found.email}`.")
            if who is None:
                await _print_code(settings, db, _person(found))
                return
            async with db.as_operator() as tx:
                linked = await provisioning.link(tx, _person(found), who)
            if not linked:
                fail(f"{who.platform} user {who.user} is linked to somebody else.")
            done(f"Linked {who.platform} user {who.user} to {found.full_name}.")

    run(work())


@link.command("list")
def list_links(
    person: Annotated[str | None, typer.Argument(help="Only this person's.")] = None,
    organization: AnyOrgOption = None,
    as_json: AsJson = False,
) -> None:
    """List which chat account is whose, and how it came to be."""
    settings = settings_from_environment()

    async def work() -> list[dict[str, Any]]:
        async with database(settings) as db, db.as_operator() as tx:
            within = await organization_or_all(tx, organization)
            who = None if person is None else (await the_user(tx, person, organization)).id
            return await people.links(tx, within, who)

    rows = run(work())
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("Nobody is linked. `eventflow link E-MAIL` prints a one-time code.")
    else:
        columns = ("full_name", "email", "platform", "workspace", "platform_user", "linked_by", "organization")
        titles = ("Name", "E-mail", "Platform", "Workspace", "User", "By", "Organisation")
        told = [[str(row[column]) for column in columns] for row in rows]
        show(titles, told, total=f"{counted(len(rows), 'link')}.")


@link.command("revoke")
def revoke(
    person: Annotated[str | None, typer.Argument(help="Whose links end, all of them.")] = None,
    slack: SlackOption = None,
    telegram: TelegramOption = None,
    organization: AnyOrgOption = None,
) -> None:
    """End links at once, for good.

    One chat account's, or all of a person's with every code that is out.
    """
    settings = settings_from_environment()
    who = _chat_user(settings, slack, telegram)
    if (person is None) == (who is None):
        fail("Say whose links end: a person, or one account with --slack or --telegram.")

    async def work() -> None:
        async with database(settings) as db, db.as_operator() as tx:
            if who is not None:
                if not await provisioning.revoke(tx, who):
                    fail(
                        f"{who.platform} user {who.user} is not linked to anybody. `eventflow link list` shows who is."
                    )
                done(f"{who.platform} user {who.user} is not linked any more.")
                return
            found = await the_user(tx, person or "", organization)
            ended = await people.revoke_links(tx, found, None)
            said = ", ".join(f"{row['platform']} {row['platform_user']}" for row in ended) or "no account was"
            done(f"{found.full_name} is not linked any more: {said}. Codes that were out are dead.")

    run(work())


async def _print_code(settings: Settings, db: Database, person: Member) -> None:
    async with db.as_operator() as tx:
        token, _expires = await provisioning.new_token(tx, person)
    minutes = int(TOKEN_LIFE.total_seconds() // 60)
    out.print(f"One-time code for {one_line(person.full_name)}, valid for {minutes} minutes:")
    out.print(f"  In Slack, write to the assistant:  link {token}", soft_wrap=True)
    out.print(f"  In Telegram, write to the bot:     /start {token}", soft_wrap=True)
    if settings.telegram_is_on:
        try:
            async with open_telegram(settings) as bot:
                out.print(f"  Or open:  {await bot.deep_link(token)}", soft_wrap=True)
        except AppError:
            out.print("  (Telegram does not answer, so there is no link to open now.)")


def _person(found: Listed) -> Member:
    return Member(found.id, found.organization_id, found.full_name, found.email, found.role, found.organization)


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
