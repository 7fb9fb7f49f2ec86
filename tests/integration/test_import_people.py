"""People, registrations and vendors from tables: nobody twice, seats respected, every row accounted for."""

import pytest

from core.db import Database
from core.imports.models import Answers, BadSchedule, at_place, in_english
from core.imports.people.read import kind_of, read_people, read_vendors
from core.imports.people.write import PeopleReport, write_roster
from core.imports.read import parse_schedule
from core.imports.writing import write
from core.kernel.principal import Principal
from tests.integration.test_import import importer

__all__ = ["importer"]
pytestmark = pytest.mark.db

AGENDA = (
    "Id,Title,Date,Start,End,Room,Capacity\n"
    "k1,Opening,2027-05-06,10:00,11:00,Hall A,2\n"
    'k2,"Maps, and more",2027-05-06,12:00,13:00,Hall A,\n'
    "k3,Twice,2027-05-06,14:00,15:00,,\n"
    "k4,Twice,2027-05-06,15:00,16:00,,\n"
)
PEOPLE = (
    "First name,Last name,Email,VIP,Note,Sessions\n"
    "Noa,Lev,noa@example.org,yes,Wheelchair,Opening; k2\n"
    'Tom,Bar,tom@example.org,,,"Maps, and more"\n'
    "Maya,Golan,maya@example.org,Keynote guest,,Opening\n"
    "Dan,Or,,no,,Opening\n"
    "Tom,Bar,TOM@example.org,,,Opening\n"
    "Rachel,Dahan,not an address,,,\n"
    ",,,,,\n"
    'Gil,Katz,gil@example.org,,,"Twice;Nowhere"\n'
)


@pytest.fixture
async def event(db: Database, importer: Principal) -> Principal:
    given = parse_schedule(AGENDA.encode(), Answers(zone="Asia/Jerusalem", event="Tidepool"))
    async with db.acting_as(importer) as tx:
        await write(tx, given, lambda _done, _total: None)
    return importer


async def imported(db: Database, who: Principal, text: str, event: str | None = "tidepool") -> PeopleReport:
    roster = read_people(text.encode(), Answers())
    async with db.acting_as(who) as tx:
        return await write_roster(tx, roster, event)


async def standing(db: Database, who: Principal) -> list[tuple[str, str | None, bool, str | None, str | None, bool]]:
    async with db.acting_as(who) as tx:
        rows = await (
            await tx.execute(
                "select p.full_name, p.email, p.is_vip, p.vip_notes, s.source_id, "
                "ps.waiting_since is not null as waits "
                "from public.participants p left join public.participant_schedules ps on ps.participant_id = p.id "
                "left join public.schedules s on s.id = ps.schedule_id order by 1, 5"
            )
        ).fetchall()
    return [tuple(row.values()) for row in rows]  # pyright: ignore[reportReturnType] a row of the query above


def counted(report: PeopleReport) -> tuple[int, int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.registered, report.waiting, report.merged


async def test_people_are_matched_by_email_seats_are_respected_and_every_row_is_accounted_for(
    db: Database, event: Principal
) -> None:
    report = await imported(db, event, PEOPLE)
    # Two places at the opening: Noa and Maya have them by the file's order of people, Tom's row for it comes later.
    assert counted(report) == (5, 0, 0, 6, 2, 1)
    assert [in_english(at_place(each.place, each.why)) for each in report.reported] == [
        'row 7: "not an address" is no e-mail address.',
        'row 9: several sessions are called "Twice"; give the session\'s id.',
        'row 9: there is no session "Nowhere"; the registration is left out.',
    ]
    people = await standing(db, event)
    assert people == [
        ("Dan Or", None, False, None, "k1", True),
        ("Gil Katz", "gil@example.org", False, None, None, False),
        ("Maya Golan", "maya@example.org", True, "Keynote guest", "k1", True),
        ("Noa Lev", "noa@example.org", True, "Wheelchair", "k1", False),
        ("Noa Lev", "noa@example.org", True, "Wheelchair", "k2", False),
        ("Tom Bar", "tom@example.org", False, None, "k1", False),
        ("Tom Bar", "tom@example.org", False, None, "k2", False),
    ]
    again = await imported(db, event, PEOPLE)
    assert counted(again) == (0, 0, 5, 0, 0, 1)
    assert await standing(db, event) == people


async def test_what_a_file_does_not_say_stays_and_what_it_says_changes(db: Database, event: Principal) -> None:
    await imported(db, event, PEOPLE)
    report = await imported(
        db, event, "שם,אימייל,טלפון\nנועה לב,noa@example.org,050-1234567\nDan Or,dan@example.org,\n"
    )
    assert counted(report) == (0, 2, 0, 0, 0, 0)
    assert [row[:4] for row in await standing(db, event) if row[1] in ("noa@example.org", "dan@example.org")] == [
        ("Dan Or", "dan@example.org", False, None),
        ("נועה לב", "noa@example.org", True, "Wheelchair"),
        ("נועה לב", "noa@example.org", True, "Wheelchair"),
    ]


async def test_vendors_with_contact_and_status(db: Database, event: Principal) -> None:
    text = "ספק,תחום,איש קשר,טלפון,סטטוס\nקייטרינג טעים,קייטרינג,רון,03-5551234,אושר\nבמות,במה,,,אולי\n"
    roster = read_vendors(text.encode(), Answers())
    for expected in ((1, 0, 0), (0, 0, 1)):
        async with db.acting_as(event) as tx:
            report = await write_roster(tx, roster, None if expected[0] else "Tidepool")
        assert (report.added, report.changed, report.unchanged) == expected
    assert [in_english(each.place) if not isinstance(each.place, str) else "" for each in report.reported] == ["row 3"]
    async with db.acting_as(event) as tx:
        rows = await (
            await tx.execute(
                "select v.name, v.category, v.phone, e.status, e.notes from public.vendors v "
                "join public.event_vendors e on e.vendor_id = v.id"
            )
        ).fetchall()
    assert [tuple(row.values()) for row in rows] == [("קייטרינג טעים", "קייטרינג", "03-5551234", "confirmed", "רון")]


async def test_for_which_event_is_never_guessed(db: Database, event: Principal) -> None:
    with pytest.raises(BadSchedule, match="there is no event named"):
        await imported(db, event, PEOPLE, "Ridge")
    other = parse_schedule(AGENDA.encode(), Answers(zone="Asia/Jerusalem", event="Ridge Summit"))
    async with db.acting_as(event) as tx:
        await write(tx, other, lambda _done, _total: None)
    with pytest.raises(BadSchedule, match="several events; name one with --event"):
        await imported(db, event, PEOPLE, None)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Title,Date,Start,Email", "schedule"),
        ("First name,Last name,Email", "people"),
        ("Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type", "people"),
        ("Name,Email,Session", "registrations"),
        ("שם מלא,טלפון,VIP", "people"),
        ("Vendor,Category,Phone", "vendors"),
        ("שם הספק,תחום,טלפון", "vendors"),
        ("Foo,Bar", "schedule"),
    ],
)
def test_the_columns_say_what_a_file_holds(header: str, kind: str) -> None:
    width = header.count(",")
    assert kind_of(f"{header}\n{'x,' * width}x\n".encode()) == kind
