"""How Telegram delivers to us: register the webhook, and read what Telegram knows about it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import SecretStr

from bots.telegram.outbound import ALLOWED_UPDATES, TelegramPlatform
from bots.telegram.secrecy import check_secret
from core.kernel.errors import Unreachable


class WebhookRefused(ValueError):
    """Telegram does not take the address; its own words say why."""


@dataclass(frozen=True, slots=True)
class WebhookState:
    """The bot, and how its updates are delivered."""

    username: str
    """Without @."""
    url: str | None
    """None: no webhook is set, so updates can be fetched by polling."""
    pending: int
    """Updates that wait to be delivered or fetched."""
    last_error: str | None
    """Of the last delivery that failed; Telegram keeps it when later ones succeed."""
    last_error_at: datetime | None
    missing: tuple[str, ...] = ()
    """Kinds of updates that we read and that Telegram was not asked for when the webhook was registered."""


async def register_webhook(platform: TelegramPlatform, url: str, secret: SecretStr) -> None:
    """Have updates delivered to ``url`` (ending in ``/telegram/webhook``), each with the secret in its header.

    May be repeated; what waits is kept. From then on nobody can poll this bot. Raises ``ValueError`` for an address or
    a secret of the wrong form, ``WebhookRefused`` when Telegram does not take them (no HTTPS, a name that does not
    resolve, a port other than 443, 80, 88 and 8443), ``Upstream`` when it cannot be asked.
    """
    address = urlsplit(url)
    if address.scheme not in {"https", "http"} or not address.hostname:
        raise ValueError("the webhook's address must be a whole URL")
    check_secret(secret)
    try:
        await platform.set_webhook(url, secret)
    except Unreachable as refusal:
        raise WebhookRefused(str(refusal.__cause__)) from None


async def webhook_state(platform: TelegramPlatform) -> WebhookState:
    """Ask Telegram who the bot is and where its updates go. Raises ``Upstream`` when it cannot be asked."""
    me, info = await platform.get_me(), await platform.webhook_info()
    return WebhookState(
        username=me.username or "",
        url=info.url or None,
        pending=info.pending_update_count,
        last_error=info.last_error_message,
        last_error_at=info.last_error_date,
        # None means all kinds that matter here: nobody chose.
        missing=tuple(kind for kind in ALLOWED_UPDATES if info.allowed_updates and kind not in info.allowed_updates),
    )
