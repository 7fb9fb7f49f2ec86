"""What the model may say about events; every description is read by the model."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
_Zone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."
_ZONE = "IANA time zone, such as Asia/Jerusalem."


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

    name: _Name = Field(description="The event's name.")
    first_day: _Day = Field(description="First day, YYYY-MM-DD.")
    last_day: _Day | None = Field(default=None, description="Last day, YYYY-MM-DD. Leave out for one day.")
    time_zone: _Zone | None = Field(default=None, description=_ZONE + " Leave out for the asker's own.")


class EventChanges(_Args):
    """The properties to change; leave out what stays."""

    name: _Name | None = None
    first_day: _Day | None = Field(default=None, description="YYYY-MM-DD.")
    last_day: _Day | None = Field(default=None, description="YYYY-MM-DD. Leave out to keep the event's length.")
    time_zone: _Zone | None = Field(default=None, description=_ZONE)


class UpdateEvent(_Args):
    """A change of an existing event: name, dates, time zone."""

    event: _Text | None = Field(default=None, description=_EVENT)
    changes: EventChanges
