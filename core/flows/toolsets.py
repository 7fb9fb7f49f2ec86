"""Which tools the model is told of: what most questions are about, and the subjects that are open."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.ai.models import ToolDeclaration
from core.ai.prompt import system_prompt
from core.ai.schema import flat_schema, said_alike, without_alike
from core.flows.runtime import declared_for, tools_for
from core.kernel.principal import Locale, Role
from core.kernel.tools import ReadTool, Subject, ToolSpec

OPEN_TOOLS = "open_tools"
"""The tool that opens a subject. It reads and writes nothing."""
_MOST_OPEN = 4850
"""Characters of declarations that stay open beside the reads; about 1,200 tokens of every call."""
_HEBREW_PREFIXES = "והבלמשכ"
_MOST_PREFIXES = 3
_FINALS = str.maketrans("םןץףך", "מנצפכ")
_WORD = re.compile(r"[^\W\d_]+(?:['׳\"״][^\W\d_]+)?")


class _Open(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=100)


@dataclass(frozen=True, slots=True)
class Toolset:
    """The tools of one subject, as they are declared."""

    subject: Subject
    declarations: tuple[ToolDeclaration, ...]

    @property
    def size(self) -> int:
        """Return characters."""
        return sum(len(repr(each)) for each in self.declarations)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a role may be told of, and how each argument reads that means the same everywhere."""

    always: tuple[ToolDeclaration, ...]
    sets: dict[str, Toolset]
    alike: dict[str, str]
    names: frozenset[str]
    """Every tool that the role may call, whether it is declared or not."""


def subject_of(tool: ToolSpec) -> Subject:
    """Return what a tool is about: what the package says in which its arguments stand, else the package's name."""
    package = tool.args.__module__.rpartition(".")[0]
    return getattr(sys.modules[package], "SUBJECT", None) or Subject(package.rpartition(".")[2], reads_always=True)


@cache
def offer_for(role: Role) -> Offer:
    """Return what a role may be told of, in the order of registration; the same bytes for the life of the process."""
    tools = dict(zip(tools_for(role), declared_for(role), strict=True))
    # Who only reads needs no index: it would be larger than what it leaves out.
    may_write = any(not isinstance(tool, ReadTool) for tool in tools)
    closed = [tool for tool in tools if may_write and not _is_always(tool)]
    subjects = {subject_of(tool).name: subject_of(tool) for tool in closed}
    groups = {name: [tools[tool] for tool in closed if subject_of(tool).name == name] for name in subjects}
    always = [made for tool, made in tools.items() if tool not in closed]
    alike = said_alike([made.parameters for made in group] for group in (always, *groups.values()))
    sets = {name: Toolset(subjects[name], _short(group, alike)) for name, group in groups.items()}
    index = (_index(sets),) if sets else ()
    names = frozenset(made.name for made in (*tools.values(), *index))
    return Offer((*_short(always, alike), *index), sets, alike, names)


def _is_always(tool: ToolSpec) -> bool:
    return isinstance(tool, ReadTool) and subject_of(tool).reads_always


def _short(declarations: Iterable[ToolDeclaration], alike: dict[str, str]) -> tuple[ToolDeclaration, ...]:
    return tuple(
        ToolDeclaration(each.name, each.description, without_alike(each.parameters, alike)) for each in declarations
    )


def _index(sets: dict[str, Toolset]) -> ToolDeclaration:
    lines = (f"{name} ({_about(one)})" for name, one in sets.items())
    description = f"Get the tools of a subject, where they are not among yours yet: {', '.join(lines)}."
    schema = flat_schema(_Open.model_json_schema())
    schema["properties"]["subject"]["enum"] = list(sets)
    return ToolDeclaration(OPEN_TOOLS, description, schema)


def _about(one: Toolset) -> str:
    return one.subject.about or ", ".join(each.name for each in one.declarations)


def prompt_for(role: Role, locale: Locale) -> str:
    """Return the instructions of a role in a language, with what is said once for all tools."""
    return system_prompt(role, locale, offer_for(role).alike)


@dataclass(slots=True)
class OpenTools:
    """The subjects that are open in a conversation, in the order in which they were opened."""

    role: Role
    used: dict[str, int] = field(default_factory=dict[str, int])
    """When each was used last, counted in uses."""

    @property
    def offer(self) -> Offer:
        """Return everything that the role may be told of."""
        return offer_for(self.role)

    def declared(self) -> tuple[ToolDeclaration, ...]:
        """Return what the model is told of now. What is opened comes last, so that what stands before it stays."""
        return (*self.offer.always, *(each for name in self.used for each in self.offer.sets[name].declarations))

    def open(self, subject: str) -> None:
        """Open a subject, or note that it is used; what was not used for longest closes where there is too much."""
        self.used[subject] = max(self.used.values(), default=0) + 1
        while len(self.used) > 1 and sum(self.offer.sets[name].size for name in self.used) > _MOST_OPEN:
            del self.used[min(self.used, key=self.used.__getitem__)]

    def note(self, tool: ToolSpec) -> None:
        """Open the subject of a tool that was called."""
        if not _is_always(tool) and self.offer.sets:
            self.open(subject_of(tool).name)

    def answer(self, args: dict[str, Any]) -> dict[str, Any]:
        """Answer a call of ``open_tools``."""
        try:
            subject = _Open.model_validate(args).subject
        except ValidationError:
            subject = ""
        if subject not in self.offer.sets:
            return {"error": f"There is no such subject. Give one of these as subject: {', '.join(self.offer.sets)}."}
        self.open(subject)
        return {"opened": [each.name for each in self.offer.sets[subject].declarations]}

    def kept(self) -> list[list[Any]]:
        """Return what is kept with the conversation."""
        return [[name, used] for name, used in self.used.items()]


def open_for(role: Role, kept: Iterable[Any], text: str) -> OpenTools:
    """Return what is open when a message comes: what was, as far as the role has it, and what its words ask for."""
    opened = OpenTools(role)
    opened.used.update({name: used for name, used in kept if name in opened.offer.sets})
    said = _said(text)
    room = _MOST_OPEN
    for name, each in opened.offer.sets.items():
        # What one message asks for does not close what it asked for before.
        if _is_said(each.subject, said) and (each.size <= room or room == _MOST_OPEN):
            room -= each.size
            opened.open(name)
    return opened


def _is_said(subject: Subject, said: frozenset[str]) -> bool:
    entries = (entry.split() for entry in subject.words.split(",") if entry)
    return any(all(any(word.startswith(stem) for word in said) for stem in entry) for entry in entries)


def _said(text: str) -> frozenset[str]:
    """Return a message's words, those of Hebrew with and without the letters that are written onto them."""
    words = [word.translate(_FINALS) for word in _WORD.findall(text.casefold())]
    return frozenset(form for word in words for form in _forms(word))


def _forms(word: str) -> Iterable[str]:
    joined = len(list(takewhile(_HEBREW_PREFIXES.__contains__, word[:_MOST_PREFIXES])))
    return (word[cut:] for cut in range(min(joined, max(len(word) - 2, 0)) + 1))
