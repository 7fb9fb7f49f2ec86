"""How much of an answer is read: whoever we ask decides what comes, and not how much memory it takes."""

from collections.abc import AsyncGenerator, AsyncIterable, Mapping

MOST_ANSWER = 4_000_000
"""Bytes. An answer of 8,192 tokens with its thoughts, or a page of Slack's, stays far below."""


class TooLong(ValueError):
    """An answer beyond its limit, or packed so that nobody knows its length; the rest was not read."""


async def bounded(parts: AsyncIterable[bytes], most: int) -> AsyncGenerator[bytes]:
    """Yield the parts of a body, at most ``most`` bytes of it. Raises ``TooLong``."""
    size = 0
    async for part in parts:
        size += len(part)
        if size > most:
            raise TooLong
        yield part


def unpacked(headers: Mapping[str, str]) -> None:
    """Raise ``TooLong`` for a packed body: we ask for none, and a thousandth of it may travel."""
    if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise TooLong
