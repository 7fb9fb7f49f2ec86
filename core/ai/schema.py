"""Flatten a JSON schema for the model: flat schemas are called correctly more often."""

from typing import Any

Schema = dict[str, Any]

_NOISE = frozenset({"title", "default", "$defs", "additionalProperties"})


def flat_schema(schema: Schema) -> Schema:
    """Return the schema without ``$ref``, ``anyOf`` with null, titles and defaults. Property names stay as they are."""
    return _flat(schema, schema.get("$defs", {}))


def _flat(node: Schema, definitions: Schema) -> Schema:
    if "$ref" in node:
        target: Schema = definitions[node["$ref"].rpartition("/")[2]]
        return _flat({**target, **{key: value for key, value in node.items() if key != "$ref"}}, definitions)
    if "anyOf" in node:
        choices: list[Schema] = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        node = {**choices[0], **rest} if len(choices) == 1 else {**rest, "anyOf": choices}
        if "$ref" in node:
            return _flat(node, definitions)
    return {key: _value(key, value, definitions) for key, value in node.items() if key not in _NOISE}


def _value(key: str, value: Any, definitions: Schema) -> Any:
    if key == "properties":
        return {name: _flat(inner, definitions) for name, inner in value.items()}
    if key in {"anyOf", "allOf", "oneOf"}:
        return [_flat(inner, definitions) for inner in value]
    return _flat(value, definitions) if isinstance(value, dict) else value
