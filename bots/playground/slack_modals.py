"""People in Slack's modals: what they submit, press and close, and what the app's answer then does."""

import json
import logging
from typing import Any, cast

from bots.playground.people import SlackPerson
from bots.playground.post import Answer
from bots.playground.slack_content import buttons
from bots.playground.slack_events import SlackPeople, interaction
from bots.playground.slack_refusal import SlackRefusal
from bots.playground.slack_view_checks import View, input_blocks, read_view
from bots.playground.slack_view_state import Typed, find_problems, read_values
from bots.playground.slack_views import SlackViews, wire
from bots.playground.state import State

_log = logging.getLogger(__name__)

_OK = 200

Outcome = dict[str, Any]
"""What the page shows next. ``result`` is ``closed``, ``updated``, ``errors`` (the app's, by block), ``incomplete``
(``problems`` by block: the app was not asked) or ``trouble``; ``ok`` is whether the app took it."""


class Trouble(Exception):
    """An answer that Slack does not understand; the person is told that there was some trouble connecting."""


class SlackModals:
    """What people do in the modals that they have open."""

    def __init__(self, state: State, people: SlackPeople) -> None:
        self._state = state
        self._people = people
        self._views = SlackViews(state)

    def seen_by(self, person: SlackPerson, view_id: str) -> View | None:
        """Return the modal that somebody has open, if it is this one."""
        return self._views.seen_by(person.id, view_id)

    async def submit(self, person: SlackPerson, view: View, typed: Typed) -> Outcome:
        """Let somebody submit a modal. Raises ``ValueError`` for what nobody can type there."""
        values = read_values(view, typed)
        problems = find_problems(view, values)
        if problems:
            return {"ok": False, "result": "incomplete", "problems": problems}
        payload = {**interaction("view_submission", person), "trigger_id": self._views.trigger(person.id)}
        answer = await self._people.ask({**payload, "view": wire(view, values), "response_urls": []})
        try:
            return self._follow(view, answer)
        except (Trouble, SlackRefusal) as trouble:
            _log.warning("the answer to a modal was not understood: %s", _why(trouble))
            return {"ok": False, "result": "trouble"}

    async def press(self, person: SlackPerson, view: View, action_id: str, block_id: str, typed: Typed) -> bool:
        """Let somebody press a button in a modal; return whether the app took it.

        Raises ``LookupError`` where there is no such button, ``ValueError`` for what nobody can type there.
        """
        values = read_values(view, typed)
        for block, button in buttons(view["blocks"]):
            if (block["block_id"], button["action_id"]) == (block_id, action_id):
                break
        else:
            raise LookupError(action_id)
        payload: dict[str, Any] = {
            **interaction("block_actions", person),
            "container": {"type": "view", "view_id": view["id"]},
            "trigger_id": self._views.trigger(person.id),
            "view": wire(view, values),
            "actions": [{**button, "block_id": block_id, "action_ts": self._state.next_ts()}],
        }
        answer = await self._people.ask(payload)
        return answer is not None and answer.status == _OK

    def close(self, person: SlackPerson, view: View) -> None:
        """Let somebody close a modal; the app hears of it if it asked to."""
        self._views.close(view)
        if view["notify_on_close"]:
            closed = {"view": wire(view), "is_cleared": view["clear_on_close"]}
            self._people.raw_form({**interaction("view_closed", person), **closed})

    def _follow(self, view: View, answer: Answer | None) -> Outcome:
        """Do what the app answered. Raises ``Trouble``, or ``SlackRefusal`` for a view that Slack does not take."""
        said = _read(answer)
        action = said.get("response_action")
        if action == "errors":
            return {"ok": False, "result": "errors", "errors": _errors(view, said.get("errors"))}
        if action == "update":
            self._views.replace(view, read_view(said.get("view")))
            return {"ok": True, "result": "updated"}
        if said and action != "clear":
            raise Trouble("no response_action that is known here")
        self._views.close(view)
        return {"ok": True, "result": "closed"}


def _read(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        raise Trouble("none within 3 seconds")
    if answer.status != _OK:
        raise Trouble(f"status {answer.status}")
    if not answer.body.strip():
        return {}
    try:
        said: object = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise Trouble("no JSON") from None
    if not isinstance(said, dict) or not said:
        raise Trouble("neither empty nor an object with a response_action")
    return cast("dict[str, Any]", said)


def _errors(view: View, given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or not given:
        raise Trouble("errors must be an object")
    errors = cast("dict[str, Any]", given)
    for block_id, words in errors.items():
        if block_id not in input_blocks(view) or not isinstance(words, str) or not words:
            raise Trouble("errors must be texts under the block_ids of inputs")
    return errors


def _why(trouble: Trouble | SlackRefusal) -> str:
    return "; ".join((str(trouble), *trouble.errors)) if isinstance(trouble, SlackRefusal) else str(trouble)
