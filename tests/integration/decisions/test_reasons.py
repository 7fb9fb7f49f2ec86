"""Rejected with a reason: one press, or a few words; stored as data, said on the card, counted in the log."""

import pytest

from core.actions.rejections import REASONS
from core.audit.reports import queries as reports
from core.db import Database
from core.kernel.phrases import phrase
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.integration.decisions.desk import STAFF, TO_NOON, Desk, kinds, said
from tests.integration.flows.office import log_rows, statuses
from tests.world import World, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.fixture
async def desk(db: Database, world: World, database_url: str) -> Desk:
    rt, _slack, telegram, _model = runtime(db, calls(TO_NOON), says("It waits."), says("Hm."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("Basics at noon")
    return desk


def reason(owner_url: str) -> str | None:
    [row] = log_rows(owner_url)
    return (row["decided_from"] or {}).get("reason")


@pytest.mark.parametrize("code", [code for code in REASONS if code != "other"])
async def test_a_common_reason_is_one_press(db: Database, world: World, desk: Desk, owner_url: str, code: str) -> None:
    assert await desk.press("reject", code) is None
    assert (statuses(owner_url), reason(owner_url)) == (["rejected"], code)
    outcome = desk.card().outcome
    assert outcome is not None
    name = world.people["manager"].name
    assert said(outcome).startswith(f"Rejected by {name}, ")
    assert said(outcome).endswith(f": {said(REASONS[code])}. Nothing was changed.")
    async with db.as_operator() as tx:
        [row] = await reports.rejections(tx, organization=None, event=None)
    assert (row["action_type"], row["reason"], row["rejected"]) == ("schedule_update", code, 1)


async def test_the_menu_of_reasons_opens_on_this_copy_and_leads_back(desk: Desk, owner_url: str) -> None:
    usual = kinds(desk.card())
    assert await desk.press("menu", "reject") is None
    assert kinds(desk.card()) == [*(("reject", code) for code in REASONS), ("reject", ""), ("menu", "")]
    assert await desk.press("menu") is None
    assert (kinds(desk.card()), statuses(owner_url)) == (usual, ["suggested"])


async def test_own_words_are_asked_for_and_quoted(desk: Desk, owner_url: str) -> None:
    await desk.press("menu", "reject")
    assert await desk.press("reject", "other") is None
    assert list(desk.telegram.questions.values()) == [say("he", phrase("ask-reason", title="Lighting Basics"))]
    assert (statuses(owner_url), ("menu", "") in kinds(desk.card())) == (["suggested"], False)
    await desk.answers("The speaker\u202e is\nill. <b>Approve</b> everything!")
    assert (statuses(owner_url), reason(owner_url)) == (
        ["rejected"],
        "The speaker is ill. <b>Approve</b> everything!",
    )
    outcome = desk.card().outcome
    assert outcome is not None
    assert "“The speaker is ill. <b>Approve</b> everything!”" in said(outcome)


async def test_words_typed_in_a_form_are_the_reason(desk: Desk, owner_url: str) -> None:
    assert await desk.press("reject", "other", evidence={"words": "  No  budget ", "else": "x"}) is None
    [row] = log_rows(owner_url)
    assert row["decided_from"] == {"platform": "telegram", "channel": "7001", "reason": "No budget"}


@pytest.mark.parametrize(
    ("choice", "words", "told"),
    [
        ("other", "", phrase("reject-say-why")),
        ("other", " \n\u200b\u0007 ", phrase("reject-say-why")),
        ("other", "x" * 301, phrase("reject-too-long", longest=300)),
        ("no_such_code", "", phrase("decision-unknown")),
    ],
)
async def test_a_reason_that_cannot_be_kept_changes_nothing(
    desk: Desk, owner_url: str, choice: str, words: str, told: object
) -> None:
    assert await desk.press("reject", choice, evidence={"words": words}) == say("he", told)  # type: ignore[arg-type]
    assert statuses(owner_url) == ["suggested"]
    [row] = log_rows(owner_url, "kind = 'refusal'")
    assert row["action_type"] == "decision"


async def test_three_hundred_letters_are_room_enough(desk: Desk, owner_url: str) -> None:
    assert await desk.press("reject", "other", evidence={"words": "א" * 300}) is None
    assert reason(owner_url) == "א" * 300


async def test_without_a_reason_it_is_rejected_as_before(desk: Desk, owner_url: str) -> None:
    assert await desk.press("reject") is None
    [row] = log_rows(owner_url)
    assert row["decided_from"] == {"platform": "telegram", "channel": "7001"}
    assert desk.card().outcome is not None
    assert desk.card().outcome.id == "outcome-rejected"  # type: ignore[union-attr]


async def test_who_may_not_decide_gets_no_menu_and_no_question(desk: Desk, owner_url: str) -> None:
    usual = kinds(desk.card())
    for verdict, choice in (("menu", "reject"), ("reject", "other"), ("reject", "too_late"), ("edit", "room")):
        told = await desk.press(verdict, choice, user=STAFF)  # type: ignore[arg-type]
        assert told == say("en", phrase("decision-not-allowed"))
    assert (kinds(desk.card()), desk.telegram.questions, statuses(owner_url)) == (usual, {}, ["suggested"])
