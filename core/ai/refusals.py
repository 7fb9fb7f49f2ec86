"""What an HTTP error of the model's service means for the person: plain data in, an error with a sentence out."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.ai.models import RequestRefused
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import phrase

_TOO_MANY, _NOT_FOUND = 429, 404
_KEY_REFUSED = frozenset({401, 403})
_TOOK_TOO_LONG = frozenset({408, 499, 504})
_CLIENT_ERRORS = range(400, 500)
_SERVER_ERRORS = range(500, 600)
_RETRY_SERVER_ERROR = 0.5
"""Seconds; Google's 500 and 503 name no delay and mostly pass at once."""
_UNKNOWN_DELAY = 60
"""Seconds that the person is told when the service names none: its quotas are per minute."""


@dataclass(frozen=True, slots=True)
class HttpError:
    """An answer that is no reply, as far as it could be read; a proxy's page has a code and nothing else."""

    code: int
    status: str = ""
    """Google's name for the error, such as ``RESOURCE_EXHAUSTED``."""
    message: str = ""
    """May quote the request: looked at, never logged, never said."""
    details: Any = None
    """The decoded body, of whatever shape it came."""
    retry_after: str = ""
    """The Retry-After header."""


def refusal(error: HttpError) -> AppError:
    """Return what the person is told, and whether and when the same request may be tried again."""
    if error.code == _TOO_MANY:
        return _too_many(error)
    if error.code in _TOOK_TOO_LONG:
        return Upstream(phrase("model-timeout"))
    if error.code in _SERVER_ERRORS:
        return Upstream(phrase("model-down"), retry_after=_RETRY_SERVER_ERROR)
    if error.code not in _CLIENT_ERRORS:
        # A redirect or an empty answer: whoever this is, it is not the model.
        return Upstream(phrase("model-down"))
    if error.code in _KEY_REFUSED or "api key" in error.message.lower():
        return AppError(phrase("model-key"))
    if error.status == "FAILED_PRECONDITION":
        return AppError(phrase("model-account"))
    if error.code == _NOT_FOUND:
        return AppError(phrase("model-unknown"))
    return RequestRefused()


def _too_many(error: HttpError) -> AppError:
    """A quota of the minute passes by waiting; for one of the day the delay that Google names is of no use."""
    if _is_daily(error):
        return AppError(phrase("model-quota"))
    delay = _retry_delay(error)
    seconds = _UNKNOWN_DELAY if delay is None else max(1, math.ceil(delay))
    return Upstream(phrase("model-busy", seconds=seconds), retry_after=delay)


def _is_daily(error: HttpError) -> bool:
    violations = [each for detail in _details(error) for each in _mappings(detail.get("violations"))]
    return any("perday" in str(violation.get("quotaId", "")).lower() for violation in violations)


def _retry_delay(error: HttpError) -> float | None:
    """Return seconds: Google's RetryInfo ("17s"), else the Retry-After header; the SDK reads neither."""
    for detail in _details(error):
        match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)s", str(detail.get("retryDelay", "")))
        if match:
            return float(match[1])
    return float(error.retry_after) if re.fullmatch(r"[0-9]{1,6}", error.retry_after) else None


def _details(error: HttpError) -> list[Mapping[str, Any]]:
    body: Any = error.details if isinstance(error.details, Mapping) else {}
    inner = body.get("error", body)
    return _mappings(inner.get("details")) if isinstance(inner, Mapping) else []


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return what has the shape that Google documents; error bodies come from proxies too."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
