"""One-time codes are kept as hashes alone: also in a delivery, before anybody has looked inside. Pure."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

# As people hand a code over: "link CODE" in Slack, "/start CODE" in Telegram; 16 to 64 letters, as both accept.
_HANDED_OVER = re.compile(r"(?:\blink|/start(?:@\w+)?)\s+[`*_~]*([A-Za-z0-9_-]{16,64})(?![A-Za-z0-9_-])", re.IGNORECASE)
_HASHED = re.compile(r"[0-9a-f]{64}")


def hash_of(code: str) -> bytes:
    """Return what is kept of a code; its 192 random bits need no salt.

    A delivery holds the hash already (``veiled``). Nobody can hand over a hash that they have seen: it is hashed again
    when it arrives.
    """
    return bytes.fromhex(code) if _HASHED.fullmatch(code) else hashlib.sha256(code.encode()).digest()


def veiled(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a delivery with its hash in the place of every code that somebody hands over."""
    codes = {found[1] for text in _texts(payload) for found in _HANDED_OVER.finditer(text)}
    if not codes:
        return payload
    hashes = {code: hashlib.sha256(code.encode()).hexdigest() for code in codes}
    anywhere = re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True))))
    return _replaced(payload, anywhere, hashes)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text, and beside it what stands in one list: Slack sends the parts of a line apart as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        parts = [each.get("text") for each in value if isinstance(each, Mapping)]
        yield "".join(part for part in parts if isinstance(part, str))
        for each in value:
            yield from _texts(each)


def _replaced(value: Any, codes: re.Pattern[str], hashes: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return codes.sub(lambda found: hashes[found[0]], value)
    if isinstance(value, Mapping):
        return {key: _replaced(each, codes, hashes) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, codes, hashes) for each in value]
    return value
