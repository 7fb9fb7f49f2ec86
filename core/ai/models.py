"""The model's side of a turn in plain types; nothing here knows whose model it is."""

from dataclasses import dataclass
from typing import Any, Protocol

from core.kernel.errors import AppError
from core.kernel.phrases import Phrase, phrase

Content = dict[str, Any]
"""One content of the conversation as the model's API reads and writes it; kept and sent back unchanged."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool. Nothing about the arguments is checked yet."""

    id: str | None
    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolDeclaration:
    """A tool as the model is told of it; ``parameters`` is JSON schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens. ``prompt`` includes ``cached``; ``thoughts`` are billed like ``output``."""

    prompt: int = 0
    cached: int = 0
    output: int = 0
    thoughts: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.output + other.output,
            self.thoughts + other.thoughts,
        )


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request to the model."""

    system: str
    contents: tuple[Content, ...]
    tools: tuple[ToolDeclaration, ...]
    force_text: bool = False
    """True on the last step: the model must answer in words, with what it has."""
    names: frozenset[str] = frozenset()
    """Every tool that may be called, declared or not."""


@dataclass(frozen=True, slots=True)
class ModelReply:
    """One reply: words, tool calls, or the reason why there is neither."""

    content: Content | None
    """The model's content, verbatim: its signatures must come back as they were given."""
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    usage: Usage = Usage()
    failure: Phrase | None = None
    may_retry: bool = False
    """Whether asking the same again may help (a malformed call, an empty answer)."""
    is_blocked: bool = False
    """Whether the service objects to what was said; what blocked it once blocks it in every later request too."""


class RequestRefused(AppError):
    """The service does not take this request as it is; with a shorter history it may (a signature of another model)."""

    def __init__(self) -> None:
        super().__init__(phrase("model-refused"))


class Model(Protocol):
    """A model that can be asked. Being down or busy is ``Upstream``, a wrong key or name another ``AppError``."""

    @property
    def name(self) -> str:
        """The model's name, as prices and the log know it."""
        ...

    async def generate(self, request: ModelRequest) -> ModelReply:
        """Ask once. Raises ``Upstream``, ``RequestRefused`` or another ``AppError``."""
        ...

    def cost(self, usage: Usage) -> int | None:
        """Return what the tokens cost in micro-dollars; None for a model whose price is not known."""
        ...

    async def ping(self) -> None:
        """Raise ``AppError`` unless the model's service answers and knows the model."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
