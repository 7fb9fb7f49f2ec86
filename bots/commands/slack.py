"""`eventflow slack`: what Slack needs to know of the app before there is one."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bots.commands.console import fail

slack = typer.Typer(help="The Slack app.", no_args_is_help=True)

_MANIFEST = Path(__file__).parents[2] / "deploy" / "slack-manifest.yaml"


@slack.callback()
def _slack() -> None:
    """The Slack app."""


@slack.command("manifest")
def manifest(
    url: Annotated[
        str | None,
        typer.Option("--url", help="The program's public https address. Left out: Socket Mode, which needs none."),
    ] = None,
) -> None:
    """Print the app's manifest.

    Paste it under "From a manifest" at api.slack.com/apps.
    """
    typer.echo(manifest_for(url), nl=False)


def manifest_for(url: str | None) -> str:
    """Return the manifest for requests over HTTP to an address, or for Socket Mode."""
    text = _MANIFEST.read_text("utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    if url is None:
        without = re.sub(r"(?m)^ +request_url: .*\n", "", body)
        return without.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
    try:
        parts = urlsplit(url)
        is_right = parts.scheme == "https" and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        is_right, parts = False, urlsplit("")
    if not is_right:
        fail(f'"{url}" is no address that Slack delivers to. Write one such as https://events.example.org.')
    return body.replace("https://example.org/slack/events", f"https://{parts.netloc}/slack/events")
