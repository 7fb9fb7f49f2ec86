"""Pictures and documents of both chats: the latest are kept with the chats, and shown from the page's address."""

import base64
import secrets
from itertools import islice

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from bots.playground.state import State

LARGEST_SHARED = 5_000_000
"""Bytes of a file that somebody may share on the page; the largest real schedule known has three million."""
_MOST, _MOST_TOGETHER = 40, 40_000_000
"""Files that are kept, and letters of all of them in base64: they stand in one file with the chats."""
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def kind_of(content: bytes) -> str | None:
    """Return the media type of a picture that the page can show, by how it begins."""
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)


def keep_picture(state: State, content: bytes) -> str:
    """Keep a picture and return its id; the oldest goes when there are too many.

    Raises ``ValueError`` for any other file.
    """
    if kind_of(content) is None:
        raise ValueError("That is no picture.")
    return keep_file(state, content)


def keep_file(state: State, content: bytes) -> str:
    """Keep any file and return its id; the oldest goes when there are too many."""
    id_ = secrets.token_hex(8)
    pictures = state.pictures
    pictures[id_] = base64.b64encode(content).decode()
    for old in list(islice(pictures, max(0, len(pictures) - _MOST))):
        del pictures[old]
    while len(pictures) > 1 and sum(map(len, pictures.values())) > _MOST_TOGETHER:
        del pictures[next(iter(pictures))]
    state.keep()
    return id_


def kept_file(state: State, id_: str) -> bytes | None:
    """Return a file that is still kept."""
    kept = state.pictures.get(id_)
    return None if kept is None else base64.b64decode(kept)


def picture_router(state: State) -> APIRouter:
    """Return ``/playground/pictures/{id}``."""
    routes = APIRouter()

    async def picture(id_: str) -> Response:
        content = kept_file(state, id_)
        if content is None:
            raise HTTPException(404, "There is no such picture.")
        # An id never means another picture.
        headers = {"cache-control": "private, max-age=86400, immutable"}
        kind = kind_of(content)
        if kind is None:
            # Whatever a document says it is, a browser saves it and runs nothing of it.
            headers["content-disposition"] = "attachment"
        return Response(content, media_type=kind or "application/octet-stream", headers=headers)

    routes.add_api_route("/playground/pictures/{id_}", picture, methods=["GET"], include_in_schema=False)
    return routes
