"""What the playground must know of the program that it plays with."""

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaygroundConfig:
    """Where the program listens, and the secrets that both sides share."""

    events_url: str
    """Base address of the program, such as http://127.0.0.1:8080."""
    slack_signing_secret: SecretStr
    slack_bot_token: SecretStr
    telegram_bot_token: SecretStr
    telegram_webhook_secret: SecretStr | None = None
    """Without one the bot polls."""

    @property
    def telegram_bot_id(self) -> str:
        """The numeric part of the bot's token."""
        return self.telegram_bot_token.get_secret_value().partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence to try, offered by the page."""

    text: str
    locale: str
    platform: str
    """``slack`` or ``telegram``."""
    person: str
    """Who says it: a user id of the platform."""
    what: str
    """What it shows, in a few words."""
