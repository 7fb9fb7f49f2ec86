"""Every tool about events: what may be asked, what may be proposed, and the ways back."""

from core.domains.events.reads import TOOLS as READS
from core.domains.events.writes import TOOLS as WRITES
from core.kernel.tools import ToolSpec

TOOLS: tuple[ToolSpec, ...] = (*READS, *WRITES)
