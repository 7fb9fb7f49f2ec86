"""The errors that may be told to a person.

AppError                     its phrase is safe to show
├── Upstream                 a platform or the model is down or busy; try again after ``retry_after`` seconds
└── Unreachable              the other side will not take it, however often we try (blocked, deleted, left)
    └── ChatGone             and no other message to this chat either

Everything else is a bug: it gets an id in the log and a neutral sentence in the chat.
"""

from random import SystemRandom

from core.kernel.phrases import Phrase, phrase

_random = SystemRandom()

_LONGEST_PAUSE = 30.0


class AppError(Exception):
    """A failure with a sentence that a person may read."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said.id)
        self.phrase = said


class Upstream(AppError):
    """A platform or the model is down or busy."""

    def __init__(self, said: Phrase | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(said or phrase("error-upstream"))
        self.retry_after = retry_after


def pause_before_retry(failures: int, retry_after: float | None) -> float:
    """Return how many seconds to wait: what the other side asked for, else doubling from half a second, with jitter."""
    if retry_after is not None:
        return retry_after
    return min(_LONGEST_PAUSE, 0.5 * 2 ** min(failures, 10)) * _random.uniform(0.5, 1.0)


class Unreachable(AppError):
    """The other side refuses for good; trying again changes nothing."""

    def __init__(self, said: Phrase | None = None) -> None:
        super().__init__(said or phrase("error-unreachable"))


class ChatGone(Unreachable):
    """The chat takes nothing from us any more: we were removed or blocked, or it is archived."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why
        """The other side's word for it, without anything of ours."""
