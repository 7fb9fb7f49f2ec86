"""What people do in the app's Home tab on the page: open it, press, choose."""

from fastapi import APIRouter, HTTPException
from pydantic import Field

from bots.playground.act import Act
from bots.playground.people import SlackPerson, slack_person
from bots.playground.slack_homes import SlackHomes


class PressesAtHome(Act):
    """Somebody presses a button of their Home tab, or chooses from a list of it."""

    block_id: str = Field(max_length=255)
    action_id: str = Field(max_length=255)
    value: str | None = Field(default=None, max_length=150)


def add_home_acts(routes: APIRouter, homes: SlackHomes) -> None:
    """Add what people can do in Home tabs to the page's routes."""

    async def open_home(opened: Act) -> dict[str, bool]:
        homes.open(_person(opened))
        return {"ok": True}

    async def press(pressed: PressesAtHome) -> dict[str, bool]:
        try:
            homes.press(_person(pressed), pressed.block_id, pressed.action_id, pressed.value)
        except LookupError:
            raise HTTPException(404, "There is no such thing to press.") from None
        return {"ok": True}

    routes.add_api_route("/slack/open_home", open_home, methods=["POST"])
    routes.add_api_route("/slack/press_at_home", press, methods=["POST"])


def _person(act: Act) -> SlackPerson:
    person = slack_person(act.person)
    if person is None:
        raise HTTPException(404, "There is no such person.")
    return person
