"""`eventflow import`: a real schedule becomes an event's agenda."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from bots.commands.console import database, done, err, fail, out, run, settings_from_environment
from core.identity import provisioning
from core.imports.models import Answers, BadSchedule, in_english
from core.imports.queries import ImportReport, write
from core.imports.read import read_schedule


def import_(
    file: Annotated[Path, typer.Argument(help="schedule.json or schedule.xml of frab, c3voc or pretalx.")],
    organization: Annotated[str, typer.Option("--org", help="The organisation's name or id.")],
    zone: Annotated[
        str | None, typer.Option("--zone", help="The place's time zone, where the file names none.")
    ] = None,
) -> None:
    """Import a conference schedule. Again is fine: nothing comes twice, and nothing is removed."""
    settings = settings_from_environment()
    try:
        schedule = read_schedule(file, Answers(zone))
    except BadSchedule as bad:
        fail(f"{file.name} cannot be imported. {bad}")

    async def work() -> ImportReport:
        async with database(settings) as db:
            async with db.as_operator() as tx:
                found = await provisioning.organization_named(tx, organization)
                if found is None:
                    fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
                importer = await provisioning.command_line_of(tx, found["id"])
            with _bar() as bar:
                task = bar.add_task("Importing", total=len(schedule.sessions))
                async with db.acting_as(importer) as tx:
                    return await write(tx, schedule, lambda count, _total: bar.update(task, completed=count))

    report = run(work())
    for note in schedule.notes:
        err.print(f"Note: {in_english(note)}", markup=False)
    done(
        f"{schedule.event.name}: {report.created} new, {report.updated} changed, {report.unchanged} unchanged "
        f"of {len(schedule.sessions)} sessions."
    )
    if report.unplaced:
        _print_unplaced(report)


def _bar() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True)


def _print_unplaced(report: ImportReport) -> None:
    count = len(report.unplaced)
    kept = "One session is" if count == 1 else f"{count} sessions are"
    out.print(f"{kept} kept without a room, because another stands there at that time:")
    table = Table("Session", "When", "Room", "Taken by", box=None, pad_edge=False)
    for each in report.unplaced:
        when = each.session.start.strftime("%Y-%m-%d %H:%M")
        table.add_row(Text(each.session.title), when, Text(each.room), Text(each.taken_by))
    out.print(table)
