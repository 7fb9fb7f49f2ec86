"""A schedule that somebody shares in a chat: a suggestion that says what it does, and runs once from its own bytes."""

from dataclasses import replace

import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.cards import Card
from core.kernel.errors import Unreachable
from core.kernel.messages import InboundMessage, SharedFile
from core.kernel.phrases import phrase
from core.texts import plain, say
from tests.drain import drain
from tests.fakes import FakePlatform, runtime
from tests.integration.flows.office import log_rows, press, slack_message, statuses, telegram_message
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

SHARED_NOT_YOURS = phrase("shared-not-yours")
HEAD = "Id,Title,Date,Start,End,Room\n"
ROWS = "k1,Tides,2031-05-06,10:00,11:00,Pier\nk2,Maps,2031-05-06,11:00,12:00,Pier\nk3,Unread,2031-05-06,soon,,Pier\n"
NAMED = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Tidepool Days\r\nX-WR-TIMEZONE:Asia/Jerusalem\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20310506T100000\r\nDURATION:PT1H\r\nSUMMARY:Opening\r\nLOCATION:Hall A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
SESSIONS = "select source_id, title, room from public.schedules where source_id like 'k%%' order by 1"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def sharing(message: InboundMessage, name: str = "agenda.csv", size: int = 100) -> InboundMessage:
    return replace(message, text="", files=(SharedFile(name, size, "F1"),))


async def shared(rt: Runtime, slack: FakePlatform, database_url: str, body: str, event: str = "E1") -> str:
    """Share a file as the manager; return what is answered."""
    slack.files["F1"] = body.encode()
    await on_message(rt, sharing(slack_message("", event=event)))
    await drain(rt, database_url)
    return slack.said[-1][1]


def facts(card: Card) -> dict[str, str]:
    return {plain(say("en", fact.label)): plain(say("en", fact.value)) for fact in card.facts}


async def test_a_shared_file_is_a_card_that_imports_it_once_as_the_one_who_approves(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db)
    said = await shared(rt, slack, database_url, HEAD + ROWS)
    assert model.requests == []
    [card] = slack.cards.values()
    shown = facts(card)
    assert (shown["File"], shown["New sessions"], shown["Not imported"]) == ("agenda.csv", "2", "1")
    assert card.impact == ()
    assert plain(said) == (
        "agenda.csv, עבור Spring Conference: שני מושבים חדשים ואחד אינו מיובא.\nהדוח שלמטה מפרט את כולם בשמם."
    )
    [(channel, name, report)] = slack.documents
    assert (channel, name) == (slack.said[-1][0], "דוח על agenda.txt")
    assert "שורה 4" in plain(report)
    assert owner_rows(owner_url, SESSIONS) == []
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    found = [(row["source_id"], row["title"], row["room"]) for row in owner_rows(owner_url, SESSIONS)]
    assert found == [("k1", "Tides", "Pier"), ("k2", "Maps", "Pier")]
    assert statuses(owner_url) == ["executed"]
    assert len(log_rows(owner_url, "kind = 'suggestion' and executed_at is not null")) == 1
    # Again is fine: there is nothing to decide.
    assert "אין חדש" in await shared(rt, slack, database_url, HEAD + ROWS, "E2")
    assert statuses(owner_url) == ["executed"]
    assert await on_decision(rt, press(card.suggestion_id, "undo")) is not None


