"""The manifest that the command prints: one source, for Socket Mode and for an address."""

import re
from pathlib import Path

import pytest
import typer

from bots.commands.slack import manifest_for
from bots.slack.inbound import REMOVALS


def test_socket_mode_needs_no_address() -> None:
    text = manifest_for(None)
    assert "://" not in text
    assert "request_url" not in text
    assert "socket_mode_enabled: true" in text


def test_an_address_is_named_for_events_and_for_presses() -> None:
    text = manifest_for("https://events.example.com/")
    assert text.count("request_url: https://events.example.com/slack/events\n") == 2
    assert "example.org" not in text
    assert "socket_mode_enabled: false" in text


def test_both_ask_for_the_same_rights_and_events() -> None:
    def listed(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.startswith(("      - ", "  "))]

    over_http = [line for line in listed(manifest_for("https://a.example")) if "request_url" not in line]
    over_socket = listed(manifest_for(None))
    assert [line for line in over_http if "socket_mode" not in line] == [
        line for line in over_socket if "socket_mode" not in line
    ]


@pytest.mark.parametrize("url", ["http://a.example", "a.example", "https://", "https://a.example/?x=1"])
def test_what_slack_does_not_deliver_to_is_refused_in_a_sentence(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        manifest_for(url)
    assert "is no address that Slack delivers to" in capsys.readouterr().err


ROOT = Path(__file__).parents[3]
_METHODS = {
    "apps_connections_open": "",
    "auth_test": "",
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_open": "im:write",
    "files_delete": "files:write",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "views_open": "",
    "views_publish": "",
    "views_update": "",
}
"""The scope of a bot that each method wants, as Slack's reference of methods says; empty where none."""
_EVENTS = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "message.im": "im:history",
    "tokens_revoked": "",
}
"""The scope that each event wants."""
_FIELDS = {"users:read.email": "profile", "files:read": "fetch"}
"""Scopes of what no method is called for: an address in the answer of ``users.info``, the download of a shared file."""


def listed(under: str) -> list[str]:
    found = re.search(rf"\n +{under}:\n((?: +- .*\n)+)", manifest_for("https://a.example"))
    assert found is not None
    return [line.strip(" -") for line in found[1].splitlines()]


def called() -> set[str]:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "bots" / "slack").rglob("*.py"))
    return set(re.findall(r"client\.([a-z]+_[A-Za-z0-9_]+)\(", text))


def test_the_rights_are_those_of_the_methods_that_are_called_and_of_the_events() -> None:
    assert called() == set(_METHODS)
    wanted = {*_METHODS.values(), *_EVENTS.values(), *_FIELDS} - {""}
    assert (set(listed("bot")), len(listed("bot"))) == (wanted, len(wanted))


def test_the_events_are_those_that_somebody_listens_to() -> None:
    source = (ROOT / "bots" / "slack" / "app.py").read_text("utf-8")
    heard = {*re.findall(r'app\.event\("([a-z_]+)"\)', source), *REMOVALS}
    assert {event.partition(".")[0] for event in listed("bot_events")} == heard
    assert listed("bot_events") == sorted(_EVENTS)


def test_the_page_for_strangers_names_the_same_rights_and_events() -> None:
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    table, _, events = page.partition("| right | for |")[2].partition("It hears these events:")
    rights = re.findall(r"`([a-z_.]+:[a-z.]+)`", table)
    assert sorted(rights) == sorted(listed("bot"))
    assert sorted(re.findall(r"`([a-z_.]+)`", events.partition("\n\n")[0])) == sorted(listed("bot_events"))
