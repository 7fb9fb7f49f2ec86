"""What Slack's refusals mean to the core: try again later, or give up."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from core.kernel.errors import Unreachable, Upstream

_GONE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "message_not_found",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
    }
)
"""Errors that stay however often it is tried: the channel, the message or the person is out of reach."""
_BUSY = 429


@contextmanager
def told_plainly() -> Generator[None]:
    """Turn the SDK's errors into ``Upstream`` (again, after its delay) or ``Unreachable`` (never).

    A token that is refused (``invalid_auth``) or a missing scope is a fault of the installation, not of the message,
    which therefore waits until it is put right. The SDK makes a ``SlackApiError`` of an HTML error page too.
    """
    try:
        yield
    except SlackApiError as refusal:
        if error_of(refusal) in _GONE:
            raise Unreachable from refusal
        raise Upstream(retry_after=_retry_after(refusal)) from refusal
    except (TimeoutError, aiohttp.ClientError, OSError) as failure:
        raise Upstream from failure


def error_of(refusal: SlackApiError) -> str:
    """Return Slack's error code, or the empty string when the answer was none of Slack's."""
    response: Any = refusal.response
    try:
        return str(response.get("error") or "")
    except (AttributeError, ValueError):
        return ""


def _retry_after(refusal: SlackApiError) -> float | None:
    response: Any = refusal.response
    if getattr(response, "status_code", None) != _BUSY:
        return None
    headers: Any = getattr(response, "headers", None) or {}
    given = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return float(given) if given.isdigit() else 1.0
