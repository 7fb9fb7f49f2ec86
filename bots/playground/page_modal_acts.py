"""What people do in Slack's modals on the page: submit, press a button, close."""

from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import Field

from bots.playground.act import LONGEST_ID, Act
from bots.playground.people import SlackPerson, slack_person
from bots.playground.slack_modals import SlackModals
from bots.playground.slack_view_checks import View


class InModal(Act):
    """Somebody does something in the modal that they have open."""

    view_id: str = Field(max_length=LONGEST_ID)


class Types(InModal):
    """Somebody has typed: what, by block and action; an input that is not named stands as the modal was opened."""

    values: dict[str, dict[str, str | list[str] | None]] = Field(default_factory=dict)


class PressesInModal(Types):
    """Somebody presses a button of a modal."""

    block_id: str = Field(max_length=255)
    action_id: str = Field(max_length=255)


def add_modal_acts(routes: APIRouter, modals: SlackModals) -> None:
    """Add what people can do in modals to the page's routes."""

    async def submit(typed: Types) -> dict[str, Any]:
        person, view = _opened(modals, typed)
        try:
            return await modals.submit(person, view, typed.values)
        except ValueError as impossible:
            raise HTTPException(422, str(impossible)) from None

    async def press(pressed: PressesInModal) -> dict[str, bool]:
        person, view = _opened(modals, pressed)
        try:
            return {"ok": await modals.press(person, view, pressed.action_id, pressed.block_id, pressed.values)}
        except LookupError:
            raise HTTPException(404, "There is no such button.") from None
        except ValueError as impossible:
            raise HTTPException(422, str(impossible)) from None

    async def close(closed: InModal) -> dict[str, bool]:
        modals.close(*_opened(modals, closed))
        return {"ok": True}

    routes.add_api_route("/slack/submit", submit, methods=["POST"])
    routes.add_api_route("/slack/press_in_modal", press, methods=["POST"])
    routes.add_api_route("/slack/close", close, methods=["POST"])


def _opened(modals: SlackModals, act: InModal) -> tuple[SlackPerson, View]:
    person = slack_person(act.person)
    view = modals.seen_by(person, act.view_id) if person else None
    if person is None or view is None:
        raise HTTPException(404, "There is no such modal.")
    return person, view
