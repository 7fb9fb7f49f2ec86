"""Files of ours: asked for, sent, then shared in the chat; a picture with its text for those who do not see it."""

import logging

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.failures import error_of, told_plainly
from bots.slack.text import at_a_word, clean
from core.kernel.errors import Upstream
from core.kernel.messages import Address

_log = logging.getLogger(__name__)

_LONGEST_ALTERNATIVE = 1000
"""Characters of an alternative text, as Slack's documentation says."""
_LONGEST_TITLE = 150
_NAME = "rooms.png"


async def upload(client: AsyncWebClient, address: Address, png: bytes, alternative: str) -> None:
    """Post a picture; one that Slack refuses, or that does not get there, is left out and noted.

    It only makes a card easier to read, which says the same in words: nothing waits for it or is tried again for it.
    """
    words = " ".join(clean(alternative).split())
    try:
        await client.files_upload_v2(
            content=png,
            filename=_NAME,
            title=at_a_word(words, _LONGEST_TITLE) or _NAME,
            alt_txt=at_a_word(words, _LONGEST_ALTERNATIVE),
            channel=address.channel,
            thread_ts=address.thread,
        )
    except SlackApiError as refusal:
        _log.warning("a picture was left out: Slack says %s", error_of(refusal) or "no code")
    except (TimeoutError, SlackRequestError, aiohttp.ClientError, OSError, AttributeError, ValueError) as failure:
        # The kind alone: the text may hold the address that the picture was sent to.
        _log.warning("a picture was left out: %s", type(failure).__name__)


async def share(client: AsyncWebClient, address: Address, name: str, body: bytes) -> None:
    """Post a file under its name. Raises ``Upstream`` and ``Unreachable``, for somebody waits for it."""
    with told_plainly():
        try:
            await client.files_upload_v2(
                content=body, filename=name, title=name, channel=address.channel, thread_ts=address.thread
            )
        except SlackRequestError as failure:
            # The SDK's own word for a file that did not get to its address.
            raise Upstream from failure
