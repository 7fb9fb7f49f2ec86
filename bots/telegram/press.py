"""What a button carries: a verdict's letter and the suggestion's opaque id, within Telegram's 64 bytes."""

import re
from uuid import UUID

from telegram.constants import InlineKeyboardButtonLimit

from core.kernel.messages import Verdict

_LETTERS: dict[Verdict, str] = {"approve": "a", "reject": "r"}
_VERDICTS: dict[str, Verdict] = {letter: verdict for verdict, letter in _LETTERS.items()}
_DATA = re.compile(r"([ar]):([0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.IGNORECASE)


def callback_data(verdict: Verdict, suggestion_id: UUID) -> str:
    """Return the button's data; ``ValueError`` above 64 bytes, which Telegram would refuse and the SDK would send."""
    data = f"{_LETTERS[verdict]}:{suggestion_id.hex}"
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError("callback data is too long")
    return data


def read_press(data: object) -> tuple[UUID, Verdict] | None:
    """Read a button's data, which anybody can forge; None for what is no id and verdict."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    return (UUID(found[2]), _VERDICTS[found[1].lower()]) if found else None
