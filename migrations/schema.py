"""Today's schema as one file to be read: what all the migrations leave, table by table; `make schema` writes it."""

import asyncio
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from migrations.apply import migrate
from migrations.embedded import binary, start

FILE = Path(__file__).parent / "schema.sql"
_HEAD = """\
-- The schema as it is today, to be read. Written by `make schema` from a migrated database; nothing runs this file.
-- The bodies of functions stand in functions/. Every table has row-level security forced, and the policy
-- `owner_backs_up`, by which its owner reads it for a backup (apply.py); the queue's schema is the library's.
"""
_ENTRY = re.compile(r"^--\n-- Name: (.+?); Type: ([A-Z ]+); Schema: (\S+); Owner: -\n--\n\n", re.MULTILINE)
_ON = re.compile(r"(?:\bON|\bTABLE|\bTABLE ONLY|\bVIEW|\bCOLUMN) (?:ONLY )?((?:public|app)\.\w+)")
_BODY = re.compile(r"\n    AS (?P<quote>\$\w*\$).*?(?P=quote);|\n    AS '.*?';", re.DOTALL)
_SETTING = re.compile(r"\n    SET \S+ TO [^;\n]*")
_SESSION = re.compile(r"^(?:\\\\(?:un)?restrict |SET default_).*\n", re.MULTILINE)
"""What `pg_dump` says to the session that reads it."""
_ORDER = (
    "TABLE",
    "VIEW",
    "MATERIALIZED VIEW",
    "COMMENT",
    "CONSTRAINT",
    "FK CONSTRAINT",
    "INDEX",
    "TRIGGER",
    "ROW SECURITY",
    "POLICY",
    "ACL",
)
"""Within a table; what `pg_dump` has and this list has not comes last, so that nothing is left out unseen."""


def text_of(owner_url: str) -> str:
    """Return the schema of a database as the file has it: the same text for the same schema, whoever owns it."""
    flags = ["--schema-only", "--no-owner", "--schema=public", "--schema=app"]
    command = [binary("pg_dump"), *flags, owner_url]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 our own program
    parts = _ENTRY.split(_SESSION.sub("", dump))[1:]
    tables: dict[str, list[tuple[int, str]]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    owner = re.escape(urlsplit(owner_url).username or "")
    for kind, body in zip(parts[1::4], parts[3::4], strict=True):
        statement = _read(kind, body, owner)
        if "POLICY owner_backs_up" in statement:
            continue
        on = _ON.search(statement)
        if on is None or kind == "FUNCTION":
            others[kind].append(statement)
        else:
            tables[on[1]].append((_ORDER.index(kind) if kind in _ORDER else len(_ORDER), statement))
    sections = [_section(table, [text for _, text in sorted(tables[table])]) for table in sorted(tables)]
    ends = [_section(kind.lower(), sorted(others[kind])) for kind in sorted(others)]
    return "\n".join([_HEAD, *sections, *ends])


def _section(title: str, statements: list[str]) -> str:
    return "\n".join([f"-- {title}", *statements, ""])


def _read(kind: str, body: str, owner: str) -> str:
    # `pg_dump` ends with a remark of its own after the last entry.
    body = body.partition("\n--\n-- PostgreSQL database dump complete")[0].strip()
    if kind == "FUNCTION":
        body = _SETTING.sub("", _BODY.sub(";", body))
    if kind != "VIEW":
        body = re.sub(r"\n    (?:ADD |LANGUAGE )", lambda found: f" {found[0].strip()} ", body)
    body = re.sub(r"\n\n+", "\n", body)
    return re.sub(rf"(?<= TO ){owner}\b", "CURRENT_USER", body) if owner else body


async def _write() -> None:
    with tempfile.TemporaryDirectory() as home:
        server = await start(Path(home))
        try:
            await migrate(server.owner_url)
            text = await asyncio.to_thread(text_of, server.owner_url)
        finally:
            server.stop()
    await asyncio.to_thread(FILE.write_text, text, "utf-8")
    sys.stdout.write(f"{FILE.relative_to(Path.cwd())} is today's schema.\n")


if __name__ == "__main__":
    asyncio.run(_write())
