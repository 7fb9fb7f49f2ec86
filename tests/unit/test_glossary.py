"""The words and the map tell the truth: what they name exists, once, where a reader looks for it."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from pydoc import locate

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
ENTRY = re.compile(r"^\| \*\*(.+?)\*\*(?: \((.+?)\))? \|", re.MULTILINE)
NAMED = re.compile(r"`([^`\n]+)`")
KINDS = {".py", ".sql", ".ftl", ".toml"}


@cache
def _files() -> frozenset[str]:
    within = (path for folder in ("bots", "core", "migrations", "tests", "docs") for path in (ROOT / folder).rglob("*"))
    return frozenset(str(path.relative_to(ROOT)) for path in within if "__pycache__" not in path.parts)


@cache
def _words() -> frozenset[str]:
    code = (ROOT / name for name in _files() if name.startswith(("bots", "core", "migrations")))
    return frozenset(
        word for path in code if path.suffix in KINDS for word in re.findall(r"\w+", path.read_text("utf-8"))
    )


def _exists(name: str) -> bool:
    if re.fullmatch(r"[\w./-]+\.(py|sql)|(core|bots|tests|migrations|docs)/[\w./-]+", name):
        return any(f"/{each}".endswith(f"/{name.rstrip('/')}") for each in _files())
    if name.startswith(("core.", "bots.")):
        return locate(name) is not None
    return set(re.findall(r"[^\W\d]\w*", name)) <= _words()


def _missing(text: str) -> list[str]:
    return [name for name in NAMED.findall(text) if not _exists(name)]


def test_what_the_glossary_names_exists() -> None:
    assert _missing(GLOSSARY.read_text("utf-8")) == []


def test_what_the_map_names_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    ways = text[text.index("## The two ways") : text.index("## What holds")]
    drawn, told = ways.split("\n```\n", 2)[1:]
    names = re.findall(r"\w+(?:[/.]\w+)*\.py|\w+(?:_\w+)+", re.sub(r"bots/<platform>/", "", drawn))
    assert [name for name in names if not _exists(name)] + _missing(told) == []


@pytest.mark.parametrize(
    "name", ["core/flows/nowhere.py", "core.db.Database.nothing", "no_such_word_of_ours"[:7] + "zzq"]
)
def test_what_does_not_exist_is_seen(name: str) -> None:
    assert _missing(f"see `{name}`") == [name]


def test_a_word_has_its_place_in_the_alphabet_and_stands_there_once() -> None:
    entries = ENTRY.findall(GLOSSARY.read_text("utf-8"))
    words = [word.lower() for word, _ in entries]
    assert words == sorted(words)
    assert [entry for entry, times in Counter(entries).items() if times > 1] == []
    # A word with several meanings says of each what it is of.
    assert [word for word, of in entries if not of and words.count(word.lower()) > 1] == []


def test_nouns_of_the_code_are_explained() -> None:
    nouns = (
        "aside checkpoint claim draft field impact lender money proof reach stay subject toolset weighed wish"
    ).split()
    known = {word for word, _ in ENTRY.findall(GLOSSARY.read_text("utf-8"))}
    assert [noun for noun in nouns if noun not in known] == []
