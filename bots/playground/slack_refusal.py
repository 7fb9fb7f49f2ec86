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
        body: dict[str, object] = {"ok": False, "error": self.code, "response_metadata": {"messages": messages}}
        # Messages' blocks are answered for twice, other arguments once.
        return {**body, "errors": list(self.errors)} if self.code == "invalid_blocks" else body
