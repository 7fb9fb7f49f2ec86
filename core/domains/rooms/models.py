"""What the model may say about rooms; every description is read by the model."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import Editable

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Capacity = Annotated[int, Field(ge=1, le=1_000_000)]
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."
_SHARED = "Whether several sessions may stand in it at one time, as in a hall with booths."

_NAME = Editable("field-room")
_SEATS = Editable("field-room-capacity")
_SHARING = Editable("field-may-be-shared")


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddRoom(_Args):
    """A new room of an event."""

    name: Annotated[_Name, _NAME]
    capacity: Annotated[_Capacity | None, _SEATS] = Field(default=None, description="How many people it seats.")
    may_be_shared: Annotated[bool, _SHARING] = Field(default=False, description=_SHARED)
    event: _Text | None = Field(default=None, description=_EVENT)


class RoomChanges(_Args):
    """The properties to change; leave out what stays."""

    name: Annotated[_Name | None, _NAME] = Field(default=None, description="The new name; its sessions go along.")
    capacity: Annotated[_Capacity | None, _SEATS] = Field(default=None, description="How many people it seats.")
    may_be_shared: Annotated[bool | None, _SHARING] = Field(default=None, description=_SHARED)


class UpdateRoom(_Args):
    """A change of an existing room: name, capacity, whether it may be shared."""

    room: _Text
    event: _Text | None = Field(default=None, description=_EVENT)
    changes: RoomChanges


class OneRoom(_Args):
    """Which room."""

    room: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class GetRoomUse(_Args):
    """Which rooms and days; without filters, every room on every day of the event."""

    event: _Text | None = Field(default=None, description=_EVENT)
    day: date | None = Field(default=None, description="YYYY-MM-DD.")
    room: _Text | None = None
