"""What the tests of vendors and checklists ask, propose, run and take back."""

import asyncio
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID, uuid4

from core.db import Database, WorldMoved
from core.flows.runtime import TOOLS, write_tool
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Description, Done, Inverse, ReadTool, Refused, ToolContext, WriteTool
from core.naming.times import local_text
from core.texts import say
from tests.owner import owner_rows, owner_run
from tests.world import NOW, ZONE, World, at

Row = dict[str, Any]


async def ask(db: Database, who: Principal, name: str, now: datetime = NOW, **args: Any) -> Row:
    """Return what a read tool answers."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, ReadTool)
    async with db.acting_as(who) as tx:
        answer = await tool.run(ToolContext(tx, who, now), tool.args.model_validate(args))
    assert isinstance(answer, Done), answer
    return answer.data


async def propose(db: Database, who: Principal, name: str, now: datetime = NOW, **args: Any) -> Proposal | Refused:
    """Return what a write tool proposes."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        return await tool.preview(ToolContext(tx, who, now), tool.args.model_validate(args))


async def proposal(db: Database, who: Principal, name: str, now: datetime = NOW, **args: Any) -> Proposal:
    """Return what a write tool proposes; it must not refuse."""
    proposed = await propose(db, who, name, now, **args)
    assert isinstance(proposed, Proposal), proposed
    return proposed


async def refusal(db: Database, who: Principal, name: str, now: datetime = NOW, **args: Any) -> tuple[str, Any]:
    """Return why a write tool refuses, in English without isolates, and what helps to ask back."""
    refused = await propose(db, who, name, now, **args)
    assert isinstance(refused, Refused), refused
    return said(refused), refused.data


async def review(db: Database, who: Principal, inverse: Inverse, now: datetime = NOW) -> Proposal | Refused:
    """Look at canonical arguments, as it is done for what takes something back."""
    async with db.acting_as(who) as tx:
        return await write_tool(inverse.action_type).review(ToolContext(tx, who, now), inverse.args)


async def run(db: Database, who: Principal, proposed: Proposal) -> Action:
    """Execute a proposal as a decision does; raises ``WorldMoved`` when the facts are others."""
    action = action_of(proposed)
    async with db.acting_as(who) as tx:
        await write_tool(action.action_type).execute(tx, action)
    return action


async def is_overtaken(db: Database, owner_url: str, who: Principal, one: Proposal, two: Proposal) -> bool:
    """Decide ``two`` while ``one`` runs and is not yet committed; return whether the world had then moved for it."""
    async with db.acting_as(who) as tx:
        await write_tool(one.action_type).execute(tx, action_of(one))
        await (await tx.execute("select 1")).fetchone()
        second = asyncio.create_task(run(db, who, two))
        while not second.done() and not owner_rows(owner_url, "select from pg_locks where not granted"):
            await asyncio.sleep(0.01)
    try:
        await second
    except WorldMoved:
        return True
    return False


def without_locks(owner_url: str, subject: str) -> None:
    """Take from a proof the locks that it sets, and leave the comparison."""
    owner_run(
        owner_url,
        f"create or replace function app.assert_{subject}_unchanged(change jsonb, shown_digest text) returns void "
        "language plpgsql volatile set search_path = pg_catalog, pg_temp as $$ begin "
        f"perform app.assert_unchanged(app.{subject}_facts(change), shown_digest); end $$",
    )


async def take_back(db: Database, who: Principal, action: Action) -> Action:
    """Execute what takes an action back."""
    looked = await review(db, who, inverse_of(action))
    assert isinstance(looked, Proposal), looked
    return await run(db, who, looked)


def action_of(proposed: Proposal) -> Action:
    """Return the action that a proposal becomes once it is stored."""
    return Action(
        suggestion_id=uuid4(),
        action_type=proposed.action_type,
        args=proposed.args,
        before=proposed.before,
        zone=proposed.zone,
        facts_digest=proposed.facts_digest,
    )


def inverse_of(action: Action) -> Inverse:
    """Return what takes an action back; there must be something."""
    inverse = write_tool(action.action_type).inverse(action)
    assert inverse is not None
    return inverse


def said(refused: Refused) -> str:
    """Return a refusal in English, without isolates."""
    return plainly(say("en", refused.why))


