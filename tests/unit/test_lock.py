"""The locks are complete: what their packages ask for, on any Python and system, is there at a fitting version."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11.2", "3.12.1", "3.13.0", "3.14.0")
SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}
MACHINES = ("x86_64", "arm64")
ELSEWHERE = {"colorama", "httpx2-jsfetch"}
"""Locked for Windows and for the browser; not installed here, so what they ask for is not looked at (nothing)."""

Lock = dict[str, Requirement]
Environment = dict[str, str]
"""The values of the markers on one Python and system."""


def read_lock(text: str) -> Lock:
    """Return the pinned requirements by canonical name."""
    lines = re.findall(r"^([a-z0-9][^\\\n]*)", text, re.MULTILINE)
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def roots(*groups: str) -> list[Requirement]:
    """Return what the project itself asks for, with its dependency groups."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked: list[Any] = list(project["project"]["dependencies"])
    for group in groups:
        asked += [one for one in project["dependency-groups"][group] if isinstance(one, str)]
    return [Requirement(one) for one in asked]


def environments() -> list[Environment]:
    """Return the markers' values on every Python and system that the locks are for."""
    here: Environment = {name: str(value) for name, value in default_environment().items()}
    return [
        here
        | {
            "python_version": ".".join(python.split(".")[:2]),
            "python_full_version": python,
            "implementation_version": python,
            "sys_platform": system,
            "platform_system": name,
            "os_name": family,
            "platform_machine": machine,
        }
        for python in PYTHONS
        for system, (name, family) in SYSTEMS.items()
        for machine in MACHINES
    ]


@cache
def needs(name: str) -> list[Requirement]:
    """Return what an installed package asks for, extras included."""
    return [Requirement(text) for text in requires(name) or ()]


@dataclass
class Walk:
    """Everything that is asked for in one environment, and what of it the lock does not answer."""

    lock: Lock
    environment: Environment
    asked: set[str] = field(default_factory=set[str])
    missing: set[str] = field(default_factory=set[str])

    def ask(self, wanted: Requirement, by: str) -> None:
        """Follow one requirement with its extras."""
        name = canonicalize_name(wanted.name)
        pinned = self.lock.get(name)
        if pinned is None or (pinned.marker and not pinned.marker.evaluate(self.environment)):
            self.missing.add(f"{by} asks for {wanted}, which is not in the lock")
            return
        version = next(iter(pinned.specifier)).version
        if not wanted.specifier.contains(Version(version), prereleases=True):
            self.missing.add(f"{by} asks for {wanted}, and {version} is in the lock")
        for extra in ["", *sorted(wanted.extras)]:
            key = f"{name}[{extra}]"
            if key not in self.asked:
                self.asked.add(key)
                self._follow(name, extra)

    def _follow(self, name: str, extra: str) -> None:
        if name in ELSEWHERE:
            return
        for need in needs(name):
            if need.marker is None or need.marker.evaluate(self.environment | {"extra": extra}):
                self.ask(need, name)


def missing(lock: Lock, asked: list[Requirement]) -> set[str]:
    """Return what the lock lacks in any environment."""
    found: set[str] = set()
    for environment in environments():
        walk = Walk(lock, environment)
        for wanted in asked:
            if wanted.marker is None or wanted.marker.evaluate(environment):
                walk.ask(wanted, "the project")
        found |= walk.missing
    return found


@pytest.mark.parametrize(
    ("name", "groups"), [("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))]
)
def test_the_lock_is_closed(name: str, groups: tuple[str, ...]) -> None:
    assert missing(read_lock((ROOT / name).read_text("utf-8")), roots(*groups)) == set()


@pytest.mark.parametrize("gone", ["requests", "urllib3", "cffi", "h11", "typing-extensions", "colorama"])
def test_a_lock_without_one_of_its_packages_is_not_closed(gone: str) -> None:
    """The twin: also a package that only an extra (google-auth[requests]) or another system asks for."""
    lock = read_lock((ROOT / "requirements.lock").read_text("utf-8"))
    lock.pop(gone)
    assert any(f"asks for {gone}" in said for said in missing(lock, roots("build")))


def test_a_version_that_a_package_does_not_take_is_found() -> None:
    lock = read_lock((ROOT / "requirements.lock").read_text("utf-8"))
    lock["google-auth"] = Requirement("google-auth==1.0")
    assert any(said.startswith("google-genai asks for google-auth[requests]") for said in missing(lock, roots("build")))
