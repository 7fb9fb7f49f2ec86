"""What the model may say about events; every description is read by the model."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import Editable

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
_Zone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."
_ZONE = "IANA time zone, such as Asia/Jerusalem."

_NAMED = Editable("field-event-name")
_FIRST, _LAST = Editable("field-first-day"), Editable("field-last-day")
_ZONED = Editable("field-time-zone")


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListEvents(_Args):
    """No arguments: the organisation follows from who asks."""


class OneEvent(_Args):
    """Which event."""

    event: _Text | None = Field(default=None, description=_EVENT)


class WhatChanged(_Args):
    """Which event, and since when."""

    event: _Text | None = Field(default=None, description=_EVENT)
    since: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] | None = Field(
        default=None,
        description="YYYY-MM-DDTHH:MM, or HH:MM today.",
    )


class CreateEventDraft(_Args):
    """A new event, as a draft."""

    name: Annotated[_Name, _NAMED] = Field(description="The event's name.")
    first_day: Annotated[_Day, _FIRST] = Field(description="First day, YYYY-MM-DD.")
    last_day: Annotated[_Day | None, _LAST] = Field(
        default=None, description="Last day, YYYY-MM-DD. Leave out for one day."
    )
    time_zone: Annotated[_Zone | None, _ZONED] = Field(
        default=None, description=_ZONE + " Leave out for the asker's own."
    )


class EventChanges(_Args):
    """The properties to change; leave out what stays."""

    name: Annotated[_Name | None, _NAMED] = None
    first_day: Annotated[_Day | None, _FIRST] = Field(default=None, description="YYYY-MM-DD.")
    last_day: Annotated[_Day | None, _LAST] = Field(
        default=None, description="YYYY-MM-DD. Leave out to keep the event's length."
    )
    time_zone: Annotated[_Zone | None, _ZONED] = Field(default=None, description=_ZONE)


class UpdateEvent(_Args):
    """A change of an existing event: name, dates, time zone."""

    event: _Text | None = Field(default=None, description=_EVENT)
    changes: EventChanges
