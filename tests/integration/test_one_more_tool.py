"""One more subject costs its folder, texts, migration and tests: docs/example is laid over a copy, and runs there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example"
GENERATED = {"docs/sentences.md": "bots.playground.sentences.document", "migrations/schema.sql": "migrations.schema"}
"""What commands write anew, with their modules."""
ADDED = {
    "core/domains/badges/",
    "core/texts/en/badges.ftl",
    "core/texts/he/badges.ftl",
    "migrations/0900_badges.sql",
    "migrations/functions/badges.sql",
    "tests/integration/domains/test_badges.py",
    "tests/subjects/badges.py",
}
_NOT_COPIED = shutil.ignore_patterns(".*_cache", ".git", ".venv", "__pycache__", "node_modules", "dist", "images")
UNIT = (
    "tests/unit/test_house.py",
    "tests/unit/core/test_toolsets.py",
    "tests/unit/core/test_texts.py",
    "tests/unit/policies/test_levels.py",
    "tests/unit/playground/sentences/test_every_tool.py",
    "tests/unit/playground/sentences/test_document.py",
)
REAL = (
    "tests/integration/domains/test_badges.py",
    "tests/integration/domains/participants/test_notes_by_role.py",
    "tests/integration/isolation/test_matrix.py",
    "tests/integration/isolation/test_roles.py",
    "tests/integration/isolation/test_rules.py",
    "tests/integration/test_keys.py",
    "tests/integration/test_migrations.py",
    "tests/integration/undo/test_every_tool.py",
)
_OTHERS = "not (test_cell or test_do_and_undo or operator_read or login_role or moved_to) or badge"
"""Of what is tried once for every table and every write, only the new ones are."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one more subject, and what commands write written anew."""
    made = tmp_path_factory.mktemp("program") / "copy"
    shutil.copytree(ROOT, made, ignore=_NOT_COPIED)
    shutil.copytree(EXAMPLE, made, dirs_exist_ok=True)
    # The README shows them; nothing reads them.
    (made / "docs" / "images").symlink_to(ROOT / "docs" / "images")
    for module in GENERATED.values():
        run(made, "-m", module)
    return made


def run(copy: Path, *command: str) -> str:
    """Run Python in a copy, with the copy's code, and return what it said; fails with that where it fails."""
    done = attempt(copy, *command)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


def attempt(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    env |= {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *command], cwd=copy, env=env, capture_output=True, text=True, check=False)


def pytests(*paths: str, chosen: str = "") -> tuple[str, ...]:
    return ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *(("-k", chosen) if chosen else ()), *paths)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path, but for what is made by running it."""
    parts = {".git", ".venv", "__pycache__", "images", "dist"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part in parts or part.endswith("_cache") for part in path.parts)
    }


def test_only_its_own_files_are_there_besides_and_no_other_is_changed(copy: Path) -> None:
    before, after = contents(ROOT), contents(copy)
    assert before.keys() - after.keys() == set()
    changed = {name for name, content in after.items() if name in before and before[name] != content}
    assert changed == set(GENERATED)
    added = after.keys() - before.keys()
    assert {next((own for own in ADDED if name.startswith(own)), name) for name in added} == ADDED


def test_the_code_that_runs_is_the_copys(copy: Path) -> None:
    where = run(copy, "-c", "import bots, core, migrations; print(bots.__file__, core.__file__, migrations.__file__)")
    assert where.split() == [str(copy / top / "__init__.py") for top in ("bots", "core", "migrations")]


def test_the_contracts_of_imports_hold(copy: Path) -> None:
    said = run(copy, "-c", "from importlinter.cli import lint_imports_command as it; it()", "--no-cache")
    assert "0 broken" in said


def test_the_tests_that_know_every_tool_know_this_one(copy: Path) -> None:
    assert " passed" in run(copy, *pytests(*UNIT, chosen="not readme and not command"))


def test_a_sentence_becomes_a_card_and_a_row_and_nobody_elses_is_reached(copy: Path) -> None:
    said = run(copy, *pytests(*REAL, chosen=_OTHERS))
    assert " passed" in said
    assert " failed" not in said


def _without(name: str, words: str) -> Callable[[str], str]:
    def damaged(text: str) -> str:
        assert words in text, (name, words)
        return "\n".join(line for line in text.splitlines() if words not in line) + "\n"

    return damaged


@pytest.mark.parametrize(
    ("file", "words", "test", "said"),
    [
        ("core/texts/he/badges.ftl", "card-badge-create", "core/test_texts.py", "card-badge-create"),
        ("core/texts/he/badges.ftl", "kind-of-action-badge-create", "policies/test_levels.py", "badge_create"),
        ("core/domains/badges/sentences.txt", "he ", "playground/sentences/test_every_tool.py", "list_badges"),
        ("core/domains/badges/__init__.py", "rank=", "core/test_toolsets.py", "names no SUBJECT with a rank"),
        ("migrations/functions/badges.sql", "app.badge_is_done(of", "test_house.py", "badge_create"),
        ("migrations/functions/badges.sql", "app.badge_facts(change jsonb)", "test_house.py", "badge_create"),
    ],
    ids=["no-hebrew-text", "no-hebrew-name-of-its-kind", "no-hebrew-sentence", "no-rank", "never-done", "no-facts"],
)
def test_the_twin_with_a_part_left_out_is_told_which(copy: Path, file: str, words: str, test: str, said: str) -> None:
    path = copy / file
    whole = path.read_text("utf-8")
    path.write_text(_without(file, words)(whole), "utf-8")
    try:
        failed = attempt(copy, *pytests(f"tests/unit/{test}"))
    finally:
        path.write_text(whole, "utf-8")
    assert failed.returncode != 0
    assert said in failed.stdout


def test_the_twin_that_imports_another_domain_breaks_the_contract(copy: Path) -> None:
    path = copy / "core" / "domains" / "badges" / "reads.py"
    whole = path.read_text("utf-8")
    path.write_text(f"{whole}\nfrom core.domains.rooms import queries as rooms  # noqa\n", "utf-8")
    try:
        broken = attempt(copy, "-c", "from importlinter.cli import lint_imports_command as it; it()", "--no-cache")
    finally:
        path.write_text(whole, "utf-8")
    assert broken.returncode != 0
    assert "core.domains.badges.reads -> core.domains.rooms" in broken.stdout
