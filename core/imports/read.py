"""Read a schedule file: which format it is follows from its content."""

import json
from pathlib import Path

from core.imports.frab_json import object_of, read_frab_json
from core.imports.frab_xml import read_frab_xml
from core.imports.models import BadSchedule, Schedule
from core.imports.xml_tree import read_tree

LARGEST = 50_000_000
"""Bytes; the largest real schedule known (a congress of five days) has about three million."""


def read_schedule(path: Path, zone: str | None = None) -> Schedule:
    """Read frab's or c3voc's schedule.json or schedule.xml, or pretalx's export of either.

    ``zone`` is the IANA time zone of the place, where the file names none or a wrong one.
    Raises ``BadSchedule`` with one sentence and the place in the file.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadSchedule("", f"{path.name} has {size:,} bytes; at most {LARGEST:,} are read.")
        body = path.read_bytes()
    except OSError as failure:
        raise BadSchedule("", f"{path} cannot be read: {failure.strerror}.") from None
    return parse_schedule(body, zone)


def parse_schedule(body: bytes, zone: str | None = None) -> Schedule:
    """Read a schedule from the bytes of a file."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise BadSchedule("the file", "it is empty.")
    if start == b"<":
        return read_frab_xml(read_tree(body), zone)
    if start in (b"{", b"["):
        return read_frab_json(_json(body), zone)
    raise BadSchedule("line 1", "this is neither a schedule.json nor a schedule.xml.")


def _json(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=object_of)
    except UnicodeDecodeError as failure:
        line = body.count(b"\n", 0, failure.start) + 1
        raise BadSchedule(f"line {line}", "the file is not UTF-8.") from None
    except json.JSONDecodeError as failure:
        raise BadSchedule(f"line {failure.lineno}, column {failure.colno}", f"no JSON: {failure.msg}.") from None
    except RecursionError:
        raise BadSchedule("the file", "it is nested too deeply.") from None
    except ValueError:
        raise BadSchedule("the file", "it holds a number with thousands of digits.") from None
