"""What the model may say beside every write: why, how risky it looks, and that a person asks for it again."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from core.kernel.cards import Risk

_LONGEST_REASON = 300
"""Characters; a reason is one sentence on a card."""


class Aside(BaseModel):
    """Beside the arguments of a write. Nothing of it is executed."""

    model_config = ConfigDict(frozen=True)

    because: Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LONGEST_REASON)] | None = Field(
        default=None,
        description="Why exactly this: a short sentence in the person's language, for the card.",
    )
    raise_risk_to: Annotated[Risk, WithJsonSchema({"type": "string"})] | None = Field(
        default=None,
        description="medium, high or critical, only for a danger in the person's words that no tool knows of.",
    )
    asked_again: bool = Field(
        default=False,
        description="True only when the person knows that this was rejected and asks again.",
    )


def declared(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a write's arguments with these beside them."""
    beside = Aside.model_json_schema()
    definitions = {**schema.get("$defs", {}), **beside.get("$defs", {})}
    more = {"$defs": definitions} if definitions else {}
    return {**schema, "properties": {**schema.get("properties", {}), **beside["properties"]}, **more}


def split(args: Mapping[str, Any]) -> tuple[dict[str, Any], Aside]:
    """Return the arguments of the write itself, and what was said beside them.

    Raises pydantic's ``ValidationError`` for an aside that is none.
    """
    beside = {name: value for name, value in args.items() if name in Aside.model_fields}
    return {name: value for name, value in args.items() if name not in beside}, Aside.model_validate(beside)
