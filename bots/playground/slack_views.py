"""Slack's modals and Home tabs: who sees which, and the Web API's methods that open, change and publish them.

Each modal is a root view: ``views.push`` and the stack of views that it makes are not here.
"""

import secrets
import time
from collections.abc import Callable
from itertools import islice

from bots.playground.people import SLACK_APP, SLACK_BOT_ID, TEAM, slack_person
from bots.playground.slack_content import Args
from bots.playground.slack_refusal import SlackRefusal
from bots.playground.slack_view_checks import View, read_view
from bots.playground.state import State, Trigger

_TRIGGER_SECONDS = 3.0
"""How long a trigger lets a modal be opened (docs: "Modals", "Opening a modal")."""
_KEPT_TRIGGERS = 200


class SlackViews:
    """The workspace's modals. Methods raise ``SlackRefusal``."""

    def __init__(self, state: State, now: Callable[[], float] = time.monotonic) -> None:
        self._state = state
        self._now = now

    def trigger(self, person: str) -> str:
        """Return the id with which the bot may open one modal for somebody who has just done something."""
        id_ = f"{time.time_ns() // 1_000_000}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        triggers = self._state.triggers
        triggers[id_] = Trigger(person, self._now() + _TRIGGER_SECONDS)
        for old in list(islice(triggers, max(0, len(triggers) - _KEPT_TRIGGERS))):
            del triggers[old]
        return id_

    def open(self, args: Args) -> Args:
        """Show a modal to the person whose trigger it is; it takes the place of one that they have open."""
        if not args.get("trigger_id"):
            raise SlackRefusal("invalid_arguments", "missing required field: trigger_id [json-pointer:/trigger_id]")
        shown = read_view(args.get("view"))
        trigger = self._trigger(str(args["trigger_id"]))
        self._check_external_id(shown, None)
        trigger.is_used = True
        id_ = f"V0{secrets.token_hex(5).upper()}"
        view = {**shown, **self._identity(), "id": id_, "root_view_id": id_, "previous_view_id": None}
        self._state.views[trigger.person] = view
        self._state.changed()
        return {"view": wire(view)}

    def update(self, args: Args) -> Args:
        """Replace what a modal shows; a ``hash`` refuses it when the modal has changed since."""
        shown = read_view(args.get("view"))
        view = self._named(args)
        if args.get("hash") and args["hash"] != view["hash"]:
            raise SlackRefusal("hash_conflict")
        self.replace(view, shown)
        return {"view": wire(view)}

    def publish(self, args: Args) -> Args:
        """Put a Home tab where one person sees it; a ``hash`` refuses it when the tab has changed since."""
        shown, person = read_view(args.get("view"), "home"), slack_person(str(args.get("user_id") or ""))
        if person is None:
            raise SlackRefusal("invalid_arguments", "invalid `user_id` [json-pointer:/user_id]")
        before = self._state.homes.get(person.id)
        if args.get("hash") and (before is None or args["hash"] != before["hash"]):
            raise SlackRefusal("hash_conflict")
        id_ = before["id"] if before else f"V0{secrets.token_hex(5).upper()}"
        view = {**shown, **self._identity(), "id": id_, "root_view_id": id_, "previous_view_id": None}
        self._state.homes[person.id] = view
        self._state.changed()
        return {"view": wire(view)}

    def replace(self, view: View, shown: View) -> None:
        """Let an open modal show something else."""
        self._check_external_id(shown, view)
        view.update(shown, **self._identity())
        self._state.changed()

    def close(self, view: View) -> None:
        """Take a modal away, if it is still there."""
        for person, each in list(self._state.views.items()):
            if each is view:
                del self._state.views[person]
                self._state.changed()

    def seen_by(self, person: str, view_id: str) -> View | None:
        """Return the modal that somebody has open, if it is this one."""
        view = self._state.views.get(person)
        return view if view is not None and view["id"] == view_id else None

    def _trigger(self, id_: str) -> Trigger:
        trigger = self._state.triggers.get(id_)
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.is_used:
            raise SlackRefusal("exchanged_trigger_id")
        if trigger.until <= self._now():
            raise SlackRefusal("expired_trigger_id")
        return trigger

    def _named(self, args: Args) -> View:
        names = [name for name in ("view_id", "external_id") if name in args]
        if len(names) > 1:
            raise SlackRefusal("invalid_arguments", "Cannot provide both `view_id` and `external_id`")
        if not names:
            raise SlackRefusal("invalid_arguments", "missing required field: view_id [json-pointer:/view_id]")
        field, wanted = names[0].replace("view_id", "id"), args[names[0]]
        for view in self._state.views.values():
            if wanted and view[field] == wanted:
                return view
        raise SlackRefusal("not_found")

    def _check_external_id(self, shown: View, own: View | None) -> None:
        others = (view["external_id"] for view in self._state.views.values() if view is not own)
        if shown["external_id"] and shown["external_id"] in others:
            raise SlackRefusal("duplicate_external_id")

    def _identity(self) -> Args:
        """Return what Slack says of every view; the hash is another one for every change."""
        identity = {"team_id": TEAM, "app_id": SLACK_APP, "app_installed_team_id": TEAM, "bot_id": SLACK_BOT_ID}
        return {**identity, "hash": f"{int(time.time())}.{secrets.token_hex(4)}"}


def wire(view: View, values: Args | None = None) -> Args:
    """Return a view as Slack describes it; ``values`` is what was typed, by block and action."""
    return {**view, "state": {"values": values or {}}}
