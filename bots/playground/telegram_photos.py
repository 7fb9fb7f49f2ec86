"""Pictures and documents of Telegram: what a bot may send, as far as a PNG tells of itself, and what it may fetch."""

import struct
from typing import Any, cast

from bots.playground.pictures import keep_file, kept_file
from bots.playground.state import State
from bots.playground.telegram_refusal import bad_request
from bots.playground.telegram_shapes import Json

_LARGEST_DOCUMENT = 52_428_800
_LARGEST_FETCHED = 20_000_000
"""Bytes that a bot may fetch (docs: getFile)."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">8s4x4sII")
"""The signature, the length and the name of the first chunk, and in it the width and the height."""
_MOST_BYTES, _MOST_PIXELS, _MOST_UNEQUAL = 10_000_000, 10_000, 20
"""A photo's bytes, its width and height together, and how many times one side may be as long as the other."""


def read_photo(given: Json) -> bytes:
    """Return the uploaded picture. Raises ``TelegramRefusal``."""
    photo = given.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = given.get(photo.removeprefix("attach://"))
    if not isinstance(photo, bytes):
        # Real Telegram also takes an address, or a file that it knows; nobody here sends them.
        raise bad_request("there is no photo in the request")
    if len(photo) > _MOST_BYTES:
        raise bad_request("file of size is too big for a photo; the maximum size is 10485760 bytes")
    return photo


def read_media(given: Json) -> Json:
    """Return what an edit puts into a message (docs: InputMediaPhoto). Raises ``TelegramRefusal``."""
    media: Any = given.get("media")
    if not isinstance(media, dict) or cast("Json", media).get("type") != "photo":
        # Real Telegram takes other kinds too; nobody here sends them.
        raise bad_request("media must be a photo")
    return cast("Json", media)


def size_of(png: bytes) -> tuple[int, int]:
    """Return a picture's width and height.

    Raises ``TelegramRefusal`` for what is no picture, or one of a shape that is refused.
    """
    if len(png) < _HEADER.size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    signature, chunk, width, height = _HEADER.unpack_from(png)
    # Real Telegram takes other kinds too; nobody here sends them.
    if signature != _SIGNATURE or chunk != b"IHDR":
        raise bad_request("IMAGE_PROCESS_FAILED")
    longer, shorter = max(width, height), min(width, height)
    if not shorter or width + height > _MOST_PIXELS or longer > shorter * _MOST_UNEQUAL:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def read_document(given: Json) -> tuple[str, bytes]:
    """Return the name and the bytes of an uploaded file. Raises ``TelegramRefusal``."""
    document = given.get("document")
    place = "document" if isinstance(document, bytes) else str(document or "").removeprefix("attach://")
    content = given.get(place)
    if not isinstance(content, bytes):
        raise bad_request("there is no document in the request")
    if len(content) > _LARGEST_DOCUMENT:
        raise bad_request("file of size is too big; the maximum size is 52428800 bytes")
    if not content:
        raise bad_request("file must be non-empty")
    return str(given.get(f"{place}/filename") or "file"), content


def kept_document(state: State, name: str, content: bytes) -> Json:
    """Keep a file and return what a message keeps of it."""
    return {"name": name, "size": len(content), "id": keep_file(state, content)}


def fetched(state: State, given: Json) -> Json:
    """Return where a bot fetches a file (docs: getFile). Raises ``TelegramRefusal``."""
    id_ = str(given.get("file_id") or "").removeprefix("photo-")
    content = kept_file(state, id_)
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > _LARGEST_FETCHED:
        raise bad_request("file is too big")
    found: Json = {"file_id": str(given["file_id"]), "file_unique_id": id_, "file_size": len(content)}
    return {**found, "file_path": f"documents/{id_}"}
