"""How Slack's Web API says no: ``ok: false``, a code, and sometimes what exactly is wrong."""


class SlackRefusal(Exception):
    """A refused call; ``errors`` hold Slack's sentences, each with the place in the blocks that it is about."""

    def __init__(self, code: str, *errors: str) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors

    def body(self) -> dict[str, object]:
        """Return the answer."""
        if not self.errors:
            return {"ok": False, "error": self.code}
        messages = [f"[ERROR] {error}" for error in self.errors]
        return {
            "ok": False,
            "error": self.code,
            "errors": list(self.errors),
            "response_metadata": {"messages": messages},
        }
