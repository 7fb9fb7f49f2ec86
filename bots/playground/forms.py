"""The bodies that the platforms' SDKs send: JSON, a URL-encoded form, or one with files in it."""

import json
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, cast
from urllib.parse import parse_qsl

from fastapi import Request

_MOST_FIELDS = 200


async def read_arguments(request: Request) -> dict[str, Any]:
    """Return the query's and the body's arguments, files as bytes; what is neither JSON nor a form counts as empty."""
    given: dict[str, Any] = dict(request.query_params)
    kind, raw = request.headers.get("content-type", ""), await request.body()
    if kind.startswith("multipart/form-data"):
        return given | dict(_parts(kind, raw))
    body, is_json = raw.decode("utf-8", "replace"), kind.startswith("application/json")
    try:
        return given | (_object(body) if is_json else dict(_fields(body)))
    except ValueError:
        return given


def read_json(text: str) -> Any:
    """Return what a JSON text says. Raises ``ValueError`` also for what could not be written again as UTF-8 JSON."""
    try:
        read: object = json.loads(text)
        check_writable(read)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return read


def check_writable(value: object) -> None:
    """Raise ``ValueError`` for half a surrogate pair and for numbers that are not finite."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _parts(kind: str, raw: bytes) -> Iterator[tuple[str, str | bytes]]:
    """Yield the fields of a form with files: a MIME message whose parts have names."""
    head = b"content-type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n"
    for part in BytesParser(policy=HTTP).parsebytes(head + raw).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            filename = part.get_filename()
            yield name, content if filename else content.decode("utf-8", "replace")
            if filename:
                # The parser keeps bytes that are no ASCII as halves of surrogate pairs.
                yield f"{name}/filename", filename.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _object(body: str) -> dict[str, Any]:
    read: object = read_json(body or "{}")
    return cast("dict[str, Any]", read) if isinstance(read, dict) else {}


def _fields(body: str) -> list[tuple[str, str]]:
    return parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
