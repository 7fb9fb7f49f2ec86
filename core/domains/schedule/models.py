"""What the model may say about the agenda; every description is read by the model."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import SPAN, Editable

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Time = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_Places = Annotated[int, Field(ge=1, le=100_000)]
Clearable: TypeAlias = Literal["room", "speaker", "track", "description", "capacity"]
"""What a session may be without."""
_TITLE = Editable("field-title", ask="ask-title")
_WHEN = Editable("field-when", "span", name=SPAN, until="end_time", ask="ask-time")
_ROOM = Editable("field-room", "place", clears="room", ask="ask-room")
_SPEAKER = Editable("field-speaker-name", name="speaker", clears="speaker", ask="ask-speaker")
_CAPACITY = Editable("field-max-capacity", clears="capacity")
_TRACK = Editable("field-track", clears="track")
_DESCRIPTION = Editable("field-description", "words", clears="description")
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GetAgenda(_Args):
    """Which part of the agenda to read; without filters, the whole current or first day."""

    event: _Text | None = Field(default=None, description=_EVENT)
    day: date | None = Field(default=None, description="YYYY-MM-DD.")
    room: _Text | None = None
    speaker: _Text | None = Field(default=None, description="Only theirs.")
    at: _Time | None = Field(default=None, description="What runs at this time, HH:MM.")


class FindSessions(_Args):
    """A search by words; typing mistakes are forgiven, Hebrew and English alike."""

    query: _Text = Field(description="Words of the title or the speaker's name.")
    event: _Text | None = Field(default=None, description=_EVENT)


class GetSession(_Args):
    """One session with the people registered for it."""

    session: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class FindFreeSlots(_Args):
    """When rooms are empty."""

    minutes: int = Field(ge=5, le=24 * 60, description="Wanted length.")
    day: date | None = Field(default=None, description="YYYY-MM-DD; today or the first day if left out.")
    room: _Text | None = None
    after: _Time | None = Field(default=None, description="Not before, HH:MM.")
    event: _Text | None = Field(default=None, description=_EVENT)


class CreateScheduleItem(_Args):
    """A new session for the agenda."""

    event_id: _Text | None = Field(default=None, description="As event.")
    title: Annotated[_Text, _TITLE]
    start_time: Annotated[_Time, _WHEN]
    end_time: _Time
    room: Annotated[_Text | None, _ROOM] = None
    speaker_name: Annotated[_Text | None, _SPEAKER] = Field(
        default=None, description="Speaker; several are separated by commas."
    )
    max_capacity: Annotated[_Places | None, _CAPACITY] = Field(default=None, description="Most participants.")
    track: Annotated[_Text | None, _TRACK] = None
    description: Annotated[_Words | None, _DESCRIPTION] = None


class ScheduleChanges(_Args):
    """The properties to change; leave out what stays."""

    title: Annotated[_Text | None, _TITLE] = None
    start_time: Annotated[_Time | None, _WHEN] = None
    end_time: _Time | None = Field(default=None, description="Leave out to keep the session's length.")
    room: Annotated[_Text | None, _ROOM] = None
    speaker_name: Annotated[_Text | None, _SPEAKER] = None
    max_capacity: Annotated[_Places | None, _CAPACITY] = None
    track: Annotated[_Text | None, _TRACK] = None
    description: Annotated[_Words | None, _DESCRIPTION] = None
    clear: list[Clearable] | None = Field(default=None, description="What it is to be without, as no room any more.")


class UpdateScheduleItem(_Args):
    """A change of an existing session: time, room, speaker, title, capacity, track, description."""

    schedule_id: _Text
    changes: ScheduleChanges
    event: _Text | None = Field(default=None, description=_EVENT)


class DeleteScheduleItem(_Args):
    """The removal of a session from the agenda."""

    schedule_id: _Text
    reason: _Text | None = Field(default=None, description="Why, in the person's words; kept in the log.")
    event: _Text | None = Field(default=None, description=_EVENT)