def shown(proposed: Proposal) -> tuple[str, list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Return a card's title, facts and changes in English, without isolates; Hebrew must be able to say them too."""
    described = write_tool(proposed.action_type).describe(action_of(proposed))
    _words("he", described)
    return _words("en", described)


def _words(locale: str, described: Description) -> tuple[str, list[tuple[str, str]], list[tuple[str, str, str]]]:
    def words(phrase: Any) -> str:
        return plainly(say(locale, phrase))

    facts = [(words(fact.label), words(fact.value)) for fact in described.facts]
    changes = [(words(each.label), words(each.now), words(each.proposed)) for each in described.changes]
    return words(described.title), facts, changes


def plainly(text: str) -> str:
    """Return a text without the marks that isolate its values."""
    return text.translate({0x2068: None, 0x2069: None})


def kinds(proposed: Proposal) -> list[tuple[str, str]]:
    """Return the conflicts of a proposal: kind and severity."""
    return [(conflict.kind, conflict.severity) for conflict in proposed.conflicts]


async def insert(db: Database, world: World, query: LiteralString, values: Row) -> UUID:
    """Add a row as the organisation's owner; return its id."""
    async with db.acting_as(world.people["owner"]) as tx:
        row = await (await tx.execute(query, {"org": world.organization_id, **values})).fetchone()
    assert row is not None
    return row["id"]


async def change(db: Database, world: World, query: LiteralString, **values: Any) -> None:
    """Change the world as its owner."""
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(query, {"org": world.organization_id, "event": world.event_id, **values})


VENDORS = ("Blue Plate Catering", "Sound and Light", "Soundproof Walls", "פרחי הגליל")
ASSIGNED = "insert into public.event_vendors (organization_id, event_id, vendor_id) values (%(org)s, %(event)s, %(id)s)"


async def add_vendor(db: Database, world: World, name: str) -> UUID:
    """Add a vendor to the organisation."""
    query = "insert into public.vendors (organization_id, name, category) values (%(org)s, %(name)s, 'x') returning id"
    return await insert(db, world, query, {"name": name})


async def add_vendors(db: Database, world: World) -> dict[str, UUID]:
    """Add four vendors, of whom the first is confirmed for eight in the morning."""
    ids = {name: await add_vendor(db, world, name) for name in VENDORS}
    await change(db, world, ASSIGNED, id=ids[VENDORS[0]])
    confirmed = "update public.event_vendors set status = 'confirmed', arrives_at = %(at)s, notes = 'Kosher kitchen'"
    await change(db, world, confirmed, at=at("08:00"))
    return ids


CATERING = {"Blue Plate Catering": ("confirmed", "2031-05-01T08:00", "Kosher kitchen")}
"""What ``assigned`` returns to begin with."""


def assigned(owner_url: str) -> dict[str, tuple[str, str | None, str | None]]:
    """Return who is assigned: status, local arrival, notes."""
    rows = owner_rows(
        owner_url,
        "select name, status, arrives_at, notes from public.event_vendors as seat "
        "join public.vendors as vendor on vendor.id = seat.vendor_id order by name",
    )
    return {row["name"]: (row["status"], _local(row["arrives_at"]), row["notes"]) for row in rows}


def _local(moment: datetime | None) -> str | None:
    return local_text(moment, ZONE) if moment else None


ITEM = (
    "insert into public.checklist_items (organization_id, event_id, title, due_at, assigned_to, source_id) "
    "values (%(org)s, %(event)s, %(title)s, %(due)s, %(who)s, %(source)s) returning id"
)
DONE = "update public.checklist_items set is_done = true, done_at = %(at)s where title = %(title)s"
NEW: tuple[str, Row] = (
    "add_checklist_items",
    {
        "items": [
            {"title": "Lay the cables", "due_at": "11:30", "assignee": "staff of aleph"},
            {"title": "Count the chairs"},
            {"title": "lay  the CABLES"},
        ]
    },
)


async def add_items(db: Database, world: World) -> dict[str, UUID]:
    """Add four items: one that staff should have done, one for later, one that is free, one that is done."""
    staff = world.people["staff"].user_id
    rows: tuple[tuple[str, datetime | None, UUID | None], ...] = (
        ("Print the badges", at("08:00"), staff),
        ("Print the programme", at("12:00"), None),
        ("לבדוק מיקרופונים", None, None),
        ("Order flowers", None, staff),
    )
    ids: dict[str, UUID] = {}
    for title, due, who in rows:
        values = {"event": world.event_id, "title": title, "due": due, "who": who, "source": f"list/{title}"}
        ids[title] = await insert(db, world, ITEM, values)
    await change(db, world, DONE, at=at("07:00"), title="Order flowers")
    return ids


def item_rows(owner_url: str) -> list[Row]:
    """Return every checklist item, as it is stored."""
    return owner_rows(owner_url, "select * from public.checklist_items order by id")


def item_of(owner_url: str, title: str) -> Row:
    """Return one checklist item, as it is stored."""
    [row] = [row for row in item_rows(owner_url) if row["title"] == title]
    return row
