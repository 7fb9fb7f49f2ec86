"""A bundle with some of its lines ticked off, or run in the other way: judged anew, in the place of the first."""

import re
from collections.abc import Mapping
from uuid import UUID

from core.actions import queries as actions
from core.actions.bundles.models import BUNDLE, Mode, mode_of
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.flows.bundles.making import out_of, without_lines
from core.flows.deciding.asking import Asks, ask
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deciding.replacing import RaceLost, put_in_place
from core.flows.runtime import Runtime
from core.flows.suggesting import weigh
from core.kernel.messages import Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Refused, ToolContext

_MODES: Mapping[str, Mode] = {"all": "all", "until_failure": "until_failure"}
_OTHER: Mapping[Mode, Mode] = {"all": "until_failure", "until_failure": "all"}
_NUMBERS = re.compile(r"\s*(?:\d{1,3}(?:[\s,]+|$))*")
"""Numbers of lines as people write them: "2, 5" or "2 5"; nothing for none."""


async def choose(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Replace a bundle by one with other lines or another way to run; ask for the lines where none are named.

    Return what to tell the presser, or None when the card says it all.
    """
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or not waits(rt, found):
        return await why_unchanged(rt, principal, decision, suggestion_id)
    if found.request.action_type != BUNDLE:
        return await refuse(rt, principal, found, phrase("bundle-not-one"))
    if decision.choice == "lines" and "out" not in decision.evidence:
        return await ask(rt, principal, found, decision, Asks("ask-lines"))
    chosen = _chosen(found, decision)
    if isinstance(chosen, Phrase):
        return await refuse(rt, principal, found, chosen)
    try:
        told = await _put(rt, principal, found, chosen, decision)
    except RaceLost:
        return await why_unchanged(rt, principal, decision, suggestion_id)
    if told is not None:
        return await refuse(rt, principal, found, told)
    # One press switches it, and a word far up on a card is not seen.
    return (
        phrase("bundle-mode-is", mode=phrase(f"bundle-runs-{chosen[1].replace('_', '-')}"))
        if decision.choice == "mode"
        else None
    )


def _chosen(found: Suggestion, decision: Decision) -> tuple[set[int], Mode] | Phrase:
    """Return the lines that are left out and the way to run, or why that cannot be read."""
    mode, said = mode_of(found.request.args), decision.evidence.get("out", "")
    left = out_of(found)
    if decision.choice == "mode":
        return left, _OTHER[mode]
    if not _NUMBERS.fullmatch(said):
        return phrase("bundle-which-lines")
    # No line has the number 0: in a chat it says that every line shall run.
    out, wanted = {int(number) for number in re.findall(r"\d+", said)} - {0}, decision.evidence.get("mode", mode)
    if wanted not in _MODES:
        return phrase("decision-unknown")
    return phrase("edit-unchanged") if out == left and wanted == mode else (out, _MODES[wanted])


async def _put(
    rt: Runtime, principal: Principal, old: Suggestion, chosen: tuple[set[int], Mode], decision: Decision
) -> Phrase | None:
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        looked = await without_lines(ctx, old, *chosen)
        if isinstance(looked, Refused):
            return looked.why
        draft = Draft(
            weighed=await weigh(ctx, looked, raised_to=old.request.raised_to),
            asked=Asked.of(old),
            edited_from=old.id,
            edited_by=principal.name,
            editor=principal.user_id,
            editors=(*old.request.editors, principal.user_id),
            undoes=old.request.undoes,
        )
        await put_in_place(rt, ctx, old, draft, decision.pressed)
    return None
