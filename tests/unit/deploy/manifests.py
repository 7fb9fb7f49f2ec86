"""What stands in `deploy/`: read as the tools that use it read it."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast

import fastjsonschema
import yaml

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
_SCHEMAS = Path(__file__).parent / "schemas"

Tree: TypeAlias = dict[str, Any]


def read(*path: str) -> Tree:
    """Return a file of `deploy/` that holds one YAML document."""
    return yaml.safe_load(DEPLOY.joinpath(*path).read_text("utf-8"))


def program(service: Tree) -> bool:
    """Whether a service of compose runs the program's image."""
    return "eventflow-chat" in service["image"]


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile: the word and the rest, continued lines joined, comments gone."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [cast(tuple[str, str], tuple(line.split(None, 1))) for line in joined.splitlines() if line.strip()]


def stages(text: str) -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage, the `FROM` first."""
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions(text):
        if word == "FROM":
            found.append([])
        if found:
            found[-1].append((word, rest))
    return found


@cache
def checker(name: str, kind: str | None = None) -> Callable[[Any], Any]:
    """Return what raises ``JsonSchemaValueException`` for data that the schema, or one kind in it, does not take."""
    schema: Tree = json.loads((_SCHEMAS / name).read_text("utf-8"))
    if kind is not None:
        schema["$ref"] = f"#/definitions/{kind}"
    return cast(Callable[[Any], Any], fastjsonschema.compile(schema, use_default=False))  # pyright: ignore[reportUnknownMemberType]
