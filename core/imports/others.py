"""What people save in the place of a schedule, called by its name, with what to take instead. Pure."""

import re
from collections.abc import Mapping
from typing import Any, cast

from core.imports.models import THE_FILE, BadSchedule
from core.kernel.phrases import Phrase, phrase

_HEAD = 4_000
"""Letters at the beginning of a file that say what it is."""
_PAGE = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|^<(?:div|script|meta|title|p|table)[\s>]", re.IGNORECASE
)
_LOGIN = re.compile(
    rb"log[\s-]?in|sign[\s-]?in|password|anmelden|passwor[dt]|connexion|\xd7\x94\xd7\xaa\xd7\x97\xd7\x91\xd7\xa8",
    re.IGNORECASE,
)
_BINARY = (
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_ROOTS = {
    "rss": "RSS",
    "feed": "Atom",
    "rdf": "RSS",
    "opml": "OPML",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "workbook": "Excel XML",
    "kml": "KML",
    "gpx": "GPX",
    "svg": "SVG",
    "plist": "plist",
    "office:document": "OpenDocument",
    "soap:envelope": "SOAP",
}
_ERRORS = ("detail", "error", "message", "errors")
"""Where web services put what went wrong."""
_PRETALX = ({"talks", "rooms"}, {"count", "results"})
"""What pretalx's widget and its API write."""


def refuse_what_is_no_schedule(body: bytes) -> None:
    """Raise ``BadSchedule`` for a web page, and for a file of a kind that holds no schedule."""
    for mark, kind in _BINARY:
        if body.startswith(mark):
            raise BadSchedule(THE_FILE, phrase("import-other-kind", kind=kind))
    # Two-byte encodings put a zero beside each letter.
    head = body[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and _PAGE.search(head):
        id_ = "import-login-page" if _LOGIN.search(body[: 50 * _HEAD].replace(b"\0", b"")) else "import-web-page"
        raise BadSchedule(THE_FILE, Phrase(id_))


def other_root(tag: str) -> Phrase:
    """Return what is wrong with an XML document of another root."""
    kind = _ROOTS.get(tag.casefold()) or _ROOTS.get(tag.casefold().split(":")[-1])
    if kind is not None:
        return phrase("import-other-kind", kind=kind)
    return phrase("import-other-root", root=tag[:40])


def refuse_other_json(data: object) -> None:
    """Raise ``BadSchedule`` for JSON of another shape whose origin is known."""
    if not isinstance(data, dict):
        return
    given = cast("Mapping[str, Any]", data)
    if "schedule" in given:
        return
    if any(keys <= given.keys() for keys in _PRETALX):
        raise BadSchedule(THE_FILE, phrase("import-pretalx-data"))
    for name in _ERRORS:
        if isinstance(given.get(name), str):
            raise BadSchedule(THE_FILE, phrase("import-error-answer", said=given[name][:200]))
    if {"type", "features"} <= given.keys():
        raise BadSchedule(THE_FILE, phrase("import-other-kind", kind="GeoJSON"))
    raise BadSchedule(THE_FILE, phrase("import-other-json", keys=", ".join(list(given)[:5])[:120]))
