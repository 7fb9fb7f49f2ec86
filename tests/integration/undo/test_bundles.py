"""Undo of what is several writes at once: the database is whole again, or the card says what does not come back.

Lines depend on each other in both directions, and so do those that take them back.
"""

import random
from collections.abc import Iterator, Sequence

import pytest

from core.actions.bundles.models import BUNDLE
from core.actions.card import card_of
from core.actions.suggestion import Suggestion
from core.db import Database
from core.flows.bundles.making import bundle, refusal
from core.flows.bundles.tools import inverse
from core.flows.runtime import write_tool
from core.kernel.cards import Card
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext
from core.texts import say
from tests.fakes import runtime
from tests.integration.undo.stage import (
    Row,
    approve,
    do,
    enrich,
    found,
    preview,
    state,
    suggest_undo,
    take_back,
    write_named,
)
from tests.integration.undo.test_every_tool import EVERY, with_ids
from tests.owner import owner_run
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.db

Write = tuple[str, Row]
_PLAIN = {0x2068: None, 0x2069: None}

BUNDLES: dict[str, tuple[tuple[str, Row], ...]] = {
    "shift": (("shift_sessions", {"after": "10:00", "minutes": 20, "room": "Hall B"}),),
    "swap": (("swap_sessions", {"session_a": "Opening Keynote", "session_b": "Sound Check Live"}),),
    "mixed": (
        ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"start_time": "17:00"}}),
        ("check_in_participant", {"participant": "Maya Golan"}),
        ("unassign_vendor", {"vendor": "Sound and Light"}),
        ("complete_checklist_item", {"item": "Check microphones"}),
        ("add_room", {"name": "Garden", "capacity": 40}),
    ),
    "everybody moves, then the session goes": (
        ("move_participants", {"from_session": "Opening Keynote", "to_session": "Closing Panel", "everyone": True}),
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
    ),
    "somebody leaves, then the session goes": (
        ("unassign_participant", {"participant": "Guest 020", "session": "Opening Keynote"}),
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
    ),
    "another time, and nobody left": (
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"start_time": "19:00"}}),
        ("move_participants", {"from_session": "Opening Keynote", "to_session": "Closing Panel", "everyone": True}),
    ),
    "a room's name, and out of it": (
        ("update_room", {"room": "Hall B", "changes": {"name": "Blue Hall"}}),
        ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"room": "Workshop"}}),
    ),
    "done, and somebody else's": (
        ("complete_checklist_item", {"item": "Check microphones"}),
        ("assign_checklist_item", {"item": "Check microphones", "assignee": "Owner of Aleph Events"}),
    ),
    "removed and made": (
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
        ("create_schedule_item", {"title": "Late Talk", "start_time": "18:00", "end_time": "19:00", "room": "Hall A"}),
    ),
}


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    enrich(owner_url)
    return made


async def made(db: Database, world: World, writes: Sequence[tuple[str, Row]]) -> Proposal:
    """The writes of one turn as one proposal."""
    owner = world.people["owner"]
    return await together(db, owner, [await preview(db, owner, name, args) for name, args in writes])


async def together(db: Database, owner: Principal, looked: Sequence[Proposal]) -> Proposal:
    """What has been looked at as one proposal."""
    async with db.acting_as(owner) as tx:
        made = await bundle(ToolContext(tx, owner, NOW), [(each, None) for each in looked])
    assert isinstance(made, Proposal), made
    return made


