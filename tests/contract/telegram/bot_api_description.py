"""Judge an outgoing request by the machine-readable description of the Bot API (not shipped with the project)."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

import pytest

from tests.data import find_shared, missing
from tests.unit.telegram.html_subset import read_question

_NAME = "telegram-bot-api-10.1.min.json"


DESCRIPTION = find_shared(_NAME)
WHY_NOT = missing(_NAME)
needs_description = pytest.mark.skipif(DESCRIPTION is None, reason=WHY_NOT)

_SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "Float": (int, float), "String": (str,), "Boolean": (bool,)}
_RANGE = re.compile(r"(\d+)-(\d+) (characters|bytes)")
_AT_MOST = re.compile(r"[Aa]t most (\d+) ")
_ONE_OF = re.compile(r"[Mm]ust be one of ([^.]*)")


@cache
def _description() -> dict[str, Any]:
    if DESCRIPTION is None:
        raise FileNotFoundError(WHY_NOT)
    return json.loads(DESCRIPTION.read_text("utf-8"))


def problems(method: str, form: Mapping[str, str]) -> list[str]:
    """Return what is wrong with a form-encoded request, one sentence each; an empty list when it may be sent.

    Checked: method, names, required arguments, types at every depth, stated lengths and closed sets of values; text in
    HTML mode is parsed strictly and measured after parsing, as Telegram does.
    """
    described = _description()["methods"].get(method)
    if described is None:
        return [f"unknown method {method}"]
    fields = {field["name"]: field for field in described.get("fields", ())}
    # A file goes beside the argument that names it, as "attach://<its name>".
    files = {name for name in form if any(f"attach://{name}" in value for value in form.values())}
    found = [f"{method}: unknown argument {name}" for name in form.keys() - fields.keys() - files]
    found += [
        f"{method}: {name} is missing" for name, field in fields.items() if field["required"] and name not in form
    ]
    for name in sorted(form.keys() & fields.keys()):
        found += _argument(f"{method}.{name}", fields[name], form[name], form.get("parse_mode"))
    return found


def _argument(place: str, field: Mapping[str, Any], raw: str, mode: str | None) -> Iterator[str]:
    value = _decoded(field["types"], raw)
    if not any(_is(kind, value) for kind in field["types"]):
        yield f"{place}: {raw[:40]!r} is no {' or '.join(field['types'])}"
        return
    if isinstance(value, str) and "after entit" in field["description"] and mode == "HTML":
        try:
            value = read_question(value).text
        except ValueError as wrong:
            yield f"{place}: {wrong}"
    yield from _limits(place, field, value)
    yield from _nested(place, field["types"], value)


def _decoded(kinds: list[str], raw: str) -> object:
    """Return the value as JSON reads it; an argument that may be a string is one unless it is a number that may be."""
    if "String" in kinds and not ("Integer" in kinds and re.fullmatch(r"-?\d+", raw)):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def _is(kind: str, value: object) -> bool:
    if kind in _SCALARS:
        return isinstance(value, _SCALARS[kind]) and (kind == "Boolean" or not isinstance(value, bool))
    if kind.startswith("Array of "):
        return isinstance(value, list)
    return isinstance(value, dict)


def _nested(place: str, kinds: list[str], value: object) -> list[str]:
    """Judge what is inside by the kind that fits best, since an argument may be one of several objects."""
    fitting = [kind for kind in kinds if _is(kind, value)]
    return list(_inside(place, max(fitting, key=lambda kind: _known_fields(kind, value)), value))


def _known_fields(kind: str, value: object) -> int:
    described = _description()["types"].get(kind, {})
    names = {field["name"] for field in described.get("fields", ())}
    return len(names & cast("dict[str, Any]", value).keys()) if isinstance(value, dict) else 0


def _inside(place: str, kind: str, value: object) -> Iterator[str]:
    if kind.startswith("Array of ") and isinstance(value, list):
        inner = kind.removeprefix("Array of ")
        for index, item in enumerate(cast("list[object]", value)):
            if not _is(inner, item):
                yield f"{place}[{index}] is no {inner}"
            yield from _inside(f"{place}[{index}]", inner, item)
    elif isinstance(value, dict) and kind in _description()["types"]:
        yield from _object(place, _description()["types"][kind], cast("dict[str, Any]", value))


def _object(place: str, described: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    if "fields" not in described:  # a union: one of its members has to fit
        members = [_description()["types"][name] for name in described.get("subtypes", ())]
        if members and all(list(_object(place, member, value)) for member in members):
            yield f"{place} fits no {described['name']}"
        return
    fields = {field["name"]: field for field in described["fields"]}
    yield from (f"{place}: unknown field {name}" for name in value.keys() - fields.keys())
    for name, field in fields.items():
        if name not in value:
            if field["required"]:
                yield f"{place}.{name} is missing"
        elif not any(_is(kind, value[name]) for kind in field["types"]):
            yield f"{place}.{name} is no {' or '.join(field['types'])}"
        else:
            yield from _limits(f"{place}.{name}", field, value[name])
            yield from _nested(f"{place}.{name}", field["types"], value[name])


def _limits(place: str, field: Mapping[str, Any], value: object) -> Iterator[str]:
    described = field["description"]
    if isinstance(value, str):
        if (stated := _RANGE.search(described)) is not None:
            size = len(value.encode()) if stated[3] == "bytes" else len(value.encode("utf-16-le")) // 2
            if not int(stated[1]) <= size <= int(stated[2]):
                yield f"{place} has {size} {stated[3]}, stated are {stated[1]} to {stated[2]}"
        if (allowed := _ONE_OF.search(described)) and value not in re.findall(r'"([^"]+)"', allowed[1]):
            yield f"{place} must be one of {allowed[1]}"
    if (
        isinstance(value, list)
        and (most := _AT_MOST.search(described))
        and len(cast("list[object]", value)) > int(most[1])
    ):
        yield f"{place} has more than {most[1]} items"
