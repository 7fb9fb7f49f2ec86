"""What Telegram's refusals mean to the core: try again later, or give up."""

import logging
import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from core.kernel.errors import ChatGone, Unreachable, Upstream

_log = logging.getLogger(__name__)
CHAT_GONE = (
    "chat not found",
    "group chat was deactivated",
    "have no rights to send",
    "not enough rights to send",
    "chat_write_forbidden",
    "peer_id_invalid",
    "user is deactivated",
)
"""What Telegram says with 400 of a whole chat; all that it says with 403 is (blocked, kicked, no member)."""
_QUOTED = re.compile(r'"[^"]*"?')


@contextmanager
def told_plainly() -> Generator[None]:
    """Turn the SDK's errors into ``Upstream`` (again, after its delay) or ``Unreachable`` (never).

    ``BadRequest`` is a kind of ``NetworkError`` to the SDK, so it comes first. ``TimedOut`` is ambiguous: the message
    may have arrived, and trying again may repeat it. A token that is refused (``InvalidToken``) and another poller
    (``Conflict``) are faults of the installation, not of the message, which therefore waits. ``KeyError`` is what the
    SDK makes of an answer without a result.
    """
    try:
        yield
    except RetryAfter as refusal:
        raise Upstream(retry_after=_seconds(refusal)) from refusal
    except (BadRequest, Forbidden) as refusal:
        # Telegram's own words, without what they quote of ours.
        words = _QUOTED.sub('"..."', refusal.message)
        _log.warning("Telegram refuses for good: %s", words)
        if isinstance(refusal, Forbidden) or says(refusal, *CHAT_GONE):
            raise ChatGone(words.removeprefix("Forbidden: ").removeprefix("Bad Request: ")[:100]) from refusal
        raise Unreachable from refusal
    except (TelegramError, KeyError) as failure:
        raise Upstream from failure


def says(refusal: TelegramError, *sentences: str) -> bool:
    """Whether a refusal contains one of the sentences (Telegram has no codes, only English words)."""
    words = refusal.message.lower()
    return any(sentence in words for sentence in sentences)


def delays_are_timedeltas() -> None:
    """Opt in to the SDK's coming type for delays; the old one warns each time that Telegram asks us to slow down."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")


def _seconds(refusal: RetryAfter) -> float:
    delay = refusal.retry_after
    return delay.total_seconds() if isinstance(delay, timedelta) else float(delay)
