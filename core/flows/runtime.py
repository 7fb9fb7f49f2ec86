"""What every flow needs: the database, the chat platforms that are on, the model, the settings."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from core.actions.tools import TOOLS as ACTION_TOOLS
from core.ai.models import Model, ToolDeclaration
from core.ai.schema import flat_schema
from core.audit.tools import TOOLS as AUDIT_TOOLS
from core.conversations.runs.models import Ended
from core.db import Database
from core.domains import TOOLS as DOMAIN_TOOLS
from core.flows.asides import declared
from core.flows.bundles.tools import TOOLS as BUNDLE_TOOLS
from core.flows.slots import Slots
from core.imports.shared.tools import SCHEDULE_IMPORT
from core.kernel.breakages import Unwatched, Watch
from core.kernel.cards import ChatPlatform
from core.kernel.principal import Platform, Role
from core.kernel.settings import Settings
from core.kernel.tools import ToolSpec, WriteTool
from core.policies.tools import policy_tools

_SUBJECTS: tuple[ToolSpec, ...] = (*DOMAIN_TOOLS, *BUNDLE_TOOLS, *ACTION_TOOLS, *AUDIT_TOOLS, SCHEDULE_IMPORT)
# A policy speaks of actions by name, so it has to know which there are.
_ACTION_TYPES = tuple(tool.action_type for tool in _SUBJECTS if isinstance(tool, WriteTool))
TOOLS: tuple[ToolSpec, ...] = (*_SUBJECTS, *policy_tools(_ACTION_TYPES))
"""Every tool there is."""
ACTION_TYPES: tuple[str, ...] = tuple(tool.action_type for tool in TOOLS if isinstance(tool, WriteTool))
"""Every kind of write there is."""


def tools_for(role: Role) -> tuple[ToolSpec, ...]:
    """Return the tools that a role may use; the model is not even told of the others."""
    return tuple(tool for tool in TOOLS if role in tool.roles)


@cache
def declared_for(role: Role) -> tuple[ToolDeclaration, ...]:
    """Return the declarations of these tools; once per role, for their schemas take longer than a query."""
    return tuple(
        ToolDeclaration(name=tool.name, description=tool.description, parameters=_parameters(tool))
        for tool in tools_for(role)
    )


def _parameters(tool: ToolSpec) -> dict[str, Any]:
    schema = tool.args.model_json_schema()
    return flat_schema(declared(schema) if isinstance(tool, WriteTool) else schema)


def write_tool(action_type: str) -> WriteTool[Any]:
    """Return the tool that executes and describes a stored action."""
    for tool in TOOLS:
        if isinstance(tool, WriteTool) and tool.action_type == action_type:
            return tool
    raise LookupError(action_type)


def _now() -> datetime:
    return datetime.now(UTC)


def _uncounted(model: str, ended: Ended) -> None:
    """Leave it: a process whose figures nobody asks for."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts of one process, handed to every flow; built by the entry points."""

    db: Database
    platforms: Mapping[Platform, ChatPlatform]
    model: Callable[[], Awaitable[Model | None]]
    """Gives the model client, or None when no key is set; it is loaded after the port listens."""
    settings: Settings
    now: Callable[[], datetime] = _now
    slots: Slots = field(default_factory=Slots)
    """The process's slots for turns of the model."""
    watch: Watch = field(default_factory=Unwatched)
    """Is told what stopped working, and what works again."""
    count_run: Callable[[str, Ended], None] = _uncounted
    """Is told each run's model and end, once and however it ended; never waits, never fails."""
