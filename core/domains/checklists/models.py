"""What the model may say about an event's checklist; every description is read by the model."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import Editable

_MOST_ITEMS = 30
"""Items of one suggestion; a person reads every line of a card before approving it."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Time = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_CLOCK = "YYYY-MM-DDTHH:MM, or HH:MM on the current or first day."
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."

_WHO = Editable("checklist-label-assignee", "person")


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GetChecklist(_Args):
    """An event's checklist."""

    event: _Text | None = Field(default=None, description=_EVENT)


class NewItem(_Args):
    """One thing to do."""

    title: Annotated[_Text, Editable("field-title")] = Field(description="What is to be done.")
    due_at: Annotated[_Time | None, Editable("checklist-label-due", "moment")] = Field(default=None, description=_CLOCK)
    assignee: Annotated[_Text | None, _WHO] = Field(default=None, description="Somebody of the organisation.")


class AddChecklistItems(_Args):
    """New items for an event's checklist."""

    event: _Text | None = Field(default=None, description=_EVENT)
    items: Annotated[list[NewItem], Field(min_length=1, max_length=_MOST_ITEMS)]


class CompleteChecklistItem(_Args):
    """An item that is done."""

    event: _Text | None = Field(default=None, description=_EVENT)
    item: _Text


class AssignChecklistItem(_Args):
    """An item and who is to do it."""

    event: _Text | None = Field(default=None, description=_EVENT)
    item: _Text
    assignee: Annotated[_Text, _WHO]


class KnownItems(_Args):
    """Items by id alone; what takes an action back names them so."""

    event_id: UUID
    item_ids: Annotated[list[UUID], Field(min_length=1, max_length=_MOST_ITEMS)]
