"""What a button carries: a verdict and the suggestion's opaque id, within Telegram's 64 bytes."""

import re
from typing import cast, get_args
from uuid import UUID

from telegram.constants import InlineKeyboardButtonLimit

from core.kernel.messages import Verdict

_DATA = re.compile(rf"({'|'.join(get_args(Verdict))}):([0-9a-f]{{32}})")


def callback_data(verdict: Verdict, suggestion_id: UUID) -> str:
    """Return the button's data; ``ValueError`` above 64 bytes, which Telegram would refuse and the SDK would send."""
    data = f"{verdict}:{suggestion_id.hex}"
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError("callback data is too long")
    return data


def read_press(data: object) -> tuple[UUID, Verdict] | None:
    """Read a button's data, which anybody can forge; None for what is no verdict and id as we write them."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    return (UUID(found[2]), cast("Verdict", found[1])) if found else None
