"""How a bundle runs after a decision: every proof before any write; all or none, or line by line until one fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from core.actions.bundles import queries
from core.actions.bundles.build import beside
from core.actions.bundles.models import Row, is_in_order, lines_of, mode_of, rows_of
from core.db import StatementFailed, WorldMoved, savepoint
from core.flows.bundles.making import LINE_TOOLS
from core.kernel.tools import Action, Beside, Execution, Transaction

_DONE: Row = {"state": "done"}
_SKIPPED: Row = {"state": "skipped", "reason": "bundle-line-after-failure"}


@dataclass(frozen=True, slots=True)
class LineRun:
    """One line on its way."""

    execution: Execution
    proof: Action
    run: Action


class Bundled:
    """The execution of a bundle."""

    async def __call__(self, tx: Transaction, action: Action) -> None:
        """Run the bundle and note what became of its lines.

        Raises ``WorldMoved`` when not one line can run; with mode ``all`` it is raised where the queue is fetched.
        """
        if mode_of(action.args) == "all":
            await (_in_order if is_in_order(action.args) else self._together)(tx, action)
            return
        outcome = await _one_after_the_other(tx, action)
        if _DONE not in outcome:
            raise WorldMoved
        await queries.keep_outcome(tx, action.suggestion_id, outcome)

    async def _together(self, tx: Transaction, action: Action) -> None:
        await self.prove(tx, action)
        await self.write(tx, action)

    async def prove(self, tx: Transaction, action: Action) -> None:
        """Queue the proofs of all lines."""
        await _lock(tx, action)
        for line in _lines(action):
            await line.execution.prove(tx, line.proof)

    async def write(self, tx: Transaction, action: Action) -> None:
        """Queue the writes of all lines; sessions may trade places among them."""
        await queries.let_places_be_traded(tx)
        for line in _lines(action):
            await line.execution.write(tx, line.run)
        await _settle(tx, action)


RUN = Bundled()


async def _in_order(tx: Transaction, action: Action) -> None:
    """Queue all lines, each proven where those before it are written: so it was looked at, too."""
    await _lock(tx, action)
    await queries.let_places_be_traded(tx)
    for line in _lines(action):
        await line.execution.prove(tx, line.proof)
        await line.execution.write(tx, line.run)
    await _settle(tx, action)


async def _settle(tx: Transaction, action: Action) -> None:
    await queries.check_places(tx)
    await queries.keep_outcome(tx, action.suggestion_id, [_DONE for _line in rows_of(action.args)])


async def _one_after_the_other(tx: Transaction, action: Action) -> list[Row]:
    """Run lines until one fails; those before it stay. A write may change what later lines are judged by, so all proofs
    come first: their locks hold until the end, and nobody else can change it in between."""
    lines = _lines(action)
    await _lock(tx, action)
    in_order = is_in_order(action.args)
    proven, failed = (len(lines), None) if in_order else await _proven(tx, lines)
    outcome: list[Row] = []
    for line in lines[:proven]:
        # A line that stands on those before it is proven where they are written.
        moved = await _attempt(tx, line.execution.prove, line.proof) if in_order else None
        not_written = moved or await _attempt(tx, line.execution.write, line.run)
        if not_written is not None:
            failed = not_written
            break
        outcome.append(_DONE)
    if failed is not None:
        outcome.append(failed)
    return outcome + [_SKIPPED] * (len(lines) - len(outcome))


async def _proven(tx: Transaction, lines: list[LineRun]) -> tuple[int, Row | None]:
    """Return how many lines are as they were shown, and how the first that is not has failed."""
    for number, line in enumerate(lines):
        failed = await _attempt(tx, line.execution.prove, line.proof)
        if failed is not None:
            return number, failed
    return len(lines), None


async def _attempt(tx: Transaction, part: Callable[[Transaction, Action], Awaitable[None]], line: Action) -> Row | None:
    """Do one part of a line; return how it failed, or None."""
    try:
        async with savepoint(tx):
            await part(tx, line)
    except WorldMoved:
        return {"state": "failed", "reason": "bundle-line-moved"}
    except StatementFailed as failure:
        return {"state": "failed", "reason": "bundle-line-error", "code": failure.code}
    return None


async def _lock(tx: Transaction, action: Action) -> None:
    lines = rows_of(action.args)
    await queries.lock(tx, [{"action_type": line["action_type"], "args": line["args"]} for line in lines])


def _lines(action: Action) -> list[LineRun]:
    """Return how each line runs: what is proven has the lines beside it in its arguments, as it was judged."""
    lines = lines_of(action.args)
    runs: list[LineRun] = []
    for number, line in enumerate(lines):
        run = line.action(action.suggestion_id)
        others = beside(number, lines, mode_of(action.args), LINE_TOOLS, in_order=is_in_order(action.args))
        proof = replace(run, args=Beside.among(line.args, others))
        runs.append(LineRun(LINE_TOOLS[line.action_type].execute, proof, run))
    return runs
