"""Notes about people and their contact details are for the one who asks, never for a channel or a group."""

from dataclasses import replace
from typing import Any

import pytest

from core.db import Database
from core.flows.home import Home, home_of
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.opening import on_open
from core.kernel.cards import Card, Sheet
from core.kernel.messages import InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Locale
from core.texts import say
from tests.drain import drain
from tests.fakes import ScriptedModel, calls, runtime, says
from tests.integration.domains.steps import read_out
from tests.integration.flows.office import MOVE, press, slack_message, suggested, telegram_message
from tests.owner import owner_run
from tests.world import MANAGERS, TEAM, World, make_world

pytestmark = pytest.mark.db

NOTE, MAIL, NUMBER = "Needs the ramp at door four", "ruth@private.example", "+972500000001"
READS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("list_vips", {}),
    ("get_session", {"session": "Opening Keynote"}),
    ("get_participant_agenda", {"participant": "Ruth Bar"}),
    ("explain_suggestion", {"suggestion": "Ruth Bar"}),
    ("what_changed", {}),
    MOVE,
    ("set_vip", {"participant": "Ruth Bar", "is_vip": False}),
    ("add_participant", {"name": "Ruth Bar", "email": "other@private.example"}),
)
PLACES = [
    pytest.param(slack_message("Who are the VIPs?", channel="C7"), "slack", id="slack"),
    pytest.param(telegram_message("Who are the VIPs?", chat="-1007"), "telegram", id="telegram"),
]
PRIVATE = [
    pytest.param(slack_message("Who are the VIPs?"), id="slack"),
    pytest.param(telegram_message("Who are the VIPs?"), id="telegram"),
]


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    owner_run(
        owner_url,
        f"update public.participants set vip_notes = '{NOTE}', email = '{MAIL}', phone = '{NUMBER}' "
        "where full_name = 'Ruth Bar'",
        "insert into public.vendors (organization_id, name, phone, email) "
        f"values ('{made.organization_id}', 'Flowers', '{NUMBER}', '{MAIL}')",
    )
    return made


def told_to(model: ScriptedModel) -> str:
    """Everything that the model was handed."""
    return repr(model.requests)


def has_personal(text: str) -> list[str]:
    return [each for each in (NOTE, MAIL, NUMBER) if each in text]


@pytest.mark.parametrize(("message", "platform"), PLACES)
async def test_the_model_hears_nothing_personal_where_others_read_along(
    db: Database, world: World, database_url: str, message: InboundMessage, platform: str
) -> None:
    rt, slack, telegram, model = runtime(db, calls(*READS), says("Ruth Bar is a VIP."))
    await suggested(rt, message, database_url)
    assert has_personal(told_to(model)) == []
    offered = say("he" if message.sender.user in {"UMANAGER", "7001"} else "en", phrase("personal-offered"))
    chat = {"slack": slack, "telegram": telegram}[platform]
    assert chat.said == [(message.address.channel, f"Ruth Bar is a VIP.\n\n{offered}")]


@pytest.mark.parametrize("message", PRIVATE)
async def test_in_private_the_asker_is_told(
    db: Database, world: World, database_url: str, message: InboundMessage
) -> None:
    rt, slack, telegram, model = runtime(db, calls(("list_vips", {})), says("Ruth Bar."))
    await on_message(rt, message)
    await drain(rt, database_url)
    assert has_personal(told_to(model)) == [NOTE]
    assert [text for _channel, text in (*slack.said, *telegram.said)] == ["Ruth Bar."]


async def test_without_the_defence_the_note_would_be_told(db: Database, world: World, database_url: str) -> None:
    # The twin: the channel passes for a private chat.
    rt, _slack, _telegram, model = runtime(db, calls(("list_vips", {})), says("Ruth Bar."))
    await suggested(rt, replace(slack_message("Who are the VIPs?", channel="C7"), direct=True), database_url)
    assert has_personal(told_to(model)) == [NOTE]


def all_of(card: Card, locale: Locale) -> str:
    lines = (*card.consequences, *card.footer, *(each for each in (card.asked_by, card.why) if each is not None))
    return "\n".join([*read_out(card, locale), *(say(locale, line) for line in lines)])


