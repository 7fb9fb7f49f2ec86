"""`eventflow log`: the whole story of what was asked, suggested, decided and done; and whether it was tampered with."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.text import Text

from bots.commands.console import database, done, fail, out, point_to_the_demo, run, settings_from_environment
from bots.commands.log_reports import Organization, conflicts, decisions, edited, rejections, vips
from bots.commands.naming import check_named, near
from bots.commands.tables import AsJson, Clock, cell, counted, lines, print_json, told_of
from bots.commands.tables import show as show_rows
from core.actions.phrasing import headline, what_changes
from core.audit import queries as audit
from core.audit.history import checkpoints
from core.audit.history import queries as history
from core.audit.history.queries import Chain
from core.flows.runtime import write_tool
from core.kernel.tools import Action
from core.texts import plain as bare
from core.texts import say

_COLOURS = {"suggested": "yellow", "approved": "green", "executed": "green", "rejected": "red", "failed": "red"}
_STATUSES = ("suggested", "approved", "rejected", "executed", "failed", "expired", "superseded")
_FAULTS = {
    "row_missing": "a row is missing",
    "row_changed": "a row was changed",
    "row_added": "a row was added that the head of the chain does not know",
    "head_missing": "the head of the chain is missing",
    "entry_changed": "the log entry that it tells of was changed",
    "entry_missing": "the log entry that it tells of is missing",
}

_LATEST = 50

log = typer.Typer(invoke_without_command=True)
log.command()(decisions)
log.command()(rejections)
log.command()(edited)
log.command()(vips)
log.command()(conflicts)


@log.callback()
def show(
    ctx: typer.Context,
    *,
    event: Annotated[str | None, typer.Option("--event", help="Only this event, by name or id.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only this status, such as executed.")] = None,
    organization: Organization = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, newest first.")] = _LATEST,
    as_json: AsJson = False,
) -> None:
    """Show what the assistant did, newest first.

    Suggestions and decisions, reads, refusals and errors.
    """
    if ctx.invoked_subcommand is not None:
        if (event, status, organization, limit, as_json) != (None, None, None, _LATEST, False):
            fail(f"Write the options after the command: `eventflow log {ctx.invoked_subcommand} ...`.")
        return
    if status is not None and status not in _STATUSES:
        fail(f'There is no status "{status}". {near(status, _STATUSES)}Write one of: {", ".join(_STATUSES)}.')
    settings = settings_from_environment()

    async def work() -> tuple[list[dict[str, Any]], int]:
        async with database(settings) as db, db.as_operator() as tx:
            await check_named(tx, organization, event)
            return await audit.latest(tx, organization=organization, event=event, status=status, limit=limit)

    rows, every = run(work())
    clock = Clock(row["zone"] for row in rows)
    if as_json:
        print_json(rows)
    elif not rows:
        out.print("The log holds nothing like that.")
        point_to_the_demo(settings)
    else:
        titles = ("When", "Asked by", "What", "Risk", "Status", "Decided by, or why")
        total = clock.below(told_of(len(rows), every, "entry", "entries"))
        show_rows(titles, [_row(row, clock) for row in rows], total=total)


@log.command()
def verify(
    kept: Annotated[list[str] | None, typer.Argument(metavar="[HEAD]...", help="Heads that were kept.")] = None,
    organization: Organization = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Walk every row, also what was walked today.")] = False,
    anchor: Annotated[bool, typer.Option("--anchor", help="Print each chain's head, to be kept elsewhere.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check whether the log was changed behind the program's back.

    Walks the chain of hashes from its first row to its head, and keeps in the program's home how far it came: for a
    day it goes on from there. Whoever owns the database can write a chain anew. A head that is kept elsewhere tells:
    `--anchor` prints it, and given back later it is compared with the row that stands in its place.
    """
    settings = settings_from_environment()
    heads = [_read_head(each) for each in kept or ()]
    home, now = settings.eventflow_home, datetime.now(UTC)
    before = checkpoints.kept(home)

    async def work() -> tuple[list[Chain], list[str]]:
        async with database(settings) as db, db.as_operator() as tx:
            found = {each: await history.hash_at(tx, each[0], each[1]) for each in heads}
            chains = await history.verify(tx, organization, tuple(before.values()), every=every)
            return chains, [each[2] for each in heads if found[each] != each[2]]

    chains, lost = run(work())
    lost += [before[chain.organization_id].hash for chain in chains if chain.is_rewritten]
    if not lost:
        checkpoints.keep(home, history.walked(chains, before, now))
    if organization is not None and not chains:
        fail(f'There is no organisation named "{organization}". Add it with `eventflow org add`.')
    if as_json:
        print_json(asdict(chain) for chain in chains)
        if lost or any(chain.fault is not None for chain in chains):
            raise typer.Exit(1)
        return
    _judge(chains, lost)
    if anchor:
        _print_heads(chains)
    else:
        rows = sum(chain.rows for chain in chains)
        again = sum(chain.since for chain in chains)
        more = f" Walked now: {counted(rows - again, 'row')}; the others earlier today (`--all` walks them too)."
        done(
            f"The log is intact: {counted(rows, 'row')} of history in {counted(len(chains), 'organisation')}."
            f"{more if again else ''}"
        )


