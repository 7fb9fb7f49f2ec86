"""`eventflow import` of a table of people, registrations or vendors."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal

from rich.padding import Padding
from rich.text import Text

from bots.commands.console import database, done, fail, out, run
from bots.commands.naming import the_organization
from core.db import Database
from core.identity import provisioning
from core.imports.models import Answers, BadSchedule, Reported, at_place, in_english
from core.imports.people.read import read_people, read_vendors
from core.imports.people.write import PeopleReport, write_roster
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.settings import Settings


@contextmanager
def refused(name: str) -> Generator[None]:
    """End the command with one sentence where a file of this name cannot be imported."""
    try:
        yield
    except BadSchedule as bad:
        fail(f"{name} cannot be imported. {bad}")


async def importer_of(db: Database, organization: str) -> Principal:
    """Return the command line's own user of an organisation; end the command where there is no such organisation."""
    async with db.as_operator() as tx:
        found = await the_organization(tx, organization)
        return await provisioning.command_line_of(tx, found["id"])


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
    with refused(name):
        roster = read_vendors(body, answers) if kind == "vendors" else read_people(body, answers)

    async def work() -> PeopleReport:
        async with database(settings) as db:
            importer = await importer_of(db, organization)
            async with db.acting_as(importer) as tx:
                return await write_roster(tx, roster, answers.event)

    with refused(name):
        print_people(run(work()), kind)


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