async def test_what_moved_since_the_card_is_shown_before_anything_runs(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    await shared(rt, slack, database_url, HEAD + ROWS)
    [card] = slack.cards.values()
    owner_run(owner_url, "update public.schedules set title = title || '!'")
    await on_decision(rt, press(card.suggestion_id))
    await drain(rt, database_url)
    assert owner_rows(owner_url, SESSIONS) == []
    assert statuses(owner_url) == ["superseded", "suggested"]
    fresh = next(iter(slack.cards.values()))
    assert fresh.suggestion_id != card.suggestion_id
    await on_decision(rt, press(fresh.suggestion_id))
    await drain(rt, database_url)
    assert len(owner_rows(owner_url, SESSIONS)) == 2


async def test_a_file_that_names_its_conference_makes_a_new_event(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    await shared(rt, slack, database_url, NAMED)
    [card] = slack.cards.values()
    assert plain(say("en", card.title)).endswith("Import Tidepool Days, a new event")
    await on_decision(rt, press(card.suggestion_id))
    rows = owner_rows(owner_url, "select name, time_zone from public.events where name = 'Tidepool Days'")
    assert [tuple(row.values()) for row in rows] == [("Tidepool Days", "Asia/Jerusalem")]


async def test_five_hundred_sessions(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rows = "".join(
        f"k{n:03},Talk {n},2031-05-{6 + n // 100:02},{8 + n % 10:02}:00,{8 + n % 10:02}:45,Room {n % 100 // 10}\n"
        for n in range(500)
    )
    rt, slack, _telegram, _model = runtime(db)
    await shared(rt, slack, database_url, HEAD + rows)
    [card] = slack.cards.values()
    assert facts(card)["New sessions"] == "500"
    await on_decision(rt, press(card.suggestion_id))
    assert len(owner_rows(owner_url, SESSIONS)) == 500


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("no table at all", "אי אפשר לייבא את agenda.csv. הקובץ: זה אינו לוח זמנים ואינו טבלה"),
        ("Name,Email\nNoa,noa@example.org\n", "ב־agenda.csv יש אנשים או ספקים"),
    ],
)
async def test_a_file_that_cannot_be_imported_is_one_sentence(
    db: Database, world: World, owner_url: str, database_url: str, body: str, sentence: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    assert plain(await shared(rt, slack, database_url, body)).startswith(sentence)
    assert (slack.cards, statuses(owner_url)) == ({}, [])


async def test_the_field_is_told_who_can(db: Database, world: World, owner_url: str, database_url: str) -> None:
    rt, _slack, telegram, _model = runtime(db)
    telegram.files["F1"] = (HEAD + ROWS).encode()
    await on_message(rt, sharing(telegram_message("")))
    await drain(rt, database_url)
    assert ([text for _, text in telegram.said], statuses(owner_url)) == ([say("en", SHARED_NOT_YOURS)], [])


async def test_a_file_that_is_too_large_is_not_fetched(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db)
    await on_message(rt, sharing(slack_message(""), size=21_000_000))
    await drain(rt, database_url)
    assert "גדול מדי" in slack.said[-1][1]


async def test_each_of_several_files_has_an_answer_and_the_good_ones_a_card(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    slack.files |= {"F1": (HEAD + ROWS).encode(), "F2": b"no table at all", "F3": NAMED.encode()}
    files = tuple(SharedFile(name, 10, id_) for name, id_ in (("a.csv", "F1"), ("b.csv", "F2"), ("c.ics", "F3")))
    await on_message(rt, replace(slack_message(""), text="", files=files))
    await drain(rt, database_url)
    said = plain("\n".join(text for _, text in slack.said))
    assert ("b.csv" in said, "Tidepool Days" in said) == (True, True)
    titles = [plain(say("en", card.title)) for card in slack.cards.values()]
    assert (len(titles), titles[1]) == (2, "Import Tidepool Days, a new event")


async def test_a_chat_that_takes_no_files_is_told_in_words(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    slack.no_documents = Unreachable()
    rows = "".join(f"k{n:02},Talk {n},2031-05-06,{8 + n // 4:02}:00,,Room {n}\n" for n in range(50))
    said = await shared(rt, slack, database_url, HEAD + rows)
    assert slack.documents == []
    assert (len(said.splitlines()), plain(said.splitlines()[-1])) == (41, "... ועוד 63 שורות.")
    assert len(slack.cards) == 1


AMBIGUOUS = "Id,Title,Date,Start,End,Room\nk1,Tides,5/6/2031,10:00,11:00,Pier\n"


async def test_the_words_beside_a_file_answer_what_it_leaves_open(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    rt, slack, _telegram, _model = runtime(db)
    said = await shared(rt, slack, database_url, AMBIGUOUS)
    assert ("--" in said, "היום קודם" in plain(said), slack.cards) == (False, True, {})
    caption = "month first\nevent: Tide Days\nEurope/Berlin"
    again = replace(slack_message("", event="E2"), text=caption, files=(SharedFile("agenda.csv", 9, "F1"),))
    await on_message(rt, again)
    await drain(rt, database_url)
    [card] = slack.cards.values()
    await on_decision(rt, press(card.suggestion_id))
    await drain(rt, database_url)
    rows = owner_rows(owner_url, "select start_time::text as at from public.schedules where source_id = 'k1'")
    assert [row["at"] for row in rows] == ["2031-05-06 08:00:00+00"]
    assert [
        row["time_zone"]
        for row in owner_rows(owner_url, "select time_zone from public.events where name = 'Tide Days'")
    ] == ["Europe/Berlin"]
