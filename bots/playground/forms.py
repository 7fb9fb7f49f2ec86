"""The bodies that the platforms' SDKs send: JSON, or a URL-encoded form."""

import json
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request


async def read_arguments(request: Request) -> dict[str, Any]:
    """Return the query's and the body's arguments; what is neither JSON nor a form counts as empty."""
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            read: object = json.loads(body or b"{}")
        except ValueError:
            return given
        return given | read if isinstance(read, dict) else given
    return given | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200))
