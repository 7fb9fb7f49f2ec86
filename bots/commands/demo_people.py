"""The sample company of the demo: who works there, and how the chats know them."""

from dataclasses import dataclass
from uuid import UUID

from core.identity import provisioning
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Locale, Role
from core.kernel.tools import Transaction

COMPANY = "EventFlow Demo"
_ZONE = "Asia/Jerusalem"
_TEAM, _MANAGERS = "T0EVENTFLOW", "C0MANAGERS"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One person of the sample company; those with a Telegram id are linked there, Slack knows them by e-mail."""

    email: str
    name: str
    role: Role
    locale: Locale
    telegram: str | None = None


PEOPLE = (
    SamplePerson("dana@example.org", "Dana Levi", "manager", "he", "7004"),
    SamplePerson("adam@example.org", "Adam Cohen", "owner", "en", "7005"),
    SamplePerson("noa@example.org", "Noa Mizrahi", "staff", "he", "7001"),
    SamplePerson("tom@example.org", "Tom Harris", "staff", "en", "7002"),
)


async def add_people(tx: Transaction, *, telegram_bot: str) -> UUID:
    """Add the sample company as the operator; return its id."""
    organization = await provisioning.add_organization(tx, COMPANY, "en")
    assert organization is not None  # noqa: S101 only called when there is none
    for each in PEOPLE:
        await provisioning.add_person(
            tx,
            organization,
            provisioning.NewPerson(
                email=each.email, name=each.name, role=each.role, locale=each.locale, timezone=_ZONE
            ),
        )
        if each.telegram is not None:
            [person] = await provisioning.people_with(tx, each.email, COMPANY)
            await provisioning.link(tx, person, ChatUser("telegram", telegram_bot, each.telegram))
    await provisioning.claim_workspace(tx, organization, Address("slack", _TEAM, _MANAGERS))
    return organization
