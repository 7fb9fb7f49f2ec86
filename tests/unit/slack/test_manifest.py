"""The manifest that the command prints: one source, for Socket Mode and for an address."""

import pytest
import typer

from bots.commands.slack import manifest_for


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
