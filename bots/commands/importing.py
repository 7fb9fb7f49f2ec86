"""`eventflow import`: a real schedule becomes an event's agenda."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bots.commands.console import database, done, err, fail, out, run, settings_from_environment
from bots.commands.importing_people import import_people, importer_of, refused
from core.db import Database
from core.imports.models import Answers, Clock, DayOrder, Question, Schedule, in_english
from core.imports.people.read import Kind, kind_of
from core.imports.read import body_of, parse_schedule
from core.imports.report import sections, summary
from core.imports.writing import ImportReport, SeveralEvents, cancel_left, write
from core.kernel.principal import Principal

_MOST_LINES = 40
"""Of one kind of thing that an import has to say."""


def import_(  # noqa: PLR0913, PLR0917 each is one option of the command
    file: Annotated[Path, typer.Argument(help="A schedule, or a table of people or vendors: see docs/importing.md.")],
    organization: Annotated[str, typer.Option("--org", help="The organisation's name or id.")],
    zone: Annotated[
        str | None, typer.Option("--zone", help="The place's time zone, where the file names none.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", help="The event that the file belongs to; a new one of this name else.")
    ] = None,
    clock: Annotated[
        Clock | None, typer.Option("--clock", help="Which time is right where start and date of a session disagree.")
    ] = None,
    gone: Annotated[
        Literal["keep", "cancel", "ask"] | None,
        typer.Option("--gone", help="What becomes of sessions that left the file. At a terminal you are asked."),
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="What the file holds, where its columns leave it open.")
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", help='A column that is not known: --map title="Talk". Again for more.')
    ] = None,
    dates: Annotated[
        DayOrder | None, typer.Option("--dates", help="What comes first in dates such as 5/6/2027.")
    ] = None,
) -> None:
    """Import a schedule, people or vendors. Again is fine: nothing comes twice, and nothing is removed."""
    settings = settings_from_environment()
    answers = Answers(zone, clock, event, _columns(columns or []), dates)
    if gone == "ask" and not _somebody_is_there():
        fail("--gone ask needs a terminal to ask at; say --gone keep or --gone cancel.")
    with refused(file.name):
        body = body_of(file)
        kind = kind or kind_of(body)
    if kind != "schedule":
        import_people(settings, file.name, body=body, kind=kind, answers=answers, organization=organization)
        return
    schedule = _read(file.name, body, answers)
    asks = gone in (None, "ask") and _somebody_is_there()

    async def work() -> ImportReport:
        async with database(settings) as db:
            importer = await importer_of(db, organization)
            with _bar() as bar:
                task = bar.add_task("Importing", total=len(schedule.sessions))
                async with db.acting_as(importer) as tx:
                    report = await write(
                        tx,
                        schedule,
                        lambda count, _total: bar.update(task, completed=count),
                        "cancel" if gone == "cancel" else "keep",
                    )
            _print(report)
            if asks and report.left:
                await _ask_about_left(db, importer, report)
            return report

    try:
        run(work())
    except SeveralEvents:
        fail(f'There are several events named "{event}". Rename one in the chat, or import without --event.')


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if any(not name.strip() or not column.strip() for name, _, column in pairs):
        fail('Write --map as a field and the name of its column: --map title="Talk".')
    return {name.strip(): column.strip() for name, _, column in pairs}


def _read(name: str, body: bytes, answers: Answers) -> Schedule:
    with refused(name):
        schedule = parse_schedule(body, answers)
        if schedule.questions and _somebody_is_there():
            given = {question.about: _asked(question) for question in schedule.questions}
            schedule = parse_schedule(body, replace(answers, **given))
    return schedule


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and err.is_terminal


def _asked(question: Question) -> str:
    err.print(in_english(question.said), markup=False)
    for number, option in enumerate(question.options, 1):
        err.print(f"  {number}  {in_english(option.said)}", markup=False)
    values = [option.value for option in question.options]
    while True:
        number: int = typer.prompt("Which", type=int, default=values.index(question.taken) + 1, err=True)
        if 0 < number <= len(values):
            return values[number - 1]
        err.print(f"Type a number from 1 to {len(values)}.")


async def _ask_about_left(db: Database, importer: Principal, report: ImportReport) -> None:
    if not typer.confirm("Cancel them in the agenda?", default=False, err=True):
        return
    async with db.acting_as(importer) as tx:
        count = await cancel_left(tx, report)
    done(f"{count} cancelled." if count != 1 else "One session was cancelled.")


def _bar() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True)


def _print(report: ImportReport) -> None:
    done(in_english(summary(report)))
    for section in sections(report, with_changes=False):
        out.print(Text(in_english(section.title)))
        for line in section.lines[:_MOST_LINES]:
            out.print(Padding(Text(in_english(line)), (0, 0, 0, 2)))
        if len(section.lines) > _MOST_LINES:
            out.print(f"  ... and {len(section.lines) - _MOST_LINES:,} more")
