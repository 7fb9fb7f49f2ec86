"""How the Bot API says no: a code, and words in English that programs must go by."""


class TelegramRefusal(Exception):
    """``ok: false`` with a code and Telegram's own words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


def bad_request(words: str) -> TelegramRefusal:
    """Return a refusal of what was asked for."""
    return TelegramRefusal(400, f"Bad Request: {words}")
