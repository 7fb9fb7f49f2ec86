"""What the model may say about policies and delegations; every description is read by the model."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.cards import Risk
from core.kernel.fields import Editable
from core.naming.times import YEARS
from core.policies.models import LONGEST_BUFFER, MOST_NAMED, ActionPattern, DecidingRole, Level

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_WHO = "A person's full name or e-mail address."
_FIRST_OF_DAYS, _LAST_OF_DAYS = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedRule(_Args):
    """Who may approve an action at a risk."""

    action: ActionPattern = Field(
        default="*",
        description="Action type, * for any letters: *, schedule_*, schedule_delete; get_policy has all.",
    )
    risk: Risk | Literal["*"] = Field(default="*", description="low, medium, high, critical, or * for any.")
    roles: list[DecidingRole] = Field(default=[], description="Roles that may approve; empty where people are named.")
    people: list[_Name] = Field(default=[], max_length=MOST_NAMED, description="People who may besides. " + _WHO)
    drop: bool = Field(default=False, description="True takes the rule about this action and risk out again.")


class AskedLevel(_Args):
    """How heavy one kind of conflict weighs."""

    kind: _Name = Field(description="Kind of conflict, such as speaker_overlap; get_policy names them.")
    level: Level = Field(description="block: nobody can approve; acknowledge: tick it first; warn: say it; off.")


class ChangePolicy(_Args):
    """What shall be different; leave out what stays."""

    rules: list[AskedRule] = Field(
        default=[], max_length=MOST_NAMED, description="Rules about who may approve what; only those that change."
    )
    askers_may_approve: bool | None = Field(default=None, description="Whether askers may approve what they asked for.")
    two_people_for: list[Risk] | None = Field(
        default=None, description="The risks for which two different people must approve; an empty list for none."
    )
    at_once_for_low: bool | None = Field(
        default=None, description="Whether what is of low risk is done at once and shown with a way back."
    )
    backup: list[_Name] | None = Field(
        default=None,
        max_length=MOST_NAMED,
        description="Who is asked when nobody decides in time; an empty list for the owners.",
    )
    levels: list[AskedLevel] = Field(
        default=[], max_length=MOST_NAMED, description="How heavy kinds of conflict weigh; only those that change."
    )
    buffer_minutes: int | None = Field(
        default=None, ge=0, le=LONGEST_BUFFER, description="Minutes that a room stays empty between two sessions."
    )
    reset: bool = Field(default=False, description="True goes back to the policy that everybody starts with.")


class CreateDelegation(_Args):
    """Who decides in somebody's place, from the first to the last day, both included."""

    delegate: Annotated[_Name, Editable("delegation-field-delegate", "person")] = Field(
        description="Who decides meanwhile. " + _WHO
    )
    absent: _Name | None = Field(default=None, description="Who is away. Leave out for the person who asks. " + _WHO)
    first_day: Annotated[date | None, Editable("delegation-field-from")] = Field(
        default=None,
        ge=_FIRST_OF_DAYS,
        le=_LAST_OF_DAYS,
        description="First day away, YYYY-MM-DD. Leave out for today.",
    )
    last_day: Annotated[date, Editable("delegation-field-until")] = Field(
        ge=_FIRST_OF_DAYS, le=_LAST_OF_DAYS, description="Last day away, YYYY-MM-DD."
    )


class EndDelegation(_Args):
    """Which delegation shall end now: the one of this person."""

    absent: _Name | None = Field(default=None, description="Who was away. Leave out for the person who asks. " + _WHO)


class GetPolicy(_Args):
    """No arguments: the policy of the organisation of who asks."""
