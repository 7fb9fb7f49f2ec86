"""What the model may say about badges; every description is read by the model."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."


class ListBadges(BaseModel):
    """Which event's badges."""

    model_config = ConfigDict(extra="forbid")

    event: _Text | None = Field(default=None, description=_EVENT)


class CreateBadge(BaseModel):
    """A badge to be printed."""

    model_config = ConfigDict(extra="forbid")

    name: _Name = Field(description="The name that is printed.")
    event: _Text | None = Field(default=None, description=_EVENT)


class RemoveBadge(BaseModel):
    """The badge that is not to be printed."""

    model_config = ConfigDict(extra="forbid")

    badge_id: _Text
    event: _Text | None = Field(default=None, description=_EVENT)
