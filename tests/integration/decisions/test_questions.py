"""Where a chat has no forms, a question is asked and its answer completes the decision; nobody else's does."""

from datetime import UTC, datetime

import pytest

from core.db import Database
from core.flows.expire import expire
from core.kernel.phrases import Moment, phrase
from core.texts import say
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.decisions.desk import OWNER, TO_NOON, Desk, elsewhere, kinds, said
from tests.integration.flows.office import statuses
from tests.owner import owner_rows, owner_run
from tests.world import ZONE, World, at, make_world

pytestmark = pytest.mark.db

EDITABLE = ("title", "time", "room", "speaker", "max_capacity", "track", "description")
EDIT_MENU = [*(("edit", name) for name in EDITABLE), ("menu", "")]


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def desk(db: Database, world: World, database_url: str) -> Desk:
    rt, _slack, telegram, _model = runtime(db, calls(TO_NOON), says("It waits."), says("What do you mean?"))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("Basics at noon")
    return desk


@pytest.mark.parametrize(
    ("choice", "answer", "column", "value"),
    [
        ("room", "workshop", "room", "Workshop"),
        ("speaker", "Noa Katz", "speaker_name", "Noa Katz"),
        ("title", "אור לכולם", "title", "אור לכולם"),
        ("time", "14:30", "start_time", at("14:30")),
        ("time", "14:30 15:00", "end_time", at("15:00")),
        ("time", " 14:30\u201315:00 ", "end_time", at("15:00")),
        ("time", "2031-05-02 09:00", "start_time", at("09:00", 2)),
    ],
)
async def test_an_answer_completes_the_edit(
    db: Database, desk: Desk, owner_url: str, choice: str, answer: str, column: str, value: object
) -> None:
    await desk.press("menu", "edit")
    assert kinds(desk.card()) == EDIT_MENU
    assert await desk.press("edit", choice) is None
    assert list(desk.telegram.questions.values()) == [say("he", phrase(f"ask-{choice}", title="Lighting Basics"))]
    old = desk.card()
    assert ("menu", "") not in kinds(old)
    await desk.answers(answer)
    assert (desk.card().suggestion_id != old.suggestion_id, statuses(owner_url)) == (
        True,
        ["superseded", "suggested"],
    )
    await desk.press("approve", evidence=all_that_it_asks(desk.card()))
    [row] = owner_rows(
        owner_url,
        "select * from public.schedules where speaker_name in ('Tom Harris', 'Noa Katz') and room <> 'Hall A'",
    )
    assert row[column] == value


@pytest.mark.parametrize("answer", ["tomorrow at 14:00", "14:00 and 15:00 and 16:00", "noon", "14", "14:30 no"])
async def test_a_time_that_is_more_than_a_time_is_asked_for_again(desk: Desk, owner_url: str, answer: str) -> None:
    await desk.press("edit", "time")
    assert await desk.answers(answer) == say("he", phrase("edit-time-how"))
    assert statuses(owner_url) == ["suggested"]
    await desk.answers("15:00")
    assert statuses(owner_url) == ["superseded", "suggested"]


async def test_an_answer_into_a_conflict_changes_nothing(desk: Desk, owner_url: str) -> None:
    await desk.press("edit", "time")
    assert "Sound Check Live" in await desk.answers("11:30")
    assert statuses(owner_url) == ["suggested"]


async def test_only_who_was_asked_can_answer(db: Database, desk: Desk, world: World, owner_url: str) -> None:
    await desk.press("edit", "room")
    name = world.people["manager"].name
    assert await desk.answers("Workshop", user=OWNER) == say("en", phrase("ask-not-yours", name=name))
    assert statuses(owner_url) == ["suggested"]


async def test_an_answer_to_another_message_is_only_something_said(desk: Desk, owner_url: str) -> None:
    await desk.press("edit", "room")
    await desk.hears("Workshop", reply_to=elsewhere())
    assert (desk.telegram.said[-1][1], statuses(owner_url)) == ("What do you mean?", ["suggested"])


async def test_an_answer_after_the_decision_says_what_was_decided(
    db: Database, desk: Desk, world: World, owner_url: str
) -> None:
    await desk.press("edit", "room")
    await desk.press("reject", "too_late")
    assert "Manager of Aleph Events" in await desk.answers("Workshop")
    assert statuses(owner_url) == ["rejected"]


async def test_a_second_answer_says_that_a_newer_suggestion_is_there(desk: Desk, owner_url: str) -> None:
    await desk.press("edit", "room")
    await desk.answers("Workshop")
    told = await desk.answers("Hall A")
    assert said(phrase("decision-already-superseded", name="?"), "he").split(".")[0] in told
    assert statuses(owner_url) == ["superseded", "suggested"]


async def test_an_answer_after_the_deadline_changes_nothing(
    db: Database, desk: Desk, owner_url: str, database_url: str
) -> None:
    await desk.press("edit", "room")
    owner_run(owner_url, "alter table public.ai_insights_log disable trigger user")
    owner_run(owner_url, "update public.ai_insights_log set deadline = '2021-01-01 00:00Z'")
    owner_run(owner_url, "alter table public.ai_insights_log enable trigger user")
    told = await desk.answers("Workshop")
    deadline = Moment(datetime(2021, 1, 1, tzinfo=UTC), ZONE)
    assert (told, statuses(owner_url)) == (say("he", phrase("decision-expired", deadline=deadline)), ["suggested"])
    assert await expire(desk.rt) == 1
    await drain(desk.rt, database_url)
    assert await desk.answers("Workshop") == told
    assert statuses(owner_url) == ["expired"]


async def test_who_may_no_longer_decide_when_they_answer_changes_nothing(
    desk: Desk, owner_url: str, world: World
) -> None:
    await desk.press("edit", "room")
    owner_run(owner_url, "update public.user_profiles set role = 'staff' where role = 'manager'")
    assert await desk.answers("Workshop") == say("he", phrase("decision-not-allowed"))
    assert statuses(owner_url) == ["suggested"]


@pytest.mark.parametrize("word", ["DELETE", "מחק", " confirm. "])
async def test_the_word_of_another_card_is_told_so_and_changes_nothing(desk: Desk, owner_url: str, word: str) -> None:
    [ref] = desk.telegram.cards
    await desk.hears(word, reply_to=ref)
    assert (desk.telegram.said[-1][1], statuses(owner_url)) == (
        say("he", phrase("ask-no-word-here")),
        ["suggested"],
    )
