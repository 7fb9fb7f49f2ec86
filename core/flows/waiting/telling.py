"""Whoever asked hears in their own chat what became of it: an edited card is something that nobody is notified of."""

from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.bundles.describe import counted
from core.actions.bundles.models import BUNDLE, rows_of
from core.actions.rejections import reason_phrase
from core.actions.suggestion import Suggestion
from core.actions.waiting import queries
from core.actions.waiting.queries import Unheard
from core.ai.prompt import Became
from core.db import Question
from core.delivery import queries as copies
from core.flows.waiting.competing import headline_of, title_of
from core.jobs.queries import say_later
from core.kernel.messages import Address
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.texts import say

_MOST_TOLD = 5
"""What the model is told of at the start of a turn; the rest it can look up."""


async def tell_asker(tx: Transaction, principal: Principal, decided: Suggestion, *, approved: bool) -> None:
    """Queue the sentence for who asked, unless they decided themselves; as the system role.

    ``decided`` must hold its ``decided_from`` as it is after the decision.
    """
    if decided.request.user_id != principal.user_id:
        if approved and decided.request.action_type == BUNDLE:
            # What became of its lines is known only now.
            ran = await actions.find_for_delivery(tx, decided.organization_id, decided.id)
            decided = ran or decided
        names = decided.review.approvers or (principal.name,)
        told = approval_of(decided, *names) if approved else rejection_of(decided, principal.name)
        await _tell(tx, decided, told)


async def tell_expired(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> None:
    """Queue the sentence for who asked for something that nobody decided in time; as the system role."""
    expired = await actions.find_for_delivery(tx, organization_id, suggestion_id)
    if expired is not None:
        until = Moment(expired.request.deadline, expired.request.zone)
        await _tell(tx, expired, phrase("waiting-told-expired", title=title_of(expired.action()), deadline=until))


def approval_of(decided: Suggestion, *name: str) -> Phrase:
    """Return what the asker reads when people of these names approve it."""
    title = title_of(decided.action())
    if decided.request.action_type != BUNDLE:
        return phrase("waiting-told-approved", name=name, title=title)
    lines = len(rows_of(decided.request.args))
    done, count = counted(decided.review.outcome) if decided.review.outcome else (lines, lines)
    return phrase("waiting-told-lines", name=name, title=title, done=done, count=count)


def rejection_of(decided: Suggestion, name: str) -> Phrase:
    """Return what the asker reads when somebody of this name rejects it, with the reason where there is one."""
    reason = (decided.review.decided_from or {}).get("reason")
    if not reason:
        return phrase("waiting-told-rejected", name=name, title=title_of(decided.action()))
    return phrase(
        "waiting-told-rejected-because", name=name, title=title_of(decided.action()), reason=reason_phrase(reason)
    )


def asked_what_became(address: Address) -> Question:
    """Ask what became of a conversation's suggestions since its last turn; as the person."""
    return queries.asked_unheard(address, _MOST_TOLD)


def became(rows: list[dict[str, Any]]) -> tuple[Became, ...]:
    """Return for the model what became of them."""
    return tuple(_became(each) for each in queries.unheard(rows))


def _became(found: Unheard) -> Became:
    title = say("en", headline_of(found.waited.action))
    return Became(title=title, status=found.status, name=found.name, reason=found.reason)


async def _tell(tx: Transaction, suggestion: Suggestion, told: Phrase) -> None:
    if suggestion.request.origin is not None:
        known = suggestion.request.asker_locale
        locale = known or await copies.locale_of(tx, suggestion.organization_id, suggestion.request.user_id)
        await say_later(tx, suggestion.request.origin, say(locale, told))