async def test_a_card_in_a_channel_names_people_and_tells_nothing_personal(
    db: Database, world: World, database_url: str
) -> None:
    because = f"She {NOTE} and so on"
    rt, slack, telegram, _model = runtime(db, calls((MOVE[0], {**MOVE[1], "because": because})), says("It waits."))
    await suggested(rt, telegram_message(f"Move the keynote: {NOTE}", user="7002"), database_url)
    [(posted, card)] = slack.cards.items()
    assert posted.channel == MANAGERS
    assert has_personal(all_of(card, "en") + all_of(card, "he")) == []
    assert ("VIP: Ruth Bar" in read_out(card), card.footer[-1]) == (True, phrase("personal-on-card"))
    [own] = telegram.cards.values()
    assert f"VIP: Ruth Bar ({NOTE})" in read_out(own)


async def test_the_card_stays_so_when_it_is_decided(db: Database, world: World, database_url: str) -> None:
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message("Move the keynote", user="7002"), database_url)
    [(posted, card)] = slack.cards.items()
    assert await on_decision(rt, replace(press(card.suggestion_id), pressed=posted)) is None
    await drain(rt, database_url)
    [done] = slack.cards.values()
    assert (done.state, has_personal(all_of(done, "en"))) == ("executed", [])


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("set_vip", {"participant": "Ruth Bar", "is_vip": False}),
        ("update_participant", {"participant": "Ruth Bar", "changes": {"email": "x@y.example", "phone": "+1234567"}}),
        ("add_participant", {"name": "Ruth Bar"}),
        ("add_vendor", {"name": "Tents", "phone": NUMBER, "email": "x@y.example"}),
        ("update_vendor", {"vendor": "Flowers", "changes": {"email": "x@y.example", "phone": "+1234567"}}),
        ("update_vendor", {"vendor": "Flowers", "changes": {"name": "Roses", "clear": ["email"]}}),
    ],
)
@pytest.mark.parametrize(
    "message",
    [
        pytest.param(slack_message("please", channel="C7"), id="slack"),
        pytest.param(telegram_message("please", chat="-1007"), id="telegram"),
    ],
)
async def test_changes_of_personal_details_are_not_shown_where_others_read_along(
    db: Database, world: World, database_url: str, message: InboundMessage, name: str, args: dict[str, Any]
) -> None:
    rt, slack, telegram, _model = runtime(db, calls((name, args)), says("It waits."))
    await suggested(rt, message, database_url)
    [(posted, card), *_] = slack.cards.items()
    opened = await on_open(rt, replace(press(card.suggestion_id, "show"), pressed=posted))
    assert isinstance(opened, Sheet)
    told = all_of(opened.card, "en")
    assert has_personal(told) or "x@y.example" in told
    assert await on_decision(rt, replace(press(card.suggestion_id), pressed=replace(posted, message=""))) is None
    await drain(rt, database_url)
    everything = [*slack.cards.values(), *telegram.cards.values()]
    shown = "\n".join(all_of(each, locale) for each in everything for locale in ("en", "he"))
    shown += "\n".join(text for _channel, text in (*slack.said, *telegram.said))
    assert {each.state for each in everything} == {"executed"}
    assert (has_personal(shown), "x@y.example" in shown, "+1234567" in shown) == ([], False, False)


async def test_lines_of_a_bundle_tell_nothing_personal_in_a_channel(
    db: Database, world: World, database_url: str
) -> None:
    both = (
        ("update_participant", {"participant": "Ruth Bar", "changes": {"email": "x@y.example"}}),
        ("set_vip", {"participant": "Eli Katz", "is_vip": True, "note": NOTE}),
    )
    rt, slack, telegram, _model = runtime(db, calls(*both), says("It waits."))
    await suggested(rt, telegram_message("please", user="7002"), database_url)
    [card], [own] = slack.cards.values(), telegram.cards.values()
    shown = all_of(card, "en") + "".join(say("en", line) for line in card.lines)
    whole = "".join(say("en", line) for line in own.lines)
    assert (has_personal(shown), "x@y.example" in shown, len(card.lines)) == ([], False, 2)
    assert ("x@y.example" in whole, NOTE in whole) == (True, True)


async def test_what_became_of_it_is_said_in_a_channel_without_anything_personal(
    db: Database, world: World, database_url: str
) -> None:
    change = ("update_participant", {"participant": "Ruth Bar", "changes": {"email": "x@y.example"}})
    rt, slack, _telegram, _model = runtime(db, calls(change), says("It waits."))
    await suggested(rt, slack_message("please", user="USTAFF", channel="C7"), database_url)
    card = next(iter(slack.cards.values()))
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    told = [text for channel, text in slack.said if channel == "C7"][-1]
    assert ("Manager of Aleph Events" in told, "Ruth Bar" in told) == (True, True)
    assert (has_personal(told), "x@y.example" in told) == ([], False)


