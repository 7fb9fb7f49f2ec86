"""`eventflow retention run`, `eventflow org retention`: how long what is not the log is kept, and what is too old."""

from typing import Annotated, Any

import typer

from bots.commands.console import database, done, out, run, settings_from_environment
from bots.commands.naming import organization_or_all, the_organization
from bots.commands.tables import AsJson, counted, print_json, show
from core.identity import provisioning
from core.jobs import retention as kept
from core.jobs.retention import Swept

retention = typer.Typer(help="How long what is not the log is kept.", no_args_is_help=True)

_LONGEST = 3650
_SHORTEST_DELIVERIES = 3
_SHORTEST_RUNS = 31
"""The statistics of a person sum up thirty days."""
_MEANS = {
    "messages": "conversations and their messages",
    "deliveries": "what the platforms delivered, once it is handled",
    "cards": "questions, acknowledgements, pictures and reminders of what is decided",
    "copies": "in which chats the cards of what is decided stand",
    "runs": "what each turn of the model took and cost",
    "jobs": "jobs that failed or ended",
    "codes": "codes that were used or ran out, and invitations of strangers",
}
_NOBODYS = "(no organisation)"

Days = Annotated[int | None, typer.Option(min=1, max=_LONGEST, help="Days.")]


def org_retention(  # noqa: PLR0913 each is one option of the command
    organization: Annotated[str, typer.Option("--org", help="The organisation's name or id.")],
    *,
    messages_days: Days = None,
    deliveries_days: Annotated[
        int | None, typer.Option(min=_SHORTEST_DELIVERIES, max=_LONGEST, help="Days; platforms repeat within three.")
    ] = None,
    cards_days: Days = None,
    copies_days: Days = None,
    runs_days: Annotated[
        int | None, typer.Option(min=_SHORTEST_RUNS, max=_LONGEST, help="Days; statistics sum up thirty.")
    ] = None,
    jobs_days: Days = None,
    codes_days: Days = None,
    as_json: AsJson = False,
) -> None:
    """Show how long an organisation's things are kept, or set it. The log is kept for good."""
    given = (messages_days, deliveries_days, cards_days, copies_days, runs_days, jobs_days, codes_days)
    asked = dict(zip(kept.PERIODS, given, strict=True))
    wanted = {what: days for what, days in asked.items() if days is not None}
    settings = settings_from_environment()

    async def work() -> tuple[str, dict[str, int], dict[str, int]]:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, organization)
            await kept.set_days(tx, found["id"], wanted)
            return found["name"], await kept.days_of(tx, found["id"]), await kept.days_of(tx, None)

    name, days, standard = run(work())
    if as_json:
        print_json([{"organization": name, **days}])
        return
    if wanted:
        done(f'"{name}" keeps it so from now on. `eventflow retention run --dry-run` counts what would go.')
    rows = [(what, str(days[what]), str(standard[what]), _MEANS[what]) for what in kept.PERIODS]
    show(("What", "Days", "Usually", "Is"), rows, numbers=(1, 2))


@retention.command("run")
def run_retention(
    *,
    organization: Annotated[str | None, typer.Option("--org", help="Only this organisation, by name or id.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would go, and leave it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take out what is older than its organisation keeps it. The worker does it every hour."""
    settings = settings_from_environment()

    async def work() -> tuple[list[Swept], dict[Any, str]]:
        async with database(settings) as db:
            async with db.as_operator() as tx:
                only = await organization_or_all(tx, organization)
                names = {row["id"]: row["name"] for row in await provisioning.organizations(tx)}
            return await kept.sweep(db, is_dry=dry_run, organization=only), names

    gone, names = run(work())
    rows = sorted((names.get(each.organization_id, _NOBODYS), each.table, each.rows) for each in gone)
    if as_json:
        print_json({"organization": name, "table": table, "rows": count} for name, table, count in rows)
        return
    total = counted(sum(each.rows for each in gone), "row")
    if not rows:
        out.print("Nothing is older than its organisation keeps it.")
        return
    show(("Organisation", "Table", "Rows"), [(name, table, f"{count:,}") for name, table, count in rows], numbers=(2,))
    out.print()
    done(f"{total} would go; nothing was taken out." if dry_run else f"{total} taken out.")
