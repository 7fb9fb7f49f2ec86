"""A ``generateContent`` request as the stand-in reads it; camelCase and snake_case alike, as the SDK mixes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bots.playground.sentences.conversation.talk import Call, Row, Step, Turn, read_texts


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class FunctionCall(_Wire):
    """A tool that the model asked for."""

    id: str | None = None
    name: str
    args: Row = {}


class FunctionResponse(_Wire):
    """A tool's answer."""

    id: str | None = None
    name: str
    response: Row = {}


class Part(_Wire):
    """A piece of a content; kinds that the stand-in cannot read (sound, pictures) are empty here."""

    text: str | None = None
    thought: bool = False
    thought_signature: str | None = None
    function_call: FunctionCall | None = None
    function_response: FunctionResponse | None = None


class Content(_Wire):
    """What one side said at once."""

    role: Literal["user", "model"] = "user"
    parts: list[Part] = Field(min_length=1)


class Declaration(_Wire):
    """A tool that may be called; of its schema only the names of the arguments are needed here."""

    name: str
    parameters: Any = None
    parameters_json_schema: Any = None

    @property
    def arguments(self) -> frozenset[str]:
        """The names of the tool's arguments, whichever way its schema was declared."""
        for schema in (self.parameters_json_schema, self.parameters):
            if isinstance(schema, dict) and isinstance(properties := cast("Row", schema).get("properties"), dict):
                return frozenset(str(name) for name in cast("Row", properties))
        return frozenset()


class Tool(_Wire):
    """Declared tools."""

    function_declarations: list[Declaration] = []


class CallingConfig(_Wire):
    """Whether tools may be called, and which."""

    mode: Literal["MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"] = "AUTO"
    allowed_function_names: list[str] = []


class ToolConfig(_Wire):
    """Settings of all tools."""

    function_calling_config: CallingConfig = CallingConfig()


class Request(_Wire):
    """The part of a request's body that the stand-in acts on."""

    contents: list[Content] = Field(min_length=1)
    system_instruction: Any = None
    tools: list[Tool] = []
    tool_config: ToolConfig = ToolConfig()

    @property
    def may_call(self) -> bool:
        """Whether the answer may be a tool call."""
        return self.tool_config.function_calling_config.mode != "NONE"

    @property
    def declared(self) -> dict[str, frozenset[str]]:
        """The declared tools with the names of their arguments, fewer where only some are allowed."""
        found = {each.name: each.arguments for tool in self.tools for each in tool.function_declarations}
        allowed = self.tool_config.function_calling_config.allowed_function_names
        return {name: arguments for name, arguments in found.items() if not allowed or name in allowed}


def read_turns(contents: Sequence[Content], now: datetime) -> list[Turn]:
    """Return the conversation's turns. Each begins with a person's words; ``now`` serves where no context tells it."""
    turns: list[Turn] = []
    calls: list[FunctionCall] = []
    for content in contents:
        if content.role == "model":
            calls = [part.function_call for part in content.parts if part.function_call]
            continue
        answers = [part.function_response for part in content.parts if part.function_response]
        texts = [part.text for part in content.parts if part.text is not None and not part.thought]
        if answers and turns:
            steps = [
                Step(Call(call.name, call.args), _bare(answer.response))
                for call, answer in zip(calls, answers, strict=False)
            ]
            last = turns[-1]
            turns[-1] = Turn(last.words, last.situation, (*last.steps, *steps))
        if texts or not answers:
            turns.append(Turn(*read_texts(texts, now)))
    return turns


def _bare(response: Row) -> Row:
    """Return the tool's own answer; clients may wrap it in ``output`` or ``result``."""
    for key in ("output", "result"):
        inner: object = response.get(key)
        if len(response) == 1 and isinstance(inner, dict):
            return {str(name): value for name, value in inner.items()}
    return response
