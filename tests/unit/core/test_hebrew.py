"""What a Hebrew editor checks in every sentence and a program can: numbers agree, marks end it, a maqaf joins."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

ROOT = Path(__file__).parents[3]
FOLDERS = (ROOT / "core" / "texts", ROOT / "bots" / "playground" / "sentences" / "conversation" / "words")

_NUMBERS = frozenset(
    (
        "count more seats needed minutes seconds capacity registered ahead free people overdue sessions rooms vips "
        "longest most size letters days ids of times"
    ).split()
)
"""Values that are whole numbers wherever they stand."""
_NO_NOUN = frozenset({"מתוך", "כבר", "בסך"})
"""Words that stand after a number and do not count anything."""
_BY_THE_THOUSAND = frozenset(
    (
        "import-too-large import-too-many-elements import-note-shortened format-unpacks-too-large format-too-many-rows "
        "registered-of"
    ).split()
)
"""Limits of hundreds and more, and what stands beside a colon: they are never one or two of something."""
_COUNTED = re.compile(r"\{ \$(?P<name>\w+) \}[\u05be -]?(?P<word> [א-ת]+)")
_HELD_BY_HYPHEN = re.compile(r"[א-ת]-(?=[A-Za-z0-9{/])")
_RUN_INTO = re.compile(r"(?<![א-ת׳״])[ובהכלמש]{1,2}[A-Za-z0-9]")
_END = frozenset(".?!:;")

Faults = dict[str, list[str]]


def faults(hebrew: str, english: str) -> Faults:
    """Return what is wrong with each Hebrew message, judged by itself and by its English twin (Fluent sources)."""
    twins = dict(_messages(english))
    found = {id_: _faults(id_, message, twins[id_]) for id_, message in _messages(hebrew)}
    return {id_: wrong for id_, wrong in found.items() if wrong}


def _messages(source: str) -> Iterator[tuple[str, ast.Pattern]]:
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message) and entry.value is not None:
            yield entry.id.name, entry.value


def _faults(id_: str, hebrew: ast.Pattern, english: ast.Pattern) -> list[str]:
    wrong = [] if id_ in _BY_THE_THOUSAND else [f"{name}: one or two of them" for name in _uncounted(hebrew, {})]
    text = "\n".join(_flat(hebrew))
    if _HELD_BY_HYPHEN.search(text):
        wrong.append("a hyphen where a maqaf is due")
    if _RUN_INTO.search(text):
        wrong.append("a prefix runs into what it joins")
    if "\u201e" in text:
        wrong.append("another quotation mark than elsewhere")
    if _ends(hebrew) != _ends(english):
        wrong.append("it ends like its twin")
    return wrong


def _uncounted(pattern: ast.Pattern, asked: dict[str, set[str]]) -> list[str]:
    """Name the numbers before a word that nothing asked about; ``asked``: the forms that each was asked for."""
    named = [found["name"] for found in _COUNTED.finditer(_own(pattern)) if found["word"].strip() not in _NO_NOUN]
    wrong = [name for name in named if name in _NUMBERS and not {"one", "two"} <= asked.get(name, set())]
    for name, select in _selects(pattern):
        forms = {_key(each) for each in select.variants}
        spoken = forms | ({"one"} if "1" in forms else set()) | ({"two"} if "2" in forms else set())
        for variant in select.variants:
            wrong += _uncounted(variant.value, {**asked, name: spoken})
    return wrong


def _own(pattern: ast.Pattern) -> str:
    """Return a pattern's own words, with ``{ $name }`` for each value and nothing for what is chosen between."""
    return "".join(_element(each) for each in pattern.elements)


def _element(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    inner = element.expression
    return f"{{ ${inner.id.name} }}" if isinstance(inner, ast.VariableReference) else ""


def _selects(pattern: ast.Pattern) -> Iterator[tuple[str, ast.SelectExpression]]:
    for element in pattern.elements:
        if isinstance(element, ast.Placeable) and isinstance(element.expression, ast.SelectExpression):
            selector = element.expression.selector
            if isinstance(selector, ast.VariableReference):
                yield selector.id.name, element.expression


def _key(variant: ast.Variant) -> str:
    return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value


def _flat(pattern: ast.Pattern) -> Iterator[str]:
    yield _own(pattern)
    for _, select in _selects(pattern):
        for variant in select.variants:
            yield from _flat(variant.value)


def _ends(pattern: ast.Pattern) -> set[str]:
    """Return the marks with which a sentence can end; nothing stands for none."""
    last = pattern.elements[-1]
    if isinstance(last, ast.Placeable) and isinstance(last.expression, ast.SelectExpression):
        return set[str]().union(*(_ends(variant.value) for variant in last.expression.variants))
    text = _own(pattern).rstrip()
    return {text[-1] if text[-1:] in _END else ""}


@pytest.mark.parametrize("folder", FOLDERS, ids=["program", "stand-in"])
def test_every_hebrew_sentence_stands_an_editors_look(folder: Path) -> None:
    hebrew, english = (_source(folder / language) for language in ("he", "en"))
    assert faults(hebrew, english) == {}


def _source(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.ftl")))


@pytest.mark.parametrize(
    ("hebrew", "english", "wrong"),
    [
        ("a = ב{ $room } יש { $seats } מקומות.", "a = { $room } seats { $seats }.", ["seats: one or two of them"]),
        (
            "a = { $count ->\n    [one] מושב אחד\n   *[other] { $count } מושבים\n}",
            "a = { $count ->\n    [one] one session\n   *[other] { $count } sessions\n}",
            ["count: one or two of them"],
        ),
        ("a = { $done } מתוך { $count } בוצעו.", "a = { $done } of { $count }.", ["count: one or two of them"]),
        ("a = עד ה-12:30.", "a = Until 12:30.", ["a hyphen where a maqaf is due"]),
        ("a = ב-{ $room }.", "a = In { $room }.", ["a hyphen where a maqaf is due"]),
        ("a = לפי הJSON.", "a = By the JSON.", ["a prefix runs into what it joins"]),
        ("a = „{ $title }”", "a = “{ $title }”", ["another quotation mark than elsewhere"]),
        ("a = המקום תפוס", "a = The place is taken.", ["it ends like its twin"]),
        ("a = מה הסיבה", "a = Why?", ["it ends like its twin"]),
        (
            "a = { $count ->\n    [one] מושב אחד.\n    [two] שני מושבים.\n   *[other] { $count } מושבים\n}",
            "a = { $count ->\n    [one] one session.\n   *[other] { $count } sessions.\n}",
            ["it ends like its twin"],
        ),
    ],
)
def test_what_an_editor_would_mark_is_marked(hebrew: str, english: str, wrong: list[str]) -> None:
    assert faults(hebrew, english) == {"a": wrong}
