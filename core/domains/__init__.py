"""The subjects of a live event, one folder each, and the list of every tool that they offer."""

from core.domains.events.tools import TOOLS as EVENT_TOOLS
from core.domains.schedule.reads import TOOLS as SCHEDULE_READS
from core.domains.schedule.writes import TOOLS as SCHEDULE_WRITES
from core.kernel.tools import ToolSpec

TOOLS: tuple[ToolSpec, ...] = (*EVENT_TOOLS, *SCHEDULE_READS, *SCHEDULE_WRITES)
"""Every tool of every domain; registering a domain is adding its tuple here."""
