"""What Slack's refusals mean to the core: try again later, or give up."""

import logging
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from core.kernel.errors import ChatGone, Unreachable, Upstream

_log = logging.getLogger(__name__)

_OUT_OF_REACH = frozenset(
    {
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_update_message",
        "channel_is_limited_access",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "messages_tab_disabled",
        "no_permission",
        "not_enabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_locked",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "users_not_found",
    }
)
"""The channel, the message or the person cannot be reached, however often it is tried."""
_CHAT_GONE = frozenset(
    {
        "cannot_dm_bot",
        "channel_is_limited_access",
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "user_disabled",
        "user_not_found",
    }
)
"""Of those, what is said of the whole channel or person."""
_NOT_TAKEN = frozenset(
    {
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_post_type",
        "json_not_object",
        "markdown_text_conflict",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "unknown_method",
    }
)
"""What we sent is wrong: our fault, which trying again does not mend."""
_CODE = re.compile(r"[a-z0-9_-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,6}")
_TOO_MANY = 429
_USUAL_PAUSE = 1.0
"""Seconds, where Slack asks for a pause and does not say how long; a channel takes about one message a second."""


@contextmanager
def told_plainly() -> Generator[None]:
    """Turn the SDK's errors into ``Upstream`` (again, after its delay) or ``Unreachable`` (never).

    Every other code is ``Upstream``: Slack is busy or broken (``internal_error``, ``ratelimited``), or the
    installation is (``invalid_auth``, ``account_inactive``, ``missing_scope``), which is no fault of the message; it
    waits until that is put right. The SDK makes a ``SlackApiError`` of an HTML error page too, an ``AttributeError``
    of JSON that is no object, and a ``ValueError`` of bytes that are no text. A time-out is ambiguous: the message may
    have arrived, and trying again may repeat it.
    """
    try:
        yield
    except SlackApiError as refusal:
        code = error_of(refusal)
        if code in _NOT_TAKEN:
            _log.error("Slack does not take what was sent: %s", code)
        if code in _CHAT_GONE:
            raise ChatGone(code) from refusal
        if code in _NOT_TAKEN | _OUT_OF_REACH:
            raise Unreachable from refusal
        _log.warning("Slack refuses for now: %s", code or "an answer without a code")
        raise Upstream(retry_after=_retry_after(refusal)) from refusal
    except (TimeoutError, aiohttp.ClientError, OSError, AttributeError, ValueError) as failure:
        raise Upstream from failure


def error_of(refusal: SlackApiError) -> str:
    """Return Slack's error code, or the empty string when the answer was none of Slack's."""
    response: Any = refusal.response
    try:
        code = response.get("error")
    except (AttributeError, ValueError):
        return ""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _retry_after(refusal: SlackApiError) -> float | None:
    """Return the seconds that Slack asks us to wait, if it does."""
    response: Any = refusal.response
    headers: Any = getattr(response, "headers", None) or {}
    given = str(headers.get("Retry-After", ""))
    if _SECONDS.fullmatch(given):
        return float(given)
    # The raw response of a page that is no JSON has a "status", Slack's own answer a "status_code".
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return _USUAL_PAUSE if status == _TOO_MANY else None
