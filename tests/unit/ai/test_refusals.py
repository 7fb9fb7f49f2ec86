from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ai.models import RequestRefused
from core.ai.refusals import HttpError, refusal
from core.kernel.errors import Upstream
from core.kernel.phrases import Phrase, phrase
from core.texts.loader import LOCALES, say

RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
QUOTA_FAILURE = "type.googleapis.com/google.rpc.QuotaFailure"


def body(*details: Any) -> dict[str, Any]:
    return {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota.", "details": list(details)}}


def retry_info(delay: str) -> dict[str, Any]:
    return body({"@type": RETRY_INFO, "retryDelay": delay})


def quota(name: str) -> dict[str, Any]:
    return {"@type": QUOTA_FAILURE, "violations": [{"quotaId": name}]}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (HttpError(400, "INVALID_ARGUMENT", "Request contains an invalid argument."), phrase("model-refused")),
        (HttpError(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."), phrase("model-key")),
        (HttpError(400, "INVALID_ARGUMENT", "API Key expired."), phrase("model-key")),
        (HttpError(400, "FAILED_PRECONDITION", "User location is not supported."), phrase("model-account")),
        (HttpError(401, "UNAUTHENTICATED"), phrase("model-key")),
        (HttpError(403, "PERMISSION_DENIED"), phrase("model-key")),
        (HttpError(404, "NOT_FOUND"), phrase("model-unknown")),
        (HttpError(413), phrase("model-refused")),
        (HttpError(408), phrase("model-timeout")),
        (HttpError(499, "CANCELLED"), phrase("model-timeout")),
        (HttpError(504, "DEADLINE_EXCEEDED"), phrase("model-timeout")),
        (HttpError(500, "INTERNAL"), phrase("model-down")),
        (HttpError(503, "UNAVAILABLE"), phrase("model-down")),
        (HttpError(302), phrase("model-down")),
        (HttpError(204), phrase("model-down")),
        (HttpError(0), phrase("model-down")),
    ],
)
def test_every_code_has_its_sentence(error: HttpError, told: Phrase) -> None:
    assert refusal(error).phrase == told


@pytest.mark.parametrize(
    ("error", "seconds", "retry_after"),
    [
        (HttpError(429, details=retry_info("17s")), 17, 17.0),
        (HttpError(429, details=retry_info("16.2s")), 17, 16.2),
        (HttpError(429, details=retry_info("0s")), 1, 0.0),
        (HttpError(429, details=retry_info("17s"), retry_after="3"), 17, 17.0),
        (HttpError(429, retry_after="3"), 3, 3.0),
        (HttpError(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), 60, None),
        (HttpError(429, retry_after="-5"), 60, None),
        (HttpError(429, retry_after="٣"), 60, None),
        (HttpError(429, details=retry_info("soon")), 60, None),
        (HttpError(429, details=body(quota("GenerateRequestsPerMinutePerProject"))), 60, None),
    ],
)
def test_a_busy_model_says_how_long(error: HttpError, seconds: int, retry_after: float | None) -> None:
    told = refusal(error)

    assert isinstance(told, Upstream)
    assert (told.phrase, told.retry_after) == (phrase("model-busy", seconds=seconds), retry_after)


def test_the_quota_of_a_day_is_not_waited_for() -> None:
    both = body(quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"), {"retryDelay": "2s"})

    told = refusal(HttpError(429, details=both))

    assert not isinstance(told, Upstream)
    assert told.phrase == phrase("model-quota")


def test_only_a_request_that_may_do_without_its_history_is_a_refused_one() -> None:
    refused = [code for code in range(200, 600) if isinstance(refusal(HttpError(code)), RequestRefused)]

    assert refused == sorted(set(range(400, 500)) - {401, 403, 404, 408, 429, 499})


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["error", "details", "violations", "quotaId", "retryDelay", "x"]), inner)
    ),
)


@given(st.integers(0, 999), st.text(max_size=20), st.text(max_size=20), _json, st.text(max_size=8))
def test_no_error_body_is_too_strange(code: int, status: str, message: str, details: Any, retry_after: str) -> None:
    told = refusal(HttpError(code, status, message, details, retry_after))

    assert all(say(locale, told.phrase) for locale in LOCALES)
