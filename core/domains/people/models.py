"""What the model may say about the organisation's people; every description is read by the model."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.fields import Editable
from core.kernel.principal import Role

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_PERSON = "Somebody of the organisation, by name, e-mail address or id."


class ChangeAccess(BaseModel):
    """Somebody whose access is switched off, or on again."""

    model_config = ConfigDict(extra="forbid")

    person: _Name = Field(description=_PERSON)


class ChangeRole(BaseModel):
    """Somebody who is to have another role."""

    model_config = ConfigDict(extra="forbid")

    person: _Name = Field(description=_PERSON)
    role: Annotated[Role, Editable("access-field-role", options="access-role-")] = Field(
        description="owner and manager decide, staff suggest, viewers read."
    )
