"""Say a JSON schema to the model in as few words as it needs: flat, and without what pydantic checks anyway."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

_NOISE = frozenset({"title", "default", "$defs", "additionalProperties"})
_CHECKED = frozenset(
    {"minLength", "maxLength", "pattern", "format", "minimum", "maximum", "minItems", "maxItems", "uniqueItems"}
    | {"exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
"""What comes back is held against these here, and the model is told in words where it missed one."""


def flat_schema(schema: Schema) -> Schema:
    """Return the schema without ``$ref``, ``anyOf`` with null, titles, defaults, limits and the docstrings of models.

    Property names stay as they are.
    """
    flat = _flat(schema, schema.get("$defs", {}))
    return {key: value for key, value in flat.items() if key != "description"}


def said_alike(sets: Iterable[Iterable[Schema]]) -> dict[str, str]:
    """Return the arguments that mean the same wherever they stand, in more than one set of flat schemas."""
    sentences: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[int]] = defaultdict(set)
    for number, schemas in enumerate(sets):
        for name, inner in (found for schema in schemas for found in _properties(schema)):
            sentences[name].add(inner.get("description", ""))
            places[name].add(number)
    alike = {name: next(iter(said)) for name, said in sentences.items() if len(said) == 1 and len(places[name]) > 1}
    return {name: said for name, said in alike.items() if said}


def without_alike(schema: Schema, alike: Mapping[str, str]) -> Schema:
    """Return a flat schema without the descriptions that are said once for all."""
    if isinstance(items := schema.get("items"), dict):
        schema = {**schema, "items": without_alike(items, alike)}
    if "properties" not in schema:
        return schema
    inner = {name: without_alike(_undescribed(name, each, alike), alike) for name, each in schema["properties"].items()}
    return {**schema, "properties": inner}


def _undescribed(name: str, schema: Schema, alike: Mapping[str, str]) -> Schema:
    return {key: value for key, value in schema.items() if key != "description"} if name in alike else schema


def _properties(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for name, inner in schema.get("properties", {}).items():
        yield name, inner
        yield from _properties(inner)
    if isinstance(items := schema.get("items"), dict):
        yield from _properties(items)


def _flat(node: Schema, definitions: Schema) -> Schema:
    if "$ref" in node:
        target: Schema = definitions[node["$ref"].rpartition("/")[2]]
        named = {key: value for key, value in target.items() if key != "description"}
        return _flat({**named, **{key: value for key, value in node.items() if key != "$ref"}}, definitions)
    if "anyOf" in node:
        node = _one_of(node)
        if "$ref" in node:
            return _flat(node, definitions)
    return {key: _value(key, value, definitions) for key, value in node.items() if key not in _NOISE | _CHECKED}


def _one_of(node: Schema) -> Schema:
    """Return a choice without null; one that is left is no choice, and words to choose from are one list."""
    choices: list[Schema] = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    if len(choices) == 1:
        return {**choices[0], **rest}
    words = [choice.get("enum", [choice["const"]] if "const" in choice else []) for choice in choices]
    if all(words) and len({choice.get("type") for choice in choices}) == 1:
        return {**rest, "enum": [word for each in words for word in each], "type": choices[0].get("type")}
    return {**rest, "anyOf": choices}


def _value(key: str, value: Any, definitions: Schema) -> Any:
    if key == "properties":
        return {name: _flat(inner, definitions) for name, inner in value.items()}
    if key in {"anyOf", "allOf", "oneOf"}:
        return [_flat(inner, definitions) for inner in value]
    return _flat(value, definitions) if isinstance(value, dict) else value
