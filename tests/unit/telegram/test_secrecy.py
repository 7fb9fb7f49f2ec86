"""The token appears in no log line, no traceback and no representation."""

import io
import logging

import pytest
from pydantic import SecretStr

from bots.telegram.secrecy import bot_id_of, protect_logs, redact

TOKEN = "123456789:AAFakeTokenFakeTokenFakeTokenFakeTo"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


def logged(*, is_protected: bool) -> str:
    """Log an address in each way a library might, and return what was written."""
    written = io.StringIO()
    logger = logging.Logger("apart")  # not registered, so that no other test sees its handlers
    logger.addHandler(logging.StreamHandler(written))
    if is_protected:
        protect_logs(logger)
    logger.info("HTTP Request: POST %s", ADDRESS)
    logger.info(f"file {ADDRESS.replace('/bot', '/file/bot')} and bare {TOKEN}")
    logger.info("quoted %s", ADDRESS.replace(":AA", "%3AAA"))
    try:
        raise ConnectionError(ADDRESS)
    except ConnectionError:
        logger.exception("failed")
    return written.getvalue()


def test_protected_logs_hold_no_token() -> None:
    written = logged(is_protected=True)
    assert (written.count("AAFake"), written.count("[redacted]"), "ConnectionError" in written) == (0, 5, True)


def test_twin_without_the_filter_the_token_is_written() -> None:
    assert logged(is_protected=False).count("AAFake") == 5


def test_the_libraries_that_log_addresses_are_quiet() -> None:
    protect_logs(logging.Logger("apart"))
    levels = [logging.getLogger(name).isEnabledFor(logging.INFO) for name in ("httpx", "httpcore")]
    assert levels == [False, False]


def test_a_record_that_cannot_be_formatted_ends_nobody_and_shows_no_token() -> None:
    written = io.StringIO()
    logger = logging.Logger("apart")
    logger.addHandler(logging.StreamHandler(written))
    protect_logs(logger)
    logger.info(f"POST {ADDRESS} %d %d", "x")
    assert written.getvalue() == "POST https://api.telegram.org/bot123456789:[redacted]/sendMessage %d %d\n"


def test_a_traceback_that_another_handler_formatted_first_is_redacted_too() -> None:
    first, second = io.StringIO(), io.StringIO()
    logger = logging.Logger("apart")
    logger.addHandler(logging.StreamHandler(second))
    protect_logs(logger)
    logger.handlers.insert(0, logging.StreamHandler(first))
    try:
        raise ConnectionError(ADDRESS)
    except ConnectionError:
        logger.exception("failed")
    assert (first.getvalue().count("AAFake"), second.getvalue().count("AAFake")) == (1, 0)


@pytest.mark.parametrize("text", ["10:30 to 11:45", "room 12: Hall_B", "2026-11-20T10:00:00"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_the_bot_id_is_the_number_of_the_token() -> None:
    assert bot_id_of(SecretStr(TOKEN)) == "123456789"


@pytest.mark.parametrize("token", ["", "nonsense", ":AA", "123:", "١٢٣:AA", "12x:AA"])
def test_what_is_no_token_is_refused_without_being_quoted(token: str) -> None:
    with pytest.raises(ValueError, match=r"^TELEGRAM_BOT_TOKEN must read <digits>:<secret>$"):
        bot_id_of(SecretStr(token))
