"""A file that somebody shared, fetched with the bot's token: from Slack alone, and no more than is read."""

from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from core.kernel.errors import Unreachable, Upstream
from core.kernel.phrases import phrase

_TIMEOUT = aiohttp.ClientTimeout(total=60, connect=5)
_BUSY = frozenset({429, 500, 502, 503, 504})
_OK = 200


async def fetch(client: AsyncWebClient, source: str, most: int) -> bytes:
    """Return the file. Raises ``Unreachable`` where it is not Slack's, too large or not for us, ``Upstream`` to wait.

    The token goes to Slack's own hosts, or to the one that the program was told to take for Slack; a redirect, which
    is Slack's way to ask for a login, is not followed.
    """
    if not _is_slacks(source, client.base_url):
        raise Unreachable(phrase("shared-not-fetched"))
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            headers = {"Authorization": f"Bearer {client.token}"}
            async with session.get(source, headers=headers, allow_redirects=False) as answer:
                if answer.status in _BUSY:
                    raise Upstream
                if answer.status != _OK or answer.content_type == "text/html":
                    raise Unreachable(phrase("shared-not-fetched"))
                body = await answer.content.read(most + 1)
                while len(body) <= most and (piece := await answer.content.read(most + 1 - len(body))):
                    body += piece
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise Upstream from None
    if len(body) > most:
        raise Unreachable(phrase("shared-not-fetched"))
    return body


def _is_slacks(source: str, base_url: str) -> bool:
    given, base = urlsplit(source), urlsplit(base_url)
    if (given.scheme, given.netloc) == (base.scheme, base.netloc):
        return True
    host = given.hostname or ""
    return given.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com")) and given.port is None
