"""The organisation's list of vendors: who is new on it, and what is known of them."""

from typing import Any

import pytest

from core.db import Database
from core.flows.runtime import write_tool
from core.kernel.tools import Inverse, Refused
from core.texts import say
from tests.integration.domains.steps import action_of, carry_out, propose, proposed, refusal
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

_ROWS = "select name, category, phone, email from public.vendors order by name"
_ISOLATES = {0x2068: None, 0x2069: None}
FLOWERS = {"name": "Flowers", "category": "Stage", "phone": "+1 555", "email": "v@example.org"}
TENTS = {"name": "Tents", "category": None, "phone": None, "email": None}


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    made = await make_world(db)
    owner_run(
        owner_url,
        "insert into public.vendors (organization_id, name, category, phone, email) "
        "select id, 'Flowers', 'Stage', '+1 555', 'v@example.org' from public.organizations",
    )
    return made


async def test_a_new_vendor_is_on_the_list_and_can_be_taken_back(db: Database, world: World, owner_url: str) -> None:
    owner = world.people["owner"]
    looked = await proposed(db, owner, "add_vendor", name="Tents")
    assert (looked.proposed, looked.event_id, looked.effect) == (TENTS, None, "create")
    async with db.acting_as(owner) as tx:
        await write_tool("vendor_add").execute(tx, action_of(looked))
    assert owner_rows(owner_url, _ROWS) == [FLOWERS, TENTS]
    back = write_tool("vendor_add").inverse(action_of(looked))
    assert back is not None
    assert await carry_out(db, owner, back) is None
    assert owner_rows(owner_url, _ROWS) == [FLOWERS]


async def test_a_change_holds_what_is_another_alone(db: Database, world: World, owner_url: str) -> None:
    owner = world.people["owner"]
    changes = {"category": "Stage", "phone": "+972 50-1", "clear": ["email"]}
    looked = await proposed(db, owner, "update_vendor", vendor="flowers", changes=changes)
    assert looked.args["set"] == {"phone": "+972 50-1", "email": None}
    async with db.acting_as(owner) as tx:
        await write_tool("vendor_update").execute(tx, action_of(looked))
    assert owner_rows(owner_url, _ROWS) == [{**FLOWERS, "phone": "+972 50-1", "email": None}]


@pytest.mark.parametrize(
    ("tool", "args", "sentence"),
    [
        ("add_vendor", {"name": " FLOWERS "}, "There already is a vendor Flowers."),
        ("add_vendor", {"name": "\u200b"}, "A vendor needs a name that can be read."),
        (
            "update_vendor",
            {"vendor": "Flowers", "changes": {"phone": "+97250", "clear": ["phone", "email"]}},
            "Phone: to be set and taken away in one change. Say which of the two you mean.",
        ),
        (
            "update_vendor",
            {"vendor": "Flowers", "changes": {"category": "Stage"}},
            "Flowers is already so; there is nothing to change.",
        ),
        ("update_vendor", {"vendor": "Nobody", "changes": {"category": "x"}}, "I find no vendor named Nobody."),
    ],
)
async def test_what_cannot_be_is_said_in_one_sentence(
    db: Database, world: World, tool: str, args: dict[str, Any], sentence: str
) -> None:
    answer = await propose(db, world.people["staff"], tool, **args)
    assert isinstance(answer, Refused)
    assert say("en", answer.why).translate(_ISOLATES) == sentence


async def test_a_vendor_that_comes_to_an_event_stays(db: Database, world: World, owner_url: str) -> None:
    owner_run(
        owner_url,
        "insert into public.event_vendors (organization_id, event_id, vendor_id) "
        "select vendor.organization_id, event.id, vendor.id from public.vendors as vendor "
        "join public.events as event using (organization_id)",
    )
    [row] = owner_rows(owner_url, "select id from public.vendors")
    gone = Inverse("vendor_remove", {"vendor_id": str(row["id"])})
    assert await carry_out(db, world.people["owner"], gone) == "vendors-in-use"
    assert owner_rows(owner_url, _ROWS) == [FLOWERS]


async def test_another_organisations_vendor_is_one_that_does_not_exist(db: Database, world: World) -> None:
    beth = await make_world(db, "Beth Halls", team="T2")
    why, _data = await refusal(
        db, beth.people["owner"], "update_vendor", vendor="Flowers", changes={"category": "Anything"}
    )
    assert why == "vendors-unknown"
