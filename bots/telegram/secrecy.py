"""The bot's two secrets: what they look like, and how its token stays out of logs, tracebacks and representations."""

import logging
import re

from pydantic import SecretStr

_IN_ADDRESS = re.compile(r"(bot\d+(?::|%3A))[A-Za-z0-9_-]+", re.IGNORECASE)
"""As in every Bot API address: ``.../bot<digits>:<secret>/sendMessage``."""
_ALONE = re.compile(r"\b(\d{6,}:)[A-Za-z0-9_-]{20,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What setWebhook allows as ``secret_token``."""
_CHATTY = ("httpx", "httpcore")


def bot_id_of(token: SecretStr) -> str:
    """Return the bot's numeric id, the public part of its token before the colon.

    Raises ``ValueError`` (without the token) where it does not look like one.
    """
    number, colon, secret = token.get_secret_value().partition(":")
    if not (colon and secret and number.isascii() and number.isdigit()):
        raise ValueError("TELEGRAM_BOT_TOKEN must read <digits>:<secret>")
    return number


def check_secret(secret: SecretStr) -> None:
    """Raise ``ValueError`` for a webhook secret that Telegram would not take; an empty one would let everybody in."""
    if not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -")


def redact(text: str) -> str:
    """Return the text with the secret part of every bot token replaced."""
    return _ALONE.sub(r"\1[redacted]", _IN_ADDRESS.sub(r"\1[redacted]", text))


class TokenFilter(logging.Filter):
    """Redacts bot tokens in a record's message and traceback; it never drops a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where it would print a token."""
        try:
            message = record.getMessage()
        except Exception:  # a filter that raises would end whoever logged; the template alone is written then
            record.args = None
            message = str(record.msg)
        if (safe := redact(message)) != message:
            record.msg, record.args = safe, None
        if record.exc_text:  # another handler's formatter was here first
            record.exc_text = redact(record.exc_text)
        if record.exc_info:
            trace = logging.Formatter().formatException(record.exc_info)
            if (safe := redact(trace)) != trace:
                record.exc_info, record.exc_text = None, safe
        return True


def protect_logs(root: logging.Logger | None = None) -> None:
    """Quiet the libraries that log addresses or bodies, and filter every handler of the (root) logger.

    httpx prints each address, token included, at INFO; the SDK prints message texts at DEBUG. May be called again
    whenever handlers were added.
    """
    for name in _CHATTY:
        _at_least(logging.getLogger(name), logging.WARNING)
    _at_least(logging.getLogger("telegram"), logging.INFO)
    for handler in (root or logging.getLogger()).handlers:
        if not any(isinstance(known, TokenFilter) for known in handler.filters):
            handler.addFilter(TokenFilter())


def _at_least(logger: logging.Logger, level: int) -> None:
    logger.setLevel(max(logger.level, level))
