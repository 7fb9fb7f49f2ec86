"""`eventflow import` of a table of people, registrations or vendors."""

from typing import Literal

from rich.padding import Padding
from rich.text import Text

from bots.commands.console import database, done, fail, out, run
from core.identity import provisioning
from core.imports.models import Answers, BadSchedule, Reported, at_place, in_english
from core.imports.people.read import read_people, read_vendors
from core.imports.people.write import PeopleReport, write_roster
from core.kernel.phrases import Phrase, phrase
from core.kernel.settings import Settings


def import_people(
    settings: Settings,
    name: str,
    *,
    body: bytes,
    kind: Literal["people", "registrations", "vendors"],
    answers: Answers,
    organization: str,
) -> None:
    """Import people, with what they are registered for, or vendors; say what became of each row."""
    try:
        roster = read_vendors(body, answers) if kind == "vendors" else read_people(body, answers)
    except BadSchedule as bad:
        fail(f"{name} cannot be imported. {bad}")

    async def work() -> PeopleReport:
        async with database(settings) as db:
            async with db.as_operator() as tx:
                found = await provisioning.organization_named(tx, organization)
                if found is None:
                    fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
                importer = await provisioning.command_line_of(tx, found["id"])
            async with db.acting_as(importer) as tx:
                return await write_roster(tx, roster, answers.event)

    try:
        print_people(run(work()), kind)
    except BadSchedule as bad:
        fail(f"{name} cannot be imported. {bad}")


def print_people(report: PeopleReport, kind: str) -> None:
    """Say what became of each row."""
    what = "vendors" if kind == "vendors" else "people"
    count = report.added + report.changed + report.unchanged
    done(
        f"{report.event}: {report.added} new, {report.changed} changed, {report.unchanged} unchanged of {count} {what}."
    )
    if report.registered:
        waits = f", {report.waiting} of them on waiting lists" if report.waiting else ""
        out.print(f"{report.registered} new registrations{waits}.")
    if report.merged:
        out.print(f"{report.merged} further rows are of somebody who is in the file already.")
    if report.reported:
        out.print(Text("Left out, or in part:"))
    for each in report.reported:
        out.print(Padding(Text(in_english(_line(each))), (0, 0, 0, 2)))


def _line(each: Reported) -> Phrase:
    why = each.why if each.title is None else phrase("import-titled", title=each.title, why=each.why)
    return at_place(each.place, why)
