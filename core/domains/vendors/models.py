"""What the model may say about an event's vendors; every description is read by the model."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import Editable
from core.kernel.money import MoneyArgument

VendorStatus: TypeAlias = Literal["invited", "confirmed", "on_the_way", "arrived", "cancelled"]

_MOST_VENDORS = 20
"""Vendors of one suggestion; a person reads every line of a card before approving it."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Time = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,30}")
_CLOCK = "YYYY-MM-DDTHH:MM, or HH:MM on the current or first day."
_COST = "Of each, such as 1500 ILS."
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

_NAMED = Editable("vendors-field-name")
_CATEGORY, _CALLED, _EMAIL = (Editable(f"vendors-field-{each}", clears=each) for each in ("category", "phone", "email"))
_STATUS = Editable("vendors-label-status", options="vendors-status-")
_ARRIVES = Editable("vendors-label-arrives", "moment")
_NOTES, _COSTS = Editable("vendors-label-notes"), Editable("vendors-label-cost", "money")


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListVendors(_Args):
    """An event's vendors."""

    event: _Text | None = Field(default=None, description=_EVENT)


class AssignVendors(_Args):
    """Vendors of the organisation that are to come to an event."""

    event: _Text | None = Field(default=None, description=_EVENT)
    vendors: Annotated[list[_Text], Field(min_length=1, max_length=_MOST_VENDORS)]
    arrives_at: Annotated[_Time | None, _ARRIVES] = Field(default=None, description=_CLOCK)
    notes: Annotated[_Text | None, _NOTES] = Field(
        default=None, description="What to know about their work at this event."
    )
    cost: Annotated[MoneyArgument | None, _COSTS] = Field(default=None, description=_COST)


class UnassignVendor(_Args):
    """A vendor that is not to come to an event any more."""

    event: _Text | None = Field(default=None, description=_EVENT)
    vendor: _Text


class UpdateVendorStatus(_Args):
    """What is new about a vendor at an event; leave out what stays."""

    event: _Text | None = Field(default=None, description=_EVENT)
    vendor: _Text
    status: Annotated[VendorStatus | None, _STATUS] = None
    arrives_at: Annotated[_Time | None, _ARRIVES] = Field(default=None, description=_CLOCK)
    cost: Annotated[MoneyArgument | None, _COSTS] = Field(default=None, description=_COST)


class AddVendor(_Args):
    """A new vendor of the organisation; it comes to no event yet."""

    name: Annotated[_Name, _NAMED]
    category: Annotated[_Text | None, _CATEGORY] = Field(
        default=None, description="What they supply, such as sound or catering."
    )
    phone: Annotated[_Phone | None, _CALLED] = None
    email: Annotated[_Mail | None, _EMAIL] = None


class VendorChanges(_Args):
    """The properties to change; leave out what stays."""

    name: Annotated[_Name | None, _NAMED] = None
    category: Annotated[_Text | None, _CATEGORY] = None
    phone: Annotated[_Phone | None, _CALLED] = None
    email: Annotated[_Mail | None, _EMAIL] = None
    clear: list[Literal["category", "phone", "email"]] | None = Field(
        default=None, description="What they are to be without."
    )


class UpdateVendor(_Args):
    """A change of a vendor's own details, whichever events they come to."""

    vendor: _Text
    changes: VendorChanges


class RemoveVendor(_Args):
    """A vendor that the organisation has no more."""

    vendor: _Text
