"""`eventflow demo`: a Slack and a Telegram chat side by side, on a real database with a conference in it."""

import asyncio
import secrets
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr
from rich.progress import Progress
from rich.text import Text

from bots.app import web_app
from bots.commands.alone import alone
from bots.commands.console import err, fail, out, run, settings_to_serve
from bots.commands.demo_data import OwnData, examples_of, own_data
from bots.commands.demo_people import COMPANY, PEOPLE, add_people
from bots.commands.importing_people import print_people
from bots.incoming import Unfinished
from bots.playground.app import PlaygroundConfig, create_playground
from bots.playground.gemini import gemini_router
from bots.playground.sentences import EXAMPLES
from bots.process import open_database, open_process
from bots.serving import PortTaken, Site, bind, serve, stop_on_signals
from core.db import Database
from core.identity import provisioning
from core.imports.demo import load_demo, write_demo
from core.imports.models import Answers, DayOrder, in_english
from core.imports.people.write import write_roster
from core.imports.report import summary
from core.imports.writing import write
from core.kernel.settings import Settings

_ZONE = "Asia/Jerusalem"
_TELEGRAM_BOT = "7000000001"
_SHARED_FILES = 64_000_000
"""Bytes: the chats of the page take files, of 20 MB at most."""


def demo(
    schedule: Annotated[
        Path | None, typer.Option("--schedule", help="Your own schedule in the place of the sample, in any format.")
    ] = None,
    people: Annotated[
        Path | None, typer.Option("--people", help="Your own people or vendors: CSV or a spreadsheet.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="The place's time zone, where your schedule names none.")
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="Your event's name, where the file has none.")] = None,
    dates: Annotated[
        DayOrder | None, typer.Option("--dates", help="What comes first in dates such as 5/6/2027.")
    ] = None,
) -> None:
    """Start the playground: two chats on sample data.

    The real adapters work between them, on an embedded PostgreSQL.
    """
    settings = settings_to_serve(quiet=True)
    own: OwnData | None = None
    if schedule is None:
        if people is not None:
            fail("--people goes with --schedule: people belong to an event.")
    elif settings.database_url is not None:
        fail("Your own data has a database of its own here; unset DATABASE_URL, or use `eventflow import`.")
    else:
        own = own_data(schedule, people, Answers(zone=zone, event=event, dates=dates), datetime.now(UTC).date())
    home = settings.eventflow_home / (own.folder if own else "demo")
    settings = beside_others(settings.model_copy(update={"eventflow_home": home}))
    page = f"http://{settings.eventflow_host}:{settings.eventflow_playground_port}"
    with alone(home, "`eventflow demo`", page):
        run(_demo(settings, own))


def beside_others(settings: Settings) -> Settings:
    """Return settings with a port that is free, where nobody asked for one: a real program may listen there."""
    if "eventflow_port" in settings.model_fields_set:
        return settings
    with socket.socket(socket.AF_INET6 if ":" in settings.eventflow_host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.eventflow_host, settings.eventflow_port))
        except OSError:
            probe.bind((settings.eventflow_host, 0))
        return settings.model_copy(update={"eventflow_port": probe.getsockname()[1]})


async def _demo(given: Settings, own: OwnData | None) -> None:
    stop, ready = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    settings, config = demo_settings(given)
    if given.database_url is not None:
        err.print("DATABASE_URL is left alone: the demo uses a database of its own, the embedded one.")
    err.print("Starting PostgreSQL ...")
    async with open_database(settings) as url:
        await (_fill(url) if own is None else _fill_with(url, own))
        async with open_process(settings, url) as process:
            refused: list[str] = []

            def refuse(why: str) -> None:
                refused.append(why)
                stop.set()

            app = web_app(process, with_worker=True, refuse=refuse)
            page = create_playground(
                config,
                settings.eventflow_home / "playground.json",
                extra=[gemini_router()],
                examples=EXAMPLES if own is None else examples_of(own.schedule),
                model_is_real=given.model_is_on,
            )
            sites = [
                Site(
                    page,
                    settings.eventflow_host,
                    settings.eventflow_playground_port,
                    page.state.close,
                    unfinished=Unfinished(most=_SHARED_FILES),
                ),
                Site(
                    app,
                    settings.eventflow_host,
                    settings.eventflow_port,
                    request_seconds=settings.eventflow_request_seconds,
                ),
            ]
            announce = asyncio.create_task(_announce(ready, sites[0]))
            try:
                await serve([(site, bind(site)) for site in sites], stop, ready)
            except PortTaken as taken:
                fail(f"{taken} Set EVENTFLOW_PORT or EVENTFLOW_PLAYGROUND_PORT to a free one.")
            finally:
                announce.cancel()
            if refused:
                fail(refused[0])
    out.print("Stopped. Everything is kept; `eventflow demo` goes on where you left off.")


