"""Files of ours: asked for, sent, then shared in the chat; a picture with its text for those who do not see it."""

import logging

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.failures import error_of, told_plainly
from bots.slack.text import at_a_word, clean
from bots.storable import mapping
from core.kernel.errors import Upstream
from core.kernel.messages import Address

_log = logging.getLogger(__name__)

_LONGEST_ALTERNATIVE = 1000
"""Characters of an alternative text, as Slack's documentation says."""
_LONGEST_TITLE = 150
_NAME = "rooms.png"
_NOT_DELETED = frozenset(
    "file_not_found file_deleted cant_delete_file delete_not_allowed file_deleting_disabled".split()
)
"""What Slack says of a file that is gone, or that it does not let go (docs: files.delete)."""


async def upload(client: AsyncWebClient, address: Address, png: bytes, alternative: str) -> str | None:
    """Post a picture and return its file's id; one that Slack refuses, or that gets lost, is left out and noted.

    It only makes a card easier to read, which says the same in words: nothing waits for it or is tried again for it.
    """
    words = " ".join(clean(alternative).split())
    try:
        answer = await client.files_upload_v2(
            content=png,
            filename=_NAME,
            title=at_a_word(words, _LONGEST_TITLE) or _NAME,
            alt_txt=at_a_word(words, _LONGEST_ALTERNATIVE),
            channel=address.channel,
            thread_ts=address.thread,
        )
        id_ = mapping(answer.get("file")).get("id")
        return id_ if isinstance(id_, str) else None
    except SlackApiError as refusal:
        _log.warning("a picture was left out: Slack says %s", error_of(refusal) or "no code")
    except (TimeoutError, SlackRequestError, aiohttp.ClientError, OSError, AttributeError, ValueError) as failure:
        # The kind alone: the text may hold the address that the picture was sent to.
        _log.warning("a picture was left out: %s", type(failure).__name__)
    return None


async def take_back(client: AsyncWebClient, file: str) -> None:
    """Delete a file of ours; one that is gone already, or that Slack keeps, is no failure. Raises ``Upstream``."""
    with told_plainly():
        try:
            await client.files_delete(file=file)
        except SlackApiError as refusal:
            if error_of(refusal) not in _NOT_DELETED:
                raise
            _log.info("a picture was not deleted: Slack says %s", error_of(refusal))


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
