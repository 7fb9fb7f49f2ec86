"""What a write tool hands over instead of writing: the exact action, its conflicts and its impact."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.kernel.cards import Risk, Severity
from core.kernel.claims import Claims

Effect: TypeAlias = Literal["create", "update", "delete"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


ItemKind: TypeAlias = Literal["session", "vendor", "task", "room", "budget"]


class Item(_Frozen):
    """What a conflict is about, as its sentence names it; times are aware. It says the title under the kind's name too.

    A session has times. What else has none, or is no session, is left out where it is stored, as before there was such.
    """

    kind: ItemKind = Field(default="session", exclude_if=lambda kind: kind == "session")
    id: UUID
    title: str
    start_time: datetime | None = Field(default=None, exclude_if=lambda value: value is None)
    end_time: datetime | None = Field(default=None, exclude_if=lambda value: value is None)
    room: str | None = None
    speaker_name: str | None = None

    @classmethod
    def session(cls, row: Mapping[str, Any]) -> "Item":
        """Return a session as facts tell it; what else its row holds is left out."""
        return cls.model_validate({field: row[field] for field in cls.model_fields if field != "kind"})


class Conflict(_Frozen):
    """Something that speaks against the action. An ``error`` leaves no way to approve it."""

    kind: str
    """Such as ``room_overlap``; its sentence is ``conflict-room-overlap`` in the texts."""
    severity: Severity
    item: Item | None = None
    """What it collides with, or is about."""
    details: dict[str, str | int] = {}
    """Values for the sentence ``conflict-<kind>`` in the texts."""
    # Left out where it is false, so that what was hashed before there was such a thing still has the same hash.
    must_be_acknowledged: bool = Field(default=False, exclude_if=lambda value: value is False)
    """Whether the organisation wants this warning acknowledged before anybody approves."""


class Vip(_Frozen):
    """A very important participant, named on the card with the organisation's note."""

    name: str
    note: str | None = None

    @property
    def line(self) -> "Touched":
        """As every card says it."""
        return Touched(kind="vip-note" if self.note else "vip", name=self.name, note=self.note)


class Touched(_Frozen):
    """Something that an action touches, in the one form that every card says as ``impact-<kind>``."""

    kind: str
    count: int | None = None
    amount: Decimal | None = None
    """In whole units of ``currency``."""
    currency: str | None = None
    """ISO 4217."""
    name: str | None = None
    note: str | None = None
    is_internal: bool = False
    """Whether a viewer is not told."""

    def plus(self, other: "Touched") -> "Touched":
        """Return both as one; they are of one kind, name and currency."""
        count = None if self.count is None else self.count + (other.count or 0)
        amount = None if self.amount is None else self.amount + (other.amount or 0)
        return self.model_copy(update={"count": count, "amount": amount})

    @property
    def sort(self) -> tuple[str, str | None, str | None]:
        """Which of them are added up."""
        return self.kind, self.name, self.currency


def added_up(touched: Iterable[Touched]) -> tuple[Touched, ...]:
    """Return them with those of one kind, name and currency as one, in the order in which they came."""
    found: dict[tuple[str, str | None, str | None], Touched] = {}
    for each in touched:
        found[each.sort] = found[each.sort].plus(each) if each.sort in found else each
    return tuple(found.values())


class Impact(_Frozen):
    """Whom and what the action touches."""

    affected_participants: int = 0
    """How many people are registered for the session."""
    vips: tuple[Vip, ...] = ()
    counts_people: bool = True
    """False where nobody can be registered for such a thing, so that the card does not say that nobody is."""
    # Left out where they say nothing, so that what was hashed before there were such things still has the same hash.
    waiting: int = Field(default=0, exclude_if=lambda value: value == 0)
    """How many wait for a place besides, and lose it or get it back."""
    comes_back: bool = Field(default=False, exclude_if=lambda value: value is False)
    """Whether these people get back what an earlier change took from them."""

    more: tuple[Touched, ...] = Field(default=(), exclude_if=lambda value: value == ())
    """What it touches beside people: money, places."""

    @property
    def people(self) -> tuple[Touched, ...]:
        """How many people are registered, and how many wait; nothing where there are none."""
        kinds = ("returns", "line-returns") if self.comes_back else ("registered", "waiting")
        counts = zip(kinds, (self.affected_participants, self.waiting), strict=True)
        return tuple(Touched(kind=kind, count=count) for kind, count in counts if count)

    @property
    def lines(self) -> tuple[Touched, ...]:
        """Everything that it touches, in the order in which a card says it; that nobody is registered is said too."""
        nobody = (Touched(kind="nobody"),) if self.counts_people else ()
        return (*(self.people or nobody), *(vip.line for vip in self.vips), *self.more)

    @property
    def touches(self) -> int:
        """How many people are registered or wait."""
        return self.affected_participants + self.waiting


class Proposal(_Frozen):
    """A write that somebody may decide about: everything that will be stored, shown and run."""

    action_type: str
    """Such as ``schedule_update``; the seed's names."""
    effect: Effect
    event_id: UUID | None
    """None for an event that is only to be created: the log cannot point to it yet."""
    args: dict[str, Any]
    """Canonical, JSON-ready arguments: names resolved to ids, times aware. These bytes run."""
    before: dict[str, Any] | None
    """The row as it is now; None for a create."""
    zone: str
    """The event's IANA time zone, in which the card shows times."""
    facts_digest: str
    """SHA-256 that PostgreSQL computed over every fact that this proposal was judged by."""
    conflicts: tuple[Conflict, ...]
    impact: Impact
    starts_at: datetime | None
    """When the session (as it is, else as proposed) starts: the suggestion's natural deadline."""

    claims: Claims = ()
    """What it is about, takes and leaves, as its tool says; filled where it is weighed."""
    schedule_id: UUID | None = None
    """The session that it changes, removes, or registers people for; None for one that is only to be created."""
    proposed: dict[str, Any] | None = None
    """``before`` as it will be; None where nothing is left of it."""

    least_risk: Risk = "low"
    """What the facts of its domain demand at least, whatever the rest says; publishing cannot be taken back."""

    @property
    def changes(self) -> dict[str, Any]:
        """What will be other than it is: each new value by its name."""
        now = self.before or {}
        return {name: value for name, value in (self.proposed or {}).items() if name not in now or now[name] != value}

    @property
    def is_blocked(self) -> bool:
        """Whether a conflict of severity ``error`` leaves no way to approve."""
        return any(conflict.severity == "error" for conflict in self.conflicts)
