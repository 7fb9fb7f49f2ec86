"""The image: not root, nothing that builds, the lock and nothing beside it; what it copies is all that it needs."""

import json
import re
import shlex
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.unit.deploy.manifests import DEPLOY, ROOT, stages
from tests.unit.test_lock import ELSEWHERE, Walk, environments, read_lock, roots

TEXT = (DEPLOY / "image" / "Containerfile").read_text("utf-8")
STAGES = stages(TEXT)
LAST = STAGES[-1]


def test_every_stage_stands_on_the_one_base_that_can_be_pinned_from_outside() -> None:
    froms = [rest for stage in STAGES for word, rest in stage if word == "FROM"]
    assert froms == ["${PYTHON} AS build", "build AS sbom", "scratch AS sbom-file", "${PYTHON}"]
    assert re.search(r"^ARG PYTHON=docker\.io/library/python:3\.\d+-slim-\w+$", TEXT, re.MULTILINE)


def test_the_program_is_not_root_and_says_so_in_numbers() -> None:
    assert [rest for word, rest in LAST if word == "USER"] == ["10001:10001"]
    words = [word for word, _rest in LAST]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word == "RUN")


def test_nothing_is_installed_but_the_lock_by_its_hashes() -> None:
    """Every pip command that installs takes a lock with hashes, or the wheel that was just built."""
    runs = [rest for stage in STAGES for word, rest in stage if word == "RUN"]
    installs = [part for run in runs for part in run.split("&&") if " install " in part and " pip " in part]
    assert len(installs) == 4
    for each in installs:
        words = shlex.split(each)
        locked = "--require-hashes" in words and "--only-binary" in words and words[-1].endswith(".lock")
        own = "--no-index" in words and words[-1] == "/wheels/*.whl"
        assert "--no-deps" in words
        assert locked or own


def test_what_only_builds_is_taken_out_and_nothing_that_runs_is() -> None:
    """What is uninstalled is the lock less what the program asks for on any Python."""
    lock = read_lock((ROOT / "requirements.lock").read_text("utf-8"))
    needed: set[str] = set()
    for environment in environments():
        walk = Walk(lock, environment)
        for wanted in roots():
            if wanted.marker is None or wanted.marker.evaluate(environment):
                walk.ask(wanted, "the project")
        needed |= {each.partition("[")[0] for each in walk.asked}
    [line] = re.findall(r"uninstall --quiet --yes ([^&\\]+)", TEXT)
    assert {canonicalize_name(each) for each in line.split()} == set(lock) - needed - ELSEWHERE


def test_the_last_stage_gets_the_programs_environment_and_no_tool() -> None:
    copied = [rest for word, rest in LAST if word == "COPY"]
    assert copied == ["--from=build /app /app", "--from=sbom /sbom/sbom.cdx.json /app/sbom.cdx.json"]
    assert not any(tool in rest for word, rest in LAST if word in {"RUN", "HEALTHCHECK"} for tool in ("apt", "curl"))


def test_what_is_copied_is_there_and_let_through() -> None:
    """The context holds what the Containerfile names, each of it and nothing else."""
    ignore = (DEPLOY / "image" / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    let = {line[1:] for line in ignore if line.startswith("!")}
    asked = [rest.split() for stage in STAGES for word, rest in stage if word == "COPY" and "--from" not in rest]
    sources = {source for words in asked for source in words[:-1]}
    assert ignore[1] == "*"
    assert sources == let
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_health_check_is_the_process_and_passes_by_every_proxy() -> None:
    [said] = [rest for word, rest in LAST if word == "HEALTHCHECK"]
    command: list[str] = json.loads(said.partition("CMD ")[2])
    assert command[:2] == ["python3", "-c"]
    compile(command[2], "health", "exec")
    assert "/healthz" in command[2] and "urllib" not in command[2]


def test_the_tool_that_lists_what_is_inside_is_locked_too() -> None:
    text = (DEPLOY / "image" / "sbom.lock").read_text("utf-8")
    pinned = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
    assert {"cyclonedx-bom", "cyclonedx-python-lib"} <= {line.partition("==")[0] for line in pinned}
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text


def test_the_version_is_the_projects() -> None:
    [version] = re.findall(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert ("ARG", f"VERSION={version}") in LAST
    assert Path(ROOT, "LICENSE").read_text("utf-8").lstrip().startswith("Apache License")