def demo_settings(given: Settings) -> tuple[Settings, PlaygroundConfig]:
    """Return settings that point the real adapters at the stand-ins; secrets are drawn anew for every run."""
    page = f"http://{given.eventflow_host}:{given.eventflow_playground_port}"
    signing, bot, hook = (secrets.token_urlsafe(32) for _ in range(3))
    telegram = f"{_TELEGRAM_BOT}:{secrets.token_urlsafe(32)}"
    changes: dict[str, object] = {
        # Its people and its worker must never touch a database in which others work.
        "database_url": None,
        "database_direct_url": None,
        "database_owner_url": None,
        "slack_signing_secret": SecretStr(signing),
        "slack_bot_token": SecretStr(f"xoxb-{bot}"),
        "slack_app_token": None,
        "slack_api_url": f"{page}/slack/api",
        "telegram_bot_token": SecretStr(telegram),
        "telegram_webhook_secret": SecretStr(hook),
        "telegram_api_url": f"{page}/telegram",
    }
    if not given.model_is_on:
        changes |= {"gemini_api_key": SecretStr("stand-in"), "gemini_api_url": f"{page}/gemini"}
    config = PlaygroundConfig(
        events_url=f"http://{given.eventflow_host}:{given.eventflow_port}",
        slack_signing_secret=SecretStr(signing),
        slack_bot_token=SecretStr(f"xoxb-{bot}"),
        telegram_bot_token=SecretStr(telegram),
        telegram_webhook_secret=SecretStr(hook),
    )
    return given.model_copy(update=changes), config


async def _fill(url: str) -> None:
    """Put the sample company and its conference in, once; day one is tomorrow, so that questions make sense."""
    db = Database(url, size=2)
    await db.open()
    try:
        async with db.as_operator() as tx:
            if await provisioning.organization_named(tx, COMPANY) is not None:
                return
        first_day = (datetime.now(UTC).astimezone(ZoneInfo(_ZONE)) + timedelta(days=1)).date()
        sample = load_demo(first_day)
        async with db.as_operator() as tx:
            organization = await add_people(tx, telegram_bot=_TELEGRAM_BOT)
            importer = await provisioning.command_line_of(tx, organization)
        with Progress(console=err, transient=True) as progress:
            bar = progress.add_task("Importing the conference", total=len(sample.schedule.sessions))
            async with db.acting_as(importer) as tx:
                await write_demo(tx, sample, lambda done, total: progress.update(bar, completed=done, total=total))
    finally:
        await db.close()


async def _fill_with(url: str, own: OwnData) -> None:
    """Put somebody's own schedule and people in, around the sample's people; again is fine, as with any import."""
    db = Database(url, size=2)
    await db.open()
    try:
        async with db.as_operator() as tx:
            known = await provisioning.organization_named(tx, COMPANY)
            organization = known["id"] if known else await add_people(tx, telegram_bot=_TELEGRAM_BOT)
            importer = await provisioning.command_line_of(tx, organization)
        async with db.acting_as(importer) as tx:
            report = await write(tx, own.schedule, lambda _done, _total: None)
        out.print(Text(in_english(summary(report))))
        if own.roster is not None:
            async with db.acting_as(importer) as tx:
                print_people(
                    await write_roster(tx, own.roster, report.event.name), "vendors" if own.roster.vendors else "people"
                )
        for line in filter(None, (own.note, *(in_english(note) for note in own.schedule.notes))):
            err.print(Text(line))
    finally:
        await db.close()


async def _announce(ready: asyncio.Event, page: Site) -> None:
    await ready.wait()
    address = f"http://{page.host}:{page.port}"
    out.print(Text.assemble("\n  EventFlow Chat is ready:  ", (address, "bold"), "\n"))
    out.print(f"  People: {', '.join(f'{person.name} ({person.role})' for person in PEOPLE)}")
    out.print("  The log: eventflow --demo log       Stop: Ctrl-C\n", soft_wrap=True)
