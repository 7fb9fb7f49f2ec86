"""What the model may say about participants; every description is read by the model."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.kernel.fields import Editable

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,30}")
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."


def _mail(text: str) -> str:
    if not _MAIL.fullmatch(text):
        raise ValueError("this is no e-mail address")
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueError("this is no phone number")
    return text


_Mail = Annotated[str, StringConstraints(strip_whitespace=True, max_length=320), AfterValidator(_mail)]
_Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), AfterValidator(_phone)]

_NAME, _EMAIL, _CALLED = (Editable(f"participant-{each}") for each in ("name", "email", "phone"))
_NOTE = Editable("participant-vip-note")


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GetParticipantAgenda(_Args):
    """Whose sessions to read."""

    participant: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class ListVips(_Args):
    """The VIPs of an event."""

    event: _Text | None = Field(default=None, description=_EVENT)


class AssignParticipant(_Args):
    """A registration of one participant for one session."""

    participant: _Text
    session: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class UnassignParticipant(_Args):
    """The end of one participant's registration for one session."""

    participant: _Text
    session: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class MoveParticipants(_Args):
    """A move of registrations from one session to another: either named people or everyone."""

    from_session: _Text
    to_session: _Text
    participants: list[_Text] | None = Field(
        default=None, min_length=1, max_length=100, description="Names or ids. Leave out when everyone moves."
    )
    everyone: bool = Field(default=False, description="True to move everyone who has a place in the session.")
    event: _Text | None = Field(default=None, description=_EVENT)

    @model_validator(mode="after")
    def _named_or_everyone(self) -> "MoveParticipants":
        if self.everyone == (self.participants is not None):
            raise ValueError("give either participants or everyone=true")
        return self


class AddParticipant(_Args):
    """A new person on the event's list."""

    name: Annotated[_Text, _NAME] = Field(description="Full name.")
    email: Annotated[_Mail | None, _EMAIL] = None
    phone: Annotated[_Phone | None, _CALLED] = None
    event: _Text | None = Field(default=None, description=_EVENT)


class ParticipantChanges(_Args):
    """The properties to change; leave out what stays."""

    name: Annotated[_Text | None, _NAME] = Field(default=None, description="Full name.")
    email: Annotated[_Mail | None, _EMAIL] = None
    phone: Annotated[_Phone | None, _CALLED] = None


class UpdateParticipant(_Args):
    """A change of a participant's name, e-mail or phone."""

    participant: _Text
    changes: ParticipantChanges
    event: _Text | None = Field(default=None, description=_EVENT)


class SetVip(_Args):
    """Whether a participant is a VIP, and what to know about them."""

    participant: _Text
    is_vip: bool
    note: Annotated[_Text | None, _NOTE] = Field(
        default=None, description="What to know about the VIP. Leave out to keep the note."
    )
    event: _Text | None = Field(default=None, description=_EVENT)


class CheckInParticipant(_Args):
    """A participant's arrival at the event."""

    participant: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class RemoveParticipant(_Args):
    """A participant to take off the event's list; only ever the way back from adding one."""

    participant: _Text
    event: _Text | None = Field(default=None, description=_EVENT)
