"""Pictures that the bot posted on either platform: a few are kept with the chats, and shown from the page's address."""

import base64
import secrets
from itertools import islice

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from bots.playground.state import State

_MOST = 40
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
    id_ = secrets.token_hex(8)
    pictures = state.pictures
    pictures[id_] = base64.b64encode(content).decode()
    for old in list(islice(pictures, max(0, len(pictures) - _MOST))):
        del pictures[old]
    state.keep()
    return id_


def picture_router(state: State) -> APIRouter:
    """Return ``/playground/pictures/{id}``."""
    routes = APIRouter()

    async def picture(id_: str) -> Response:
        kept = state.pictures.get(id_)
        if kept is None:
            raise HTTPException(404, "There is no such picture.")
        content = base64.b64decode(kept)
        # An id never means another picture.
        headers = {"cache-control": "private, max-age=86400, immutable"}
        return Response(content, media_type=kind_of(content), headers=headers)

    routes.add_api_route("/playground/pictures/{id_}", picture, methods=["GET"], include_in_schema=False)
    return routes
