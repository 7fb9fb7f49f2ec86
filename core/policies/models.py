"""An organisation's policy as a value, and what a suggestion keeps of it."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.kernel.cards import Risk
from core.kernel.principal import Role

Level: TypeAlias = Literal["block", "acknowledge", "warn", "off"]
"""How heavy a kind of conflict weighs: nobody can approve, each has to be acknowledged, it is said, it is left out."""
DecidingRole: TypeAlias = Literal["owner", "manager"]
ActionPattern: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z_*]{1,80}$")]
"""An action type, with ``*`` for any letters: ``*``, ``schedule_*``, ``schedule_delete``."""

RISKS: tuple[Risk, ...] = ("low", "medium", "high", "critical")
LONGEST_BUFFER = 240
"""Minutes; a pause of more than half a day between two sessions is a mistake in the typing."""
MOST_RULES = 50
MOST_NAMED = 50


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Approval(_Frozen):
    """One rule: who may approve these actions at this risk, by role, and people besides."""

    action: ActionPattern = "*"
    risk: Risk | Literal["*"] = "*"
    roles: tuple[DecidingRole, ...] = ()
    people: Annotated[tuple[UUID, ...], Field(max_length=MOST_NAMED)] = ()


class Policy(_Frozen):
    """Everything that an organisation may rule; the default is how it was before there were policies."""

    approvals: Annotated[tuple[Approval, ...], Field(max_length=MOST_RULES)] = ()
    """The first that matches decides who may; what none speaks of, owners and managers approve."""
    askers_may_approve: bool = True
    two_people_for: tuple[Risk, ...] = ()
    at_once_for_low: bool = False
    """Whether what is of low risk is done at once, and shown with a way back, where the asker may approve it alone."""
    backup: Annotated[tuple[UUID, ...], Field(max_length=MOST_NAMED)] = ()
    """Who is asked when nobody decides in time; empty: the owners."""
    levels: dict[str, Level] = {}
    buffer_minutes: int = Field(default=0, ge=0, le=LONGEST_BUFFER)
    """Minutes that a room stays empty between two sessions."""

    def people(self) -> frozenset[UUID]:
        """Return everybody whom it names."""
        return frozenset(self.backup).union(*(rule.people for rule in self.approvals))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organisation, as far as policies care."""

    id: UUID
    name: str
    role: Role
    timezone: str = "UTC"
    """IANA zone name, where it was asked for: their days begin by it."""


@dataclass(frozen=True, slots=True)
class Current:
    """The policy that is in force. ``version`` is 0 where nobody has changed it yet."""

    version: int
    policy: Policy
    names: dict[UUID, str]
    """Of everybody whom it names."""


class Named(_Frozen):
    """A person with their name at the time, so that a card can say it without looking."""

    id: UUID
    name: str


class Right(_Frozen):
    """Who may give an approval: these roles, and these people."""

    roles: tuple[DecidingRole, ...] = ("owner", "manager")
    people: tuple[Named, ...] = ()


class Snapshot(_Frozen):
    """What a suggestion keeps of the policy: a later change of the policy changes nothing about it."""

    version: int = 0
    rights: tuple[Right, ...] = (Right(),)
    """Who approves must have every one of them; a bundle has one for each kind of line in it."""
    askers_may_approve: bool = True
    votes: Literal[1, 2] = 1
    at_once: bool = False
    owners_only: bool = False
    """The database lets nobody but an owner run it; no delegation changes that."""
    backup: tuple[Named, ...] = ()

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> "Snapshot":
        """Read what a suggestion keeps; what was suggested before there were policies keeps the default."""
        return cls.model_validate(stored) if stored is not None else cls()

    def data(self) -> dict[str, Any]:
        """Return it as JSON data, for the suggestion's row."""
        return self.model_dump(mode="json")


class AboutRule(_Frozen):
    """What a rule speaks of, which is what tells it from the others."""

    action: ActionPattern
    risk: Risk | Literal["*"] = "*"


class Wish(_Frozen):
    """What shall be different, with people as ids: what it leaves out stays as it is when the wish is granted."""

    document: Policy | None = None
    """Everything at once, as a way back or a fresh start; the rest is then left out."""
    rules: tuple[Approval, ...] = ()
    drop_rules: tuple[AboutRule, ...] = ()
    askers_may_approve: bool | None = None
    two_people_for: tuple[Risk, ...] | None = None
    at_once_for_low: bool | None = None
    backup: tuple[UUID, ...] | None = None
    levels: dict[str, Level] | None = None
    """Only the kinds that change."""
    buffer_minutes: int | None = Field(default=None, ge=0, le=LONGEST_BUFFER)

    def data(self) -> dict[str, Any]:
        """Return it as JSON data, without what it leaves out."""
        return self.model_dump(mode="json", exclude_defaults=True)
