"""What a button carries: a verdict and the suggestion's opaque id, within Telegram's 64 bytes."""

import re
from typing import cast, get_args
from uuid import UUID

from core.kernel.messages import Verdict

_MAX_CALLBACK_DATA = 64
"""Bytes; the SDK's ``InlineKeyboardButtonLimit``, written out because this is read before the SDK is loaded."""
_DATA = re.compile(rf"({'|'.join(get_args(Verdict))}):([0-9a-f]{{32}})")


def callback_data(verdict: Verdict, suggestion_id: UUID) -> str:
    """Return the button's data; ``ValueError`` above 64 bytes, which Telegram would refuse and the SDK would send."""
    data = f"{verdict}:{suggestion_id.hex}"
    if len(data.encode()) > _MAX_CALLBACK_DATA:
        raise ValueError("callback data is too long")
    return data


def read_press(data: object) -> tuple[UUID, Verdict] | None:
    """Read a button's data, which anybody can forge; None for what is no verdict and id as we write them."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    return (UUID(found[2]), cast("Verdict", found[1])) if found else None
