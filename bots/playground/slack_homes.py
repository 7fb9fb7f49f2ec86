"""People in the app's Home tab: they open it, press something in it, choose from its lists."""

from typing import Any

from bots.playground.people import SlackPerson
from bots.playground.slack_content import buttons
from bots.playground.slack_events import SlackPeople, interaction
from bots.playground.slack_view_checks import View
from bots.playground.slack_views import SlackViews, wire
from bots.playground.state import State


class SlackHomes:
    """What people do in the Home tabs that the app published for them."""

    def __init__(self, state: State, people: SlackPeople) -> None:
        self._state = state
        self._people = people
        self._views = SlackViews(state)

    def open(self, person: SlackPerson) -> None:
        """Let somebody look at the tab; the app hears of it, with what it published before."""
        view = self._state.homes.get(person.id)
        event: dict[str, Any] = {"type": "app_home_opened", "user": person.id, "channel": person.direct_channel}
        event |= {"tab": "home", "ts": self._state.next_ts()}
        self._people.event({**event, "view": wire(view)} if view else event)

    def press(self, person: SlackPerson, block_id: str, action_id: str, value: str | None) -> None:
        """Let somebody press a button, or choose ``value`` from a list.

        Raises ``LookupError`` where there is no such thing.
        """
        view = self._state.homes.get(person.id)
        block, element = _found(view, block_id, action_id)
        acted = {**element, "block_id": block_id, "action_ts": self._state.next_ts()}
        if element["type"] == "static_select":
            acted["selected_option"] = _option(element, value)
        payload: dict[str, Any] = {
            **interaction("block_actions", person),
            "container": {"type": "view", "view_id": view["id"] if view else ""},
            "trigger_id": self._views.trigger(person.id),
            "view": wire(view or {}, _chosen(block, acted)),
            "actions": [acted],
        }
        self._people.raw_form(payload)


def _found(view: View | None, block_id: str, action_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    for block, element in buttons(view["blocks"] if view else []):
        if (block["block_id"], element["action_id"]) == (block_id, action_id):
            return block, element
    raise LookupError(action_id)


def _option(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    for option in element["options"]:
        if option["value"] == value:
            return option
    raise LookupError(value)


def _chosen(block: dict[str, Any], acted: dict[str, Any]) -> dict[str, Any]:
    if acted["type"] != "static_select":
        return {}
    state = {"type": "static_select", "selected_option": acted["selected_option"]}
    return {block["block_id"]: {acted["action_id"]: state}}
