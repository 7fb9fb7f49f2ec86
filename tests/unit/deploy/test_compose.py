"""compose.yaml: as the specification wants it, closed by default, and with the names that the program knows."""

import re
import subprocess
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from bots import app, serving
from core.db import is_address
from core.kernel.settings import SECRETS, Settings
from tests.unit.deploy.manifests import DEPLOY, checker, program, read

COMPOSE = read("compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAM = {name: service for name, service in SERVICES.items() if program(service)}
KNOWN = {name.upper() for name in Settings.model_fields}
HIDDEN = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
OWNER = "database_owner_url"


def test_it_is_as_the_specification_wants_it() -> None:
    checker("compose.json")(COMPOSE)


def test_a_word_that_compose_does_not_know_is_found() -> None:
    """The twin: the schema bites."""
    with pytest.raises(fastjsonschema.JsonSchemaValueException, match="read_onyl"):
        checker("compose.json")({"services": {"web": {"image": "x", "read_onyl": True}}})


def test_who_is_there_and_who_waits_for_whom() -> None:
    assert set(SERVICES) == {"database", "migrate", "web", "worker", "backup"}
    waits = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}
    healthy = {"database": {"condition": "service_healthy"}}
    migrated = {"migrate": {"condition": "service_completed_successfully"}, **healthy}
    assert waits == {"database": {}, "migrate": healthy, "web": migrated, "worker": migrated, "backup": migrated}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert not {"privileged", "cap_add", "network_mode", "pid", "ipc"} & set(service)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_how_it_is(name: str) -> None:
    health = SERVICES[name]["healthcheck"]
    assert health.get("test") or (name, health) == ("migrate", {"disable": True})


@pytest.mark.parametrize("name", PROGRAM)
def test_every_name_is_one_that_the_program_reads(name: str) -> None:
    service = PROGRAM[name]
    assert set(service["environment"]) <= KNOWN
    assert {each.upper() for each in service["secrets"]} <= KNOWN
    assert service["environment"][SECRETS] == "/run/secrets"
    assert Settings(**{each.lower(): value for each, value in service["environment"].items() if "$" not in value})


def test_each_has_the_secrets_that_it_needs_and_no_more() -> None:
    """Only what migrates and backs up may own the database; both know the login role too, for they make it."""
    assert {name: set(service["secrets"]) & {OWNER, "database_url"} for name, service in PROGRAM.items()} == {
        "migrate": {"database_url", OWNER},
        "backup": {"database_url", OWNER},
        "web": {"database_url"},
        "worker": {"database_url"},
    }
    assert set(PROGRAM["web"]["secrets"]) == set(PROGRAM["worker"]["secrets"]) == HIDDEN - {OWNER}


def test_no_secret_stands_in_the_file_and_none_has_a_value_of_its_own() -> None:
    assert {name: list(secret) for name, secret in COMPOSE["secrets"].items()} == {
        name: ["file"] for name in [*COMPOSE["secrets"]]
    }
    assert set(COMPOSE["secrets"]) == HIDDEN | {"postgres_password"}
    given = {each for service in SERVICES.values() for each in service.get("environment", {})}
    assert {each.lower() for each in given} & HIDDEN == set()
    assert not re.search(r"PASSWORD: |://[^/\s]*:[^/\s]*@", (DEPLOY / "compose.yaml").read_text("utf-8"))
    assert "deploy/secrets/" in (DEPLOY.parent / ".gitignore").read_text("utf-8").splitlines()


def test_only_the_web_part_is_reached_and_only_from_this_machine() -> None:
    ports = {name: service.get("ports") for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${EVENTFLOW_PUBLISHED_PORT:-8080}:8080"]}
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["web", "worker"]


def test_the_worker_answers_probes_where_it_is_asked() -> None:
    assert SERVICES["worker"]["environment"]["EVENTFLOW_PROBE_PORT"] == "8080"
    assert SERVICES["worker"]["healthcheck"] == SERVICES["web"]["healthcheck"]
    compile(SERVICES["web"]["healthcheck"]["test"][3], "health", "exec")


@pytest.mark.parametrize("name", PROGRAM)
def test_it_is_given_the_time_that_it_takes_to_stop(name: str) -> None:
    needed = app._END_SECONDS + serving._GRACE_SECONDS  # pyright: ignore[reportPrivateUsage]
    assert int(PROGRAM[name]["stop_grace_period"].removesuffix("s")) > needed


def test_the_lines_that_make_the_secrets_make_all_of_them_and_never_the_same(tmp_path: Path) -> None:
    """As they stand in the documentation: what is there stays, and the URLs are ones that the program takes."""
    text = (DEPLOY.parent / "docs" / "operating.md").read_text("utf-8")
    [lines] = re.findall(r"^\(umask.*?\)$(?=\ndocker)", text, re.MULTILINE | re.DOTALL)
    for _again in range(2):
        subprocess.run(["sh", "-euc", lines], cwd=tmp_path, check=True, timeout=60)
        made = {path.name: path.read_text("utf-8") for path in (tmp_path / "deploy" / "secrets").iterdir()}
        assert set(made) == set(COMPOSE["secrets"])
        assert {name for name, value in made.items() if value} == {"postgres_password", "database_url", OWNER}
        assert made[OWNER] == f"postgresql://eventflow_owner:{made['postgres_password']}@database:5432/eventflow"
        assert made["postgres_password"] not in made["database_url"]
        assert all(is_address(made[name]) for name in ("database_url", OWNER))
    folder = tmp_path / "deploy" / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}
