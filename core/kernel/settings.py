"""Everything the environment decides, read once by a process's entry point and handed on."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

SECRETS = "EVENTFLOW_SECRETS"
"""Names the folder of secrets; read from the environment alone, before everything else."""


class Settings(BaseSettings):
    """Settings from environment variables and, behind them, files of secrets and ``.env`` in the working folder.

    Every name is listed in ``deploy/env.example``. Secrets never print.
    """

    model_config = SettingsConfigDict(
        env_prefix="",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: SecretStr | None = None
    """PostgreSQL as the login role that the program runs as; absent: an embedded server."""
    database_direct_url: SecretStr | None = None
    """The same past the pooler, where ``database_url`` is a pooler in transaction mode: the queue listens there."""
    database_owner_url: SecretStr | None = None
    """PostgreSQL as the owner; used by ``eventflow migrate`` alone."""
    eventflow_home: Path = Field(default=Path("~/.eventflow"), validate_default=True)
    """Where the embedded database and the playground keep their data."""
    eventflow_secrets: Path | None = None
    """A folder with a file for each secret, named like its variable (``slack_bot_token``); the environment wins."""
    eventflow_backups: Path | None = None
    """Where ``eventflow backup`` puts its files and ``eventflow upgrade`` finds them; absent: under the home."""
    eventflow_host: str = "127.0.0.1"
    eventflow_port: int = Field(default=8080, ge=0, le=65535)
    eventflow_request_seconds: float = Field(default=10, gt=0, le=120)
    """How long a request may take to come in whole, and a connection to say anything at all; then it is closed."""
    eventflow_metrics_token: SecretStr | None = None
    """Whoever brings it as a bearer token may read ``/metrics`` from another machine."""
    eventflow_playground_port: int = Field(default=8090, ge=0, le=65535)
    """Where ``eventflow demo`` shows its page."""
    eventflow_probe_port: int | None = Field(default=None, ge=0, le=65535)
    """Where a worker alone answers ``/healthz``, ``/readyz`` and ``/metrics``; absent: nowhere."""
    eventflow_database_pool: int = Field(default=10, ge=2, le=200)
    """Most connections per pool and process."""
    eventflow_worker_concurrency: int = Field(default=16, ge=1, le=100)
    """How many turns of the model one worker runs at once; presses and sending have slots of their own."""
    eventflow_heartbeat_seconds: float = Field(default=10, ge=0.1, le=60)
    """How often a worker says that it lives; after three silent intervals its jobs are given to others."""
    eventflow_suggestion_hours: int = Field(default=24, ge=1, le=24)
    """How long a suggestion waits for a decision before it expires."""
    eventflow_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"

    telegram_bot_token: SecretStr | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"

    gemini_api_key: SecretStr | None = None
    gemini_model: str = "gemini-3.8-flash"
    gemini_api_url: str | None = None
    gemini_api_version: str = "v1"
    gemini_timeout_seconds: float = Field(default=20, gt=0, le=120)
    """Longest one model call may take; a whole turn ends within 25 s."""
    gemini_max_steps: int = Field(default=4, ge=1, le=12)
    """Model steps with tools before a text answer is forced."""
    gemini_prices: str = ""
    """Price overrides, ``model=input/output[/cached]`` in US dollars per million tokens, separated by commas."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the files of secrets, where a folder of them is named, between the environment and ``.env``."""
        folder = os.environ.get(SECRETS)
        files = (InitSettingsSource(settings_cls, dict(secrets_in(Path(folder)))),) if folder else ()
        return init_settings, env_settings, *files, dotenv_settings

    @field_validator("eventflow_log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("eventflow_home")
    @classmethod
    def _expand(cls, home: Path) -> Path:
        return home.expanduser()

    @field_validator("slack_api_url", "telegram_api_url")
    @classmethod
    def _one_slash(cls, url: str, info: object) -> str:
        return url.rstrip("/")

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.eventflow_backups or self.eventflow_home / "backups"

    @property
    def slack_is_on(self) -> bool:
        """Slack needs a bot token, and a signing secret (HTTP) or an app token (Socket Mode)."""
        return self.slack_bot_token is not None and (
            self.slack_signing_secret is not None or self.slack_app_token is not None
        )

    @property
    def telegram_is_on(self) -> bool:
        """Telegram needs the bot's token; without a webhook secret it polls."""
        return self.telegram_bot_token is not None

    @property
    def model_is_on(self) -> bool:
        """The model needs an API key."""
        return self.gemini_api_key is not None


def secrets_in(folder: Path) -> dict[str, str]:
    """Return the values of the files in a folder of secrets by the name of their setting; an empty file is none.

    Raises ``OSError`` or ``UnicodeDecodeError`` where one cannot be read: a secret is never just absent.
    """
    files = {path.name.lower(): path for path in folder.iterdir() if path.name.lower() in Settings.model_fields}
    texts = {name: path.read_text("utf-8").strip() for name, path in files.items()}
    return {name: text for name, text in texts.items() if text}