@pytest.mark.parametrize("writes", BUNDLES.values(), ids=BUNDLES)
async def test_do_and_undo_change_nothing(
    db: Database, world: World, owner_url: str, writes: tuple[tuple[str, Row], ...]
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    before = state(owner_url)
    done = await do(rt, owner_url, world, await made(db, world, writes))
    after = state(owner_url)
    assert after != before
    back = await take_back(rt, owner_url, world, done)
    assert state(owner_url) == before
    await take_back(rt, owner_url, world, back)
    assert state(owner_url) == after


def _session(title: str) -> list[Write]:
    return [
        ("update_schedule_item", {"schedule_id": title, "changes": {"title": f"{title} (new)"}}),
        ("update_schedule_item", {"schedule_id": title, "changes": {"start_time": "19:00"}}),
        ("update_schedule_item", {"schedule_id": title, "changes": {"room": "Workshop"}}),
        ("update_schedule_item", {"schedule_id": title, "changes": {"clear": ["room", "speaker"]}}),
        ("delete_schedule_item", {"schedule_id": title}),
    ]


POOL: dict[str, list[Write]] = {
    "keynote": [
        *_session("Opening Keynote"),
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"max_capacity": 200}}),
        ("move_participants", {"from_session": "Opening Keynote", "to_session": "Closing Panel", "everyone": True}),
        (
            "move_participants",
            {
                "from_session": "Opening Keynote",
                "to_session": "Closing Panel",
                "participants": ["Guest 020", "Guest 133"],
            },
        ),
        (
            "move_participants",
            {
                "from_session": "Opening Keynote",
                "to_session": "Sound Check Live",
                "participants": ["Guest 021", "Guest 040"],
            },
        ),
        ("unassign_participant", {"participant": "Guest 020", "session": "Opening Keynote"}),
        ("unassign_participant", {"participant": "Guest 135", "session": "Opening Keynote"}),
        ("assign_participant", {"participant": "Guest 134", "session": "Opening Keynote"}),
        ("create_schedule_item", {"title": "Instead", "start_time": "10:00", "end_time": "11:00", "room": "Hall A"}),
        ("swap_sessions", {"session_a": "Opening Keynote", "session_b": "Sound Check Live"}),
    ],
    "panel": [
        *_session("Closing Panel"),
        (
            "move_participants",
            {"from_session": "Closing Panel", "to_session": "Sound Check Live", "participants": ["Maya Golan"]},
        ),
        ("assign_participant", {"participant": "Maya Golan", "session": "Closing Panel"}),
        ("assign_participant", {"participant": "Guest 040", "session": "Closing Panel"}),
        ("unassign_participant", {"participant": "Maya Golan", "session": "Closing Panel"}),
    ],
    "rooms": [
        ("update_room", {"room": "Hall B", "changes": {"name": "Blue Hall"}}),
        ("update_room", {"room": "Hall A", "changes": {"name": "Red Hall", "capacity": 90}}),
        ("update_room", {"room": "Attic", "changes": {"name": "Loft"}}),
        ("remove_room", {"room": "Attic"}),
        ("add_room", {"name": "Garden", "capacity": 40}),
        ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Attic"}}),
        ("create_schedule_item", {"title": "Upstairs", "start_time": "18:00", "end_time": "19:00", "room": "Attic"}),
        ("create_schedule_item", {"title": "Downstairs", "start_time": "18:00", "end_time": "19:00", "room": "Hall B"}),
        (
            "update_schedule_item",
            {"schedule_id": "Lighting Basics", "changes": {"start_time": "18:30", "room": "Workshop"}},
        ),
        ("delete_schedule_item", {"schedule_id": "Lighting Basics"}),
        ("shift_sessions", {"after": "10:00", "minutes": 20, "room": "Hall B"}),
    ],
    "person": [
        ("set_vip", {"participant": "Guest 041", "is_vip": True, "note": "Late"}),
        ("set_vip", {"participant": "Guest 041", "is_vip": True}),
        (
            "update_participant",
            {"participant": "Guest 041", "changes": {"name": "Forty One", "email": "x@example.org"}},
        ),
        ("check_in_participant", {"participant": "Guest 041"}),
        ("remove_participant", {"participant": "Guest 041"}),
        ("unassign_participant", {"participant": "Guest 041", "session": "Opening Keynote"}),
        ("assign_participant", {"participant": "Guest 041", "session": "Lighting Basics"}),
        (
            "move_participants",
            {"from_session": "Opening Keynote", "to_session": "Closing Panel", "participants": ["Guest 041"]},
        ),
        ("add_participant", {"name": "Guest 041", "email": "other@example.org"}),
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
    ],
    "vendors": [
        ("update_vendor", {"vendor": "Sound and Light", "changes": {"name": "Sound"}}),
        ("update_vendor", {"vendor": "Sound and Light", "changes": {"clear": ["category", "phone"]}}),
        ("update_vendor_status", {"vendor": "Sound and Light", "status": "arrived", "arrives_at": "07:30"}),
        ("unassign_vendor", {"vendor": "Sound and Light"}),
        ("remove_vendor", {"vendor": "Flowers"}),
        ("update_vendor", {"vendor": "Flowers", "changes": {"phone": "+97250"}}),
        ("assign_vendors", {"vendors": ["Flowers"], "arrives_at": "08:00", "notes": "Two vases"}),
        ("add_vendor", {"name": "Tents"}),
    ],
    "lists": [
        ("complete_checklist_item", {"item": "Check microphones"}),
        ("assign_checklist_item", {"item": "Check microphones", "assignee": "Owner of Aleph Events"}),
        ("add_checklist_items", {"items": [{"title": "Check microphones again"}, {"title": "Water"}]}),
        ("remove_checklist_items", {"event_id": "EVENT", "item_ids": ["ITEM: Check microphones"]}),
        ("reopen_checklist_item", {"event_id": "EVENT", "item_ids": ["ITEM: Print badges"]}),
        ("remove_checklist_items", {"event_id": "EVENT", "item_ids": ["ITEM: Print badges"]}),
    ],
    "events": [
        ("update_event", {"event": "Autumn Draft", "changes": {"name": "Autumn", "last_day": "2031-10-03"}}),
        ("publish_event", {"event": "Autumn Draft"}),
        ("delete_event_draft", {"event": "Autumn Draft"}),
        ("update_event", {"changes": {"name": "Spring Days", "last_day": "2031-05-03"}}),
        ("unpublish_event", {"event": "Spring Conference"}),
        ("create_event_draft", {"name": "Winter Days", "first_day": "2031-12-01"}),
        ("update_event", {"changes": {"last_day": "2031-05-04"}}),
        ("delete_schedule_item", {"schedule_id": "Opening Keynote"}),
    ],
}


