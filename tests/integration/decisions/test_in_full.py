"""Everything in full: on request in the chat, or in a form; what a form for a verdict holds, and who may open it."""

from dataclasses import replace
from typing import Any

import pytest

from core.actions.phrasing import in_one_line, what_changes
from core.actions.rejections import REASONS
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.opening import on_open
from core.kernel.cards import Field, Form, Sheet
from core.kernel.messages import Verdict
from core.kernel.phrases import phrase, verbatim
from core.texts import plain, say
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.decisions.desk import MANAGER, NEW, OWNER, STAFF, TO_B, TO_NOON, Desk, kinds, pressed
from tests.integration.flows.office import log_rows
from tests.world import ZONE, World, make_world

pytestmark = pytest.mark.db

LONG = "Please " + "move it, " * 400 + "thanks"
MOVE = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"start_time": "14:00"}})
ROOMS = tuple((name, verbatim(name)) for name in ("Hall A", "Hall B", "Workshop"))


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def desk_with(
    db: Database, database_url: str, *what: Any, words: str = "please", user: str = MANAGER
) -> tuple[Desk, FakePlatform]:
    rt, slack, telegram, _model = runtime(db, calls(*what), says("It waits."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears(words, user=user)
    return desk, slack


async def test_a_long_request_is_cut_on_the_card_and_said_in_full_in_pieces(
    db: Database, world: World, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, MOVE, words=LONG)
    asked = desk.card().asked_by
    assert asked is not None
    assert str(asked.args["words"]).endswith("…")
    heard = len(desk.telegram.said)
    assert await desk.press("show") is None
    pieces = [text for _chat, text in desk.telegram.said[heard:]]
    text = plain("\n".join(pieces))
    assert (len(pieces) > 1, LONG in " ".join(text.split()), max(map(len, pieces)) <= 3000) == (True, True, True)


async def test_everything_of_the_card_is_said_and_who_will_be_told_what(
    db: Database, world: World, database_url: str
) -> None:
    desk, slack = await desk_with(db, database_url, MOVE, user=STAFF)
    heard = len(desk.telegram.said)
    # The asker's own copy has no button to decide; whoever sees the card may read it.
    assert await desk.press("show", user=STAFF) is None
    [(channel, text)] = desk.telegram.said[heard:]
    [row] = slack.cards.values()
    assert channel == STAFF
    lines = [
        *(line.text for line in row.warnings),
        *row.impact,
        *row.footer,
        *(each.proposed for each in row.changes),
        phrase("show-told-others"),
    ]
    # In the managers' channel the card leaves the notes out and says so; in private they are there.
    assert [line.id for line in lines if plain(say("en", line)) not in plain(text)] == ["personal-on-card"]
    assert "Ruth Bar (Sits in the front row)" in plain(text)
    told = phrase("show-told-asker", name=world.people["staff"].name)
    assert plain(say("en", told)) not in plain(text)
    # For anybody else the asker is one of those who will be told, in the words that will be used.
    assert await desk.press("show") is None
    text = plain(desk.telegram.said[-1][1])
    approved = phrase(
        "waiting-told-approved",
        name=world.people["manager"].name,
        title=in_one_line(row.title, *what_changes(row.changes, row.facts, is_short=True)),
    )
    assert (plain(say("he", told)) in text, plain(say("he", approved)) in text) == (True, True)


async def test_the_menu_of_everything_else_closes_when_something_of_it_was_pressed(
    db: Database, world: World, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, TO_B)
    usual = kinds(desk.card())
    await desk.press("menu", "more")
    assert kinds(desk.card()) == [*(each for each in usual if each[0] != "reject"), ("menu", "")]
    await desk.press("show")
    assert kinds(desk.card()) == usual


async def test_no_other_menu_can_be_opened(db: Database, world: World, database_url: str) -> None:
    desk, _slack = await desk_with(db, database_url, TO_NOON)
    usual = kinds(desk.card())
    assert await desk.press("menu", "drinks") == say("he", phrase("decision-unknown"))
    assert kinds(desk.card()) == usual


async def test_the_readers_without_a_say_get_the_button_where_something_is_cut(
    db: Database, world: World, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, MOVE, words=LONG, user=STAFF)
    assert kinds(desk.card()) == [("show", "")]


async def test_the_readers_without_a_say_get_no_button_where_nothing_is(
    db: Database, world: World, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, TO_NOON, user=STAFF)
    assert kinds(desk.card()) == []


async def opened(desk: Desk, verdict: Verdict, user: str = MANAGER) -> Sheet | str:
    return await on_open(desk.rt, pressed(desk.telegram, verdict, user=user))


def session_form(**values: str) -> Form:
    """The form of a session, with these values."""
    fields = (
        Field(name="title", kind="text", label=phrase("field-title"), ask="ask-title"),
        Field(name="time", kind="span", label=phrase("field-when"), ask="ask-time"),
        Field(name="room", kind="place", label=phrase("field-room"), ask="ask-room", options=ROOMS, is_optional=True),
        Field(name="speaker", kind="text", label=phrase("field-speaker-name"), ask="ask-speaker", is_optional=True),
        Field(
            name="max_capacity",
            kind="number",
            label=phrase("field-max-capacity"),
            is_optional=True,
            least=1,
            most=100_000,
        ),
        Field(name="track", kind="text", label=phrase("field-track"), is_optional=True),
        Field(name="description", kind="words", label=phrase("field-description"), is_optional=True),
    )
    return Form(zone=ZONE, fields=tuple(replace(each, value=values.get(each.name, "")) for each in fields))


async def test_a_form_to_edit_starts_from_what_is_proposed(db: Database, world: World, database_url: str) -> None:
    desk, _slack = await desk_with(db, database_url, TO_NOON)
    sheet = await opened(desk, "edit")
    assert isinstance(sheet, Sheet)
    assert (sheet.verdict, sheet.locale, sheet.card) == ("edit", "he", desk.card())
    # In the event's zone, as the clock there says it.
    times = "2031-05-01T12:00/2031-05-01T13:00"
    assert sheet.form == session_form(title="Lighting Basics", time=times, room="Hall B", speaker="Tom Harris")


async def test_a_form_for_a_new_session_too(db: Database, world: World, database_url: str) -> None:
    desk, _slack = await desk_with(db, database_url, NEW)
    sheet = await opened(desk, "edit")
    assert isinstance(sheet, Sheet)
    times = "2031-05-01T14:00/2031-05-01T14:30"
    assert sheet.form == session_form(title="Yoga", time=times, room="Workshop")


async def test_a_form_to_reject_has_the_common_reasons(db: Database, world: World, database_url: str) -> None:
    desk, _slack = await desk_with(db, database_url, TO_B)
    sheet = await opened(desk, "reject")
    assert isinstance(sheet, Sheet)
    assert [(each.verdict, each.choice) for each in sheet.reasons] == [("reject", code) for code in REASONS]


async def test_a_form_of_everything_has_the_whole_card_and_who_will_be_told(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, MOVE, words=LONG)
    for user in (MANAGER, OWNER, STAFF):
        sheet = await opened(desk, "show", user)
        assert isinstance(sheet, Sheet)
        asked = sheet.card.asked_by
        assert asked == phrase("asked-by", name=world.people["manager"].name, words=LONG)
        asker = phrase("show-told-asker", name=world.people["manager"].name)
        assert [who for who, _text in sheet.notices] == [
            *([] if user == MANAGER else [asker]),
            phrase("show-told-others"),
        ]
    assert [row["kind"] for row in log_rows(owner_url, "kind <> 'suggestion'")] == []


@pytest.mark.parametrize("verdict", ["approve", "reject", "edit"])
async def test_what_is_decided_opens_for_reading_alone(
    db: Database, world: World, database_url: str, verdict: Verdict
) -> None:
    desk, _slack = await desk_with(db, database_url, TO_NOON)
    await desk.press("reject", "too_late")
    told = await opened(desk, verdict)
    assert isinstance(told, str)
    assert plain(world.people["manager"].name) in plain(told)
    sheet = await opened(desk, "show")
    assert isinstance(sheet, Sheet)
    assert sheet.notices == ()


@pytest.mark.parametrize("verdict", ["approve", "reject", "edit"])
async def test_who_may_not_decide_opens_nothing_to_decide(
    db: Database, world: World, database_url: str, verdict: Verdict
) -> None:
    desk, _slack = await desk_with(db, database_url, TO_NOON)
    assert await opened(desk, verdict, STAFF) == say("en", phrase("decision-not-allowed"))


async def test_a_blocked_card_opens_to_edit_and_to_reject_but_not_to_approve(
    db: Database, world: World, database_url: str
) -> None:
    desk, _slack = await desk_with(db, database_url, TO_B)
    assert await opened(desk, "approve") == say("he", phrase("notice-blocked"))
    assert [isinstance(await opened(desk, verdict), Sheet) for verdict in ("edit", "reject")] == [True, True]


async def test_what_cannot_be_edited_does_not_open_to_edit(db: Database, world: World, database_url: str) -> None:
    desk, _slack = await desk_with(db, database_url, ("delete_schedule_item", {"schedule_id": "Lighting Basics"}))
    assert await opened(desk, "edit") == say("he", phrase("edit-nothing-to"))


async def test_another_organisations_suggestion_does_not_exist(
    db: Database, world: World, owner_url: str, database_url: str
) -> None:
    other = await make_world(db, "Bet Events", team="T2")
    assert other.people["manager"].organization_id != world.organization_id
    desk, _slack = await desk_with(db, database_url, TO_B)
    stranger = replace(pressed(desk.telegram, "show").sender, workspace="42422")
    unknown = say("he", phrase("decision-unknown"))
    before = desk.card()
    verdicts: tuple[tuple[Verdict, str], ...] = (
        ("show", ""),
        ("edit", "room"),
        ("edit", ""),
        ("alternative", "0"),
        ("menu", "reject"),
        ("reject", "other"),
        ("reject", "too_late"),
    )
    for verdict, choice in verdicts:
        theirs = replace(pressed(desk.telegram, verdict, choice), sender=stranger)
        assert await on_decision(desk.rt, theirs) == unknown, verdict
        assert await on_open(desk.rt, theirs) == unknown
    assert (desk.card(), desk.telegram.questions) == (before, {})
    assert {row["execution_status"] for row in log_rows(owner_url)} == {"suggested"}