def _judge(chains: list[Chain], lost: list[str]) -> None:
    broken = [chain for chain in chains if chain.fault is not None]
    if broken:
        fail(_where(broken))
    if lost:
        fail(
            f"The history was written anew: the head {lost[0][:12]}... that was kept is not in it any more. "
            f"Where a backup of before was restored, remove {checkpoints.FILE} from EVENTFLOW_HOME and verify again."
        )


def _print_heads(chains: list[Chain]) -> None:
    for chain in chains:
        if chain.head is not None:
            typer.echo(history.head_text(chain.organization_id, chain.rows, chain.head))


def _read_head(text: str) -> tuple[UUID, int, str]:
    """Read a head as ``--anchor`` prints it: organisation, position, hash."""
    try:
        organization, position, digest = text.strip().split(":")
        return UUID(organization), int(position), digest
    except ValueError:
        fail(f'"{text}" is no head of a chain. `eventflow log verify --anchor` prints them.')


def _where(broken: list[Chain]) -> str:
    first, others = broken[0], len(broken) - 1
    more = f" {counted(others, 'other organisation')} cannot be trusted either." if others else ""
    if first.fault == "entry_unrecorded":
        return (
            f'The log of "{first.organization}" has an entry that its history never heard of: {first.entry_id}.{more}'
        )
    entry = f" (log entry {first.entry_id})" if first.entry_id else ""
    return (
        f'The history of "{first.organization}" breaks at position {first.position}: '
        f"{_FAULTS[first.fault or '']}{entry}.{more}"
    )


def _row(row: dict[str, Any], clock: Clock) -> tuple[Text, ...]:
    return (
        cell(clock.say(row["created_at"], row["zone"])),
        cell(row["asked_by"]),
        lines(*_said(row)),
        cell(row["risk"] or ""),
        cell(row["execution_status"], _COLOURS.get(row["execution_status"], "")),
        cell(_decider(row)),
    )


def _said(row: dict[str, Any]) -> list[str]:
    """Say the type and what it is about, and of a suggestion its title and what would change, as its card does."""
    head = [row["action_type"], _about(row)]
    if row["kind"] != "suggestion":
        return [line for line in head if line]
    data = row["action_data"]
    try:
        tool = write_tool(row["action_type"])
        said = tool.describe(Action(row["id"], row["action_type"], data["args"], row["before_state"], row["zone"], ""))
    except (LookupError, KeyError, TypeError, ValueError):
        # An entry from before its kind of action was written as it is now: what it is about is said all the same.
        return [line for line in head if line]
    changes = what_changes(said.changes, said.facts, is_short=bool(said.lines))
    told = [headline(said, undoes=bool(data.get("undoes"))), *changes, *said.lines]
    return [row["action_type"], *(bare(say("en", each)) for each in told)]


def _decider(row: dict[str, Any]) -> str:
    how: dict[str, Any] = row["decided_from"] or {}
    if "at_once" in how:
        # Nobody pressed anything: the policy lets what is of low risk be done without asking.
        return "done at once, by the policy"
    # Where the policy asks for two, the one who pressed last is half of the answer.
    return ", ".join(how.get("approvers", ())) or row["decided_by"] or row["execution_error"] or ""


def _about(row: dict[str, Any]) -> str:
    data: dict[str, Any] = row["action_data"]
    args: dict[str, Any] = data.get("args") or {}
    named = (row["before_state"] or data.get("proposed_state") or {}).get("title")
    if named:
        return str(named)
    return ", ".join(f"{key}={value}" for key, value in args.items() if isinstance(value, str | int))[:60]