_ANYTHING: list[Write] = [(name, args) for name, all_ in EVERY.items() for args in all_]
_SUBJECTS = [*POOL, "anything"]
_BUNDLES_EACH = 4
"""Bundles that are made of each subject's writes; more take long and find no more."""


def drawn(subject: str) -> Iterator[list[Write]]:
    """Bundles of two to four writes about one subject, or about anything; the same in every run."""
    luck = random.Random(subject)
    while True:
        yield luck.sample(POOL.get(subject, _ANYTHING), luck.randint(2, 4))


async def looked_at(db: Database, owner: Principal, writes: Sequence[Write]) -> list[Proposal] | None:
    """What can be proposed of these in one turn; None where they cannot be one bundle, or cannot be approved."""
    looked: list[Proposal] = []
    for name, args in writes:
        async with db.acting_as(owner) as tx:
            tool = write_named(name)
            seen = await tool.preview(ToolContext(tx, owner, NOW), tool.args.model_validate(args))
        if isinstance(seen, Refused) or seen.is_blocked:
            return None
        looked.append(seen)
    if any(each.action_type.startswith(("person_", "policy_", "delegation_")) for each in looked) or refusal(looked):
        return None
    return None if (await together(db, owner, looked)).is_blocked else looked


@pytest.mark.parametrize("subject", _SUBJECTS)
async def test_bundles_of_all_writes_come_back_whole(db: Database, world: World, owner_url: str, subject: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    owner, tried = world.people["owner"], 0
    for writes in drawn(subject):
        before = state(owner_url)
        looked = await looked_at(db, owner, [(name, with_ids(args, world, before)) for name, args in writes])
        if looked is None:
            continue
        done = await do(rt, owner_url, world, await together(db, owner, looked))
        after = state(owner_url)
        back = await suggest_undo(rt, owner_url, world, done)
        assert await approve(rt, owner_url, owner, back.id) is True, writes
        assert (state(owner_url), losses(back)) == (before, []), writes
        again = await take_back(rt, owner_url, world, back.id)
        assert state(owner_url) == after, writes
        await take_back(rt, owner_url, world, again)
        assert state(owner_url) == before, writes
        tried += 1
        if tried == _BUNDLES_EACH:
            break


def shown(back: Suggestion) -> Card:
    """The card of an undo."""
    return card_of(back, write_tool(back.request.action_type).describe(back.action()), can_decide=True)


def losses(back: Suggestion, locale: str = "en") -> list[str]:
    """What the card says that does not come back."""
    card = shown(back)
    notice = card.notice.id if card.notice else None
    gone = [each for each in card.warnings if each.text.id == "conflict-undo-incomplete"]
    assert notice == ("notice-undo-in-part" if gone else "notice-undo")
    return [say(locale, each.text).translate(_PLAIN) for each in gone]


async def test_what_cannot_come_back_is_named_and_must_be_read(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    done = await do(rt, owner_url, world, await made(db, world, BUNDLES["mixed"]))
    owner_run(owner_url, "delete from public.participants where full_name = 'Maya Golan'")
    back = await suggest_undo(rt, owner_url, world, done)
    assert losses(back) == [
        "What was done to Maya Golan is not taken back: it is gone, or it has changed since in a way that does not "
        "allow it."
    ]
    assert losses(back, "he") == [
        "מה שבוצע לגבי Maya Golan לא יוחזר: הוא כבר לא קיים, או שהשתנה מאז באופן שלא מאפשר זאת."
    ]
    card = shown(back)
    assert (card.gesture, [each.kind for each in back.request.conflicts if each.must_be_acknowledged]) == (
        "acknowledge",
        ["undo_incomplete"],
    )
    assert await approve(rt, owner_url, world.people["owner"], back.id) is True


async def test_a_line_that_is_left_out_takes_those_with_it_that_stand_on_it(
    db: Database, world: World, owner_url: str
) -> None:
    """Without the session nobody can be moved back to it, and the card says so."""
    rt, _slack, _telegram, _model = runtime(db)
    writes = BUNDLES["everybody moves, then the session goes"]
    done = await do(rt, owner_url, world, await made(db, world, writes))
    back = await suggest_undo(rt, owner_url, world, done)
    assert [line["action_type"] for line in back.request.args["lines"]] == ["schedule_create", "participants_move"]
    owner = world.people["owner"]
    async with db.acting_as(owner) as tx:
        alone = await write_tool(BUNDLE).review(
            ToolContext(tx, owner, NOW), {**back.request.args, "lines": back.request.args["lines"][1:]}
        )
    assert isinstance(alone, Refused)
    assert alone.why.id == "session-gone"


async def test_the_twin_that_sorts_the_lines_loses_those_who_were_moved(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    writes = BUNDLES["everybody moves, then the session goes"]
    done = await do(rt, owner_url, world, await made(db, world, writes))
    owner = world.people["owner"]
    way_back = inverse((await found(rt.db, owner, done)).action())
    assert way_back is not None
    async with db.acting_as(owner) as tx:
        sorted_ = await write_tool(BUNDLE).review(ToolContext(tx, owner, NOW), {**way_back.args, "in_order": False})
    assert isinstance(sorted_, Proposal)
    assert sorted_.args["left_out"] == ["Opening Keynote"]


async def test_lines_on_each_other_run_until_the_first_failure_too(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    before = state(owner_url)
    writes = BUNDLES["everybody moves, then the session goes"]
    done = await do(rt, owner_url, world, await made(db, world, writes))
    owner = world.people["owner"]
    way_back = inverse((await found(rt.db, owner, done)).action())
    assert way_back is not None
    async with db.acting_as(owner) as tx:
        looked = await write_tool(BUNDLE).review(
            ToolContext(tx, owner, NOW), {**way_back.args, "mode": "until_failure"}
        )
    assert isinstance(looked, Proposal)
    await do(rt, owner_url, world, looked)
    assert state(owner_url) == before
