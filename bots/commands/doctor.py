"""`eventflow doctor`: what is on, what is off, what is wrong, and how to put it right."""

import importlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import typer
from rich.text import Text

from bots.commands.console import done, fail, kept_demo, out, run, settings_from_environment
from bots.commands.tables import AsJson, counted, one_line, print_json
from bots.process import open_database
from bots.slack.outbound import open_slack
from bots.telegram.outbound import open_telegram
from bots.telegram.registration import WebhookState, register_webhook, webhook_state
from core.db import Database, DatabaseDown
from core.delivery.breakages import KNOWN as KNOWN_BREAKAGES
from core.identity import provisioning
from core.jobs.queries import BEATS_TO_MISS, GIVEN_UP, LIVE_WORKERS, WAITING
from core.kernel.errors import AppError, Upstream
from core.kernel.principal import PLATFORM_NAMES
from core.kernel.settings import Settings
from core.safety import missing_migrations, to_reindex, unsafe
from migrations.apply import MigrationError, wanted


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    state: Literal["ok", "off", "wrong"]
    what: str
    fix: str = ""


_RECENT = timedelta(hours=1)
"""Telegram keeps its last failure for ever; an old one says nothing about now."""
_MENDS = {
    "installation": "Install the app again, or renew its token.",
    "right": "Give the app this right and install it again (`eventflow slack manifest` lists them all).",
    "socket": "Look at SLACK_APP_TOKEN (connections:write) and at Socket Mode in the app's settings.",
    "chat": "Add the bot to it again, or run `eventflow channel set`; of a person who blocked it, only they can.",
    "moved": "Run `eventflow channel set` with the new number.",
    "model": "Look at GEMINI_API_KEY, GEMINI_MODEL and the account's limits.",
}
"""What mends each kind of breakage."""
_MARKS = {"ok": ("✓", "green"), "off": ("○", "yellow"), "wrong": ("✗", "red")}


