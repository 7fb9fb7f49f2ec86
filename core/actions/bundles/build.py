"""A bundle is looked at line by line, each as if the lines beside it were done, and becomes one proposal."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.actions.bundles import queries
from core.actions.bundles.describe import numbered
from core.actions.bundles.merging import Tools, title_of
from core.actions.bundles.models import BUNDLE, Line, Mode, Row, Wanted, everything_of, is_in_order, left_out_of
from core.actions.risk import assess, at_least, of_lines
from core.db import side_by_side
from core.kernel.claims import things
from core.kernel.phrases import Phrase
from core.kernel.proposals import Conflict, Effect, Impact, Proposal, Vip, added_up
from core.kernel.tools import Beside, Refused, ToolContext


def beside(number: int, lines: Sequence[Any], mode: Mode, tools: Tools, *, in_order: bool = False) -> list[Row]:
    """Return what the line at a place may count on: what lines before it leave, and where all run, what others clear.

    ``lines`` are anything with an ``action_type`` and ``args``. ``in_order``: those before it have run already.
    """
    mine = tools[lines[number].action_type].beside
    if mine is None:
        return []
    found: list[Row] = []
    for place, line in enumerate(lines):
        other = tools[line.action_type].beside
        if place == number or other is None or other.subject != mine.subject:
            continue
        if place < number:
            found += [] if in_order else other.leaves(line.args)
        elif mode == "all":
            found += other.clears(line.args)
    return found


async def look(
    ctx: ToolContext, tools: Tools, wanted: Sequence[Wanted], mode: Mode, dropped: Sequence[Row] = ()
) -> tuple[Proposal | Refused, tuple[str, ...]]:
    """Look at lines as they stand in the world now; return what they become, and the titles of those left out.

    A line that is refused (its session is gone, or it is so already) is left out and the others are looked at again.
    One line that is left of one that was wanted is that plain action. ``Refused`` when no line is left.
    ``dropped``: lines that somebody left out and may take back, each with its place ``at`` among all.
    """
    left, out, why = list(wanted), list[str](), None
    while left:
        found = await _look_once(ctx, tools, left, mode)
        if isinstance(found, _Out):
            why = found.why
            out.append(left.pop(found.number).title)
            continue
        if [each.args for each in found] != [each.args for each in left]:
            # What a line clears for those before it has changed with its arguments: they are looked at once more.
            left = [_as_found(each, proposal) for each, proposal in zip(left, found, strict=True)]
            found = await _look_once(ctx, tools, left, mode)
            if isinstance(found, _Out):
                continue
        if len(found) == 1 and not out and not dropped:
            return found[0], ()
        args: Row = {"mode": mode} | ({"dropped": list(dropped)} if dropped else {})
        args |= {"left_out": out} if out else {}
        return await assemble(ctx, tools, list(zip(left, found, strict=True)), args), tuple(out)
    assert why is not None  # noqa: S101 no line is left only where one was refused
    return Refused(why), tuple(out)


class _Out:
    """A line that is refused."""

    def __init__(self, number: int, why: Phrase) -> None:
        self.number = number
        self.why = why


async def _look_once(ctx: ToolContext, tools: Tools, left: list[Wanted], mode: Mode) -> list[Proposal] | _Out:
    """Look at all lines side by side; where one of them turns out to be another than it was wanted, one by one."""
    looks = [_look_at(ctx, tools, number, left, mode) for number in range(len(left))]
    found: list[Proposal] = []
    for each, looked in zip(left, await side_by_side(looks), strict=True):
        if isinstance(looked, Refused):
            return _Out(len(found), looked.why)
        if looked.args != each.args:
            # Those after it are judged by what it has become.
            return await _look_in_turn(ctx, tools, left, mode)
        found.append(looked)
    return found


async def _look_in_turn(ctx: ToolContext, tools: Tools, left: list[Wanted], mode: Mode) -> list[Proposal] | _Out:
    seen: list[Any] = list(left)
    for number in range(len(left)):
        looked = await _look_at(ctx, tools, number, seen, mode)
        if isinstance(looked, Refused):
            return _Out(number, looked.why)
        seen[number] = looked
    return seen


async def _look_at(ctx: ToolContext, tools: Tools, number: int, lines: Sequence[Any], mode: Mode) -> Proposal | Refused:
    """Look at one of the lines, as if those beside it were done."""
    line = lines[number]
    others = beside(number, lines, mode, tools)
    looked = await tools[line.action_type].review(ctx, Beside.among(line.args, others))
    return looked if isinstance(looked, Refused) else looked.model_copy(update={"args": Beside.alone(looked.args)})


def _as_found(each: Wanted, proposal: Proposal) -> Wanted:
    return Wanted(each.action_type, proposal.args, each.effect, each.title, each.raised_to)


async def assemble(ctx: ToolContext, tools: Tools, found: list[tuple[Wanted, Proposal]], args: Row) -> Proposal:
    """Return the bundle of lines as they were wanted and as they were found; ``args``: what it has besides them."""
    proposals = [proposal for _each, proposal in found]
    lines = [Line.of(proposal, at_least(assess(proposal, ctx.now), each.raised_to)) for each, proposal in found]
    impact = await _impact(ctx, tools, proposals)
    args = {**args, "lines": [line.model_dump(mode="json") for line in lines]}
    events = {proposal.event_id for proposal in proposals}
    sessions = {proposal.schedule_id for proposal in proposals}
    return Proposal(
        action_type=BUNDLE,
        effect=_effect(proposals),
        event_id=events.pop() if len(events) == 1 else None,
        args=args,
        before={
            "lines": [
                {"title": title_of(proposal.action_type, proposal.args, proposal.before, tools)}
                for proposal in proposals
            ]
        },
        zone=lines[0].zone,
        facts_digest=hashlib.sha256(" ".join(line.facts_digest for line in lines).encode()).hexdigest(),
        conflicts=(
            *(_not_back(title) for title in left_out_of(args) if is_in_order(args)),
            *(
                conflict.model_copy(update={"details": {**conflict.details, "line": number}})
                for number, line in _by_number(args, tools)
                for conflict in line.conflicts
            ),
        ),
        impact=impact,
        schedule_id=sessions.pop() if len(sessions) == 1 else None,
        proposed={"lines": [proposal.proposed for proposal in proposals]},
        starts_at=_starts_at(proposals, ctx.now),
        least_risk=of_lines([line.risk for line in lines], impact.affected_participants),
    )


def _not_back(title: str) -> Conflict:
    """A loss that nothing takes back: whoever approves has read it."""
    details: dict[str, str | int] = {"what": title}
    return Conflict(kind="undo_incomplete", severity="warning", details=details, must_be_acknowledged=True)


def _by_number(args: Row, tools: Tools) -> list[tuple[int, Line]]:
    """Return the lines that run with the numbers that the card gives them."""
    everything = everything_of(args)
    numbers = numbered([line for line, _runs in everything], lambda line: tools[line.action_type].describe(line))
    return [(number, everything[at][0]) for number, at in numbers.items() if everything[at][1]]


def _effect(proposals: list[Proposal]) -> Effect:
    effects: set[Effect] = {proposal.effect for proposal in proposals}
    if "delete" in effects:
        return "delete"
    return effects.pop() if len(effects) == 1 else "update"


def _starts_at(proposals: list[Proposal], now: datetime) -> datetime | None:
    """The first of the sessions that has not begun decides how long there is to decide."""
    starts = sorted(proposal.starts_at for proposal in proposals if proposal.starts_at is not None)
    return next((start for start in starts if start > now), starts[-1] if starts else None)


async def _impact(ctx: ToolContext, tools: Tools, proposals: list[Proposal]) -> Impact:
    """Everybody once, VIPs by name; where it cannot be said who they are, and of all else, the numbers are added up."""
    sessions: set[str] = set()
    people: set[str] = set()
    uncounted = 0
    for proposal in proposals:
        claims = tools[proposal.action_type].claims(proposal.args, proposal.before)
        named = {ident for _kind, ident in things(claims, part="takes", kind="person")}
        there = {ident for _kind, ident in things(claims, part="about", kind="session")}
        people |= named
        if there and proposal.effect != "create":
            sessions |= there
        elif not named:
            uncounted += proposal.impact.affected_participants
    touching = [proposal for proposal in proposals if proposal.impact.counts_people]
    known = await queries.people_touched(ctx.tx, sessions, people) if touching else 0
    vips: dict[str, Vip] = {}
    for proposal in proposals:
        for vip in proposal.impact.vips:
            vips.setdefault(vip.name, vip)
    return Impact(
        affected_participants=known + uncounted,
        vips=tuple(vips.values()),
        counts_people=bool(touching),
        more=added_up(each for proposal in proposals for each in proposal.impact.more),
    )
