"""Where the embedded server's files lie, and the short plain path by which PostgreSQL reaches them."""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
_LONGEST = 80
"""Bytes of a folder whose socket PostgreSQL can still open: 107 for the whole name on Linux, 103 on macOS."""
_OWN, _PASSING = 0o700, 0o711
"""Only we enter. As root the server runs as a user of its own, who passes through; its files are closed to others."""
_MAY_PASS = 0o011
_LEAST_FREE = 100 * 1024 * 1024
"""Bytes that a new cluster takes, and some to work with."""


class FolderRefused(Exception):
    """The folder cannot hold a database; the sentence says why and what to do."""


def prepared(home: Path) -> Path:
    """Return the path at which the server's data lies: ``home``/postgres, or a short plain link to it.

    PostgreSQL hands its paths to a shell and its socket's path to the kernel: neither takes a space, a quote or
    more than about a hundred bytes. Raises ``FolderRefused``.
    """
    folder = _made(home)
    if sys.platform == "win32" or (_PLAIN.fullmatch(str(folder)) and len(os.fsencode(folder)) <= _LONGEST):
        return folder
    _let_the_server_pass(folder)
    link = _links() / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    try:
        if not (link.is_symlink() and link.readlink() == folder):
            link.unlink(missing_ok=True)
            link.symlink_to(folder)
    except OSError as refused:
        raise FolderRefused(f"{link} cannot be written ({refused.strerror}). Set TMPDIR to another folder.") from None
    return link


def why_not_started(home: Path) -> str:
    """Return what to say when the server did not start in a folder that could be made."""
    try:
        free = shutil.disk_usage(home).free
    except OSError:
        free = _LEAST_FREE
    if free < _LEAST_FREE:
        return f"The disk of {home} is full. Make room (100 MB at least), or set EVENTFLOW_HOME to another folder."
    log = home / "postgres" / "log"
    more = f" Its own words are in {log}." if log.exists() else ""
    return f"The embedded PostgreSQL does not start in {home}.{more} Set EVENTFLOW_HOME elsewhere, or DATABASE_URL."


def _made(home: Path) -> Path:
    folder = home.absolute() / "postgres"
    try:
        folder.mkdir(mode=_OWN, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError):
        raise FolderRefused(
            f"EVENTFLOW_HOME is {home}, and a file is in its place. Move it away, or set EVENTFLOW_HOME to a folder."
        ) from None
    except OSError as refused:
        raise FolderRefused(
            f"EVENTFLOW_HOME is {home}, which cannot be written ({refused.strerror}). Set it to a folder of yours."
        ) from None
    return folder.resolve()


def _links() -> Path:
    """Return our folder for links: made by us, entered by us alone."""
    as_root = os.geteuid() == 0
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(runtime) if runtime and Path(runtime).is_dir() and not as_root else Path(tempfile.gettempdir())
    if not _PLAIN.fullmatch(str(base)) or len(os.fsencode(base)) > _LONGEST // 2:
        base = Path("/tmp")  # noqa: S108 what lies in it is checked to be ours
    folder = base / f"eventflow-{os.geteuid()}"
    try:
        folder.mkdir(mode=_OWN, exist_ok=True)
        found = folder.lstat()
        if found.st_uid != os.geteuid() or folder.is_symlink() or not folder.is_dir():
            raise FolderRefused(f"{folder} belongs to somebody else. Remove it, or shorten EVENTFLOW_HOME.")
        folder.chmod(_PASSING if as_root else _OWN)
    except OSError as refused:
        raise FolderRefused(f"{folder} cannot be used ({refused.strerror}). Shorten EVENTFLOW_HOME.") from None
    return folder


def _let_the_server_pass(folder: Path) -> None:
    """As root, open the way to the data, and nothing beside it, for the user that the server runs as."""
    if os.geteuid() != 0:
        return
    for each in folder.parents:
        mode = each.stat().st_mode
        if mode & _MAY_PASS != _MAY_PASS:
            each.chmod(mode | _MAY_PASS)  # it keeps our group
