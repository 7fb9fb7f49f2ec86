from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.ai.schema import flat_schema
from core.flows.runtime import declared_for, tools_for


class Hall(Enum):
    A = "A"
    B = "B"


class Place(BaseModel):
    """Where."""

    hall: Hall
    seats: int | None = None


class Move(BaseModel):
    """What a tool might take."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(description="The session's title.", max_length=200)
    default: int = 3
    place: Place | None = Field(None, description="The new place.")
    others: list[Place] = []
    either: int | str | None = None
    risk: Literal["low", "high"] | Literal["*"] = "*"
    pattern: str = Field("", pattern="^[a-z]+$", description="A property of that name.")


def test_references_nulls_titles_defaults_limits_and_docstrings_are_gone_and_names_stay() -> None:
    place = {
        "type": "object",
        "properties": {"hall": {"enum": ["A", "B"], "type": "string"}, "seats": {"type": "integer"}},
        "required": ["hall"],
    }

    assert flat_schema(Move.model_json_schema()) == {
        "type": "object",
        "properties": {
            "title": {"description": "The session's title.", "type": "string"},
            "default": {"type": "integer"},
            "place": place | {"description": "The new place."},
            "others": {"type": "array", "items": place},
            "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "risk": {"enum": ["low", "high", "*"], "type": "string"},
            "pattern": {"description": "A property of that name.", "type": "string"},
        },
        "required": ["title"],
    }


def test_every_tool_has_a_flat_schema_with_all_its_arguments() -> None:
    beside = {"because", "raise_risk_to", "asked_again"}
    for tool, declaration in zip(tools_for("owner"), declared_for("owner"), strict=True):
        schema = flat_schema(declaration.parameters)

        wanted = set(tool.args.model_fields) | (beside if tool.effect == "write" else set())
        assert set(schema.get("properties", {})) == wanted
        assert keys(schema) & {"$ref", "$defs", "allOf", "oneOf"} == set()


def keys(node: Any) -> set[str]:
    if isinstance(node, list):
        return set[str]().union(*(keys(each) for each in node))
    if isinstance(node, dict):
        return set(node).union(*(keys(each) for each in node.values()))
    return set()
