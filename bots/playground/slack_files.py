"""Files in Slack: what a bot sends in three calls, and what people share, which the bot fetches with its token."""

import mimetypes
import secrets
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, cast
from urllib.parse import quote

from bots.playground.forms import read_json
from bots.playground.people import SLACK_BOT, TEAM, slack_room
from bots.playground.pictures import keep_file, kept_file, kind_of
from bots.playground.slack_content import Args
from bots.playground.slack_refusal import SlackRefusal
from bots.playground.state import Message, State, now_text

_LONGEST_ALT = 1000
"""Characters of an alternative text (docs: files.getUploadURLExternal)."""
_LARGEST = 10_000_000
_NEEDED = "missing required field: {name} [json-pointer:/{name}]"


@dataclass(slots=True)
class _Upload:
    """A file that was announced, and what arrived of it."""

    name: str
    length: int
    alternative: str
    content: bytes | None = None


class SlackFiles:
    """The workspace's files. Methods raise ``SlackRefusal``."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._uploads: dict[str, _Upload] = {}

    def get_upload_url(self, args: Args, base: str) -> Args:
        """Return where to send a file of this length; ``base`` is the playground's own address."""
        name, alternative = str(args.get("filename") or ""), str(args.get("alt_txt") or "")
        if not name:
            raise SlackRefusal("invalid_arguments", _NEEDED.format(name="filename"))
        length = str(args.get("length") or "")
        if not length.isdecimal() or not 0 < int(length) <= _LARGEST:
            raise SlackRefusal("invalid_arguments", "must be a positive integer [json-pointer:/length]")
        if len(alternative) > _LONGEST_ALT:
            raise SlackRefusal("alt_txt_too_large")
        id_ = f"F0{secrets.token_hex(5).upper()}"
        self._uploads[id_] = _Upload(name, int(length), alternative)
        return {"upload_url": f"{base}slack/upload/v1/{id_}", "file_id": id_}

    def receive(self, id_: str, content: bytes) -> bool:
        """Take a file; False for one that nobody announced, or of another length."""
        upload = self._uploads.get(id_)
        if upload is None or upload.content is not None or len(content) != upload.length:
            return False
        upload.content = content
        return True

    def complete_upload(self, args: Args) -> Args:
        """Share files that were sent; in a channel as a message of the bot's."""
        named = _files(args.get("files"))
        uploads = [self._sent(file) for file in named]
        room = slack_room(str(args.get("channel_id") or ""))
        if room is None:
            raise SlackRefusal("channel_not_found")
        shared = [self._shared(file, upload) for file, upload in zip(named, uploads, strict=True)]
        message: Message = {
            "ts": self._state.next_ts(),
            "user": SLACK_BOT,
            "text": str(args.get("initial_comment") or ""),
            "blocks": [],
            "files": shared,
            "thread_ts": str(args.get("thread_ts") or "") or None,
            "edited": False,
            "ephemeral_for": None,
            "time": now_text(),
        }
        self._state.slack.setdefault(room.id, []).append(message)
        self._state.changed()
        for file in named:
            del self._uploads[file["id"]]
        return {"files": [{"id": each["id"], "title": each["title"]} for each in shared]}

    def delete(self, args: Args) -> Args:
        """Take a file of the bot's away, and the message that shared nothing else (docs: files.delete)."""
        id_ = str(args.get("file") or "")
        if not id_:
            raise SlackRefusal("invalid_arguments", _NEEDED.format(name="file"))
        for messages in self._state.slack.values():
            for message in messages:
                files: list[dict[str, Any]] = message.get("files") or []
                if id_ not in {file["id"] for file in files}:
                    continue
                if message["user"] != SLACK_BOT:
                    raise SlackRefusal("cant_delete_file")
                message["files"] = [file for file in files if file["id"] != id_]
                if not message["files"] and not message["text"]:
                    messages.remove(message)
                self._state.changed()
                return {}
        raise SlackRefusal("file_not_found")

    def _sent(self, file: dict[str, Any]) -> _Upload:
        upload = self._uploads.get(str(file.get("id")))
        if upload is None or upload.content is None:
            raise SlackRefusal("file_not_found")
        return upload

    def _shared(self, file: dict[str, Any], upload: _Upload) -> dict[str, Any]:
        content, title = upload.content or b"", str(file.get("title") or upload.name)
        shown: dict[str, Any] = {"id": str(file["id"]), "title": title, "alt_txt": upload.alternative}
        kept = keep_file(self._state, content)
        return {**shown, "picture" if kind_of(content) else "document": kept}


def shared_by(state: State, person: str, name: str, content: bytes, base: str) -> dict[str, Any]:
    """Keep a file that somebody shares and return it as Slack describes it (docs: file object), and for the page.

    ``base`` is the address of the Web API's host, with a slash at its end.
    """
    kept = keep_file(state, content)
    id_, now = f"F{kept.upper()}", int(time.time())
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    address = f"{base}slack/files-pri/{TEAM}-{id_}"
    return {
        "id": id_,
        "created": now,
        "timestamp": now,
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": ending or "binary",
        "pretty_type": ending.upper() or "Binary",
        "user": person,
        "user_team": TEAM,
        "editable": False,
        "size": len(content),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{quote(name, safe='')}",
        "url_private_download": f"{address}/download/{quote(name, safe='')}",
        "media_display_type": "unknown",
        "has_rich_preview": False,
        "file_access": "visible",
        "picture" if kind_of(content) else "document": kept,
    }


def wire_file(shared: dict[str, Any]) -> dict[str, Any]:
    """Return a file as Slack describes it: without what only the page needs."""
    return {name: value for name, value in shared.items() if name not in {"picture", "document"}}


def file_at(state: State, place: str) -> bytes | None:
    """Return what stands at ``TEAM-FILE``; None for what was never shared, or is kept no more."""
    team, _, id_ = place.partition("-")
    return kept_file(state, id_[1:].lower()) if team == TEAM and id_.startswith("F") else None


def _files(given: Any) -> list[dict[str, Any]]:
    try:
        read: Any = read_json(given) if isinstance(given, str) else given
    except ValueError:
        read = None
    if not isinstance(read, list) or not read:
        raise SlackRefusal("invalid_arguments", _NEEDED.format(name="files"))
    files = cast("list[Any]", read)
    if not all(isinstance(each, dict) for each in files):
        raise SlackRefusal("invalid_arguments", "must provide an object [json-pointer:/files]")
    return cast("list[dict[str, Any]]", files)
