"""The subjects of a live event, one folder each, and the list of every tool that they offer."""

from core.domains.checklists.reads import TOOLS as CHECKLIST_READS
from core.domains.checklists.writes import TOOLS as CHECKLIST_WRITES
from core.domains.events.tools import TOOLS as EVENT_TOOLS
from core.domains.participants.reads import TOOLS as PARTICIPANT_READS
from core.domains.participants.writes import TOOLS as PARTICIPANT_WRITES
from core.domains.people.writes import TOOLS as PEOPLE_WRITES
from core.domains.rooms.reads import TOOLS as ROOM_READS
from core.domains.rooms.writes import TOOLS as ROOM_WRITES
from core.domains.schedule.reads import TOOLS as SCHEDULE_READS
from core.domains.schedule.writes import TOOLS as SCHEDULE_WRITES
from core.domains.vendors.reads import TOOLS as VENDOR_READS
from core.domains.vendors.records import TOOLS as VENDOR_RECORDS
from core.domains.vendors.writes import TOOLS as VENDOR_WRITES
from core.kernel.tools import ToolSpec

TOOLS: tuple[ToolSpec, ...] = (
    *EVENT_TOOLS,
    *SCHEDULE_READS,
    *SCHEDULE_WRITES,
    *ROOM_READS,
    *ROOM_WRITES,
    *PARTICIPANT_READS,
    *PARTICIPANT_WRITES,
    *VENDOR_READS,
    *VENDOR_WRITES,
    *VENDOR_RECORDS,
    *CHECKLIST_READS,
    *CHECKLIST_WRITES,
    *PEOPLE_WRITES,
)
"""Every tool of every domain; registering a domain is adding its tuple here."""
