"""Read a schedule file: which format it is follows from its content."""

import json
from pathlib import Path

from core.imports.c3voc2 import is_c3voc2, read_c3voc2
from core.imports.calendars.dialects import is_jcal, is_xcal, read_jcal, read_xcal
from core.imports.calendars.read import is_calendar, read_calendar
from core.imports.decoding import decoded, in_utf8
from core.imports.frab_json import object_of, read_frab_json
from core.imports.frab_xml import read_frab_xml
from core.imports.indico import is_indico, read_indico
from core.imports.models import NOTHING_SAID, THE_FILE, Answers, BadSchedule, Schedule, line
from core.imports.others import refuse_what_is_no_schedule
from core.imports.sessionize import is_sessionize, read_sessionize
from core.imports.tables.agenda import read_agenda
from core.imports.tables.sheets import is_spreadsheet
from core.imports.xml_tree import read_tree
from core.kernel.phrases import phrase

LARGEST = 50_000_000
"""Bytes; the largest real schedule known (a congress of five days) has about three million."""


def read_schedule(path: Path, answers: Answers = NOTHING_SAID) -> Schedule:
    """Read a schedule file of any format that docs/importing.md lists.

    ``answers`` is what a person said where the file says it badly or not at all.
    Raises ``BadSchedule`` with one sentence and the place in the file.
    """
    return parse_schedule(body_of(path), answers)


def body_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises ``BadSchedule`` where it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadSchedule("", phrase("import-too-large", name=path.name, size=size, most=LARGEST))
        return path.read_bytes()
    except OSError as failure:
        raise BadSchedule("", phrase("import-cannot-open", path=str(path), why=str(failure.strerror))) from None


def parse_schedule(body: bytes, answers: Answers = NOTHING_SAID) -> Schedule:
    """Read a schedule from the bytes of a file."""
    refuse_what_is_no_schedule(body)
    if is_calendar(body):
        return read_calendar(body, answers)
    if is_spreadsheet(body):
        return read_agenda(body, answers)
    # Two-byte encodings put a zero beside each letter.
    start = body[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    if not start:
        raise BadSchedule(THE_FILE, phrase("import-empty"))
    if start == b"<":
        root = read_tree(in_utf8(body))
        return read_xcal(root, answers) if is_xcal(root) else read_frab_xml(root, answers)
    if start in (b"{", b"["):
        return _of_json(_json(body), answers)
    return read_agenda(body, answers)


def _of_json(data: object, answers: Answers) -> Schedule:
    if is_sessionize(data):
        return read_sessionize(data, answers)
    if is_jcal(data):
        return read_jcal(data, answers)
    if is_c3voc2(data):
        return read_c3voc2(data, answers)
    if is_indico(data):
        return read_indico(data, answers)
    return read_frab_json(data, answers)


def _json(body: bytes) -> object:
    try:
        return json.loads(decoded(body), object_pairs_hook=object_of)
    except json.JSONDecodeError as failure:
        raise BadSchedule(line(failure.lineno, failure.colno), phrase("import-no-json", why=failure.msg)) from None
    except RecursionError:
        raise BadSchedule(THE_FILE, phrase("import-too-deep")) from None
    except ValueError:
        raise BadSchedule(THE_FILE, phrase("import-too-many-digits")) from None