async def test_notes_about_vendors_are_for_those_who_work_with_them(
    db: Database, world: World, database_url: str
) -> None:
    wish = ("assign_vendors", {"vendors": ["Flowers"], "notes": "Gate code 7731"})
    rt, slack, _telegram, _model = runtime(db, calls(wish), says("It waits."))
    await suggested(rt, telegram_message("please", user="7002"), database_url)
    [(posted, card)] = slack.cards.items()
    for user, told in (("UMANAGER", True), ("UVIEWER", False)):
        opened = await on_open(rt, replace(press(card.suggestion_id, "show", user=user), pressed=posted))
        assert isinstance(opened, Sheet)
        assert ("Gate code 7731" in all_of(opened.card, "en"), "Flowers" in all_of(opened.card, "en")) == (told, True)
    assert "Gate code 7731" in all_of(card, "en")


async def test_show_all_in_a_group_tells_nothing_personal(db: Database, world: World, database_url: str) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("Move the keynote"), database_url)
    [card] = slack.cards.values()
    group = replace(press(card.suggestion_id, "show"), pressed=replace(next(iter(slack.cards)), channel="C7"))
    assert await on_decision(rt, group) is None
    await drain(rt, database_url)
    assert has_personal(slack.said[-1][1]) == []
    assert telegram.said == []


async def test_a_viewer_opens_a_card_without_what_is_noted(db: Database, world: World, database_url: str) -> None:
    rt, slack, telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, telegram_message(f"Move the keynote: {NOTE}", user="7002"), database_url)
    [(posted, card)] = slack.cards.items()
    opening = replace(press(card.suggestion_id, "show", user="UVIEWER"), pressed=posted)
    sheet = await on_open(rt, opening)
    assert isinstance(sheet, Sheet)
    shown = all_of(sheet.card, "en") + all_of(sheet.card, "he")
    assert (has_personal(shown), "VIP: Ruth Bar" in shown) == ([], True)
    assert sheet.card.footer[-1] == phrase("personal-not-for-viewers")
    # In a chat of their own, where nobody reads along, it is the same for them; a manager there reads everything.
    for user, told in (("UVIEWER", []), ("UMANAGER", [NOTE])):
        alone = replace(opening, sender=replace(opening.sender, user=user), pressed=replace(posted, channel="D1"))
        assert await on_decision(rt, alone) is None
        await drain(rt, database_url)
        assert (has_personal(slack.said[-1][1]), "Ruth Bar" in slack.said[-1][1]) == (told, True)
    assert telegram.said[0][1] == "It waits."


async def test_a_viewers_home_and_answers_know_what_happened_and_nothing_personal(
    db: Database, world: World, database_url: str
) -> None:
    rt, slack, _telegram, model = runtime(db, calls(MOVE), says("It waits."), says("That one is done."))
    await suggested(rt, telegram_message("Move the keynote", user="7002"), database_url)
    [(posted, card)] = slack.cards.items()
    viewer = ChatUser("slack", TEAM, "UVIEWER")
    refused = await on_decision(rt, replace(press(card.suggestion_id, user="UVIEWER"), pressed=posted))
    assert refused == say("en", phrase("decision-not-allowed"))
    assert await on_decision(rt, replace(press(card.suggestion_id), pressed=posted)) is None
    already = await on_decision(rt, replace(press(card.suggestion_id, user="UVIEWER"), pressed=posted))
    assert already is not None
    assert "Manager of Aleph Events" in already
    home = await home_of(rt, viewer, event=str(world.event_id), risk=None, page=1)
    assert isinstance(home, Home)
    assert (home.desk.decided_count, home.desk.waiting_count, home.desk.mine_count) == (1, 0, 0)
    [done] = home.desk.decided
    assert (done.state, has_personal(all_of(done, "en"))) == ("executed", [])
    # A reply under the card is about the card, for a viewer too.
    asked = replace(slack_message("Who asked for this?", user="UVIEWER", event="E9", channel="C7"), under=posted)
    await on_message(rt, replace(asked, direct=False))
    assert ("Opening Keynote" in repr(model.requests[-1]), has_personal(repr(model.requests[-1]))) == (True, [])
