"""Who works in the tests of policies."""

from uuid import UUID

from core.policies.models import Approval, Current, Person, Policy

ADAM = Person(UUID(int=1), "Adam", "owner")
DANA = Person(UUID(int=2), "Dana", "manager")
TOM = Person(UUID(int=3), "Tom", "manager")
NOA = Person(UUID(int=4), "Noa", "staff")
VERA = Person(UUID(int=5), "Vera", "viewer")
EVERYBODY = (ADAM, DANA, TOM, NOA, VERA)
DECIDERS = (ADAM, DANA, TOM)
ACTIONS = ("schedule_update", "schedule_delete", "event_publish", "policy_change", "delegation_create")


def current(policy: Policy) -> Current:
    """Return a policy in force, with everybody's name."""
    return Current(7, policy, {each.id: each.name for each in EVERYBODY})


def rule(action: str = "*", risk: str = "*", roles: str = "", people: tuple[Person, ...] = ()) -> Approval:
    """Return a rule as one writes it down: ``rule("schedule_*", "high", "owner manager", (DANA,))``."""
    return Approval.model_validate(
        {"action": action, "risk": risk, "roles": roles.split(), "people": [each.id for each in people]}
    )
