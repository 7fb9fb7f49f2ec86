"""Undo of what is several writes at once: shifted, swapped, and a bundle over domains; the database is whole again."""

from collections.abc import Sequence

import pytest

from core.db import Database
from core.flows.bundles.making import bundle
from core.kernel.proposals import Proposal
from core.kernel.tools import ToolContext
from tests.fakes import runtime
from tests.integration.undo.stage import Row, do, enrich, preview, state, take_back
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.db

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
    looked = [await preview(db, owner, name, args) for name, args in writes]
    async with db.acting_as(owner) as tx:
        found = await bundle(ToolContext(tx, owner, NOW), [(each, None) for each in looked])
    assert isinstance(found, Proposal), found
    return found


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
