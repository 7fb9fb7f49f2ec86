"""A sheet as a modal, and a submitted modal as a decision. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.views import View

from bots.slack.home.asked import HomeAsked, as_drawn
from bots.slack.modals import approve, break_glass, choose, edit, reject, show
from bots.slack.modals.frame import Answer, Purpose, Seal, Typed, about, framed, is_ours, remembered, telling_view
from bots.slack.render import Page
from bots.slack.wire import word
from bots.storable import mapping
from core.kernel.cards import Sheet
from core.kernel.messages import Decision, Verdict
from core.kernel.phrases import phrase
from core.kernel.principal import Locale
from core.texts import LOCALES, say

PURPOSES: dict[Verdict, Purpose] = {
    "approve": approve,
    "break_glass": break_glass,
    "choose": choose,
    "edit": edit,
    "reject": reject,
    "show": show,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody submitted: a decision, unless something is wrong with what they typed."""

    decision: Decision
    wrong: Mapping[str, str]
    """What is wrong, by input, in their language."""
    blames: str
    """The input under which the core's refusal stands, if it is about one."""
    home: HomeAsked | None
    """The Home tab in which the modal was opened."""


def sheet_view(sheet: Sheet, decision: Decision, external_id: str, seal: Seal, home: HomeAsked | None = None) -> View:
    """Return the modal of a sheet for who pressed.

    ``decision`` is the press; its choice is the page of what is shown. ``home`` is the tab in which it was.
    """
    page = Page(sheet.locale)
    drawn = PURPOSES[sheet.verdict].draw(page, sheet, decision.choice)
    more = {} if home is None else {"home": home.metadata()}
    kept = remembered(sheet.card, sheet.locale, replace(decision, verdict=sheet.verdict), {**drawn.kept, **more})
    return framed(drawn, page, external_id, seal.close(kept))


def submitted(payload: Mapping[str, Any], seal: Seal) -> Submission | None:
    """Return what a modal of ours asks for; None for one that is not ours, or that remembers something else."""
    found = about(payload, seal) if is_ours(payload) else None
    if found is None or found.decision.verdict not in PURPOSES:
        return None
    values = mapping(mapping(mapping(payload.get("view")).get("state")).get("values"))
    answer = PURPOSES[found.decision.verdict].read(Typed(values, found.kept))
    return Submission(
        decision=replace(found.decision, choice=answer.choice, evidence={**answer.evidence, "shown": found.shown}),
        wrong=_said(answer, found.locale),
        blames=answer.blames if answer.blames in values else "",
        home=as_drawn(found.decision.sender, found.kept["home"]) if "home" in found.kept else None,
    )


def refused(payload: Mapping[str, Any], text: str, block: str) -> dict[str, Any]:
    """Return the answer that says why nothing was done: under an input, else in the place of the modal's content."""
    if block:
        return {"response_action": "errors", "errors": {block: text}}
    external_id = word(mapping(payload.get("view")).get("external_id"))
    return {"response_action": "update", "view": telling_view(text, external_id).to_dict()}


def last_input(payload: Mapping[str, Any]) -> str:
    """Return the last input of a submitted modal, where one looks after pressing; empty where it has none."""
    values = list(mapping(mapping(mapping(payload.get("view")).get("state")).get("values")))
    return values[-1] if values else ""


def foreign() -> str:
    """Return what is said of a modal that nobody here wrote."""
    return "\n".join(say(locale, phrase("slack-modal-foreign")) for locale in LOCALES)


def _said(answer: Answer, locale: Locale) -> dict[str, str]:
    return {block: say(locale, words) for block, words in answer.wrong.items()}
