"""Secrets by file: a folder with a file for each; the environment wins, and what cannot be read is said."""

from pathlib import Path

import pytest
import typer

from bots.commands.console import settings_from_environment
from core.kernel.settings import SECRETS, Settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(SECRETS, str(secrets))
    for name in ("SLACK_BOT_TOKEN", "GEMINI_API_KEY", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return secrets


def test_a_file_is_a_secret_without_its_last_line_break_and_an_empty_one_is_none(folder: Path) -> None:
    (folder / "slack_bot_token").write_text("xoxb-1\n", "utf-8")
    (folder / "GEMINI_API_KEY").write_text("key", "utf-8")
    (folder / "telegram_bot_token").write_text("\n", "utf-8")
    (folder / "somebody_elses").write_bytes(b"\xff")
    settings = Settings()
    assert settings.slack_bot_token is not None and settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.gemini_api_key is not None and settings.gemini_api_key.get_secret_value() == "key"
    assert settings.telegram_bot_token is None


def test_the_environment_wins_and_a_file_wins_over_dotenv(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "slack_bot_token").write_text("of the file", "utf-8")
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=of .env\n", "utf-8")
    token = Settings().slack_bot_token
    assert token is not None and token.get_secret_value() == "of the file"
    monkeypatch.setenv("SLACK_BOT_TOKEN", "of the environment")
    token = Settings().slack_bot_token
    assert token is not None and token.get_secret_value() == "of the environment"


def test_a_folder_or_a_file_that_cannot_be_read_is_one_sentence_without_its_content(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "slack_bot_token").write_bytes(b"xoxb-\xff")
    with pytest.raises(typer.Exit):
        settings_from_environment()
    said = capsys.readouterr().err
    assert "cannot be read (it is not UTF-8)" in said and "xoxb" not in said
    monkeypatch.setenv(SECRETS, str(folder / "not there"))
    with pytest.raises(typer.Exit):
        settings_from_environment()
    assert "cannot be read (No such file or directory)" in capsys.readouterr().err