def doctor(
    telegram_webhook: Annotated[
        str | None, typer.Option("--telegram-webhook", help="First tell Telegram to deliver to this address.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check everything, and say what is off and how to switch it on."""
    settings = settings_from_environment()
    if telegram_webhook is not None:
        run(_register(settings, telegram_webhook))
    if as_json:
        found = run(_found(settings))
        print_json(asdict(finding) for finding in found)
        is_wrong = any(finding.state == "wrong" for finding in found)
    else:
        is_wrong = run(_examine(settings))
    if is_wrong:
        raise typer.Exit(1)


def _checks() -> tuple[Callable[[Settings], AsyncGenerator[Finding]], ...]:
    return _database, _set_up, _slack, _telegram, _model


async def _found(settings: Settings) -> list[Finding]:
    return [finding for check in _checks() async for finding in check(settings)]


async def _examine(settings: Settings) -> bool:
    is_wrong, first = False, ""
    for check in _checks():
        async for finding in check(settings):
            mark, colour = _MARKS[finding.state]
            out.print(Text.assemble((mark, colour), " ", one_line(finding.what)), soft_wrap=True)
            if finding.fix:
                out.print(Text(f"  {one_line(finding.fix)}", style="dim"), soft_wrap=True)
            is_wrong = is_wrong or finding.state == "wrong"
            first = first or (finding.fix if finding.state != "ok" else "")
    if first:
        out.print(f"Next: {one_line(first)}", soft_wrap=True)
    return is_wrong


async def _database(settings: Settings) -> AsyncGenerator[Finding]:
    where = "DATABASE_URL" if settings.database_url is not None else f"embedded, in {settings.eventflow_home}"
    try:
        async with open_database(settings) as url:
            db = Database(url, size=2, pooled=settings.database_direct_url is not None)
            await db.open()
            try:
                problems = await unsafe(db)
                missing = await missing_migrations(db, wanted())
                waiting = [] if missing or problems else [*await _waiting(db, settings), *await _to_reindex(db)]
            finally:
                await db.close()
    except DatabaseDown:
        yield Finding("wrong", f"Database ({where}) does not answer.", "Check the address and that the server runs.")
        return
    except MigrationError as wrong:
        yield Finding("wrong", str(wrong))
        return
    yield Finding("ok", f"Database ({where}) answers.")
    if settings.database_url is None and (demo := kept_demo(settings)) is not None:
        yield Finding("ok", f"The demo keeps its data apart, in {demo}: `eventflow --demo ...` works with it.")
    for problem in problems:
        yield Finding("wrong", problem.what, problem.fix)
    if not problems:
        yield Finding(
            "ok", "The login role owns nothing and bypasses nothing; row-level security is forced everywhere."
        )
    if missing:
        yield Finding("wrong", f"Migrations are missing: {', '.join(missing)}.", "Run `eventflow migrate`.")
    else:
        yield Finding("ok", "All migrations are applied.")
    for finding in waiting:
        yield finding


async def _to_reindex(db: Database) -> list[Finding]:
    said = "btree_gist of PostgreSQL before 18.6 built indexes on floats wrong where there was a NaN"
    return [
        Finding("off", f"{said}: {name}.", f"On 18.6 or newer, once, as the owner: reindex index concurrently {name};")
        for name in await to_reindex(db)
    ]


async def _waiting(db: Database, settings: Settings) -> list[Finding]:
    """Return what waits in the queue and why nobody takes it: off is not gone."""
    rows = await db.run_as_system(WAITING)
    silent = settings.eventflow_heartbeat_seconds * BEATS_TO_MISS
    [alive] = await db.run_as_system(LIVE_WORKERS, {"silent_seconds": silent})
    found: list[Finding] = []
    for platform, (name, is_on, setting) in _platforms(settings).items():
        jobs = sum(row["jobs"] for row in rows if row["queue"].partition("/")[0] == platform)
        if jobs and not is_on:
            found.append(Finding("wrong", f"{jobs} jobs wait for {name}, which is off here.", f"Set {setting}."))
    total = sum(row["jobs"] for row in rows)
    [given_up] = await db.run_as_system(GIVEN_UP)
    if given_up["jobs"]:
        what = f"{given_up['jobs']} jobs were given up because workers died of them; they are kept in the queue."
        found.append(Finding("wrong", what, "Look at them in procrastinate.procrastinate_jobs, status failed."))
    if total and not alive["workers"]:
        found.append(Finding("wrong", f"{total} jobs wait, and no worker is alive.", "Run `eventflow worker`."))
    broken = await db.run_as_system(KNOWN_BREAKAGES)
    return [*found, *(_broken(row) for row in broken)]


def _broken(row: dict[str, Any]) -> Finding:
    """Say what owners were told of and nobody has mended; what works again is not there any more."""
    name = PLATFORM_NAMES[row["platform"]]
    where = {"chat": f"a chat ({row['place']})", "moved": f"a group ({row['place']})", "right": f"{row['place']}"}
    what = f"{name} refuses {where.get(row['kind'], 'us')} since {row['since']:%Y-%m-%d %H:%M} UTC: {row['why']}."
    return Finding("wrong", what, _MENDS[row["kind"]])


def _platforms(settings: Settings) -> dict[str, tuple[str, bool, str]]:
    slack = "SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN"
    return {
        "slack": ("Slack", settings.slack_is_on, slack),
        "telegram": ("Telegram", settings.telegram_is_on, "TELEGRAM_BOT_TOKEN"),
    }


async def _set_up(settings: Settings) -> AsyncGenerator[Finding]:
    """Say what an organisation still lacks before anybody can decide anything: the first step that is missing."""
    try:
        async with open_database(settings) as url:
            db = Database(url, size=2, pooled=settings.database_direct_url is not None)
            await db.open()
            try:
                if await unsafe(db) or await missing_migrations(db, wanted()):
                    return
                async with db.as_operator() as tx:
                    known, claimed = await provisioning.organizations(tx), await provisioning.channels(tx, None)
            finally:
                await db.close()
    except (DatabaseDown, MigrationError):
        return
    if not known:
        yield Finding("off", "There is no organisation yet.", 'Run `eventflow org add "Your Organisation"`.')
    for row in known:
        yield _step(row, has_channel=row["name"] in {each["organization"] for each in claimed})


def _step(row: provisioning.Row, *, has_channel: bool) -> Finding:
    name = row["name"]
    org = f'--org "{name}"'
    if not row["owners"]:
        fix = f'Run `eventflow user add you@example.org {org} --name "Your Name" --role owner`.'
        return Finding("off", f'"{name}" has no owner yet.', fix)
    if not row["events"]:
        return Finding("off", f'"{name}" has no event yet.', f"Run `eventflow import schedule.json {org}`.")
    if not has_channel:
        fix = f"Run `eventflow channel set {org} --slack TEAM/CHANNEL`; with Telegram alone it is not needed."
        return Finding("off", f'"{name}" has no managers\' channel yet.', fix)
    people, events = counted(row["people"], "person", "people"), counted(row["events"], "event")
    return Finding("ok", f'"{name}" has {people} and {events}.')


async def _slack(settings: Settings) -> AsyncGenerator[Finding]:
    alone = [name for name in ("slack_signing_secret", "slack_app_token") if getattr(settings, name) is not None]
    if settings.slack_bot_token is None and alone:
        fix = "Set SLACK_BOT_TOKEN (xoxb-..., under OAuth & Permissions of your Slack app)."
        yield Finding("wrong", f"{' and '.join(alone).upper()} without SLACK_BOT_TOKEN: Slack stays off.", fix)
        return
    if settings.slack_bot_token is None:
        yield Finding("off", "Slack is off.", "Set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN.")
        return
    if not settings.slack_is_on:
        fix = "Set SLACK_SIGNING_SECRET (requests over HTTP) or SLACK_APP_TOKEN (Socket Mode)."
        yield Finding("wrong", "Slack has a bot token and no way to receive.", fix)
        return
    try:
        async with open_slack(settings) as slack:
            who = await slack.whoami()
    except AppError:
        yield Finding(
            "wrong", "Slack does not answer, or refuses the token.", "Check SLACK_BOT_TOKEN and SLACK_API_URL."
        )
        return
    way = "Socket Mode" if settings.slack_app_token is not None else "POST /slack/events"
    yield Finding("ok", f"Slack: {who.name} in {who.team_name} ({who.team}), receiving by {way}.")


async def _telegram(settings: Settings) -> AsyncGenerator[Finding]:
    if settings.telegram_bot_token is None and settings.telegram_webhook_secret is not None:
        fix = "Set TELEGRAM_BOT_TOKEN (BotFather gave it with the bot), or unset the secret."
        yield Finding("wrong", "TELEGRAM_WEBHOOK_SECRET without TELEGRAM_BOT_TOKEN: Telegram stays off.", fix)
        return
    if settings.telegram_bot_token is None:
        yield Finding(
            "off", "Telegram is off.", "Set TELEGRAM_BOT_TOKEN; with TELEGRAM_WEBHOOK_SECRET it receives by webhook."
        )
        return
    try:
        async with open_telegram(settings, introduce=False) as telegram:
            state = await webhook_state(telegram)
    except (AppError, ValueError) as told:
        said = str(told) if isinstance(told, ValueError) else "Telegram does not answer, or refuses the token."
        yield Finding("wrong", said, "Check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL.")
        return
    yield Finding("ok", f"Telegram: @{state.username}.")
    yield _webhook(settings, state)


def _webhook(settings: Settings, state: WebhookState) -> Finding:
    if settings.telegram_webhook_secret is None:
        leftover = " A webhook that is left over is deleted when polling starts." if state.url else ""
        return Finding("ok", f"Telegram receives by polling.{leftover}")
    if state.url is None:
        return Finding(
            "wrong",
            "Telegram knows no webhook, and a webhook secret is set.",
            "Run `eventflow doctor --telegram-webhook https://YOUR.ADDRESS/telegram/webhook`, or unset it to poll.",
        )
    if state.missing:
        return Finding(
            "wrong",
            f"Telegram does not deliver {', '.join(state.missing)}: an older program registered the webhook.",
            f"Run `eventflow doctor --telegram-webhook {state.url}` once.",
        )
    if state.last_error_at is not None and datetime.now(UTC) - state.last_error_at < _RECENT:
        return Finding(
            "wrong",
            f"Telegram's last delivery failed: {state.last_error}",
            f"Check that {state.url} reaches this program.",
        )
    return Finding("ok", f"Telegram delivers to {state.url}, {state.pending} waiting.")


async def _register(settings: Settings, url: str) -> None:
    if settings.telegram_webhook_secret is None:
        fail("Set TELEGRAM_WEBHOOK_SECRET first: without it anybody could pretend to be Telegram.")
    try:
        async with open_telegram(settings, introduce=False) as telegram:
            await register_webhook(telegram, url, settings.telegram_webhook_secret)
    except ValueError as wrong:
        fail(f"Telegram does not take {url}: {wrong}.")
    except AppError:
        fail("Telegram does not answer, or refuses the token. Check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL.")
    done(f"Telegram delivers to {url} from now on.")


async def _model(settings: Settings) -> AsyncGenerator[Finding]:
    if not settings.model_is_on:
        yield Finding("off", "The model is off.", "Set GEMINI_API_KEY.")
        return
    open_model: Callable[[Settings], Any] = importlib.import_module("core.ai.gemini").open_model
    try:
        model = open_model(settings)
    except ValueError as wrong:
        yield Finding("wrong", str(wrong), "Correct GEMINI_PRICES, or leave it out.")
        return
    try:
        await model.ping()
    except Upstream:
        yield Finding("wrong", "Gemini does not answer.", "Check GEMINI_API_URL and the network.")
    except AppError as told:
        yield Finding("wrong", f"Gemini refuses ({told.phrase.id}).", "Check GEMINI_API_KEY and GEMINI_MODEL.")
    else:
        yield Finding("ok", f"Gemini: {settings.gemini_model} answers.")
    finally:
        await model.close()
