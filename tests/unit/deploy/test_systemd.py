"""The systemd units: what systemd itself says of them, and the names that the program knows."""

import os
import re
import shutil
import subprocess

import pytest

from bots import app, serving
from core.kernel.settings import Settings
from tests.unit.deploy.manifests import DEPLOY

FOLDER = DEPLOY / "systemd"
UNITS = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("eventflow-*.*")) if path.is_file()}
COMMON = (FOLDER / "eventflow-.service.d" / "common.conf").read_text("utf-8")
STAY = {"eventflow-web.service", "eventflow-worker@.service"}
OWNERS = {"eventflow-migrate.service", "eventflow-backup.service"}
HIDDEN = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}


def credentials(text: str) -> set[str]:
    return set(re.findall(r"^LoadCredential=(\w+):/etc/eventflow/secrets/\1$", text, re.MULTILINE))


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed; it checks the units")
    here = {**os.environ, "SYSTEMD_UNIT_PATH": f"{FOLDER}:"}
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, env=here, check=False
    )


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_every_line(name: str) -> None:
    said = analyze("verify", "--man=no", str(FOLDER / name))
    strange = [line for line in said.stderr.splitlines() if FOLDER.name in line or "Unknown" in line]
    assert [line for line in strange if "is not executable" not in line] == []


def test_a_line_that_systemd_does_not_understand_is_found(tmp_path: object) -> None:
    """The twin."""
    wrong = FOLDER.joinpath("eventflow-web.service").read_text("utf-8").replace("KillMode=", "KilMode=")
    path = f"{tmp_path}/eventflow-wrong.service"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 a path made of the fixture's
        file.write(wrong)
    assert "KilMode" in analyze("verify", "--man=no", path).stderr


def test_every_unit_is_closed() -> None:
    for name in UNITS:
        if name.endswith(".service") and "@" not in name:
            said = analyze("security", "--offline=yes", "--threshold=20", str(FOLDER / name))
            assert said.returncode == 0, said.stdout[-300:]


def test_each_reads_the_secrets_that_it_needs_and_no_more() -> None:
    assert credentials(COMMON) == {"database_url"}
    assert {name for name, text in UNITS.items() if "database_owner_url" in credentials(text)} == OWNERS
    assert {name: credentials(UNITS[name]) for name in STAY} == dict.fromkeys(
        STAY, HIDDEN - {"database_url", "database_owner_url"}
    )


def test_every_name_is_one_that_the_program_reads() -> None:
    lines = re.findall(r"^Environment=(.+)$", "\n".join([COMMON, *UNITS.values()]), re.MULTILINE)
    named = {each.partition("=")[0].lower() for line in lines for each in line.split()}
    assert named <= set(Settings.model_fields) - HIDDEN
    assert {"eventflow_secrets", "eventflow_backups", "eventflow_probe_port"} <= named


@pytest.mark.parametrize("name", sorted(STAY))
def test_it_is_given_the_time_that_it_takes_to_stop(name: str) -> None:
    [seconds] = re.findall(r"^TimeoutStopSec=(\d+)$", UNITS[name], re.MULTILINE)
    assert int(seconds) > app._END_SECONDS + serving._GRACE_SECONDS  # pyright: ignore[reportPrivateUsage]
    assert "Requires=eventflow-migrate.service\nAfter=eventflow-migrate.service" in UNITS[name]
