"""Who is in the playground's chats; the platforms' own view of them, which the program must not simply trust."""

from dataclasses import dataclass
from typing import Literal

TEAM, TEAM_NAME = "T0EVENTFLOW", "EventFlow"
SLACK_APP = "A0EVENTFLOW"
SLACK_BOT, SLACK_BOT_ID, BOT_NAME = "U0EVENTBOT", "B0EVENTBOT", "EventFlow"
MANAGERS = "C0MANAGERS"
TELEGRAM_USERNAME = "eventflow_bot"
FIELD_CREW = "-1001"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPerson:
    """A user of the workspace, as ``users.info`` tells of them."""

    id: str
    name: str
    email: str
    locale: str
    note: str
    is_restricted: bool = False

    @property
    def direct_channel(self) -> str:
        """Their direct chat with the bot."""
        return f"D{self.id[1:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramPerson:
    """A Telegram user; the chat with the bot has their own id."""

    id: str
    first_name: str
    last_name: str
    locale: str
    note: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A Slack channel or a Telegram chat."""

    id: str
    name: str
    kind: Literal["channel", "im", "private", "group"]
    person: str | None = None


SLACK_PEOPLE = (
    SlackPerson(id="U0DANA", name="Dana Levi", email="dana@example.org", locale="he", note="manager"),
    SlackPerson(id="U0ADAM", name="Adam Cohen", email="adam@example.org", locale="en", note="owner"),
    SlackPerson(
        id="U0GUEST", name="Gal Guest", email="dana@example.org", locale="en", note="guest", is_restricted=True
    ),
    SlackPerson(id="U0SAM", name="Sam Stranger", email="sam@elsewhere.example", locale="en", note="not linked"),
)
TELEGRAM_PEOPLE = (
    TelegramPerson(id="7001", first_name="Noa", last_name="Mizrahi", locale="he", note="field staff"),
    TelegramPerson(id="7002", first_name="Tom", last_name="Harris", locale="en", note="field staff"),
    TelegramPerson(id="7003", first_name="Shai", last_name="Stranger", locale="he", note="not linked"),
    TelegramPerson(id="7004", first_name="Dana", last_name="Levi", locale="he", note="manager"),
    TelegramPerson(id="7005", first_name="Adam", last_name="Cohen", locale="en", note="owner"),
)
SLACK_ROOMS = (
    Room(id=MANAGERS, name="managers", kind="channel"),
    *(Room(id=each.direct_channel, name=BOT_NAME, kind="im", person=each.id) for each in SLACK_PEOPLE),
)
TELEGRAM_ROOMS = (
    *(Room(id=each.id, name=BOT_NAME, kind="private", person=each.id) for each in TELEGRAM_PEOPLE),
    Room(id=FIELD_CREW, name="Field crew", kind="group"),
)


def slack_person(user: str) -> SlackPerson | None:
    """Return a user of the workspace."""
    return next((each for each in SLACK_PEOPLE if each.id == user), None)


def telegram_person(user: str) -> TelegramPerson | None:
    """Return a Telegram user."""
    return next((each for each in TELEGRAM_PEOPLE if each.id == user), None)


def slack_room(channel: str) -> Room | None:
    """Return a channel; a user's id means their direct chat, as in ``chat.postMessage``."""
    person = slack_person(channel)
    wanted = person.direct_channel if person else channel
    return next((each for each in SLACK_ROOMS if each.id == wanted), None)


def telegram_room(chat: str) -> Room | None:
    """Return a chat."""
    return next((each for each in TELEGRAM_ROOMS if each.id == chat), None)
