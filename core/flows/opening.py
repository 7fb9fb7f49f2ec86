"""A card opened by one reader for one verdict: what a form of a chat shows and asks for."""

from core.actions import queries as actions
from core.actions.bundles.models import BUNDLE, mode_of
from core.actions.rejections import REASONS
from core.actions.suggestion import Suggestion
from core.flows.bundles.making import out_of
from core.flows.deciding.fields import form_of
from core.flows.deciding.refusals import refusal, refuse, waits
from core.flows.deciding.showing import notices
from core.flows.deliver import card_for, cards_for
from core.flows.linking import principal_of
from core.flows.runtime import Runtime, write_tool
from core.flows.waiting.competing import with_others
from core.kernel.cards import Button, Form, Sheet
from core.kernel.messages import Decision, Verdict
from core.kernel.phrases import phrase
from core.kernel.principal import Principal
from core.kernel.tools import ToolContext, Transaction
from core.texts import say

_FOR_BLOCKED: frozenset[Verdict] = frozenset({"reject", "edit", "choose"})
"""What a card that nobody can approve may still be opened for."""


async def on_open(rt: Runtime, decision: Decision) -> Sheet | str:
    """Return the card as it stands now with what its verdict asks for, in the reader's language, or what to tell them.

    Whoever sees a card may open everything in full; the rest is for those who may decide, while it waits.
    """
    principal = await principal_of(rt, decision.sender)
    verdict, suggestion_id = decision.verdict, decision.suggestion_id
    if principal is None or verdict is None or suggestion_id is None:
        return await refusal(rt, principal, decision)
    async with cards_for(rt, principal) as tx:
        found = await actions.find_for_delivery(tx, principal.organization_id, suggestion_id)
        if found is not None and _may_open(rt, principal, found, verdict):
            sheet = await _sheet(rt, tx, principal, found, verdict)
            if sheet is not None:
                return sheet
            told = phrase("edit-nothing-to")
        else:
            told = None
    if told is None:
        return await refusal(rt, principal, decision)
    return say(principal.locale, await refuse(rt, principal, found, told))


def _may_open(rt: Runtime, principal: Principal, found: Suggestion, verdict: Verdict) -> bool:
    if verdict == "show":
        return True
    return principal.may_decide and waits(rt, found) and (verdict in _FOR_BLOCKED or not found.request.is_blocked)


async def _sheet(
    rt: Runtime, tx: Transaction, principal: Principal, found: Suggestion, verdict: Verdict
) -> Sheet | None:
    """Return what is opened; None where there is nothing to edit."""
    form = await _form(rt, tx, principal, found) if verdict == "edit" else None
    if verdict == "edit" and form is None:
        return None
    reasons = tuple(Button("reject", said, "plain", choice=code) for code, said in REASONS.items())
    whole = verdict == "show"
    return Sheet(
        verdict=verdict,
        card=card_for(await with_others(tx, found), can_decide=principal.may_decide, whole=whole, reader=principal),
        locale=principal.locale,
        form=form,
        reasons=reasons if verdict == "reject" else (),
        is_stopping=mode_of(found.request.args) == "until_failure",
        left_out=tuple(sorted(out_of(found))) if verdict == "choose" and found.request.action_type == BUNDLE else (),
        notices=await notices(rt, tx, principal, found) if whole else (),
    )


async def _form(rt: Runtime, tx: Transaction, principal: Principal, found: Suggestion) -> Form | None:
    return await form_of(ToolContext(tx, principal, rt.now()), write_tool(found.request.action_type), found)
