"""What a button carries: a verdict, which of several, and the suggestion's opaque id, within Telegram's 64 bytes."""

import re
from typing import NamedTuple, cast, get_args
from uuid import UUID

from core.kernel.messages import Verdict

_MAX_CALLBACK_DATA = 64
"""Bytes; the SDK's ``InlineKeyboardButtonLimit``, written out because this is read before the SDK is loaded."""
_CHOOSING: frozenset[Verdict] = frozenset({"reject", "edit", "choose", "alternative", "menu"})
"""Verdicts that there are several of; any other button with a choice is none of ours."""
_DATA = re.compile(rf"({'|'.join(get_args(Verdict))})(?:\.([a-z0-9_]{{1,16}}))?:([0-9a-f]{{32}})")


class Press(NamedTuple):
    """What somebody pressed."""

    suggestion_id: UUID
    verdict: Verdict
    choice: str


def callback_data(verdict: Verdict, suggestion_id: UUID, choice: str = "") -> str:
    """Return the button's data.

    Raises ``ValueError`` for what ``read_press`` would not read again, and above 64 bytes, which Telegram would refuse
    and the SDK would send.
    """
    data = f"{verdict}{f'.{choice}' if choice else ''}:{suggestion_id.hex}"
    if read_press(data) is None or len(data.encode()) > _MAX_CALLBACK_DATA:
        raise ValueError("no data for a button")
    return data


def read_press(data: object) -> Press | None:
    """Read a button's data, which anybody can forge; None for what is no verdict, choice and id as we write them."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    if found is None:
        return None
    verdict = cast("Verdict", found[1])
    if found[2] and verdict not in _CHOOSING:
        return None
    return Press(UUID(found[3]), verdict, found[2] or "")
