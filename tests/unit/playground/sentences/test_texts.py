"""The stand-in's own sentences are the same in both languages, with the same values."""

from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bots.playground.sentences.conversation import say as words

FOLDER = Path(words.__file__).parent / "words"


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 the library's name
        self.found.add(node.id.name)


def _messages(language: str) -> list[tuple[str, str, set[str]]]:
    found: list[tuple[str, str, set[str]]] = []
    for path in sorted((FOLDER / language).glob("*.ftl")):
        entries = FluentParser().parse(path.read_text("utf-8")).body
        assert [entry for entry in entries if isinstance(entry, ast.Junk)] == []
        for entry in entries:
            if isinstance(entry, ast.Message):
                variables = _Variables()
                variables.visit(entry)
                found.append((path.name, entry.id.name, variables.found))
    return found


def test_the_languages_have_the_same_sentences_in_the_same_files_with_the_same_values() -> None:
    english = _messages("en")
    assert _messages("he") == english
    assert len({id_ for _, id_, _ in english}) == len(english)
